/** What `simulate` evaluates. */
import type { DeviceOptions, Questions } from "./access.js";
import type { CertificateInput } from "./certificate.js";
import type { DryRunOptions } from "./plan.js";
import type { TemplateOptions, TemplateSource } from "./template.js";

/** What `simulate` evaluates: requests of a device that is described without a template, or of one that a template provisions. */
export type SimulateOptions = Questions & (DeviceOptions | ProvisionedDevice);

/** A device that a template provisions. */
export interface ProvisionedDevice extends TemplateOptions, DryRunOptions {
  /** The template. */
  template: TemplateSource;
  /** The device's certificate. */
  certificate: CertificateInput;
}
