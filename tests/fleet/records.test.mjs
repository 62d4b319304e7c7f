// Rows as bytes: whatever a record has, the row that is decoded from it says the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { dryRunFleet, readFleetRows } from "jitp";
import { makeCertificates } from "../bench/certificates.mjs";
import { config } from "../bench/template.mjs";

const fixture = (path) => readFileSync(fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url)));
const bytes = (name) => fixture(`certificates/${name}`);
const OPTIONS = { region: "eu-west-1", accountId: "123456789012", now: "2026-11-23T12:00:00Z" };
const DAMAGED = Buffer.from("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
const renamed = (from, to) => config.replaceAll(String.raw`\"${from}\"`, String.raw`\"${to}\"`);
/** The sentence on access names the policy; a cause names the group. */
const TEMPLATES = [fixture("templates/ok-everything.json").toString(), config, renamed("policy", "Zähler"), renamed("meters", "mäters")];
const FLEET = Buffer.concat([
  bytes("latin-1-name.pem"),
  bytes("bundle.pem"),
  DAMAGED,
  bytes("full.pem"),
  bytes("expired.pem"),
  bytes("full.pem"),
  ...makeCertificates(3).map(({ pem }) => Buffer.from(pem)),
]);

async function batches(source) {
  const list = [];
  for await (const rows of dryRunFleet(source, FLEET, OPTIONS)) list.push(rows);
  return list;
}

test("a text is decoded whether or not its record says that it is ASCII", async () => {
  const IS_ASCII = 11;
  const found = new Set();
  for (const rows of (await Promise.all(TEMPLATES.map(batches))).flat()) {
    const cleared = new Uint8Array(rows.bytes);
    const view = new DataView(cleared.buffer);
    for (let at = 0, i = 0; at < cleared.length; at += view.getUint32(at, true), i++) {
      const { cause, thingName, access } = rows.at(i);
      const texts = [cause, thingName, access].join("");
      assert.equal(cleared[at + IS_ASCII] === 1, Buffer.from(texts).length === texts.length, texts);
      found.add(cleared[at + IS_ASCII]);
      cleared[at + IS_ASCII] = 0;
    }
    assert.deepEqual([...readFleetRows(cleared, rows.first)], [...rows]);
  }
  assert.deepEqual([...found].sort(), [0, 1]);
});

test("the members of a row have one order, and rows share none of them", async () => {
  const ORDER = "index verdict certificateId thingName stoppedAt codes cause basis connects over access duplicateOf sameThingAs".split(" ");
  const forms = new Set();
  for (const rows of (await Promise.all(TEMPLATES.map(batches))).flat()) {
    const before = JSON.stringify([...rows]);
    for (const row of rows) {
      const members = Object.keys(row);
      const ordered = ORDER.filter((member) => row[member] !== undefined);
      assert.deepEqual(members, ordered);
      forms.add(members.join());
      row.codes.push("JITP000");
    }
    assert.equal(JSON.stringify([...rows]), before);
  }
  assert.ok(forms.size > 4, [...forms].join("\n"));
});

test("an unusual row that is kept does not keep the text of its batch", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const ordinary = makeCertificates(500).map(({ pem }) => pem);
  let batch;
  for await (const rows of dryRunFleet(config, [[...ordinary, ordinary[0]]], OPTIONS)) batch = rows.bytes;
  const kept = [];
  const memory = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = memory();
  const BATCHES = 300;
  for (let i = 0; i < BATCHES; i++) {
    const rows = readFleetRows(batch.slice()).rows();
    kept.push(rows.at(-1));
  }
  const each = (memory() - before) / BATCHES;
  assert.equal(kept.at(-1).duplicateOf, 0);
  // A tenth of what would be kept.
  assert.ok(each < batch.length / 10, `${Math.round(each)} of ${batch.length} bytes are kept`);
});
