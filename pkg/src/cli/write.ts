/** Writes texts back to where they came from, and shows what would be written. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { writeFileSync } from "node:fs";
import { Misuse } from "./exit.js";
import { type Input, textOf } from "./input.js";
import { plain, type Terminal } from "./terminal.js";

/** The text of an input that is to be changed. One that is not UTF-8 would come back damaged. */
export function textToChange(input: Input): string {
  const text = textOf(input);
  if (Buffer.from(text, "utf8").equals(input.bytes)) return text;
  throw new Misuse(`${input.name} is not UTF-8, so it is left as it is`, "convert it first");
}

/** Writes a file. */
export function save(name: string, text: string, options: { mode?: number; flag?: string } = {}): void {
  try {
    writeFileSync(name, text, options);
  } catch (error) {
    throw new Misuse(`cannot write ${name}: ${reason(error)}`);
  }
}

/** Why the system does not write a file or make a folder. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    EACCES: "it may not be written",
    EEXIST: "something else has this name",
    EISDIR: "it is a folder",
    ENOENT: "there is no such folder",
    ENOTDIR: "a part of the path is a file, not a folder",
    EROFS: "the file system is read-only",
  };
  return reasons[code ?? ""] ?? message;
}

/** A unified diff, as `patch` takes it; but what cannot be seen is spelled out, and such a line does not apply. */
export function diff(name: string, before: string, after: string, { paint }: Pick<Terminal, "paint">): string {
  const patch = createTwoFilesPatch(name, name, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch
    .split("\n")
    // An end of CR and LF is no control character to be shown.
    .map((line) => colour(line.endsWith("\r") ? `${plain(line.slice(0, -1), { lines: true })}\r` : plain(line, { lines: true })))
    .join("\n");

  function colour(line: string): string {
    if (line.startsWith("+++") || line.startsWith("---")) return paint.bold(line);
    if (line.startsWith("@@")) return paint.cyan(line);
    if (line.startsWith("+")) return paint.green(line);
    return line.startsWith("-") ? paint.red(line) : line;
  }
}
