/** jitp for Node: loaded when imported or required; nothing to initialise. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { initSync as loadSync } from "#glue";
import { threads } from "./fleet/ports.js";
import { poolOf } from "./fleet/pool.js";
import { markReady } from "./given.js";
import type { FleetPool, PoolOptions } from "./types.js";

export { default, initSync } from "./loaded.js";
export * from "./public.js";

loadSync({ module: readFileSync(new URL("./jitp_bg.wasm", import.meta.url)) });
markReady();

/**
 * Workers for fleets: as many threads judge certificates at the same time. A process does not wait for a pool that has nothing to do.
 *
 * @param options the number of workers
 * @throws TypeError if the call itself is wrong
 *
 * @example
 * import { createPool } from "jitp";
 * const pool = createPool({ workers: 2 });
 * const { counts } = await pool.dryRunFleet("{}", ["no certificate"]).summary;
 * console.log(counts.fails);
 * await pool.terminate();
 */
export function createPool(options?: PoolOptions): FleetPool {
  // Options of the program, such as --input-type, are not for a file of the package.
  const start = () => new Worker(new URL("./node-worker.js", import.meta.url), { execArgv: [] });
  return poolOf(threads(start), availableParallelism(), options);
}
