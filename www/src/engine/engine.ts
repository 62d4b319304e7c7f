/**
 * The page's side of the worker: typed calls, only the newest analysis of each playground, and a new worker after a crash. All playgrounds of a
 * page share one.
 */

import type { Analysis, AnalysisRequest, Call, Calls, CallName, Reply, Start } from "../model/protocol.ts";
import { makeWorker } from "./script-urls.ts";
import { engineWords } from "../words/engine.ts";

/** A call that needs longer has met a fault, in milliseconds; even the largest inputs need much less. */
const PATIENCE = 10_000;

/** The worker stopped before it answered the call. */
export class EngineStopped extends Error {}

interface Pending {
  resolve(result: unknown): void;
  reject(error: EngineStopped): void;
  timer: number;
}

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
  /** Makes one call. Rejects with `EngineStopped` if the worker stopped before it answered. */
  call<K extends CallName>(name: K, request: Calls[K]["request"]): Promise<Calls[K]["result"]>;
  /**
   * Analyses the newest request only. While one is under way, the newest waits, earlier ones are dropped, and an outdated answer is dropped
   * too.
   */
  analyse(request: AnalysisRequest, show: (analysis: Analysis) => void): void;
}

export class Engine {
  #module: WebAssembly.Module | undefined;
  readonly #attending = new Set<(cause: string) => void>();
  readonly #pending = new Map<number, Pending>();
  /** Resolves when the first worker runs; rejects if the page's policy or the browser prevents it. */
  readonly started: Promise<void>;
  #settle: { resolve(): void; reject(error: Error): void } | undefined;
  #worker: Worker;
  #run = 0;

  /** The worker starts while the module is still being compiled. */
  constructor(compiling: Promise<WebAssembly.Module>) {
    this.started = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#worker = this.#spawn();
    compiling.then(
      (module) => {
        this.#module = module;
        this.#worker.postMessage({ start: module } satisfies Start);
      },
      (error: unknown) => this.#settle?.reject(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** Serves one more playground. `onRestart` is called after each restart of the worker. */
  attend(onRestart: (cause: string) => void): { analyst: Analyst; close(): void } {
    this.#attending.add(onRestart);
    const call: Analyst["call"] = (name, request) => this.#call(name, request);
    return { analyst: { call, analyse: newestOnly(call) }, close: () => this.#attending.delete(onRestart) };
  }

  #call<K extends CallName>(name: K, request: Calls[K]["request"]): Promise<Calls[K]["result"]> {
    const run = ++this.#run;
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => this.#restart(engineWords.silent), PATIENCE);
      this.#pending.set(run, { resolve: resolve as (result: unknown) => void, reject, timer });
      this.#worker.postMessage({ run, name, request } as Call);
    });
  }

  #spawn(): Worker {
    const worker = makeWorker();
    worker.addEventListener("message", (event: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#receive(event.data);
    });
    worker.addEventListener("error", (event) => {
      if (worker === this.#worker) this.#restart(event.message || engineWords.notStarted);
    });
    if (this.#module) worker.postMessage({ start: this.#module } satisfies Start);
    return worker;
  }

  #receive(reply: Reply): void {
    if ("started" in reply) {
      this.#settle?.resolve();
      this.#settle = undefined;
      return;
    }
    if ("crashed" in reply) {
      this.#restart(reply.crashed);
      return;
    }
    const pending = this.#pending.get(reply.run);
    if (!pending) return;
    this.#pending.delete(reply.run);
    clearTimeout(pending.timer);
    pending.resolve(reply.result);
  }

  #restart(cause: string): void {
    this.#worker.terminate();
    if (this.#settle) {
      // The first worker never ran, so another one would not run either.
      this.#settle.reject(new Error(`no worker can be started here: ${cause}`));
      return;
    }
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    this.#worker = this.#spawn();
    for (const pending of lost) {
      clearTimeout(pending.timer);
      pending.reject(new EngineStopped(cause));
    }
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
