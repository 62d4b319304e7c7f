// The figures as text: ratios first, then microseconds.
import { HAND } from "./ways.mjs";

/** The lines so far. */
let lines = [];
const say = (line) => lines.push(...line.split("\n"));

const row = (name, { median, noise }, unit, before = "") =>
  say(`  ${name.padEnd(42)}${before}${median.toFixed(median < 10 ? 2 : 1).padStart(10)} ${unit}  ±${(noise * 50).toFixed(0)} %`);

const columns = (cells) => cells.map((cell) => String(cell).padStart(12)).join("");

function fleets({ fleet, count }) {
  const hand = fleet[HAND].median;
  say(`\n${count} certificates against one template: how many times as fast as hand-written JavaScript, and a certificate's time`);
  for (const [name, time] of Object.entries(fleet)) {
    if (time === undefined) say(`  ${name.padEnd(42)}not measured: this machine does not have it`);
    else row(name, time, "µs", `${(hand / time.median).toFixed(3).padStart(9)} ×`);
  }
}

function memory(found) {
  const counts = [...new Set(Object.values(found).flatMap((by) => Object.keys(by)))];
  say(`\nPeak memory of a process, MB, and time a certificate, µs, from a file${columns(["", ...counts])}`);
  for (const [way, by] of Object.entries(found)) {
    say(`  ${way.padEnd(42)}${columns(counts.map((count) => `${by[count].megabytes.toFixed(0)} MB`))}`);
    say(`  ${"".padEnd(42)}${columns(counts.map((count) => `${by[count].microseconds.toFixed(2)} µs`))}`);
  }
}

function sizes({ sizes, modules, package: { packed, unpacked, files } }) {
  say(`\n  ${"bytes".padEnd(42)}${columns(["raw", "gzip", "brotli"])}`);
  for (const { file, raw, gzip, brotli } of sizes) say(`  ${file.padEnd(42)}${columns([raw, gzip, brotli])}`);
  say(`\n  the npm package: ${packed} bytes packed, ${unpacked} unpacked, ${files} files`);
  if (modules === undefined) {
    say("\n  the parts of the wasm: not known, because its build left no module with names");
    return;
  }
  const all = modules.reduce((sum, { raw }) => sum + raw, 0);
  say("\nParts of the wasm before wasm-opt: share, bytes");
  const [large, small] = [modules.filter(({ raw }) => raw >= all / 100), modules.filter(({ raw }) => raw < all / 100)];
  const rest = { name: `${small.length} others`, raw: small.reduce((sum, { raw }) => sum + raw, 0) };
  for (const { name, raw } of [...large, rest]) {
    say(`  ${name.padEnd(42)}${((raw / all) * 100).toFixed(1).padStart(10)} %${columns([raw])}`);
  }
}

const figure = (is) => {
  if (is === undefined) return "not measured";
  return `is ${Number.isInteger(is) ? is : is.toFixed(is < 10 ? 2 : 1)}`;
};

/** The figures of a run as lines. */
export function tables(result) {
  lines = [];
  say(`Node ${process.version}, ${result.machine}; medians of interleaved rounds, ± half of the middle half's spread`);
  fleets(result);
  memory(result.memory);
  say("\nOne call");
  for (const [name, time] of Object.entries(result.calls)) row(name, time, "µs");
  say("\nAccess: one question to a compiled device, one plan of a compiled template");
  for (const [name, time] of Object.entries({ ...result.access, ...result.plans })) row(name, time, "µs");
  say("\nA search, and the CAs of a fleet");
  for (const [name, time] of Object.entries(result.others)) row(name, time, "µs");
  say("\nIn a fresh process");
  row("import", result.starts.load, "ms");
  row("import and first plan", result.starts.firstPlan, "ms");
  sizes(result);
  say("");
  for (const { goal, is, reached } of result.goals) say(`  ${reached ? "reached    " : "NOT reached"}  ${goal} (${figure(is)})`);
  return lines.join("\n");
}
