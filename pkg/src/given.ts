/** What callers give: bytes of templates and of certificates, once the wasm module is loaded. */
import { sourceBytes } from "./source.js";
import type { CertificateSummary, SubjectInput } from "./types.js";

let ready = false;

/** Called by the entries once the wasm module is instantiated. */
export function markReady(): void {
  ready = true;
}

const encoder = new TextEncoder();

export function ensureReady(): void {
  if (!ready) throw new Error("jitp: the wasm module is not loaded yet; call `await init()` first");
}

/** The bytes of a template. */
export function template(source: unknown): Uint8Array {
  ensureReady();
  return sourceBytes(source);
}

/** The bytes of certificates, as a caller gives them. */
export function bytes(input: unknown): Uint8Array {
  ensureReady();
  if (typeof input === "string") return encoder.encode(input);
  if (input instanceof Uint8Array) return input;
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (typeof input === "object" && input !== null && "index" in input) {
    // A summary from readCertificates. An entry that could not be read has no PEM, and its plan says so.
    return encoder.encode((input as CertificateSummary).pem ?? "");
  }
  // A subject has no key and no signature. Whatever it says, it is not read as a certificate.
  if (isSubject(input)) return encoder.encode("a subject without a certificate");
  throw new TypeError("jitp: a certificate is a string, a Uint8Array, an entry of readCertificates, or { subject }");
}

/** A text about an account, with the name that findings call it by. */
interface AccountText {
  name: string;
  text: string;
}

/** The texts about an account, as a caller gives them. An object is one that JSON can write. */
export function accountTexts(source: unknown): AccountText[] {
  const list = Array.isArray(source) ? source : [source];
  return list.map((one: unknown, i) => {
    const name = list.length === 1 ? "account" : `text ${i + 1}`;
    if (typeof one === "string") return { name, text: one };
    if (typeof one !== "object" || one === null)
      throw new TypeError("jitp: an account is a string, an object that JSON can write, { name, text }, or a list of these");
    const named = one as Partial<AccountText>;
    if (typeof named.name === "string" && typeof named.text === "string") return { name: named.name, text: named.text };
    return { name, text: JSON.stringify(one) ?? "null" };
  });
}

/** The device of a dry run: the bytes of its certificate, or of its subject alone. */
export interface GivenDevice {
  bytes: Uint8Array;
  isSubject: boolean;
}

/** The device of a dry run, as a caller gives it. */
export function device(input: unknown): GivenDevice {
  if (!isSubject(input)) return { bytes: bytes(input), isSubject: false };
  ensureReady();
  return { bytes: encoder.encode(input.subject), isSubject: true };
}

/** Whether a caller gives a subject alone. A summary of `readCertificates` has a subject, too, as a list. */
export function isSubject(input: unknown): input is SubjectInput {
  return typeof input === "object" && input !== null && typeof (input as SubjectInput).subject === "string";
}
