// Differences between plans: what counts and what does not, both directions, and texts that keep their shape whatever is in them.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { marked } from "marked";
import * as jitp from "jitp";
import { fixture, nasty, runs, sample } from "./texts.mjs";

const GIVEN = { now: "2026-11-23T12:00:00Z", region: "eu-west-1", accountId: "123456789012" };
const ARN = "arn:aws:iot:eu-west-1:123456789012";

/** A template of a lamp, with changes. */
function lamp({ thing = {}, statements = [allow("iot:Connect", "client/${iot:Connection.Thing.ThingName}")], document, ...others } = {}) {
  const { Properties = {}, OverrideSettings } = thing;
  return JSON.stringify({
    Parameters: { "AWS::IoT::Certificate::CommonName": { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } },
    Resources: {
      thing: {
        Type: "AWS::IoT::Thing",
        Properties: { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" }, ...Properties },
        ...(OverrideSettings ? { OverrideSettings } : {}),
      },
      certificate: {
        Type: "AWS::IoT::Certificate",
        Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: others.status ?? "ACTIVE" },
      },
      policy: {
        Type: "AWS::IoT::Policy",
        Properties: others.policyName
          ? { PolicyName: others.policyName }
          : { PolicyDocument: document ?? JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
      },
    },
  });
}

function allow(Action, name) {
  return { Effect: "Allow", Action, Resource: `${ARN}:${name}` };
}

const planOf = (template, subject = "/CN=lamp-1") => jitp.dryRun(template, { subject }, GIVEN);
const between = (one, other) => jitp.diffPlans(planOf(one), planOf(other));
/** The members that differ. */
const parts = ({ same, sides, ignored, notCompared, ...differences }) => differences;

test("a plan and itself are the same, whatever the plan", () => {
  const templates = ["ok-everything.json", "JITP063-policy-both.json", "JITP001-cut-short.json"].map((name) =>
    fixture(`templates/${name}`),
  );
  for (const template of [...templates, lamp()]) {
    for (const name of ["full.pem", "expired.pem", "common-name.pem"]) {
      const plan = jitp.dryRun(template, fixture(`certificates/${name}`), GIVEN);
      const difference = jitp.diffPlans(plan, structuredClone(plan));
      assert.equal(difference.same, true);
      assert.deepEqual(parts(difference), {});
      assert.match(jitp.diffText(difference), /^No difference: /);
    }
  }
});

test("each part of a plan that differs is a member, and nothing else is", () => {
  const { Properties, other } = { Properties: (more) => ({ thing: { Properties: more } }), other: lamp() };
  const difference = (changes) => parts(between(other, lamp(changes)));
  const [added, removed] = [(after) => ({ after }), []];
  const preconditions = (kind, name, arn) => ({ added: [{ kind, name, arn: `${ARN}:${arn}/${name}` }], removed });
  const steps = (number, title, before, after) => [
    { number, title, before: { outcome: "done", actions: before }, after: { outcome: "done", actions: after } },
  ];
  assert.deepEqual(difference({}), {});
  assert.deepEqual(difference(Properties({ AttributePayload: { country: "DE" } })), { thing: { attributes: { country: added("DE") } } });
  assert.deepEqual(difference(Properties({ ThingTypeName: "bulb" })), {
    thing: { typeName: added("bulb") },
    preconditions: preconditions("thing-type", "bulb", "thingtype"),
  });
  const grouped = difference(Properties({ ThingGroups: ["lamps"] }));
  assert.deepEqual(grouped.thing, { groups: { added: ["lamps"], removed } });
  assert.deepEqual(grouped.steps, steps(2, "Create the thing", ["CreateThing"], ["CreateThing", "AddThingToThingGroup"]));
  assert.deepEqual(difference(Properties({ BillingGroup: "plant" })).thing, { billingGroup: added("plant") });
  assert.deepEqual(difference({ thing: { OverrideSettings: { ThingGroups: "FAIL" } } }).thing, {
    overrides: { ThingGroups: added("FAIL") },
  });
  const inactive = difference({ status: "INACTIVE" });
  assert.deepEqual(inactive.certificateStatus, { before: "ACTIVE", after: "INACTIVE" });
  assert.deepEqual(inactive.access.connects, { before: "allowed", after: "denied" });
  assert.deepEqual(
    difference({ policyName: "lamps" }).policies.changed.map(({ before, after }) => [before.document !== undefined, after.name]),
    [[true, "lamps"]],
  );
  const refused = difference({ thing: { Properties: { ThingName: undefined } } });
  assert.equal(refused.verdict.before, "provisions");
  assert.notEqual(refused.verdict.after, "provisions");
  assert.ok(refused.findings.added.length > 0 && refused.findings.removed.length === 0);
  assert.deepEqual(refused.thing.name, { before: "lamp-1" });
});

test("the Region counts where it is written: in ARNs", () => {
  const other = jitp.dryRun(lamp(), { subject: "/CN=lamp-1" }, { ...GIVEN, region: "eu-central-1" });
  const { thing } = jitp.diffPlans(planOf(lamp()), other);
  assert.deepEqual(thing, { arn: { before: `${ARN}:thing/lamp-1`, after: "arn:aws:iot:eu-central-1:123456789012:thing/lamp-1" } });
});

test("white space and the order of members of a document are not a difference, and are told", () => {
  const statement = allow("iot:Connect", "client/lamp-1");
  const document = { Version: "2012-10-17", Statement: [statement] };
  const { Effect, Action, Resource } = statement;
  const spellings = [
    JSON.stringify(document, null, 2),
    JSON.stringify({ Statement: [{ Resource, Action, Effect }], Version: "2012-10-17" }),
    JSON.stringify(document).replaceAll("iot:", "\\u0069ot:"),
  ];
  for (const spelled of spellings) {
    const difference = between(lamp({ document: JSON.stringify(document) }), lamp({ document: spelled }));
    assert.deepEqual([difference.same, difference.ignored.length], [true, 1], spelled);
    assert.match(jitp.diffText(difference), /\nNot counted as a difference\n {2}The document of "policy" differs only in white space/);
  }
  // The order of a list, a space inside a string and a member twice are in the JSON.
  const two = [allow("iot:Connect", "client/a"), allow("iot:Connect", "client/b")];
  const near = [
    [{ statements: two }, { statements: two.toReversed() }],
    [{ statements: [{ ...statement, Sid: "a" }] }, { statements: [{ ...statement, Sid: "a " }] }],
    [{ document: JSON.stringify(document) }, { document: JSON.stringify(document).replace("{", '{"Version":"2008-10-17",') }],
  ];
  for (const [one, other] of near) assert.ok(between(lamp(one), lamp(other)).policies, JSON.stringify(other));
});

test("the order of groups and attributes is not a difference, how often one is named is", () => {
  const things = (Properties) => lamp({ thing: { Properties } });
  const attributes = { a: "1", b: "2" };
  assert.equal(
    between(
      things({ ThingGroups: ["x", "y"], AttributePayload: attributes }),
      things({ ThingGroups: ["y", "x"], AttributePayload: { b: "2", a: "1" } }),
    ).same,
    true,
  );
  const { thing } = between(things({ ThingGroups: ["x", "y"] }), things({ ThingGroups: ["x", "z"] }));
  assert.deepEqual(thing, { groups: { added: ["z"], removed: ["y"] } });
  const swapped = between(things({ AttributePayload: attributes }), things({ AttributePayload: { a: "2", b: "1" } }));
  assert.deepEqual(swapped.thing.attributes, { a: { before: "1", after: "2" }, b: { before: "2", after: "1" } });
});

test("a finding that only moved is the same; one more of it is not", () => {
  const indented = (text) => JSON.stringify(JSON.parse(text), null, 8);
  const template = fixture("templates/JITP063-policy-both.json");
  const found = jitp.diffPlans(planOf(template), planOf(indented(template)));
  assert.equal(found.findings, undefined);
  const plan = planOf(template);
  const [first] = plan.diagnostics;
  const twice = jitp.diffPlans(plan, { ...plan, diagnostics: [...plan.diagnostics, structuredClone(first)] });
  assert.deepEqual(twice.findings, { added: [first], removed: [] });
  const placed = (path) => ({ ...plan, diagnostics: [{ ...first, path }] });
  assert.equal(jitp.diffPlans(placed("/Resources/a/3"), placed("/Resources/a/4")).same, true);
  assert.equal(jitp.diffPlans(placed("/Resources/a"), placed("/Resources/b")).same, false);
});

test("a right is added, removed, or changed: another answer, or another name by the same statement", () => {
  const connect = allow("iot:Connect", "client/${iot:Connection.Thing.ThingName}");
  const topic = (name) => allow("iot:Publish", `topic/${name}`);
  const rights = (one, other) => between(lamp({ statements: [connect, ...one] }), lamp({ statements: [connect, ...other] })).access.rights;
  const names = ({ resource }) => resource;
  const shown = ({ added, removed, changed }) => [
    added.map(names),
    removed.map(names),
    changed.map((pair) => [names(pair.before), names(pair.after)]),
  ];
  assert.deepEqual(shown(rights([], [topic("a")])), [["a"], [], []]);
  assert.deepEqual(shown(rights([topic("a")], [])), [[], ["a"], []]);
  assert.deepEqual(shown(rights([topic("a")], [topic("b")])), [[], [], [["a", "b"]]]);
  const denied = { ...topic("a"), Effect: "Deny" };
  const answers = rights([topic("a")], [topic("a"), denied]).changed.map(({ before, after }) => [before.answer, after.answer]);
  assert.deepEqual(answers, [["allowed", "denied"]]);
  // Two devices of one template: the same line gives each its own name.
  const two = jitp.diffPlans(planOf(lamp()), planOf(lamp(), "/CN=lamp-2"));
  assert.deepEqual(shown(two.access.rights), [[], [], [["lamp-1", "lamp-2"]]]);
  assert.deepEqual(two.thing.name, { before: "lamp-1", after: "lamp-2" });
  assert.equal(two.policies, undefined);
});

test("rights beyond those that a plan lists are said to be not compared", () => {
  const plan = planOf(lamp());
  const cut = { ...plan, access: { ...plan.access, more: true } };
  const difference = jitp.diffPlans(cut, cut);
  assert.deepEqual([difference.same, difference.notCompared.length], [true, 1]);
  assert.match(jitp.diffText(difference), /^No difference was found: [^]*\nNot compared\n/);
  assert.match(jitp.diffMarkdown(difference), /1 not compared as a whole/);
});

/** The difference seen from the other side. */
function mirrored(value) {
  if (Array.isArray(value)) return value.map(mirrored);
  if (typeof value !== "object" || value === null) return value;
  const names = { before: "after", after: "before", added: "removed", removed: "added" };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [names[name] ?? name, mirrored(member)]));
}

