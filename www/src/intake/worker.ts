/// <reference lib="webworker" />
/** Searches texts off the main thread: a text may have 20 MB. */

import { find, type Found } from "./find.ts";

export interface FindCall {
  run: number;
  text: string;
}

export interface FindReply {
  run: number;
  found: Found;
}

self.addEventListener("message", ({ data }: MessageEvent<FindCall>) => {
  self.postMessage({ run: data.run, found: find(data.text) } satisfies FindReply);
});
