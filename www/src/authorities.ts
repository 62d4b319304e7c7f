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

const known = new WeakMap<Entry[], Set<number>>();

/** The keys of the entries that are CAs: those that say so, and those that others name as their issuer. */
export function authoritiesOf(entries: Entry[]): Set<number> {
  let keys = known.get(entries);
  if (keys) return keys;
  const issuers = new Set<string>();
  for (const { summary } of entries) {
    const issuer = summary.issuerText?.rfc4514;
    // Devices that are signed by themselves may well have one name.
    if (issuer !== undefined && issuer !== summary.subjectText?.rfc4514) issuers.add(issuer);
  }
  issuers.delete("");
  const isAuthority = ({ summary }: Entry) =>
    summary.error === undefined && (summary.basicConstraints?.ca === true || issuers.has(summary.subjectText?.rfc4514 ?? ""));
  keys = new Set(entries.filter(isAuthority).map(({ key }) => key));
  known.set(entries, keys);
  return keys;
}

/** The CA that is taken for the registered one, and why that one. */
export interface Registered {
  entry: Entry;
  why: "chosen" | "signed" | "named" | "only";
}

/** Which CA that is: the reader's choice, else the one that signed, else the one whose name fits, else the only one there is. */
export function registered(state: State): Registered | undefined {
  const authorities = authoritiesOf(state.entries);
  if (authorities.size === 0) return undefined;
  const of = (key: number | undefined, why: Registered["why"]): Registered | undefined => {
    const entry = key === undefined || !authorities.has(key) ? undefined : state.entries.find((entry) => entry.key === key);
    return entry && { entry, why };
  };
  const signer = state.chosen === undefined ? undefined : state.signing?.signers.get(state.chosen);
  // Where a CA itself is planned for, it is not its own device.
  const above = signer?.issuer === state.chosen ? undefined : signer;
  const others = [...authorities].filter((key) => key !== state.chosen);
  return (
    of(state.authority, "chosen") ??
    of(above?.issuer, above?.signature === "verified" ? "signed" : "named") ??
    (others.length === 1 ? of(others[0], "only") : undefined)
  );
}

/** So many CAs beside the registered one are asked whether they stand between it and the device. */
const BETWEEN = 20;

/** PEM of the registered CA, then of the others. */
export function authoritiesFor(state: State): string | undefined {
  const first = registered(state)?.entry;
  if (first === undefined || first.key === state.chosen) return undefined;
  const authorities = authoritiesOf(state.entries);
  const others = state.entries.filter(({ key }) => authorities.has(key) && key !== first.key && key !== state.chosen).slice(0, BETWEEN);
  return [first, ...others].map(({ summary }) => summary.pem ?? "").join("");
}
