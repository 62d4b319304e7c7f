// `readAccount`: what texts say of an account, through the package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Template, readAccount } from "../pkg/dist/node.js";

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
