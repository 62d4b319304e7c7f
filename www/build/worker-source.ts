/**
 * Gives the page its worker as a text. A worker from a blob inherits the page's policy, and starts in a page that took the
 * script from another origin; and the page, not a wrapper of the bundler, makes it, so Trusted Types can be required.
 */

import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const SOURCE = "virtual:worker-source";
const WORKER = fileURLToPath(new URL("../src/worker.ts", import.meta.url));

export function workerSource(): Plugin {
  return {
    name: "worker-source",
    resolveId: (id) => (id === SOURCE ? `\0${SOURCE}` : undefined),
    async load(id) {
      if (id !== `\0${SOURCE}`) return undefined;
      this.addWatchFile(WORKER);
      const built = await build({
        configFile: false,
        logLevel: "warn",
        build: { write: false, target: "es2022", assetsInlineLimit: 0, rollupOptions: { input: WORKER } },
      });
      const output = Array.isArray(built) ? built[0] : built;
      if (!output || !("output" in output)) throw new Error("the worker was not built");
      const [chunk, ...others] = output.output.filter((file) => file.type === "chunk");
      if (!chunk || others.length > 0) throw new Error("the worker must be one file");
      return `export default ${JSON.stringify(chunk.code)};`;
    },
  };
}
