// Certificates with signatures that are sound, odd or forged: keys of our own, made on the spot, and DER put together by hand, so that
// everything can be written wrongly that can be written at all.
import { constants, createHash, createPrivateKey, generateKeyPairSync, privateEncrypt, sign } from "node:crypto";

/** One element; its length in the shortest form, or behind a number of zeros that do not belong there. */
export function tlv(tag, content, zeros = 0) {
  const { length } = content;
  const bytes = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  const long = length > 127 || zeros > 0;
  const head = long ? [0x80 | (bytes.length + zeros), ...Array(zeros).fill(0), ...bytes] : [length];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

export const sequence = (...parts) => tlv(0x30, Buffer.concat(parts));
export const integer = (...octets) => tlv(2, Buffer.from(octets));
const bits = (content, unused = 0) => tlv(3, Buffer.concat([Buffer.from([unused]), content]));
const NULL = Buffer.from([5, 0]);

export function oid(dotted) {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let more = Math.floor(arc / 128); more > 0; more = Math.floor(more / 128)) digits.unshift(0x80 | (more % 128));
    return digits;
  });
  return tlv(6, Buffer.from(octets));
}

/** A number as the content of an INTEGER: with a zero in front of a high first bit. */
function signed(number) {
  const hex = number.toString(16);
  const octets = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
  return octets[0] & 0x80 ? Buffer.concat([Buffer.from([0]), octets]) : octets;
}
const number = (octets) => BigInt(`0x${octets.toString("hex") || "0"}`);
const positive = (value) => tlv(2, signed(value));

const name = (text, tag = 0x0c) => sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(tag, Buffer.from(text, "latin1")))));
const time = (digits) => tlv(0x17, Buffer.from(`${digits}000000Z`));
const validity = sequence(time("260101"), time("400101"));
const extension = (dotted, value, ...critical) => sequence(oid(dotted), ...critical, tlv(4, value));
const isAuthority = extension("2.5.29.19", sequence(tlv(1, Buffer.from([0xff]))));

const ORDERS = {
  "P-256": 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  "P-384": 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  "P-521":
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
};
const ECDSA = { sha1: "1.2.840.10045.4.1", sha256: "1.2.840.10045.4.3.2", sha384: "1.2.840.10045.4.3.3", sha512: "1.2.840.10045.4.3.4" };
const RSA = {
  sha1: "1.2.840.113549.1.1.5",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
};
const HASH = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};
const PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";

/** The parts of what is signed, each of which a case may write otherwise. */
function toBeSigned(algorithm, spki, issuer, subject, parts = {}) {
  const all = {
    version: tlv(0xa0, integer(2)),
    serial: integer(7),
    algorithm,
    issuer,
    validity,
    subject,
    key: spki,
    rest: Buffer.alloc(0),
    ...parts,
  };
  return sequence(all.version, all.serial, all.algorithm, all.issuer, all.validity, all.subject, all.key, all.rest);
}

