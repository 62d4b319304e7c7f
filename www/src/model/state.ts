/** What the page knows. It lives in memory only: nothing is stored, and closing the page forgets it. */

import type { CertificateSummary, DryRunOptions, Flow, TemplateOptions } from "jitp";
import type { FleetState } from "../engine/fleet.ts";
import { authoritiesOf, type Signing } from "./authorities.ts";
import type { Analysis, AnalysisRequest } from "./protocol.ts";

/** One entry of what the reader gave as certificates: a certificate, or why it is none. */
export interface Entry {
  /** Unique as long as the page is open. */
  key: number;
  /** The file it came from, or how it came. */
  from: string;
  summary: CertificateSummary;
}

/** What the reader has chosen for template and plan. */
export interface Options extends TemplateOptions, Omit<DryRunOptions, "parameters"> {
  flow: Flow;
}

export interface State {
  source: string;
  /** The bytes of a file that is not UTF-8, as long as the editor holds what was made of them: they tell what stood there. */
  encoded?: { source: string; bytes: Uint8Array };
  /** The editor shows the body of a config unfolded. */
  unfolded: boolean;
  entries: Entry[];
  /** The key of the entry that the plan is for. */
  chosen: number | undefined;
  /** The key of the CA that the reader wants to register; without it the one that signed the chosen certificate. */
  authority: number | undefined;
  /** Who signed whom, where there is a CA among the entries. */
  signing?: Signing;
  options: Options;
  /** What the caller of RegisterThing gives, by name; in JITP nobody does. */
  parameters: Record<string, string>;
  /** The newest answer of the engine. */
  analysis: Analysis | undefined;
  /** What becomes of all the certificates, where there are several. */
  fleet?: FleetState;
  /** Why there is no engine, where it could not be loaded. */
  failure: string | undefined;
}

/** What every call about the template takes. */
export function templateOf({
  source,
  encoded,
  options,
  parameters,
}: State): Pick<AnalysisRequest, "source" | "bytes" | "options" | "parameters"> {
  return { source, ...(encoded?.source === source && { bytes: encoded.bytes }), options, parameters };
}

/** The entry that the plan is for. */
export function chosenEntry(state: State): Entry | undefined {
  return state.entries.find((entry) => entry.key === state.chosen && !entry.summary.error);
}

/** The first of the entries that is a device's certificate. */
export function firstDevice(entries: Entry[]): number | undefined {
  const authorities = authoritiesOf(entries);
  return entries.find((entry) => entry.summary.error === undefined && !authorities.has(entry.key))?.key;
}

/** The same, or, where there is none, the first of the certificates: many who try things out sign one CA certificate and use that. */
export function firstReadable(entries: Entry[]): number | undefined {
  return firstDevice(entries) ?? entries.find((entry) => entry.summary.error === undefined)?.key;
}

/** What a playground knows at first. */
export function freshState(): State {
  return {
    source: "",
    unfolded: false,
    entries: [],
    chosen: undefined,
    authority: undefined,
    // No Region: a template that names another one than a guess would get a finding for it.
    options: { flow: "jitp" },
    parameters: {},
    analysis: undefined,
    failure: undefined,
  };
}

/** Whom to plan for when entries have been added: a new device, else who it was, else whatever can be read. */
export function nextChosen(state: State, added: Entry[]): number | undefined {
  // All together: what is no CA by its own word may be one by that of the others.
  const all = [...state.entries, ...added];
  const authorities = authoritiesOf(all);
  const device = added.find(({ key, summary }) => summary.error === undefined && !authorities.has(key));
  const before = chosenEntry(state);
  const stays = before !== undefined && !authorities.has(before.key);
  return device?.key ?? (stays ? before.key : firstReadable(all));
}
