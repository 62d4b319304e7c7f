/** Reads a template from a file, from standard input, or from a git revision. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Misuse } from "./exit.js";
import { type Input, readOne } from "./input.js";

/** `HEAD~1:templates/lamp.json`, as git writes a file in a revision; `:lamp.json` is the file as it is staged. */
const IN_REVISION = /^([^:]*):([^]+)$/;
/** `C:\lamp.json`. */
const ON_DRIVE = /^[a-z]:[\\/]/i;
/** In bytes. jitp does not read nearly as much as a template. */
const LONGEST = 200_000_000;

/** Reads a template. If there is a file with the name, the name is not that of a revision. */
export function readVersion(name: string): Input {
  if (name === "-" || existsSync(name) || !isInRevision(name)) return readOne(name, "*.json");
  return { name, bytes: blob(name), piped: false };
}

function isInRevision(name: string): boolean {
  return IN_REVISION.test(name) && !(process.platform === "win32" && ON_DRIVE.test(name));
}

/** The file as git has it: without a shell, and without the programs that a repository's configuration names for showing files. */
function blob(name: string): Buffer {
  if (name.startsWith("-")) throw new Misuse(`cannot read ${name}: the name of a revision cannot begin with -`);
  const { error, status, stdout, stderr } = spawnSync("git", ["cat-file", "--end-of-options", "blob", name], {
    maxBuffer: LONGEST,
    windowsHide: true,
    env: {
      ...process.env,
      LC_ALL: "C",
      // A part of the repository that is not here is not downloaded.
      GIT_NO_LAZY_FETCH: "1",
      GIT_TERMINAL_PROMPT: "0",
      // Windows looks for git in the present folder first, which may be somebody else's.
      NoDefaultCurrentDirectoryInExePath: "1",
    },
  });
  if (error !== undefined) throw new Misuse(`cannot read ${name}: ${whyNot(error)}`, "there is no file with this name either");
  if (status === 0) return stdout;
  throw new Misuse(
    `cannot read ${name}: no file has this name, and git says: ${reasonOf(stderr)}`,
    "a file in a git revision is REVISION:PATH, for example HEAD~1:templates/lamp.json, or HEAD~1:./lamp.json in this folder",
  );
}

function whyNot(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "git is not installed";
  return error.code === "ENOBUFS" ? "it is larger than 200 MB" : "git cannot be run";
}

/** The first line of what git says, without its own prefix. */
function reasonOf(stderr: Buffer): string {
  const [first = ""] = stderr.toString("utf8").trim().split("\n");
  return /: bad file$/.test(first) ? "it is not a file" : first.replace(/^(?:fatal|error): /, "") || "it cannot be read";
}
