/**
 * Checks the options that callers give. A misspelled option, or one of the wrong type, is misuse of the API and throws. The result is the
 * object that the wasm module reads.
 *
 * The names are those of the types, and the result has the shapes of the Rust types. An option that only one side knows does not compile.
 */
import { plainCheck } from "./checks.js";
import type { RunOptions } from "./core.js";
import { accountTexts } from "./given.js";
import type * as shapes from "./shapes.js";
import { sourceText } from "./source.js";
import type {
  CaRegistrationOptions,
  CertificateInput,
  CertificateMode,
  DryRunOptions,
  FleetCallOptions,
  FleetOptions,
  FleetStreamOptions,
  Flow,
  IssuerCheck,
  MomentOptions,
  SampleOptions,
  SerialNumberReading,
  StringifyOptions,
  TemplateOptions,
} from "./types.js";

/** The options that cross to the wasm module. Each member must be written down, even if it is `undefined`. */
type Crossing<Options> = { [Name in keyof Options]-?: Options[Name] | undefined };
type Run = Crossing<Omit<shapes.DryRunOptions, "issuer" | "issuers" | "account" | "values">> & {
  account: ReturnType<typeof accountTexts> | undefined;
};
type Given = Record<string, unknown>;

/**
 * All names of a type. The compiler refuses a name too many and a name too few.
 * @__NO_SIDE_EFFECTS__
 */
export function names<Name extends string>(all: Record<Name, true>): Name[] {
  return Object.keys(all) as Name[];
}

// The first of these words is the default.
const FLOWS = names<Flow>({ jitp: true, fleet: true, "register-thing": true });
const READINGS = names<SerialNumberReading>({ auto: true, subject: true, certificate: true });
const MODES = names<CertificateMode>({ DEFAULT: true, SNI_ONLY: true });

const TEMPLATE = names<keyof TemplateOptions>({ flow: true, region: true, accountId: true });
const RUN = names<keyof DryRunOptions & keyof FleetOptions>({
  region: true,
  accountId: true,
  serialNumber: true,
  now: true,
  parameters: true,
  clientId: true,
  policies: true,
  groupPolicies: true,
  account: true,
});
const OWN = names<Exclude<keyof DryRunOptions, keyof FleetOptions>>({ issuer: true, values: true });
const ISSUERS = names<Exclude<keyof FleetOptions, keyof DryRunOptions>>({ issuers: true });
const DRY_RUN = [...RUN, ...OWN];
const FLEET = [...RUN, ...ISSUERS];
const STREAM = names<Exclude<keyof FleetStreamOptions, keyof FleetOptions>>({ ca: true, collisions: true, signal: true, onProgress: true });
const STRINGIFY = names<keyof StringifyOptions>({ flow: true, roleArn: true, indent: true, templateName: true });
const MOMENT = names<keyof MomentOptions>({ now: true });
const REGISTRATION = names<keyof CaRegistrationOptions>({
  mode: true,
  registrationCode: true,
  verificationCertificate: true,
  now: true,
});
const SAMPLE = [
  ...TEMPLATE,
  ...names<Exclude<keyof SampleOptions, keyof TemplateOptions>>({ serialNumber: true, parameters: true, now: true }),
];

/**
 * The error for an option that is given wrongly, which is misuse of the API. It carries the option's name, because the command line calls the
 * option something else, and the problem as the end of a sentence that begins with the option.
 */
export function optionError(option: string, problem: string): TypeError {
  return Object.assign(new TypeError(`jitp: options.${option} ${problem}`), { option, problem });
}

/** The options of a template. */
export function templateOptions(options: TemplateOptions | undefined): Crossing<shapes.TemplateOptions> & { flow: Flow } {
  return templateOptionsOf(read(options, TEMPLATE));
}

/** The options of a dry run of a template that is checked for `flow`. */
export function dryRunOptions(options: DryRunOptions | undefined, flow: Flow): RunOptions {
  return runOptions(read(options, DRY_RUN), flow);
}

