// Randomness that is the same in every run: bytes and keys for a name. They look random, and nobody uses the keys.
import { checkPrimeSync, createECDH, createHash, createPrivateKey } from "node:crypto";

/** `count` bytes for a name. */
export const bytes = (name, count) => createHash("shake256", { outputLength: count }).update(name).digest();

const number = (octets) => BigInt(`0x${octets.toString("hex")}`);
const octets = (value) => {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
};

/** The private key of a name on a curve of NIST. */
function ec(name, curve, size) {
  const ecdh = createECDH(
    curve
      .replace("P-", "secp")
      .replace("secp256", "prime256v1")
      .replace(/(384|521)/, "$1r1"),
  );
  const secret = bytes(name, size);
  // Below the order of the curve, and as long as it.
  secret[0] = curve === "P-521" ? 0 : secret[0] & 0x7f;
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey().subarray(1);
  const [x, y] = [point.subarray(0, size), point.subarray(size)].map((half) => half.toString("base64url"));
  return createPrivateKey({ format: "jwk", key: { kty: "EC", crv: curve, d: secret.toString("base64url"), x, y } });
}

/** The least prime above a random number with its two highest bits set that suits the exponent of RSA. */
function prime(name, size) {
  const start = bytes(name, size);
  start[0] |= 0xc0;
  for (let candidate = number(start) | 1n; ; candidate += 2n) {
    if (candidate % 65_537n !== 1n && checkPrimeSync(candidate)) return candidate;
  }
}

/** The inverse of `a` modulo `m`. */
function inverse(a, m) {
  let [r, next, s, then] = [m, a % m, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next, s, then] = [next, r - quotient * next, then, s - quotient * then];
  }
  return ((s % m) + m) % m;
}

function rsa(name, size) {
  const [p, q] = [prime(`${name}, p`, size / 2), prime(`${name}, q`, size / 2)].sort((a, b) => (a < b ? 1 : -1));
  const d = inverse(65_537n, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: 65_537n, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const members = Object.entries(numbers).map(([key, value]) => [key, octets(value).toString("base64url")]);
  return createPrivateKey({ format: "jwk", key: { kty: "RSA", ...Object.fromEntries(members) } });
}

/** The private key of a name: of `P-256`, `P-384`, `P-521`, `Ed25519` or `RSA`, which has 2,048 bits. */
export function key(name, kind) {
  if (kind === "RSA") return rsa(name, 256);
  if (kind !== "Ed25519") return ec(name, kind, { "P-256": 32, "P-384": 48, "P-521": 66 }[kind]);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), bytes(name, 32)]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}
