// Speed and size in one run, with equal answers checked first.
//
//   [JITP_BENCH_AGAINST=OTHER/pkg/dist/node.js] node tests/bench/bench.mjs [--json] [--smoke]
//
// Figures hold for one machine and one moment, so look at the ratios. --smoke checks the answers on few certificates
// and measures next to nothing: it shows that the benchmark still runs. The variable names an earlier build, whose plans are timed in turns
// with this one's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { Template, dryRun, redactPrivateKeys, stringify, validate, verifyIssuers } from "jitp";
import { plans, questions } from "./access.mjs";
import { makeAuthorities, makeCertificates } from "./certificates.mjs";
import { race, summarise } from "./measure.mjs";
import { normal, readers } from "./readers.mjs";
import { packed, sizes } from "./size.mjs";
import { config } from "./template.mjs";

const smoke = process.argv.includes("--smoke");
/** Another build of the package to compare plans with, by the path of its `dist/node.js`. */
const against = process.env.JITP_BENCH_AGAINST;
const asJson = process.argv.includes("--json");
const COUNT = smoke ? 50 : 10_000;
const ROUNDS = smoke ? 1 : 7;

const certificates = makeCertificates(COUNT);
const options = { now: "2026-11-23T12:00:00Z", region: "eu-west-1" };
const template = new Template(config);

/** How many certificates a contender reads in one turn. */
const SLICE = Math.min(500, COUNT);
/** The same certificates as files of many: bytes, as from a file or a drop zone. */
const bundles = Array.from({ length: COUNT / SLICE }, (_, i) => ({
  from: i * SLICE,
  bytes: new TextEncoder().encode(
    certificates
      .slice(i * SLICE, (i + 1) * SLICE)
      .map(({ pem }) => pem)
      .join(""),
  ),
}));

/** Before anything is timed, every parser and every plan must give the facts of the generated certificate. */
function checkAnswers() {
  assert.equal(template.report.ok, true, JSON.stringify(template.report.diagnostics));
  for (const { der, pem, commonName, serialHex } of certificates) {
    const fingerprint = createHash("sha256").update(der).digest("hex");
    const expected = normal({ commonName, serial: serialHex, fingerprint });
    for (const [name, read] of Object.entries(readers)) assert.equal(normal(read(pem)), expected, name);
    const plan = template.dryRun(pem, options);
    assert.equal(plan.verdict, "provisions", plan.summary);
    assert.equal(plan.thing.name, commonName);
    assert.equal(plan.certificate.certificateId, fingerprint);
    assert.deepEqual(template.dryRun(der, options), plan);
  }
  const rows = bundles.flatMap(({ bytes }) => template.dryRunFleet(bytes, options).rows);
  assert.equal(rows.length, COUNT);
  for (const [i, { commonName, der }] of certificates.entries()) {
    assert.equal(rows[i].verdict, "provisions", rows[i].cause);
    assert.equal(rows[i].thingName, commonName);
    assert.equal(rows[i].certificateId, createHash("sha256").update(der).digest("hex"));
  }
}

/** One call each, the template parsed again every time. */
function verbs() {
  const [{ pem }] = certificates;
  const times = (call) => (from, to) => {
    for (let i = from; i < to; i++) call();
  };
  const contenders = {
    validate: times(() => validate(config)),
    stringify: times(() => stringify(config)),
    dryRun: times(() => dryRun(config, pem, options)),
  };
  return race(contenders, { items: smoke ? 10 : 2_000, slice: 100, rounds: smoke ? 1 : 11 });
}

