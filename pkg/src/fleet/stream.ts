/** A fleet on its way: judged pieces become batches of rows, added up in their order. */
import { core, type CompiledTemplate } from "../core.js";
import type { StreamOptions } from "../options.js";
import { Records } from "../records.js";
import type { AccountState, CertificateSummary, FleetRows, FleetStream, FleetSummary, IssuerCheck, Plan } from "../types.js";
import { breath } from "./breath.js";
import type { Added } from "./compiled.js";
import type { Judged } from "./judge.js";

/** Who judges: this thread, or workers. */
export interface Work {
  /** What is judged, in the order of the source, with the marks of repeated rows. It reads from the source when it is asked. */
  judged(): AsyncGenerator<Judged, void, undefined>;
  /** The account after all rows. */
  account(): AccountState | undefined;
  /** What all rows come to. */
  summary(): Added;
  /** Ends what goes on, before its end. */
  stop(): void;
  /** Gives the memory back. */
  free(): void;
}

type State = "waiting" | "iterating" | "draining" | "over";

const encoder = new TextEncoder();

/** What `dryRunFleet` gives. */
export class RowStream implements FleetStream {
  readonly #template: () => CompiledTemplate;
  readonly #work: Work;
  readonly #given: StreamOptions;
  readonly #pieces: AsyncGenerator<Judged, void, undefined>;
  /** Rejects the read that goes on. */
  #interrupt: ((reason: unknown) => void) | undefined;
  #rows = 0;
  #state: State = "waiting";
  /** The step that is being made, so that steps are made one after another. */
  #step: Promise<unknown> = Promise.resolve();
  #isPulling = false;
  /** The source is closed. */
  #closed: Promise<unknown> = Promise.resolve();
  #settle: { resolve(summary: FleetSummary): void; reject(error: unknown): void } | undefined;
  #summary: Promise<FleetSummary> | undefined;
  #end: { summary: FleetSummary } | { error: unknown } | undefined;
  readonly #unlisten: () => void;

  constructor(template: () => CompiledTemplate, work: Work, given: StreamOptions) {
    this.#template = template;
    this.#work = work;
    this.#given = given;
    this.#pieces = work.judged();
    const { signal } = given;
    const abort = () => this.#interrupt?.(signal?.reason);
    signal?.addEventListener("abort", abort);
    this.#unlisten = () => signal?.removeEventListener("abort", abort);
  }

  get summary(): Promise<FleetSummary> {
    if (this.#summary !== undefined) return this.#summary;
    this.#summary = new Promise<FleetSummary>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Who only iterates has the error there.
    this.#summary.catch(() => {});
    if (this.#end !== undefined) this.#answer(this.#end);
    // `for await (… of run)` in the same turn comes first.
    else queueMicrotask(() => void this.#drain());
    return this.#summary;
  }

  [Symbol.asyncIterator](): AsyncIterator<FleetRows, undefined> {
    if (this.#state === "draining") throw new Error("jitp: the rows of this fleet were passed over for its summary; iterate first");
    if (this.#state !== "waiting") throw new Error("jitp: the rows of a fleet can be iterated over once");
    this.#state = "iterating";
    return {
      next: async () => {
        const value = await this.#next();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
      return: async () => {
        await this.#stop();
        return { done: true, value: undefined };
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }

  async #drain(): Promise<void> {
    if (this.#state !== "waiting") return;
    this.#state = "draining";
    try {
      while ((await this.#next()) !== undefined);
    } catch {
      // The summary has the error.
    }
  }

  #next(): Promise<FleetRows | undefined> {
    const step = this.#step.then(() => this.#advance());
    this.#isPulling = true;
    this.#step = step
      .catch(() => {})
      .then(() => {
        this.#isPulling = false;
      });
    return step;
  }

  async #advance(): Promise<FleetRows | undefined> {
    if (this.#state === "over") {
      if (this.#end !== undefined && "error" in this.#end && this.#end.error === this.#given.signal?.reason) throw this.#end.error;
      return undefined;
    }
    try {
      for (;;) {
        await breath();
        this.#given.signal?.throwIfAborted();
        const { done, value } = await this.#interruptible(this.#pieces.next());
        this.#given.signal?.throwIfAborted();
        if (done) break;
        const rows = this.#batch(value);
        if (rows.length > 0) return rows;
      }
      const after = this.#work.account();
      this.#over({ summary: { ...this.#work.summary(), ...(after && { after }) } });
      return undefined;
    } catch (error) {
      this.#over({ error });
      throw error;
    }
  }

  /** The same promise, which a signal rejects. A race with one promise for all reads would keep what each of them gave. */
  #interruptible<Result>(read: Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#interrupt = reject;
      read.then(resolve, reject);
    });
  }

  #batch({ records, input, base, done, checks }: Judged): FleetRows {
    const first = this.#rows;
    const plan = (from: number, to: number, nth: number, index: number): Plan =>
      this.#plan(input.subarray(from, to), nth, checks && { check: checks[index - first] });
    const rows = new Records(records, first, { base, plan });
    this.#rows += rows.length;
    this.#given.onProgress?.({ rows: this.#rows, bytes: done });
    return rows;
  }

  /** The plan of the entry with this number at a place. */
  #plan(entry: Uint8Array, nth: number, checked: { check: IssuerCheck | undefined } | undefined): Plan {
    const { options } = this.#given;
    if (options.account !== undefined) {
      throw new Error("jitp: in an account the plan of a device depends on those before it; Template.run gives such plans");
    }
    const several = core.readCertificates(entry, { now: options.now }) as CertificateSummary[];
    const bytes = several.length > 1 ? encoder.encode(several[nth]?.pem ?? "") : entry;
    const checks = checked && [checked.check ?? NOT_CHECKED];
    return this.#template().dryRun({ bytes, isSubject: false }, { options, checks }) as Plan;
  }

  /** Stops the work, if it is not at its end. */
  async #stop(): Promise<void> {
    if (this.#state !== "over") this.#over({ error: new Error("jitp: the fleet was left before its end") });
    if (!this.#isPulling) await this.#closed;
  }

  #over(end: { summary: FleetSummary } | { error: unknown }): void {
    this.#state = "over";
    this.#end = end;
    this.#unlisten();
    // The generator ends after the read that it waits for.
    this.#closed = this.#pieces.return().catch(() => {});
    if ("error" in end) this.#work.stop();
    this.#work.free();
    this.#answer(end);
  }

  #answer(end: { summary: FleetSummary } | { error: unknown }): void {
    if ("summary" in end) this.#settle?.resolve(end.summary);
    else this.#settle?.reject(end.error);
  }
}

/** A check that was not made, though it was asked for. */
const NOT_CHECKED: IssuerCheck = {
  signature: "not-checked",
  reason: "The certificate could not be compared with the CA.",
  namesMatch: false,
  diagnostics: [],
};
