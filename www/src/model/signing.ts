/** Who signed whom, by the keys of the entries. */

import type { Diagnostic, SignatureVerdict } from "jitp";

/** The signer of one certificate. */
export interface Signer {
  signature: SignatureVerdict;
  /** The same as a sentence. */
  reason: string;
  /** The CA that signed it, else one that has its issuer's name. */
  issuer: number;
}

/** The signers of all. */
export interface Signing {
  /** By the key of the certificate. */
  signers: Map<number, Signer>;
  /** The way up from each device, itself first. */
  paths: Map<number, { path: number[]; complete: boolean }>;
  diagnostics: Diagnostic[];
}
