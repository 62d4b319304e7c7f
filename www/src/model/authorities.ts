/** The CA that the plan uses as the registered one. */

import { certificateWords } from "../words/certificates.ts";
import { type Entry, lookup } from "./entries.ts";
import type { State } from "./state.ts";

/** The CA that the plan uses as the registered one, and why that one. */
export interface Registered {
  entry: Entry;
  why: "chosen" | "text" | "signed" | "named" | "only";
}

/** The key of the CA that the template's text carries; entries count from 0. */
export const OWN = -1;

/** The CA that the template's text carries, as an entry. */
export function ownCa({ analysis, options }: State): Entry | undefined {
  if (analysis?.authority === undefined || options.flow !== "jitp") return undefined;
  return { key: OWN, from: certificateWords.fromText(analysis.report.caCertificateFrom), summary: analysis.authority };
}

/** Whether the user chose a CA that is still there. */
export function isChosen(state: State): boolean {
  return state.authority !== undefined && lookup(state.entries).keys.has(state.authority);
}

/** The registered CA for a certificate: the user's choice, else the CA in the text, else the signer, else a CA with the issuer's name, else the only CA. */
export function registered(state: State, certificate: number | undefined = state.chosen): Registered | undefined {
  const own = ownCa(state);
  if (own && !isChosen(state)) return { entry: own, why: "text" };
  return among(state, certificate);
}

/** The same among the entries alone. */
function among(state: State, certificate: number | undefined): Registered | undefined {
  const { keys, byKey, authorities } = lookup(state.entries);
  if (keys.size === 0) return undefined;
  const of = (key: number | undefined, why: Registered["why"]): Registered | undefined => {
    const entry = key === undefined || !keys.has(key) ? undefined : byKey.get(key);
    return entry && { entry, why };
  };
  const signer = certificate === undefined ? undefined : state.signing?.signers.get(certificate);
  // A CA that is planned for is not its own signer.
  const above = signer?.issuer === certificate ? undefined : signer;
  const others = authorities.slice(0, 2).filter(({ key }) => key !== certificate);
  const only = authorities.length - (keys.has(certificate ?? -1) ? 1 : 0) === 1 ? others[0]?.key : undefined;
  return of(state.authority, "chosen") ?? of(above?.issuer, above?.signature === "verified" ? "signed" : "named") ?? of(only, "only");
}

/** The number of CAs besides the registered one that may be intermediates. */
const BETWEEN = 20;

/**
 * PEM of the registered CA, then of the others. Nothing if there is no CA to check against. Empty if there are CAs but none of them has
 * the name of the certificate's issuer, so that the signer is unknown.
 */
export function authoritiesFor(state: State, certificate: number | undefined = state.chosen): string | undefined {
  const { keys, authorities } = lookup(state.entries);
  // The worker knows the CA of the newest text, and puts it first.
  const first = among(state, certificate)?.entry;
  if (first === undefined) return keys.size === 0 || keys.has(certificate ?? -1) ? undefined : "";
  if (first.key === certificate) return undefined;
  const others = authorities.slice(0, BETWEEN + 2).filter(({ key }) => key !== first.key && key !== certificate);
  return [first, ...others.slice(0, BETWEEN)].map(({ summary }) => summary.pem ?? "").join("");
}
