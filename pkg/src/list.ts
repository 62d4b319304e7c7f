/** Lists of certificates as the core writes them: one text with all facts, and the length of each. `crate/src/wasm/list.rs` says how. */
import type { ListedCertificate } from "./types.js";

/** The words before those of the first certificate, and the words of each. */
const HEADER = 2;
const WORDS = 8;

/** The length of a fact that is not there, and of one that equals that of the certificate before. */
const ABSENT = 0xffff_ffff;
const SAME = 0xffff_fffe;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** The certificates of a message. */
export function listOf(message: Uint32Array): ListedCertificate[] {
  const [count = 0, length = 0] = message;
  const end = HEADER + WORDS * count;
  const text = decoder.decode(new Uint8Array(message.buffer, message.byteOffset + 4 * end, length));
  const facts = new Array<string | undefined>(WORDS - 1);
  const list: ListedCertificate[] = [];
  let at = 0;
  for (let word = HEADER; word < end; word += WORDS) {
    for (let i = 0; i < facts.length; i++) {
      const size = message[word + 1 + i] as number;
      if (size === SAME) continue;
      facts[i] = size === ABSENT ? undefined : text.slice(at, (at += size));
    }
    const [kind, error, certificateId, commonName, subject, issuer, pem] = facts;
    // Members in the order of the Rust type.
    const one = { kind } as ListedCertificate;
    if (error !== undefined) one.error = error;
    if (certificateId !== undefined) one.certificateId = certificateId;
    if (commonName !== undefined) one.commonName = commonName;
    if (subject !== undefined) one.subject = subject;
    if (issuer !== undefined) one.issuer = issuer;
    one.isCa = message[word] === 1;
    if (pem !== undefined) one.pem = pem;
    list.push(one);
  }
  return list;
}
