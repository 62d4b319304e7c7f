/// <reference lib="webworker" />
/** The worker's side of the messages: every call gets one reply. */

import type { Call, CallName, Calls, Reply, Start } from "../model/protocol.ts";

/** Answers the calls of the page from now on. `init` starts jitp from the compiled module. */
export function serve<K extends CallName>(
  init: (module: WebAssembly.Module) => Promise<unknown>,
  answer: (call: Call<K>) => Calls[K]["result"] | Promise<Calls[K]["result"]>,
): void {
  let ready: Promise<unknown> | undefined;
  self.addEventListener("message", async (event: MessageEvent<Start | Call<K>>) => {
    const message = event.data;
    if ("start" in message) {
      ready = init(message.start);
      const told: Reply = await ready.then(
        () => ({ started: true }),
        (error: unknown) => ({ crashed: String(error) }),
      );
      self.postMessage(told);
      return;
    }
    let reply: Reply;
    try {
      await ready;
      reply = { run: message.run, result: await answer(message) };
    } catch (error) {
      // jitp never throws on bad input, so the wasm instance is unusable now.
      reply = { run: message.run, crashed: error instanceof Error ? error.message : String(error) };
    }
    self.postMessage(reply);
  });
}
