/** The messages between the page and its worker. Every call has a run number, and the reply has the same number. */

import type {
  AccessContext,
  AccountReport,
  AccountState,
  AccountSource,
  CaRegistration,
  CaRegistrationOptions,
  CertificateSummary,
  Chains,
  DeviceRequest,
  Exported,
  ExportOptions,
  ExportTarget,
  Fix,
  Fleet,
  FleetLine,
  InputKind,
  IssuerCheck,
  ListedCertificate,
  NamedText,
  Plan,
  SampleCertificates,
  Simulation,
  Stringified,
  StringifyOptions,
  Twins,
  ValidationReport,
} from "jitp";
import type { Traced } from "./occurrences.ts";
import type { Options } from "./options.ts";
import type { Result } from "./tone.ts";

/** A template with the other inputs of the plan. */
export interface AnalysisRequest {
  source: string;
  /** The bytes that the source was decoded from, if they are not UTF-8. */
  bytes?: Uint8Array;
  /** PEM of the certificate that the plan is for. JITP needs it. */
  certificate?: string;
  /** A subject to plan for without a certificate. */
  subject?: string;
  /**
   * PEM of the registered CA, then of possible intermediates. Empty if there are CAs but none of them has the name of the issuer.
   */
  authorities?: string;
  /** Whether the user chose that CA. If not, a CA in the text precedes it. */
  chosen?: boolean;
  options: Options;
  /** The values of all parameter fields, declared by the template or not. */
  parameters: Record<string, string>;
  /** What the account has already. */
  account?: AccountSource;
  /** The devices that were provisioned in this account before, in order; only with an account. */
  before?: FleetRequest[];
}

/** The findings about a template, and the plan if all its inputs are there. */
export interface Analysis {
  /** The text that the spans point into. */
  source: string;
  report: ValidationReport;
  plan?: Plan;
  /** Which parameters the values of the template refer to, with a certificate or without one. */
  traced: Traced;
  /** Whether the CA signed the certificate of the plan, if both were given. */
  issuer?: IssuerCheck;
  /** The CA certificate in the text, if it can be read. */
  authority?: CertificateSummary;
  /** The results that the fixes would give, as far as they are known, by what tells fixes apart. The page adds them. */
  previews?: Map<string, Result>;
  /** The number of devices that had changed the account before. */
  before?: number;
}

/** One of the certificates of a fleet. */
export interface FleetRequest {
  pem: string;
  /** As in {@link AnalysisRequest}. */
  authorities?: string;
}

/** What the rows of a fleet follow from, but for its certificates. All are held to the same CAs, if there are any. */
export type JudgedRequest = Omit<AnalysisRequest, "certificate" | "before" | "subject">;

/** The content of a zip, or why it was not opened. */
export type Unzipped =
  | { files: { name: string; bytes: Uint8Array<ArrayBuffer> }[]; nested: string[]; broken: string[] }
  | { problem: string };

/** What a text is. */
export interface Recognised {
  kind: InputKind;
  /** It is a template of CloudFormation, which may have a provisioning template in it. */
  isStack: boolean;
  /** It tells of an AWS account, and is neither a template nor a certificate. */
  isAccount: boolean;
  /** What makes JSON of it, if it is not. */
  fix?: Fix;
}

