/** Has the browser fetch the wasm file while it still loads the scripts, which request it only when they run. */

import type { Plugin } from "vite";

export function wasmPreload(): Plugin {
  return {
    name: "wasm-preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle, filename }) {
        const wasm = Object.keys(bundle ?? {}).find((name) => name.endsWith(".wasm"));
        if (wasm === undefined || !filename.endsWith("index.html")) return [];
        return [{ tag: "link", attrs: { rel: "preload", as: "fetch", crossorigin: true, href: `./${wasm}` }, injectTo: "head" }];
      },
    },
  };
}
