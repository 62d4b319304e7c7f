/**
 * What the page and its worker say to each other. Every call carries a run number, and every reply the number of the
 * call that it answers.
 */

import type {
  CaRegistration,
  CaRegistrationOptions,
  CertificateSummary,
  Chains,
  Exported,
  ExportOptions,
  ExportTarget,
  Fleet,
  FleetLine,
  FleetRow,
  IssuerCheck,
  PictureElement,
  Plan,
  SampleCertificates,
  Stringified,
  StringifyOptions,
  Twins,
  ValidationReport,
} from "jitp";
import type { Options } from "./state.ts";
import type { Unzipped } from "../engine/zip.ts";

/** A template with what else the plan is made from. */
export interface AnalysisRequest {
  source: string;
  /** The bytes that the source was decoded from, where they are not UTF-8. */
  bytes?: Uint8Array;
  /** PEM of the one certificate that the plan is for. Only JITP cannot do without. */
  certificate?: string;
  /**
   * PEM of the CA that is to be registered, first, and of other CAs that may stand between the two; empty where CAs were given and none
   * of them has the name of the issuer.
   */
  authorities?: string;
  /** Whether the user chose that CA. If not, a CA that the text carries comes before it. */
  chosen?: boolean;
  options: Options;
  /** What is written for parameters, whether the template declares them or not. */
  parameters: Record<string, string>;
}

/** What is to be said about a template, and the plan where there is what it takes. */
export interface Analysis {
  /** The very text that the spans point into. */
  source: string;
  report: ValidationReport;
  plan?: Plan;
  /** Whether the CA signed the certificate of the plan, where both were given. */
  issuer?: IssuerCheck;
  /** The CA's certificate that the text carries, if it can be read. */
  authority?: CertificateSummary;
  /** Of the plan. */
  picture?: Picture;
}

/** The picture of a plan, and the same in sentences. */
export interface Picture {
  element: PictureElement;
  sentences: string[];
}

/** One of the certificates of a fleet. */
export interface FleetRequest {
  pem: string;
  /** As in {@link AnalysisRequest}. */
  authorities?: string;
}

/** The calls that the worker answers: what goes in and what comes out. */
export interface Calls {
  analyse: { request: AnalysisRequest; result: Analysis };
  /** What a bundle holds; private keys in it are counted and go no further. */
  read: { request: { bundle: string | Uint8Array; now?: string }; result: { summaries: CertificateSummary[]; keys: number } };
  /** Whether a text is a template, or what holds one, of any kind. */
  isTemplate: { request: { text: string }; result: boolean };
  /** Texts with private keys written over; each with how many there were. */
  redact: { request: { texts: string[] }; result: { text: string; keys: number }[] };
  unzip: { request: { bytes: Uint8Array }; result: Unzipped };
  /** Who signed whom; positions count in the bundle. */
  chains: { request: { bundle: string; now?: string }; result: Omit<Chains, "certificates"> };
  register: { request: { ca: string; options: CaRegistrationOptions }; result: CaRegistration };
  sample: { request: Omit<AnalysisRequest, "certificate" | "authorities">; result: Omit<SampleCertificates, "plan"> | { problem: string } };
  /** The certificates of a bundle, a row each. */
  fleet: { request: Omit<AnalysisRequest, "certificate" | "authorities"> & { entries: FleetRequest[] }; result: Fleet };
  /** What each row has in common with an earlier one; positions count in the list. */
  twins: { request: { rows: Pick<FleetRow, "certificateId" | "thingName">[] }; result: Twins[] };
  writeFleet: { request: { lines: FleetLine[]; as: "csv" | "ndjson" }; result: string };
  stringify: { request: { source: string; options: StringifyOptions }; result: Stringified };
  unstringify: { request: { source: string }; result: Stringified };
  export: { request: { source: string; to: ExportTarget; options: ExportOptions }; result: Exported };
  write: { request: { plan: Plan; as: "text" | "markdown" | "svg" }; result: string };
}

export type CallName = keyof Calls;

/** One call, as posted to the worker. */
export type Call = { [K in CallName]: { run: number; name: K; request: Calls[K]["request"] } }[CallName];

/** The first message to a worker: the compiled wasm module, so that no worker needs the network. */
export interface Start {
  start: WebAssembly.Module;
}

/** That the worker runs; the answer to the call with the same run number; or the news that it can no longer be used. */
export type Reply = { started: true } | { run: number; result: Calls[CallName]["result"] } | { run?: number; crashed: string };
