// The same facts of a certificate from several parsers: common name, serial number in hex, SHA-256 in hex.
import { X509Certificate, createHash } from "node:crypto";
// @peculiar/x509 has its classes registered with decorators.
import "reflect-metadata";
import * as peculiar from "@peculiar/x509";
import forge from "node-forge";
import { readCertificates } from "jitp";

const bare = (hex) => hex.toLowerCase().replaceAll(":", "").replace(/^0+/, "");

/** jitp, with everything else that a summary holds. */
function byJitp(pem) {
  const [read] = readCertificates(pem);
  const commonName = read.subject.find(({ oid }) => oid === "2.5.4.3").value;
  return { commonName, serial: read.serialNumber.hex, fingerprint: read.certificateId };
}

/** OpenSSL inside Node. */
function byNode(pem) {
  const read = new X509Certificate(pem);
  const commonName = /^CN=(.*)$/m.exec(read.subject)[1];
  return { commonName, serial: read.serialNumber, fingerprint: read.fingerprint256 };
}

/**
 * node-forge. Its `certificateFromPem` accepts RSA keys only, so its parts are used: PEM, ASN.1, names, SHA-256;
 * this is less work than a whole certificate would be.
 */
function byForge(pem) {
  const der = forge.pem.decode(pem)[0].body;
  const [signed] = forge.asn1.fromDer(der).value;
  const [, serial, , , , subject] = signed.value;
  const attributes = forge.pki.RDNAttributesAsArray(subject);
  const commonName = forge.util.decodeUtf8(attributes.find(({ type }) => type === "2.5.4.3").value);
  const digest = forge.md.sha256.create();
  digest.update(der);
  return { commonName, serial: forge.util.bytesToHex(serial.value), fingerprint: digest.digest().toHex() };
}

/** @peculiar/x509. The hash is Node's, because its own is a promise. */
function byPeculiar(pem) {
  const read = new peculiar.X509Certificate(pem);
  const [commonName] = read.subjectName.getField("CN");
  const fingerprint = createHash("sha256").update(new Uint8Array(read.rawData)).digest("hex");
  return { commonName, serial: read.serialNumber, fingerprint };
}

/** All parsers by name. */
export const readers = { jitp: byJitp, "node:crypto": byNode, "node-forge": byForge, "@peculiar/x509": byPeculiar };

/** One form for answers that differ only in colons, case and leading zeros. */
export const normal = ({ commonName, serial, fingerprint }) =>
  `${commonName} ${bare(serial)} ${fingerprint.toLowerCase().replaceAll(":", "")}`;