function runOptions(given: Given, flow: Flow): RunOptions {
  const check = issuer(given.issuer, flow);
  return { options: { ...run(given, flow), values: flag(given, "values") }, checks: check && [check] };
}

/** The options of many dry runs at once, each for another certificate. */
export function fleetOptions(options: FleetOptions | undefined, flow: Flow): RunOptions {
  const given = read(options, FLEET);
  return { options: run(given, flow), checks: issuers(given, flow) };
}

/** The options of a fleet that comes in chunks. Those of the core are plain data. */
export function streamOptions(options: FleetStreamOptions | undefined, flow: Flow): StreamOptions {
  return streamOptionsOf(read(options, [...RUN, ...STREAM]), flow);
}

/** The same with the options of its template. */
export function streamCallOptions(options: FleetCallOptions | undefined): {
  template: TemplateOptions & { flow: Flow };
  stream: StreamOptions;
} {
  const given = read(options, [...TEMPLATE, ...RUN, ...STREAM]);
  const template = templateOptionsOf(given) as TemplateOptions & { flow: Flow };
  return { template, stream: streamOptionsOf(given, template.flow) };
}

/** What a fleet that comes in chunks is judged by. */
export interface StreamOptions {
  options: Run & { now: number };
  ca: CertificateInput | undefined;
  collisions: boolean;
  signal: AbortSignal | undefined;
  onProgress: FleetStreamOptions["onProgress"];
}

function streamOptionsOf(given: Given, flow: Flow): StreamOptions {
  const { ca, signal, onProgress, collisions } = given as FleetStreamOptions;
  if (ca != null && flow !== "jitp") throw optionError("ca", 'is for the flow "jitp"');
  if (collisions != null && typeof collisions !== "boolean") throw optionError("collisions", "must be true or false");
  if (signal != null && typeof signal.addEventListener !== "function") throw optionError("signal", "is an AbortSignal");
  if (onProgress != null && typeof onProgress !== "function") throw optionError("onProgress", "is a function");
  return {
    options: run(given, flow),
    ca: ca ?? undefined,
    collisions: collisions ?? true,
    signal: signal ?? undefined,
    onProgress: onProgress ?? undefined,
  };
}

/** The options of devices one after another. Without an account nothing is known of it. */
export function chainOptions(options: Omit<FleetOptions, "issuers"> | undefined, flow: Flow): RunOptions["options"] {
  const all = run(read(options, RUN), flow);
  return { ...all, account: all.account ?? [] };
}

/** What one of these devices has besides. */
export function linkOptions(options: Pick<DryRunOptions, "issuer" | "values"> | undefined, flow: Flow): RunOptions {
  const given = read(options, OWN);
  const check = issuer(given.issuer, flow);
  return { options: { values: flag(given, "values") }, checks: check && [check] };
}

/** The checks of several of these devices. */
export function linkChecks(options: Pick<FleetOptions, "issuers"> | undefined, flow: Flow): RunOptions["checks"] {
  return issuers(read(options, ISSUERS), flow);
}

function issuers(given: Given, flow: Flow): IssuerCheck[] | undefined {
  const issuers = given.issuers ?? undefined;
  if (issuers !== undefined && !Array.isArray(issuers)) {
    throw optionError("issuers", "is what verifyIssuers answers; did you forget to await it?");
  }
  return issuers?.map((given: unknown) => {
    const check = issuer(given, flow);
    if (check === undefined) throw optionError("issuers", "has a check for each entry of the bundle");
    return check;
  });
}

/** The options of a template and of its dry run, given together. */
export function bothOptions(options: (TemplateOptions & DryRunOptions) | undefined): { template: object; run: RunOptions } {
  const given = read(options, [...TEMPLATE, ...DRY_RUN]);
  const template = templateOptionsOf(given);
  return { template, run: runOptions(given, template.flow) };
}

