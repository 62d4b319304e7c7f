// The figures as text: ratios first, then microseconds.
import { HAND } from "./ways.mjs";

const row = (name, { median, noise }, unit, before = "") =>
  console.log(`  ${name.padEnd(42)}${before}${median.toFixed(median < 10 ? 2 : 1).padStart(10)} ${unit}  ±${(noise * 50).toFixed(0)} %`);

const columns = (cells) => cells.map((cell) => String(cell).padStart(12)).join("");

function fleets({ fleet, count }) {
  const hand = fleet[HAND].median;
  console.log(`\n${count} certificates against one template: how many times as fast as hand-written JavaScript, and a certificate's time`);
  for (const [name, time] of Object.entries(fleet)) {
    if (time === undefined) console.log(`  ${name.padEnd(42)}not measured: this machine does not have it`);
    else row(name, time, "µs", `${(hand / time.median).toFixed(3).padStart(9)} ×`);
  }
}

function memory(found) {
  const counts = [...new Set(Object.values(found).flatMap((by) => Object.keys(by)))];
  console.log(`\nPeak memory of a process, MB, and time a certificate, µs, from a file${columns(["", ...counts])}`);
  for (const [way, by] of Object.entries(found)) {
    console.log(`  ${way.padEnd(42)}${columns(counts.map((count) => `${by[count].megabytes.toFixed(0)} MB`))}`);
    console.log(`  ${"".padEnd(42)}${columns(counts.map((count) => `${by[count].microseconds.toFixed(2)} µs`))}`);
  }
}

function sizes({ sizes, modules, package: { packed, unpacked, files } }) {
  console.log(`\n  ${"bytes".padEnd(42)}${columns(["raw", "gzip", "brotli"])}`);
  for (const { file, raw, gzip, brotli } of sizes) console.log(`  ${file.padEnd(42)}${columns([raw, gzip, brotli])}`);
  console.log(`\n  the npm package: ${packed} bytes packed, ${unpacked} unpacked, ${files} files`);
  if (modules === undefined) {
    console.log("\n  the parts of the wasm: not known, because its build left no module with names");
    return;
  }
  const all = modules.reduce((sum, { raw }) => sum + raw, 0);
  console.log("\nParts of the wasm before wasm-opt: share, bytes");
  const [large, small] = [modules.filter(({ raw }) => raw >= all / 100), modules.filter(({ raw }) => raw < all / 100)];
  const rest = { name: `${small.length} others`, raw: small.reduce((sum, { raw }) => sum + raw, 0) };
  for (const { name, raw } of [...large, rest]) {
    console.log(`  ${name.padEnd(42)}${((raw / all) * 100).toFixed(1).padStart(10)} %${columns([raw])}`);
  }
}

const figure = (is) => {
  if (is === undefined) return "not measured";
  return `is ${Number.isInteger(is) ? is : is.toFixed(is < 10 ? 2 : 1)}`;
};

export function print(result) {
  console.log(`Node ${process.version}, ${result.machine}; medians of interleaved rounds, ± half of the middle half's spread`);
  fleets(result);
  memory(result.memory);
  console.log("\nOne call");
  for (const [name, time] of Object.entries(result.calls)) row(name, time, "µs");
  console.log("\nAccess: one question to a compiled device, one plan of a compiled template");
  for (const [name, time] of Object.entries({ ...result.access, ...result.plans })) row(name, time, "µs");
  console.log("\nA search, and the CAs of a fleet");
  for (const [name, time] of Object.entries(result.others)) row(name, time, "µs");
  console.log("\nIn a fresh process");
  row("import", result.starts.load, "ms");
  row("import and first plan", result.starts.firstPlan, "ms");
  sizes(result);
  console.log("");
  for (const { goal, is, reached } of result.goals) console.log(`  ${reached ? "reached    " : "NOT reached"}  ${goal} (${figure(is)})`);
}
