// Certificates that are written oddly, with a good signature.
import { NULL, bits, extension, integer, isAuthority, name, oid, sequence, time, tlv } from "./der.mjs";
import { ECDSA, RSA } from "./algorithms.mjs";
import { DEVICE_KEY } from "./authority.mjs";

/** The ways in which a certificate with a good signature can be odd. */
export function* formCases({ algorithm }, dotted) {
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
  yield ["something after the signature", { ending: NULL }];
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
  yield ["extensions and more after them", rest(list(isAuthority), NULL)];
  yield ["unique identifiers", rest(tlv(0x81, Buffer.from([0, 1])), tlv(0x82, Buffer.from([0, 1])), list(isAuthority))];
  yield ["unique identifiers the wrong way round", rest(tlv(0x82, Buffer.from([0, 1])), tlv(0x81, Buffer.from([0, 1])))];
  yield ["a unique identifier that is empty", rest(tlv(0x81, Buffer.alloc(0)))];
  yield ["a part that nobody knows", rest(tlv(0xa4, integer(1)))];
  yield ["a key with more after it", parts({ key: sequence(DEVICE_KEY.subarray(2), NULL) })];
  yield ["a key that is none", parts({ key: sequence(sequence(oid("2.999.1")), bits(Buffer.from([1, 2]))) })];
  yield ["a key without octets", parts({ key: sequence(sequence(oid("2.999.1")), tlv(3, Buffer.alloc(0))) })];
  yield ["a key whose algorithm is empty", parts({ key: sequence(sequence(), bits(Buffer.from([1]))) })];
  yield [
    "the algorithm of another key",
    both(algorithm.includes(oid(RSA.sha256)) ? sequence(oid(ECDSA.sha256)) : sequence(oid(RSA.sha256), NULL)),
  ];
}
