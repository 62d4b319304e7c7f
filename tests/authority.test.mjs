// Who signed whom, the plan that follows, and the registration of a CA, as the npm package gives them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  caRegistration,
  dryRun,
  fleetCsv,
  fleetNdjson,
  fleetTwins,
  planText,
  readCertificates,
  Template,
  verifyChains,
  verifyIssuer,
  verifyIssuers,
} from "jitp";

const fixture = (name) => readFileSync(fileURLToPath(new URL(`fixtures/certificates/${name}.pem`, import.meta.url)), "utf8");
const template = readFileSync(fileURLToPath(new URL("../www/samples/provisions.json", import.meta.url)), "utf8");
const plain = JSON.stringify({
  Resources: {
    thing: { Type: "AWS::IoT::Thing", Properties: { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" } } },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } } },
    policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "devices" } },
  },
});
const now = "2026-11-23T12:00:00Z";
/** The output of DescribeCACertificate for a CA. */
const described = (certificatePem, more = {}) =>
  JSON.stringify({
    certificateDescription: { certificatePem, status: "ACTIVE", autoRegistrationStatus: "ENABLE", ...more },
    registrationConfig: { templateBody: plain, roleArn: "arn:aws:iam::123456789012:role/provisioning" },
  });
const code = "3a7c1f0e5b9d2468ace013579bdf02468ace13579bdf02468ace13579bdf0246";
const device = fixture("chained");
const ca = fixture("signing-ca");

test("a verified CA is in the first step of the plan", async () => {
  const issuer = await verifyIssuer(device, ca, { now });
  assert.deepEqual([issuer.signature, issuer.namesMatch, issuer.keyIdsMatch, issuer.diagnostics], ["verified", true, true, []]);
  assert.equal(issuer.certificateId, readCertificates(device)[0].certificateId);
  const plan = dryRun(plain, device, { issuer, now });
  assert.equal(plan.verdict, "provisions");
  assert.equal(plan.issuer.signature, "verified");
  assert.match(plan.steps[0].detail, /Signed by the registered CA: verified \(O = Example, CN = Example Signing CA\)\.$/);
  const unknown = dryRun(plain, device, { now });
  assert.equal(unknown.verdict, "provisions");
  assert.match(unknown.steps[0].detail, /Signed by the registered CA: not checked\.$/);
});

test("the CA that the text carries is the one to check against; without a check the verdict stays open", async () => {
  const source = described(ca);
  const text = new Template(source);
  const own = text.report.caCertificatePem;
  assert.equal(own, ca);
  const open = text.dryRun(device, { now });
  assert.deepEqual([open.verdict, open.issuer.signature, open.issuer.origin], ["unknown", "not-checked", "text"]);
  assert.match(open.summary, /no check of its signature was given/);
  assert.equal(text.dryRunFleet(device, { now }).rows[0].verdict, "unknown");
  // The names alone show that the CA did not sign.
  const other = text.dryRun(fixture("full"), { now });
  assert.deepEqual([other.verdict, other.stoppedAt, other.issuer.signature], ["fails", 1, "not-verified"]);
  for (const [certificate, authority, verdict, origin, codes] of [
    [device, own, "provisions", "text", []],
    [fixture("not-its-ca"), own, "fails", "text", ["JITP130"]],
    [fixture("not-its-ca"), fixture("twin-ca"), "provisions", "given", ["JITP136"]],
    [device, fixture("twin-ca"), "fails", "given", ["JITP130", "JITP136"]],
  ]) {
    const issuer = await verifyIssuer(certificate, authority, { now });
    const plan = text.dryRun(certificate, { issuer, now });
    const found = plan.diagnostics.map(({ code }) => code).filter((code) => /^JITP13/.test(code));
    assert.deepEqual([plan.verdict, plan.issuer.origin, found], [verdict, origin, codes]);
    assert.equal(/comes from the text, an output of DescribeCACertificate/.test(plan.steps[0].detail), origin === "text");
    assert.equal(text.dryRunFleet(certificate, { issuers: [issuer], now }).rows[0].verdict, verdict);
  }
  text.free();
  // An example with an abridged certificate has no CA to check against.
  const abridged = "-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n";
  assert.equal(dryRun(described(abridged), device, { now }).verdict, "provisions");
  // A problem that stops every device comes first.
  const issuer = await verifyIssuer(fixture("not-its-ca"), ca, { now });
  for (const [more, word] of [
    [{ status: "INACTIVE" }, /status/],
    [{ autoRegistrationStatus: "DISABLE" }, /autoRegistrationStatus/],
  ]) {
    assert.match(dryRun(described(ca, more), fixture("not-its-ca"), { issuer, now }).summary, word);
  }
});

