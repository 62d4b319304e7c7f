// `jitp cert` and `jitp sample`.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readCertificates, rules, verifyChains, verifyIssuer } from "jitp";
import { inSession, root } from "./session.mjs";

const FILES = {
  "device.pem": "certificates/full.pem",
  "device.der": "certificates/full.der",
  "bundle.pem": "certificates/bundle.pem",
  "request.pem": "certificates/request.pem",
  "ca.pem": "certificates/ca.pem",
  "short.pem": "certificates/rsa1024.pem",
  "template.json": "templates/ok-everything.json",
  "cut.json": "templates/JITP001-cut-short.json",
};
const NOW = ["--now", "2026-11-23T12:00:00Z"];

test("cert: what is in each entry, who signed whom, what AWS does not accept; the exit code says whether all is well", () =>
  inSession(FILES, (session) =>
    session.expect("cert", [
      ["cert", "device.der", ...NOW],
      ["cert", "ca.pem", "device.pem", ...NOW],
      ["cert", "bundle.pem", "request.pem", "absent.pem", ...NOW],
      ["cert", "short.pem", ...NOW],
    ]),
  ));

test("cert: a check that was not made is not a yes", () =>
  inSession(
    Object.fromEntries(
      ["no-such-date", "critical-extension", "pss-two-hashes", "pss-ca", "pss-one-hash", "expired"].map((name) => [
        `${name}.pem`,
        `certificates/${name}.pem`,
      ]),
    ),
    async (session) => {
      for (const [files, code] of [
        [["no-such-date.pem"], 3],
        [["critical-extension.pem"], 3],
        // WebCrypto cannot verify it.
        [["pss-two-hashes.pem", "pss-ca.pem"], 3],
        [["pss-one-hash.pem", "pss-ca.pem"], 0],
        [["pss-two-hashes.pem"], 0],
        // A certain error counts for more than an unknown.
        [["critical-extension.pem", "expired.pem"], 1],
        [["critical-extension.pem", "absent.pem"], 2],
      ]) {
        const ended = await session.run(["cert", ...files, ...NOW, "--format", "json"]);
        assert.deepEqual([ended.code, JSON.parse(ended.stdout).ok], [code, code === 0], files.join(" "));
      }
    },
  ));

test("cert: exactly three rules say that something was not checked", async () => {
  const names = rules()
    .filter(({ name }) => name.endsWith("-not-checked"))
    .map(({ code }) => code);
  assert.deepEqual(names, ["JITP105", "JITP137", "JITP138"]);
});

test("sample: says that its CA is not the text's CA, as a plan does", () =>
  inSession({ "plain.pem": "certificates/ca.pem" }, async (session) => {
    const config = {
      templateBody: readFileSync(join(root, "tests/fixtures/templates/ok-everything.json"), "utf8"),
      roleArn: "arn:aws:iam::123456789012:role/Role",
    };
    const description = {
      certificateId: "a".repeat(64),
      certificatePem: session.read("plain.pem"),
      status: "ACTIVE",
      autoRegistrationStatus: "ENABLE",
    };
    session.write("described.json", JSON.stringify({ certificateDescription: description, registrationConfig: config }));
    for (const [file, found] of [
      ["described.json", true],
      ["plain.json", false],
    ]) {
      session.write("plain.json", JSON.stringify(config));
      const { plan } = JSON.parse((await session.run(["sample", file, "--commands", "--format", "json"])).stdout);
      assert.equal(
        plan.diagnostics.some(({ code }) => code === "JITP136"),
        found,
        file,
      );
    }
  }));

