// CAs with keys that are generated here.
import { generateKeyPairSync } from "node:crypto";
import { bits, integer, isAuthority, name, pem, sequence, tlv, validity } from "./der.mjs";

/** The signed parts of a certificate. A case may write each of them in another way. */
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

/** A CA: its key, its certificate, and how it signs. */
export class Authority {
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

  /** A device's certificate. `signature` turns the good signature into the content of the BIT STRING. */
  device({ parts, outer, signature = (good) => good, unused = 0, ending = Buffer.alloc(0) } = {}) {
    const own = toBeSigned(this.algorithm, DEVICE_KEY, this.name, name("device"), parts);
    const written = bits(signature(this.sign(own), own), unused);
    return pem(sequence(own, outer ?? parts?.algorithm ?? this.algorithm, written, ending));
  }
}

export const DEVICE_KEY = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" });
