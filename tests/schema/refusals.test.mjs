// The JSON Schema of the package compared with `validate`: jitp refuses everything that the schema refuses.
//
// Cases: every template of tests/fixtures and www/samples, the corpus (../shared/corpus, or the folder in JITP_CORPUS), if it
// exists, the bodies inside them, and all of these broken at random.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { accepts, ajv, corpus, errorsOf, schema } from "./schema.mjs";
import { root } from "../packed.mjs";

const folder = (path) =>
  (existsSync(path) ? readdirSync(path) : [])
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(path, name), "utf8") }));

const parse = (text) => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return {};
  }
};

/** The texts that are JSON, and the template bodies inside them as separate texts. */
function cases(files) {
  return files.flatMap(({ name, text }) => {
    const { value } = parse(text);
    if (value === undefined) return [];
    const body = value?.templateBody ?? value?.registrationConfig?.templateBody;
    const inner = typeof body === "string" ? parse(body).value : undefined;
    return [{ name, text, value }, ...(inner === undefined ? [] : [{ name: `the body in ${name}`, text: body, value: inner }])];
  });
}

const fixtures = cases([...folder(join(root, "tests/fixtures/templates")), ...folder(join(root, "www/samples"))]);
const theirs = cases(["templates", "reported"].flatMap((name) => folder(join(corpus, name))));

/** Compares both, and fails if the schema alone refuses a text. The result is how many texts each refused. */
function compare(all) {
  const counts = { texts: all.length, jitp: 0, schema: 0 };
  for (const { name, text, value } of all) {
    const refused = !accepts(value);
    const errors = errorsOf(text);
    counts.jitp += errors.length > 0;
    counts.schema += refused;
    const said = refused && accepts.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join("\n");
    assert.ok(!refused || errors.length > 0, `the schema alone refuses ${name}:\n${said}\n${text}`);
  }
  return counts;
}

const inWords = ({ texts, jitp, schema: caught }) =>
  `${texts} texts, jitp refuses ${jitp}, the schema ${caught} of them (${Math.round((100 * caught) / jitp)} %)`;

test("the schema is valid by draft 2020-12, in Ajv's strict mode", () => {
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  assert.equal(ajv.validateSchema(schema), true, ajv.errorsText());
});

test("jitp refuses every template of our own that the schema refuses", (t) => {
  // A name with + is the name of a template for another flow than JITP.
  const fine = fixtures.filter(({ name }) => /^(the body in )?ok-[^+]*$/.test(name));
  assert.ok(fine.length >= 8, `${fine.length} templates without a fault`);
  for (const { name, value } of fine) assert.ok(accepts(value), `${name}: ${ajv.errorsText(accepts.errors)}`);
  const counts = compare(fixtures);
  assert.ok(counts.schema > 30, inWords(counts));
  t.diagnostic(inWords(counts));
});

test("jitp refuses every template of the corpus that the schema refuses", (t) => {
  if (theirs.length === 0) return t.diagnostic("the corpus is not here; the project's own fixtures alone were compared");
  t.diagnostic(inWords(compare(theirs)));
});

/**
 * Picks from lists at random, but the same in every run (mulberry32). The seed is the text's name, so that a new text
 * changes nothing in the test of the others.
 */
function randomly(name) {
  let seed = [...name].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 0x01000193), 0x811c9dc5);
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return (list) => list[Math.floor(next() * list.length)];
}

