/** Builds the script that each page of a site loads, into the package's dist/: the element without the playground in it. */

import { defineConfig, type Plugin } from "vite";
import { inlineWords, words } from "../build/words.ts";

/** The playground is a script by itself, which is built next to this one. */
function playgroundApart(): Plugin {
  return {
    name: "playground-apart",
    enforce: "pre",
    resolveId: (id) => (id === "./playground.ts" ? { id: "./element-playground.js", external: true } : undefined),
  };
}

export default defineConfig({
  publicDir: false,
  plugins: [playgroundApart(), words()],
  build: {
    // As a library, it is without the helper of a bundler that preloads style sheets.
    lib: { entry: "src/element.ts", formats: ["es"], fileName: () => "element.js" },
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    outDir: "../../pkg/dist",
    emptyOutDir: false,
    rolldownOptions: { optimization: inlineWords, output: { minify: true } },
  },
});
