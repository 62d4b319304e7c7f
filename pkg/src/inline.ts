/** jitp with its wasm inside: loaded when imported or required, wherever JavaScript runs, without a file or an address. */
import { initSync as loadSync } from "#glue";
import compressed from "#inline-wasm";
import script from "#inline-worker";
import { inflateSync } from "fflate";
import { bytesOf } from "./base64.js";
import { poolOf } from "./fleet/pool.js";
import { threads, workers } from "./fleet/ports.js";
import { markReady } from "./given.js";
import type { FleetPool, PoolOptions } from "./types.js";

export { default, initSync } from "./loaded.js";
export * from "./public.js";

/** Node's own is faster, if it can be had without an import, which no other engine would find. What browsers have only works with promises. */
const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");

const bytes = bytesOf(compressed);
loadSync({ module: zlib ? zlib.inflateRawSync(bytes) : (inflateSync(bytes) as Uint8Array<ArrayBuffer>) });
markReady();

/**
 * Workers for fleets: as many judge certificates at the same time. Their script is a text within this one: in browsers the policy of the page
 * must allow workers from `blob:`, or the option `worker` starts them in another way.
 *
 * @param options the number of workers, and another way to start them
 * @throws TypeError if the call itself is wrong; Error if the engine has no workers
 */
export function createPool(options?: PoolOptions): FleetPool {
  const node = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  const processors = globalThis.navigator?.hardwareConcurrency ?? globalThis.process?.getBuiltinModule?.("node:os").availableParallelism();
  if (options?.worker === undefined && node && typeof Worker !== "function") {
    return poolOf(
      threads(() => new node.Worker(script, { eval: true, execArgv: [] })),
      processors ?? 1,
      options,
    );
  }
  if (options?.worker === undefined && typeof Worker !== "function") throw new Error("jitp: there are no workers here; use dryRunFleet");
  return poolOf(workers(options?.worker ?? fromText), processors ?? 1, options);
}

function fromText(): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  try {
    return new Worker(url);
  } finally {
    // The worker has begun to read it.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}
