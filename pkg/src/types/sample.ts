/** Sample certificates. */
import type { MomentOptions } from "./certificate.js";
import type { Plan, SerialNumberReading } from "./plan.js";
import type { TemplateOptions } from "./template.js";

/** Options of `sampleCertificates`: those of the template, of its dry run, and the time from which the certificates are valid. */
export interface SampleOptions extends TemplateOptions, MomentOptions {
  /** As in {@link DryRunOptions}. */
  serialNumber?: SerialNumberReading;
  /** The parameters that the caller of `RegisterThing` gives; for the other flows. */
  parameters?: Record<string, string>;
}

/** A throw-away CA and a device certificate that satisfy a template. The private keys are generated each time and kept nowhere. */
export interface SampleCertificates {
  /** Both PEM. */
  ca: { pem: string; privateKey: string };
  /** Both PEM. */
  device: { pem: string; privateKey: string };
  /** The device's subject in the form of `openssl req -subj`. */
  subject: string;
  /** Commands for a POSIX shell that create the same with `openssl`. */
  commands: string;
  /** What JITP does with the device. */
  plan: Plan;
}
