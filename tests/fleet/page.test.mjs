// What the page does with very many certificates by itself equals what the package says of them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { listCertificates, readCertificates } from "jitp";
import { makeCertificates } from "../bench/certificates.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The page's own code, as a module of Node. */
async function load() {
  const contents = 'export { filed, slices } from "./engine/slices.ts";';
  const made = await build({
    stdin: { contents, resolveDir: join(root, "www/src"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
  });
  return import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`);
}

const { filed, slices } = await load();

test("the parts of a file have each of its certificates once, wherever it is cut", async () => {
  const ids = (texts) => texts.flatMap((text) => listCertificates(text)).map(({ certificateId }) => certificateId);
  const pems = makeCertificates(1_500).map(({ pem }) => pem);
  const all = ids(pems);
  const texts = {
    plain: pems.join(""),
    "with carriage returns": pems.join("").replaceAll("\n", "\r\n"),
    "with text between, in letters of several bytes": pems.map((pem, i) => `subject=Zähler ${i} ${"€".repeat(i % 7)}\n${pem}`).join(""),
    "with much space": pems.slice(0, 700).join("") + "\n".repeat(3_000_000) + pems.slice(700).join("") + "\n".repeat(1_000_000),
    "without a last line end": pems.join("").trimEnd(),
  };
  for (const [name, text] of Object.entries(texts)) {
    const parts = [];
    let before = 0;
    const file = new Blob([text]);
    for await (const part of filed(file)) {
      assert.ok(part.bytes > before && part.bytes <= file.size, name);
      before = part.bytes;
      parts.push(part.part);
    }
    assert.deepEqual(ids(parts), all, name);
    assert.ok(parts.length > 1, name);
    assert.deepEqual(ids([...slices(text, 400)]), all, name);
  }
});

test("a list has the facts of the whole reading", () => {
  const folder = join(root, "tests/fixtures/certificates");
  const files = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
  const bundles = files.map(({ name }) => ({ name, bundle: readFileSync(join(folder, name)) }));
  // Facts that are those of the certificate before, and facts that are missing after others were there.
  const ends = bundles.flatMap(({ bundle }) => [bundle, Buffer.from("\n"), bundle, Buffer.from("\n")]);
  for (const { name, bundle } of [...bundles, { name: "all, each of them twice", bundle: Buffer.concat(ends) }]) {
    const expected = readCertificates(bundle).map(
      ({ kind, error, certificateId, subject, subjectText, issuerText, basicConstraints, pem }) => {
        const commonName = subject?.find(({ oid, value }) => oid === "2.5.4.3" && value !== "")?.value;
        const facts = { certificateId, commonName, subject: subjectText?.rfc4514, issuer: issuerText?.rfc4514, pem };
        const isCa = basicConstraints?.ca === true;
        const { pem: _, ...named } = facts;
        const told = error === undefined ? { kind, ...named, isCa, pem } : { kind, error, isCa };
        return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
      },
    );
    assert.deepEqual(listCertificates(bundle), expected, name);
    const members = (list) => list.map((one) => Object.keys(one).join());
    assert.deepEqual(members(listCertificates(bundle)), members(expected), `the order of members, ${name}`);
  }
  assert.throws(() => listCertificates(7), TypeError);
});