/** The calls that the worker answers: request and result. */
export interface Calls {
  analyse: { request: AnalysisRequest; result: Analysis };
  /** The result for a text that is only tried. */
  preview: { request: AnalysisRequest; result: Result };
  /** Whether the device that the plan provisions may do this. */
  can: {
    request: Omit<AnalysisRequest, "authorities" | "chosen"> & { asked: DeviceRequest; context: AccessContext };
    result: Simulation;
  };
  /** The entries of a bundle. Private keys in it are counted and dropped. */
  read: { request: { bundle: string | Uint8Array; now?: string }; result: { summaries: CertificateSummary[]; keys: number } };
  /** The same for very many, with few facts of each; all of those that have no common name to be called by. */
  list: {
    request: { bundle: string | Uint8Array; now?: string };
    result: { listed: { certificate: ListedCertificate; summary?: CertificateSummary }[]; keys: number };
  };
  /** What texts are, each by itself. */
  recognise: { request: { texts: string[] }; result: Recognised[] };
  /** Texts with their private keys overwritten, and the number of keys in each. */
  redact: { request: { texts: string[] }; result: { text: string; keys: number }[] };
  /** What texts say of an account. */
  account: { request: { texts: NamedText[] }; result: AccountReport };
  /** A script that asks an account for what the plans of these certificates, and their CAs, need. */
  script: { request: Omit<AnalysisRequest, "certificate" | "authorities"> & { entries: FleetRequest[] }; result: string };
  /** The value of a JSON text; nothing if it is not JSON. */
  parse: { request: { text: string }; result: { json?: unknown } };
  unzip: { request: { bytes: Uint8Array }; result: Unzipped };
  /** Who signed whom; positions count in the bundle. */
  chains: { request: { bundle: string; now?: string }; result: Omit<Chains, "certificates"> };
  register: { request: { ca: string; options: CaRegistrationOptions }; result: CaRegistration };
  sample: { request: Omit<AnalysisRequest, "certificate" | "authorities">; result: Omit<SampleCertificates, "plan"> | { problem: string } };
  /**
   * The rows of some certificates of a fleet that comes piece by piece, as bytes of the package: they go on where the call before with the same
   * number ended, and `begin` is what the first has. The last has the account after all of them. No result: begin again.
   */
  judge: {
    request: { fleet: number; begin?: JudgedRequest; pems: string[]; isLast: boolean };
    result: { rows: Uint8Array; after?: AccountState } | undefined;
  };
  /** Nobody waits for the rest of such a fleet. */
  leave: { request: { fleet: number }; result: undefined };
  /** The plan of each certificate in short, if they are not all held to the same CAs. */
  fleet: { request: Omit<AnalysisRequest, "certificate" | "authorities"> & { entries: FleetRequest[] }; result: Fleet };
  /** Which rows repeat earlier ones. */
  twins: { request: { rows: Pick<FleetLine, "certificateId" | "thingName">[] }; result: Twins[] };
  /** A part of a file of rows; the first part has the head, if there is one. */
  writeFleet: { request: { lines: FleetLine[]; as: "csv" | "ndjson"; isFirst: boolean }; result: string };
  stringify: { request: { source: string; options: StringifyOptions }; result: Stringified };
  unstringify: { request: { source: string }; result: Stringified };
  export: { request: { source: string; to: ExportTarget; options: ExportOptions }; result: Exported };
  write: { request: { plan: Plan; as: "text" | "markdown" | "svg" }; result: string };
}

export type CallName = keyof Calls;

/** The calls that follow a press, or very many certificates. A second worker answers them, whose script comes after the first plan. */
export const LATE = [
  "list",
  "judge",
  "leave",
  "fleet",
  "twins",
  "script",
  "parse",
  "unzip",
  "register",
  "sample",
  "writeFleet",
  "stringify",
  "unstringify",
  "export",
  "write",
] as const satisfies readonly CallName[];
export type LateName = (typeof LATE)[number];
/** The calls that the first worker answers. */
export type EarlyName = Exclude<CallName, LateName>;

/** Makes one call; the worker gets the memory of `over`. There is no result if the worker stopped, which the page has announced already. */
export type Ask = <K extends CallName>(
  name: K,
  request: Calls[K]["request"],
  over?: ArrayBuffer[],
) => Promise<Calls[K]["result"] | undefined>;

/** One call, as posted to the worker. */
export type Call<Name extends CallName = CallName> = { [K in Name]: { run: number; name: K; request: Calls[K]["request"] } }[Name];

/** The first message to a worker: the compiled wasm module, so that no worker needs the network. */
export interface Start {
  start: WebAssembly.Module;
}

/** The worker runs; the result of the call with the same run number; or the worker can no longer be used. */
export type Reply = { started: true } | { run: number; result: Calls[CallName]["result"] } | { run?: number; crashed: string };