/** Changed pairs are in the order of the first side, so their order is left out of a comparison. */
const unordered = (difference) =>
  JSON.parse(JSON.stringify(difference), (name, value) =>
    name === "changed"
      ? value.toSorted((a, b) => (JSON.stringify(Object.entries(a).sort()) < JSON.stringify(Object.entries(b).sort()) ? -1 : 1))
      : value,
  );

test("the difference of two plans is that of the other direction, mirrored", () => {
  const names = ["ok-everything.json", "ok-body.json", "JITP063-policy-both.json", "JITP001-cut-short.json", "ok-template-name.json"];
  const certificates = ["full.pem", "common-name.pem", "expired.pem"];
  const plans = names.flatMap((name) =>
    certificates.map((certificate) => jitp.dryRun(fixture(`templates/${name}`), fixture(`certificates/${certificate}`), GIVEN)),
  );
  let different = 0;
  for (const one of plans) {
    for (const other of plans) {
      const difference = jitp.diffPlans(one, other);
      if (!difference.same) different += 1;
      const back = mirrored(jitp.diffPlans(other, one));
      // The title of a step is that of the second plan, what is told of a document names it, too.
      assert.deepEqual(unordered({ ...back, ignored: [] }), unordered({ ...difference, ignored: [] }));
    }
  }
  assert.ok(different > plans.length);
});

