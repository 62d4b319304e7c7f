// jitp and OpenSSL read the same from certificates: names, serial number, fingerprints, dates, key, and who signed whom.
//
// Cases: the project's own certificates, and the corpus (../shared/corpus, or the folder in JITP_CORPUS), if it exists. OpenSSL's command
// runs for each, which is slow. It is worth that, because no other test has a second parser for the same bytes.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { dryRun, readCertificates, verifyChains } from "jitp";

const root = fileURLToPath(new URL("../", import.meta.url));
const corpus = join(process.env.JITP_CORPUS ?? join(root, "../shared/corpus"), "certs");

const files = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.(tsv|jsonl|md|json|sh)$/.test(entry.name))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .sort()
    : [];

let work;
/** Every readable certificate, each once: its PEM and jitp's summary. */
let certificates;
/** Files that may be one certificate to OpenSSL, and jitp's entries for them. */
let perFile;

before(() => {
  work = mkdtempSync(join(tmpdir(), "jitp-openssl-"));
  const seen = new Map();
  perFile = [];
  const own = ["tests/fixtures/certificates", "tests/fixtures/authorities", "crate/tests/data/certificates", "www/samples"];
  const all = [...own.flatMap((folder) => files(join(root, folder))), ...files(corpus)];
  if (!existsSync(corpus)) console.log("the corpus is not there: own fixtures only");
  for (const file of all) {
    const read = readCertificates(readFileSync(file), { now: "2026-11-23T12:00:00Z" });
    perFile.push({ file, read });
    for (const entry of read) if (entry.error === undefined) seen.set(entry.certificateId, entry);
  }
  certificates = [...seen.values()];
  for (const { certificateId, pem } of certificates) writeFileSync(join(work, `${certificateId}.pem`), pem);
});

after(() => rmSync(work, { recursive: true, force: true }));

/** Runs OpenSSL. The result is its output, whether it accepted its input or not. */
function openssl(args) {
  return new Promise((resolve) => {
    execFile("openssl", args, { cwd: work, encoding: "utf8", maxBuffer: 1 << 24 }, (error, stdout, stderr) =>
      resolve({ ok: error === null, stdout, stderr }),
    );
  });
}

/** Does something with each item, three at a time. */
async function each(items, act) {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await act(item);
  };
  await Promise.all([worker(), worker(), worker()]);
}

/** `CN=…` of a line that OpenSSL prints. */
const field = (text, name) => new RegExp(`^${name} ?= ?(.*)$`, "m").exec(text)?.[1];

