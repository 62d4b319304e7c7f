/** Adds the scripts that say so if the page does not start. They are classic ones, and they and the style sheets need no CORS. */

import type { Plugin } from "vite";
import { oneFile, source } from "./one-file.ts";

/** The scripts by their files. The page loads the first, and the first the second. */
const [CHECK, SAY] = ["start-check", "not-started"];

export function notStarted(): Plugin {
  return {
    name: "not-started",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { path }) => {
        const styled = html.replace(/<link rel="stylesheet" crossorigin/g, '<link rel="stylesheet"');
        return path === "/index.html"
          ? { html: styled, tags: [{ tag: "script", attrs: { async: true, src: `./${CHECK}.js` }, injectTo: "head" }] }
          : styled;
      },
    },
    async generateBundle() {
      for (const name of [CHECK, SAY])
        this.emitFile({ type: "asset", fileName: `${name}.js`, source: await oneFile(source(`app/${name}.ts`), {}, "iife") });
    },
  };
}
