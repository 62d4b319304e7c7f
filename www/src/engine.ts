/** The page's side of the worker: typed calls, the latest analysis wins, and a worker that crashed is replaced. */

import wasmUrl from "jitp/jitp_bg.wasm?url";
import type { Analysis, AnalysisRequest, Call, Calls, CallName, Reply, Start } from "./protocol.ts";
import EngineWorker from "./worker.ts?worker&inline";

/** A call that takes longer than this has met a fault; even the largest inputs take milliseconds. */
const PATIENCE = 10_000;

/** Says that a call got no answer because the worker stopped. */
export class EngineStopped extends Error {}

interface Pending {
  resolve(result: unknown): void;
  reject(error: EngineStopped): void;
  timer: number;
}

/** Loads the wasm module, then cuts the page's line to the network for good. */
export async function loadEngine(onRestart: (cause: string) => void): Promise<Engine> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`the server answered ${response.status} for the wasm file`);
  // Not `compileStreaming`: it wants a content type that not every static host sends.
  const module = await WebAssembly.compile(await response.arrayBuffer());
  cutTheLine();
  return new Engine(module, onRestart);
}

/** A second policy can only tighten the first: from here on neither page nor worker can connect anywhere. */
function cutTheLine(): void {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "connect-src 'none'";
  document.head.append(policy);
}

export class Engine {
  readonly #module: WebAssembly.Module;
  readonly #onRestart: (cause: string) => void;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker;
  #run = 0;
  #analysing = false;
  #next: (() => void) | undefined;

  constructor(module: WebAssembly.Module, onRestart: (cause: string) => void) {
    this.#module = module;
    this.#onRestart = onRestart;
    this.#worker = this.#spawn();
  }

  /** One call, one answer. Rejects with `EngineStopped` where the worker stopped before it answered. */
  call<K extends CallName>(name: K, request: Calls[K]["request"]): Promise<Calls[K]["result"]> {
    const run = ++this.#run;
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => this.#restart("it did not answer in time"), PATIENCE);
      this.#pending.set(run, { resolve: resolve as (result: unknown) => void, reject, timer });
      this.#worker.postMessage({ run, name, request } as Call);
    });
  }

  /**
   * Analyses the newest request only: while one is under way, later requests wait in a queue of one place, and an
   * answer that is no longer the newest is dropped.
   */
  analyse(request: AnalysisRequest, show: (analysis: Analysis) => void): void {
    const start = async () => {
      this.#analysing = true;
      try {
        const analysis = await this.call("analyse", request);
        if (!this.#next) show(analysis);
      } catch (error) {
        // The restart has been announced already, and the same input would only stop the worker again.
        if (!(error instanceof EngineStopped)) throw error;
      } finally {
        this.#analysing = false;
        const next = this.#next;
        this.#next = undefined;
        next?.();
      }
    };
    if (this.#analysing) this.#next = start;
    else void start();
  }

  #spawn(): Worker {
    const worker = new EngineWorker();
    worker.addEventListener("message", (event: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#receive(event.data);
    });
    worker.addEventListener("error", (event) => {
      if (worker === this.#worker) this.#restart(event.message || "it could not be started");
    });
    worker.postMessage({ start: this.#module } satisfies Start);
    return worker;
  }

  #receive(reply: Reply): void {
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
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    this.#worker = this.#spawn();
    for (const pending of lost) {
      clearTimeout(pending.timer);
      pending.reject(new EngineStopped(cause));
    }
    this.#onRestart(cause);
  }
}