const STRAY = [
  null,
  true,
  0,
  7.5,
  "",
  "x",
  "a b",
  "ACTIVE",
  "active",
  "Activ",
  "String",
  "x".repeat(129),
  "x".repeat(2100),
  "x".repeat(10241),
  " ",
  "{}",
  " { } ",
  "[]",
  '{"Statement": []}',
  "\u0085",
  [],
  ["x"],
  [["x"]],
  {},
  { Ref: "x" },
  { Ref: "AWS::IoT::Certificate::Id" },
  { Ref: "AWS::IoT::Certificate::CommonName" },
  { ref: "x" },
  { Ref: 1 },
  { "Fn::Sub": "a${b}" },
  { "Fn::Join": ["-", ["a", { Ref: "x" }]] },
  { "Fn::Join": ["-", "a"] },
  { "Fn::Select": [0, ["a"]] },
  { "Fn::Split": ["", "a"] },
  { "Fn::FindInMap": ["a", "b"] },
  { a: 1, b: 2 },
  { Version: "2012-10-17", Statement: [] },
  { Type: "String" },
  { Type: "String", Default: "x" },
  "MERGE",
  "REPLACE",
  "FAIL",
  { Type: "AWS::IoT::Certificate", Properties: {} },
  "AWS::IoT::Thing",
  "AWS::IoT::Certificate",
  "AWS::IoT::Policy",
  "AWS::IoT::Policie",
  Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`a${i}`, "x"])),
  Array.from({ length: 11 }, () => "group"),
  "arn:aws:iam::123456789012:role/",
  "arn:aws:iam::1234:role/x",
  "arn:aws-cn:iam::123456789012:role/a/b",
  "JITP",
  "FLEET_PROVISIONING",
];

const KEYS = [
  "Type",
  "Properties",
  "OverrideSettings",
  "Resources",
  "Parameters",
  "Mappings",
  "DeviceConfiguration",
  "Outputs",
  "ThingName",
  "ThingTypeName",
  "AttributePayload",
  "ThingGroups",
  "BillingGroup",
  "CertificateId",
  "CertificatePem",
  "Status",
  "STATUS",
  "ATTRIBUTE_PAYLOAD",
  "THING_GROUPS",
  "PolicyName",
  "PolicyDocument",
  "Ref",
  "Fn::Join",
  "Default",
  "Description",
  "x",
  "a b",
  "",
  "AWS::IoT::Certificate::Country",
  "templateBody",
  "templateName",
  "roleArn",
  "provisioningRoleArn",
  "type",
  "enabled",
  "tags",
  "registrationConfig",
  "$schema",
];

/** Every object and array of a tree, and the keys in it. */
function places(value, found = []) {
  if (value === null || typeof value !== "object") return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    places(value[key], found);
  }
  return found;
}

const RESPELT = [
  (k) => k.toLowerCase(),
  (k) => k.toUpperCase(),
  (k) => k.replace(/(?<=.)(?=[A-Z])/g, "_"),
  (k) => `${k}s`,
  (k) => k.slice(1),
];

/** A copy with one thing changed. */
function broken(value, pick) {
  const copy = structuredClone(value);
  const place = pick(places(copy));
  if (place === undefined) return copy;
  const [owner, key] = place;
  const stray = structuredClone(pick(STRAY));
  const how = pick(["replace", "replace", "delete", "respell", "add", "move", "wrap", "text"]);
  if (how === "replace") owner[key] = stray;
  else if (how === "add") Array.isArray(owner) ? owner.push(stray) : (owner[pick(KEYS)] = stray);
  else if (how === "move") owner[key] = structuredClone(pick(places(copy))[0]);
  else if (how === "wrap") owner[key] = pick([(v) => [v], (v) => ({ [pick(KEYS)]: v })])(owner[key]);
  else if (how === "text")
    owner[key] = typeof owner[key] === "string" ? owner[key] + pick([" ", "}", "é", "x".repeat(800)]) : JSON.stringify(owner[key]);
  else {
    const kept = owner[key];
    Array.isArray(owner) ? owner.splice(key, 1) : delete owner[key];
    if (how === "respell" && !Array.isArray(owner)) owner[pick(RESPELT)(key)] = kept;
  }
  return copy;
}

test("jitp refuses every broken template that the schema refuses", (t) => {
  const all = [...fixtures, ...theirs].flatMap(({ name, value }) => {
    const pick = randomly(name);
    return Array.from({ length: 40 }, (_, i) => {
      // Every fourth text is broken twice.
      const changed = i % 4 === 0 ? broken(broken(value, pick), pick) : broken(value, pick);
      return { name: `${name}, broken, ${i}`, value: changed, text: JSON.stringify(changed) };
    });
  });
  const counts = compare(all);
  t.diagnostic(inWords(counts));
  assert.ok(counts.schema > counts.jitp / 3, "the schema catches a good part of it");
});