const pem = (der) => `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;

/** A CA: its key, its certificate, and how it signs. */
class Authority {
  constructor(label, type, options, algorithm, how) {
    const { publicKey, privateKey } = generateKeyPairSync(type, options);
    Object.assign(this, { label, privateKey, algorithm, how });
    this.spki = publicKey.export({ type: "spki", format: "der" });
    this.name = name(`CA ${label}`);
    const rest = tlv(0xa3, sequence(isAuthority));
    const own = toBeSigned(algorithm, this.spki, this.name, this.name, { rest });
    this.ca = pem(sequence(own, algorithm, bits(this.sign(own))));
  }

  sign(data) {
    return this.how(data, this.privateKey);
  }

  /** A device's certificate; `signature` makes the content of the BIT STRING out of the good signature. */
  device({ parts, outer, signature = (good) => good, unused = 0, ending = Buffer.alloc(0) } = {}) {
    const own = toBeSigned(this.algorithm, DEVICE_KEY, this.name, name("device"), parts);
    const written = bits(signature(this.sign(own), own), unused);
    return pem(sequence(own, outer ?? parts?.algorithm ?? this.algorithm, written, ending));
  }
}

const DEVICE_KEY = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" });

/** The two numbers of an ECDSA signature. */
function numbers(signature) {
  const at = signature[1] & 0x80 ? 3 : 2;
  const r = signature.subarray(at + 2, at + 2 + signature[at + 1]);
  const s = signature.subarray(at + 2 + r.length + 2);
  return [number(r), number(s)];
}

const flip = (buffer) => {
  const copy = Buffer.from(buffer);
  copy[copy.length - 1] ^= 1;
  return copy;
};

/** What can be wrong with an ECDSA signature. */
function* ecdsaCases(authority, curve) {
  const order = ORDERS[curve];
  const size = Math.ceil(order.toString(16).length / 2);
  const of = (write) => (good) => write(...numbers(good), good);
  const plain = (value) => tlv(2, Buffer.from(value.toString(16).padStart(2 * size, "0"), "hex"));
  // Signs until a number begins with the bit that a test needs.
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
  yield ["a byte behind", { signature: (good) => Buffer.concat([good, zero]) }];
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

/** What can be wrong with an RSA signature, PKCS#1 v1.5. */
function* rsaCases(authority, hash) {
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
  yield ["a byte behind", { signature: (good) => Buffer.concat([good, Buffer.from([0])]) }];
  yield ["cut short", { signature: (good) => good.subarray(1) }];
  yield ["zero", { signature: () => Buffer.alloc(size) }];
  yield ["one", { signature: () => Buffer.from([...Buffer.alloc(size - 1), 1]) }];
  yield ["nothing", { signature: () => Buffer.alloc(0) }];
  yield ["flipped", { signature: flip }];
}

const explicit = (index, value) => tlv(0xa0 + index, value);
const hashAlgorithm = (hash, parameters = NULL) => sequence(oid(HASH[hash]), parameters);
const pssParameters = (hash, mask, salt) =>
  sequence(explicit(0, hashAlgorithm(hash)), explicit(1, sequence(oid(MGF1), hashAlgorithm(mask))), explicit(2, integer(salt)));

const pssSign = (hash, salt) => (data, key) => sign(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt });

/** Parameters of RSASSA-PSS, sound and odd; the signature itself is good for SHA-256, MGF1 with SHA-256, and a salt of 32. */
function* pssCases() {
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
    "something behind": Buffer.concat([sequence(...good), NULL]),
    "a fifth": sequence(...good, explicit(4, integer(1))),
    "a SET": tlv(0x31, Buffer.concat(good)),
    "a long length": tlv(0x30, Buffer.concat(good), 1),
  };
  for (const [what, parameters] of Object.entries(cases)) yield [what, { parts: { algorithm: sequence(oid(PSS), parameters) } }];
}

/** What can be odd about a certificate whose signature is good. */
function* formCases({ algorithm }, dotted) {
  const parts = (parts) => ({ parts });
  const both = (written) => ({ parts: { algorithm: written } });
  const own = oid(dotted);
  yield ["algorithm with NULL", both(sequence(own, NULL))];
  yield ["algorithm without parameters", both(sequence(own))];
  yield ["algorithm with an OCTET STRING", both(sequence(own, tlv(4, Buffer.from([1]))))];
  yield ["algorithm with an empty SEQUENCE", both(sequence(own, sequence()))];
  yield ["algorithm with a NULL that is not empty", both(sequence(own, tlv(5, Buffer.from([0]))))];
  yield ["algorithm with two parameters", both(sequence(own, NULL, NULL))];
  yield ["algorithm with a long length", both(tlv(0x30, Buffer.concat([own, NULL]), 1))];
  yield ["outer algorithm without parameters", { parts: { algorithm: sequence(own, NULL) }, outer: sequence(own) }];
  yield ["outer algorithm with NULL", { parts: { algorithm: sequence(own) }, outer: sequence(own, NULL) }];
  yield [
    "outer algorithm with a long length",
    { parts: { algorithm: sequence(own, NULL) }, outer: tlv(0x30, Buffer.concat([own, NULL]), 1) },
  ];
  yield ["outer NULL with a long length", { parts: { algorithm: sequence(own, NULL) }, outer: sequence(own, Buffer.from([5, 0x81, 0])) }];
  yield [
    "outer SEQUENCE with a long length",
    { parts: { algorithm: sequence(own, sequence(NULL)) }, outer: sequence(own, tlv(0x30, NULL, 1)) },
  ];
  yield ["outer algorithm of another hash", { outer: sequence(oid(dotted === ECDSA.sha256 ? ECDSA.sha384 : ECDSA.sha256)) }];
  yield ["unknown algorithm", both(sequence(oid("2.999.1")))];
  yield ["unused bits: 1", { unused: 1 }];
  yield ["unused bits: 7", { unused: 7 }];
  yield ["unused bits: 8", { unused: 8 }];
  yield ["something behind the signature", { ending: NULL }];
  yield ["no version", parts({ version: Buffer.alloc(0) })];
  yield ["version twice", parts({ version: tlv(0xa0, Buffer.concat([integer(2), integer(2)])) })];
  yield ["version with a zero", parts({ version: tlv(0xa0, integer(0, 2)) })];
  yield ["serial with a zero", parts({ serial: integer(0, 7) })];
  yield ["serial negative", parts({ serial: integer(0x87) })];
  yield ["serial negative, long", parts({ serial: integer(0xff, 0x87) })];
  yield ["serial empty", parts({ serial: integer() })];
  yield ["serial with a long length", parts({ serial: tlv(2, Buffer.from([7]), 2) })];
  yield ["three dates", parts({ validity: sequence(time("260101"), time("400101"), time("400101")) })];
  yield ["dates of another type", parts({ validity: sequence(tlv(0x16, Buffer.from("260101000000Z")), time("400101")) })];
  yield ["dates that are none", parts({ validity: sequence(tlv(0x17, Buffer.from("nonsense")), time("400101")) })];
  for (const tag of [
    0x01, 0x02, 0x04, 0x06, 0x07, 0x09, 0x0c, 0x0d, 0x0e, 0x0f, 0x12, 0x13, 0x14, 0x15, 0x16, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e,
  ]) {
    yield [`a name of type 0x${tag.toString(16)}`, parts({ subject: name("name", tag) })];
    yield [`a name of type 0x${tag.toString(16)} with high bytes`, parts({ subject: name("T\xfcr\xff", tag) })];
    yield [`a name of type 0x${tag.toString(16)} with an odd length`, parts({ subject: name("\0T\0", tag) })];
  }
  yield ["a name with half a surrogate pair", parts({ subject: name("\xd8\x00\0a", 0x1e) })];
  yield ["a name with a pair of surrogates", parts({ subject: name("\xd8\x00\xdc\x00", 0x1e) })];
  yield ["a name beyond Unicode", parts({ subject: name("\0\x11\0\0", 0x1c) })];
  yield ["a name with a surrogate in UniversalString", parts({ subject: name("\0\0\xd8\0", 0x1c) })];
  yield ["a name with an overlong UTF-8", parts({ subject: name("\xc0\xaf") })];
  yield ["an empty name", parts({ subject: sequence() })];
  yield ["an empty SET in the name", parts({ subject: sequence(tlv(0x31, Buffer.alloc(0))) })];
  yield ["an attribute of three", parts({ subject: sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(12, Buffer.from("x")), NULL))) })];
  yield [
    "an attribute with an odd OID",
    parts({ subject: sequence(tlv(0x31, sequence(tlv(6, Buffer.from([0x55, 0x80, 1])), tlv(12, Buffer.from("x"))))) }),
  ];
  yield [
    "an attribute with an OID cut short",
    parts({ subject: sequence(tlv(0x31, sequence(tlv(6, Buffer.from([0x55, 0x84])), tlv(12, Buffer.from("x"))))) }),
  ];
  yield [
    "an attribute with an empty OID",
    parts({ subject: sequence(tlv(0x31, sequence(tlv(6, Buffer.alloc(0)), tlv(12, Buffer.from("x"))))) }),
  ];
  const rest = (...written) => parts({ rest: Buffer.concat(written) });
  const list = (...extensions) => tlv(0xa3, sequence(...extensions));
  yield ["extensions", rest(list(isAuthority))];
  yield ["an empty list of extensions", rest(list())];
  yield ["an extension twice", rest(list(isAuthority, isAuthority))];
  yield ["an extension, critical", rest(list(extension("2.5.29.19", sequence(), tlv(1, Buffer.from([0xff])))))];
  yield ["an extension, critical in BER", rest(list(extension("2.5.29.19", sequence(), tlv(1, Buffer.from([1])))))];
  yield ["an extension, critical of two octets", rest(list(extension("2.5.29.19", sequence(), tlv(1, Buffer.from([1, 1])))))];
  yield ["an extension that cannot be read", rest(list(extension("2.5.29.19", NULL)))];
  yield ["an extension of four", rest(list(sequence(oid("2.5.29.19"), tlv(4, sequence()), NULL)))];
  yield ["an extension without value", rest(list(sequence(oid("2.5.29.19"))))];
  yield ["extensions twice", rest(list(isAuthority), list(isAuthority))];
  yield ["extensions and more inside", rest(tlv(0xa3, Buffer.concat([sequence(isAuthority), NULL])))];
  yield ["extensions and more behind", rest(list(isAuthority), NULL)];
  yield ["unique identifiers", rest(tlv(0x81, Buffer.from([0, 1])), tlv(0x82, Buffer.from([0, 1])), list(isAuthority))];
  yield ["unique identifiers the wrong way round", rest(tlv(0x82, Buffer.from([0, 1])), tlv(0x81, Buffer.from([0, 1])))];
  yield ["a unique identifier that is empty", rest(tlv(0x81, Buffer.alloc(0)))];
  yield ["a part that nobody knows", rest(tlv(0xa4, integer(1)))];
  yield ["a key with more behind", parts({ key: sequence(DEVICE_KEY.subarray(2), NULL) })];
  yield ["a key that is none", parts({ key: sequence(sequence(oid("2.999.1")), bits(Buffer.from([1, 2]))) })];
  yield ["a key without octets", parts({ key: sequence(sequence(oid("2.999.1")), tlv(3, Buffer.alloc(0))) })];
  yield ["a key whose algorithm is empty", parts({ key: sequence(sequence(), bits(Buffer.from([1]))) })];
  yield [
    "the algorithm of another key",
    both(algorithm.includes(oid(RSA.sha256)) ? sequence(oid(ECDSA.sha256)) : sequence(oid(RSA.sha256), NULL)),
  ];
}

/** Every case: what it is, the CA and the device's certificate as PEM. */
export function* cases() {
  const give = function* (authority, made) {
    for (const [what, how] of made) yield { label: `${authority.label}: ${what}`, ca: authority.ca, device: authority.device(how) };
  };
  for (const [curve, hash] of [
    ["P-256", "sha256"],
    ["P-256", "sha512"],
    ["P-384", "sha384"],
    ["P-384", "sha256"],
    ["P-521", "sha512"],
    ["P-521", "sha1"],
  ]) {
    const algorithm = sequence(oid(ECDSA[hash]));
    const authority = new Authority(`${curve} ${hash}`, "ec", { namedCurve: curve }, algorithm, (data, key) => sign(hash, data, key));
    yield* give(authority, ecdsaCases(authority, curve));
    if (hash === "sha256" && curve === "P-256") yield* give(authority, formCases(authority, ECDSA.sha256));
  }
  for (const [size, hash] of [
    [2048, "sha256"],
    [2048, "sha512"],
    [3072, "sha384"],
    [1024, "sha1"],
    [1032, "sha256"],
  ]) {
    const algorithm = sequence(oid(RSA[hash]), NULL);
    const authority = new Authority(`RSA ${size} ${hash}`, "rsa", { modulusLength: size }, algorithm, (data, key) => sign(hash, data, key));
    yield* give(authority, rsaCases(authority, hash));
    if (hash === "sha256" && size === 2048) yield* give(authority, formCases(authority, RSA.sha256));
  }
  for (const [hash, mask, salt] of [
    ["sha256", "sha256", 32],
    ["sha256", "sha256", 20],
    ["sha384", "sha384", 48],
    ["sha512", "sha512", 0],
    ["sha1", "sha1", 20],
  ]) {
    const algorithm = sequence(oid(PSS), pssParameters(hash, mask, salt));
    const authority = new Authority(`PSS ${hash} ${salt}`, "rsa", { modulusLength: 2048 }, algorithm, pssSign(hash, salt));
    yield* give(authority, [
      ["sound", {}],
      ["flipped", { signature: flip }],
      ["cut short", { signature: (good) => good.subarray(1) }],
    ]);
    if (salt === 32) yield* give(authority, pssCases());
  }
  // Keys that are for RSASSA-PSS only, without and with restrictions.
  for (const [label, options] of [
    ["free", {}],
    ["SHA-256", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256", saltLength: 32 }],
    ["SHA-256, salt 20", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256", saltLength: 20 }],
    ["SHA-256, salt 40", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256", saltLength: 40 }],
    ["SHA-512", { hashAlgorithm: "sha512", mgf1HashAlgorithm: "sha512", saltLength: 32 }],
    ["SHA-256, MGF1 with SHA-1", { hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha1", saltLength: 32 }],
    ["SHA-224", { hashAlgorithm: "sha224", mgf1HashAlgorithm: "sha224", saltLength: 28 }],
  ]) {
    const algorithm = sequence(oid(PSS), pssParameters("sha256", "sha256", 32));
    // The restricted key cannot be asked for what it must not sign: the same key without restrictions signs.
    const how = (data, key) => pssSign("sha256", 32)(data, unrestricted(key));
    const authority = new Authority(`PSS key, ${label}`, "rsa-pss", { modulusLength: 2048, ...options }, algorithm, how);
    yield* give(authority, [
      ["sound", {}],
      ["flipped", { signature: flip }],
    ]);
    yield* give(authority, [
      [
        "PKCS#1 v1.5",
        {
          parts: { algorithm: sequence(oid(RSA.sha256), NULL) },
          signature: (_, own) => sign("sha256", own, unrestricted(authority.privateKey)),
        },
      ],
    ]);
  }
}

/** The RSA key in a key for RSASSA-PSS. */
function unrestricted(key) {
  const der = key.export({ type: "pkcs8", format: "der" });
  // PrivateKeyInfo: version, algorithm, OCTET STRING around an RSAPrivateKey, which is the last of the three.
  const at = der.indexOf(Buffer.from([0x04, 0x82]));
  return createPrivateKey({ key: der.subarray(at + 4), format: "der", type: "pkcs1" });
}
