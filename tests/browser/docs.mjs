/** A page of a docs author, on another origin than the package and the site, with embedded playgrounds. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { deflateRawSync, gzipSync } from "node:zlib";
import { launch } from "../chromium.mjs";
import { DIST, newContext, sample } from "./browser.mjs";
import { serve } from "./server.mjs";

export const PACKAGE = fileURLToPath(new URL("../../pkg/dist", import.meta.url));

/** The rules of docs/embedding.md that keep an element's place until it is there. */
export const RESERVED = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8")
  .match(/^jitp-playground\S*:not\(:defined\).*$/gm)
  .join("\n");

/** The most that a site may load on each page for the element, in bytes under gzip. */
export const SMALL = 4_000;
export const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** The part of an address of the page after `#`. */
export const hash = (work) => `#jitp=1.${deflateRawSync(JSON.stringify(work)).toString("base64url")}`;

/** The children of an element that hold template and certificate. */
export const children = (template, pem = "") =>
  `<script type="application/json">${template}</script>${pem && `<script type="application/x-pem-file">${pem}</script>`}`;
export const meter = children(sample("provisions.json"), sample("water-meter.pem"));

/** Starts Chromium, the site and a server with the package for one test file. */
export function useDocs() {
  const started = {};
  before(async () => {
    started.browser = await launch();
    started.site = await serve(DIST);
    started.cdn = await serve(PACKAGE, { "access-control-allow-origin": "*" });
  });
  after(async () => {
    await started.browser?.close();
    await started.site?.close();
    await started.cdn?.close();
  });

  /**
   * Opens a page of a docs author with this body, under the strictest policy that the element supports. `first` and `last` are the author's
   * scripts, which run before and after the element's; `prepare` gets the page before it is loaded.
   */
  async function docs(
    body,
    scenario,
    { workers = "blob:", connect = "", css = "", first = "", last = "", policies = "jitp", prepare, ...options } = {},
  ) {
    const { browser, site, cdn } = started;
    const folder = await mkdtemp(join(tmpdir(), "jitp-docs-"));
    const context = await newContext(browser, { viewport: { width: 1280, height: 900 }, ...options });
    let server;
    try {
      const policy = `default-src 'none'; script-src 'self' ${new URL(cdn.url).origin} 'wasm-unsafe-eval'; style-src 'self'; connect-src ${connect} ${new URL(cdn.url).origin}; worker-src ${workers}; frame-src ${new URL(site.url).origin}; require-trusted-types-for 'script'; trusted-types ${policies}`;
      await writeFile(
        join(folder, "docs.css"),
        "body { font: 22px serif; text-align: center; color: rgb(200, 0, 0) } .panel { border: 9px solid } jitp-playground { height: 400px }" +
          css,
      );
      const scripts = { "first.js": first, "last.js": last };
      for (const [name, code] of Object.entries(scripts)) if (code) await writeFile(join(folder, name), code);
      const tag = (name) => (scripts[name] ? `<script type="module" src="${name}"></script>` : "");
      await writeFile(
        join(folder, "index.html"),
        `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Docs</title><link rel="stylesheet" href="docs.css"><link rel="icon" href="data:,"><main><h1>Docs</h1>${typeof body === "function" ? body(site.url) : body}</main>${tag("first.js")}<script type="module" src="${cdn.url}element.js"></script>${tag("last.js")}`,
      );
      server = await serve(folder);
      const page = await context.newPage();
      const complaints = [];
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error.stack)));
      await prepare?.(page);
      await page.goto(server.url);
      await scenario(page, complaints);
      assert.deepEqual(
        complaints.filter((text) => !/favicon|data:,/.test(text)),
        [],
      );
    } finally {
      await context.close();
      await server?.close();
      await rm(folder, { recursive: true });
    }
  }

  return { docs, newContext: (options) => newContext(started.browser, options), siteUrl: () => started.site.url };
}
