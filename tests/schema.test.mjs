// The JSON Schema of the package beside the judge: what the schema refuses, the judge refuses.
//
// Cases: every template of tests/fixtures and www/samples, the corpus (../shared/corpus, or where JITP_CORPUS points) where it
// is, the bodies inside of them, and all of these broken at random.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { validate } from "jitp";

const root = fileURLToPath(new URL("../", import.meta.url));
const corpus = process.env.JITP_CORPUS ?? join(root, "../shared/corpus");
const schema = createRequire(import.meta.url)("jitp/schema.json");

/** Keywords that VS Code knows, and JSON Schema lets stand. */
const EDITOR = ["defaultSnippets", "enumDescriptions", "errorMessage", "patternErrorMessage", "deprecationMessage", "doNotSuggest"];

// A condition may ask for a key whose schema stands beside it, not inside.
const ajv = new Ajv2020.default({ strict: true, strictRequired: false, allErrors: true });
ajv.addVocabulary(EDITOR);
const accepts = ajv.compile(schema);

const errorsOf = (text) => validate(text).diagnostics.filter(({ severity }) => severity === "error");

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

/** The texts that are JSON, and the template bodies inside of them as texts of their own. */
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

/** Asks both; fails where the schema alone refuses. Gives how many each refused. */
function compare(all) {
  const counts = { texts: all.length, judge: 0, schema: 0 };
  for (const { name, text, value } of all) {
    const refused = !accepts(value);
    const errors = errorsOf(text);
    counts.judge += errors.length > 0;
    counts.schema += refused;
    const said = refused && accepts.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join("\n");
    assert.ok(!refused || errors.length > 0, `the schema alone refuses ${name}:\n${said}\n${text}`);
  }
  return counts;
}

const inWords = ({ texts, judge, schema: caught }) =>
  `${texts} texts, the judge refuses ${judge}, the schema ${caught} of them (${Math.round((100 * caught) / judge)} %)`;

test("the schema is one of draft 2020-12, by Ajv in its strict mode", () => {
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  assert.equal(ajv.validateSchema(schema), true, ajv.errorsText());
});

test("what the schema refuses of our own templates, the judge refuses", (t) => {
  // A name with + is that of a template for another flow than JITP.
  const fine = fixtures.filter(({ name }) => /^(the body in )?ok-[^+]*$/.test(name));
  assert.ok(fine.length >= 8, `${fine.length} templates without a fault`);
  for (const { name, value } of fine) assert.ok(accepts(value), `${name}: ${ajv.errorsText(accepts.errors)}`);
  const counts = compare(fixtures);
  assert.ok(counts.schema > 30, inWords(counts));
  t.diagnostic(inWords(counts));
});

test("what the schema refuses of the corpus, the judge refuses", (t) => {
  if (theirs.length === 0) return t.diagnostic("the corpus is not here; the project's own fixtures alone were compared");
  t.diagnostic(inWords(compare(theirs)));
});

