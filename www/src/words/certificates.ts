/** The words of the panel of certificates. */

import type { EntryKind, SignatureVerdict } from "jitp";
import { number } from "./common.ts";

export const certificateWords = {
  /** The box that everything can be pasted into. */
  box: {
    label: "Paste anything: certificates, a template, a ticket, or what the AWS CLI prints",
    placeholder: "Paste anything",
  },
  invitation: {
    drag: "Drop or paste anything: certificates of devices and their CA, a template, or a whole ticket.",
    touch: "Add anything: certificates of devices and their CA, a template, or a whole ticket.",
    request: "Add the device certificate if you have one, a template, or a whole ticket.",
  },
  paste: "Paste",
  pastePem: "Paste PEM text here",
  /** Where the CA in the template's text is. */
  fromText: (place = "the text") => `from ${place}`,
  cannotPaste: "The browser does not let the page read the clipboard. Press long in the field, and choose Paste.",
  chooseFiles: "Choose files",
  folder: "Folder",
  noKeys: "Private keys are refused: never read, never kept.",
  noCertificate: "No certificate?",
  createSamples: "Create sample certificates",
  heading: (n: number, mostCards: number) =>
    n === 1
      ? "1 certificate"
      : n > mostCards
        ? `${number(n)} entries. This is the one that the plan is for.`
        : `${number(n)} entries. Choose the one to plan for.`,
  findings: "Findings about this certificate",
  seeAll: "See all in a table",
  removeAll: "Remove all",
  /** Entries that are not certificates. */
  kinds: {
    "certificate-request": "Signing request",
    "private-key": "Private key",
    "public-key": "Public key",
    "revocation-list": "Revocation list",
    pkcs7: "PKCS#7",
    pkcs12: "PKCS#12 archive",
    parameters: "Key parameters",
    damaged: "Damaged certificate",
  } satisfies Partial<Record<EntryKind, string>> as Partial<Record<EntryKind, string>>,
  notReadable: "Not readable",
  other: (what: string, file: string) => `${what}: ${file}`,
  entry: (n: number) => `entry ${number(n)}`,
  requested: (subject: string) => `Requested subject: ${subject}`,
  remove: (name: string) => `Remove ${name}`,
  details: "All details",
  detailsOf: (name: string) => `All details of ${name}`,
  subject: "Subject",
  emptySubject: "The subject is empty.",
  empty: "empty",
  valid: "Valid",
  /** The slot is from when until when. */
  validFrom: (range: string) => `Valid ${range}`,
  range: (from: string, to: string) => `${from} to ${to}`,
  notYet: (range: string) => `${range}, not valid yet`,
  expired: (range: string) => `${range}, expired`,
  serialNumber: "Serial number",
  hex: (hex: string) => `hex ${hex}`,
  certificateId: "Certificate ID",
  key: "Key",
  bits: (n: number) => `${n} bits`,
  signedWith: (algorithm: string) => `signed with ${algorithm}`,
  chain: "Chain",
  showUse: "Show what uses it",
  used: "used",
  /** Who signed it. The slot is the verdict on the signature. */
  signedBy: (name: string, verdict: string) => `Signed by ${name}: ${verdict}`,
  signature: {
    verified: "verified",
    "not-verified": "not verified",
    "not-checked": "not checked",
  } satisfies Record<SignatureVerdict, string>,
  namelessIssuer: "an issuer without a name",
  addCa: "Add the CA certificate to verify the signature.",
  noCaOfIssuer: "No given CA has the name of the issuer.",
};
