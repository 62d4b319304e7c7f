/** The words of the certificate viewer. */

import { number } from "./common.ts";

/** Subject and issuer. */
const NAMES = {
  subject: { title: "Subject", empty: "The subject is empty." },
  issuer: { title: "Issuer", empty: "The issuer is empty." },
};

export const viewerWords = {
  pem: "PEM",
  copyPem: "Copy PEM",
  savePem: "Save PEM",
  wholePem: "The certificate as PEM",
  names: NAMES,
  inForm: (name: keyof typeof NAMES, form: string) => `${NAMES[name].title} in the form of ${form}`,
  certificate: "Certificate",
  version: "Version",
  serialNumber: "Serial number",
  serialHex: "Serial number, hex",
  serialInHex: "Serial number in hex",
  validFrom: "Valid from",
  validUntil: "Valid until",
  utc: (time: string) => `${time} UTC`,
  key: "Key",
  bits: (n: number) => `${n} bits`,
  signatureAlgorithm: "Signature algorithm",
  size: "Size",
  der: (n: number) => `${number(n)} bytes of DER`,
  bytes: (n: number) => `${number(n)} bytes`,
  usage: "Usage",
  basicConstraints: "Basic constraints",
  pathLength: (basic: string, n: number) => `${basic}, path length ${n}`,
  keyUsage: "Key usage",
  extendedKeyUsage: "Extended key usage",
  notRestricted: "none: not restricted",
  altNames: "Subject alternative names",
  none: "none",
  empty: "empty",
  identifiers: "Identifiers",
  certificateIdInAws: "Certificate ID in AWS IoT",
  certificateId: "Certificate ID",
  sha256: "SHA-256 fingerprint",
  sha1: "SHA-1 fingerprint",
  subjectKeyId: "Subject key identifier",
  authorityKeyId: "Authority key identifier",
  extensions: "Extensions",
  noExtensions: "No extensions.",
  critical: "critical",
};
