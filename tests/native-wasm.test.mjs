// The Rust core compiled for this machine and the same core as wasm in the npm package give equal answers.
//
// Cases: every template of www/samples and tests/fixtures against every certificate there, damaged copies of them,
// and the corpus (../shared/corpus, or the folder in JITP_CORPUS), if it exists.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import test from "node:test";
import { fileURLToPath } from "node:url";
import * as jitp from "jitp";

const root = fileURLToPath(new URL("../", import.meta.url));
const corpus = process.env.JITP_CORPUS ?? join(root, "../shared/corpus");

/** 2026-11-23T12:00:00Z: a fixed time, so that both sides check validity alike. */
const now = 1_795_435_200;

const files = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .sort()
    : [];

const isTemplate = (file) => /^\.(json|jsonc|txt|template)$/.test(extname(file));
const isCertificate = (file) => /^\.(pem|crt|cer|der|cert|p7b|bundle)$/.test(extname(file));
const read = (file) => ({ file, bytes: readFileSync(file) });
const textOf = ({ file, bytes }) => ({ file, text: bytes.toString("utf8") });

/** Sends all requests to the native core in one run. */
async function native(requests) {
  const child = spawn("cargo", ["run", "--quiet", "--package", "jitp", "--example", "answers"], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  child.stdin.on("error", () => {}); // The exit code tells of a child that ends early.
  (async () => {
    for (const request of requests) {
      if (!child.stdin.write(`${JSON.stringify(toNative(request))}\n`)) {
        await new Promise((resolve) => child.stdin.once("drain", resolve));
      }
    }
    child.stdin.end();
  })();
  const answers = [];
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) answers.push(JSON.parse(line));
  assert.equal(await ended, 0, "the native example ended well");
  return answers;
}

const toNative = ({ verb, source, certificate, options }) => ({
  verb,
  source,
  certificate: certificate && Buffer.from(certificate).toString("base64"),
  options,
});

/** Asks the npm package. */
function wasm({ verb, source, certificate, options }) {
  const given = options?.now === undefined ? options : { ...options, now: new Date(options.now * 1000).toISOString() };
  switch (verb) {
    case "validate":
      return jitp.validate(source, given);
    case "stringify":
      return jitp.stringify(source, given);
    case "unstringify":
      return jitp.unstringify(source);
    case "readCertificates":
      return jitp.readCertificates(certificate, given);
    case "dryRun":
      return jitp.dryRun(source, certificate, given);
    case "dryRunSubject":
      return jitp.dryRun(source, { subject: certificate.toString("utf8") }, given);
    case "Template.report":
    case "Template.dryRun": {
      const { flow, region, accountId, ...run } = given ?? {};
      const template = new jitp.Template(source, { flow, region, accountId });
      try {
        return verb === "Template.report" ? template.report : template.dryRun(certificate, { region, accountId, ...run });
      } finally {
        template.free();
      }
    }
    default:
      throw new Error(`there is no verb ${verb}`);
  }
}

/** Compares both sides on named requests; returns how many it compared. */
async function compare(cases) {
  const answers = await native(cases.map(({ request }) => request));
  assert.equal(answers.length, cases.length, "an answer for every request");
  for (const [i, { name, request }] of cases.entries()) {
    // The native answer went through JSON.parse: no member is undefined, no map is a Map, and no key is special.
    assert.deepStrictEqual(wasm(request), answers[i], `${request.verb}: ${name}`);
  }
  return cases.length;
}

const aboutTemplate = ({ file, text }) => [
  { name: file, request: { verb: "validate", source: text } },
  { name: file, request: { verb: "Template.report", source: text, options: { flow: "fleet", region: "eu-west-1" } } },
  { name: file, request: { verb: "validate", source: text, options: { flow: "register-thing", accountId: "210987654321" } } },
  { name: file, request: { verb: "unstringify", source: text } },
  ...[
    undefined,
    { indent: 2 },
    { indent: 0, roleArn: "arn:aws:iam::123456789012:role/JITPRole" },
    { templateName: "a-name", flow: "fleet" },
  ].map((options) => ({ name: file, request: { verb: "stringify", source: text, options } })),
];

const aboutPair = (template, certificate, i) => {
  const options = [
    { now },
    { now, region: "eu-west-1", accountId: "123456789012", serialNumber: "subject" },
    { now, region: "cn-north-1", serialNumber: "certificate" },
    { now, flow: "fleet", region: "us-east-1", parameters: { ThingName: "lamp-1", SerialNumber: "7" } },
    { now, flow: "register-thing", parameters: { ThingName: "lamp 1", CSR: "-----BEGIN" } },
  ][i % 5];
  const verb = i % 2 ? "dryRun" : "Template.dryRun";
  const name = `${template.file} with ${certificate.file}`;
  return { name, request: { verb, source: template.text, certificate: certificate.bytes, options } };
};

const aboutCertificate = ({ file, bytes }) => ({ name: file, request: { verb: "readCertificates", certificate: bytes, options: { now } } });

