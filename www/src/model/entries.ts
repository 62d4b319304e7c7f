/** The entries that the user gave as certificates, and which of them are CAs. */

import type { CertificateSummary, ListedCertificate } from "jitp";

/** One entry: a certificate, or why it is not one. */
export interface Entry {
  /** Unique as long as the page is open. */
  key: number;
  /** The file that it came from, or how it came. */
  from: string;
  /** All that is known of it; of a listed one only its ID and its PEM. */
  summary: CertificateSummary;
  /** It is one of very many: the rest is read when it is shown (`engine/details.ts`). */
  listed?: ListedCertificate;
}

/** An index of the entries, made once for each list of them. */
interface Lookup {
  /** The keys of the CAs. */
  keys: Set<number>;
  byKey: Map<number, Entry>;
  /** The CAs, in order. */
  authorities: Entry[];
  /** Whether no certificate is there twice. */
  isDistinct: boolean;
}

const lookups = new WeakMap<Entry[], Lookup>();

/** The CAs among the entries: those that say so, and those that others name as their issuer. */
export function lookup(entries: Entry[]): Lookup {
  const found = lookups.get(entries);
  if (found) return found;
  const steps = indexing(entries);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** Makes that for very many, with turns of the browser in between. */
export async function prepareLookup(entries: Entry[], turn: () => Promise<void>): Promise<void> {
  if (lookups.has(entries)) return;
  for (const _ of indexing(entries)) await turn();
}

/** The entries between two pauses. */
const STEP = 5_000;

function* indexing(entries: Entry[]): Generator<undefined, Lookup> {
  const issuers = new Set<string>();
  for (const [i, { summary, listed }] of entries.entries()) {
    if (i % STEP === STEP - 1) yield;
    const issuer = listed ? listed.issuer : summary.issuerText?.rfc4514;
    // Self-signed devices may share one name.
    if (issuer !== undefined && issuer !== subjectOf(summary, listed)) issuers.add(issuer);
  }
  issuers.delete("");
  const found: Lookup = { keys: new Set(), byKey: new Map(), authorities: [], isDistinct: true };
  const ids = new Set<string>();
  for (const [i, entry] of entries.entries()) {
    if (i % STEP === STEP - 1) yield;
    const { key, summary, listed } = entry;
    found.byKey.set(key, entry);
    const { certificateId, error } = summary;
    if (certificateId !== undefined && ids.size === ids.add(certificateId).size) found.isDistinct = false;
    const isNamed = issuers.has(subjectOf(summary, listed) ?? "");
    if (error !== undefined || !((listed ? listed.isCa : summary.basicConstraints?.ca === true) || isNamed)) continue;
    found.authorities.push(entry);
    found.keys.add(key);
  }
  lookups.set(entries, found);
  return found;
}

const subjectOf = (summary: CertificateSummary, listed: ListedCertificate | undefined): string | undefined =>
  listed ? listed.subject : summary.subjectText?.rfc4514;

/** The keys of the entries that are CAs. */
export function authoritiesOf(entries: Entry[]): Set<number> {
  return lookup(entries).keys;
}

/** The first of the entries that is a device certificate. */
export function firstDevice(entries: Entry[]): number | undefined {
  const authorities = authoritiesOf(entries);
  return entries.find((entry) => entry.summary.error === undefined && !authorities.has(entry.key))?.key;
}

/** The first device certificate, else the first certificate: many who try things out sign one CA certificate and use that. */
export function firstReadable(entries: Entry[]): number | undefined {
  return firstDevice(entries) ?? entries.find((entry) => entry.summary.error === undefined)?.key;
}
