// The command line as a whole: help, misuse, rules, completions, a program that stops reading.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { inSession, root } from "./session.mjs";

test("help for all and for each command", () =>
  inSession({}, async (session) => {
    const { stdout } = await session.run(["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*/gm)].map(([, name]) => name).filter((name) => name !== "help");
    assert.ok(commands.length >= 8, commands.join());
    await session.expect("help", [["--help"], ...commands.map((name) => ["help", name])]);
  }));

test("misuse says what is wrong on standard error, with exit code 2", () =>
  inSession({}, (session) =>
    session.expect("misuse", [
      [],
      ["valdate"],
      ["lint", "a"],
      ["simulate"],
      ["validate"],
      ["validate", "--fromat", "json", "a"],
      ["validate", "a", "--format", "xml"],
      ["explain", "JITP999"],
      ["explain", "double"],
      ["--version"],
    ]),
  ));

test("rules and explain", () =>
  inSession({}, async (session) => {
    await session.expect("explain", [
      ["explain", "JITP012"],
      ["explain", "100", "unknown-key"],
      ["explain", "jitp7", "--format", "json"],
    ]);
    const { code, stdout } = await session.run(["rules"]);
    const { rules } = JSON.parse((await session.run(["rules", "--format", "json"])).stdout);
    assert.equal(code, 0);
    for (const rule of rules) assert.ok(stdout.includes(`${rule.code}  ${rule.severity}`) && stdout.includes(rule.summary), rule.code);
  }));

test("a program that stops reading is not an error, and nothing is reported", { skip: process.platform === "win32" }, () => {
  const cli = join(root, "pkg/dist/cli.js");
  // More than a pipe holds, and a program that reads one line.
  const script = `for i in 1 2 3; do node "$1" rules --format json; done | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", cli], { encoding: "utf8" });
  assert.equal(stderr, "");
  assert.equal(stdout, "{\n0\n");
});

test("bash completes commands, options, values, rules", { skip: process.platform === "win32" }, () =>
  inSession({}, async (session) => {
    session.write("jitp.bash", (await session.run(["completions", "bash"])).stdout);
    const complete = (...words) => {
      const script = 'source ./jitp.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _jitp; echo "${COMPREPLY[*]}"';
      return execFileSync("bash", ["-c", script, "bash", "jitp", ...words], { cwd: session.folder, encoding: "utf8" })
        .trim()
        .split(" ");
    };
    assert.deepEqual(complete("val"), ["validate"]);
    assert.deepEqual(complete("validate", "--format", ""), ["text", "json", "sarif", "github"]);
    assert.deepEqual(complete("validate", "--fo"), ["--format"]);
    assert.deepEqual(complete("validate", "x.json", "--max"), ["--max-warnings"]);
    assert.deepEqual(complete("completions", ""), ["bash", "zsh", "fish"]);
    assert.deepEqual(
      complete("explain", "JITP01"),
      Array.from({ length: 10 }, (_, i) => `JITP01${i}`),
    );
    assert.deepEqual(complete("explain", "double-"), ["double-encoded-body"]);
    // Bash itself completes a file's name.
    assert.deepEqual(complete("validate", "x"), [""]);
  }),
);

for (const [shell, check] of [
  ["zsh", ["-n"]],
  ["fish", ["--no-execute"]],
]) {
  const there = spawnSync(shell, ["--version"]).status === 0;
  test(`${shell} accepts its script`, { skip: there ? false : `${shell} is not here` }, () =>
    inSession({}, async (session) => {
      session.write("script", (await session.run(["completions", shell])).stdout);
      execFileSync(shell, [...check, "script"], { cwd: session.folder });
    }),
  );
}

test("the scripts for zsh and fish are as reviewed", () =>
  inSession({}, (session) =>
    session.expect("completions", [
      ["completions", "zsh"],
      ["completions", "fish"],
      ["completions", "tcsh"],
    ]),
  ));
