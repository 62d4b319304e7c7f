/** The playground in frames of a page on another origin, as an author without scripts embeds it. */

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { launch } from "../chromium.mjs";
import { DIST, newContext, sample } from "./browser.mjs";
import { serve } from "./server.mjs";

/** The header with which a server lets everybody read its files, also a frame without an origin. */
export const OPEN = { "access-control-allow-origin": "*" };

/** Work that works, and the same for a device that does not. */
export const METER = { template: sample("provisions.json"), certificates: [{ from: "meter.pem", pem: sample("water-meter.pem") }] };
export const SENSOR = { template: sample("no-country.json"), certificates: [{ from: "sensor.pem", pem: sample("cold-chain-sensor.pem") }] };

/** Starts Chromium for one test file. The result opens a page with this body, which gets the address of the site. */
export function useFrames() {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  return async function frames(body, scenario, { headers = {}, expected = /^$/, ...options } = {}) {
    const folder = await mkdtemp(join(tmpdir(), "jitp-frames-"));
    const [site, around] = [await serve(DIST, headers), await serve(folder)];
    const context = await newContext(browser, { viewport: { width: 800, height: 900 }, ...options });
    try {
      const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Docs</title><link rel="icon" href="data:,"><main><h1>Docs</h1>${body(site.url)}</main>`;
      await writeFile(join(folder, "index.html"), html);
      const page = await context.newPage();
      const complaints = [];
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error.stack)));
      await page.goto(around.url);
      await scenario(page, { frame: page.frameLocator("iframe"), inside: page.frames()[1], site: site.url, context });
      assert.deepEqual(
        complaints.filter((text) => !/favicon/.test(text) && !expected.test(text)),
        [],
      );
    } finally {
      await context.close();
      await Promise.all([site.close(), around.close()]);
      await rm(folder, { recursive: true });
    }
  };
}
