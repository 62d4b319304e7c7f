/** jitp for browsers, workers and bundlers: `await init()` once, then call. */
import load, { initSync as loadSync } from "#glue";
import { poolOf } from "./fleet/pool.js";
import { workers } from "./fleet/ports.js";
import { ensureReady, markReady } from "./given.js";
import type { FleetPool, PoolOptions } from "./types.js";

export * from "./public.js";

/** The source of the wasm module: an address, a response, its bytes, or a compiled module. */
export type InitInput = string | URL | Request | Response | BufferSource | WebAssembly.Module;

let loading: Promise<void> | undefined;

/**
 * Loads the wasm module. Call it once before anything else; further calls wait for the first.
 *
 * @param input where to load it from; by default `jitp_bg.wasm` next to this file, which bundlers find by themselves.
 */
export default function init(input?: InitInput | Promise<InitInput>): Promise<void> {
  loading ??= load(input === undefined ? undefined : { module_or_path: input }).then(markReady, (error: unknown) => {
    // The next call may have better luck with the network.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Instantiates the wasm module from its bytes or from a compiled module, without waiting. */
export function initSync(module: BufferSource | WebAssembly.Module): void {
  loadSync({ module });
  loading = Promise.resolve();
  markReady();
}

/**
 * Workers for fleets: as many judge certificates at the same time, and the page's own thread is free meanwhile. Call {@link init} first.
 *
 * @param options the number of workers, and another way to start them
 * @throws TypeError if the call itself is wrong
 */
export function createPool(options?: PoolOptions): FleetPool {
  ensureReady();
  const start = options?.worker ?? (() => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
  return poolOf(workers(start), navigator.hardwareConcurrency, options);
}
