// Any text as a policy, a request or a value gives an answer. Only a call of another shape throws.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { Device, simulate } from "jitp";
import { seed } from "./draw.mjs";

const runs = { numRuns: 300, seed: Number(seed) };
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "*", "#", "${", "${iot:ClientId}", "\0", "\ud800"),
);
const request = fc.oneof(
  fc.constant({ verb: "connect" }),
  fc.record({ verb: fc.constant("publish"), topic: text, retain: fc.boolean() }),
  fc.record({ verb: fc.constantFrom("receive"), topic: text }),
  fc.record({ verb: fc.constant("subscribe"), filter: text }),
  fc.record({ verb: fc.constant("call"), action: text, resource: text }),
);
const context = fc.record(
  { clientId: text, willTopic: text, thingNameHeader: text, values: fc.dictionary(text, fc.oneof(text, fc.array(text))) },
  { requiredKeys: [] },
);
const document = fc.oneof(text, fc.json(), fc.object(), fc.uint8Array());

function assertWhole(decision) {
  assert.ok(["allowed", "denied", "unknown"].includes(decision.answer));
  assert.equal(decision.denial !== undefined, decision.answer === "denied");
  assert.ok(decision.reason.length > 0);
}

test("any texts as policies and requests give answers", () => {
  fc.assert(
    fc.property(
      fc.array(document, { maxLength: 3 }),
      fc.array(request, { maxLength: 3 }),
      context,
      text,
      (policies, requests, how, name) => {
        const { answers, documents } = simulate({ policies, requests, context: how, thing: { name }, region: name, accountId: name });
        assert.equal(answers.length, requests.length);
        assert.equal(documents.length, policies.length);
        answers.forEach(assertWhole);
      },
    ),
    runs,
  );
});

test("any texts in statements give answers", () => {
  const some = fc.oneof(text, fc.array(text, { maxLength: 3 }));
  const condition = fc.dictionary(
    fc.oneof(text, fc.constantFrom("StringLike", "Null", "ForAllValues:ArnLike", "Bool")),
    fc.dictionary(text, some),
  );
  const statement = fc.record(
    { Effect: fc.constantFrom("Allow", "Deny"), Action: some, NotAction: some, Resource: some, NotResource: some, Condition: condition },
    { requiredKeys: ["Effect"] },
  );
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 4 }), request, context, (Statement, asked, how) => {
      const device = new Device({ policies: [{ Version: "2012-10-17", Statement }], thing: { name: "lamp-7" } });
      assertWhole(device.can(asked, how));
      device.free();
    }),
    runs,
  );
});
