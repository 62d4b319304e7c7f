// `jitp validate`: its forms, its exit codes, what it reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { inSession } from "./session.mjs";

const FILES = {
  "ok.json": "templates/ok-everything.json",
  "type.json": "templates/JITP031-parameter-type.json",
  "twice.json": "templates/JITP012-double-encoded.json",
  "both.json": "templates/JITP063-policy-both.json",
  "duplicate.json": "templates/JITP002-duplicate-key.json",
  "fleet.json": "templates/JITP041-fleet-template.json",
  "unused.json": "templates/JITP100-parameter-missing@common-name.json",
  "nested/python.json": "templates/JITP001-python-dict.json",
  "nested/cut.json": "templates/JITP001-cut-short.json",
};

test("text: excerpts with a caret, help, code, and the sums", () =>
  inSession(FILES, (session) =>
    session.expect("validate-text", [
      ["validate", "ok.json"],
      ["validate", "type.json", "twice.json"],
      ["validate", "both.json", "duplicate.json"],
      ["validate", "fleet.json"],
      ["validate", "fleet.json", "--flow", "fleet"],
      ["validate", "ok.json", "--region", "us-west-2", "--account-id", "210987654321"],
    ]),
  ));

test("JSON, GitHub's workflow commands", () =>
  inSession(FILES, (session) =>
    session.expect("validate-forms", [
      ["validate", "both.json", "ok.json", "--format", "json"],
      ["validate", "type.json", "unused.json", "nested/cut.json", "--format=github"],
      ["validate", "-f", "github", "ok.json"],
    ]),
  ));

test("patterns, standard input, files that cannot be read", () =>
  inSession(FILES, (session) =>
    session.expect("validate-inputs", [
      ["validate", "nested/*.json", "nested/cut.json", "--format", "github"],
      ["validate", "**/*.json", "--format", "github"],
      { words: ["validate", "-"], input: '{"Resources": {"thing": {"Type": "AWS::Iot::Thing"}}}' },
      { words: ["validate", "-", "-f", "github"], input: "" },
      ["validate", "absent.json", "ok.json"],
      ["validate", "nested"],
      ["validate", "no/*.json"],
    ]),
  ));

test("exit codes: warnings count if they are not allowed", () =>
  inSession(FILES, async (session) => {
    session.write("warns.json", session.read("ok.json").replace("{", '{"$schema": "x",'));
    await session.expect("validate-warnings", [
      ["validate", "warns.json"],
      ["validate", "warns.json", "--max-warnings", "0"],
      ["validate", "warns.json", "--max-warnings", "9"],
      ["validate", "warns.json", "--max-warnings", "few"],
    ]);
  }));

test("colours by NO_COLOR and FORCE_COLOR; no text of a file steers the terminal", () =>
  inSession(FILES, async (session) => {
    const esc = "\u001b";
    session.write("evil\u0007.json", `{"Resources": {"a${esc}[31m\u202e": {"Type": "\\u001b]0;title\\u0007"}}}`);
    await session.expect("validate-colours", [
      { words: ["validate", "type.json"], env: { FORCE_COLOR: "1" } },
      { words: ["validate", "type.json"], env: { FORCE_COLOR: "1", NO_COLOR: "1" } },
      { words: ["validate", "type.json"], env: { NO_COLOR: "1" } },
      ["validate", "evil\u0007.json"],
    ]);
    const { stdout } = await session.run(["validate", "evil\u0007.json"]);
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u202e]/);
  }));

test("places in long lines, in wide characters, at the end", () =>
  inSession({}, async (session) => {
    const body = `{"Resources":{"thing":{"Type":"AWS::IoT::Thing","Properties":{"ThingName":{"Ref":"${"x".repeat(300)}"}}}}}`;
    session.write("long.json", JSON.stringify({ templateBody: body, roleArn: "arn:aws:iam::123456789012:role/R" }));
    session.write("wide.json", '{"Resources": {"温度計😀": {"Type": "AWS::IoT::Thingy"}}}');
    session.write("tab.json", '{\t"Resources": {\t"t": {"Type": "AWS::IoT::Thingy"}}}');
    session.write("crlf.json", '{\r\n"Resources": {\r\n"t": {"Type": "AWS::IoT::Thingy"}}}\r\n');
    session.write("open.json", '{"Resources": {');
    await session.expect(
      "validate-places",
      ["long", "wide", "tab", "crlf", "open"].map((name) => ["validate", `${name}.json`]),
    );
  }));

test("SARIF is valid by its schema, and says what the JSON says", () =>
  inSession(FILES, async (session) => {
    const { code, stdout } = await session.run(["validate", "**/*.json", "absent file.json", "--format", "sarif"]);
    assert.equal(code, 2);
    const log = JSON.parse(stdout);
    const require = createRequire(import.meta.url);
    // Draft 4, of which it uses nothing that draft 7 has changed except its own address.
    const { $schema, id, ...schema } = JSON.parse(
      readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
    );
    assert.match($schema, /draft-04/);
    assert.ok(id);
    const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, unicodeRegExp: false, allErrors: true });
    addFormats(ajv);
    const valid = ajv.compile(schema);
    assert.ok(valid(log), JSON.stringify(valid.errors, null, 1));
    assert.equal(valid({ ...log, version: "2.0.0" }), false, "the schema refuses something");

    const [run] = log.runs;
    assert.equal(run.invocations[0].executionSuccessful, false);
    assert.match(run.invocations[0].toolExecutionNotifications[0].message.text, /absent file\.json/);
    const { stdout: json } = await session.run(["validate", "**/*.json", "--format", "json"]);
    const findings = JSON.parse(json).files.flatMap(({ file, diagnostics }) => diagnostics.map((one) => ({ file, ...one })));
    assert.ok(findings.length > 8, `${findings.length} findings`);
    assert.equal(run.results.length, findings.length);
    for (const [i, result] of run.results.entries()) {
      const { file, code: rule, severity, span, fix, choices, related } = findings[i];
      assert.equal(result.ruleId, rule);
      assert.equal(run.tool.driver.rules[result.ruleIndex].id, rule);
      assert.equal(result.level, { error: "error", warning: "warning", hint: "note" }[severity]);
      const place = result.locations[0].physicalLocation;
      assert.equal(place.artifactLocation.uri, file);
      assert.equal(run.artifacts[place.artifactLocation.index].location.uri, file);
      assert.equal(place.region?.startLine, span?.start.line);
      assert.equal(place.region?.charLength, span && span.end.offset - span.start.offset);
      assert.equal(result.fixes?.length ?? 0, (fix ? 1 : 0) + (choices?.length ?? 0));
      assert.equal(result.relatedLocations?.length, related?.length);
    }
  }));
