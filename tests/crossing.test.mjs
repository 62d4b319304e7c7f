// Plans cross from the core with the texts alone that differ from those of the plan before, and the core keeps the options of the call
// before as they were read. So which call was before must not matter.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { dryRun, Template } from "jitp";

const fixtures = fileURLToPath(new URL("fixtures/", import.meta.url));
const text = (name) => readFileSync(`${fixtures}${name}`, "utf8");
const options = { now: "2026-11-23T12:00:00Z", region: "eu-west-1" };
const THING = { Ref: "AWS::IoT::Certificate::CommonName" };
const CERTIFICATE = {
  Type: "AWS::IoT::Certificate",
  Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" },
};

/** A template with a thing that has these attributes. */
const withAttributes = (attributes) =>
  `{"Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}}, "Resources": {
    "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": ${JSON.stringify(THING)}, "AttributePayload": ${attributes}}},
    "certificate": ${JSON.stringify(CERTIFICATE)}}}`;

const templates = readdirSync(`${fixtures}templates`)
  .filter((name) => name.endsWith(".json"))
  .filter((_, i) => i % 7 === 0)
  .map((name) => text(`templates/${name}`));
const devices = [{ subject: "/CN=lamp-1" }, { subject: "/CN=lamp-2/O=Ümläut" }, text("certificates/full.pem"), "not a certificate", ""];
const cases = templates.flatMap((template) => devices.map((device) => () => dryRun(template, device, options)));

test("a plan is the same whichever plan was before it", () => {
  const forwards = cases.map((make) => make());
  const backwards = cases
    .toReversed()
    .map((make) => make())
    .toReversed();
  assert.deepEqual(backwards, forwards);
  // Those of one device, template by template, and each twice.
  const order = cases.map((_, i) => (i % templates.length) * devices.length + Math.floor(i / templates.length));
  for (const at of order) {
    assert.deepEqual(cases[at](), forwards[at]);
    assert.deepEqual(cases[at](), forwards[at]);
  }
  assert.ok(new Set(forwards.map(({ summary }) => summary)).size > 50);
});

test("a plan is its owner's: what is written to it is in no other", () => {
  const template = new Template(withAttributes('{"site": "north"}'));
  const first = template.dryRun(devices[0], options);
  const copy = structuredClone(first);
  first.thing.attributes.site = "south";
  first.steps[0].title = "written over";
  first.parameters.length = 0;
  assert.deepEqual(template.dryRun(devices[0], options), copy);
  template.free();
});

test("texts cross as they are: names that are special, a byte order mark, the letters of all planes", () => {
  const odd = { __proto__x: "1", constructor: "2", 0: "3", toString: "\ufeffbom", pictures: "🌍é\u0000" };
  const attributes = JSON.stringify(odd).replace("__proto__x", "__proto__");
  const template = new Template(withAttributes(attributes));
  for (const device of devices.slice(0, 2)) {
    const { thing } = template.dryRun(device, options);
    assert.deepEqual(Object.entries(thing.attributes).sort(), Object.entries(JSON.parse(attributes)).sort());
    assert.equal(Object.getPrototypeOf(thing.attributes), Object.prototype);
  }
  template.free();
});

test("a plan with more texts than are kept crosses whole, and so does the plan after it", () => {
  const things = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`lamp-${i}`, { attributes: { number: `${i}` } }]));
  const template = new Template(withAttributes('{"site": "north"}'));
  const alone = template.dryRun(devices[0], options);
  for (let i = 0; i < 2; i++) {
    const { account } = template.dryRun({ subject: "/CN=new" }, { ...options, account: { things } });
    assert.equal(Object.keys(account.after.things).length, 3_001);
    assert.deepEqual(account.after.things["lamp-2999"].attributes, { number: "2999" });
    assert.deepEqual(template.dryRun(devices[0], options), alone);
  }
  template.free();
});

test("options are those of their own call, whichever were given before", () => {
  const template = new Template(withAttributes('{"site": "north"}'));
  const key = `MIG${"A1b2".repeat(100)}`;
  const given = [
    options,
    { ...options, region: "us-east-1" },
    { ...options, clientId: "lamp-1" },
    { ...options, clientId: "lamp-3" },
    { ...options, clientId: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----` },
    { ...options, clientId: "x".repeat(10_000) },
    {},
  ];
  const make = (at) => template.dryRun(devices[0], { now: options.now, ...given[at] });
  const alone = given.map((_, at) => make(at));
  assert.equal(new Set(alone.map((plan) => JSON.stringify(plan))).size, given.length);
  for (const [before] of given.entries()) {
    for (const [at] of given.entries()) {
      make(before);
      for (let times = 0; times < 2; times++) assert.deepEqual(make(at), alone[at]);
    }
  }
  assert.ok(!JSON.stringify(alone).includes(key));
  template.free();
});
