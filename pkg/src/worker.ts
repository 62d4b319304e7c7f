/** The script of a pool's workers in browsers, and in other engines as a text. The pool sends the wasm module, then questions. */
import { initSync } from "#glue";
import { serving } from "./fleet/serve.js";
import type { Question, Start } from "./fleet/protocol.js";
import { markReady } from "./given.js";

/** The line to the thread that has started this one: Node's, if it is Node. */
const thread = globalThis.process?.getBuiltinModule?.("node:worker_threads").parentPort;
const post: (message: unknown, transfer: ArrayBuffer[]) => void = thread
  ? (message, transfer) => thread.postMessage(message, transfer)
  : (message, transfer) => globalThis.postMessage(message, { transfer });
const serve = serving(post);

function take(message: Question | Start): void {
  if ("module" in message) {
    initSync({ module: message.module });
    markReady();
  } else serve(message);
}

if (thread) thread.on("message", take);
else globalThis.addEventListener("message", ({ data }: MessageEvent<Question | Start>) => take(data));
