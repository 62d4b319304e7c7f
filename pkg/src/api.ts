import { Device } from "./access/device.js";
import { policyChanges } from "./access/options.js";
import { type CompiledDevice, CompiledTemplate, core } from "./core.js";
import { accountTexts, bytes, device, ensureReady, template } from "./given.js";
import { authorityOptions, bothOptions, chainOptions, dryRunOptions, fleetOptions, stringifyOptions, templateOptions } from "./options.js";
import { RULES } from "./rules.js";
import { AccountRun } from "./run.js";
import type {
  AccountReport,
  AccountSource,
  CertificateInput,
  CertificateSummary,
  ListedCertificate,
  DeviceOptions,
  DryRunOptions,
  Fleet,
  FleetOptions,
  FleetRow,
  Flow,
  MomentOptions,
  Plan,
  PolicyChanges,
  ProvisionedDevice,
  Redacted,
  Rule,
  Run,
  SimulateOptions,
  Simulation,
  Stringified,
  StringifyOptions,
  TemplateOptions,
  TemplateSource,
  Twins,
  ValidationReport,
} from "./types.js";

/**
 * Reads a template of any kind and says what is wrong with it, before any device connects.
 * Never throws because of the text: any text gives a report.
 *
 * @param source the template; places in findings are UTF-16 offsets in it
 * @param options the flow to check for, and what is known of the account
 * @throws TypeError if the call itself is wrong: no template, an option that does not exist
 *
 * @example
 * import { validate } from "jitp";
 * for (const { code, message, span } of validate("{}").diagnostics) console.log(code, message, span?.start.line);
 */
export function validate(source: TemplateSource, options?: TemplateOptions): ValidationReport {
  return core.validate(template(source), templateOptions(options)) as ValidationReport;
}

/**
 * Writes a template as it is sent to AWS: a registration config with the body as an escaped string, or an input for
 * `CreateProvisioningTemplate` if the source is one or `templateName` is given.
 *
 * @param source the template; its own role and name are kept if the options give no other
 * @param options the role, the name, the white space inside the body
 * @throws TypeError if the call itself is wrong
 *
 * @example
 * import { stringify } from "jitp";
 * const body = { Resources: { certificate: { Type: "AWS::IoT::Certificate" } } };
 * const { text, size, limit } = stringify(body, { roleArn: "arn:aws:iam::123456789012:role/JITPRole" });
 */
export function stringify(source: TemplateSource, options?: StringifyOptions): Stringified {
  return core.stringify(template(source), stringifyOptions(options)) as Stringified;
}

/**
 * Gives the template body of a template of any kind, pretty-printed with two spaces a level.
 *
 * @param source the template
 * @throws TypeError if it is not a template
 */
export function unstringify(source: TemplateSource): Stringified {
  return core.unstringify(template(source)) as Stringified;
}

/**
 * Says what JITP does when a device with this certificate connects for the first time; or, with another `flow`, what
 * `RegisterThing` does. In those flows the certificate may be empty (`""`), because AWS may issue it.
 *
 * For many certificates, create one {@link Template}.
 *
 * @param source the template
 * @param certificate the device's certificate, or `{ subject }` for a certificate that has this subject, whatever else it has; anything else
 * gives a plan that says so
 * @param options the options of the template and of the run, together
 * @throws TypeError if the call itself is wrong
 *
 * @example
 * import { dryRun, planText, type Plan } from "jitp";
 * const plan: Plan = dryRun("{}", "", { region: "eu-west-1", now: "2026-11-23T12:00:00Z" });
 * console.log(plan.verdict, plan.stoppedAt, planText(plan));
 */
export function dryRun(source: TemplateSource, certificate: CertificateInput, options?: TemplateOptions & DryRunOptions): Plan {
  const known = device(certificate);
  const given = bothOptions(options);
  const compiled = new CompiledTemplate(template(source), given.template);
  try {
    return compiled.dryRun(known, given.run) as Plan;
  } finally {
    compiled.free();
  }
}

/**
 * Says whether a device may connect, publish, subscribe, receive or call, by the policies attached to its certificate. The device is
 * given by its policies, or by a template and its certificate: then its policies and its thing are those of the plan.
 *
 * To ask often, create one {@link Device}.
 *
 * @param options the device, its requests, and how it makes them
 * @throws TypeError if the call itself is wrong; a document that is not a policy is not an error, but has findings
 *
 * @example
 * import { simulate } from "jitp";
 * const Statement = { Effect: "Allow", Action: "iot:Subscribe", Resource: "arn:aws:iot:eu-west-1:123456789012:topic/lamps/*" };
 * const { answers } = simulate({
 *   policies: [{ Version: "2012-10-17", Statement: [Statement] }],
 *   requests: [{ verb: "connect" }, { verb: "subscribe", filter: "lamps/+" }],
 *   context: { clientId: "lamp-1" },
 * });
 * for (const { answer, reason } of answers) console.log(answer, reason);
 */
