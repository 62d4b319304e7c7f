// What a fleet costs from a thousand certificates to a million: peak memory of the process and time a certificate, each in a new
// process, which reads a file and keeps no row.
//
//   node tests/bench/memory.mjs WAY COUNT FILE LEAST    one measurement of at least so many certificates, as JSON
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CHUNK, writeCertificates } from "./stream.mjs";
import { ways } from "./ways.mjs";

const SELF = fileURLToPath(import.meta.url);
/** A small fleet is run so often that as many certificates are read, so that its time is not that of a cold engine. */
const ENOUGH = 200_000;
const KB = 1_024;

/** The chunks of a file, each in its own memory, as a stream gives them. */
function* readChunks(path) {
  const file = openSync(path, "r");
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(CHUNK);
      const read = readSync(file, chunk, 0, CHUNK, null);
      if (read === 0) return;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

async function measure(way, count, path, least) {
  const { found, end } = ways(() => readFileSync(path));
  const make = found[way];
  let rows = 0;
  const see = ({ verdict }) => {
    if (verdict === "provisions") rows++;
  };
  const repeat = Math.max(1, Math.round(least / count));
  if (repeat > 1) await make(readChunks(path), see);
  rows = 0;
  const began = performance.now();
  for (let i = 0; i < repeat; i++) await make(readChunks(path), see);
  const spent = performance.now() - began;
  await end();
  if (rows !== count * repeat) throw new Error(`${way}: ${rows} of ${count * repeat} rows are right`);
  // In kilobytes, on every system.
  return { megabytes: (process.resourceUsage().maxRSS * KB) / 1e6, microseconds: (spent * 1000) / rows };
}

function run(way, count, path, least) {
  return JSON.parse(execFileSync(process.execPath, [SELF, way, String(count), path, String(least)], { encoding: "utf8" }));
}

/** For each way and each count: `{ megabytes, microseconds }`. */
export function memory(names, counts, least = ENOUGH) {
  const folder = mkdtempSync(join(tmpdir(), "jitp-bench-"));
  try {
    const found = Object.fromEntries(names.map((way) => [way, {}]));
    for (const count of counts) {
      const path = join(folder, "certificates.pem");
      writeCertificates(path, count);
      for (const way of names) found[way][count] = run(way, count, path, least);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === SELF) {
  const [way, count, path, least] = process.argv.slice(2);
  console.log(JSON.stringify(await measure(way, Number(count), path, Number(least))));
}
