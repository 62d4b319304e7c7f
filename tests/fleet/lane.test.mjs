// The fast lane in wasm, with its SIMD: its rows are those of the full path. The tests of the crate compare all else that it may meet.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { dryRunFleet, readCertificates, Template } from "jitp";
import { makeCertificates } from "../bench/certificates.mjs";
import { config } from "../bench/template.mjs";

const folder = new URL("../fixtures/certificates/", import.meta.url);
const OPTIONS = { region: "eu-west-1", accountId: "123456789012", now: "2026-11-23T12:00:00Z" };

test("the rows of the fast lane are those of plans, for certificates of every kind and with any byte changed", async () => {
  const kept = new Template(config);
  const names = readdirSync(folder).filter((name) => name.endsWith(".pem"));
  const own = names.flatMap((name) => readCertificates(readFileSync(new URL(name, folder)))).flatMap(({ pem }) => pem ?? []);
  const changed = makeCertificates(400).map(({ der }, i) => {
    const other = Buffer.from(der);
    if (i % 2 === 1) other[(i * 7) % other.length] ^= 1 << (i % 8);
    return `-----BEGIN CERTIFICATE-----\n${other.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  });
  const all = [...own, ...changed];
  const rows = [];
  for await (const batch of dryRunFleet(kept, all.join(""), OPTIONS)) rows.push(...batch);
  assert.equal(rows.length, all.length);
  for (const [i, row] of rows.entries()) {
    const plan = kept.dryRun(all[i], OPTIONS);
    const { thing, certificate, access } = plan;
    assert.deepEqual(
      [row.verdict, row.stoppedAt, row.certificateId, row.thingName, row.connects, row.basis],
      [plan.verdict, plan.stoppedAt, certificate.certificateId, thing?.name, access?.connects, plan.basis],
      all[i],
    );
    if (row.access !== undefined) assert.equal(row.access, access.headline);
  }
  const verdicts = new Set(rows.map(({ verdict }) => verdict));
  assert.ok(verdicts.has("provisions") && verdicts.has("fails"), [...verdicts].join());
  kept.free();
});