test("what becomes of an account's resources is compared, without the certificate's ID", () => {
  const plan = planOf(lamp());
  const change = (kind, name, change, entries = []) => ({
    step: 2,
    kind,
    name,
    change,
    entries,
    sentence: `${kind} ${name}: ${change}`,
    basis: "documented",
  });
  const given = (...changes) => ({ ...plan, account: { changes, after: {}, taken: [] } });
  const one = given(change("certificate", "a1", "created"), change("thing", "lamp-1", "created"));
  assert.equal(jitp.diffPlans(one, given(change("certificate", "b2", "created"), change("thing", "lamp-1", "created"))).same, true);
  const other = given(change("certificate", "b2", "created"), change("thing", "lamp-1", "kept"), change("policy", "p", "created"));
  const { account } = jitp.diffPlans(one, other);
  assert.deepEqual([account.added.map(({ name }) => name), account.removed, account.changed.length], [["p"], [], 1]);
  assert.match(
    jitp.diffText(jitp.diffPlans(one, other)),
    /\nAccount\n {2}- thing lamp-1: created\n {2}\+ thing lamp-1: kept\n {2}\+ policy p: created\n/,
  );
  const entries = [
    { name: "a", after: "1" },
    { name: "b", after: "2" },
  ];
  assert.equal(
    jitp.diffPlans(given(change("attributes", "x", "merged", entries)), given(change("attributes", "x", "merged", entries.toReversed())))
      .same,
    true,
  );
});

