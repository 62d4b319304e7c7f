/** Undoes the quotes of a string that holds JSON: those of shells, of programs, and of YAML. */

import type { How } from "./piece.ts";

/** What a string says, and where it is with its quotes. */
export interface Quoted {
  text: string;
  from: number;
  to: number;
  how: How;
}

/** The end of a string that is the argument of a command: `--template-body '`, `echo "`, `BODY='`. */
const ARGUMENT = /(?:(?:^|\s)--?[\w-]+(?:\s+|=|\s*\\\n\s*)|\b(?:echo|printf)\s+(?:-\w+\s+)?|(?:^|\s)(?:export\s+)?[A-Za-z_]\w*=)\$?$/;

/** The string whose first quote is at `at` and that ends before `end`; nothing if it has no end. */
export function quotedAt(text: string, at: number, end: number): Quoted | undefined {
  const before = text.slice(Math.max(0, at - 120), at);
  const quote = text[at] ?? "";
  if (ARGUMENT.test(before)) return shellWord(text, before.endsWith("$") ? at - 1 : at, end);
  if (before.endsWith("@")) return between(text, at, end, `\n${quote}@`, (inner) => inner);
  const triple = quote.repeat(3);
  // The brace is after the third of them.
  if (quote !== "`" && before.endsWith(quote.repeat(2))) {
    const found = between(text, at, end, triple, /r$/i.test(before.slice(0, -2)) ? (inner) => inner : unescaped);
    return found && { ...found, from: at - 2 };
  }
  if (quote === "'" && /[:-]\s+(?:![\w:]+\s+)?$/.test(before)) return yamlString(text, at, end);
  return programString(text, at, end);
}

function between(text: string, at: number, end: number, close: string, read: (inner: string) => string): Quoted | undefined {
  const found = text.indexOf(close, at + 1);
  if (found === -1 || found >= end) return undefined;
  return { text: read(text.slice(at + 1, found)), from: at, to: found + close.length, how: "string" };
}

/** A string of a program, with the escapes that JSON, JavaScript and Python share. */
function programString(text: string, at: number, end: number): Quoted | undefined {
  const quote = text[at];
  for (let i = at + 1; i < end; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === quote) return { text: unescaped(text.slice(at + 1, i)), from: at, to: i + 1, how: "string" };
  }
  return undefined;
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "\n": "" };

function unescaped(inner: string): string {
  return inner.replace(/\\(u[0-9a-fA-F]{4}|[^])/g, (_, escaped: string) =>
    escaped.length === 5 ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16)) : (ESCAPES[escaped] ?? escaped),
  );
}

/** A string of YAML in single quotes, in which a doubled quote is one. */
function yamlString(text: string, at: number, end: number): Quoted | undefined {
  for (let i = at + 1; i < end; i++) {
    if (text[i] !== "'") continue;
    if (text[i + 1] !== "'") return { text: text.slice(at + 1, i).replaceAll("''", "'"), from: at, to: i + 1, how: "yaml" };
    i++;
  }
  return undefined;
}

/** A word of a shell: quoted pieces with nothing between them, such as `'{"a": "'"$B"'"}'`. */
function shellWord(text: string, from: number, end: number): Quoted | undefined {
  let said = "";
  let at = from;
  while (at < end) {
    const c = text[at] ?? "";
    const ansi = c === "$" && text[at + 1] === "'";
    if (c === "'" || ansi) {
      const open = ansi ? at + 1 : at;
      const close = ansi ? programString(text, open, end)?.to : text.indexOf("'", open + 1) + 1;
      if (close === undefined || close === 0 || close > end) return undefined;
      const inner = text.slice(open + 1, close - 1);
      said += ansi ? unescaped(inner) : inner;
      at = close;
    } else if (c === '"') {
      const close = programString(text, at, end)?.to;
      if (close === undefined) return undefined;
      said += expanded(text.slice(at + 1, close - 1));
      at = close;
    } else if (/[\s;|&<>)]/.test(c)) break;
    else {
      said += c === "\\" ? (text[++at] ?? "") : c;
      at++;
    }
  }
  return { text: said, from, to: at, how: "command" };
}

/** The inside of double quotes, or of a heredoc (`quotes` is false), as a shell reads it. Variables keep their names. */
export function expanded(inner: string, quotes = true): string {
  return inner.replace(quotes ? /\\(["\\$`\n])/g : /\\([\\$`\n])/g, (_, escaped: string) => (escaped === "\n" ? "" : escaped));
}
