/** Writes `licences.txt`: the licences of the packages in the site's scripts and of the crates in its wasm file. */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { dependencies, texts } from "../../pkg/licences.mjs";

const CRATES = new URL("../../pkg/dist/jitp_bg.licences.txt", import.meta.url);

export function licences(): Plugin {
  const packages = [...dependencies("www")];
  return {
    name: "licences",
    apply: "build",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
      const strange = modules.find((id) => id.includes("/node_modules/") && !packages.some((folder) => id.includes(`${folder}/`)));
      if (strange !== undefined) this.error(`${strange} is in the page and is not a dependency of www: its licence would be missing`);
    },
    // After the service worker has listed what the site needs: it does not need this.
    writeBundle({ dir }) {
      const text = `The scripts of this page contain these packages.\n\n${texts(packages)}\n---\n\n${readFileSync(CRATES, "utf8")}`;
      writeFileSync(`${dir ?? fileURLToPath(new URL("../dist", import.meta.url))}/licences.txt`, text);
    },
  };
}
