/** Builds the page about embedding, which runs the built element, into the site. */

import { defineConfig } from "vite";
import { embeddingPage } from "./build/embedding-page.ts";

export default defineConfig({
  base: "./",
  publicDir: "../public",
  plugins: [embeddingPage()],
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 650,
    assetsInlineLimit: 0,
    outDir: "../dist",
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    rollupOptions: { input: "embedding.html" },
  },
});
