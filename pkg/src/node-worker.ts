/** The script of a pool's workers in Node. The pool sends the wasm module, then questions. */
import { parentPort } from "node:worker_threads";
import { initSync } from "#glue";
import { serving } from "./fleet/serve.js";
import type { Question, Start } from "./fleet/protocol.js";
import { markReady } from "./given.js";

const serve = serving((answer, transfer) => parentPort?.postMessage(answer, transfer));

parentPort?.on("message", (message: Question | Start) => {
  if ("module" in message) {
    initSync({ module: message.module });
    markReady();
  } else serve(message);
});
