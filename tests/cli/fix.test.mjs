// `jitp fix`, `fmt`, `stringify`, `unstringify`: their output and its files.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { inSession, root, Session } from "./session.mjs";

const FILES = {
  "type.json": "templates/JITP031-parameter-type.json",
  "both.json": "templates/JITP063-policy-both.json",
  "python.json": "templates/JITP001-python-dict.json",
  "twice.json": "templates/JITP012-double-encoded.json",
  "cut.json": "templates/JITP001-cut-short.json",
  "ok.json": "templates/ok-everything.json",
};

test("fix: a dry run shows a diff and writes nothing; a run writes", () =>
  inSession(FILES, async (session) => {
    const before = session.read("type.json");
    await session.expect("fix-dry", [["fix", "type.json", "python.json", "--dry-run"]]);
    assert.equal(session.read("type.json"), before);
    await session.expect("fix", [
      ["fix", "type.json", "python.json", "both.json"],
      ["validate", "type.json", "python.json"],
      ["fix", "type.json"],
    ]);
    JSON.parse(session.read("python.json"));
  }));

test("fix: standard input is printed fixed, and nothing else", () =>
  inSession(FILES, async (session) => {
    await session.expect("fix-stdin", [
      {
        words: ["fix", "-"],
        input:
          '{"Parameters": {"AWS::IoT::Certificate::Id": {"Type": "string"}}, "Resources": {"c": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}}}}\n',
      },
      ["fix", "type.json", "both.json", "--format", "json"],
    ]);
  }));

test("fix: a file that is not UTF-8 stays as it is, the next is fixed", () =>
  inSession(FILES, async (session) => {
    const latin = Buffer.from('{"Resources": {"gerät": {"Type": "AWS::Iot::Thing"}}}', "latin1");
    session.write("latin.json", latin);
    await session.expect("fix-latin", [["fix", "latin.json", "type.json"]]);
    assert.deepEqual(readFileSync(join(session.folder, "latin.json")), latin);
  }));

test("fix: no fixture is left with a fix, and none gets an error that it did not have", async () => {
  const names = readdirSync(join(root, "tests/fixtures/templates")).filter((name) => name.endsWith(".json"));
  assert.ok(names.length > 100, `${names.length} templates`);
  const session = new Session(Object.fromEntries(names.map((name) => [name, `templates/${name}`])));
  try {
    const of = async () => JSON.parse((await session.run(["validate", "*.json", "--format", "json"])).stdout).files;
    const before = await of();
    await session.run(["fix", "*.json"]);
    const after = await of();
    const changed = after.filter(({ file }) => session.read(file) !== readFileSync(join(root, "tests/fixtures/templates", file), "utf8"));
    assert.ok(changed.length > 20, `${changed.length} were changed`);
    for (const [i, { file, diagnostics }] of after.entries()) {
      assert.deepEqual(
        diagnostics.filter(({ fix }) => fix).map(({ code }) => code),
        [],
        file,
      );
      const fixed = before[i].diagnostics.some(({ fix }) => fix);
      if (!fixed) assert.deepEqual(diagnostics, before[i].diagnostics, file);
    }
  } finally {
    session.end();
  }
});

test("fmt: changes white space alone; --check and --diff write nothing", () =>
  inSession(FILES, async (session) => {
    const squeezed = '{"templateBody":"{\\"Resources\\":{\\"a\\":1.0}}","roleArn":"arn:aws:iam::123456789012:role/R"}';
    session.write("config.json", squeezed);
    session.write("body.json", '{"Resources":\r\n{"t": {"Type":"AWS::IoT::Thing", "Properties": {"ThingName":"\\u00e9"}}}}');
    await session.expect("fmt", [
      ["fmt", "--check", "config.json", "body.json"],
      ["fmt", "--diff", "body.json"],
      ["fmt", "config.json", "body.json"],
      ["fmt", "--check", "config.json", "body.json"],
      ["fmt", "cut.json", "absent.json", "twice.json"],
      { words: ["fmt", "-"], input: '{"Resources": {}}' },
      { words: ["fmt", "-"], input: '{"a": 1}' },
    ]);
    assert.deepEqual(JSON.parse(session.read("config.json")), JSON.parse(squeezed));
    assert.match(session.read("body.json"), /^\{\r\n {2}"Resources": \{\r\n/);
  }));

test("stringify and unstringify: there and back, to a file, and by the exit code", () =>
  inSession(FILES, async (session) => {
    await session.expect("stringify", [
      ["stringify", "ok.json", "--role-arn", "arn:aws:iam::123456789012:role/JITPRole", "--indent", "0", "-o", "config.json"],
      ["unstringify", "config.json"],
      { words: ["stringify", "-", "--template-name", "lamps", "--flow", "fleet", "--indent", "0"], input: '{"Resources": {}}' },
      ["stringify", "cut.json"],
      ["unstringify", "cut.json"],
      ["stringify", "ok.json", "--indent", "0", "-o", "no/such/folder.json"],
      ["stringify", "ok.json", "--indent", "9"],
      { words: ["unstringify", "-", "--format", "json"], input: '{"templateBody": "{}"}' },
    ]);
    assert.equal(JSON.parse(session.read("config.json")).roleArn, "arn:aws:iam::123456789012:role/JITPRole");
    assert.equal(typeof JSON.parse(session.read("config.json")).templateBody, "string");
  }));
