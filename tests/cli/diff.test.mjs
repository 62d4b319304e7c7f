// `jitp diff`
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import test from "node:test";
import { diffPlans, dryRun } from "jitp";
import { inSession } from "./session.mjs";

const FILES = {
  "old.json": "templates/ok-everything.json",
  "named.json": "templates/JITP100-parameter-missing@common-name.json",
  "fleet.json": "templates/JITP041-fleet-template.json",
  "full.pem": "certificates/full.pem",
  "common-name.pem": "certificates/common-name.pem",
  "expired.pem": "certificates/expired.pem",
  "bundle.pem": "certificates/bundle.pem",
  "ca.pem": "certificates/ca.pem",
};
const NOW = ["--now", "2026-11-23T12:00:00Z"];

/** The template of the fixture with another group, attribute and policy. */
function newer(session) {
  const text = session
    .read("old.json")
    .replace("all-sensors", "sensors")
    .replace("plant-7", "plant-8")
    .replaceAll("client/${", "client/*${");
  assert.notEqual(text, session.read("old.json"));
  session.write("new.json", text);
}

function git(session, ...words) {
  const names = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"];
  execFileSync("git", [...names, ...words], { cwd: session.folder, stdio: "pipe" });
}

test("diff: two versions of a template, in text", () =>
  inSession(FILES, async (session) => {
    newer(session);
    await session.expect("diff-versions", [
      ["diff", "old.json", "new.json", "full.pem", ...NOW],
      ["diff", "old.json", "old.json", "full.pem", ...NOW],
      ["diff", "old.json", "new.json", "full.pem", "common-name.pem", "expired.pem", "--details", "none", ...NOW],
      ["diff", "old.json", "named.json", "--subject", "/C=DE/CN=lamp-1", "--subject", "/CN=lamp-2", ...NOW],
      ["diff", "fleet.json", "fleet.json", "--flow", "fleet", "--parameter", "SerialNumber=4711", ...NOW],
      { words: ["diff", "old.json", "new.json", "full.pem", ...NOW], env: { FORCE_COLOR: "1" } },
    ]);
  }));

test("diff: two devices by one template, in their order", () =>
  inSession(FILES, (session) =>
    session.expect("diff-devices", [
      ["diff", "old.json", "--cert", "full.pem", "--cert", "common-name.pem", ...NOW],
      ["diff", "old.json", "--subject", "/CN=lamp-1", "--cert", "full.pem", ...NOW],
      ["diff", "old.json", "--cert", "full.pem", "--cert", "full.pem", ...NOW],
      ["diff", "old.json", "--cert", "full.pem", "--cert", "expired.pem", "--ca", "ca.pem", ...NOW],
    ]),
  ));

test("diff: Markdown for a pull request", () =>
  inSession(FILES, async (session) => {
    newer(session);
    await session.expect("diff-markdown", [
      ["diff", "old.json", "new.json", "full.pem", "common-name.pem", "--format", "markdown", ...NOW],
      ["diff", "old.json", "old.json", "full.pem", "common-name.pem", "--format", "markdown", ...NOW],
      ["diff", "old.json", "new.json", "full.pem", "common-name.pem", "--format", "markdown", "--details", "none", ...NOW],
    ]);
  }));

test("diff: what is wrong with a command line", () =>
  inSession(FILES, (session) =>
    session.expect("diff-misuse", [
      ["diff"],
      ["diff", "old.json"],
      ["diff", "old.json", "--cert", "full.pem"],
      ["diff", "old.json", "--cert", "full.pem", "--cert", "full.pem", "--cert", "full.pem"],
      ["diff", "old.json", "named.json"],
      ["diff", "old.json", "full.pem", "common-name.pem"],
      ["diff", "full.pem", "old.json", "full.pem"],
      ["diff", "old.json", "--cert", "full.pem", "--cert", "bundle.pem"],
      ["diff", "-", "-", "full.pem"],
      ["diff", "-", "old.json", "-"],
      ["diff", "old.json", "named.json", "--subject", "/CN=a", "--ca", "ca.pem"],
      ["diff", "old.json", "absent.json", "full.pem"],
      ["diff", "old.json", "named.json", "absent.pem"],
      ["diff", "old.json", "named.json", "full.pem", "--details", "all", "--format", "json"],
      ["diff", "old.json", "named.json", "full.pem", "--flow", "fleet", "--ca", "ca.pem"],
      ["diff", "old.json", "named.json", "full.pem", "--now", "soon"],
      ["compare", "old.json", "named.json"],
    ]),
  ));

