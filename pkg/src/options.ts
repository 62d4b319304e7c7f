/** Checks the options that callers give: one that is misspelt or of the wrong type is misuse of the API, and throws. */
import type { DryRunOptions, SerialNumberReading, StringifyOptions } from "./types.js";

/** The options of a dry run in the order that the wasm module takes them. */
export type DryRunArguments = [region: string | undefined, accountId: string | undefined, reading: number, now: number];

/** The options of stringify in the order that the wasm module takes them. */
export type StringifyArguments = [
  roleArn: string | undefined,
  indent: number | undefined,
  templateName: string | undefined,
];

const READINGS: readonly SerialNumberReading[] = ["auto", "subject", "certificate"];

export function dryRunArguments(options: DryRunOptions | undefined): DryRunArguments {
  const given = read(options, ["region", "accountId", "serialNumber", "now"]);
  const reading = text(given, "serialNumber") ?? "auto";
  const index = READINGS.indexOf(reading as SerialNumberReading);
  if (index < 0) throw new TypeError(`jitp: options.serialNumber is one of ${READINGS.join(", ")}`);
  const moment = text(given, "now");
  const now = moment === undefined ? Date.now() : Date.parse(moment);
  if (Number.isNaN(now)) throw new TypeError("jitp: options.now is not a date as RFC 3339 writes it");
  return [text(given, "region"), text(given, "accountId"), index, now / 1000];
}

export function stringifyArguments(options: StringifyOptions | undefined): StringifyArguments {
  const given = read(options, ["roleArn", "indent", "templateName"]);
  const indent = given["indent"];
  if (indent !== undefined && !(Number.isInteger(indent) && (indent as number) >= 0 && (indent as number) <= 8)) {
    throw new TypeError("jitp: options.indent is a whole number from 0 to 8");
  }
  return [text(given, "roleArn"), indent as number | undefined, text(given, "templateName")];
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
