/**
 * Gives the page its worker as a text. A worker from a blob inherits the page's policy, and also starts in a page that loads the script from
 * another origin. The page creates it, not a wrapper of the bundler, so Trusted Types can be required.
 */

import type { Plugin } from "vite";
import { oneFile, source } from "./one-file.ts";

const SOURCE = "virtual:worker-source";

export function workerSource(): Plugin {
  return {
    name: "worker-source",
    resolveId: (id) => (id === SOURCE ? `\0${SOURCE}` : undefined),
    async load(id) {
      if (id !== `\0${SOURCE}`) return undefined;
      this.addWatchFile(source("engine/worker.ts"));
      return `export default ${JSON.stringify(await oneFile(source("engine/worker.ts")))};`;
    },
  };
}
