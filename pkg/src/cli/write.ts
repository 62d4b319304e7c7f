/** Writes texts back to their files, and shows what would be written. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { realpathSync, writeFileSync } from "node:fs";
import { Misuse } from "./exit.js";
import { type Input, reasonOf } from "./input.js";
import { plain, type Terminal } from "./terminal.js";

/** In bytes. A program should not hold a longer text, and jitp does not read nearly as much as a template. */
const LONGEST_CHANGED = 100_000_000;

/** The text of an input that will be changed. A text that is not UTF-8 would be damaged, so it is refused. */
export function textToChange(input: Input): string {
  if (input.bytes.length > LONGEST_CHANGED)
    throw new Misuse(`${input.name} is larger than 100 MB and is not changed`, "is it the right file?");
  const text = input.bytes.toString("utf8");
  if (Buffer.from(text, "utf8").equals(input.bytes)) return text;
  throw new Misuse(`${input.name} is not UTF-8 and is not changed`, "convert it to UTF-8 first");
}

/** Writes a result to a file, or to standard output if none is named. */
export function give(text: string, file: string | undefined, { out }: Pick<Terminal, "out">): void {
  if (file === undefined) out(text);
  else if (text !== "") save(file, text);
}

/** Refuses to write over an input, which may be the only copy. */
export function refuseSame(file: string, source: string): void {
  if (source !== "-" && isSame(file, source)) throw new Misuse(`cannot write ${file}: it is the input file`, "name another file");
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    // One of the two does not exist yet.
    return false;
  }
}

/** Writes a file. */
export function save(name: string, text: string, options: { mode?: number; flag?: string } = {}): void {
  try {
    writeFileSync(name, text, options);
  } catch (error) {
    throw new Misuse(`cannot write ${name}: ${reason(error)}`);
  }
}

/** Why the system does not write a file or create a folder. */
export function reason(error: unknown): string {
  return reasonOf(error, {
    EACCES: "permission denied",
    EPERM: "permission denied",
    EEXIST: "a file or folder of this name already exists",
    ENOENT: "the folder does not exist",
    EROFS: "the file system is read-only",
    ENOSPC: "there is no space left",
    EDQUOT: "there is no space left",
  });
}

/** A unified diff for `patch`. Characters that cannot be seen are spelled out, so that `patch` does not apply a line with them. */
export function diff(name: string, before: string, after: string, { paint }: Pick<Terminal, "paint">): string {
  const patch = createTwoFilesPatch(name, name, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return (
    patch
      .split("\n")
      // A CR before the LF is a part of the line end, not a control character to spell out.
      .map((line) => colour(line.endsWith("\r") ? `${plain(line.slice(0, -1), { lines: true })}\r` : plain(line, { lines: true })))
      .join("\n")
  );

  function colour(line: string): string {
    if (line.startsWith("+++") || line.startsWith("---")) return paint.bold(line);
    if (line.startsWith("@@")) return paint.cyan(line);
    if (line.startsWith("+")) return paint.green(line);
    return line.startsWith("-") ? paint.red(line) : line;
  }
}