test("sample: commands that do not lead to a provisioned device say why next to them", () =>
  inSession(FILES, async (session) => {
    const { code, stdout, stderr } = await session.run(["sample", "cut.json", "--commands"]);
    assert.equal(code, 1);
    assert.match(stdout, /^# A throw-away CA\.\n/);
    assert.match(stderr, /JITP001/);
  }));

test("cert: JSON is the API's, also from standard input; chains count in the list of all files", () =>
  inSession(FILES, async (session) => {
    const now = "2026-11-23T12:00:00Z";
    const input = readFileSync(join(session.folder, "device.der"));
    const one = await session.run(["cert", "-", "--format", "json", ...NOW], { input });
    assert.equal(one.code, 0);
    assert.deepEqual(
      JSON.parse(one.stdout).certificates,
      readCertificates(input, { now }).map((entry) => ({ file: "<stdin>", ...entry })),
    );
    const { stdout } = await session.run(["cert", "request.pem", "device.pem", "ca.pem", "--format", "json", ...NOW]);
    const { chains } = JSON.parse(stdout);
    const { links, devices } = await verifyChains(session.read("device.pem") + session.read("ca.pem"), { now });
    // The request is before them in the list, and signs nothing.
    assert.deepEqual(
      chains.links,
      links.map((link) => ({ ...link, certificate: link.certificate + 1, issuer: link.issuer + 1 })),
    );
    assert.deepEqual(chains.devices, [{ ...devices[0], index: 1, signingCa: 2, path: [1, 2] }]);
  }));

test("sample: writes a CA and a device of it that the template provisions, keys for their owner alone", () =>
  inSession(FILES, async (session) => {
    const { code, stdout, stderr } = await session.run(["sample", "template.json", "--dir", "made/here"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^\+ made\/here\/ca\.pem\n\+ made\/here\/ca\.key\n\+ made\/here\/device\.pem\n\+ made\/here\/device\.key\n {2}subject \/C=US/,
    );
    assert.doesNotMatch(stdout, /PRIVATE KEY/);
    const check = await verifyIssuer(session.read("made/here/device.pem"), session.read("made/here/ca.pem"));
    assert.equal(check.signature, "verified");
    for (const key of ["ca.key", "device.key"]) {
      assert.match(session.read(`made/here/${key}`), /^-----BEGIN PRIVATE KEY-----/);
      if (process.platform !== "win32") assert.equal(statSync(join(session.folder, "made/here", key)).mode & 0o777, 0o600);
    }
    const plan = await session.run(["plan", "template.json", "made/here/device.pem", "--ca", "made/here/ca.pem"]);
    assert.equal(plan.code, 0);
    assert.match(plan.stdout, /Signed by the registered CA: verified/);
  }));

test("sample: overwrites only with --force, and writes nothing if one file already exists", () =>
  inSession(FILES, async (session) => {
    session.write("made/device.key", "mine");
    const { code, stderr } = await session.run(["sample", "template.json", "--dir", "made"]);
    assert.equal(code, 2);
    assert.equal(stderr, "error: made/device.key: already exists\n  = help: use --force to overwrite, --dir to write to another folder\n");
    assert.deepEqual([session.read("made/device.key"), session.has("made/ca.pem")], ["mine", false]);
    assert.equal((await session.run(["sample", "template.json", "--dir", "made", "--force"])).code, 0);
    assert.match(session.read("made/device.key"), /^-----BEGIN PRIVATE KEY-----/);
  }));

test("sample: commands alone, JSON without keys, a template that is wrong in itself", () =>
  inSession(FILES, async (session) => {
    const commands = await session.run(["sample", "template.json", "--commands"]);
    assert.match(commands.stdout, /^# A throw-away CA\.\nopenssl ecparam/);
    assert.equal(session.has("device.key"), false);
    const json = await session.run(["sample", "template.json", "--dir", "made", "--format", "json"]);
    const { files, subject, plan } = JSON.parse(json.stdout);
    assert.deepEqual(files, { ca: "made/ca.pem", caKey: "made/ca.key", device: "made/device.pem", deviceKey: "made/device.key" });
    assert.equal(plan.verdict, "provisions");
    assert.match(subject, /^\/C=/);
    assert.doesNotMatch(json.stdout, /PRIVATE KEY/);
    assert.equal((await session.run(["sample", "cut.json", "--dir", "cut"])).code, 1);
  }));
