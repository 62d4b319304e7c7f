/** The two streams, and the colours that they take. */
import { createColors } from "picocolors";

export type Paint = ReturnType<typeof createColors>;

/** Where a command writes: results to `out`, all that is said about the run itself to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Colours for `out`; without effect where none are wanted. */
  paint: Paint;
  paintErr: Paint;
  /** Columns to fill. */
  width: number;
  /** Whether a person sees `out` at once: then no text from a file may steer the terminal. */
  interactive: boolean;
}

/** Narrower or wider than this is hard to read. */
const LEAST = 60;
const MOST = 120;
/** What a pipe or a file gets, so that output does not depend on who looks. */
const WITHOUT_TERMINAL = 100;

/** The terminal of this process. */
export function terminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paint: createColors(wantsColour(stdout.isTTY, env)),
    paintErr: createColors(wantsColour(stderr.isTTY, env)),
    width: stdout.isTTY ? Math.min(Math.max(stdout.columns, LEAST), MOST) : WITHOUT_TERMINAL,
    interactive: stdout.isTTY === true,
  };
}

/** FORCE_COLOR speaks louder than NO_COLOR (no-color.org), as in Node itself; else a terminal gets colours, but for a dumb one. */
export function wantsColour(isTerminal: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  return isTerminal === true && env["TERM"] !== "dumb";
}

/**
 * Text from a file or a certificate as a terminal may get it: control characters and those that turn the direction of text
 * would let it rewrite the screen. Line ends stay where `lines` says so.
 */
export function plain(text: string, lines = false): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, (character) => {
    if (lines && character === "\n") return character;
    const code = character.charCodeAt(0);
    if (code === 9) return "    ";
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The columns that a printable text takes. */
export function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) continue;
    count += WIDE.test(character) ? 2 : 1;
  }
  return count;
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u;

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Breaks text between words, so that no line is longer than `width` where it can be helped. */
export function wrap(text: string, width: number, indent = ""): string {
  const lines = [indent];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    if (line === indent) lines[lines.length - 1] = line + word;
    else if (columns(line) + 1 + columns(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join("\n");
}
