// The code blocks of a document, and an empty project to run them in.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./packed.mjs";

/** The code blocks of a text: language, code, and the text before each. */
export function fences(text) {
  let end = 0;
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ 0: whole, 1: language, 2: code, index }) => {
    const before = text.slice(end, index);
    end = index + whole.length;
    return { language, code, before };
  });
}

/** A folder in which the package is installed. */
export function installed() {
  const folder = mkdtempSync(join(tmpdir(), "jitp-readme-"));
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(join(root, "pkg"), join(folder, "node_modules/jitp"), "dir");
  symlinkSync(join(root, "pkg/dist/cli.js"), join(folder, "node_modules/.bin/jitp"));
  return folder;
}

/** Runs shell commands in a project, without npm's registry, up to the first that fails. The result is their output and the exit code. */
export function shell(folder, lines, env = {}) {
  const { PATH, HOME } = process.env;
  const ran = spawnSync("bash", ["-ec", lines], { cwd: folder, encoding: "utf8", env: { PATH, HOME, npm_config_offline: "true", ...env } });
  return { printed: ran.stdout, status: ran.status, said: ran.stderr };
}