test("a CA that did not sign stops the plan at its first step", async () => {
  for (const [given, authority, rule] of [
    [fixture("not-its-ca"), ca, "JITP130"],
    [device, fixture("root-ca"), "JITP130"],
    [device + ca, fixture("root-ca"), "JITP131"],
    [fixture("under-no-ca"), fixture("no-ca"), "JITP132"],
  ]) {
    const issuer = await verifyIssuer(given, authority, { now });
    const plan = dryRun(plain, given, { issuer, now });
    assert.deepEqual([plan.verdict, plan.stoppedAt], ["fails", 1], rule);
    assert.ok(plan.steps[0].diagnostics.includes(rule), `${rule}: ${plan.steps[0].diagnostics}`);
    assert.deepEqual(plan.lookAt.length > 0, true);
  }
});

test("every input gives a value", async () => {
  const key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----";
  for (const bad of ["", "hello", key, new Uint8Array([0x30, 0x82, 1]), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"]) {
    for (const check of [await verifyIssuer(bad, ca), await verifyIssuer(device, bad), await verifyIssuer(bad, bad)]) {
      assert.equal(check.signature, "not-checked");
      assert.match(check.reason, /\.$/);
      assert.equal(dryRun(plain, device, { issuer: check, now }).issuer.signature, "not-checked");
    }
    const registration = await caRegistration(bad);
    assert.equal(registration.ok, false);
    assert.ok(!JSON.stringify(registration).includes("c2VjcmV0"));
    assert.equal((await verifyChains(bad)).devices.length, 0);
  }
});

test("the check of another certificate is not used, and leaves the verdict open", async () => {
  const issuer = await verifyIssuer(device, ca, { now });
  const plan = dryRun(plain, fixture("full"), { issuer, now });
  assert.deepEqual([plan.verdict, plan.issuer.signature], ["unknown", "not-checked"]);
  assert.match(plan.issuer.reason, /another certificate/);
  assert.ok(plan.steps.every(({ outcome }) => outcome !== "done" && outcome !== "failed"));
});

test("a check gives the same plan after another thread, a file, or a copy by the caller", async () => {
  const cas = [ca, fixture("root-ca"), device];
  for (const [i, given] of cas.entries()) {
    const issuer = await verifyIssuer(device, given, { now });
    assert.ok(Object.isFrozen(issuer), "a change would not reach the core");
    const plan = dryRun(plain, device, { issuer, now });
    for (const copy of [structuredClone(issuer), JSON.parse(JSON.stringify(issuer)), { ...issuer }]) {
      assert.deepEqual(dryRun(plain, device, { issuer: copy, now }), plan, `CA ${i}`);
    }
    const bundle = device + device;
    const issuers = await verifyIssuers(bundle, given, { now });
    const fleet = new Template(plain).dryRunFleet(bundle, { issuers, now });
    assert.deepEqual(new Template(plain).dryRunFleet(bundle, { issuers: [issuers[0], structuredClone(issuers[1])], now }), fleet);
  }
  const own = { signature: "verified", reason: "openssl verify says so", namesMatch: true, diagnostics: [] };
  assert.deepEqual(dryRun(plain, device, { issuer: own, now }).issuer, { signature: "verified", reason: "openssl verify says so" });
});

test("a row equals the plan of its certificate, with a CA and without, of every certificate there is", async () => {
  const folder = new URL("fixtures/certificates/", import.meta.url);
  const bundle = readdirSync(folder)
    .filter((file) => file.endsWith(".pem"))
    .map((file) => readFileSync(new URL(file, folder), "utf8"))
    .join("\n");
  const entries = readCertificates(bundle, { now });
  assert.ok(entries.length > 30);
  const seen = new Set();
  for (const source of [
    plain,
    template,
    described(ca),
    described(fixture("twin-ca"), { status: "INACTIVE" }),
    '{"templateName": "sensors"}',
    "level=info msg=started",
  ]) {
    const compiled = new Template(source);
    for (const authority of [undefined, ca, fixture("twin-ca") + ca, fixture("pss-ca"), fixture("root-ca"), "no certificate"]) {
      const issuers = authority === undefined ? undefined : await verifyIssuers(bundle, authority, { now });
      assert.equal(issuers?.length ?? entries.length, entries.length);
      const { rows, counts } = compiled.dryRunFleet(bundle, { now, ...(issuers && { issuers }) });
      for (const [i, row] of rows.entries()) {
        const issuer = authority === undefined ? undefined : await verifyIssuer(entries[i], authority, { now });
        // The answer for an entry that is not a certificate says so in other words.
        if (issuer?.certificateId !== undefined) assert.deepEqual(issuers[i], issuer);
        const plan = compiled.dryRun(entries[i], { now, ...(issuer && { issuer }) });
        assert.deepEqual(
          [row.verdict, row.stoppedAt, row.basis, row.certificateId, row.thingName],
          [plan.verdict, plan.stoppedAt, plan.basis, plan.certificate.certificateId, plan.thing?.name],
          `${source.slice(0, 30)} ${i}`,
        );
        if (row.certificateId !== undefined) assert.ok(row.cause === undefined || plan.summary.endsWith(row.cause), plan.summary);
        // In no form does "unknown" look like yes.
        if (row.verdict !== "provisions") assert.doesNotMatch(planText(plan), /^Provisions/);
        seen.add(row.verdict);
      }
      const verdicts = ["provisions", "fails", "rejected", "unknown", "not-a-template"];
      for (const verdict of verdicts) assert.equal(counts[verdict], rows.filter((row) => row.verdict === verdict).length);
    }
    compiled.free();
  }
  assert.deepEqual([...seen].sort(), ["fails", "not-a-template", "provisions", "unknown"]);
});

test("the CAs of a fleet are read and verified once, not once for each device", async () => {
  const { subtle } = crypto;
  const { verify } = subtle;
  const bundle = (n) => Array.from({ length: n }, (_, i) => (i % 2 ? device : fixture("not-its-ca"))).join("");
  const others = (n) => fixture("root-ca") + (fixture("ca") + fixture("open-ca") + fixture("pss-ca") + fixture("twin-ca")).repeat(n);
  const count = async (devices, authorities) => {
    let calls = 0;
    subtle.verify = (...given) => {
      calls += 1;
      return verify.apply(subtle, given);
    };
    try {
      const checks = await verifyIssuers(devices, authorities, { now });
      assert.deepEqual(
        checks.map(({ signature }) => signature),
        checks.map((_, i) => (i % 2 || authorities.startsWith(fixture("root-ca")) ? checks[i].signature : "not-verified")),
      );
      return calls;
    } finally {
      delete subtle.verify;
    }
  };
  // All devices name the CA: one signature each, however many other CAs there are.
  assert.equal(await count(bundle(20), ca + others(1)), 20);
  assert.equal(await count(bundle(20), ca + others(8)), 20);
  // All devices name another CA than the one in question: each is tried with the one key of that name, and the CAs once with each other.
  const [few, twice, many] = [await count(bundle(20), others(1)), await count(bundle(40), others(1)), await count(bundle(20), others(8))];
  assert.equal(twice - few, 20);
  assert.ok(many - few <= 8 * 4, `${few} ${many}`);
});

test("equal certificates and equal things are in the rows, the counts and the exports", async () => {
  const compiled = new Template(plain.replace('{"Ref":"AWS::IoT::Certificate::CommonName"}', '"the-sensor"'));
  const { rows, counts } = compiled.dryRunFleet(device + fixture("full") + device, { now });
  compiled.free();
  assert.deepEqual(
    rows.map(({ duplicateOf, sameThingAs }) => [duplicateOf, sameThingAs]),
    [
      [undefined, undefined],
      [undefined, 0],
      [0, undefined],
    ],
  );
  assert.deepEqual([counts.duplicates, counts.sameThing, counts.provisions], [1, 1, 3]);
  // Rows that were checked in parts are marked by the same rule.
  const marks = (list) => list.map(({ duplicateOf, sameThingAs }) => [duplicateOf, sameThingAs]);
  assert.deepEqual(fleetTwins(rows), rows);
  const parts = rows.map(({ duplicateOf, sameThingAs, ...row }) => row);
  const name = parts[0].thingName;
  const more = [{ certificateId: "x" }, {}, { thingName: name }, { certificateId: "y", thingName: name, sameThingAs: 99 }];
  assert.deepEqual(marks(fleetTwins([...parts, ...more])), [
    ...marks(rows),
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, 0],
  ]);
  assert.deepEqual(fleetTwins([]), []);
  assert.deepEqual(
    fleetCsv(rows)
      .trim()
      .split("\r\n")
      .map((line) => line.split(",").slice(10, 12)),
    [
      ['"duplicateOf"', '"sameThingAs"'],
      ["", ""],
      ["", "1"],
      ["1", ""],
    ],
  );
  assert.deepEqual(
    fleetNdjson(rows)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).sameThingAs),
    [undefined, 0, undefined],
  );
});