export function simulate(options: SimulateOptions): Simulation {
  if (typeof options !== "object" || options === null) throw new TypeError("jitp: simulate needs an object");
  const { requests, context, ...given } = options;
  const asked = "template" in given ? provisioned(given) : new Device(given);
  try {
    return asked.simulate(requests, context);
  } finally {
    asked.free();
  }
}

/** The device that a template provisions, for one call. */
function provisioned({ template: source, certificate, ...options }: ProvisionedDevice): Device {
  const given = bothOptions(options);
  // The device compiles the template again if its instance is dropped.
  const compiled = new CompiledTemplate(template(source), given.template);
  try {
    return deviceOf(compiled.device(device(certificate), given.run, {}));
  } finally {
    compiled.free();
  }
}

/** The public object of a device in the core. The declared constructor is for descriptions of devices alone. */
function deviceOf(compiled: CompiledDevice): Device {
  return new Device(compiled as unknown as DeviceOptions);
}

/**
 * Reads every certificate of a bundle: PEM with anything around it, base64 alone, DER, PKCS#7. Each block gives one entry, with all that a
 * certificate viewer shows. An entry that is not a readable certificate says what it is and why. Private keys are refused, not read.
 *
 * @param bundle text, or bytes
 * @param options the time at which validity is checked
 * @throws TypeError if the bundle is neither
 */
export function readCertificates(bundle: string | Uint8Array, options?: MomentOptions): CertificateSummary[] {
  return core.readCertificates(bytes(bundle), authorityOptions(options)) as CertificateSummary[];
}

/**
 * Reads the same entries as {@link readCertificates}, with few facts of each: many times faster, for large bundles. What a list leaves out,
 * `readCertificates` says for an entry's `pem`.
 *
 * @param bundle text, or bytes
 * @throws TypeError if the bundle is neither
 */
export function listCertificates(bundle: string | Uint8Array): ListedCertificate[] {
  return core.listCertificates(bytes(bundle));
}

/**
 * Reads what is known of an AWS account: outputs of the AWS CLI as they come, records of them, or an account in jitp's own form, in one text or
 * several. What nobody told stays unknown: only a complete list makes what it lacks absent. Any text gives a report.
 *
 * @param source the texts; `{ name, text }` gives a text a name for findings
 * @throws TypeError if the call itself is wrong
 *
 * @example
 * import { readAccount } from "jitp";
 * const { account, diagnostics } = readAccount(['{"things": [{"thingName": "lamp-1", "attributes": {}}]}']);
 * console.log(account.things, diagnostics.map(({ message }) => message));
 */
export function readAccount(source: AccountSource): AccountReport {
  const given = accountTexts(source);
  ensureReady();
  const names = given.map(({ name }) => name);
  const report = core.readAccount(
    names,
    given.map(({ text }) => text),
  ) as Omit<AccountReport, "diagnostics">;
  return { ...report, diagnostics: report.texts.flatMap(({ diagnostics }) => diagnostics) };
}

/** In characters. A shorter text holds no private key. */
const SHORTEST_KEY = 40;

/**
 * Finds private keys in a text, and writes over them: PEM and what OpenSSH, PuTTY and PGP write, DER in base64 or hex, PKCS#12 and other
 * stores, JSON Web Keys, and base64 of a text with keys in it. Escapes, quotes and line breaks do not hide a key. Public keys, certificates,
 * signatures and hashes stay. Every input of the package passes through the same search.
 *
 * Use it before a text is stored, sent or shown. The time is linear in the text.
 *
 * @param text any text
 * @throws TypeError if it is not a text
 *
 * @example
 * import { redactPrivateKeys } from "jitp";
 * const { text, found } = redactPrivateKeys("tls.key: LS0tLS1CRUdJTi…");
 * if (found.length > 0) console.warn(`${found.length} private keys were written over`, text);
 */
export function redactPrivateKeys(text: string): Redacted {
  if (typeof text !== "string") throw new TypeError("jitp: private keys are looked for in a string");
  if (text.length < SHORTEST_KEY) return { text, found: [] };
  ensureReady();
  // The core returns null for a text without a key. The text may be long, and halves of surrogate pairs do not survive the way into the
  // wasm and out again.
  return (core.redactPrivateKeys(text) as Redacted | null) ?? { text, found: [] };
}

/**
 * The catalogue: every rule that a finding can belong to, in the order of the codes. Each call returns a new list, which the caller owns. The
 * wasm module need not be loaded.
 *
 * @example
 * import { rules } from "jitp";
 * const why = rules().find(({ code }) => code === "JITP012")?.explanation;
 */
export function rules(): Rule[] {
  return RULES.map((rule) => ({ ...rule }));
}

/**
 * Marks equal certificates, and devices that would share one thing, among rows of a fleet that was checked in several parts, as
 * {@link Template.dryRunFleet} marks them in one. `duplicateOf` and `sameThingAs` are positions in the list. Marks that the rows had before
 * are dropped.
 */
