/** The context of a command: its streams, and how it reports its end. */
import { MISUSE, type Misuse } from "./exit.js";
import { visibleText } from "jitp";
import type { Trouble } from "./output.js";
import { plain, type Terminal } from "./terminal.js";

export interface Context {
  terminal: Terminal;
  /** The version of jitp. */
  version: string;
  /** Notes an exit code. The program ends with the worst one. */
  exit(code: number): void;
  /** The errors in the command line and in files, in order. */
  troubles: Trouble[];
}

/** Says on standard error what is wrong with the command line or with a file. */
export function complain({ terminal, exit, troubles }: Context, { message, help }: Misuse): void {
  const { paintErr: paint } = terminal;
  troubles.push({ message });
  terminal.err(`${paint.bold(paint.red("error"))}${paint.bold(`: ${plain(message)}`)}\n`);
  if (help !== undefined) terminal.err(`  ${paint.blue("=")} ${paint.bold("help")}: ${plain(help)}\n`);
  exit(MISUSE);
}

/**
 * JSON as it is printed. A parser gets the exact data. Characters that cannot be seen, and the beginning of a command to a build server, are
 * written as escapes.
 */
export function json(value: unknown): string {
  return `${escaped(JSON.stringify(value, null, 2))}\n`;
}

/** The same in one line. */
export function jsonLine(value: unknown): string {
  return `${escaped(JSON.stringify(value))}\n`;
}

function escaped(text: string): string {
  return text
    .replace(/[^\n\x20-\x7e]/gu, (character) => (visibleText(character) === character ? character : escapes(character)))
    .replace(/#(?=#\w*\[)/g, "\\u0023");
}

function escapes(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
