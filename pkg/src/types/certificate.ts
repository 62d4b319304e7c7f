/** Certificates, as they are given and as they are read. */
import type { Diagnostic } from "./diagnostic.js";

/** One attribute of a distinguished name. */
export interface NameAttribute {
  /** Dotted, for example `2.5.4.3`. */
  oid: string;
  /** Short name as OpenSSL prints it (`CN`, `serialNumber`, ...); the dotted OID if it has none. */
  name: string;
  /** The value as text. */
  value: string;
  /** ASN.1 string type, for example `UTF8String`; `not known` in a subject that is given without a certificate. */
  encoding: string;
  /** Position in the encoded name, from 0, counted over all attributes. */
  index: number;
}

/** A distinguished name as people write it. */
export interface NameText {
  /** As RFC 4514 writes it, the last attribute first: `CN=sensor-0001,O=Example,C=DE`. */
  rfc4514: string;
  /** As OpenSSL prints it on one line: `C = DE, O = Example, CN = sensor-0001`. */
  openssl: string;
}

/**
 * The kind of an entry of a bundle. `"nothing"`: neither armored nor DER; `"damaged"`: a certificate that cannot be read; `"subject"`: not an
 * entry, but the subject alone that a dry run was given.
 */
export type EntryKind =
  | "certificate"
  | "subject"
  | "certificate-request"
  | "private-key"
  | "public-key"
  | "revocation-list"
  | "pkcs7"
  | "pkcs12"
  | "parameters"
  | "damaged"
  | "unknown"
  | "nothing"
  | "empty";

/** An object identifier and its name in OpenSSL. */
export interface NamedOid {
  /** Dotted. */
  oid: string;
  /** Its name in OpenSSL; the dotted OID if it has none. */
  name: string;
}

/** What jitp reads from one certificate, or why it could not. */
export interface CertificateSummary {
  /** Position in the bundle, from 0. */
  index: number;
  /** What the entry is. */
  kind: EntryKind;
  /**
   * Why this entry is not a readable certificate or subject. All facts below are then absent. Only a certificate signing request has the `subject` and
   * `subjectText` that it asks for.
   */
  error?: string;
  /** The certificate ID that AWS IoT gives: lower-case hex SHA-256 of the DER. */
  certificateId?: string;
  /** 1, 2 or 3. */
  version?: number;
  /** The certificate's own serial number: signed decimal, and upper-case hex. */
  serialNumber?: { decimal: string; hex: string };
  /** The attributes of the subject, in encoded order. */
  subject?: NameAttribute[];
  /** The attributes of the issuer, in encoded order. */
  issuer?: NameAttribute[];
  /** RFC 3339, UTC, seconds. */
  notBefore?: string;
  /** RFC 3339, UTC, seconds. */
  notAfter?: string;
  /** The public key: `"RSA"`, `"EC"` …; the bits of the modulus or of the field; the curve of an EC key. */
  key?: { algorithm: string; bits?: number; curve?: string };
  /** The algorithm with which the issuer signed. */
  signatureAlgorithm?: NamedOid;
  /** The length of the DER in bytes. */
  bytes?: number;
  /**
   * The certificate as PEM. This and all that follows is absent in a plan, whose first step carries the PEM. Only a plan of a subject alone has
   * `subjectText`.
   */
  pem?: string;
  /** The subject as people write it. */
  subjectText?: NameText;
  /** The issuer as people write it. */
  issuerText?: NameText;
  /** The hashes of the DER: upper-case hex, a colon between octets. `sha256` is the `certificateId`, in the form that viewers and OpenSSL show. */
  fingerprints?: { sha256: string; sha1: string };
  /** The names in `subjectAltName`. */
  subjectAltName?: {
    type: "dns" | "email" | "uri" | "ip" | "directory" | "registered-id" | "other";
    value: string;
  }[];
  /** The purposes in `keyUsage`, as RFC 5280 names them: `digitalSignature`, ... */
  keyUsage?: string[];
  /** The purposes in `extendedKeyUsage`: `clientAuth`, ... */
  extendedKeyUsage?: NamedOid[];
  /** `pathLength`: how many CAs may follow below it. */
  basicConstraints?: { ca: boolean; pathLength?: number };
  /** Upper-case hex, a colon between octets. */
  subjectKeyId?: string;
  /** The key identifier in `authorityKeyIdentifier`, in the same form. */
  authorityKeyId?: string;
  /** Every extension, in encoded order; `bytes` is the length of its value. */
  extensions?: { oid: string; name: string; critical: boolean; bytes: number }[];
  /** Findings about the certificate itself: what is odd in it, and what AWS IoT does not accept. */
  diagnostics?: Diagnostic[];
}

/** The time at which validity is checked. */
export interface MomentOptions {
  /** RFC 3339; without it the system's clock is used. */
  now?: string;
}

/** The subject of a certificate that is not at hand. */
export interface SubjectInput {
  /**
   * As OpenSSL writes it, `/C=DE/O=Example/CN=lamp-1` or `C = DE, O = Example, CN = lamp-1`, with or without `subject=` before it; or as
   * RFC 4514 does, the last attribute first: `CN=lamp-1,O=Example,C=DE`. A space after the first comma says which of the two it is.
   */
  subject: string;
}

/**
 * Bytes or text of one or more certificates: PEM, or DER as bytes. A dry run, and a device that is asked what it may do, also accept a
 * subject alone; all other functions say that it is not a certificate.
 */
export type CertificateInput = string | Uint8Array | CertificateSummary | SubjectInput;

/** What {@link listCertificates} reads from one certificate, or why it could not. The facts are those of its {@link CertificateSummary}. */
export interface ListedCertificate {
  /** What the entry is. */
  kind: EntryKind;
  /** Why this entry is not a readable certificate. There are no facts then. */
  error?: string;
  /** The certificate ID that AWS IoT gives: lower-case hex SHA-256 of the DER. */
  certificateId?: string;
  /** The first common name that is not empty. */
  commonName?: string;
  /** The subject as RFC 4514 writes it. */
  subject?: string;
  /** The issuer in the same form. */
  issuer?: string;
  /** Whether `basicConstraints` says that it is a CA. False for an entry that is not read. */
  isCa: boolean;
  /** The certificate as PEM: lines of 64 characters, each with a line feed. */
  pem?: string;
}