test("diff: a version in git, by revision and path", () =>
  inSession(FILES, async (session) => {
    mkdirSync(join(session.folder, "templates"));
    session.write("templates/lamp.json", session.read("old.json"));
    git(session, "init", "-q", "-b", "trunk");
    git(session, "add", "templates");
    git(session, "commit", "-q", "-m", "one");
    newer(session);
    session.write("templates/lamp.json", session.read("new.json"));
    git(session, "commit", "-q", "-a", "-m", "two");
    const run = (...words) => session.run(["diff", ...words, ...NOW]);
    const files = await run("old.json", "new.json", "full.pem");
    assert.equal(files.code, 1);
    const named = (text) =>
      text.replaceAll(/\b(?:old|new)\.json: /g, "X: ").replaceAll(/\b(?:HEAD~1:|trunk:|:)?templates\/lamp\.json: /g, "X: ");
    for (const words of [
      ["HEAD~1:templates/lamp.json", "templates/lamp.json"],
      ["trunk~1:templates/lamp.json", "trunk:templates/lamp.json"],
      ["HEAD~1:./templates/lamp.json", ":templates/lamp.json"],
    ]) {
      const { code, stdout, stderr } = await run(...words, "full.pem");
      assert.deepEqual([code, stderr], [1, ""], words.join(" "));
      assert.equal(
        named(stdout).replaceAll(/^( {2}[-+]) .*?: (?=The device)/gm, "$1 X: "),
        named(files.stdout).replaceAll(/^( {2}[-+]) .*?: (?=The device)/gm, "$1 X: "),
      );
    }
    assert.equal((await run("HEAD:templates/lamp.json", "templates/lamp.json", "full.pem")).code, 0);
    // The words of git differ from version to version.
    const said = /no file has this name, and git says: \S.*\n.*help: a file in a git revision is REVISION:PATH/;
    for (const [old, message] of [
      ["HEAD~9:templates/lamp.json", said],
      ["HEAD:lamp.json", said],
      ["HEAD:templates", /git says: it is not a file\n/],
      ["nowhere:templates/lamp.json", said],
      ["HEAD~1:", /the file does not exist/],
      ["--textconv:templates/lamp.json", /the name of a revision cannot begin with -/],
      ["--output=pwned:templates/lamp.json", /the name of a revision cannot begin with -/],
    ]) {
      const { code, stdout, stderr } = await session.run(["diff", "--", old, "templates/lamp.json", "full.pem"]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.ok(stderr.startsWith(`error: cannot read ${old}: `), stderr);
    }
    assert.equal(session.has("pwned"), false);
  }));

test(
  "diff: a file with the name of a revision is read, and git is not asked",
  { skip: process.platform === "win32" && "such a name is not for Windows" },
  () =>
    inSession(FILES, async (session) => {
      newer(session);
      session.write("HEAD:lamp.json", session.read("new.json"));
      const ended = await session.run(["diff", "HEAD:lamp.json", "new.json", "full.pem", ...NOW]);
      assert.deepEqual([ended.code, ended.stderr], [0, ""]);
    }),
);

test("diff: without git, or outside of a repository, the message says so", () =>
  inSession(FILES, async (session) => {
    const words = ["diff", "HEAD:old.json", "old.json", "full.pem"];
    // The folder of the session may be in a repository.
    const outside = await session.run(words, {
      env: { GIT_CEILING_DIRECTORIES: dirname(session.folder), GIT_DIR: join(session.folder, "no") },
    });
    assert.equal(outside.code, 2);
    assert.match(outside.stderr, /^error: cannot read HEAD:old\.json: no file has this name, and git says: not a git repository/);
    const none = await session.run(words, { env: { PATH: join(session.folder, `nothing${delimiter}`) } });
    assert.deepEqual([none.code, none.stderr.split("\n")[0]], [2, "error: cannot read HEAD:old.json: git is not installed"]);
  }));

test("diff: a repository's configuration runs no program", { skip: process.platform === "win32" && "the program is a shell script" }, () =>
  inSession(FILES, async (session) => {
    const mark = join(session.folder, "ran");
    git(session, "init", "-q", "-b", "trunk");
    session.write(".gitattributes", "*.json diff=evil filter=evil\n");
    git(session, "add", "old.json", ".gitattributes");
    git(session, "commit", "-q", "-m", "one");
    for (const name of ["diff.evil.textconv", "diff.evil.command", "diff.external", "core.pager", "filter.evil.smudge", "core.fsmonitor"])
      git(session, "config", name, `touch ${mark}; cat`);
    assert.equal((await session.run(["diff", "HEAD:old.json", "old.json", "full.pem", ...NOW])).code, 0);
    assert.equal(session.has("ran"), false);
  }),
);

test("diff: JSON has the differences of the API, and counts the rest", () =>
  inSession(FILES, async (session) => {
    newer(session);
    const { code, stdout } = await session.run([
      "diff",
      "old.json",
      "new.json",
      "full.pem",
      "full.pem",
      "--subject",
      "/C=DE/CN=a",
      "--format",
      "json",
      ...NOW,
    ]);
    const { ok, before, after, compared, counts, differences, trouble } = JSON.parse(stdout);
    assert.deepEqual([code, ok, before, after, compared, trouble], [1, false, "old.json", "new.json", "templates", []]);
    assert.deepEqual(counts, { devices: 2, different: 2, notCompared: 0 });
    assert.deepEqual(
      differences.map(({ device }) => device),
      ["full.pem", "/C=DE/CN=a"],
    );
    const plans = ["old.json", "new.json"].map((name) => dryRun(session.read(name), session.read("full.pem"), { now: NOW[1] }));
    assert.deepEqual(differences[0].difference, JSON.parse(JSON.stringify(diffPlans(...plans))));
    const same = await session.run(["diff", "old.json", "old.json", "full.pem", "--format", "json", ...NOW]);
    const output = JSON.parse(same.stdout);
    assert.deepEqual([same.code, output.ok, output.differences], [0, true, []]);
  }));

test("diff: both sides get every option of the plan", () =>
  inSession(FILES, async (session) => {
    newer(session);
    session.write("telemetry.json", '{"Version":"2012-10-17","Statement":[]}');
    const options = ["--region", "eu-west-1", "--account-id", "123456789012", "--client-id", "x", "--serial-number", "certificate"];
    const access = ["--policy", "telemetry.json", "--no-group-policies", "--ca", "ca.pem"];
    const all = ["full.pem", ...options, ...access, "--format", "json", ...NOW];
    const { stdout } = await session.run(["diff", "old.json", "new.json", ...all]);
    const [{ difference }] = JSON.parse(stdout).differences;
    const plans = [];
    for (const name of ["old.json", "new.json"]) plans.push(JSON.parse((await session.run(["plan", name, ...all])).stdout).plans[0].plan);
    assert.deepEqual(difference, JSON.parse(JSON.stringify(diffPlans(...plans))));
    assert.deepEqual([plans[0].issuer.signature, plans[0].thing.arn], ["verified", "arn:aws:iot:eu-west-1:123456789012:thing/sensor-0001"]);
  }));

test("diff: a template from standard input, and a policy too, are read once for both sides", () =>
  inSession(FILES, async (session) => {
    newer(session);
    const piped = await session.run(["diff", "-", "new.json", "full.pem", ...NOW], { input: session.read("old.json") });
    const files = await session.run(["diff", "old.json", "new.json", "full.pem", ...NOW]);
    assert.deepEqual([piped.code, piped.stdout.replaceAll("<stdin>", "old.json")], [1, files.stdout]);
    const words = [
      "diff",
      "old.json",
      "old.json",
      "full.pem",
      "--policy",
      "telemetry=-",
      "--no-group-policies",
      "--format",
      "json",
      ...NOW,
    ];
    const same = await session.run(words, { input: '{"Version":"2012-10-17","Statement":[]}' });
    assert.deepEqual([same.code, JSON.parse(same.stdout).counts.devices], [0, 1]);
  }));

test("diff: many devices give a table, a sum and a hint", () =>
  inSession(FILES, async (session) => {
    newer(session);
    const subjects = Array.from({ length: 11 }, (_, i) => ["--subject", `/C=DE/CN=lamp-${i}`]).flat();
    const { code, stdout } = await session.run(["diff", "old.json", "new.json", ...subjects, ...NOW]);
    assert.equal(code, 1);
    assert.match(stdout, /\n11 devices: 11 with differences \([^\n]*\)\nDetails of 11 devices not shown: --details all\n$/);
    const whole = await session.run(["diff", "old.json", "new.json", ...subjects, "--details", "all", ...NOW]);
    assert.equal(whole.stdout.match(/^── /gm).length, 11);
  }));

test("diff: a version that gives several devices one thing is told", () =>
  inSession(FILES, async (session) => {
    session.write("one.json", session.read("old.json").replace(/"ThingName": *(?:\{[^}]*\}|"[^"]*")/, '"ThingName": "the-sensor"'));
    const { stdout } = await session.run(["diff", "old.json", "one.json", "full.pem", "common-name.pem", ...NOW]);
    assert.match(stdout, /\nDevices with the thing name of an earlier one: 0 → 1\n/);
  }));
