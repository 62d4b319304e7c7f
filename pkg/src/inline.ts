/** jitp with its wasm inside: loaded when imported or required, wherever JavaScript runs, without a file or an address. */
import { initSync as loadSync } from "#glue";
import compressed from "#inline-wasm";
import { inflateSync } from "fflate";
import { markReady } from "./given.js";

export { default, initSync } from "./loaded.js";
export * from "./public.js";

/** Node's own is faster, if it can be had without an import, which no other engine would find. What browsers have only works with promises. */
const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");

const bytes = Uint8Array.from(atob(compressed), (char) => char.charCodeAt(0));
loadSync({ module: zlib ? zlib.inflateRawSync(bytes) : (inflateSync(bytes) as Uint8Array<ArrayBuffer>) });
markReady();