/** The time at which validity is checked, in seconds since 1970. */
export function authorityOptions(options: MomentOptions | undefined): { now: number } {
  return { now: moment(read(options, MOMENT)) };
}

/** The options of the registration of a CA. */
export function registrationOptions(
  options: CaRegistrationOptions | undefined,
): Crossing<shapes.RegistrationOptions> & { mode: CertificateMode; verificationCertificate: CertificateInput | undefined } {
  const given = read(options, REGISTRATION);
  const mode = one(given, "mode", MODES);
  for (const key of ["registrationCode", "verificationCertificate"]) {
    if (mode !== "DEFAULT" && (given[key] ?? undefined) !== undefined) throw optionError(key, 'is for the mode "DEFAULT"');
  }
  return {
    mode,
    registrationCode: text(given, "registrationCode"),
    verificationCertificate: (given.verificationCertificate ?? undefined) as CertificateInput | undefined,
    now: moment(given),
  };
}

/** The options of a sample: those of its template, and the time in seconds since 1970. */
export function sampleOptions(options: SampleOptions | undefined): { template: ReturnType<typeof templateOptionsOf>; now: number } {
  const given = read(options, SAMPLE);
  const template = templateOptionsOf(given);
  return { template, now: run(given, template.flow).now };
}

/** The options of stringify. */
export function stringifyOptions(options: StringifyOptions | undefined): Crossing<shapes.StringifyOptions> {
  const given = read(options, STRINGIFY);
  const indent = given.indent;
  if (indent !== undefined && !(Number.isInteger(indent) && (indent as number) >= 0 && (indent as number) <= 8)) {
    throw optionError("indent", "is a whole number from 0 to 8");
  }
  const { flow } = templateOptionsOf(given);
  return {
    flow,
    roleArn: text(given, "roleArn"),
    indent: indent as number | undefined,
    templateName: text(given, "templateName"),
  };
}

function templateOptionsOf(given: Given): Crossing<shapes.TemplateOptions> & { flow: Flow } {
  return { flow: one(given, "flow", FLOWS), region: text(given, "region"), accountId: text(given, "accountId") };
}

function run(given: Given, flow: Flow): Run & { now: number } {
  return {
    region: text(given, "region"),
    accountId: text(given, "accountId"),
    serialNumber: one(given, "serialNumber", READINGS),
    now: moment(given),
    parameters: parameters(given, flow),
    clientId: text(given, "clientId"),
    policies: documentsByName(given, "policies"),
    groupPolicies: given.groupPolicies == null ? undefined : documentsByName(given, "groupPolicies"),
    account: account(given),
  };
}

/** What the account has already. */
function account(given: Given): ReturnType<typeof accountTexts> | undefined {
  if (given.account === undefined || given.account === null) return undefined;
  try {
    return accountTexts(given.account);
  } catch {
    throw optionError("account", "is a string, an object that JSON can write, { name, text }, or a list of these");
  }
}

/** Seconds since 1970. */
function moment(given: Given): number {
  const written = text(given, "now");
  const now = written === undefined ? Date.now() : rfc3339(written);
  if (Number.isNaN(now)) throw optionError("now", "is not a time as RFC 3339 writes it, such as 2026-11-23T12:00:00Z");
  return Math.floor(now / 1000);
}

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970. `Date.parse` alone reads "monday 1" as a time, and the 30th of February as the 2nd of March. */
function rfc3339(written: string): number {
  if (written === lately.written) return lately.time;
  const date = RFC3339.exec(written)?.[1];
  const isDate = date !== undefined && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) === true;
  const time = isDate ? Date.parse(written.toUpperCase()) : Number.NaN;
  lately = { written, time };
  return time;
}

/** The time that was read last. It is that of a whole fleet most often. */
let lately = { written: "", time: Number.NaN };

