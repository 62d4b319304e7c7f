/** Builds the playground of the element that the npm package publishes, into the package's dist/. */

import { defineConfig, type Plugin } from "vite";
import { apart } from "../build/apart.ts";
import { ruleSources } from "../build/rules-page.ts";
import { workerSource } from "../build/worker-source.ts";
import { inlineWords, words } from "../build/words.ts";

/** Nothing is preloaded, so that the bundler's helper for it does nothing, and no other bundler complains about it. */
function noPreloads(): Plugin {
  return {
    name: "no-preloads",
    enforce: "pre",
    load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : undefined),
  };
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [noPreloads(), words(), ruleSources(), workerSource(), apart()],
  build: {
    target: "es2022",
    // These have light-dark(), which alone follows the colour scheme that the page around gives.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The editor, which is loaded after the first paint. The tests limit its size under gzip.
    chunkSizeWarningLimit: 650,
    outDir: "../../pkg/dist",
    emptyOutDir: false,
    // A script of another origin must not preload style sheets or scripts.
    modulePreload: false,
    rolldownOptions: {
      optimization: inlineWords,
      input: "src/playground.ts",
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "element-[name].js", chunkFileNames: "element-[name].js" },
    },
  },
});
