// Pools of workers: the rows are those of one thread, in the same order.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createPool, dryRunFleet, Template } from "jitp";
import * as inline from "jitp/inline";
import { makeCertificates } from "../bench/certificates.mjs";
import { bytes as dice } from "../dice.mjs";

const fixture = (path) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
const OPTIONS = { region: "eu-west-1", accountId: "123456789012", now: "2026-11-23T12:00:00Z" };
const template = fixture("templates/ok-everything.json").toString();
const pems = makeCertificates(4000).map(({ pem }) => pem);
const DAMAGED = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

const pools = { "files of Node": createPool({ workers: 3 }), "a text of its own": inline.createPool({ workers: 2 }) };
after(() => Promise.all(Object.values(pools).map((pool) => pool.terminate())));

async function whole(fleet) {
  const rows = [];
  for await (const batch of fleet) rows.push(...batch);
  return { rows, summary: await fleet.summary };
}

/** Certificates with whatever may be between them, and some that come again. */
const mixed = pems
  .map((pem, i) => (i % 97 === 0 ? `text ${i} -----\n0123\n` : "") + (i % 211 === 0 ? DAMAGED : "") + (i % 500 === 0 ? pems[7] : "") + pem)
  .join("");
const bytes = new TextEncoder().encode(mixed);
const chunked = (length) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) => bytes.subarray(i * length, (i + 1) * length));

/** Sources of every kind: those that are cut, and those that one worker judges. */
const SOURCES = {
  "one text": () => mixed,
  "bytes in chunks": () => chunked(50_000),
  CRLF: () => mixed.replaceAll("\n", "\r\n"),
  lists: () => [pems.slice(0, 1500), pems.slice(1000, 1001), [], pems.slice(1500)],
  "texts and lists in turns": () => [
    mixed,
    [pems[0], "nothing"],
    mixed.slice(0, 400_000),
    [],
    fixture("certificates/full.der"),
    [""],
    mixed.slice(0, 900),
  ],
  DER: () => Buffer.concat(makeCertificates(1000).map(({ der }) => der)),
  "UTF-16": () => Buffer.from(`\ufeff${pems.slice(0, 300).join("")}`, "utf16le"),
  escaped: () => JSON.stringify(pems.slice(0, 2000).join("")),
  "a block that never ends": () => `${mixed.slice(0, 700_000)}-----BEGIN CERTIFICATE-----\n${"A".repeat(6_000_000)}`,
  "text without an end": () => `${mixed.slice(0, 700_000)}${"nothing\n".repeat(800_000)}${pems[1]}`,
  nothing: () => [],
  "an empty text": () => "",
};

for (const [kind, pool] of Object.entries(pools)) {
  for (const [name, source] of Object.entries(SOURCES)) {
    test(`${kind}, ${name}: workers give the rows of one thread`, async () => {
      const alone = await whole(dryRunFleet(template, source(), OPTIONS));
      const together = await whole(pool.dryRunFleet(template, source(), OPTIONS));
      assert.deepEqual(together.rows, alone.rows);
      assert.deepEqual(together.summary, alone.summary);
    });
  }
}

test("cut anywhere and with anything in between, a text has its rows", async () => {
  const scraps = [
    "\n-----END CERTIFICATE-----\n",
    "-----BEGIN ",
    "-----BEGIN CERTIFICATE-----",
    "-----",
    "\n",
    "0\u0082",
    " -----END CERTIFICATE-----\r\n",
    DAMAGED,
    pems[3],
  ];
  for (let round = 0; round < 6; round++) {
    const thrown = new Uint16Array(new Uint8Array(dice(`fleet-pool.test.mjs ${round}`, 2800)).buffer);
    const text = Array.from(thrown, (i) => (i % 8 > 0 ? pems[i % pems.length] : scraps[(i >> 3) % scraps.length])).join("");
    const alone = await whole(dryRunFleet(template, text, OPTIONS));
    const together = await whole(pools["files of Node"].dryRunFleet(template, text, OPTIONS));
    assert.deepEqual(together.rows, alone.rows, `round ${round}`);
  }
});

test("several fleets share a pool, each with its own template and order", async () => {
  const [pool] = Object.values(pools);
  const kept = new Template(template);
  const account = { things: {}, certificates: {} };
  const some = pems.slice(0, 300).join("") + pems[0];
  const given = await Promise.all([
    whole(pool.dryRunFleet(kept, mixed, OPTIONS)),
    whole(pool.dryRunFleet("{}", mixed, OPTIONS)),
    whole(pool.dryRunFleet(kept, some, { ...OPTIONS, account })),
    whole(pool.dryRunFleet(kept, some, { ...OPTIONS, ca: fixture("certificates/ca.pem") })),
  ]);
  const expected = await Promise.all([
    whole(dryRunFleet(kept, mixed, OPTIONS)),
    whole(dryRunFleet("{}", mixed, OPTIONS)),
    whole(dryRunFleet(kept, some, { ...OPTIONS, account })),
    whole(dryRunFleet(kept, some, { ...OPTIONS, ca: fixture("certificates/ca.pem") })),
  ]);
  assert.deepEqual(given, expected);
  assert.equal(Object.keys(given[2].summary.after.certificates).length, 300);
});

test("rows open into plans, and places are those of the source", async () => {
  const kept = new Template(template);
  for await (const rows of pools["files of Node"].dryRunFleet(kept, mixed, OPTIONS)) {
    const last = rows.length - 1;
    const { from, to } = rows.place(last);
    assert.deepEqual(rows.plan(last), kept.dryRun(bytes.subarray(from, to), OPTIONS));
    assert.equal(rows.plan(last).verdict, rows.at(-1).verdict);
  }
});

test("a cancel and an error of the source reject, and the pool goes on", async () => {
  const pool = pools["files of Node"];
  const control = new AbortController();
  const reason = new Error("enough");
  const cancelled = pool.dryRunFleet(template, mixed, { ...OPTIONS, signal: control.signal, onProgress: () => control.abort(reason) });
  await assert.rejects(whole(cancelled), (error) => error === reason);
  const failing = (async function* () {
    yield mixed;
    throw new Error("the disk is gone");
  })();
  await assert.rejects(whole(pool.dryRunFleet(template, failing, OPTIONS)), /the disk is gone/);
  for await (const _ of pool.dryRunFleet(template, mixed, OPTIONS)) break;
  assert.equal((await pool.dryRunFleet(template, pems[0], OPTIONS).summary).rows, 1);
});

test("a pool that was terminated says so, also to fleets on their way", async () => {
  const pool = createPool({ workers: 1 });
  assert.equal(pool.workers, 1);
  const fleet = pool.dryRunFleet(template, mixed, { ...OPTIONS, onProgress: () => void pool.terminate() });
  await assert.rejects(fleet.summary, /terminated/);
  assert.throws(() => pool.dryRunFleet(template, ""), /terminated/);
  await pool.terminate();
  for (const workers of [0, 1.5, "2", -1]) assert.throws(() => createPool({ workers }), TypeError);
  assert.throws(() => createPool({ jobs: 2 }), TypeError);
});

test("a process does not wait for a pool that has nothing to do", () => {
  const program = `import { createPool } from "jitp"; const pool = createPool({ workers: 2 });
    console.log((await pool.dryRunFleet("{}", "nothing").summary).rows);`;
  for (const entry of ["jitp", "jitp/inline"]) {
    const code = program.replace('"jitp"', JSON.stringify(entry));
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      timeout: 60_000,
    });
    assert.equal(out.toString(), "1\n");
  }
});
