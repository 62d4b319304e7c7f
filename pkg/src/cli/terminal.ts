/** The two streams, and their colours. */
import { isolatedText, redactPrivateKeys, visibleText } from "jitp";
import { createColors } from "picocolors";
import stringWidth from "string-width";

export type Paint = ReturnType<typeof createColors>;

/** The streams of a command: results go to `out`, all messages about the run itself to `err`. */
export interface Terminal {
  /** Writes exact data: JSON, a script, the text of a file. */
  out(text: string): void;
  /** Writes a text for people, in which names from right to left do not move what is next to them. */
  say(text: string): void;
  /** The same for messages about the run. */
  err(text: string): void;
  /** Waits until what was written to `out` is taken, so that no more is held here than a program that reads slowly wants. */
  taken(): Promise<void>;
  /** Whether anything was written to `out`. */
  wrote(): boolean;
  /** Colours for `out`; without effect if none are wanted. */
  paint: Paint;
  paintErr: Paint;
  /** In columns. */
  width: number;
}

/** In columns. Narrower or wider text is hard to read. */
const LEAST = 60;
const MOST = 120;
/** In columns, for a pipe or a file. It is fixed, so that output does not depend on the machine. */
const WITHOUT_TERMINAL = 100;

/** The terminal of this process. */
export function terminal(): Terminal {
  const { stdout, stderr, env } = process;
  let wrote = false;
  // No private key is ever printed, whatever else is.
  const out = (text: string) => {
    wrote ||= text !== "";
    stdout.write(redactPrivateKeys(text).text);
  };
  return {
    out,
    say: (text) => out(isolatedText(text)),
    err: (text) => void stderr.write(isolatedText(redactPrivateKeys(text).text)),
    taken: () => (stdout.writableNeedDrain ? new Promise((resolve) => stdout.once("drain", resolve)) : Promise.resolve()),
    wrote: () => wrote,
    paint: createColors(wantsColour(stdout.isTTY, env)),
    paintErr: createColors(wantsColour(stderr.isTTY, env)),
    width: stdout.isTTY ? Math.min(Math.max(stdout.columns, LEAST), MOST) : WITHOUT_TERMINAL,
  };
}

/** FORCE_COLOR overrides NO_COLOR (no-color.org), as in Node itself. Without either, every terminal except a dumb one gets colours. */
export function wantsColour(isTerminal: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  if ((env.NO_COLOR ?? "") !== "") return false;
  return isTerminal === true && env.TERM !== "dumb";
}

/**
 * Text from a file, a file's name or a certificate, safe for a terminal or a build server's log: it does not move the cursor, turn the
 * direction of writing, or give the server a command. With `lines`, line ends and tabs stay.
 */
export function plain(text: string, { lines = false } = {}): string {
  const seen = lines ? visibleText(text, { lines }) : visibleText(text.replaceAll("\t", "    "));
  return seen.replace(LOG_COMMAND, (mark) => spelled.get(mark) ?? mark);
}

/**
 * The beginning of a command to a build server: `::` at a line's start (GitHub), or `##[`, `##vso[`, `##teamcity[` anywhere in a line
 * (GitHub's old form, Azure Pipelines, TeamCity).
 */
const LOG_COMMAND = /(?<=^[^\S\n]*):(?=:)|#(?=#\w*\[)/gm;
const spelled = new Map([
  [":", "<U+003A>"],
  ["#", "<U+0023>"],
]);

/** The columns that a printable text fills. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Breaks text between words, so that no line is longer than `width`, unless a single word is. */
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