/**
 * Picks from lists as if by chance, and in every run the same (mulberry32). The seed is the text's name, so that a new text
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

test("what the schema refuses of broken templates, the judge refuses", (t) => {
  const all = [...fixtures, ...theirs].flatMap(({ name, value }) => {
    const pick = randomly(name);
    return Array.from({ length: 40 }, (_, i) => {
      // A broken text is broken again now and then.
      const changed = i % 4 === 0 ? broken(broken(value, pick), pick) : broken(value, pick);
      return { name: `${name}, broken, ${i}`, value: changed, text: JSON.stringify(changed) };
    });
  });
  const counts = compare(all);
  t.diagnostic(inWords(counts));
  assert.ok(counts.schema > counts.judge / 3, "the schema catches a good part of it");
});

const read = (name) => JSON.parse(readFileSync(join(root, "tests/fixtures/templates", name), "utf8"));
const body = () => read("ok-everything.json");
const ofType = (template, type) => Object.values(template.Resources).find(({ Type }) => Type === type);
const thing = (template) => ofType(template, "AWS::IoT::Thing");
const certificate = (template) => ofType(template, "AWS::IoT::Certificate");
const policy = (template) => ofType(template, "AWS::IoT::Policy");
const config = () => read("ok-config.json");
const create = () => read("ok-create-input.json");

/** Slips that the schema has to catch by itself: what is wrong, in what, and how it got so. */
const SLIPS = [
  ["no Resources", body, (t) => delete t.Resources],
  [
    "no certificate",
    body,
    (t) => {
      for (const [key, { Type }] of Object.entries(t.Resources)) if (Type === "AWS::IoT::Certificate") delete t.Resources[key];
    },
  ],
  ["a resource without Type", body, (t) => delete thing(t).Type],
  ["a resource without Properties", body, (t) => delete policy(t).Properties],
  ["a type of another service", body, (t) => (thing(t).Type = "AWS::S3::Bucket")],
  ["a type in another case", body, (t) => (policy(t).Type = "AWS::IoT::policy")],
  ["a parameter of another Type", body, (t) => (t.Parameters["AWS::IoT::Certificate::CommonName"].Type = "Number")],
  ["a parameter without Type", body, (t) => delete t.Parameters["AWS::IoT::Certificate::CommonName"].Type],
  ["a parameter that nothing fills", body, (t) => (t.Parameters.Location = { Type: "String" })],
  ["a Default that is a number", body, (t) => (t.Parameters.Location = { Type: "String", Default: 7 })],
  ["no ThingName", body, (t) => delete thing(t).Properties.ThingName],
  ["a ThingName that is a number", body, (t) => (thing(t).Properties.ThingName = 7)],
  ["a ThingName that is null", body, (t) => (thing(t).Properties.ThingName = null)],
  ["an empty ThingName", body, (t) => (thing(t).Properties.ThingName = "")],
  ["a ThingName that is too long", body, (t) => (thing(t).Properties.ThingName = "x".repeat(129))],
  ["a blank in a ThingTypeName", body, (t) => (thing(t).Properties.ThingTypeName = "water meter")],
  ["a dot in a BillingGroup", body, (t) => (thing(t).Properties.BillingGroup = "north.1")],
  ["a reference in another case", body, (t) => (thing(t).Properties.ThingName = { ref: "AWS::IoT::Certificate::CommonName" })],
  ["two functions in one value", body, (t) => (thing(t).Properties.ThingName = { Ref: "a", "Fn::Sub": "b" })],
  ["Fn::Join without a list", body, (t) => (thing(t).Properties.ThingName = { "Fn::Join": ["-", "a", "b"] })],
  ["a Ref to a number", body, (t) => (thing(t).Properties.ThingName = { Ref: 1 })],
  ["a blank in an attribute's name", body, (t) => (thing(t).Properties.AttributePayload = { "serial number": "1" })],
  ["a blank in an attribute's value", body, (t) => (thing(t).Properties.AttributePayload = { site: "Great Yarmouth" })],
  ["an attribute's value that is too long", body, (t) => (thing(t).Properties.AttributePayload = { site: "x".repeat(801) })],
  [
    "four attributes without a type",
    body,
    (t) => {
      delete thing(t).Properties.ThingTypeName;
      thing(t).Properties.AttributePayload = { a: "1", b: "2", c: "3", d: "4" };
    },
  ],
  ["eleven groups", body, (t) => (thing(t).Properties.ThingGroups = Array(11).fill("group"))],
  ["ThingGroups that is a string", body, (t) => (thing(t).Properties.ThingGroups = "group")],
  ["an override that there is not", body, (t) => (thing(t).OverrideSettings = { ThingTypeName: "MERGE" })],
  ["an override under its name in the prose", body, (t) => (thing(t).OverrideSettings = { ATTRIBUTE_PAYLOAD: "OVERWRITE" })],
  ["no CertificateId", body, (t) => delete certificate(t).Properties.CertificateId],
  ["a CertificateId that is a text", body, (t) => (certificate(t).Properties.CertificateId = "a".repeat(64))],
  [
    "a CertificateId that refers to the name",
    body,
    (t) => (certificate(t).Properties.CertificateId = { Ref: "AWS::IoT::Certificate::CommonName" }),
  ],
  ["a Status that there is not", body, (t) => (certificate(t).Properties.Status = "Activ")],
  ["a key of another flow", body, (t) => (certificate(t).Properties.CertificatePem = { Ref: "AWS::IoT::Certificate::Id" })],
  ["a policy with neither", body, (t) => (policy(t).Properties = {})],
  [
    "a policy with both",
    body,
    (t) => (policy(t).Properties = { PolicyName: "a", PolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }),
  ],
  ["a blank in a PolicyName", body, (t) => (policy(t).Properties = { PolicyName: "my policy" })],
  ["a policy's name as its document", body, (t) => (policy(t).Properties = { PolicyDocument: "MyPolicy" })],
  ["a policy document cut short", body, (t) => (policy(t).Properties = { PolicyDocument: '{"Version":"2012-10-17","Statement":[' })],
  ["a policy document that is too long", body, (t) => (policy(t).Properties = { PolicyDocument: `{"Statement":["${"x".repeat(2048)}"]}` })],
  ["a templateBody that is an object", config, (t) => (t.templateBody = JSON.parse(t.templateBody))],
  ["a templateBody encoded twice", config, (t) => (t.templateBody = JSON.stringify(t.templateBody))],
  ["a templateBody cut short", config, (t) => (t.templateBody = t.templateBody.slice(0, 100))],
  ["a templateBody that is too long", config, (t) => (t.templateBody = t.templateBody.replace("{", `{${" ".repeat(10_240)}`))],
  ["no roleArn", config, (t) => delete t.roleArn],
  ["a roleArn of five digits", config, (t) => (t.roleArn = "arn:aws:iam::12345:role/JITPRole")],
  ["a roleArn of a user", config, (t) => (t.roleArn = "arn:aws:iam::123456789012:user/someone")],
  [
    "a roleArn in another spelling",
    config,
    (t) => {
      t.roleARN = t.roleArn;
      delete t.roleArn;
    },
  ],
  [
    "a config in a request to register",
    config,
    (t) => {
      t.registrationConfig = { templateBody: t.templateBody };
      delete t.templateBody;
      delete t.roleArn;
    },
  ],
  ["no provisioningRoleArn", create, (t) => delete t.provisioningRoleArn],
  ["no templateName", create, (t) => delete t.templateName],
  ["a dot in a templateName", create, (t) => (t.templateName = "fleet.v2")],
  ["a templateName that is too long", create, (t) => (t.templateName = "x".repeat(37))],
  ["none of all this", () => ({}), () => {}],
  ["a list", () => [], () => {}],
];

