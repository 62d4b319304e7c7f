// Certificates as a stream: a file of many, chunks of it, and what each of them must give.
import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { batches } from "./certificates.mjs";

/** The moment of every judgement: within the validity of the certificates. */
export const now = "2026-11-23T12:00:00Z";

/** Bytes of a chunk, as Node's file streams give them. */
export const CHUNK = 65_536;

/** The bytes in chunks that end anywhere. */
export function chunks(bytes) {
  const pieces = [];
  for (let from = 0; from < bytes.length; from += CHUNK) pieces.push(bytes.subarray(from, from + CHUNK));
  return pieces;
}

/** Writes the first `count` certificates to a file. */
export function writeCertificates(path, count) {
  const file = openSync(path, "w");
  for (const batch of batches(count)) writeSync(file, batch.map(({ pem }) => pem).join(""));
  closeSync(file);
}

/** The row that a certificate must have. */
export const expected = ({ commonName, der }) => ({
  verdict: "provisions",
  thingName: commonName,
  certificateId: createHash("sha256").update(der).digest("hex"),
});
