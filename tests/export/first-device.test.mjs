// docs/first-device.md, run from top to bottom as it is written, once for each way to set the account up; AWS's part in a mock of AWS.
//
// The mock cannot do two things: be a message broker, and be asked by Terraform, whose provider no test downloads. The page says so where that is.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as jitp from "jitp";
import { fences, installed, shell } from "../fences.mjs";
import { hclValue } from "../hcl.mjs";
import { root } from "../packed.mjs";
import { noMoto, startMoto } from "./moto.mjs";

const page = readFileSync(join(root, "docs/first-device.md"), "utf8");
/** The mark before commands that no test runs. */
const NOT_RUN = "(not run by the tests)";

/** The sections by their headings, each with its code blocks. */
const SECTIONS = new Map(
  page
    .split(/^(?=##+ )/m)
    .slice(1)
    .map((section) => [/^#+ (.*)$/m.exec(section)[1], fences(section)]),
);
const WAYS = ["With the AWS CLI", "With CloudFormation", "With Terraform"];
const OFFLINE = [...SECTIONS.keys()].filter((heading) => /^[1-4]\. /.test(heading));
const ACCOUNT = [...SECTIONS.keys()].find((heading) => heading.startsWith("5. "));
const AGAIN = [...SECTIONS.keys()].find((heading) => heading.startsWith("6. "));
const CONNECT = [...SECTIONS.keys()].find((heading) => heading.startsWith("7. "));

/** A text as a pattern: a line `…` is any lines, and the page's IDs of certificates are one ID each, the same wherever it is shown. */
function pattern(shown) {
  const names = new Map();
  const line = (text) =>
    text.replace(/\b[0-9a-f]{64}\b|[\\^$.*+?()[\]{}|]/g, (found) => {
      if (found.length === 1) return `\\${found}`;
      if (names.has(found)) return `\\k<${names.get(found)}>`;
      names.set(found, `id${names.size}`);
      return `(?<${names.get(found)}>[0-9a-f]{64})`;
    });
  const lines = shown.split("\n").slice(0, -1);
  return new RegExp(`^${lines.map((text) => (text === "…" ? "(?:.*\n)+?" : `${line(text)}\n`)).join("")}$`);
}

/** A project in which sections of the page are run. */
function reader(env = {}) {
  const folder = installed();
  // The script waits until a new role can be used.
  mkdirSync(join(folder, "node_modules/programs"));
  writeFileSync(join(folder, "node_modules/programs/sleep"), "#!/bin/sh\n", { mode: 0o755 });
  const PATH = `${folder}/node_modules/programs:${env.PATH ?? process.env.PATH}`;
  const run = (heading) => {
    const blocks = SECTIONS.get(heading);
    assert.ok(blocks, `there is a section "${heading}"`);
    for (const [i, { language, code, before }] of blocks.entries()) {
      if (language === "json") {
        const [, name] = /`([\w.-]+)`:\s*$/.exec(before) ?? [];
        assert.ok(name, "the text before names the file");
        writeFileSync(join(folder, name), code);
      } else if (language === "sh" && !before.includes(NOT_RUN)) {
        const { status, printed, said } = shell(folder, code, { ...env, PATH });
        const [, wanted = "0"] = /\(exit code (\d)\)/.exec(before) ?? [];
        assert.equal(status, Number(wanted), `${code}\n${printed}\n${said}`);
        if (blocks[i + 1]?.language === "text") assert.match(printed, pattern(blocks[i + 1].code), code);
      }
    }
  };
  const read = (name) => readFileSync(join(folder, name), "utf8");
  return { run, read, shell: (line) => shell(folder, line, { ...env, PATH }), folder, done: () => rmSync(folder, { recursive: true }) };
}

/** Runs `work` with a mock of an empty account, and a project in which the sections before that were run. */
async function inAccount(way, work) {
  const { env, stop } = await startMoto();
  const session = reader(env);
  try {
    for (const heading of [...OFFLINE, ACCOUNT, way, AGAIN, CONNECT]) session.run(heading);
    await work(session);
  } finally {
    stop();
    session.done();
  }
}

/** The device's plan in the account that the page's script asked. */
async function lacksNothing({ read }) {
  const issuer = await jitp.verifyIssuer(read("device.pem"), read("ca.pem"));
  const plan = jitp.dryRun(read("repaired.json"), read("device.pem"), { account: read("account.json"), issuer });
  assert.deepEqual([plan.verdict, plan.access.connects], ["provisions", "allowed"]);
  const { changes, taken } = plan.account;
  assert.deepEqual(
    changes.filter(({ change }) => !["created", "unchanged"].includes(change)).map(({ sentence }) => sentence),
    [],
  );
  const { account } = jitp.readAccount(read("account.json"));
  const [{ certificateId: id }] = jitp.readCertificates(read("ca.pem"));
  const ca = account.caCertificates[id];
  assert.equal(ca.status, "ACTIVE");
  // The mock's DescribeCACertificate does not tell whether the CA registers certificates automatically. AWS tells it.
  assert.equal(ca.autoRegistrationStatus, undefined);
  assert.deepEqual(JSON.parse(ca.templateBody), JSON.parse(read("repaired.json")));
  assert.deepEqual(taken, ["The CA certificate is registered, ACTIVE, and registers certificates automatically."]);
  assert.deepEqual(
    plan.diagnostics.filter(({ severity }) => severity === "error" || severity === "warning"),
    [],
  );
}

test("every section of the page is run, and what is not run is marked", () => {
  const last = [...SECTIONS.keys()].at(-1);
  assert.deepEqual([...SECTIONS.keys()], [...OFFLINE, ACCOUNT, ...WAYS, AGAIN, CONNECT, last]);
  assert.deepEqual(SECTIONS.get(last), []);
  const all = [...SECTIONS.values()].flat();
  assert.deepEqual(new Set(all.map(({ language }) => language)), new Set(["json", "sh", "text"]));
  const skipped = all.filter(({ before }) => before.includes(NOT_RUN)).map(({ code }) => code.split(/\s/)[0]);
  assert.deepEqual(skipped, ["terraform", "curl"]);
});

test("a printed text is compared, but for the lines that it leaves out", () => {
  const [one, two] = ["0a".repeat(32), "1b".repeat(32)];
  assert.match("a\nb\nc\n", pattern("a\n…\nc\n"));
  assert.match(`x ${two} ${two}\n`, pattern(`x ${one} ${one}\n`));
  assert.doesNotMatch(`x ${one} ${two}\n`, pattern(`x ${one} ${one}\n`));
  for (const [printed, shown] of [
    ["a\nb\nd\n", "a\n…\nc\n"],
    ["a\nb\nc\n", "a\nc\n"],
    ["axc\n", "a.c\n"],
    ["a\nc\n", "a\n…\nc\n"],
  ])
    assert.doesNotMatch(printed, pattern(shown));
});

test("without an account, jitp answers as the page shows", () => {
  const { run, done } = reader();
  try {
    for (const heading of OFFLINE) run(heading);
  } finally {
    done();
  }
});

test("with the AWS CLI, the first device lacks nothing, and a second run changes nothing", { skip: noMoto }, () =>
  inAccount(WAYS[0], async (session) => {
    await lacksNothing(session);
    assert.match(session.shell("sh setup.sh").printed, /^Everything exists already\. Nothing was changed\.$/m);
  }),
);

test("with CloudFormation, the first device lacks nothing", { skip: noMoto }, () => inAccount(WAYS[1], lacksNothing));

test("with Terraform, the configuration has what the first device needs", () => {
  const { run, read, folder, done } = reader();
  try {
    for (const heading of [...OFFLINE, WAYS[2]]) run(heading);
    const text = read("provisioning.tf");
    for (const [kind, ...names] of [
      ["thing_type", "lightBulb-versionA"],
      ["thing_group", "v1-lightbulbs", "DE"],
    ]) {
      const [, list] = new RegExp(`${kind}s = toset\\(\\[\\n([^\\]]*)\\]\\)`).exec(text) ?? [];
      assert.deepEqual(
        [...(list ?? "").matchAll(/^ *"(.*)",$/gm)].map(([, name]) => name),
        names,
      );
      assert.match(text, new RegExp(`resource "aws_iot_${kind}" "this" \\{\n  for_each = setsubtract\\(local\\.${kind}s,`));
    }
    assert.match(text, /resource "aws_iot_ca_certificate" "this" \{/);
    assert.deepEqual(JSON.parse(hclValue(text, "template_body")), JSON.parse(read("repaired.json")));
    // Terraform reads the whole file for this; without it, the parser of tests/hcl.mjs does.
    const format = spawnSync("terraform", ["fmt", "-check", "provisioning.tf"], { cwd: folder, encoding: "utf8" });
    if (format.error === undefined) assert.equal(format.status, 0, format.stderr);
  } finally {
    done();
  }
});
