/**
 * Gives late scripts the parts of the package that the first load does not need. The package is one module, which a bundler puts into one script
 * as a whole, so that each of these parts is built by itself.
 */

import type { Plugin } from "vite";
import { oneFile, source } from "./one-file.ts";

/** The sources of the parts, by the names that the page imports. */
const PARTS = new Map([
  ["virtual:picture", "plan/picture-data.ts"],
  ["virtual:fleet-rows", "engine/fleet-rows.ts"],
]);

export function apart(): Plugin {
  return {
    name: "apart",
    resolveId: (id) => (PARTS.has(id) ? `\0${id}` : undefined),
    async load(id) {
      const path = PARTS.get(id.replace("\0", ""));
      return path === undefined || !id.startsWith("\0") ? undefined : oneFile(source(path));
    },
  };
}