/** The answer of `verifyIssuer`. A CA is registered in JITP only, so that other flows have no such check. */
function issuer(check: unknown, flow: Flow): IssuerCheck | undefined {
  if (check === undefined || check === null) return undefined;
  if (flow !== "jitp") throw optionError("issuer", 'is for the flow "jitp"');
  if (typeof check !== "object" || !("signature" in check)) {
    throw optionError("issuer", "is what verifyIssuer answers; did you forget to await it?");
  }
  return plainCheck(check as IssuerCheck);
}

/** The values of parameters. JITP reads them from the certificate, so that parameters with it are a misunderstanding, and an error. */
function parameters(given: Given, flow: Flow): Record<string, string> | undefined {
  const values = texts(given, "parameters");
  if (values !== undefined && flow === "jitp") throw optionError("parameters", 'is for the flows "fleet" and "register-thing"');
  return values;
}

/** Texts by their names. */
function texts(given: Given, key: string): Record<string, string> | undefined {
  const values = given[key];
  if (values === undefined || values === null) return undefined;
  if (typeof values !== "object" || Object.values(values).some((value) => typeof value !== "string")) {
    throw optionError(key, "is an object of strings");
  }
  // A copy has no getters, which could call back into the core.
  return { ...values } as Record<string, string>;
}

/** Policy documents as texts, by their names. */
export function documentsByName(given: Given, option: string): Record<string, string> {
  const documents = given[option] ?? {};
  if (typeof documents !== "object" || Array.isArray(documents))
    throw optionError(option, "is an object of policy documents by their names");
  return Object.fromEntries(Object.entries(documents).map(([name, document]) => [name, documentText(option, document)]));
}

/** Policy documents as texts, each with its name; without one it is named by `kind` and its number. */
export function documents(option: string, given: unknown, kind: string): { name: string; text: string }[] {
  if (!Array.isArray(given)) throw optionError(option, "is a list of policy documents");
  const all = given.map((one: unknown, i) => {
    const named = isNamed(one) ? one : { name: `${kind} ${i + 1}`, document: one };
    return { name: named.name, text: documentText(option, named.document) };
  });
  const twice = all.find(({ name }, i) => all.findIndex((other) => other.name === name) !== i);
  if (twice !== undefined) throw optionError(option, "has two policies of one name");
  return all;
}

/** Whether a policy is given with its name. A policy document itself has neither of the two members. */
function isNamed(given: unknown): given is { name: string; document: unknown } {
  return typeof given === "object" && given !== null && "document" in given && "name" in given && typeof given.name === "string";
}

function documentText(option: string, document: unknown): string {
  try {
    return sourceText(document);
  } catch (error) {
    const problem = "has policy documents: strings, bytes, or objects that JSON can write";
    throw Object.assign(optionError(option, problem), { cause: error });
  }
}

/** The options as an object. An unknown option is misuse. */
export function read(options: unknown, known: readonly string[]): Given {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object") throw new TypeError("jitp: options must be an object");
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      const all = [...new Set(known)].join(", ");
      // A longer key is not a slip of the pen, and may be anything.
      const which = key.length <= 32 ? JSON.stringify(key) : "of that name";
      throw new TypeError(`jitp: there is no option ${which}; known: ${all}`);
    }
  }
  return options as Given;
}

/** One of several words; the first if none is given. */
export function one<Word extends string>(given: Given, key: string, words: readonly Word[]): Word {
  const word = text(given, key) ?? words[0];
  const known = words.find((other) => other === word);
  if (known === undefined) throw optionError(key, `is one of ${words.join(", ")}`);
  return known;
}

function flag(given: Given, key: keyof shapes.DryRunOptions): boolean | undefined {
  const value = given[key] ?? undefined;
  if (value !== undefined && typeof value !== "boolean") throw optionError(key, "must be true or false");
  return value;
}

export function text(given: Given, key: string): string | undefined {
  const value = given[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw optionError(key, "must be a string");
  return value;
}