const isSubject = (file) => extname(file) === ".subject";
// What a text can do that no file should: a key, which is none, and half a surrogate pair.
const KEY = `-----BEGIN EC PRIVATE KEY-----\n${"NotAKey".repeat(12)}\n-----END EC PRIVATE KEY-----`;
const SUBJECTS = [
  "",
  "/",
  "/CN",
  "/CN=",
  "CN=M\\C3\\BCller, OU=a, OU=b",
  "/CN=a/OU=b/OU=c/serialNumber=7",
  `/CN=${KEY}`,
  KEY,
  "/CN=\ud800",
  `/CN=${"x".repeat(5000)}`,
];

const ours = [...files(join(root, "tests/fixtures")), ...files(join(root, "www/samples"))];
const templates = ours.filter(isTemplate).map(read).map(textOf);
const certificates = ours.filter(isCertificate).map(read);

test("there are templates and certificates to compare", () => {
  assert.ok(templates.length >= 3, `${templates.length} templates`);
  assert.ok(certificates.length >= 3, `${certificates.length} certificates`);
});

test("our templates are checked and stringified alike", async (t) => {
  t.diagnostic(`${await compare(templates.flatMap(aboutTemplate))} answers`);
});

test("our certificates are read alike, the damaged ones too", async (t) => {
  const damaged = certificates.flatMap(({ file, bytes }) =>
    [0.1, 0.35, 0.6, 0.85].flatMap((part) => {
      const at = Math.floor(bytes.length * part);
      const flipped = Buffer.from(bytes);
      flipped[at] ^= 0x55;
      return [
        { file: `${file}, cut at ${at}`, bytes: bytes.subarray(0, at) },
        { file: `${file}, damaged at ${at}`, bytes: flipped },
      ];
    }),
  );
  t.diagnostic(`${await compare([...certificates, ...damaged].map(aboutCertificate))} answers`);
});

test("our templates run alike with our certificates", async (t) => {
  const pairs = templates.flatMap((template) => certificates.map((certificate) => [template, certificate]));
  t.diagnostic(`${await compare(pairs.map(([a, b], i) => aboutPair(a, b, i)))} answers`);
});

test("our templates run alike with subjects alone", async (t) => {
  const subjects = [...ours.filter(isSubject).map((file) => readFileSync(file)), ...SUBJECTS.map((text) => Buffer.from(text))];
  const pairs = templates.flatMap((template) => subjects.map((bytes) => [template, { file: bytes.toString("utf8"), bytes }]));
  const cases = pairs.map(([a, b], i) => aboutPair(a, b, i));
  for (const { request } of cases) request.verb = "dryRunSubject";
  t.diagnostic(`${await compare(cases)} answers`);
});

test("templates cut short anywhere are checked alike", async (t) => {
  const cut = templates.slice(0, 6).flatMap(({ file, text }) =>
    Array.from({ length: 24 }, (_, i) => Math.floor((text.length * i) / 24)).map((at) => ({
      name: `${file}, cut at ${at}`,
      request: { verb: "validate", source: text.slice(0, at) },
    })),
  );
  // Outside the basic plane, offsets in UTF-16 and in UTF-8 differ; escapes and line ends count too.
  const strange = ["", "\u{1F600}{", '{"Parameters":\r\n{"\u{1F511}": {"Type": "Number"}},\r"Resources": 5}', '"\\ud83d\\ude00"'];
  const more = strange.map((source) => ({ name: JSON.stringify(source), request: { verb: "validate", source } }));
  t.diagnostic(`${await compare([...cut, ...more])} answers`);
});

test("names that are special to JavaScript are attributes like any other", async (t) => {
  const attributes = { b: "1", ["__proto__"]: "2", constructor: "3", toString: "4", 7: "5" };
  const template = JSON.stringify({
    Resources: {
      thing: { Type: "AWS::IoT::Thing", Properties: { ThingName: "lamp", AttributePayload: attributes } },
      certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } } },
    },
    Parameters: { "AWS::IoT::Certificate::Id": { Type: "String" } },
  });
  const [certificate] = certificates.filter(({ file }) => file.endsWith("full.pem"));
  const pair = (i) => aboutPair({ file: "special names", text: template }, certificate, i);
  t.diagnostic(`${await compare([0, 1, 2, 3, 4].map(pair))} answers`);
  const { thing, steps } = wasm(pair(0).request);
  assert.deepEqual(Object.entries(thing.attributes).sort(), Object.entries(attributes).sort());
  assert.deepEqual(steps[1].request.attributePayload, { attributes });
  assert.equal(Object.getPrototypeOf(thing.attributes), Object.prototype);
});

test("the corpus gets equal answers", async (t) => {
  const theirTemplates = ["templates", "reported"].flatMap((f) => files(join(corpus, f))).filter((f) => !f.endsWith("INDEX.tsv"));
  const theirCertificates = files(join(corpus, "certs"))
    .filter((f) => !/INDEX\.tsv$|EXPECTED\.jsonl$/.test(f))
    .map(read);
  if (theirTemplates.length === 0) {
    t.diagnostic("the corpus is not here; the project's own fixtures alone were compared");
    return;
  }
  const texts = theirTemplates.map(read).map(textOf);
  const pairs = theirCertificates.map((certificate, i) => aboutPair(texts[i % texts.length], certificate, i));
  const count = await compare([...texts.flatMap(aboutTemplate), ...theirCertificates.map(aboutCertificate), ...pairs]);
  t.diagnostic(`${count} answers`);
});