/** All certificates: jitp plans them, and every parser only reads them. */
function fleet() {
  const each = (work) => (from, to) => {
    for (let i = from; i < to; i++) work(certificates[i]);
  };
  const contenders = {
    "jitp, whole plans from PEM": each(({ pem }) => template.dryRun(pem, options)),
    "jitp, whole plans from DER": each(({ der }) => template.dryRun(der, options)),
    "jitp, fleet rows from bundles": (from) => template.dryRunFleet(bundles[from / SLICE].bytes, options),
  };
  for (const [name, read] of Object.entries(readers)) contenders[`${name}, reading`] = each(({ pem }) => read(pem));
  return race(contenders, { items: COUNT, slice: SLICE, rounds: ROUNDS });
}

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
  const bundle = certificates
    .slice(0, devices)
    .map(({ pem }) => pem)
    .join("");
  const ca = makeAuthorities(cas).join("");
  const spent = [];
  for (let round = -1; round < rounds; round++) {
    const began = performance.now();
    const checks = await verifyIssuers(bundle, ca, { now: options.now });
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

function goals(result) {
  const forge = result.fleet["node-forge, reading"].median / result.fleet["jitp, fleet rows from bundles"].median;
  const question = Math.max(...Object.values(result.access).map(({ median }) => median));
  const gzip = result.sizes.find(({ file }) => file.endsWith(".wasm")).gzip;
  const [ours, others] = Object.values(result.plans).map(({ median }) => median);
  const compared = { goal: "a plan in at most 1.3 times the time of the other build", is: ours / others, reached: ours <= others * 1.3 };
  return [
    ...(others === undefined ? [] : [compared]),
    { goal: "one dryRun in at most 100 µs", is: result.verbs.dryRun.median, reached: result.verbs.dryRun.median <= 100 },
    { goal: "one question to a compiled device in at most 5 µs", is: question, reached: question <= 5 },
    { goal: "10,000 certificates checked ten times as fast as node-forge reads them", is: forge, reached: forge >= 10 },
    { goal: "wasm at most 150,000 bytes under gzip", is: gzip, reached: gzip <= 150_000 },
  ];
}

function print(result) {
  const row = (name, { median, noise }, unit, more = "") =>
    console.log(`  ${name.padEnd(40)}${median.toFixed(1).padStart(9)} ${unit}  ±${(noise * 50).toFixed(0)} %${more}`);
  console.log(`Node ${process.version}, ${result.machine}; medians of interleaved rounds\n\nOne call`);
  for (const [name, time] of Object.entries(result.verbs)) row(name, time, "µs");
  console.log("\nAccess: one question to a compiled device, one plan of a compiled template");
  for (const [name, time] of Object.entries({ ...result.access, ...result.plans })) row(name, time, "µs");
  console.log(`\n${COUNT} certificates against one Template, a certificate`);
  const ours = result.fleet["jitp, fleet rows from bundles"].median;
  for (const [name, time] of Object.entries(result.fleet)) {
    row(name, time, "µs", `   ${(time.median / ours).toFixed(1)} times the rows' time`);
  }
  console.log("\nA search, and the CAs of a fleet");
  for (const [name, time] of Object.entries(result.others)) row(name, time, "µs");
  console.log("\nIn a fresh process");
  row("import", result.starts.load, "ms");
  row("import and first plan", result.starts.firstPlan, "ms");
  console.log(`\n  ${"bytes".padEnd(34)}${["raw", "gzip", "brotli"].map((h) => h.padStart(9)).join("")}`);
  for (const { file, raw, gzip, brotli } of result.sizes) {
    console.log(`  ${file.padEnd(34)}${[raw, gzip, brotli].map((n) => String(n).padStart(9)).join("")}`);
  }
  const { packed: bytes, unpacked, files } = result.package;
  console.log(`\n  the npm package: ${bytes} bytes packed, ${unpacked} unpacked, ${files} files`);
  console.log("");
  for (const { goal, is, reached } of result.goals) {
    console.log(`  ${reached ? "reached    " : "NOT reached"}  ${goal} (is ${Number.isInteger(is) ? is : is.toFixed(1)})`);
  }
}

checkAnswers();
const result = {
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
  certificates: COUNT,
  verbs: verbs(),
  access: questions(smoke),
  plans: against ? await plans(against, smoke, options) : {},
  fleet: fleet(),
  others: { ...search(), ...(await authorities()) },
  starts: starts(),
  sizes: sizes(),
  package: packed(),
};
result.goals = goals(result);
if (asJson) console.log(JSON.stringify(result, null, 2));
else if (smoke) console.log(`all readers agree on ${COUNT} certificates`);
else print(result);