test("names, serial number, fingerprints, dates and key of every certificate", { timeout: 600_000 }, async () => {
  const differences = [];
  const counts = { certificates: 0, refused: 0, names: 0, dates: 0, keys: 0 };
  const compare = (entry, what, ours, theirs) => {
    if (ours !== theirs)
      differences.push(`${entry.certificateId} ${what}: jitp ${JSON.stringify(ours)}, OpenSSL ${JSON.stringify(theirs)}`);
  };
  await each(certificates, async (entry) => {
    const asked = (...more) => openssl(["x509", "-in", `${entry.certificateId}.pem`, "-noout", ...more]);
    const common = ["-subject", "-issuer", "-serial", "-dates", "-fingerprint"];
    const key = "no_header,no_version,no_serial,no_signame,no_validity,no_subject,no_issuer,no_sigdump,no_extensions";
    const [rfc, line] = await Promise.all([
      asked(...common, "-sha256", "-nameopt", "RFC2253,utf8,-esc_msb"),
      asked(...common, "-sha1", "-nameopt", "oneline,utf8,-esc_msb", "-text", "-certopt", key),
    ]);
    if (!rfc.ok) {
      counts.refused++;
      return;
    }
    counts.certificates++;
    compare(entry, "serial", entry.serialNumber.hex, field(rfc.stdout, "serial"));
    compare(entry, "SHA-256", entry.fingerprints.sha256, field(rfc.stdout, "sha256 Fingerprint"));
    compare(entry, "SHA-1", entry.fingerprints.sha1, field(line.stdout, "sha1 Fingerprint"));
    for (const whose of ["subject", "issuer"]) {
      counts.names++;
      compare(entry, `${whose}, RFC 4514`, entry[`${whose}Text`].rfc4514, field(rfc.stdout, whose) ?? "");
      compare(entry, `${whose}, one line`, entry[`${whose}Text`].openssl, field(line.stdout, whose) ?? "");
    }
    for (const which of ["notBefore", "notAfter"]) {
      const theirs = Date.parse(field(rfc.stdout, which) ?? "");
      if (Number.isNaN(theirs)) continue;
      counts.dates++;
      compare(entry, which, entry[which], new Date(theirs).toISOString().replace(".000Z", "Z"));
    }
    const bits = /Public-Key: \((\d+) bit/.exec(line.stdout)?.[1];
    if (bits !== undefined && /rsaEncryption|id-ecPublicKey|rsassaPss/.test(line.stdout)) {
      counts.keys++;
      compare(entry, "bits of the key", entry.key?.bits, Number(bits));
    }
    const curve = /NIST CURVE: (\S+)/.exec(line.stdout)?.[1];
    if (curve !== undefined) compare(entry, "curve", entry.key?.curve, curve);
  });
  console.log(
    `${counts.certificates} certificates held to OpenSSL: ${counts.names} names in two forms each, ${counts.dates} dates, ${counts.keys} keys; ` +
      `${counts.refused} that OpenSSL refuses`,
  );
  assert.deepEqual(differences, []);
  assert.ok(counts.certificates > 50 && counts.keys > 50 && counts.dates > 100);
});

/**
 * The answer of OpenSSL's `X509_verify`, which Node calls, for the one signature. The command `openssl verify` answers another question: it
 * checks chains, and stops at any other error.
 */
function opensslVerifies(child, parent) {
  try {
    return new X509Certificate(child.pem).verify(new X509Certificate(parent.pem).publicKey) ? "verified" : "not-verified";
  } catch {
    return "cannot read it";
  }
}

test("signatures: every pair in which one may have signed the other", { timeout: 600_000 }, async () => {
  const { links, certificates: given } = await verifyChains(certificates.map(({ pem }) => pem).join(""));
  const counts = {};
  const differences = [];
  for (const { certificate, issuer, signature, reason } of links) {
    const [child, parent] = [given[certificate], given[issuer]];
    const theirs = opensslVerifies(child, parent);
    const pair = `${signature}, OpenSSL: ${theirs}`;
    counts[pair] = (counts[pair] ?? 0) + 1;
    const equal = signature === theirs || theirs === "cannot read it" || (signature === "not-checked" && !mustBeChecked(child, parent));
    if (!equal) differences.push(`${child.certificateId} by ${parent.certificateId}: jitp ${signature} (${reason}), OpenSSL ${theirs}`);
  }
  console.log(
    `${links.length} pairs: ${Object.entries(counts)
      .map(([pair, count]) => `${count} ${pair}`)
      .join("; ")}`,
  );
  assert.deepEqual(differences, []);
  assert.ok(counts["verified, OpenSSL: verified"] > 20 && counts["not-verified, OpenSSL: not-verified"] > 5);
});

/** Whether WebCrypto can verify the signature, so that it must not be left unchecked. For RSASSA-PSS the name does not tell the hash. */
function mustBeChecked(child, parent) {
  const usual = /^(sha(256|384|512)WithRSAEncryption|ecdsa-with-SHA(256|384|512))$/.test(child.signatureAlgorithm.name);
  return usual && (parent.key?.algorithm === "RSA" || ["P-256", "P-384", "P-521"].includes(parent.key?.curve));
}

test("jitp refuses no file that OpenSSL reads as a certificate", { timeout: 600_000 }, async () => {
  const refused = [];
  let read = 0;
  await each(perFile, async ({ file, read: entries }) => {
    // OpenSSL finds out by itself whether a file is PEM or DER.
    if (!(await openssl(["x509", "-in", file, "-noout"])).ok) return;
    read++;
    if (!entries.some(({ error }) => error === undefined)) refused.push(`${file}: ${entries.map(({ error }) => error).join(" ")}`);
  });
  console.log(`${read} of ${perFile.length} files read by OpenSSL as a certificate, all of them by jitp`);
  assert.deepEqual(refused, []);
});

/** Subjects as the option `-subj` reads them. OpenSSL leaves out an attribute without a value, so that none is here. */
const SUBJECTS = [
  "/C=DE/O=Example/CN=lamp-1",
  "/C=DE/O=Example/CN=lamp-1/",
  "/C=DE/ST=Hessen/L=Kassel/O=Example/OU=a/OU=b/CN=lamp-1/serialNumber=A7/dnQualifier=q/emailAddress=a@example.org",
  '/CN=a=b, c; d <e> "f" #g',
  "/CN=#g",
  "/CN= a  b ",
  "/O=A\\/B\\+C\\\\D/CN=x",
  "/O=A\\, B/CN=x",
  "/CN=Müller ランプ",
  "/OU=bb+OU=a/CN=x",
  "/CN=x+serialNumber=7+OU=longer",
  "/commonName=x/countryName=DE/organizationalUnitName=u/2.5.4.10=o",
  "/UID=u/DC=example/DC=org/title=t/GN=g/SN=s/street=a 1/postalCode=34117/name=n/initials=i/description=d",
];

test("a subject is read as OpenSSL reads the same text, and each form that OpenSSL prints is read back", async () => {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout"];
  const parts = (summary) => summary.subject.map(({ oid, value }) => `${oid}=${value}`);
  const alone = (subject) => {
    const { certificate, diagnostics } = dryRun("{}", { subject });
    assert.equal(certificate.error, undefined, `${subject}: ${diagnostics[0]?.message}`);
    return certificate;
  };
  await each(
    SUBJECTS.map((subject, i) => ({ subject, name: `subject-${i}` })),
    async ({ subject, name }) => {
      const args = ["req", "-x509", ...key, `${name}.key`, "-utf8", "-multivalue-rdn", "-subj", subject, "-out", `${name}.pem`];
      const made = await openssl(args);
      assert.ok(made.ok, `${subject}: ${made.stderr}`);
      const [read] = readCertificates(readFileSync(join(work, `${name}.pem`)));
      assert.deepEqual(parts(alone(subject)), parts(read), subject);
      for (const form of ["oneline", "oneline,utf8,-esc_msb", "RFC2253", "RFC2253,utf8,-esc_msb"]) {
        const { stdout } = await openssl(["x509", "-in", `${name}.pem`, "-noout", "-subject", "-nameopt", form]);
        assert.deepEqual(parts(alone(stdout)), parts(read), `${form}: ${stdout}`);
      }
    },
  );
});
