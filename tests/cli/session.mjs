/** Runs the command line in a separate folder, and compares its output with a file in expected/. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("./", import.meta.url));
export const root = fileURLToPath(new URL("../../", import.meta.url));
const cli = join(root, "pkg/dist/cli.js");
const { version } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));

/** A folder with some fixtures under short names, and `jitp` to run in it. */
export class Session {
  folder = mkdtempSync(join(tmpdir(), "jitp-cli-"));

  /** @param {Record<string, string>} files path in the folder → path in tests/fixtures */
  constructor(files = {}) {
    for (const [name, fixture] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      copyFileSync(join(root, "tests/fixtures", fixture), join(this.folder, name));
    }
  }

  write(name, content) {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), content);
  }

  read(name) {
    return readFileSync(join(this.folder, name), "utf8");
  }

  has(name) {
    return existsSync(join(this.folder, name));
  }

  /** Runs `jitp` with these words. The result is its exit code and its output. */
  async run(words, { input = "", env = {} } = {}) {
    // The environment of the person who runs the tests must not change the output.
    const { PATH, HOME, SystemRoot } = process.env;
    const child = spawn(process.execPath, [cli, ...words], { cwd: this.folder, env: { PATH, HOME, SystemRoot, ...env } });
    child.stdin.on("error", () => {}); // It may end before it has read everything.
    child.stdin.end(input);
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve, reject) => child.on("error", reject).on("close", resolve)),
    ]);
    return { code, stdout, stderr };
  }

  /** Runs commands one after another, and compares the transcript with expected/NAME.txt. With UPDATE=1 that file is written. */
  async expect(name, commands) {
    let transcript = "";
    for (const command of commands) {
      const [words, options] = Array.isArray(command) ? [command] : [command.words, command];
      const { code, stdout, stderr } = await this.run(words, options);
      transcript += `$ jitp ${words.map(shown).join(" ")}\n${stdout}`;
      if (stderr !== "") transcript += `--- standard error\n${stderr}`;
      transcript += `--- exit code ${code}\n\n`;
    }
    // The version rises; ESC is written out, so that the file can be read.
    transcript = transcript.replaceAll(version, "VERSION").replaceAll("\u001b", "␛");
    const file = join(here, "expected", `${name}.txt`);
    if (process.env.UPDATE) writeFileSync(file, transcript);
    assert.ok(existsSync(file), `there is no ${file}; UPDATE=1 writes it`);
    assert.equal(transcript, readFileSync(file, "utf8"));
  }

  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const shown = (word) => (/^[\w./=:@,-]+$/.test(word) ? word : `'${word}'`);

async function text(stream) {
  let all = "";
  stream.setEncoding("utf8");
  for await (const part of stream) all += part;
  return all;
}

/** Runs `work` in a session, and cleans up even if it fails. */
export async function inSession(files, work) {
  const session = new Session(files);
  try {
    await work(session);
  } finally {
    session.end();
  }
}
