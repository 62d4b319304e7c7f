/** Reads what the command line names: files, patterns, standard input. */
import { readCertificates } from "jitp";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";
import { Misuse } from "./exit.js";

/** A file that was read. */
export interface Input {
  /** The name to show: the path as given or found, `<stdin>` for standard input. */
  name: string;
  bytes: Buffer;
  /** Whether it came from standard input. */
  piped: boolean;
}

/** The files that were read, and an error for each name that led to none. */
export interface Inputs {
  inputs: Input[];
  trouble: Misuse[];
}

const STDIN = "<stdin>";

/**
 * Reads each file that the names and patterns lead to, once. If one cannot be read, the others still are. `kind` is the pattern of such files
 * in a folder, for the help.
 */
export function readAll(names: string[], kind: Pattern): Inputs {
  const inputs: Input[] = [];
  const trouble: Misuse[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    try {
      for (const path of pathsOf(name)) {
        // `./a.json` is `a.json`.
        const one = path === "-" ? path : resolve(path);
        if (seen.has(one)) continue;
        seen.add(one);
        inputs.push(readOne(path, kind));
      }
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      trouble.push(error);
    }
  }
  return { inputs, trouble };
}

/** How files of a kind are named. */
export type Pattern = "*.json" | "*.pem";

/** Reads one file, or standard input for `-`. */
export function readOne(name: string, kind?: Pattern): Input {
  try {
    if (name === "-") return { name: STDIN, bytes: readFileSync(0), piped: true };
    return { name, bytes: readFileSync(name), piped: false };
  } catch (error) {
    // A closed standard input is empty. Windows reports it as an error.
    if (name === "-" && (error as NodeJS.ErrnoException).code === "EOF") return { name: STDIN, bytes: Buffer.alloc(0), piped: true };
    throw unreadable(name, error, kind);
  }
}

/** The CA that is registered. A file without any certificate is refused, because no device can be checked against it. */
export function readCa(file: string): Buffer {
  const { name, bytes } = readOne(file);
  const entries = readCertificates(bytes);
  if (entries.some(({ error }) => error === undefined)) return bytes;
  throw new Misuse(
    `cannot read a CA certificate from ${name}: ${entries[0]?.error ?? "it is empty"}`,
    "--ca expects the certificate of the registered CA, as PEM or DER",
  );
}

/** In bytes. A longer text is not read as a template, so that no place in it is ever shown. */
export const LONGEST_SHOWN = 4_000_000;

/** The text of an input, to show places in it. Bytes that are not UTF-8 become U+FFFD here; the checks get the bytes themselves. */
export function textOf(input: Input): string {
  return input.bytes.toString("utf8", 0, LONGEST_SHOWN);
}

/**
 * The paths that a name leads to. Most shells have replaced patterns before; cmd.exe has not, and no shell replaces a pattern in quotes. If a
 * file has exactly this name, brackets in it are not a pattern.
 */
export function pathsOf(name: string): string[] {
  if (name === "-" || existsSync(name)) return [name];
  const pattern = process.platform === "win32" ? name.replaceAll("\\", "/") : name;
  if (!isDynamicPattern(pattern)) return [name];
  const found = globSync(pattern, { ignore: ["**/node_modules/**"], expandDirectories: false }).sort();
  if (found.length === 0) throw new Misuse(`no file matches ${name}`);
  return found;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "the file does not exist",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GB",
};

/** The system's errors that reading and writing have in common. */
const OTHER_REASONS: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  ELOOP: "its symbolic links form a loop",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  EIO: "the device failed",
  EBUSY: "another program uses it",
};

/** Why the system refused. Without words of ours it is the system's message, without its code and the path. */
export function reasonOf(error: unknown, reasons: Readonly<Record<string, string>>): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? OTHER_REASONS[code] ?? message.replace(/^[A-Z_]+: /, "").replace(/, \w+(?: '[^]*)?$/, "");
}

/** The error for a name that cannot be read. */
export function unreadable(name: string, error: unknown, kind: Pattern | undefined): Misuse {
  if (name === "") return new Misuse("a file name is empty", "is a shell variable empty?");
  const isFolder = (error as NodeJS.ErrnoException).code === "EISDIR";
  // If the command needs exactly one file, a pattern would be another misuse.
  const help = !isFolder
    ? undefined
    : kind === undefined
      ? "name one file in it"
      : `name its files, for example '${name.replace(/\/+$/, "")}/**/${kind}'`;
  return new Misuse(`cannot read ${name}: ${reasonOf(error, REASONS)}`, help);
}
