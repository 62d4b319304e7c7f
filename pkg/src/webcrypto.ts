/** All that needs keys or randomness. The WebCrypto of the browser or of Node does it. */

import { bytesOf } from "./base64.js";

/** A signature as the core prepares it. Bytes are base64. */
export interface SignatureCheck {
  algorithm: "RSASSA-PKCS1-v1_5" | "RSA-PSS" | "ECDSA";
  hash: string;
  curve?: string;
  saltLength?: number;
  key: string;
  signature: string;
  signed: string;
}

/** A key pair on P-256 for a sample. */
export interface SampleKey {
  /** The public key, a `SubjectPublicKeyInfo` in base64. */
  publicKey: string;
  /** The private key as PEM, PKCS#8. */
  privateKey: string;
  /** Signs base64 with SHA-256. The result is the two numbers of ECDSA, one after the other, in base64. */
  sign(signed: string): Promise<string>;
}

const P256 = { name: "ECDSA", namedCurve: "P-256" };

/** `crypto.subtle`. Browsers give it to pages from https: and from localhost only. */
function subtle(): SubtleCrypto | undefined {
  return (globalThis.crypto as Crypto | undefined)?.subtle;
}

/** The answer about a signature. */
type Verdict = "verified" | "not-verified" | "not-checked";

/**
 * A function that verifies signatures one by one. A key that many have in common is imported once. A signature that the platform cannot
 * verify, for instance on a curve that it does not have, is "not-checked", which is not a verdict on the signature.
 */
export function verifier(): (check: SignatureCheck | null) => Promise<Verdict> {
  const crypto = subtle();
  const keys = new Map<string, Promise<CryptoKey>>();
  const keyOf = (crypto: SubtleCrypto, { algorithm: name, hash, curve, key }: SignatureCheck): Promise<CryptoKey> => {
    const kind = curve === undefined ? { name, hash } : { name, namedCurve: curve };
    const id = JSON.stringify([kind, key]);
    const known = keys.get(id);
    if (known !== undefined) return known;
    const imported = crypto.importKey("spki", bytesOf(key), kind, false, ["verify"]);
    keys.set(id, imported);
    return imported;
  };
  return async (check) => {
    if (check === null || crypto === undefined) return "not-checked";
    const { algorithm: name, hash, saltLength } = check;
    try {
      const how = { name, hash, saltLength: saltLength ?? 0 };
      const good = await crypto.verify(how, await keyOf(crypto, check), bytesOf(check.signature), bytesOf(check.signed));
      return good ? "verified" : "not-verified";
    } catch {
      return "not-checked";
    }
  };
}

/** Makes a key pair on P-256. */
export async function makeKey(): Promise<SampleKey> {
  const crypto = subtle();
  if (crypto === undefined) {
    throw new Error("jitp: there is no WebCrypto here; browsers have it on pages from https: or localhost");
  }
  const pair = await crypto.generateKey(P256, true, ["sign", "verify"]);
  const [publicKey, privateKey] = await Promise.all([crypto.exportKey("spki", pair.publicKey), crypto.exportKey("pkcs8", pair.privateKey)]);
  return {
    publicKey: base64(publicKey),
    privateKey: pem("PRIVATE KEY", base64(privateKey)),
    sign: async (signed) => base64(await crypto.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, bytesOf(signed))),
  };
}

/** Random bytes in base64. */
export function random(count: number): string {
  return base64(globalThis.crypto.getRandomValues(new Uint8Array(count)).buffer);
}

function base64(bytes: ArrayBuffer): string {
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
}

function pem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
