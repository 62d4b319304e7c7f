import { defineConfig, type Plugin } from "vite";
import { apart } from "./build/apart.ts";
import { licences } from "./build/licences.ts";
import { notStarted } from "./build/not-started.ts";
import { ruleSources, rulesPage } from "./build/rules-page.ts";
import { serviceWorker } from "./build/service-worker.ts";
import { wasmPreload } from "./build/wasm-preload.ts";
import { inlineWords, words } from "./build/words.ts";
import { workerSource } from "./build/worker-source.ts";

/** Vite's development server injects inline styles and opens a socket, so only the built page has the policy. */
function policyOnlyInBuilds(): Plugin {
  return {
    name: "policy-only-in-builds",
    apply: "serve",
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ""),
  };
}

export default defineConfig({
  // Relative, so that the page works under any path of any static host.
  base: "./",
  // An unknown path is a 404, as on any static host.
  appType: "mpa",
  plugins: [
    policyOnlyInBuilds(),
    words(),
    rulesPage(),
    ruleSources(),
    workerSource(),
    apart(),
    wasmPreload(),
    notStarted(),
    serviceWorker(),
    licences(),
  ],
  build: {
    target: "es2022",
    // The editor, which is loaded after the first paint. The tests limit its size under gzip.
    chunkSizeWarningLimit: 650,
    // The wasm must stay a file: a data URL would be larger, and the policy would refuse it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "rules.html"], optimization: inlineWords },
  },
  // `cargo xtask serve`. The security policy is in each page, so that it holds on every host.
  preview: {
    port: 5190,
    cors: false,
    headers: { "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff" },
  },
});
