// `jitp plan` and `jitp export`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { exportTemplate, planText } from "jitp";
import { inSession } from "./session.mjs";

const FILES = {
  "template.json": "templates/ok-everything.json",
  "named.json": "templates/JITP100-parameter-missing@common-name.json",
  "fleet.json": "templates/JITP041-fleet-template.json",
  "cut.json": "templates/JITP001-cut-short.json",
  "device.pem": "certificates/full.pem",
  "device.der": "certificates/full.der",
  "batch/bundle.pem": "certificates/bundle.pem",
  "batch/expired.pem": "certificates/expired.pem",
};
const NOW = ["--now", "2026-11-23T12:00:00Z"];

test("plan: reads like Terraform's; one that fails says where and why", () =>
  inSession(FILES, (session) =>
    session.expect("plan-one", [
      ["plan", "template.json", "device.pem", "--region", "eu-west-1", "--account-id", "123456789012", ...NOW],
      ["plan", "named.json", "batch/expired.pem", ...NOW],
      ["plan", "cut.json", "device.der", ...NOW],
    ]),
  ));

test("plan: several certificates give a table first", () =>
  inSession(FILES, (session) =>
    session.expect("plan-several", [
      ["plan", "template.json", "batch/*.pem", "device.der", ...NOW, "--details", "none"],
      ["plan", "template.json", "device.pem", "batch/expired.pem", ...NOW, "--details", "failing"],
      ["plan", "template.json", "device.pem", "batch/expired.pem", ...NOW, "--format", "markdown", "--details", "failing"],
    ]),
  ));

test("plan: if they are many, only failing ones follow, and a line says so", () =>
  inSession(FILES, async (session) => {
    for (let i = 0; i < 11; i++) session.write(`many/${i}.pem`, session.read("device.pem"));
    const { stdout, code } = await session.run(["plan", "template.json", "many/*.pem", ...NOW]);
    assert.equal(code, 0);
    assert.match(stdout, /11 certificates: 11 provisioned, 11 with unknown access, 10 duplicates\n11 plans not shown: --details all\n$/);
  }));

test("plan: a subject instead of a certificate", () =>
  inSession(FILES, (session) =>
    session.expect("plan-subject", [
      ["plan", "named.json", "--subject", "/C=DE/O=Example/CN=lamp-1", ...NOW],
      ["plan", "named.json", "--subject", "CN=lamp-1,C=DE", "--format", "markdown", ...NOW],
      ["plan", "template.json", "--subject", "subject=CN = lamp-1, OU = a, OU = b", "--serial-number", "certificate", ...NOW],
      ["plan", "fleet.json", "--flow", "fleet", "--subject", "/CN=lamp-1", "--parameter", "SerialNumber=4711", "--parameter", "Location=a"],
      ["plan", "named.json", "--subject", "/CN=lamp-1/Hall 2", ...NOW],
      ["plan", "named.json", "--subject", "", ...NOW],
      ["plan", "named.json", "--subject", "C:/Program Files/Git/CN=lamp-1", ...NOW],
      ["plan", "named.json", "device.pem", "--subject", "/CN=lamp-1"],
      ["plan", "named.json", "--subject", "/CN=lamp-1", "--subject", "/CN=lamp-2"],
      ["plan", "named.json", "--subject", "/CN=lamp-1", "--ca", "device.pem"],
      ["plan", "named.json"],
    ]),
  ));

test("plan: JSON says that a subject is not a certificate", () =>
  inSession(FILES, async (session) => {
    const { stdout, code } = await session.run(["plan", "named.json", "--subject", "/C=DE/CN=lamp-1", "--format", "json", ...NOW]);
    const { ok, counts, plans } = JSON.parse(stdout);
    assert.deepEqual([code, ok, counts.provisions, plans.length], [0, true, 1, 1]);
    assert.deepEqual([counts.cannotConnect, counts.connectsUnknown], [0, 0]);
    const named = ["plan", "template.json", "--subject", "/C=DE/CN=lamp-1", "--format", "json", ...NOW];
    const other = JSON.parse((await session.run(named)).stdout);
    assert.deepEqual([other.counts.provisions, other.counts.connectsUnknown], [1, 1]);
    assert.equal(other.plans[0].plan.access.connects, "unknown");
    const [{ certificate, plan }] = plans;
    assert.deepEqual([certificate, plan.certificate.kind, plan.certificate.certificateId], [undefined, "subject", undefined]);
  }));

test("plan: a private key given as a subject is not repeated", () =>
  inSession(FILES, async (session) => {
    const key = `-----BEGIN EC PRIVATE KEY-----\n${"NotAKey".repeat(12)}\n-----END EC PRIVATE KEY-----`;
    for (const subject of [key, `/CN=${key}`, `CN=${"NotAKey".repeat(12)},O=${key}`]) {
      for (const format of ["text", "markdown", "json"]) {
        const { stdout, stderr, code } = await session.run(["plan", "named.json", "--subject", subject, "--format", format]);
        assert.equal(code, 1);
        assert.match(stdout, /private key/);
        assert.doesNotMatch(stdout + stderr, /KeyNotAKey/);
      }
    }
  }));

