/** Who signed whom, and the registration of a CA. */
import type { CertificateInput, CertificateSummary, MomentOptions } from "./certificate.js";
import type { Diagnostic } from "./diagnostic.js";

/**
 * Whether a signature was made with the issuer's key. `"not-checked"`: that is not known, because the signature was not checked or WebCrypto
 * does not verify the algorithm.
 */
export type SignatureVerdict = "verified" | "not-verified" | "not-checked";

/** Whether a CA signed a device's certificate, as `verifyIssuer` found out. Give it to `dryRun` as `options.issuer`. */
export interface IssuerCheck {
  /** Whether the CA signed the certificate. */
  signature: SignatureVerdict;
  /** The same as a sentence. */
  reason: string;
  /** The ID of the device's certificate, to which the check belongs. */
  certificateId?: string;
  /** The ID of the CA's certificate. */
  caCertificateId?: string;
  /** The CA's subject on one line. */
  ca?: string;
  /** Whether the CA's subject is the issuer that the device's certificate names. */
  namesMatch: boolean;
  /** Whether the key identifiers of the two agree, if both name one. */
  keyIdsMatch?: boolean;
  /** What is wrong with the signature or with the CA. */
  diagnostics: Diagnostic[];
}

/** Certificates, and who signed whom, as `verifyChains` found out. Positions count in `certificates`. */
export interface Chains {
  /** Every entry that was given, in order. */
  certificates: CertificateSummary[];
  /** For each certificate, those with its issuer's name, and whether they signed it. A self-signed certificate has its own position. */
  links: { certificate: number; issuer: number; signature: SignatureVerdict; reason: string; keyIdsMatch?: boolean }[];
  /** For each certificate that is not a CA's: the CA that signed it, which is the one to register; the way up; whether it ends in a root. */
  devices: { index: number; signingCa?: number; path: number[]; complete: boolean }[];
  /** What is wrong with the chains, and with the CAs that signed a device. */
  diagnostics: Diagnostic[];
}

/** How a CA is registered: with a verification certificate, or without one, for devices that send Server Name Indication. */
export type CertificateMode = "DEFAULT" | "SNI_ONLY";

/** How to register a CA. */
export interface CaRegistrationOptions extends MomentOptions {
  /** Without it `"DEFAULT"`. */
  mode?: CertificateMode;
  /** What `aws iot get-registration-code` printed. */
  registrationCode?: string;
  /** The certificate that proves that you hold the CA's private key; for `DEFAULT` mode. */
  verificationCertificate?: CertificateInput;
}

/** Whether a CA can be registered, and how. */
export interface CaRegistration {
  /** How it would be registered. */
  mode: CertificateMode;
  /** Whether nothing was found that AWS IoT refuses, and the verification certificate could be checked (else JITP138). */
  ok: boolean;
  /** What was read from the CA's certificate. */
  ca: CertificateSummary;
  /** The verification certificate, if one was given. `codeMatches` is absent without a registration code. */
  verification?: {
    certificate: CertificateSummary;
    commonName?: string;
    codeMatches?: boolean;
    signature: SignatureVerdict;
    reason: string;
  };
  /** The request of `RegisterCACertificate`, without the registration config. */
  request: Record<string, unknown>;
  /** Commands for a POSIX shell that register it, with the files that they need. */
  commands: string;
  /** The findings: what AWS IoT refuses, or may refuse. */
  diagnostics: Diagnostic[];
}
