/** jitp for Node: loaded when imported or required; nothing to initialise. */
import { readFileSync } from "node:fs";
import { initSync as loadSync } from "#glue";
import { markReady } from "./given.js";

export { default, initSync } from "./loaded.js";
export * from "./public.js";

loadSync({ module: readFileSync(new URL("./jitp_bg.wasm", import.meta.url)) });
markReady();
