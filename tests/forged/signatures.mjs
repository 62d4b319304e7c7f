// Signatures that are odd or forged.
import { constants, createHash, createPrivateKey, privateEncrypt } from "node:crypto";
import { NULL, explicit, integer, number, oid, positive, sequence, signed, tlv } from "./der.mjs";
import { HASH, MGF1, ORDERS, PSS, hashAlgorithm } from "./algorithms.mjs";

/** The two numbers of an ECDSA signature. */
function numbers(signature) {
  const at = signature[1] & 0x80 ? 3 : 2;
  const r = signature.subarray(at + 2, at + 2 + signature[at + 1]);
  const s = signature.subarray(at + 2 + r.length + 2);
  return [number(r), number(s)];
}

export const flip = (buffer) => {
  const copy = Buffer.from(buffer);
  copy[copy.length - 1] ^= 1;
  return copy;
};

/** The ways in which an ECDSA signature can be wrong. */
export function* ecdsaCases(authority, curve) {
  const order = ORDERS[curve];
  const size = Math.ceil(order.toString(16).length / 2);
  const of = (write) => (good) => write(...numbers(good), good);
  const plain = (value) => tlv(2, Buffer.from(value.toString(16).padStart(2 * size, "0"), "hex"));
  // The CA signs until a number begins with the bit that a test needs.
  const first = (isHigh) => (good, own) => {
    let signature = good;
    const top = BigInt(8 * size - 1 - (curve === "P-521" ? 7 : 0));
    while (numbers(signature).some((value) => (value >> top === 1n) !== isHigh)) signature = authority.sign(own);
    return signature;
  };
  const zero = Buffer.from([0]);
  yield ["sound", {}];
  yield ["sound, first bits set", { signature: first(true) }];
  if (curve !== "P-521")
    yield ["without sign octets", { signature: (good, own) => sequence(...numbers(first(true)(good, own)).map(plain)) }];
  yield ["s negated", { signature: of((r, s) => sequence(positive(r), positive(order - s))) }];
  yield ["r, s swapped", { signature: of((r, s) => sequence(positive(s), positive(r))) }];
  yield ["r + n", { signature: of((r, s) => sequence(positive(r + order), positive(s))) }];
  yield ["s + n", { signature: of((r, s) => sequence(positive(r), positive(s + order))) }];
  yield ["r = n", { signature: of((_, s) => sequence(positive(order), positive(s))) }];
  yield ["r = 0", { signature: of((_, s) => sequence(positive(0n), positive(s))) }];
  yield ["s = 0", { signature: of((r) => sequence(positive(r), positive(0n))) }];
  yield ["0, 0", { signature: () => sequence(positive(0n), positive(0n)) }];
  yield ["1, 1", { signature: () => sequence(positive(1n), positive(1n)) }];
  yield ["negative r", { signature: of((r, s) => sequence(tlv(2, Buffer.from([0xff, ...signed(r)])), positive(s))) }];
  yield ["a zero before r", { signature: of((r, s) => sequence(tlv(2, Buffer.concat([zero, zero, signed(r)])), positive(s))) }];
  yield ["a zero before s", { signature: of((r, s) => sequence(positive(r), tlv(2, Buffer.concat([zero, zero, signed(s)])))) }];
  yield ["a length of r with a zero", { signature: of((r, s) => sequence(tlv(2, signed(r), 1), positive(s))) }];
  yield ["a length with a zero", { signature: of((r, s) => tlv(0x30, Buffer.concat([positive(r), positive(s)]), 1)) }];
  yield [
    "an indefinite length",
    { signature: of((r, s) => Buffer.concat([Buffer.from([0x30, 0x80]), positive(r), positive(s), zero, zero])) },
  ];
  yield ["a third number", { signature: of((r, s) => sequence(positive(r), positive(s), integer(1))) }];
  yield ["NULL inside", { signature: of((r, s) => sequence(positive(r), positive(s), NULL)) }];
  yield ["a byte after it", { signature: (good) => Buffer.concat([good, zero]) }];
  yield ["twice", { signature: (good) => Buffer.concat([good, good]) }];
  yield ["cut short", { signature: (good) => good.subarray(0, -1) }];
  yield ["r alone", { signature: of((r) => sequence(positive(r))) }];
  yield ["an empty number", { signature: of((r) => sequence(positive(r), integer())) }];
  yield ["an empty SEQUENCE", { signature: () => sequence() }];
  yield ["nothing", { signature: () => Buffer.alloc(0) }];
  yield ["a SET", { signature: of((r, s) => tlv(0x31, Buffer.concat([positive(r), positive(s)]))) }];
  yield ["OCTET STRINGs", { signature: of((r, s) => sequence(tlv(4, signed(r)), tlv(4, signed(s)))) }];
  yield ["in an OCTET STRING", { signature: (good) => tlv(4, good) }];
  yield ["side by side", { signature: of((r, s) => Buffer.concat([plain(r), plain(s)].map((all) => all.subarray(all.length - size)))) }];
  yield ["a huge r", { signature: of((r, s) => sequence(positive(r + (1n << 2000n)), positive(s))) }];
  yield ["flipped", { signature: flip }];
}

