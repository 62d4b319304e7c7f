/** Searches a text for templates and outputs, in a worker of its own that ends with the search: most visits never need it. */

import finderSource from "virtual:finder-source";
import type { Found } from "../intake/find.ts";
import type { FindCall, FindReply } from "../intake/worker.ts";
import { makeWorker } from "./script-urls.ts";

/** A search that needs longer has met a fault, in milliseconds. */
const PATIENCE = 20_000;

/** What is in a text; nothing in it, if the search fails. */
export function findIn(text: string): Promise<Found> {
  const worker = makeWorker(finderSource);
  return new Promise<Found>((resolve) => {
    const nothing = () => resolve({ text, pieces: [] });
    const timer = window.setTimeout(nothing, PATIENCE);
    worker.addEventListener("message", ({ data }: MessageEvent<FindReply>) => {
      clearTimeout(timer);
      resolve(data.found);
    });
    worker.addEventListener("error", nothing);
    worker.postMessage({ run: 1, text } satisfies FindCall);
  }).finally(() => worker.terminate());
}