test("plan: other flows, readings of the serial number, misuse", () =>
  inSession(FILES, (session) =>
    session.expect("plan-options", [
      ["plan", "fleet.json", "--flow", "fleet", "--parameter", "SerialNumber=4711", "--parameter", "Location=a=b"],
      ["plan", "fleet.json", "--flow", "fleet", "--parameter", "SerialNumber"],
      ["plan", "template.json"],
      ["plan", "template.json", "device.pem", "--parameter", "A=b"],
      ["plan", "template.json", "device.pem", "--now", "soon"],
      ["plan", "template.json", "absent.pem"],
      ["plan", "-", "-"],
      ["plan", "-", "device.pem", "--ca", "-"],
      ["plan", "template.json", "device.pem", "--ca", "device.pem", "--ca", "device.pem"],
      ["plan", "template.json", "device.pem", "--now", "2026-02-30T00:00:00Z"],
      ["plan", "fleet.json", "--flow", "fleet", "--parameter", "A=b", "--parameter", "A=c"],
      ["plan", "fleet.json", "device.pem", "--flow", "fleet", "--serial-number", "subject"],
      ["plan", "template.json", "device.pem", "--details", "none", "--format", "json"],
      ["plan", "template.json", "batch"],
      ["plan", "batch", "device.pem"],
      ["plan", "fleet.json", "--flow", "fleet"],
      ["dry-run", "template.json"],
      ["plan", "template.json", "device.pem", "--account-id", "12345678901"],
      ["plan", "template.json", "device.pem", "--region", "Frankfurt"],
      ["plan", "template.json/x", "device.pem"],
      ["export", "template.json", "--to", "cli", "--region", "eu-west"],
      ["sample", "template.json", "--dir", "template.json"],
      ["sample", "template.json", "--dir", "template.json/x"],
      ["export", "template.json", "--to", "cli", "-o", "nowhere/x.sh"],
    ]),
  ));

