/** Builds a script that must be one file, such as a worker. */

import { fileURLToPath } from "node:url";
import { build } from "vite";
import { inlineWords, words } from "./words.ts";

/** The path of a source of the page. */
export const source = (name: string) => fileURLToPath(new URL(`../src/${name}`, import.meta.url));

/** The text of the module, or with `iife` of the classic script, that is built from a source and all that it imports. */
export async function oneFile(input: string, define: Record<string, string> = {}, format: "es" | "iife" = "es"): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    plugins: [words()],
    // A worker is given its wasm, and a classic script has no address to look for one.
    define: format === "iife" ? { "import.meta.url": '""', ...define } : define,
    build: {
      write: false,
      target: "es2022",
      assetsInlineLimit: 0,
      rolldownOptions: { input, preserveEntrySignatures: "strict", optimization: inlineWords, output: { format } },
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (!output || !("output" in output)) throw new Error(`${input} was not built`);
  const [chunk, ...others] = output.output.filter((file) => file.type === "chunk");
  if (!chunk || others.length > 0) throw new Error(`${input} must be one file`);
  return chunk.code;
}