const DIGEST_INFO = (hash, digest, parameters = NULL) => sequence(sequence(oid(HASH[hash]), parameters), tlv(4, digest));

/** The ways in which an RSA signature (PKCS#1 v1.5) can be wrong. */
export function* rsaCases(authority, hash) {
  const size = authority.privateKey.asymmetricKeyDetails.modulusLength / 8;
  const raw = (block) => privateEncrypt({ key: authority.privateKey, padding: constants.RSA_NO_PADDING }, block);
  const digest = (own) => createHash(hash).update(own).digest();
  const block = (info, { type = 1, fill = 0xff, short } = {}) => {
    const length = short ?? size - 3 - info.length;
    const padded = [Buffer.from([0, type]), Buffer.alloc(length, fill), Buffer.from([0]), info];
    return Buffer.concat([...padded, Buffer.alloc(size - 3 - length - info.length, 0x2a)]);
  };
  const made = (write) => (_, own) => raw(write(digest(own)));
  const modulus = number(
    Buffer.from(createPrivateKey(authority.privateKey.export({ type: "pkcs8", format: "pem" })).export({ format: "jwk" }).n, "base64url"),
  );
  yield ["sound", {}];
  yield ["by hand", { signature: made((digest) => block(DIGEST_INFO(hash, digest))) }];
  yield ["DigestInfo without NULL", { signature: made((digest) => block(DIGEST_INFO(hash, digest, Buffer.alloc(0)))) }];
  yield ["DigestInfo with a long length", { signature: made((digest) => block(tlv(0x30, DIGEST_INFO(hash, digest).subarray(2), 1))) }];
  yield ["the digest alone", { signature: made((digest) => block(digest)) }];
  yield [
    "another hash in DigestInfo",
    { signature: made((digest) => block(DIGEST_INFO(hash === "sha256" ? "sha512" : "sha256", digest))) },
  ];
  yield ["block type 2", { signature: made((digest) => block(DIGEST_INFO(hash, digest), { type: 2 })) }];
  yield ["padded with zeros", { signature: made((digest) => block(DIGEST_INFO(hash, digest), { fill: 0 })) }];
  yield ["short padding, then anything", { signature: made((digest) => block(DIGEST_INFO(hash, digest), { short: 8 })) }];
  yield [
    "plus the modulus",
    { signature: (good) => Buffer.from((number(good) + modulus).toString(16).padStart(2 * size + 2, "0"), "hex") },
  ];
  yield ["a zero in front", { signature: (good) => Buffer.concat([Buffer.from([0]), good]) }];
  yield ["a byte after it", { signature: (good) => Buffer.concat([good, Buffer.from([0])]) }];
  yield ["cut short", { signature: (good) => good.subarray(1) }];
  yield ["zero", { signature: () => Buffer.alloc(size) }];
  yield ["one", { signature: () => Buffer.from([...Buffer.alloc(size - 1), 1]) }];
  yield ["nothing", { signature: () => Buffer.alloc(0) }];
  yield ["flipped", { signature: flip }];
}

/** Parameters of RSASSA-PSS, sound and odd. The signature itself is good for SHA-256, MGF1 with SHA-256, and a salt of 32 bytes. */
export function* pssCases() {
  const good = [explicit(0, hashAlgorithm("sha256")), explicit(1, sequence(oid(MGF1), hashAlgorithm("sha256"))), explicit(2, integer(32))];
  const [hash, mask, salt] = good;
  const zeros = tlv(0xa2, integer(0, 32));
  const cases = {
    sound: sequence(...good),
    "hash without NULL": sequence(explicit(0, hashAlgorithm("sha256", Buffer.alloc(0))), mask, salt),
    "with the trailer": sequence(...good, explicit(3, integer(1))),
    "another trailer": sequence(...good, explicit(3, integer(2))),
    "out of order": sequence(hash, salt, mask),
    "salt twice": sequence(...good, salt),
    "another mask": sequence(hash, explicit(1, sequence(oid("1.2.840.113549.1.1.9"), hashAlgorithm("sha256"))), salt),
    "mask without hash": sequence(hash, explicit(1, sequence(oid(MGF1))), salt),
    "negative salt": sequence(hash, mask, explicit(2, integer(0xe0))),
    "salt with a zero": sequence(hash, mask, zeros),
    "salt of 31": sequence(hash, mask, explicit(2, integer(31))),
    "no salt": sequence(hash, mask),
    "no hash": sequence(mask, salt),
    "no mask": sequence(hash, salt),
    empty: sequence(),
    NULL,
    none: Buffer.alloc(0),
    "something after it": Buffer.concat([sequence(...good), NULL]),
    "a fifth": sequence(...good, explicit(4, integer(1))),
    "a SET": tlv(0x31, Buffer.concat(good)),
    "a long length": tlv(0x30, Buffer.concat(good), 1),
  };
  for (const [what, parameters] of Object.entries(cases)) yield [what, { parts: { algorithm: sequence(oid(PSS), parameters) } }];
}
