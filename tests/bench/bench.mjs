// Speed, memory and size in one run, with equal answers checked first.
//
//   [JITP_BENCH_AGAINST=OTHER/pkg/dist/node.js] node tests/bench/bench.mjs [--json] [--smoke] [--write]
//
// Figures hold for one machine and one moment, so look at the ratios. --smoke checks the answers on few certificates
// and measures next to nothing: it shows that the benchmark still runs. The variable names an earlier build, whose plans are timed in turns
// with this one's. --write puts the tables into docs/performance.md, too.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { redactPrivateKeys, verifyIssuers } from "jitp";
import { plans, questions } from "./access.mjs";
import { calls } from "./calls.mjs";
import { makeAuthorities, makeCertificates } from "./certificates.mjs";
import { fleets } from "./fleets.mjs";
import { goals } from "./goals.mjs";
import { race, summarise } from "./measure.mjs";
import { memory } from "./memory.mjs";
import { modules } from "./modules.mjs";
import { tables } from "./print.mjs";
import { packed, sizes } from "./size.mjs";
import { now } from "./stream.mjs";
import { ANY_SIZE } from "./ways.mjs";

const smoke = process.argv.includes("--smoke");
/** Another build of the package to compare plans with, by the path of its `dist/node.js`. */
const against = process.env.JITP_BENCH_AGAINST;
const asJson = process.argv.includes("--json");
const COUNT = smoke ? 200 : 20_000;
const ROUNDS = smoke ? 1 : 9;
/** The sizes of fleets whose memory is measured. */
const FLEETS = smoke ? [200] : [1_000, 100_000, 1_000_000];

/** The search for private keys in long texts without one: microseconds a kilobyte. */
function search() {
  const KB = 1_000;
  const size = smoke ? 10 : 20_000;
  const long = (line) => {
    let text = "";
    for (let i = 0; text.length < size * KB; i++) text += line(i);
    return text.slice(0, size * KB);
  };
  const digest = (i) => createHash("sha512").update(String(i)).digest();
  const texts = {
    JSON: long(
      (i) =>
        `{"thingName": "lamp-${i}", "site": "hall ${i % 17}", "updated": "2026-11-26T12:00:00Z", "enabled": true, "weight": ${i / 7}},\n`,
    ),
    base64: long((i) => `${digest(i).toString("base64")}\n`),
    CSV: long((i) => `${i},lamp-${i},hall ${i % 17},${digest(i).toString("hex").slice(64)},ACTIVE\n`),
  };
  const contenders = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      `private keys in ${name}, a kilobyte`,
      () => assert.deepEqual(redactPrivateKeys(text), { text, found: [] }),
    ]),
  );
  return race(contenders, { items: size, slice: size, rounds: smoke ? 1 : 5 });
}

/** The devices of a bundle checked against several CAs of their issuer's name: microseconds a device. */
async function authorities() {
  const [devices, cas, rounds] = smoke ? [10, 3, 1] : [500, 10, 5];
  const bundle = makeCertificates(devices)
    .map(({ pem }) => pem)
    .join("");
  const ca = makeAuthorities(cas).join("");
  const spent = [];
  for (let round = -1; round < rounds; round++) {
    const began = performance.now();
    const checks = await verifyIssuers(bundle, ca, { now });
    if (round >= 0) spent.push(((performance.now() - began) * 1000) / devices);
    assert.equal(checks.length, devices);
    for (const { signature, namesMatch } of checks) assert.deepEqual([signature, namesMatch], ["not-verified", true]);
  }
  return { [`held against ${cas} CAs of one name, a device`]: summarise(spent) };
}

/** Measures in new processes, because a second load in one process finds everything compiled. */
function starts() {
  const script = fileURLToPath(new URL("start.mjs", import.meta.url));
  const runs = Array.from({ length: smoke ? 1 : 15 }, () => JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" })));
  return { load: summarise(runs.map((r) => r.load)), firstPlan: summarise(runs.map((r) => r.firstPlan)) };
}

/** Replaces the block of figures in docs/performance.md. */
function write(text) {
  const path = fileURLToPath(new URL("../../docs/performance.md", import.meta.url));
  const before = readFileSync(path, "utf8");
  const after = before.replace(/(<!-- figures -->\n+```text\n)[^`]*(```)/, (_, head, end) => `${head}${text}\n${end}`);
  assert.notEqual(after, before, `${path} has no block of figures`);
  writeFileSync(path, after);
}

const result = {
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
  count: COUNT,
  fleet: await fleets({ count: COUNT, rounds: ROUNDS }),
  memory: memory(ANY_SIZE, FLEETS, smoke ? 0 : undefined),
  calls: await calls(smoke),
  access: await questions(smoke),
  plans: against ? await plans(against, smoke, { now, region: "eu-west-1" }) : {},
  others: { ...(await search()), ...(await authorities()) },
  starts: starts(),
  sizes: sizes(smoke),
  modules: modules(),
  package: packed(),
};
result.goals = goals(result);
if (asJson) console.log(JSON.stringify(result, null, 2));
else if (smoke) console.log(`all readers agree on ${COUNT} certificates`);
else console.log(tables(result));
if (process.argv.includes("--write")) write(tables(result));
