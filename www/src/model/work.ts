/** A user's work, in a form that can be stored, shared and put into an element. It never has a private key: see engine/screen.ts. */

import { type Flow, regionPartition, type SerialNumberReading } from "jitp";
import type { Entry } from "./entries.ts";
import type { Options } from "./options.ts";
import type { State } from "./state.ts";
import { readSubject, type Subject } from "./subject.ts";

/** A template with its certificates and options. */
export interface Work {
  template: string;
  /** PEM texts, each with where it came from. */
  certificates: { from: string; pem: string }[];
  /** The index of the one that the plan is for. */
  chosen: number;
  /** The index of the CA that was chosen to be registered. */
  authority?: number;
  /** Without certificates: the values of a subject that the template uses. */
  subject?: Subject;
  options: Options;
  parameters: Record<string, string>;
}

/** Larger than any real work. A link, a file or a store with more is not read, and none is written. Lengths are in characters. */
export const LARGEST_WORK = {
  longest: { template: 1_000_000, pem: 100_000, from: 300, parameter: 20_000 },
  most: { certificates: 200_000, parameters: 500 },
};
const { longest: LONGEST, most: MOST } = LARGEST_WORK;

/** Work on this template and these certificates, with nothing chosen. */
export function workOn(template: string, certificates: Work["certificates"] = []): Work {
  return { template, certificates, chosen: 0, options: { flow: "jitp" }, parameters: {} };
}

/** The certificates of entries as work has them, made once for each list: there may be very many, and each key press asks for them. */
const made = new WeakMap<Entry[], { keys: number[]; certificates: Work["certificates"] }>();

function certificatesOf(entries: Entry[]): { keys: number[]; certificates: Work["certificates"] } {
  let found = made.get(entries);
  if (found) return found;
  found = { keys: [], certificates: [] };
  for (const { key, from, summary } of entries) {
    if (summary.error !== undefined || summary.pem === undefined) continue;
    found.keys.push(key);
    found.certificates.push({ from: from.length > LONGEST.from ? from.slice(-LONGEST.from) : from, pem: summary.pem });
  }
  made.set(entries, found);
  return found;
}

/** The work in a state, with a template that is known to hold no private key. Entries that are unreadable or may hold one are left out. */
export function workOf(
  { entries, chosen, authority, subject, options, parameters }: State,
  template: string,
  isClean: (text: string) => boolean,
): Work {
  const { keys, certificates } = certificatesOf(entries);
  const registered = authority === undefined ? -1 : keys.indexOf(authority);
  return {
    template,
    certificates,
    chosen: Math.max(0, chosen === undefined ? -1 : keys.indexOf(chosen)),
    ...(registered !== -1 && { authority: registered }),
    ...(keys.length === 0 && subject && Object.values(subject).every(isClean) && { subject }),
    options,
    parameters: Object.fromEntries(Object.entries(parameters).filter((entry) => entry.every(isClean))),
  };
}

/** Whether two works are the same; which of the certificates is chosen does not count. */
export function isSameWork(one: Work, other: Work): boolean {
  const values = ({ authority, subject = {}, options, parameters }: Work) =>
    JSON.stringify([authority, ...[subject, options, parameters].map((part) => Object.entries(part).sort())]);
  return (
    one.template === other.template &&
    one.certificates.length === other.certificates.length &&
    one.certificates.every(({ pem }, i) => pem === other.certificates[i]?.pem) &&
    values(one) === values(other)
  );
}

/** Reads work from untrusted JSON; nothing if it has another shape. The search for private keys follows when it is shown. */
export function readWork(value: unknown): Work | undefined {
  if (!isRecord(value)) return undefined;
  const { template, certificates = [], chosen = 0, authority, options = {}, parameters = {} } = value;
  if (!isText(template, LONGEST.template)) return undefined;
  if (!Array.isArray(certificates) || certificates.length > MOST.certificates) return undefined;
  const read = readTexts(certificates);
  if (!read) return undefined;
  if (typeof chosen !== "number" || !Number.isInteger(chosen) || chosen < 0) return undefined;
  const registered = typeof authority === "number" && Number.isInteger(authority) && authority >= 0 ? { authority } : {};
  if (!isRecord(options) || !isRecord(parameters)) return undefined;
  const subject = value.subject === undefined ? undefined : readSubject(value.subject);
  if (value.subject !== undefined && !subject) return undefined;
  const named = Object.entries(parameters);
  if (named.length > MOST.parameters) return undefined;
  if (!named.every((entry): entry is [string, string] => isText(entry[1], LONGEST.parameter))) return undefined;
  return {
    template,
    certificates: read,
    chosen,
    ...registered,
    ...(subject && { subject }),
    options: readOptions(options),
    parameters: Object.fromEntries(named),
  };
}

/** Reads certificates of such work; nothing if one of them has another shape. */
export function readTexts(certificates: unknown[]): Work["certificates"] | undefined {
  const read: Work["certificates"] = [];
  for (const certificate of certificates) {
    if (!isRecord(certificate)) return undefined;
    const { from, pem } = certificate;
    if (!isText(from, LONGEST.from) || !isText(pem, LONGEST.pem)) return undefined;
    read.push({ from, pem });
  }
  return read;
}

const FLOWS: readonly Flow[] = ["jitp", "fleet", "register-thing"];
const READINGS: readonly SerialNumberReading[] = ["auto", "subject", "certificate"];

/** Reads the valid options, and ignores the others. */
export function readOptions(given: Record<string, unknown>): Options {
  const { flow, region, accountId, serialNumber, now } = given;
  const options: Options = { flow: FLOWS.find((known) => known === flow) ?? "jitp" };
  if (isText(region, 40) && regionPartition(region) !== undefined) options.region = region;
  if (isText(accountId, 12) && isAccount(accountId)) options.accountId = accountId;
  const reading = READINGS.find((known) => known === serialNumber);
  if (reading && reading !== "auto" && options.flow === "jitp") options.serialNumber = reading;
  if (isText(now, 30) && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(now) && !Number.isNaN(Date.parse(now))) {
    options.now = new Date(now).toISOString().replace(".000Z", "Z");
  }
  return options;
}

/** Whether a text has the form of an account. */
export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === "string" && value.length <= longest;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
