/**
 * The page's side of the workers: typed calls, and only the newest analysis of each playground. All playgrounds of a page share one worker, and a
 * second one for what follows a press.
 */

import { type Analysis, type AnalysisRequest, type Calls, type CallName, LATE } from "../model/protocol.ts";
import { Desk, EngineStopped } from "./desk.ts";
import { makeWorker } from "./script-urls.ts";

const IS_LATE: ReadonlySet<CallName> = new Set(LATE);

/** How long a call may need, in milliseconds; even the largest inputs need much less. The second worker reads whole files, up to 200 MB. */
const PATIENCE = { early: 10_000, late: 60_000 };

let opening: Promise<Engine> | undefined;

/**
 * The engine of this page; the first call loads it from the given wasm file. `fetched` is called when the last request to the network is
 * answered and before there is a worker: the worker inherits the page's policy of that moment.
 */
export function openEngine(wasm: string | URL, fetched?: () => void): Promise<Engine> {
  opening ??= load(wasm, fetched).catch((error: unknown) => {
    // The next call may succeed.
    opening = undefined;
    throw error;
  });
  return opening;
}

async function load(wasm: string | URL, fetched?: () => void): Promise<Engine> {
  const response = await fetch(wasm);
  if (!response.ok) throw new Error(`the server answered ${response.status} for the wasm file`);
  // The rest of an answer needs no permission any more, so the worker starts while the file is still on its way.
  fetched?.();
  const engine = new Engine(compiled(response));
  await engine.started;
  return engine;
}

/** Compiles the module while it arrives, if the server says what it is: not every static host does. */
async function compiled(response: Response): Promise<WebAssembly.Module> {
  if (response.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** The engine as one playground sees it. */
export interface Analyst {
  /** Makes one call; the worker gets the memory of `over`. Rejects with `EngineStopped` if the worker stopped before it answered. */
  call<K extends CallName>(name: K, request: Calls[K]["request"], over?: ArrayBuffer[]): Promise<Calls[K]["result"]>;
  /**
   * Analyses the newest request only. While one is under way, the newest waits, earlier ones are dropped, and an outdated answer is dropped
   * too.
   */
  analyse(request: AnalysisRequest, show: (analysis: Analysis) => void): void;
}

export class Engine {
  readonly #attending = new Set<(cause: string) => void>();
  readonly #compiling: Promise<WebAssembly.Module>;
  readonly #early: Desk;
  /** The second worker, once a call needs it. */
  #late: Promise<Desk> | undefined;
  /** The same again, for lists of very many certificates: there the workers have more to do than the page. */
  #second: Promise<Desk> | undefined;

  constructor(compiling: Promise<WebAssembly.Module>) {
    this.#compiling = compiling;
    this.#early = new Desk(makeWorker, compiling, PATIENCE.early, (cause) => this.#tell(cause));
  }

  /** Resolves when the first worker runs; rejects if the page's policy or the browser prevents it. */
  get started(): Promise<void> {
    return this.#early.started;
  }

  /** Serves one more playground. `onRestart` is called when a worker stopped, which the next call replaces. */
  attend(onRestart: (cause: string) => void): { analyst: Analyst; close(): void } {
    this.#attending.add(onRestart);
    const call: Analyst["call"] = (name, request, over) => this.#call(name, request, over);
    return { analyst: { call, analyse: newestOnly(call) }, close: () => this.#attending.delete(onRestart) };
  }

  async #call<K extends CallName>(name: K, request: Calls[K]["request"], over?: ArrayBuffer[]): Promise<Calls[K]["result"]> {
    if (!IS_LATE.has(name)) return this.#early.call(name, request, over);
    this.#late ??= this.#openLate((): void => (this.#late = undefined));
    const late = await this.#late;
    if (name !== "list" || late.load === 0 || navigator.hardwareConcurrency < 2) return late.call(name, request, over);
    this.#second ??= this.#openLate((): void => (this.#second = undefined));
    const second = await this.#second;
    return (second.load < late.load ? second : late).call(name, request, over);
  }

  async #openLate(failed: () => void): Promise<Desk> {
    try {
      const { makeLateWorker } = await import("./late-start.ts");
      const desk = new Desk(makeLateWorker, this.#compiling, PATIENCE.late, (cause) => this.#tell(cause));
      await desk.started;
      return desk;
    } catch (error) {
      // The next call may succeed.
      failed();
      const cause = error instanceof Error ? error.message : String(error);
      this.#tell(cause);
      throw new EngineStopped(cause);
    }
  }

  #tell(cause: string): void {
    for (const tell of this.#attending) tell(cause);
  }
}

function newestOnly(call: Analyst["call"]): Analyst["analyse"] {
  let analysing = false;
  let next: (() => void) | undefined;
  return (request, show) => {
    const start = async () => {
      analysing = true;
      try {
        const analysis = await call("analyse", request);
        if (!next) show(analysis);
      } catch (error) {
        // The restart has been announced already, and the same input would only stop the worker again.
        if (!(error instanceof EngineStopped)) throw error;
      } finally {
        analysing = false;
        const waiting = next;
        next = undefined;
        waiting?.();
      }
    };
    if (analysing) next = () => void start();
    else void start();
  };
}
