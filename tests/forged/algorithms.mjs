// The algorithms of signatures by their object identifiers, and RSASSA-PSS with its parameters.
import { constants, createPrivateKey, sign } from "node:crypto";
import { NULL, explicit, integer, oid, sequence } from "./der.mjs";

export const ORDERS = {
  "P-256": 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  "P-384": 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  "P-521":
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
};

export const ECDSA = {
  sha1: "1.2.840.10045.4.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
};

export const RSA = {
  sha1: "1.2.840.113549.1.1.5",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
};

export const HASH = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};

export const PSS = "1.2.840.113549.1.1.10";
export const MGF1 = "1.2.840.113549.1.1.8";
export const hashAlgorithm = (hash, parameters = NULL) => sequence(oid(HASH[hash]), parameters);

export const pssParameters = (hash, mask, salt) =>
  sequence(explicit(0, hashAlgorithm(hash)), explicit(1, sequence(oid(MGF1), hashAlgorithm(mask))), explicit(2, integer(salt)));

export const pssSign = (hash, salt) => (data, key) => sign(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt });

/** The RSA key in a key for RSASSA-PSS. */
export function unrestricted(key) {
  const der = key.export({ type: "pkcs8", format: "der" });
  // A PrivateKeyInfo has a version, an algorithm, and an OCTET STRING around an RSAPrivateKey.
  const at = der.indexOf(Buffer.from([0x04, 0x82]));
  return createPrivateKey({ key: der.subarray(at + 4), format: "der", type: "pkcs1" });
}
