import * as glue from "#glue";
import {
  authorityOptions,
  bothOptions,
  dryRunOptions,
  fleetOptions,
  stringifyOptions,
  templateOptions,
} from "./options.js";
import { RULES } from "./rules.js";
import { sourceText } from "./source.js";
import type {
  CertificateInput,
  CertificateSummary,
  DryRunOptions,
  Fleet,
  Flow,
  MomentOptions,
  Plan,
  Rule,
  Stringified,
  StringifyOptions,
  TemplateOptions,
  TemplateSource,
  ValidationReport,
} from "./types.js";

let ready = false;

/** Called by the entries once the wasm module is instantiated. */
export function markReady(): void {
  ready = true;
}

const encoder = new TextEncoder();

/** Makes sure that a template is a text. */
export function text(source: unknown): string {
  if (!ready) throw new Error("jitp: the wasm module is not loaded yet; call `await init()` first");
  return sourceText(source);
}

/** The bytes of what is given as certificates. */
export function bytes(input: unknown): Uint8Array {
  if (!ready) throw new Error("jitp: the wasm module is not loaded yet; call `await init()` first");
  if (typeof input === "string") return encoder.encode(input);
  if (input instanceof Uint8Array) return input;
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (typeof input === "object" && input !== null && "index" in input) {
    // A summary from readCertificates; one that could not be read has no PEM and makes a plan that says so.
    return encoder.encode((input as CertificateSummary).pem ?? "");
  }
  throw new TypeError("jitp: a certificate is a string, a Uint8Array, or an entry of readCertificates");
}

/**
 * Reads a template of any kind and says what is wrong with it, before any device connects.
 * Never throws for what the text holds: any text gives a report.
 */
export function validate(source: TemplateSource, options?: TemplateOptions): ValidationReport {
  return glue.validate(text(source), templateOptions(options).json) as ValidationReport;
}

/**
 * Writes a template as it is sent to AWS: a registration config with the body as an escaped string, or an input for
 * `CreateProvisioningTemplate` where the source is one or `templateName` is given.
 */
export function stringify(source: TemplateSource, options?: StringifyOptions): Stringified {
  return glue.stringify(text(source), stringifyOptions(options)) as Stringified;
}

/** Gives the template body of a template of any kind, pretty-printed with two blanks. */
export function unstringify(source: TemplateSource): Stringified {
  return glue.unstringify(text(source)) as Stringified;
}

/**
 * Says what JITP does when a device with this certificate connects for the first time; or, with another `flow`, what
 * `RegisterThing` does. There the certificate may be empty (`""`): AWS may issue it.
 */
export function dryRun(
  source: TemplateSource,
  certificate: CertificateInput,
  options?: TemplateOptions & DryRunOptions,
): Plan {
  const device = bytes(certificate);
  const given = bothOptions(options);
  const template = new glue.Template(text(source), given.template);
  try {
    return template.dryRun(device, given.run) as Plan;
  } finally {
    template.free();
  }
}

/**
 * Reads every certificate of a bundle: PEM with anything around it, base64 alone, DER, PKCS#7. One entry a block, with all that a certificate
 * viewer shows; entries that are no readable certificate say what they are and why.
 */
export function readCertificates(bundle: string | Uint8Array, options?: MomentOptions): CertificateSummary[] {
  return glue.readCertificates(bytes(bundle), JSON.stringify(authorityOptions(options))) as CertificateSummary[];
}

/**
 * The catalogue: every rule that a finding can belong to, in the order of the codes. The list is made anew at each call, so it is the
 * caller's own; the wasm module need not be loaded.
 *
 * @example
 * const why = rules().find(({ code }) => code === diagnostic.code)?.explanation;
 */
export function rules(): Rule[] {
  return RULES.map((rule) => ({ ...rule }));
}

/**
 * A template, parsed and judged once, to be dry-run against any number of certificates. It lives in wasm memory:
 * call {@link Template.free} when done (or leave it to the garbage collector).
 */
export class Template {
  readonly #inner: glue.Template;
  #freed = false;
  readonly #flow: Flow;
  #report: ValidationReport | undefined;

  constructor(source: TemplateSource, options?: TemplateOptions) {
    const { flow, json } = templateOptions(options);
    this.#flow = flow;
    this.#inner = new glue.Template(text(source), json);
  }

  #live(): glue.Template {
    if (this.#freed) throw new Error("jitp: this Template has been freed");
    return this.#inner;
  }

  /** What can be said before any device connects. */
  get report(): ValidationReport {
    this.#report ??= this.#live().report() as ValidationReport;
    return this.#report;
  }

  /** Says what JITP does when a device with this certificate connects for the first time. */
  dryRun(certificate: CertificateInput, options?: DryRunOptions): Plan {
    return this.#live().dryRun(bytes(certificate), dryRunOptions(options, this.#flow)) as Plan;
  }

  /**
   * Judges every certificate of a bundle (PEM with anything around it, or DER) and gives a row for each: far faster than a
   * plan a certificate. Open a row with {@link Template.dryRun}.
   */
  dryRunFleet(bundle: string | Uint8Array, options?: DryRunOptions): Fleet {
    return this.#live().dryRunFleet(bytes(bundle), fleetOptions(options, this.#flow)) as Fleet;
  }

  /** Gives its memory back; may be called more than once. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#inner.free();
  }

  /** For `using template = new Template(source)`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