test("a time must be as RFC 3339 writes it", () => {
  for (const taken of ["2026-11-23T12:00:00Z", "2026-11-23t12:00:00.5z", "2026-11-23T12:00:00+01:00", "2024-02-29T00:00:00Z"]) {
    assert.equal(readCertificates(device, { now: taken }).length, 1, taken);
  }
  for (const junk of [
    "",
    "soon",
    "monday 1",
    "1",
    "2026",
    "2026-11-23",
    "2026-11-23T12:00:00",
    "2026-02-30T00:00:00Z",
    "2026-11-23T25:00:00Z",
    " 2026-11-23T12:00:00Z",
    "2026-11-23T12:00:00Z ",
  ]) {
    assert.throws(() => dryRun(plain, device, { now: junk }), /options\.now/, junk);
  }
});

test("misuse is a TypeError with a sentence", async () => {
  await assert.rejects(verifyIssuer(1, ca), TypeError);
  await assert.rejects(verifyIssuer(device, ca, { when: now }), /there is no option "when"/);
  await assert.rejects(caRegistration(ca, { mode: "BOTH" }), /one of DEFAULT, SNI_ONLY/);
  await assert.rejects(caRegistration(ca, { mode: "SNI_ONLY", registrationCode: code }), /registrationCode is for the mode "DEFAULT"/);
  await assert.rejects(caRegistration(ca, { mode: "SNI_ONLY", verificationCertificate: device }), /is for the mode "DEFAULT"/);
  assert.throws(() => dryRun(plain, device, { issuer: verifyIssuer(device, ca) }), /forget to await/);
  assert.throws(() => dryRun(plain, device, { flow: "fleet", issuer: {} }), /for the flow "jitp"/);
  const compiled = new Template(plain);
  assert.throws(() => compiled.dryRunFleet(device, { issuer: {} }), /there is no option "issuer"/);
  assert.throws(() => compiled.dryRunFleet(device, { issuers: {} }), /options\.issuers/);
  assert.throws(() => compiled.dryRunFleet(device, { issuers: [undefined] }), /each entry/);
  assert.throws(() => compiled.dryRunFleet(device, { issuers: verifyIssuers(device, ca) }), /forget to await/);
  compiled.free();
});

