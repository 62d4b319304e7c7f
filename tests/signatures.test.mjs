// Signatures that are sound, odd or forged, each checked by jitp and by OpenSSL. jitp never calls a signature verified that OpenSSL refuses.
//
// Cases: certificates that are forged here in every way that forged/ knows, with keys generated for the test; and those of the corpus
// (../shared/corpus, or the folder in JITP_CORPUS), if it exists.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { verifyChains, verifyIssuer } from "jitp";
import { cases } from "./forged/cases.mjs";

const corpus = process.env.JITP_CORPUS ?? fileURLToPath(new URL("../../shared/corpus", import.meta.url));

/** The answer of OpenSSL's `X509_verify`, which Node calls. */
function openssl({ ca, device }) {
  let read;
  try {
    read = new X509Certificate(device);
  } catch {
    return "unreadable";
  }
  return read.verify(new X509Certificate(ca).publicKey) ? "verified" : "not-verified";
}

/** jitp's answers about the one CA, and about both certificates in one bundle. */
async function jitp({ ca, device }) {
  const check = await verifyIssuer(device, ca);
  const { links } = await verifyChains(device + ca);
  const link = links.find(({ certificate, issuer }) => certificate === 0 && issuer === 1);
  if (link !== undefined) assert.equal(link.signature, check.signature, "both answers agree");
  return check;
}

/**
 * The reasons of signatures that jitp does not verify: an algorithm that it does not know, and RSASSA-PSS with two hashes, which WebCrypto
 * does not have. OpenSSL refuses the first and verifies the second.
 */
const UNCHECKED = /signatures with (2\.999\.1|RSASSA-PSS, (SHA-\d+) and MGF1 with (?!\2))/;

async function compare(given) {
  const counts = {};
  const differences = [];
  for (const one of given) {
    const theirs = one.openssl ?? openssl(one);
    const { signature, reason } = await jitp(one);
    const pair = `${signature}, OpenSSL: ${theirs}`;
    counts[pair] = (counts[pair] ?? 0) + 1;
    const equal = signature === theirs || (theirs === "unreadable" && signature !== "verified");
    const unchecked = signature === "not-checked" && UNCHECKED.test(reason);
    if (!equal && !unchecked) differences.push(`${one.label}: jitp ${signature} (${reason}), OpenSSL ${theirs}`);
  }
  console.log(
    Object.entries(counts)
      .map(([pair, count]) => `${count} ${pair}`)
      .join("; "),
  );
  assert.deepEqual(differences, []);
  return counts;
}

test("certificates forged here", { timeout: 300_000 }, async () => {
  const counts = await compare(cases());
  assert.ok(counts["verified, OpenSSL: verified"] > 40, "what is sound is verified");
  assert.ok(counts["not-verified, OpenSSL: not-verified"] > 200, "what is forged is not");
});

test("the signatures of the corpus", { timeout: 300_000 }, async (t) => {
  const file = join(corpus, "signatures/cases.json");
  if (!existsSync(file)) {
    console.log("the corpus is not there: own fixtures only");
    return t.skip();
  }
  const armor = (base64) => `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  const given = JSON.parse(readFileSync(file, "utf8")).map(({ dev, ...rest }) => ({ ...rest, device: armor(dev) }));
  const counts = await compare(given);
  assert.equal(counts["not-checked, OpenSSL: verified"], undefined, "none of them is left unchecked");
});
