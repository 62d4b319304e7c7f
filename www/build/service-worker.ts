/** Writes the service worker, which knows every file of the site and changes whenever one of them does. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin, Rolldown } from "vite";
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
        const left = onlyFor("embedding", bundle);
        for (const [name, file] of Object.entries(bundle)) {
          if (!left.has(name)) files.set(name, file.type === "chunk" ? file.code : file.source);
        }
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

/** The files of a page that few visitors open, and that no other page has: they are not kept for offline use. */
function onlyFor(page: string, bundle: Rolldown.OutputBundle): Set<string> {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const reached = (from: Rolldown.OutputChunk[]) => {
    const names = new Set<string>();
    const walk = (name: string) => {
      const chunk = bundle[name];
      if (names.has(name) || chunk?.type !== "chunk") return;
      names.add(name);
      for (const next of [...chunk.imports, ...chunk.dynamicImports]) walk(next);
    };
    for (const { fileName } of from) walk(fileName);
    return names;
  };
  const entries = chunks.filter(({ isEntry }) => isEntry);
  const own = reached(entries.filter(({ name }) => name === page));
  const others = reached(entries.filter(({ name }) => name !== page));
  const left = new Set([...own].filter((name) => !others.has(name)));
  for (const name of Object.keys(bundle)) if (name === `${page}.html` || name.startsWith(`assets/${page}-`)) left.add(name);
  return left;
}
