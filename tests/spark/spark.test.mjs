/** The example of docs/at-scale.md on Apache Spark, with two cores of this machine: the same rows as `dryRunFleet`, and what only the whole fleet shows. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { dryRunFleet, Template } from "jitp";
import { makeCertificates } from "../bench/certificates.mjs";
import { config } from "../bench/template.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** `JITP_SPARK_COUNT=500000` measures the throughput without the start of Spark counting for much. */
const COUNT = Number(process.env.JITP_SPARK_COUNT ?? 20_000);
const OPTIONS = { now: "2026-11-23T12:00:00Z", region: "eu-west-1" };

/** Certificates by ID. Copies of one are all over the fleet; `twin` has the common name of another certificate. */
function devices() {
  const made = makeCertificates(COUNT);
  const twin = Buffer.from(made[7].der);
  twin[twin.length - 1] ^= 1;
  return [
    ...made.map(({ der }, i) => [`device-${i}`, der.toString("base64")]),
    ...Array.from({ length: 12 }, (_, i) => [`copy-${i}`, made[3].der.toString("base64")]),
    ["twin", twin.toString("base64")],
    ["broken", "bm90IGEgY2VydGlmaWNhdGU="],
    ["no base64", "{}"],
    ["empty", ""],
  ];
}

let folder;
const printed = {};
const given = devices();
let rows;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "jitp-spark-"));
  writeFileSync(join(folder, "template.json"), config);
  writeFileSync(join(folder, "lines.ndjson"), given.map(([id, certificate]) => `${JSON.stringify({ id, certificate })}\n`).join(""));
  const jitp = [process.execPath, here("../../pkg/dist/cli.js")].map((word) => `'${word}'`).join(" ");
  const ran = spawnSync(process.env.JITP_PYTHON ?? "python3", [here("run.py"), folder, jitp], {
    encoding: "utf8",
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  assert.equal(ran.status, 0, ran.stderr.slice(-4_000));
  for (const line of ran.stdout.split("\n")) if (line.startsWith("{")) Object.assign(printed, JSON.parse(line));
  const [file] = readdirSync(join(folder, "rows.json")).filter((name) => name.endsWith(".json"));
  const lines = readFileSync(join(folder, "rows.json", file), "utf8")
    .trimEnd()
    .split("\n");
  rows = new Map(lines.map((line) => JSON.parse(line)).map((row) => [row.id, row]));
  console.log(`Spark: ${printed.certificatesASecond} certificates a second on two cores, with the start of each process`);
});
after(() => rmSync(folder, { recursive: true }));

test("each certificate has the row that dryRunFleet gives, a line that is none as well", async () => {
  const template = new Template(config);
  let at = 0;
  for await (const batch of dryRunFleet(template, [given.map(([, certificate]) => certificate)], OPTIONS)) {
    for (const { index, duplicateOf, sameThingAs, ...row } of batch) {
      const { id, ...found } = rows.get(given[at][0]);
      assert.deepEqual(found, row, id);
      at++;
    }
  }
  assert.equal(at, given.length);
  assert.equal(rows.size, given.length);
  for (const id of ["broken", "no base64", "empty"]) assert.equal(rows.get(id).verdict, "fails", id);
});

test("copies in several partitions, and two certificates of one thing, are found by the group-by", () => {
  assert.ok(printed.partitionsWithCopies > 1, "the copies are in one partition: the test shows nothing");
  assert.equal(printed.certificatesSeveralTimes, 1);
  assert.equal(printed.thingsOfSeveralCertificates, 1);
});

test("the counts are those of the rows", () => {
  const count = (pick) => {
    const found = {};
    for (const row of rows.values()) for (const one of pick(row)) found[one] = (found[one] ?? 0) + 1;
    return found;
  };
  assert.equal(printed.rows, given.length);
  assert.deepEqual(
    printed.verdicts,
    count(({ verdict }) => [verdict]),
  );
  assert.deepEqual(
    printed.connects,
    count(({ connects }) => (connects ? [connects] : [])),
  );
  assert.deepEqual(
    printed.codes,
    count(({ codes }) => codes),
  );
});

test("a command that cannot work fails the job", () => {
  assert.notEqual(printed.withoutTemplate, undefined);
  assert.notEqual(printed.withoutTemplate, "no error");
});
