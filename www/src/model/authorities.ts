/** Which of the entries are CAs, and which of these the plan takes for the registered one. */

import type { Diagnostic, SignatureVerdict } from "jitp";
import type { Entry, State } from "./state.ts";

/** What stands above one certificate, by the keys of the entries. */
export interface Signer {
  signature: SignatureVerdict;
  /** The same as a sentence. */
  reason: string;
  /** The one that signed it, else one that has its issuer's name. */
  issuer: number;
}

/** Who signed whom. */
export interface Signing {
  /** By the key of the certificate. */
  signers: Map<number, Signer>;
  /** The way up from each device, itself first. */
  paths: Map<number, { path: number[]; complete: boolean }>;
  diagnostics: Diagnostic[];
}

/** What is looked up among the entries, once for each list of them. */
interface Known {
  /** The keys of the CAs. */
  keys: Set<number>;
  byKey: Map<number, Entry>;
  /** The CAs, in order. */
  authorities: Entry[];
}

const known = new WeakMap<Entry[], Known>();

function knownOf(entries: Entry[]): Known {
  let found = known.get(entries);
  if (found) return found;
  const issuers = new Set<string>();
  for (const { summary } of entries) {
    const issuer = summary.issuerText?.rfc4514;
    // Devices that are signed by themselves may well have one name.
    if (issuer !== undefined && issuer !== summary.subjectText?.rfc4514) issuers.add(issuer);
  }
  issuers.delete("");
  const isAuthority = ({ summary }: Entry) =>
    summary.error === undefined && (summary.basicConstraints?.ca === true || issuers.has(summary.subjectText?.rfc4514 ?? ""));
  const authorities = entries.filter(isAuthority);
  found = { keys: new Set(authorities.map(({ key }) => key)), byKey: new Map(entries.map((entry) => [entry.key, entry])), authorities };
  known.set(entries, found);
  return found;
}

/** The keys of the entries that are CAs: those that say so, and those that others name as their issuer. */
export function authoritiesOf(entries: Entry[]): Set<number> {
  return knownOf(entries).keys;
}

/** The CA that is taken for the registered one, and why that one. */
export interface Registered {
  entry: Entry;
  why: "chosen" | "text" | "signed" | "named" | "only";
}

/** The key of the CA that the template's text carries; entries count from 0. */
export const OWN = -1;

/** The CA that the template's text carries, as an entry. */
export function ownCa({ analysis, options }: State): Entry | undefined {
  if (analysis?.authority === undefined || options.flow !== "jitp") return undefined;
  return { key: OWN, from: `from ${analysis.report.caCertificateFrom ?? "the text"}`, summary: analysis.authority };
}

/** Whether the user chose a CA that is still there. */
export function isChosen(state: State): boolean {
  return state.authority !== undefined && knownOf(state.entries).keys.has(state.authority);
}

/** Which CA that is for a certificate: the reader's choice, else the text's own, else the one that signed, else the one whose name fits, else the only one there is. */
export function registered(state: State, certificate: number | undefined = state.chosen): Registered | undefined {
  const own = ownCa(state);
  if (own && !isChosen(state)) return { entry: own, why: "text" };
  return among(state, certificate);
}

/** The same among the entries alone. */
function among(state: State, certificate: number | undefined): Registered | undefined {
  const { keys, byKey, authorities } = knownOf(state.entries);
  if (keys.size === 0) return undefined;
  const of = (key: number | undefined, why: Registered["why"]): Registered | undefined => {
    const entry = key === undefined || !keys.has(key) ? undefined : byKey.get(key);
    return entry && { entry, why };
  };
  const signer = certificate === undefined ? undefined : state.signing?.signers.get(certificate);
  // Where a CA itself is planned for, it is not its own device.
  const above = signer?.issuer === certificate ? undefined : signer;
  const others = authorities.slice(0, 2).filter(({ key }) => key !== certificate);
  const only = authorities.length - (keys.has(certificate ?? -1) ? 1 : 0) === 1 ? others[0]?.key : undefined;
  return of(state.authority, "chosen") ?? of(above?.issuer, above?.signature === "verified" ? "signed" : "named") ?? of(only, "only");
}

/** So many CAs beside the registered one are asked whether they stand between it and the device. */
const BETWEEN = 20;

/**
 * PEM of the registered CA, then of the others. Nothing where no CA is there to be asked; empty where CAs are there and none of them has
 * the name of the certificate's issuer, so that nobody knows who signed it.
 */
export function authoritiesFor(state: State, certificate: number | undefined = state.chosen): string | undefined {
  const { keys, authorities } = knownOf(state.entries);
  // The worker knows the CA of the newest text, and puts it first.
  const first = among(state, certificate)?.entry;
  if (first === undefined) return keys.size === 0 || keys.has(certificate ?? -1) ? undefined : "";
  if (first.key === certificate) return undefined;
  const others = authorities.slice(0, BETWEEN + 2).filter(({ key }) => key !== first.key && key !== certificate);
  return [first, ...others.slice(0, BETWEEN)].map(({ summary }) => summary.pem ?? "").join("");
}