test("plan: a check that was not possible is reported, and has its own exit code", () =>
  inSession(
    {
      "pss.pem": "certificates/pss-two-hashes.pem",
      "pss-ca.pem": "certificates/pss-ca.pem",
      "device.pem": "certificates/full.pem",
      "named.json": "templates/ok-template-name.json",
      "request.pem": "certificates/request.pem",
    },
    async (session) => {
      const thing = { Type: "AWS::IoT::Thing", Properties: { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" } } };
      const certificate = { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } } };
      session.write("plain.json", JSON.stringify({ Resources: { thing, certificate } }));
      session.write(
        "one-thing.json",
        JSON.stringify({ Resources: { thing: { ...thing, Properties: { ThingName: "the-sensor" } }, certificate } }),
      );
      session.write("empty", "");
      session.write("key.pem", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n");
      session.write("app.log", "Nov 26 06:00:00 host app[12]: started\n");
      await session.expect("plan-unknown", [
        ["plan", "plain.json", "pss.pem", "--ca", "pss-ca.pem", ...NOW],
        ["plan", "plain.json", "device.pem", "pss.pem", "--ca", "pss-ca.pem", ...NOW, "--details", "none"],
        ["plan", "plain.json", "pss.pem", "--ca", "empty", ...NOW],
        ["plan", "plain.json", "pss.pem", "--ca", "key.pem", ...NOW],
        ["plan", "plain.json", "pss.pem", "--ca", "plain.json", ...NOW],
        ["plan", "plain.json", "pss.pem", "--ca", "request.pem", ...NOW],
        ["plan", "named.json", "device.pem", ...NOW],
        ["plan", "app.log", "device.pem", ...NOW],
        ["plan", "plain.json", "empty", ...NOW],
      ]);
      session.write("again.pem", session.read("pss.pem"));
      await session.expect("plan-twins", [
        ["plan", "one-thing.json", "device.pem", "pss.pem", "again.pem", "--details", "none", ...NOW],
        ["plan", "one-thing.json", "device.pem", "pss.pem", "again.pem", "--details", "none", "--format", "markdown", ...NOW],
      ]);
      const { stdout, code } = await session.run([
        "plan",
        "one-thing.json",
        "device.pem",
        "pss.pem",
        "again.pem",
        "--format",
        "json",
        ...NOW,
      ]);
      const { counts, plans, ok } = JSON.parse(stdout);
      assert.deepEqual([code, ok, counts.sameThing, counts.duplicates], [0, true, 1, 1]);
      assert.deepEqual(
        plans.map(({ duplicateOf, sameThingAs }) => [duplicateOf, sameThingAs]),
        [
          [undefined, undefined],
          [undefined, 0],
          [1, undefined],
        ],
      );
    },
  ));

test("plan: whether the CA signed is verified; entries that are not a device's are left out, and that is reported", () =>
  inSession({ ...FILES, "ca.pem": "certificates/ca.pem", "twin.pem": "certificates/twin-ca.pem" }, async (session) => {
    session.write("chain.pem", session.read("ca.pem") + session.read("device.pem"));
    await session.expect("plan-ca", [
      ["plan", "template.json", "device.pem", "--ca", "ca.pem", ...NOW],
      ["plan", "template.json", "device.pem", "--ca", "twin.pem", ...NOW],
      ["plan", "template.json", "chain.pem", "--details", "none", ...NOW],
      ["plan", "fleet.json", "--flow", "fleet", "--ca", "ca.pem"],
    ]);
  }));

test("plan: the CA certificate that the text carries is checked, and another one that is given is pointed out", () =>
  inSession(
    {
      "config.json": "templates/ok-register-ca-input.json",
      "device.pem": "certificates/chained.pem",
      "forged.pem": "certificates/not-its-ca.pem",
      "ca.pem": "certificates/signing-ca.pem",
      "twin.pem": "certificates/twin-ca.pem",
    },
    async (session) => {
      const { registrationConfig, ...input } = JSON.parse(session.read("config.json"));
      const described = (ca, more = {}) =>
        JSON.stringify(
          {
            certificateDescription: { certificatePem: ca, status: "ACTIVE", autoRegistrationStatus: "ENABLE", ...more },
            registrationConfig,
          },
          null,
          2,
        );
      session.write("described.json", described(session.read("ca.pem")));
      session.write("inactive.json", described(session.read("ca.pem"), { status: "INACTIVE" }));
      session.write("damaged.json", described(session.read("ca.pem").replace("MII", "MIX")));
      session.write("input.json", JSON.stringify({ ...input, caCertificate: session.read("ca.pem"), registrationConfig }, null, 2));
      await session.expect("plan-own-ca", [
        ["plan", "described.json", "device.pem", ...NOW],
        ["plan", "described.json", "forged.pem", ...NOW],
        ["plan", "described.json", "device.pem", "forged.pem", "--details", "none", ...NOW],
        ["plan", "described.json", "device.pem", "--ca", "twin.pem", ...NOW],
        ["plan", "described.json", "device.pem", "forged.pem", "--ca", "twin.pem", "--details", "none", ...NOW],
        ["plan", "inactive.json", "forged.pem", ...NOW],
        ["plan", "damaged.json", "device.pem", "--details", "none", ...NOW],
        ["plan", "input.json", "forged.pem", "device.pem", "--details", "none", ...NOW],
      ]);
      const { stdout } = await session.run(["plan", "described.json", "device.pem", "--format", "json", ...NOW]);
      const [{ plan }] = JSON.parse(stdout).plans;
      assert.deepEqual([plan.verdict, plan.issuer.signature, plan.issuer.origin], ["provisions", "verified", "text"]);
      // A file that describes a CA also counts as a file with its certificate.
      const same = await session.run(["plan", "described.json", "device.pem", "--ca", "described.json", "--format", "json", ...NOW]);
      assert.deepEqual(JSON.parse(same.stdout).plans[0].plan, plan);
    },
  ));

test("plan: a check that could not be made is in the verdict, of the certificate and of its CA, in every form", () =>
  inSession(
    {
      "template.json": "templates/ok-everything.json",
      "date.pem": "certificates/no-such-date.pem",
      "critical.pem": "certificates/critical-extension.pem",
      "torn.pem": "certificates/torn-extension.pem",
      "private.pem": "certificates/private-extension.pem",
      "ca.pem": "certificates/open-ca.pem",
      "ca-date.pem": "authorities/JITP105-ca-without-an-end.pem",
      "constrained.pem": "authorities/JITP137-constrained-ca.pem",
    },
    async (session) => {
      const thing = { Type: "AWS::IoT::Thing", Properties: { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" } } };
      const certificate = { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } } };
      session.write("plain.json", JSON.stringify({ Resources: { thing, certificate } }));
      // The device, then its CA.
      for (const name of ["ca-date", "constrained"]) {
        const pems = session.read(`${name}.pem`).split(/(?<=-----END CERTIFICATE-----\n)/);
        session.write(`${name}-device.pem`, pems[0]);
        session.write(`${name}-ca.pem`, pems[1]);
      }
      const cases = [
        [["date.pem"], "JITP105"],
        [["critical.pem"], "JITP137"],
        [["critical.pem", "--ca", "ca.pem"], "JITP137"],
        [["torn.pem"], "JITP137"],
        [["ca-date-device.pem", "--ca", "ca-date-ca.pem"], "JITP105"],
        [["constrained-device.pem", "--ca", "constrained-ca.pem"], "JITP137"],
        [["private.pem", "--ca", "ca.pem"], undefined],
      ];
      for (const [words, code] of cases) {
        const [device, ...more] = words;
        const rest = [...more, ...NOW];
        const verdict = code === undefined ? "provisions" : "unknown";
        const json = await session.run(["plan", "plain.json", ...words, "--format", "json", ...NOW]);
        const { plans, ok } = JSON.parse(json.stdout);
        assert.deepEqual([json.code, ok, plans[0].plan.verdict], [code ? 3 : 0, !code, verdict], words.join(" "));
        const text = await session.run(["plan", "plain.json", ...words, ...NOW]);
        const table = await session.run(["plan", "plain.json", device, device, ...rest]);
        session.write("again.pem", session.read(device));
        const two = await session.run(["plan", "plain.json", device, "again.pem", "--details", "none", ...rest]);
        const markdown = await session.run([
          "plan",
          "plain.json",
          device,
          "again.pem",
          "--details",
          "none",
          "--format",
          "markdown",
          ...rest,
        ]);
        for (const { stdout, code: exit } of [text, table, two, markdown]) {
          assert.equal(exit, code ? 3 : 0, words.join(" "));
          if (code) assert.match(stdout, /[Nn]ot known|unknown/);
          if (code) assert.doesNotMatch(stdout, /^\+|Provisions|provisioned as/m);
        }
        if (code) for (const { stdout } of [two, markdown]) assert.match(stdout, new RegExp(code));
      }
    },
  ));

test("plan: JSON is the API's, with a plan for each certificate; colours add nothing else to the text", () =>
  inSession(FILES, async (session) => {
    const words = ["plan", "template.json", "device.pem", "batch/bundle.pem", "--serial-number", "certificate", ...NOW];
    const { stdout, code } = await session.run([...words, "--format", "json"]);
    const { plans, counts, ok } = JSON.parse(stdout);
    const verdicts = { provisions: 1, registered: 0, fails: 2, rejected: 0, unknown: 0, "not-a-template": 0 };
    assert.deepEqual([code, ok, counts], [1, false, { ...verdicts, cannotConnect: 0, connectsUnknown: 1, duplicates: 0, sameThing: 0 }]);
    assert.deepEqual(
      plans.map(({ certificate }) => certificate),
      ["device.pem", "batch/bundle.pem#1", "batch/bundle.pem#2"],
    );
    assert.equal(plans[0].plan.parameters.find(({ name }) => name.endsWith("SerialNumber")).value, "4661");
    const one = ["plan", "template.json", "device.pem", "--serial-number", "certificate", ...NOW];
    const coloured = await session.run(one, { env: { FORCE_COLOR: "1" } });
    assert.match(coloured.stdout, /\u001b\[32m {2}\+ 1\. Register the certificate\u001b\[39m/);
    assert.equal(coloured.stdout.replaceAll(/\u001b\[\d+m/g, ""), planText(plans[0].plan));
  }));

test("plan: standard input for the certificate, bytes as they are", () =>
  inSession(FILES, async (session) => {
    const plain = await session.run(["plan", "template.json", "device.pem", "-f", "json", ...NOW]);
    const input = readFileSync(`${session.folder}/device.der`);
    const piped = await session.run(["plan", "template.json", "-", "-f", "json", ...NOW], { input });
    assert.deepEqual(JSON.parse(piped.stdout).plans[0].plan.verdict, JSON.parse(plain.stdout).plans[0].plan.verdict);
    assert.equal(JSON.parse(piped.stdout).plans[0].certificate, "<stdin>");
  }));

test("export: writes what the API gives, says the notes, and a shell runs the script", () =>
  inSession(FILES, async (session) => {
    for (const to of ["cli", "cloudformation", "terraform"]) {
      const { stdout, stderr, code } = await session.run([
        "export",
        "named.json",
        "--to",
        to,
        "--certificate-mode",
        "SNI_ONLY",
        "--region",
        "eu-west-1",
      ]);
      const { text, notes } = exportTemplate(session.read("named.json"), to, { certificateMode: "SNI_ONLY", region: "eu-west-1" });
      assert.equal(stdout, text);
      assert.equal(stderr, notes.map((note) => `note: ${note}\n`).join(""));
      assert.equal(code, 0);
    }
    await session.run(["export", "template.json", "--to", "cli", "--template-name", "it's $HOME `x`", "-o", "register.sh"]);
    execFileSync("sh", ["-n", "register.sh"], { cwd: session.folder });
    await session.expect("export", [
      ["export", "cut.json", "--to", "cli"],
      ["export", "template.json"],
    ]);
  }));
