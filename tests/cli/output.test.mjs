// The schema of the JSON that commands print: it agrees with the types, and every output is valid by it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Ajv } from "ajv";
import { outputSchema } from "../../pkg/output-schema.mjs";
import { inSession, root, Session } from "./session.mjs";

const text = readFileSync(join(root, "pkg/jitp.output.schema.json"), "utf8");

test("the published schema agrees with the types", () => {
  assert.equal(text, outputSchema(), "`cargo xtask docs --all` writes it again");
});

/** The published schema, and one that refuses members that it does not name, because every printed member must be in it. */
function validators() {
  const closed = JSON.parse(text, (_, value) =>
    value?.type === "object" && value.properties ? { additionalProperties: false, ...value } : value,
  );
  // Every alternative of a union gives its own errors. The format says which alternative is meant.
  return [JSON.parse(text), closed].map((schema) => new Ajv({ allowUnionTypes: true }).compile(schema));
}

test("every command's JSON is valid by it, to the last member", async () => {
  const templates = readdirSync(join(root, "tests/fixtures/templates")).filter((name) => name.endsWith(".json"));
  const certificates = readdirSync(join(root, "tests/fixtures/certificates"));
  const session = new Session({
    "account/records.json": "account/records.json",
    ...Object.fromEntries(templates.map((name) => [`templates/${name}`, `templates/${name}`])),
    ...Object.fromEntries(certificates.map((name) => [`certificates/${name}`, `certificates/${name}`])),
  });
  const commands = [
    ["validate", "templates/*.json", "absent.json"],
    ["validate", "templates/JITP041-*.json", "--flow", "fleet", "--region", "eu-west-1"],
    ["fix", "templates/JITP0*.json", "absent.json"],
    ["stringify", "templates/ok-everything.json"],
    ["unstringify", "templates/JITP012-double-encoded.json"],
    ...templates.filter((_, i) => i % 20 === 0).map((name) => ["plan", `templates/${name}`, "certificates/*"]),
    ["plan", "templates/ok-everything.json", "certificates/*", "absent.pem"],
    ["plan", "templates/JITP041-fleet-template.json", "--flow", "fleet", "--parameter", "SerialNumber=1"],
    ...["ok-body.json", "JITP063-policy-both.json", "JITP001-cut-short.json"].map((name) => [
      ...["diff", "templates/ok-everything.json", `templates/${name}`, "certificates/*", "absent.pem"],
      ...["--region", "eu-west-1", "--no-group-policies"],
    ]),
    ["diff", "templates/ok-everything.json", "--cert", "certificates/full.pem", "--subject", "/C=DE/CN=lamp-1"],
    ["can", "templates/ok-everything.json", "certificates/full.pem", "connect", "call", "iot:GetThingShadow", "thing/a"],
    ...["ok-everything.json", "JITP063-policy-both.json"].flatMap((name) =>
      [["publish", "a"], [], ["--as-other"]].map((more) => ["can", `templates/${name}`, "certificates/full.pem", ...more]),
    ),
    ["cert", "certificates/*", "absent.pem"],
    ["sample", "templates/ok-everything.json", "--dir", "made"],
    ["plan", "templates/ok-everything.json", "made/device.pem", "--ca", "made/ca.pem"],
    ["export", "templates/ok-everything.json", "--to", "terraform"],
    ["account", "account/records.json", "absent.json"],
    ["rules"],
    ["explain", "JITP001"],
    ["stringify", "absent.json"],
  ];
  const seen = new Set();
  const valid = validators();
  try {
    for (const words of commands) {
      const { stdout } = await session.run([...words, "--format", "json"]);
      const output = JSON.parse(stdout);
      for (const validate of valid) assert.ok(validate(output), `${words.join(" ")}: ${JSON.stringify(validate.errors?.slice(-3))}`);
      seen.add(output.format);
    }
  } finally {
    session.end();
  }
  const formats = Object.values(JSON.parse(text).definitions).flatMap(({ properties }) => properties?.format?.const ?? []);
  assert.deepEqual([...seen].toSorted(), formats.toSorted(), "every format was seen");
});

test("the schema refuses everything that is not output", () =>
  inSession({ "a.json": "templates/JITP031-parameter-type.json" }, async (session) => {
    const [open, closed] = validators();
    const output = JSON.parse((await session.run(["validate", "a.json", "--format", "json"])).stdout);
    assert.ok(open({ ...output, more: 1 }), "a member may be added within a version");
    assert.ok(!closed({ ...output, more: 1 }));
    for (const broken of [
      { ...output, version: 2 },
      { ...output, format: "jitp.valid" },
      { ...output, files: {} },
      { ...output, counts: undefined },
    ]) {
      assert.ok(!open(JSON.parse(JSON.stringify(broken))));
    }
  }));
