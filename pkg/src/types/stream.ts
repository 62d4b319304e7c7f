/** Fleets of any size: certificates that come in chunks, rows that go in batches. */
import type { AccountState } from "./account.js";
import type { CertificateInput } from "./certificate.js";
import type { Fleet, FleetOptions, FleetRow } from "./fleet.js";
import type { Plan } from "./plan.js";
import type { TemplateOptions, TemplateSource } from "./template.js";

/**
 * A part of a fleet. A text or bytes may end anywhere, in the middle of a certificate too: what one chunk begins, the next goes on with. A list
 * has whole certificates, PEM or DER, and each member has one row, also one that is not a certificate. A list ends the text before it, so that an
 * empty one between two files keeps them apart.
 */
export type FleetChunk = string | Uint8Array | readonly (string | Uint8Array)[];

/**
 * The certificates of a fleet: a text or bytes, a stream of Node or of the web, or anything else that can be iterated over. Nothing is read
 * from it before somebody wants rows.
 */
export type FleetChunks = string | Uint8Array | Iterable<FleetChunk> | AsyncIterable<FleetChunk> | WebStream;

/** A `ReadableStream` of the web, as far as it is used. */
export interface WebStream {
  /** Begins to read. */
  getReader(): {
    read(): Promise<{ done: boolean; value?: FleetChunk | undefined }>;
    cancel(reason?: unknown): Promise<unknown>;
    releaseLock(): void;
  };
}

/** How far a fleet is. */
export interface FleetProgress {
  /** The rows so far. */
  rows: number;
  /** The bytes of the source that these rows are of; of a text, the bytes of its UTF-8. */
  bytes: number;
}

/** Options of a fleet that comes in chunks. */
export interface FleetStreamOptions extends Omit<FleetOptions, "issuers"> {
  /**
   * The CA that is registered, then possible intermediates: each certificate is checked as `verifyIssuer` does; in JITP only. It is used in
   * place of `issuers`, which need all certificates at hand. Default: no signature is verified.
   */
  ca?: CertificateInput;
  /**
   * Whether rows are marked that repeat a certificate or a thing of an earlier row, and counted. It needs some 150 bytes of memory a row.
   * Default: yes.
   */
  collisions?: boolean;
  /** Stops the work. What is asked for after that rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called after each batch. */
  onProgress?: (progress: FleetProgress) => void;
}

/** Options of a fleet that comes in chunks, with those of its template, unless that is a {@link Template}. */
export type FleetCallOptions = TemplateOptions & FleetStreamOptions;

/** Rows that came together. They are bytes, each decoded when somebody asks for it. */
export interface FleetRows extends Iterable<FleetRow> {
  /** The number of rows. */
  readonly length: number;
  /** The `index` of the first of them. */
  readonly first: number;
  /** The rows as bytes, to be sent to another thread or kept: `readFleetRows` reads them. Some 130 bytes a row. Not to be changed. */
  readonly bytes: Uint8Array;
  /** The row at this position in the batch, from 0; from its end if negative. A new object at each time. */
  at(i: number): FleetRow | undefined;
  /**
   * The place of a row's entry in the source, in bytes; of a text, in bytes of its UTF-8. In lists, the bytes of all members are counted one
   * after another. The certificates of one PKCS#7 bundle are all at its place. `undefined` if there is no such row, or if the rows were read
   * from bytes.
   */
  place(i: number): { from: number; to: number } | undefined;
  /**
   * The full plan of a row, as {@link Template.dryRun} gives it. The batch has the certificates for that as long as it is kept.
   *
   * @throws RangeError if there is no such row; Error if the rows were read from bytes, if the template was freed, or with an account: there
   * the plan depends on the devices before, and {@link Template.run} gives it
   */
  plan(i: number): Plan;
}

/** How many rows of a fleet have a code. */
export interface CodeCount {
  /** The code, as in {@link FleetRow.codes}. */
  code: string;
  /** How many rows have it. */
  rows: number;
  /** The `index` of the first of these rows, at most three. */
  first: number[];
}

/** The summary of all rows of a fleet. */
export interface FleetSummary {
  /** The number of rows. */
  rows: number;
  /** As in {@link Fleet}. */
  counts: Fleet["counts"];
  /** For each code of a row, in the order of the codes. */
  byCode: CodeCount[];
  /** The account after all rows, in their order; only if an account was given. */
  after?: AccountState;
}

/**
 * A fleet on its way. Iterate over it once, for batches of rows in the order of the source: nothing more is read than the next batch needs. Or
 * await its summary alone, and the rows are passed over. To leave a loop early stops the work.
 */
export interface FleetStream extends AsyncIterable<FleetRows> {
  /**
   * The summary of all rows, at the end. If nobody iterates by then, to ask for it does the work. It rejects as the iteration does: if the
   * source fails, after a cancel, or if the memory of the work was lost because another call needed more than there is.
   */
  readonly summary: Promise<FleetSummary>;
  /** For `await using fleet = dryRunFleet(…)`: stops the work. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A worker of a browser, as far as it is used. */
export interface PoolWorker {
  /** Sends a question, and hands over buffers. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Has answers and errors told. */
  addEventListener(type: "message" | "error" | "messageerror", listener: (event: Event) => void): void;
  /** Ends it. */
  terminate(): void;
}

/** Options of a pool. */
export interface PoolOptions {
  /** The number of workers, 1 or more. Default: one for each processor, but at most 8. */
  workers?: number;
  /**
   * Starts a worker of a browser that runs the script `jitp/worker`, for pages on which the default cannot: a policy of the page may ask for
   * its own way, and a bundler may need to be told of the script. Default: a module worker from `worker.js` next to the package's script.
   */
  worker?: () => PoolWorker;
}

/**
 * Workers that judge fleets, to be used for any number of them. Each has its own instance of the wasm module. They start with the first fleet.
 */
export interface FleetPool {
  /** The number of workers. */
  readonly workers: number;
  /**
   * The same as `dryRunFleet`, with the same rows in the same order, judged by all workers. Rows are marked and counted in the thread
   * that calls. With an account, in which each device finds what those before it have left, and for a source that cannot be cut (DER, UTF-16,
   * base64 without armor), one worker does the work. Bytes are copied, unless the source is a text or a list.
   */
  dryRunFleet(source: TemplateSource, chunks: FleetChunks, options?: FleetCallOptions): FleetStream;
  /** Ends the workers. Fleets on their way reject. It may be called more than once. */
  terminate(): Promise<void>;
  /** For `await using pool = createPool()`. */
  [Symbol.asyncDispose](): Promise<void>;
}
