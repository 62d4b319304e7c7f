/** One worker and the calls to it. It is replaced after a crash, when the next call needs it. */

import type { Call, Calls, CallName, Reply, Start } from "../model/protocol.ts";
import { engineWords } from "../words/engine.ts";

/** The worker stopped before it answered the call. */
export class EngineStopped extends Error {}

interface Pending {
  resolve(result: unknown): void;
  reject(error: EngineStopped): void;
  timer: number;
}

export class Desk {
  /** Resolves when the first worker runs; rejects if the page's policy or the browser prevents it. */
  readonly started: Promise<void>;
  readonly #make: () => Worker;
  readonly #stopped: (cause: string) => void;
  readonly #patience: number;
  readonly #pending = new Map<number, Pending>();
  #settle: { resolve(): void; reject(error: Error): void } | undefined;
  #module: WebAssembly.Module | undefined;
  #worker: Worker | undefined;
  #run = 0;

  /**
   * The worker starts while the module is still being compiled. `stopped` is called when it had started, and stopped. A call that needs longer than
   * `patience`, in milliseconds, has met a fault.
   */
  constructor(make: () => Worker, compiling: Promise<WebAssembly.Module>, patience: number, stopped: (cause: string) => void) {
    this.#make = make;
    this.#patience = patience;
    this.#stopped = stopped;
    this.started = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#worker = this.#spawn();
    compiling.then(
      (module) => {
        this.#module = module;
        this.#worker?.postMessage({ start: module } satisfies Start);
      },
      (error: unknown) => this.#settle?.reject(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** The calls without an answer. */
  get load(): number {
    return this.#pending.size;
  }

  call<K extends CallName>(name: K, request: Calls[K]["request"], over: ArrayBuffer[] = []): Promise<Calls[K]["result"]> {
    const run = ++this.#run;
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => this.#stop(engineWords.silent), this.#patience);
      this.#pending.set(run, { resolve: resolve as (result: unknown) => void, reject, timer });
      this.#worker ??= this.#spawn();
      this.#worker.postMessage({ run, name, request } as Call, over);
    });
  }

  #spawn(): Worker {
    const worker = this.#make();
    worker.addEventListener("message", (event: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#receive(event.data);
    });
    worker.addEventListener("error", (event) => {
      if (worker === this.#worker) this.#stop(event.message || engineWords.notStarted);
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
      this.#stop(reply.crashed);
      return;
    }
    const pending = this.#pending.get(reply.run);
    if (!pending) return;
    this.#pending.delete(reply.run);
    clearTimeout(pending.timer);
    pending.resolve(reply.result);
  }

  #stop(cause: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of lost) {
      clearTimeout(pending.timer);
      pending.reject(new EngineStopped(cause));
    }
    if (this.#settle) this.#settle.reject(new Error(`no worker can be started here: ${cause}`));
    else this.#stopped(cause);
    this.#settle = undefined;
  }
}