export function fleetTwins<Row extends Pick<FleetRow, "certificateId" | "thingName">>(rows: readonly Row[]): (Row & Twins)[] {
  ensureReady();
  const words = rows.flatMap(({ certificateId, thingName }) => [certificateId ?? null, thingName ?? null]);
  const found = core.twins(words) as (number | null)[];
  return rows.map((row, i) => {
    const { duplicateOf: _, sameThingAs: __, ...line } = row as Row & Twins;
    const [duplicateOf, sameThingAs] = [found[2 * i], found[2 * i + 1]];
    return { ...line, ...(duplicateOf != null && { duplicateOf }), ...(sameThingAs != null && { sameThingAs }) } as Row & Twins;
  });
}

/** The inside of a template. `compiled` throws if it was freed. */
export interface Inside {
  /** A `CompiledTemplate`, which is no business of those who read the declarations. */
  compiled: () => object;
  flow: Flow;
}

let inside: (template: Template) => Inside;

/** The inside of a template, for the package's own calls. */
export function insideOf(template: Template): Inside {
  return inside(template);
}

/**
 * A template, parsed and checked once, to be dry-run against any number of certificates. It lives in wasm memory: write
 * `using template = new Template(source)`, call {@link Template.free} when done, or leave it to the garbage collector. The memory is bounded
 * in any case: of the templates and devices that are in it, at most 256 are kept, and at most 8 MB of sources. One that made room, or
 * whose memory was lost because another call needed more than there is, is compiled again at its next call.
 */
export class Template {
  readonly #inner: CompiledTemplate;
  #freed = false;
  readonly #flow: Flow;
  #report: ValidationReport | undefined;

  /**
   * @param source the template; anything else gives a report that says so
   * @param options the flow to check for, and what is known of the account
   * @throws TypeError if the call itself is wrong
   */
  constructor(source: TemplateSource, options?: TemplateOptions) {
    const given = templateOptions(options);
    this.#flow = given.flow;
    this.#inner = new CompiledTemplate(template(source), given);
  }

  #live(): CompiledTemplate {
    if (this.#freed) throw new Error("jitp: this Template has been freed");
    return this.#inner;
  }

  static {
    inside = (template) => ({ compiled: () => template.#live(), flow: template.#flow });
  }

  /** What can be said before any device connects. */
  get report(): ValidationReport {
    this.#report ??= this.#live().report() as ValidationReport;
    return this.#report;
  }

  /**
   * Says what JITP does when a device with this certificate connects for the first time, as {@link dryRun}.
   *
   * @throws Error after {@link Template.free}
   */
  dryRun(certificate: CertificateInput, options?: DryRunOptions): Plan {
    return this.#live().dryRun(device(certificate), dryRunOptions(options, this.#flow)) as Plan;
  }

  /**
   * Checks every certificate of a bundle (PEM with anything around it, or DER) and gives a row for each, far faster than a
   * plan for each certificate. Open a row with {@link Template.dryRun}, which says the same. Equal certificates, and devices that would
   * share one thing, are marked in the rows and counted.
   *
   * @throws Error after {@link Template.free}
   */
  dryRunFleet(bundle: string | Uint8Array, options?: FleetOptions): Fleet {
    return this.#live().dryRunFleet(bytes(bundle), fleetOptions(options, this.#flow)) as Fleet;
  }

  /**
   * Begins with an account, for devices that are provisioned one after another in it: each finds what those before it have left. To be
   * used for many devices in turns or in parts; for one bundle, {@link Template.dryRunFleet} with `account` is the same.
   *
   * @param options the options of all devices; without `account` nothing is known of the account
   * @throws Error after {@link Template.free}; TypeError if the call itself is wrong
   *
   * @example
   * import { Template, type Run } from "jitp";
   * const template = new Template("{}");
   * const run: Run = template.run({ account: { things: {}, certificates: {} } });
   * const first = run.plan({ subject: "/CN=lamp-1" });
   * const next = run.plan({ subject: "/CN=lamp-2" });
   * console.log(first.verdict, next.verdict, run.account.things);
   * run.free();
   * template.free();
   */
  run(options?: Omit<FleetOptions, "issuers">): Run {
    this.#live();
    return new AccountRun(() => this.#live(), this.#flow, chainOptions(options, this.#flow));
  }

  /**
   * The device with this certificate, as {@link Template.dryRun} says that it is provisioned, to be asked what it may do. A device that is
   * not provisioned may do nothing. If the verdict is `"unknown"`, no answer is `"allowed"`.
   *
   * @param certificate the device's certificate, or `{ subject }`
   * @param options the options of the dry run; `policies` and `groupPolicies` are documents that the template does not carry
   * @param changes policies to add and to leave out
   * @throws Error after {@link Template.free}. The device itself can be used after that.
   */
  device(certificate: CertificateInput, options?: DryRunOptions, changes?: PolicyChanges): Device {
    return deviceOf(this.#live().device(device(certificate), dryRunOptions(options, this.#flow), policyChanges(changes)));
  }

  /** Gives its memory back. It may be called more than once. */
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
