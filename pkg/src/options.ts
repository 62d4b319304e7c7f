/**
 * Checks the options that callers give: one that is misspelt or of the wrong type is misuse of the API, and throws. What comes
 * out is the JSON text that the wasm module takes.
 */
import type { RunOptions } from "./core.js";
import type {
  CaRegistrationOptions,
  CertificateInput,
  CertificateMode,
  DryRunOptions,
  FleetOptions,
  Flow,
  IssuerCheck,
  MomentOptions,
  SampleOptions,
  SerialNumberReading,
  StringifyOptions,
  TemplateOptions,
} from "./types.js";

const FLOWS: readonly Flow[] = ["jitp", "fleet", "register-thing"];
const READINGS: readonly SerialNumberReading[] = ["auto", "subject", "certificate"];

const TEMPLATE = ["flow", "region", "accountId"];
const RUN = ["region", "accountId", "serialNumber", "now", "parameters"];
const MODES: readonly CertificateMode[] = ["DEFAULT", "SNI_ONLY"];

/**
 * An option that is given wrongly: misuse of the API. The error carries the option's name for those who call it something else, and what is
 * wrong as the end of a sentence that begins with the option.
 */
export function optionError(option: string, problem: string): TypeError {
  return Object.assign(new TypeError(`jitp: options.${option} ${problem}`), { option, problem });
}

/** The options of a template. */
export function templateOptions(options: TemplateOptions | undefined): { flow: Flow; json: string } {
  const judged = judge(read(options, TEMPLATE));
  return { flow: judged.flow, json: JSON.stringify(judged) };
}

/** The options of a dry run of a template that is judged for `flow`. */
export function dryRunOptions(options: DryRunOptions | undefined, flow: Flow): RunOptions {
  return runOptions(read(options, [...RUN, "issuer"]), flow);
}

function runOptions(given: Record<string, unknown>, flow: Flow): RunOptions {
  const check = issuer(given.issuer, flow);
  return { json: JSON.stringify(run(given, flow)), checks: check && [check] };
}

/** The options of many dry runs at once, each of another certificate. */
export function fleetOptions(options: FleetOptions | undefined, flow: Flow): RunOptions {
  const given = read(options, [...RUN, "issuers"]);
  const issuers = given.issuers ?? undefined;
  if (issuers !== undefined && !Array.isArray(issuers)) {
    throw optionError("issuers", "is what verifyIssuers answers; did you forget to await it?");
  }
  const checks = issuers?.map((given: unknown) => {
    const check = issuer(given, flow);
    if (check === undefined) throw optionError("issuers", "has a check for each entry of the bundle");
    return check;
  });
  return { json: JSON.stringify(run(given, flow)), checks };
}

/** The options of a template and of its dry run, given together. */
export function bothOptions(options: (TemplateOptions & DryRunOptions) | undefined): { template: string; run: RunOptions } {
  const given = read(options, [...TEMPLATE, ...RUN, "issuer"]);
  const judged = judge(given);
  return { template: JSON.stringify(judged), run: runOptions(given, judged.flow) };
}

/** The moment by which dates are judged, in seconds since 1970. */
export function authorityOptions(options: MomentOptions | undefined): { now: number } {
  return { now: moment(read(options, ["now"])) };
}

/** The options of the registration of a CA. */
export function registrationOptions(options: CaRegistrationOptions | undefined) {
  const given = read(options, ["mode", "registrationCode", "verificationCertificate", "now"]);
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

/** The options of a sample: those of its template, and the moment in seconds since 1970. */
export function sampleOptions(options: SampleOptions | undefined) {
  const given = read(options, [...TEMPLATE, "serialNumber", "parameters", "now"]);
  const template = judge(given);
  return { template, now: run(given, template.flow).now };
}

/** The options of stringify. */
export function stringifyOptions(options: StringifyOptions | undefined): string {
  const given = read(options, ["flow", "roleArn", "indent", "templateName"]);
  const indent = given.indent;
  if (indent !== undefined && !(Number.isInteger(indent) && (indent as number) >= 0 && (indent as number) <= 8)) {
    throw optionError("indent", "is a whole number from 0 to 8");
  }
  const { flow } = judge(given);
  return JSON.stringify({ flow, roleArn: text(given, "roleArn"), indent, templateName: text(given, "templateName") });
}

function judge(given: Record<string, unknown>) {
  return { flow: one(given, "flow", FLOWS), region: text(given, "region"), accountId: text(given, "accountId") };
}

function run(given: Record<string, unknown>, flow: Flow) {
  return {
    region: text(given, "region"),
    accountId: text(given, "accountId"),
    serialNumber: one(given, "serialNumber", READINGS),
    now: moment(given),
    parameters: parameters(given, flow),
  };
}

/** Seconds since 1970. */
function moment(given: Record<string, unknown>): number {
  const written = text(given, "now");
  const now = written === undefined ? Date.now() : rfc3339(written);
  if (Number.isNaN(now)) throw optionError("now", "is not a time as RFC 3339 writes it, such as 2026-11-23T12:00:00Z");
  return Math.floor(now / 1000);
}

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970. `Date.parse` alone takes "monday 1" for a time, and the 30th of February for the 2nd of March. */
function rfc3339(written: string): number {
  const date = RFC3339.exec(written)?.[1];
  if (date === undefined || !new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date)) return Number.NaN;
  return Date.parse(written.toUpperCase());
}

/** The answer of `verifyIssuer`, which belongs to a device that a CA is registered for. */
function issuer(check: unknown, flow: Flow): IssuerCheck | undefined {
  if (check === undefined || check === null) return undefined;
  if (flow !== "jitp") throw optionError("issuer", 'is for the flow "jitp"');
  if (typeof check !== "object" || !("signature" in check)) {
    throw optionError("issuer", "is what verifyIssuer answers; did you forget to await it?");
  }
  return check as IssuerCheck;
}

/** JITP takes its values from the certificate: parameters with it are a misunderstanding worth an error. */
function parameters(given: Record<string, unknown>, flow: Flow): Record<string, string> | undefined {
  const values = given.parameters;
  if (values === undefined || values === null) return undefined;
  if (flow === "jitp") throw optionError("parameters", 'is for the flows "fleet" and "register-thing"');
  if (typeof values !== "object" || Object.values(values).some((value) => typeof value !== "string")) {
    throw optionError("parameters", "is an object of strings");
  }
  return values as Record<string, string>;
}

/** The options as an object; one that is not known is misuse. */
export function read(options: unknown, known: readonly string[]): Record<string, unknown> {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object") throw new TypeError("jitp: options have to be an object");
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      const all = [...new Set(known)].join(", ");
      // A longer key is no slip of the pen, and may be anything.
      const which = key.length <= 32 ? JSON.stringify(key) : "of that name";
      throw new TypeError(`jitp: there is no option ${which}; known: ${all}`);
    }
  }
  return options as Record<string, unknown>;
}

/** One of several words; the first where none is given. */
function one<Word extends string>(given: Record<string, unknown>, key: string, words: readonly Word[]): Word {
  const word = text(given, key) ?? words[0];
  const known = words.find((other) => other === word);
  if (known === undefined) throw optionError(key, `is one of ${words.join(", ")}`);
  return known;
}

function text(given: Record<string, unknown>, key: string): string | undefined {
  const value = given[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw optionError(key, "must be a string");
  return value;
}