test("names of any kind are data: __proto__ is an attribute like any other", () => {
  const plan = planOf(lamp());
  const attributes = Object.fromEntries([
    ["__proto__", "a"],
    ["constructor", "b"],
  ]);
  const { thing } = jitp.diffPlans(plan, { ...plan, thing: { ...plan.thing, attributes } });
  assert.deepEqual(Object.entries(thing.attributes), [
    ["__proto__", { after: "a" }],
    ["constructor", { after: "b" }],
  ]);
});

test("documents that are not JSON, or are very deep, are compared as texts", () => {
  const plan = planOf(lamp());
  const given = (document) => ({ ...plan, policies: [{ ...plan.policies[0], document }] });
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  for (const document of ["no JSON", "", deep]) {
    assert.equal(jitp.diffPlans(given(document), given(document)).same, true);
    assert.ok(jitp.diffPlans(given(document), given(`${document}x`)).policies);
  }
  const numbers = ["1", "1.0", "12345678901234567890", "12345678901234567891"].map((number) => given(`{"Version":${number}}`));
  for (const [i, one] of numbers.entries())
    for (const [j, other] of numbers.entries()) assert.equal(jitp.diffPlans(one, other).same, i === j);
});

test("a changed document is shown by the lines that differ, with a few around them", () => {
  const statements = Array.from({ length: 9 }, (_, i) => allow("iot:Publish", `topic/${i}`));
  const others = statements.map((statement, i) => (i === 4 ? allow("iot:Publish", "topic/x") : statement));
  const text = jitp.diffText(between(lamp({ statements }), lamp({ statements: others })));
  assert.match(text, /\n {4}- {7}"Resource": "arn:[^"]*:topic\/4"\n {4}\+ {7}"Resource": "arn:[^"]*:topic\/x"\n/);
  assert.ok(!text.includes(":topic/2") && !text.includes(":topic/7"), text);
  // Beyond what a table of lines holds, all of them are shown.
  const many = (name) => given(JSON.stringify(Array.from({ length: 700 }, (_, i) => `${name} ${i}`)));
  const plan = planOf(lamp());
  const given = (document) => ({ ...plan, policies: [{ ...plan.policies[0], document }] });
  const lines = jitp.diffLines(jitp.diffPlans(many("a"), many("b")));
  assert.deepEqual(
    [lines.filter(({ tone }) => tone === "removed").length, lines.filter(({ tone }) => tone === "added").length],
    [700, 700],
  );
});

