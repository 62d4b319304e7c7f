/** Recognises private keys, so that the page refuses them before anything else sees them. */

const BLOCK = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|(?=-----BEGIN )|$)/g;

/** Base64 of a SEQUENCE without armor around it, as it stands in JSON and environment files. */
const BARE = /(?<![A-Za-z0-9+/])M[A-P][A-Za-z0-9+/]{30,}/g;
/** How the rest of such a text goes on over the ends of lines, written out or escaped. */
const REST = /(?:[A-Za-z0-9+/=\s]|\\[rn])*/y;
/** Characters of base64 that are enough to tell a private key. */
const ENOUGH = 32;

/** Whether a text has a private key in it, or the beginning of one. */
export function holdsPrivateKey(text: string): boolean {
  return text.includes("PRIVATE KEY-----") || bareKeys(text).length > 0;
}

/** Takes every private key out of a text; `found` counts them. */
export function withoutPrivateKeys(text: string): { text: string; found: number } {
  let found = 0;
  let rest = text.replace(BLOCK, () => {
    found += 1;
    return "";
  });
  for (const { start, end } of bareKeys(rest).reverse()) {
    found += 1;
    rest = rest.slice(0, start) + rest.slice(end);
  }
  return { text: rest, found };
}

/** Where private keys stand in base64 without armor. */
function bareKeys(text: string): { start: number; end: number }[] {
  const keys: { start: number; end: number }[] = [];
  for (const { 0: line, index: start } of text.matchAll(BARE)) {
    const bytes = Uint8Array.from(atob(line.slice(0, ENOUGH)), (character) => character.charCodeAt(0));
    if (start < (keys.at(-1)?.end ?? 0) || !isPrivateKeyDer(bytes)) continue;
    REST.lastIndex = start;
    REST.test(text);
    keys.push({ start, end: REST.lastIndex });
  }
  return keys;
}

/**
 * Whether the bytes are a private key in DER. PKCS#8, PKCS#1 and SEC 1 are all a SEQUENCE that begins with a version INTEGER of 0
 * or 1, encrypted PKCS#8 one that begins with an algorithm identifier of password-based encryption; a certificate is a SEQUENCE that
 * begins with a SEQUENCE that begins with a version tag or a serial number. PKCS#12 has the version 3: the core, which does
 * not open it either, says what it is.
 */
export function isPrivateKeyDer(bytes: Uint8Array): boolean {
  const first = content(bytes, 0);
  if (first === undefined || bytes[0] !== 0x30) return false;
  if (bytes[first] === 0x02) return bytes[first + 1] === 1 && (bytes[first + 2] ?? 2) <= 1;
  const second = bytes[first] === 0x30 ? content(bytes, first) : undefined;
  return second !== undefined && PASSWORD_BASED.some((oid) => oid.every((byte, i) => bytes[second + i] === byte));
}

/** pkcs-5 (1.2.840.113549.1.5) and pkcs-12PbeIds (1.2.840.113549.1.12.1), as the beginning of an encoded OID. */
const PASSWORD_BASED = [
  [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
  [0x06, 0x0a, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01],
];

/** Where the content of the element at `at` begins. */
function content(bytes: Uint8Array, at: number): number | undefined {
  const length = bytes[at + 1];
  if (length === undefined) return undefined;
  const start = at + 2 + (length & 0x80 ? length & 0x7f : 0);
  return start < bytes.length ? start : undefined;
}
