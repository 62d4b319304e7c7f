// `readAccount`: what texts say of an account, through the package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import { Template, readAccount } from "../pkg/dist/node.js";
import { accountSchema } from "../pkg/output-schema.mjs";

const fixture = (name) => readFileSync(new URL(`fixtures/account/${name}`, import.meta.url), "utf8");

test("the account of records is plain data, and comes back as it was written", () => {
  const { account, texts, diagnostics } = readAccount(fixture("records.json"));
  assert.deepEqual(diagnostics, []);
  assert.equal(texts[0].holds.length, 22);
  const attributes = account.things["lamp-1"].attributes;
  assert.deepEqual(Object.entries(attributes), [
    ["room", "attic"],
    ["__proto__", "kept"],
  ]);
  assert.deepEqual(readAccount(account).account, account);
  assert.deepEqual(structuredClone(account), JSON.parse(JSON.stringify(account)));
});

test("texts, objects and named texts are read together", () => {
  const thing = { thingName: "lamp-1", thingArn: "arn:aws:iot:eu-west-1:123456789012:thing/lamp-1", attributes: {} };
  const groups = { name: "list-thing-groups-for-thing.json", text: '{"thingGroups": [{"groupName": "attic"}]}' };
  const report = readAccount([thing, groups, "{", '{"policies": {"p": {"documnt": 1}}}']);
  assert.deepEqual(report.account.things["lamp-1"].thingGroups, ["attic"]);
  assert.deepEqual(
    report.texts.map(({ name, diagnostics }) => [name, ...diagnostics.map(({ code }) => code)]),
    [["text 1"], [groups.name, "JITP165"], ["text 3", "JITP160"], ["text 4", "JITP161"]],
  );
  assert.equal(report.diagnostics.length, 3);
});

test("any text gives a report, and only misuse throws", () => {
  for (const text of [
    "",
    "null",
    "[]",
    "[[1]]",
    "\ud800",
    '{"__proto__": null}',
    '{"things": {"__proto__": {}}}',
    "{}{}",
    "\u0000",
    "\ufeff{}",
  ]) {
    const { account } = readAccount(text);
    assert.deepEqual(readAccount(account).account, account, JSON.stringify(text));
  }
  assert.deepEqual(Object.keys(readAccount('{"things": {"__proto__": {}}}').account.things), ["__proto__"]);
  for (const source of [undefined, null, 1, [1], [null]]) assert.throws(() => readAccount(source), TypeError);
  const template = new Template("{}");
  assert.throws(() => template.dryRun("", { account: 1 }), { message: /options\.account is a string/ });
  assert.doesNotThrow(() => template.dryRun("", { account: "{" }));
  template.free();
});

test("the published schema agrees with the types, and accepts what jitp reads and writes", () => {
  const text = readFileSync(new URL("../pkg/jitp.account.schema.json", import.meta.url), "utf8");
  assert.equal(text, accountSchema(), "`cargo xtask docs --all` writes it again");
  const valid = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(text));
  const policy = { policyDocument: { Version: "2012-10-17", Statement: [] } };
  for (const account of [
    {},
    readAccount(fixture("records.json")).account,
    { $schema: "jitp.account.schema.json", thingGroups: ["attic"], policies: { rights: policy }, things: { "lamp-1": null } },
  ]) {
    assert.ok(valid(account), JSON.stringify(valid.errors));
    const found = readAccount(JSON.stringify(account)).diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(found, []);
  }
  for (const account of [{ thinks: {} }, { things: { "lamp-1": { thingTypename: "bulb" } } }, { thingGroups: "attic" }])
    assert.ok(!valid(account), JSON.stringify(account));
});
