/** Checks the options that callers give: one that is misspelt or of the wrong type is misuse of the API, and throws. */
import type { DryRunOptions, Flow, SerialNumberReading, StringifyOptions, TemplateOptions } from "./types.js";

/** The options of a dry run in the order that the wasm module takes them. */
export type DryRunArguments = [
  region: string | undefined,
  accountId: string | undefined,
  reading: number,
  now: number,
  parameters: string | undefined,
];

/** What the judge is told besides the text, in the order that the wasm module takes it. */
export type TemplateArguments = [flow: number, region: string | undefined, accountId: string | undefined];

/** The options of stringify in the order that the wasm module takes them. */
export type StringifyArguments = [
  flow: number,
  roleArn: string | undefined,
  indent: number | undefined,
  templateName: string | undefined,
];

const FLOWS: readonly Flow[] = ["jitp", "fleet", "register-thing"];
const READINGS: readonly SerialNumberReading[] = ["auto", "subject", "certificate"];

export function templateArguments(options: TemplateOptions | undefined): TemplateArguments {
  return judged(read(options, ["flow", "region", "accountId"]));
}

function judged(given: Record<string, unknown>): TemplateArguments {
  const flow = FLOWS.indexOf((text(given, "flow") ?? "jitp") as Flow);
  if (flow < 0) throw new TypeError(`jitp: options.flow is one of ${FLOWS.join(", ")}`);
  return [flow, text(given, "region"), text(given, "accountId")];
}

/** The options of a dry run of a text: those of its template, then those of the run. */
export function runArguments(options: (TemplateOptions & DryRunOptions) | undefined): [number, ...DryRunArguments] {
  const { flow, ...run } = read(options, ["flow", ...DRY_RUN]);
  const [number] = judged({ flow });
  return [number, ...dryRunArguments(run as DryRunOptions, number)];
}

const DRY_RUN = ["region", "accountId", "serialNumber", "now", "parameters"];

/** The options of a dry run; `flow` is the number of the flow that the template is judged for. */
export function dryRunArguments(options: DryRunOptions | undefined, flow: number): DryRunArguments {
  const given = read(options, DRY_RUN);
  const reading = text(given, "serialNumber") ?? "auto";
  const index = READINGS.indexOf(reading as SerialNumberReading);
  if (index < 0) throw new TypeError(`jitp: options.serialNumber is one of ${READINGS.join(", ")}`);
  const moment = text(given, "now");
  const now = moment === undefined ? Date.now() : Date.parse(moment);
  if (Number.isNaN(now)) throw new TypeError("jitp: options.now is not a date as RFC 3339 writes it");
  return [text(given, "region"), text(given, "accountId"), index, now / 1000, parameters(given, flow)];
}

export function stringifyArguments(options: StringifyOptions | undefined): StringifyArguments {
  const given = read(options, ["flow", "roleArn", "indent", "templateName"]);
  const [flow] = judged(given);
  const indent = given["indent"];
  if (indent !== undefined && !(Number.isInteger(indent) && (indent as number) >= 0 && (indent as number) <= 8)) {
    throw new TypeError("jitp: options.indent is a whole number from 0 to 8");
  }
  return [flow, text(given, "roleArn"), indent as number | undefined, text(given, "templateName")];
}

/** JITP takes its values from the certificate: parameters with it are a misunderstanding worth an error. */
function parameters(given: Record<string, unknown>, flow: number): string | undefined {
  const values = given["parameters"];
  if (values === undefined || values === null) return undefined;
  if (flow === 0) throw new TypeError('jitp: options.parameters are for the flows "fleet" and "register-thing"');
  if (typeof values !== "object" || Object.values(values).some((value) => typeof value !== "string")) {
    throw new TypeError("jitp: options.parameters is an object of strings");
  }
  return JSON.stringify(values);
}

function read(options: unknown, known: readonly string[]): Record<string, unknown> {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object") throw new TypeError("jitp: options have to be an object");
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new TypeError(`jitp: there is no option ${JSON.stringify(key)}; known: ${known.join(", ")}`);
  }
  return options as Record<string, unknown>;
}

function text(given: Record<string, unknown>, key: string): string | undefined {
  const value = given[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new TypeError(`jitp: options.${key} has to be a string`);
  return value;
}