test("the schema catches these slips by itself, and the judge does", (t) => {
  for (const [what, make, slip] of SLIPS) {
    const value = make();
    slip(value);
    assert.equal(accepts(value), false, `the schema lets pass: ${what}`);
    assert.notDeepEqual(errorsOf(JSON.stringify(value)), [], `the judge lets pass: ${what}`);
  }
  t.diagnostic(`${SLIPS.length} slips`);
});

test("a role's ARN is the same to the schema's pattern and to the judge", () => {
  const given = [
    "arn:aws:iam::123456789012:role/JITPRole",
    "arn:aws-cn:iam::123456789012:role/a",
    "arn:aws-us-gov:iam::123456789012:role/a/b",
    "arn:aws-:iam::123456789012:role/a",
    "arn:aws:iam::123456789012:role/a:b",
    "arn:aws:iam::123456789012:role/a\nb",
    "arn:aws:iam::123456789012:role/",
    "arn:aws:iam::123456789012:role/a/",
    "arn:aws:iam::123456789012:role/a:b/c",
    "arn:aws:iam::123456789012:role/a b",
    "arn:aws:iam::123456789012:role/${Role}",
    "arn:aws:iam::123456789012:user/a",
    "arn:aws:iam::12345678901:role/a",
    "arn:aws:iam::١٢٣٤٥٦٧٨٩٠١٢:role/a",
    "arn:aws:iam:eu-west-1:123456789012:role/a",
    "arn:aws:sts::123456789012:role/a",
    "arn:awsx:iam::123456789012:role/a",
    "arn:AWS:iam::123456789012:role/a",
    " arn:aws:iam::123456789012:role/a",
    "arn:aws:iam::123456789012",
    "arn:aws:iam::<ACCOUNT>:role/JITPRole",
    "",
    "JITPRole",
    `arn:aws:iam::123456789012:role/${"x".repeat(2017)}`,
    `arn:aws:iam::123456789012:role/${"x".repeat(2018)}`,
  ];
  const verdicts = given.map((roleArn) => {
    const value = { ...config(), roleArn };
    const taken = accepts(value);
    assert.equal(taken, errorsOf(JSON.stringify(value)).length === 0, JSON.stringify(roleArn));
    return taken;
  });
  assert.ok(verdicts.includes(true) && verdicts.includes(false));
});

/** What an editor inserts when every placeholder is left as it is offered. */
const inserted = ({ body: value, bodyText }) =>
  (bodyText ?? JSON.stringify(value))
    .replaceAll(/\$\{\d+:([^}]*)\}/g, "$1")
    .replaceAll(/\$\d+/g, "")
    .replaceAll(/\\([$}])/g, "$1");

test("every snippet that an editor offers is good", (t) => {
  const {
    parameters,
    parameter,
    resources,
    resource,
    policy: policies,
    thing: things,
    certificate: certificates,
    value: values,
  } = schema.$defs;
  const into = (change) => (snippet) => {
    const template = body();
    change(template, JSON.parse(inserted(snippet)));
    return JSON.stringify(template);
  };
  const key = (kind, name) => kind.properties.Properties.properties[name].defaultSnippets;
  const offered = [
    ...schema.defaultSnippets.map(inserted),
    ...parameters.defaultSnippets.map(into((template, value) => Object.assign(template.Parameters, value))),
    ...parameter.defaultSnippets.map(into((template, value) => (template.Parameters["AWS::IoT::Certificate::CommonName"] = value))),
    ...resources.defaultSnippets.map(into((template, value) => (template.Resources = value))),
    ...resource.defaultSnippets.map(
      into((template, value) =>
        Object.assign(template.Resources, { [Object.entries(template.Resources).find(([, { Type }]) => Type === value.Type)[0]]: value }),
      ),
    ),
    ...key(policies, "PolicyDocument").map(into((template, value) => (policy(template).Properties = { PolicyDocument: value }))),
    ...key(things, "ThingName").map(into((template, value) => (thing(template).Properties.ThingName = value))),
    ...key(certificates, "CertificateId").map(into((template, value) => (certificate(template).Properties.CertificateId = value))),
    ...values.defaultSnippets.map(into((template, value) => (thing(template).Properties.BillingGroup = value))),
  ];
  for (const text of offered) {
    assert.ok(accepts(JSON.parse(text)), `${text}: ${ajv.errorsText(accepts.errors)}`);
    assert.deepEqual(errorsOf(text), [], text);
  }
  // A whole text gives no finding at all.
  for (const snippet of schema.defaultSnippets) assert.deepEqual(validate(inserted(snippet)).diagnostics, [], snippet.label);
  t.diagnostic(`${offered.length} snippets`);
});
