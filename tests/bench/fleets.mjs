// Rows of a fleet: ours, the best hand-written JavaScript, and libraries that only read. All have the same certificates, in turns.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "./certificates.mjs";
import { race, summarise } from "./measure.mjs";
import { cryptography } from "./python.mjs";
import { normal, readers } from "./readers.mjs";
import { chunks, expected } from "./stream.mjs";
import { ways } from "./ways.mjs";

/** How much of a round's certificates a slow library reads: about as long as the others. */
const PARTS = { jitp: 1 / 20, "node-forge": 1 / 20, "node:crypto": 1 / 40, "@peculiar/x509": 1 / 100 };

/** Before anything is timed, each gives the facts of the generated certificates, and each row is the same. */
async function checkAnswers(certificates, pieces, rowMakers) {
  const wanted = certificates.map(expected);
  for (const [name, make] of Object.entries(rowMakers)) {
    const rows = [];
    await make(pieces, ({ verdict, thingName, certificateId }) => rows.push({ verdict, thingName, certificateId }));
    assert.equal(rows.length, wanted.length, name);
    for (const [i, row] of rows.entries()) assert.deepEqual(row, wanted[i], name);
  }
  const some = certificates.filter((_, i) => i % 20 === 0 || i === certificates.length - 1);
  for (const { pem, der, commonName, serialHex } of some) {
    const fact = normal({ commonName, serial: serialHex, fingerprint: expected({ commonName, der }).certificateId });
    for (const [name, read] of Object.entries(readers)) assert.equal(normal(read(pem)), fact, name);
  }
}

/** Python's rounds: the same file, read by its library. Nothing where there is none. */
async function python(path, certificates, count, rounds) {
  const reader = cryptography();
  if (reader === undefined) return undefined;
  const spent = [];
  for (let round = -1; round < rounds; round++) {
    const { microseconds, facts } = await reader.read(path, count);
    for (const [answer, { commonName, serialHex, der }] of [
      [facts[0], certificates[0]],
      [facts[1], certificates[count - 1]],
    ]) {
      assert.equal(normal(answer), normal({ commonName, serial: serialHex, fingerprint: expected({ commonName, der }).certificateId }));
    }
    if (round >= 0) spent.push(microseconds);
  }
  reader.end();
  return summarise(spent);
}

/** Microseconds a certificate by contender; `undefined` for one that this machine does not have. */
export async function fleets({ count, rounds }) {
  const certificates = makeCertificates(count);
  const bytes = Buffer.from(certificates.map(({ pem }) => pem).join(""));
  const pieces = chunks(bytes);
  const { found: lists, end } = ways(() => bytes);
  await checkAnswers(certificates, pieces, lists);
  const ignore = () => {};
  const contenders = Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, () => rows(pieces, ignore)]));
  for (const [name, read] of Object.entries(readers)) {
    const work = (from, to) => {
      for (let i = from; i < to; i++) read(certificates[i].pem);
    };
    contenders[`${name}, reading`] = { work, part: PARTS[name] };
  }
  const raced = await race(contenders, { items: count, slice: count, rounds });
  await end();
  const folder = mkdtempSync(join(tmpdir(), "jitp-bench-"));
  try {
    const path = join(folder, "certificates.pem");
    writeFileSync(path, bytes);
    return { ...raced, "Python's cryptography, reading": await python(path, certificates, Math.ceil(count / 20), rounds) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
