// Devices one after another in one account, by the API: `Template.run`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dryRun, fleetTwins, Template, verifyIssuers } from "jitp";
import { makeCertificates } from "./bench/certificates.mjs";

const fixture = (path) => readFileSync(new URL(`fixtures/${path}`, import.meta.url), "utf8");
const OPTIONS = { region: "eu-west-1", accountId: "123456789012", now: "2026-11-23T12:00:00Z" };
const DOCUMENT = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:Connect", Resource: "*" }] };

/** A template with this thing name, and these settings of what exists. */
function body(ThingName, OverrideSettings = {}) {
  const ref = (name) => ({ Ref: `AWS::IoT::Certificate::${name}` });
  const AttributePayload = { id: ref("Id") };
  return JSON.stringify({
    Parameters: { "AWS::IoT::Certificate::Id": { Type: "String" }, "AWS::IoT::Certificate::CommonName": { Type: "String" } },
    Resources: {
      thing: {
        Type: "AWS::IoT::Thing",
        Properties: { ThingName: ThingName ?? ref("CommonName"), ThingGroups: ["lamps"], AttributePayload },
        OverrideSettings,
      },
      certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: ref("Id"), Status: "ACTIVE" } },
      policy: { Type: "AWS::IoT::Policy", Properties: { PolicyDocument: JSON.stringify(DOCUMENT) } },
    },
  });
}

const ACCOUNT = {
  things: {},
  certificates: {},
  policies: {},
  thingGroups: { lamps: { policies: [], parentGroupName: null, dynamic: false } },
};

/** Some devices, an entry that is not a certificate, and devices that come again. */
function entries() {
  const made = makeCertificates(12).map(({ pem }) => pem);
  const damaged = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
  return [...made.slice(0, 6), damaged, made[2], fixture("certificates/full.pem"), ...made.slice(6), made[2], made[0]];
}

const TEMPLATES = [
  body(),
  body("hall", { AttributePayload: "FAIL" }),
  body("hall", { AttributePayload: "MERGE" }),
  body("hall"),
  body("hall", { AttributePayload: "REPLACE", ThingGroups: "REPLACE" }),
];
const ACCOUNTS = [ACCOUNT, {}, { ...ACCOUNT, thingGroups: {} }, "not an account"];

test("the parts of a fleet are the whole, wherever it is cut", () => {
  const all = entries();
  let verdicts = new Set();
  for (const text of TEMPLATES) {
    const template = new Template(text);
    for (const account of ACCOUNTS) {
      const options = { ...OPTIONS, account };
      const whole = template.dryRunFleet(all.join(""), options);
      verdicts = new Set([...verdicts, ...whole.rows.map(({ verdict }) => verdict)]);
      // Every cut in two, and cuts in parts of one length.
      const cuts = [
        ...all.map((_, at) => [all.slice(0, at), all.slice(at)]),
        ...[1, 3, 5].map((length) => all.flatMap((_, at) => (at % length === 0 ? [all.slice(at, at + length)] : []))),
      ];
      for (const parts of cuts) {
        const run = template.run(options);
        const fleets = parts.filter((part) => part.length > 0).map((part) => run.rows(part.join("")));
        const rows = fleetTwins(fleets.flatMap(({ rows }) => rows)).map((row, index) => ({ ...row, index }));
        assert.deepEqual(rows, whole.rows);
        assert.ok(fleets.every((fleet) => !("after" in fleet)));
        const sum = (name) => fleets.reduce((all, { counts }) => all + counts[name], 0);
        for (const name of ["provisions", "registered", "fails", "unknown", "cannotConnect"]) assert.equal(sum(name), whole.counts[name]);
        assert.deepEqual(run.account, whole.after);
        run.free();
      }
    }
    template.free();
  }
  assert.deepEqual([...verdicts].sort(), ["fails", "provisions", "registered", "unknown"]);
});

test("plans of a run say what its rows say, and in turns with rows they share the account", () => {
  const all = entries();
  for (const text of TEMPLATES) {
    const template = new Template(text);
    for (const account of ACCOUNTS) {
      const options = { ...OPTIONS, account };
      const { rows, after } = template.dryRunFleet(all.join(""), options);
      const [one, turns] = [template.run(options), template.run(options)];
      for (const [i, pem] of all.entries()) {
        const plan = one.plan(pem);
        const words = (of) => [of.verdict, of.stoppedAt];
        assert.deepEqual(words(plan), words(rows[i]));
        assert.equal(plan.access?.connects, rows[i].connects);
        assert.ok(!("after" in plan.account));
        const other = i % 2 === 0 ? turns.plan(pem) : turns.rows(pem).rows[0];
        assert.deepEqual(words(other), words(rows[i]));
      }
      assert.deepEqual(one.account, after);
      assert.deepEqual(turns.account, after);
      one.free();
      turns.free();
    }
    template.free();
  }
});

