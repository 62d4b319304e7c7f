/** Writes the service worker. It knows every file of the site, and changes when one of them does. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { oneFile, source } from "./one-file.ts";

export function serviceWorker(): Plugin {
  let publicDir = "";
  return {
    name: "service-worker",
    apply: "build",
    enforce: "post",
    configResolved: (config) => {
      publicDir = config.publicDir;
    },
    // After the plugin that makes the HTML files.
    generateBundle: {
      order: "post",
      async handler(_, bundle) {
        const files = new Map<string, string | Uint8Array>();
        for (const [name, file] of Object.entries(bundle)) files.set(name, file.type === "chunk" ? file.code : file.source);
        for (const name of readdirSync(publicDir)) files.set(name, readFileSync(join(publicDir, name)));
        const names = [...files.keys()].sort();
        const hash = createHash("sha256");
        for (const name of names)
          hash
            .update(name)
            .update("\0")
            .update(files.get(name) ?? "");
        this.emitFile({
          type: "asset",
          fileName: "sw.js",
          source: await oneFile(source("app/service-worker.ts"), {
            FILES: JSON.stringify(names),
            VERSION: JSON.stringify(hash.digest("hex").slice(0, 16)),
          }),
        });
      },
    },
  };
}
