/** Bundles that have one entry for each row of a fleet, for `verifyIssuers`. */
import { Records } from "../records.js";

const encoder = new TextEncoder();
/** A block that is not a certificate, so that positions count it. */
const UNREADABLE = encoder.encode("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
const LINE = encoder.encode("\n");
/** The tag of a SEQUENCE, with which DER begins. */
const SEQUENCE = 0x30;

/** The bundle of a piece. A piece that is not the first is text, also if it begins as DER does. */
export function bundleOf(piece: Uint8Array, isLater: boolean): Uint8Array {
  return isLater ? concatenated([LINE, piece]) : piece;
}

/** The bundle of whole certificates. What is not one certificate is replaced. */
export function bundleOfEach(bytes: Uint8Array, lengths: Uint32Array, records: Uint8Array): Uint8Array {
  let at = 0;
  const rows = new Records(records).rows();
  return concatenated(
    rows.flatMap(({ certificateId }, i) => {
      const one = bytes.subarray(at, (at += lengths[i] ?? 0));
      return certificateId === undefined ? [UNREADABLE] : [armored(one), LINE];
    }),
  );
}

/** One readable certificate as PEM: DER and base64 alone get their armor. */
function armored(one: Uint8Array): Uint8Array {
  const isBinary = one[0] === SEQUENCE && (one[1] ?? 0) >= 0x80;
  const text = isBinary ? btoa(Array.from(one, (byte) => String.fromCharCode(byte)).join("")) : new TextDecoder().decode(one);
  return text.includes("-----BEGIN ") ? one : encoder.encode(`-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
