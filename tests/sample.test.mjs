// Sample certificates: OpenSSL accepts them, the device is provisioned, and the commands create the same on a terminal.
//
// Templates: the project's own, and those of the corpus (../shared/corpus, or the folder in JITP_CORPUS), if it exists.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { dryRun, readCertificates, sampleCertificates, validate, verifyIssuer } from "jitp";

const root = fileURLToPath(new URL("../", import.meta.url));
const corpus = join(process.env.JITP_CORPUS ?? join(root, "../shared/corpus"), "templates");
const texts = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(json|txt)$/.test(name))
        .sort()
        .map((name) => join(folder, name))
    : [];

let work;
before(() => {
  work = mkdtempSync(join(tmpdir(), "jitp-sample-"));
});
after(() => rmSync(work, { recursive: true, force: true }));

const openssl = (...args) => execFileSync("openssl", args, { cwd: work, encoding: "utf8", stdio: "pipe" });

/** A template that asks for every attribute that a subject can have, in ways that only some values satisfy. */
const PICKY = JSON.stringify({
  Parameters: Object.fromEntries(
    ["Country", "Organization", "OrganizationalUnit", "DistinguishedNameQualifier", "StateName", "CommonName", "SerialNumber", "Id"].map(
      (name) => [`AWS::IoT::Certificate::${name}`, { Type: "String" }],
    ),
  ),
  Mappings: { Sites: { "Plant 7": { Group: "plant-7" }, "Plant 8": { Group: "plant-8" } } },
  Resources: {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: {
        ThingName: { "Fn::Select": ["2", { "Fn::Split": ["_", { Ref: "AWS::IoT::Certificate::CommonName" }] }] },
        ThingGroups: [{ "Fn::FindInMap": ["Sites", { Ref: "AWS::IoT::Certificate::OrganizationalUnit" }, "Group"] }],
        AttributePayload: {
          serial: { Ref: "AWS::IoT::Certificate::SerialNumber" },
          state: { Ref: "AWS::IoT::Certificate::StateName" },
          maker: { Ref: "AWS::IoT::Certificate::Organization" },
        },
      },
    },
    certificate: {
      Type: "AWS::IoT::Certificate",
      Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" },
    },
    policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "devices" } },
  },
});

test("OpenSSL accepts CA and device, and the device is provisioned, for every correct template", async () => {
  const own = texts(join(root, "tests/fixtures/templates")).filter((file) => basename(file).startsWith("ok-"));
  const cases = [...own, ...texts(corpus)].map((file) => [basename(file), readFileSync(file, "utf8")]);
  let provisioned = 0;
  for (const [name, source] of [["picky", PICKY], ...cases]) {
    const report = validate(source);
    const { ca, device, plan } = await sampleCertificates(source);
    writeFileSync(join(work, "ca.pem"), ca.pem);
    writeFileSync(join(work, "device.pem"), device.pem);
    writeFileSync(join(work, "device.key"), device.privateKey);
    assert.match(openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "ca.pem", "device.pem"), /device\.pem: OK/, name);
    assert.equal(openssl("pkey", "-in", "device.key", "-pubout"), openssl("x509", "-in", "device.pem", "-noout", "-pubkey"), name);
    assert.equal(plan.issuer.signature, "verified", name);
    if (report.kind === "template-name") continue;
    // Every error is there without the certificate, too.
    const own = new Set(report.diagnostics.map(({ code }) => code));
    const errors = plan.diagnostics.filter(({ severity, code }) => severity === "error" && !own.has(code));
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
      name,
    );
    if (!report.ok) continue;
    assert.equal(plan.verdict, "provisions", `${name}: ${plan.summary}`);
    const warnings = plan.diagnostics.filter(({ code }) => /^JITP12\d/.test(code));
    assert.deepEqual(warnings, [], name);
    provisioned++;
  }
  console.log(`${cases.length + 1} templates, ${provisioned} of them right and provisioned by a sample`);
  assert.ok(provisioned > own.length);
});

test("the string types are those of AWS's examples, and both readings of the serial number agree", async () => {
  const { device, plan } = await sampleCertificates(PICKY);
  const [read] = readCertificates(device.pem);
  const types = Object.fromEntries(read.subject.map(({ name, encoding }) => [name, encoding]));
  assert.deepEqual(types, {
    C: "PrintableString",
    ST: "UTF8String",
    O: "UTF8String",
    OU: "UTF8String",
    dnQualifier: "PrintableString",
    CN: "UTF8String",
    serialNumber: "PrintableString",
  });
  assert.equal(read.subject.find(({ name }) => name === "serialNumber").value, read.serialNumber.decimal);
  assert.deepEqual(read.diagnostics, []);
  assert.match(read.subjectText.openssl, /OU = Plant [78]/);
  assert.equal(plan.thing.groups.length, 1);
});

test("the commands create a CA and a device like these", async () => {
  for (const source of [PICKY, readFileSync(join(root, "www/samples/provisions.json"), "utf8")]) {
    const { commands, device, subject } = await sampleCertificates(source);
    const printed = execFileSync("sh", ["-e"], { cwd: work, input: commands, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
    assert.match(printed, /device\.pem: OK/);
    const made = readFileSync(join(work, "device.pem"), "utf8");
    const ca = readFileSync(join(work, "ca.pem"), "utf8");
    const [ours] = readCertificates(device.pem);
    const [theirs] = readCertificates(made);
    assert.deepEqual(theirs.subject, ours.subject, subject);
    assert.equal(theirs.serialNumber.hex, ours.serialNumber.hex);
    for (const fact of ["keyUsage", "extendedKeyUsage", "basicConstraints", "key", "signatureAlgorithm"]) {
      assert.deepEqual(theirs[fact], ours[fact], fact);
    }
    assert.deepEqual(
      theirs.extensions.map(({ name, critical }) => [name, critical]).sort(),
      ours.extensions.map(({ name, critical }) => [name, critical]).sort(),
    );
    const issuer = await verifyIssuer(made, ca);
    assert.equal(issuer.signature, "verified");
    assert.equal(dryRun(source, made, { issuer }).verdict, "provisions");
  }
});

test("no two samples are alike, and a template that is wrong in itself stays wrong", async () => {
  const [one, other] = await Promise.all([sampleCertificates("{}"), sampleCertificates("{}")]);
  assert.notEqual(one.device.pem, other.device.pem);
  assert.notEqual(one.ca.privateKey, other.ca.privateKey);
  const subject = ({ ca }) => readCertificates(ca.pem)[0].subjectText.openssl;
  assert.match(subject(one), /^O = Throw-away, CN = Throw-away CA [0-9a-f]{8}$/);
  assert.notEqual(subject(one), subject(other), "two CAs of one name would be a finding");
  assert.notEqual(one.plan.verdict, "provisions");
  await assert.rejects(sampleCertificates(1), TypeError);
  await assert.rejects(sampleCertificates("{}", { nwo: "2026" }), TypeError);
});
