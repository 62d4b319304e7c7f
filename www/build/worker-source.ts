/**
 * Gives the page its workers as texts. A worker from a blob inherits the page's policy, and also starts in a page that loads the script from
 * another origin. They are classic scripts: a frame that is sandboxed without an origin of its own starts no module from a blob. The page
 * creates it, not a wrapper of the bundler, so Trusted Types can be required.
 */

import type { Plugin } from "vite";
import { oneFile, source } from "./one-file.ts";

/** The workers' sources, by the names that the page imports. */
const SOURCES = new Map([
  ["virtual:worker-source", "engine/worker.ts"],
  ["virtual:late-worker-source", "engine/late-worker.ts"],
  ["virtual:finder-source", "intake/worker.ts"],
]);

export function workerSource(): Plugin {
  return {
    name: "worker-source",
    resolveId: (id) => (SOURCES.has(id) ? `\0${id}` : undefined),
    async load(id) {
      const path = SOURCES.get(id.replace("\0", ""));
      if (path === undefined || !id.startsWith("\0")) return undefined;
      this.addWatchFile(source(path));
      return `export default ${JSON.stringify(await oneFile(source(path), {}, "iife"))};`;
    },
  };
}
