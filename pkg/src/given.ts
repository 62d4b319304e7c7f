/** What callers give: bytes of templates and of certificates, once the wasm module is loaded. */
import { sourceBytes } from "./source.js";
import type { CertificateSummary } from "./types.js";

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
  throw new TypeError("jitp: a certificate is a string, a Uint8Array, or an entry of readCertificates");
}