test("chains in any order, with a twin and a cross-signed CA", async () => {
  const names = ["root-ca", "twin-ca", "chained", "not-its-ca", "signing-ca"];
  const { certificates, devices, links, diagnostics } = await verifyChains(names.map(fixture).join(""), { now });
  assert.equal(certificates.length, names.length);
  const path = (name) => devices.find(({ index }) => index === names.indexOf(name)).path.map((index) => names[index]);
  assert.deepEqual(path("chained"), ["chained", "signing-ca", "root-ca"]);
  assert.deepEqual(path("not-its-ca"), ["not-its-ca", "twin-ca", "root-ca"]);
  assert.ok(devices.every(({ complete }) => complete));
  assert.deepEqual(
    diagnostics.map((found) => found.code),
    ["JITP133"],
  );
  assert.ok(
    links.some(({ certificate, issuer }) => certificate === 0 && issuer === 0),
    "the root signed itself",
  );
});

test("a thousand devices of one CA", async () => {
  const { devices, diagnostics } = await verifyChains(ca + device.repeat(1000), { now });
  assert.equal(devices.length, 1000);
  assert.ok(devices.every(({ signingCa }) => signingCa === 0));
  assert.deepEqual(diagnostics, []);
});

test("a CA is registered with a verification certificate, or in SNI_ONLY mode without", async () => {
  const verificationCertificate = fixture("verification");
  const good = await caRegistration(ca, { registrationCode: code, verificationCertificate, now });
  assert.deepEqual([good.ok, good.verification.codeMatches, good.verification.signature], [true, true, "verified"]);
  assert.deepEqual(Object.keys(good.request), [
    "caCertificate",
    "verificationCertificate",
    "certificateMode",
    "setAsActive",
    "allowAutoRegistration",
  ]);
  assert.match(good.commands, /--verification-cert file:\/\/verification\.pem/);

  const sni = await caRegistration(ca, { mode: "SNI_ONLY", now });
  assert.deepEqual([sni.ok, sni.verification, sni.request.certificateMode], [true, undefined, "SNI_ONLY"]);
  assert.match(sni.commands, /--certificate-mode SNI_ONLY/);

  const codes = (registration) => registration.diagnostics.map((found) => found.code);
  assert.deepEqual(codes(await caRegistration(ca, { now })), ["JITP135"], "none given");
  assert.deepEqual(codes(await caRegistration(ca, { registrationCode: `${code} `, verificationCertificate, now })), ["JITP135"]);
  assert.deepEqual(codes(await caRegistration(fixture("twin-ca"), { verificationCertificate, now })), ["JITP135"]);
  assert.deepEqual(codes(await caRegistration(device, { mode: "SNI_ONLY", now })), ["JITP132"]);
  assert.ok(codes(await caRegistration(ca, { mode: "SNI_ONLY", now: "2060-01-01T00:00:00Z" })).includes("JITP122"));
});

test("the sample of the page is planned as before, with one more sentence", () => {
  const sample = readFileSync(fileURLToPath(new URL("../www/samples/water-meter.pem", import.meta.url)), "utf8");
  const plan = dryRun(template, sample, { now });
  assert.equal(plan.verdict, "provisions");
  assert.equal(plan.certificate.pem, undefined);
  assert.equal(plan.certificate.extensions, undefined, "a plan carries no more of the certificate than it needs");
});

test("a check that cannot be written down is misuse, and the next call works", () => {
  const circle = { signature: "verified" };
  circle.self = circle;
  assert.throws(() => dryRun(template, device, { issuer: circle, now }), TypeError);
  assert.equal(dryRun(template, device, { now }).steps.length, 6);
});