test("the first plan of a run is the plan of a dry run in that account", () => {
  const device = fixture("certificates/full.pem");
  for (const text of TEMPLATES) {
    for (const account of ACCOUNTS) {
      for (const certificate of [device, { subject: "/CN=lamp-1" }, "", "none"]) {
        const options = { ...OPTIONS, account };
        const template = new Template(text);
        const run = template.run(options);
        const plan = run.plan(certificate, { values: true });
        const { after, ...told } = dryRun(text, certificate, { ...options, values: true }).account;
        assert.deepEqual(plan, { ...dryRun(text, certificate, { ...options, values: true }), account: told });
        assert.deepEqual(run.account, after);
        template.free();
      }
    }
  }
});

test("a chain of subjects: the second device of one thing meets the first", () => {
  const template = new Template(
    body("hall", { AttributePayload: "FAIL" }).replace(
      '{"Ref":"AWS::IoT::Certificate::Id"}',
      '{"Ref":"AWS::IoT::Certificate::CommonName"}',
    ),
  );
  const run = template.run({ ...OPTIONS, account: ACCOUNT });
  const verdict = (CN) => run.plan({ subject: `/CN=${CN}` }).verdict;
  assert.deepEqual([verdict("a"), verdict("b")], ["provisions", "fails"]);
  assert.deepEqual(Object.keys(run.account.things), ["hall"]);
  // Nobody knows the ID of its certificate.
  assert.deepEqual(run.account.certificates, {});
  // Without an account nothing is known, and the run begins to know.
  const blind = template.run(OPTIONS);
  assert.deepEqual(blind.account, {});
  assert.equal(blind.plan({ subject: "/CN=a" }).verdict, "provisions");
  assert.equal(blind.plan({ subject: "/CN=b" }).verdict, "fails");
  template.free();
});

test("the location that the account tells is used in each plan and row", () => {
  const account = { ...ACCOUNT, region: "eu-west-3", accountId: "210987654321" };
  const device = fixture("certificates/full.pem");
  const template = new Template(body());
  const run = template.run({ now: OPTIONS.now, account });
  assert.match(run.plan(device).thing.arn, /^arn:aws:iot:eu-west-3:210987654321:/);
  assert.match(run.account.things["sensor-0001"].principals[0].principal, /^arn:aws:iot:eu-west-3:210987654321:cert/);
  const rows = template.run({ now: OPTIONS.now, account });
  rows.rows(device);
  assert.deepEqual(rows.account, run.account);
  template.free();
});

test("each device has its own check of its CA", async () => {
  const device = fixture("certificates/full.pem");
  const template = new Template(body());
  const [issuer] = await verifyIssuers(device, device, { now: OPTIONS.now });
  const alone = template.dryRun(device, { ...OPTIONS, issuer });
  assert.equal(alone.issuer.signature, issuer.signature);
  const run = template.run(OPTIONS);
  assert.deepEqual(run.plan(device, { issuer }).issuer, alone.issuer);
  assert.equal(run.plan(device).issuer?.signature, template.dryRun(device, OPTIONS).issuer?.signature);
  const rows = template.run(OPTIONS).rows(device, { issuers: [issuer] }).rows;
  assert.equal(rows[0].verdict, alone.verdict);
  template.free();
});

test("misuse throws and changes nothing, and a freed run is told so", () => {
  const template = new Template(body());
  const device = fixture("certificates/full.pem");
  for (const options of [{ issuers: [] }, { issuer: {} }, { values: true }, { nope: 1 }, { account: 1 }, 1])
    assert.throws(() => template.run(options), TypeError, JSON.stringify(options));
  const run = template.run({ ...OPTIONS, account: ACCOUNT });
  const before = run.account;
  for (const wrong of [
    () => run.plan(1),
    () => run.plan(device, { account: {} }),
    () => run.plan(device, { values: 1 }),
    () => run.plan(device, { issuers: [] }),
    () => run.rows(1),
    () => run.rows(device, { issuers: [1] }),
    () => run.rows(device, { now: OPTIONS.now }),
  ])
    assert.throws(wrong, TypeError);
  assert.deepEqual(run.account, before);
  // What a caller gets is the caller's.
  run.account.things.made = {};
  assert.deepEqual(run.account, before);
  run.free();
  run.free();
  for (const call of [() => run.plan(device), () => run.rows(device), () => run.account]) assert.throws(call, /this Run has been freed/);
  const other = template.run(OPTIONS);
  template.free();
  for (const call of [() => other.plan(device), () => other.rows(device), () => template.run()])
    assert.throws(call, /this Template has been freed/);
  other[Symbol.dispose]();
  assert.throws(() => other.account, /this Run has been freed/);
});

test("names that are special in JavaScript are names", () => {
  const template = new Template(body("__proto__"));
  const run = template.run({ ...OPTIONS, account: '{"things": {"constructor": {}}, "certificates": {}}' });
  run.rows(fixture("certificates/full.pem"));
  assert.deepEqual(Object.keys(run.account.things), ["constructor", "__proto__"]);
  template.free();
});
