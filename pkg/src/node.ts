/** jitp for Node: loaded when imported or required; nothing to initialise. */
import { readFileSync } from "node:fs";
import { initSync as loadSync } from "#glue";
import { markReady } from "./given.js";

export * from "./public.js";

loadSync({ module: readFileSync(new URL("./jitp_bg.wasm", import.meta.url)) });
markReady();

/** Does nothing: in Node the wasm module is loaded on import. It is here so that one source runs everywhere. */
export default function init(_input?: unknown): Promise<void> {
  return Promise.resolve();
}

/** Does nothing, as {@link init}. */
export function initSync(_module?: unknown): void {}