/** Two plans with a given string in every place that can have one. */
function plansWith(text) {
  const plan = planOf(lamp());
  const thing = { ...plan.thing, name: text, arn: text, typeName: text, groups: [text], billingGroup: text, attributes: { [text]: text } };
  const right = { ...plan.access.may[0], resource: text, reason: text, answer: "denied" };
  const other = {
    ...plan,
    summary: text,
    thing: { ...thing, overrides: { [text]: text } },
    policies: [
      { logicalName: text, name: text, arn: text, document: text },
      { logicalName: `${text}2`, name: text, arn: text },
    ],
    preconditions: [{ kind: "policy", name: text, arn: text }],
    access: { ...plan.access, headline: text, context: { ...plan.access.context, clientId: text }, may: [...plan.access.may, right] },
    diagnostics: [{ code: "JITP001", severity: "error", message: text, url: "" }],
  };
  return [plan, other];
}

test("nothing in a difference moves a terminal", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      for (const { text: line } of jitp.diffLines(jitp.diffPlans(...plansWith(text)), { before: text, after: text }))
        assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\u3164]|\u{e0041}/u);
    }),
    runs,
  );
});

test("differences in Markdown keep their shape whatever is in them", () => {
  const allowed = /^<\/?(h2|p|table|thead|tbody|tr|th|td|code|pre|details|summary)>$/;
  fc.assert(
    fc.property(nasty, (text) => {
      const [one, other] = plansWith(text);
      const devices = [
        { device: text, difference: jitp.diffPlans(one, other) },
        { device: `b${text}`, difference: jitp.diffPlans(other, one) },
        { device: `c${text}`, difference: jitp.diffPlans(one, one) },
      ];
      const html = marked.parse(jitp.diffMarkdown(devices, { before: text, after: text }), { gfm: true });
      const tags = (html.match(/<\/?[a-z][^>]*>|<!--.*?-->/g) ?? [])
        .filter((tag) => tag !== "<!-- -->")
        .map((tag) => tag.replace(/ .*/, ">"));
      assert.deepEqual(
        tags.filter((tag) => !allowed.test(tag)),
        [],
      );
      const counts = ["<tr>", "<details>", "<summary>", "<pre>"].map((tag) => tags.filter((one) => one === tag).length);
      assert.deepEqual(counts, [3, 2, 2, 2]);
    }),
    { ...runs, numRuns: 150 },
  );
});

test("the first line of the Markdown sums up, and devices without a difference are only counted", () => {
  const [one, two] = [planOf(lamp()), planOf(lamp(), "/CN=lamp-2")];
  const fails = jitp.dryRun(sample("no-country.json"), sample("cold-chain-sensor.pem"), GIVEN);
  const devices = [
    { device: "a.pem", difference: jitp.diffPlans(one, one) },
    { device: "b.pem", difference: jitp.diffPlans(one, two) },
    { device: "c.pem", difference: jitp.diffPlans(one, fails) },
  ];
  const text = jitp.diffMarkdown(devices, { before: "HEAD~1:lamp.json", after: "lamp.json" });
  assert.match(text, /^## 3 devices: 1 without a difference, 2 with differences \(verdict 1, thing 2, /);
  assert.ok(!text.includes("a.pem"));
  assert.match(
    text,
    /\n\| `b\.pem` \| Provisions \| Provisions \| thing, access \|\n\| `c\.pem` \| Provisions \| Fails at step 2 \| verdict, /,
  );
});
