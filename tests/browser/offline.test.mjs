/** Offline after one visit, under any path, and updated without losing work. */

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { atRest, DIST, expect, newContext, sample, verdict, write } from "./browser.mjs";
import { launch } from "../chromium.mjs";
import { serve } from "./server.mjs";

/** A copy of the site that a test may change, with its own browser. */
async function ownSite(scenario) {
  const folder = await mkdtemp(join(tmpdir(), "jitp-site-"));
  const browser = await launch();
  try {
    await cp(DIST, folder, { recursive: true });
    const server = await serve(folder);
    try {
      const context = await newContext(browser);
      await scenario({ folder, url: server.url, context, stop: () => server.close() });
    } finally {
      await server.close();
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

const ready = (page) => page.waitForSelector("html[data-ready][data-offline]");

test("after one visit the page opens without a server, its other pages as well", () =>
  ownSite(async ({ url, context, stop }) => {
    const page = await context.newPage();
    await page.goto(url);
    await ready(page);
    await stop();
    await page.reload();
    await ready(page);
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    await write(page, sample("provisions.json"));
    await page.locator(".badge", { hasText: "Template body" }).waitFor();
    const [rules] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "All rules" }).click()]);
    await rules.locator("#JITP001").waitFor();
  }));

test("a newer version is offered, loaded when asked for, and keeps the work", () =>
  ownSite(async ({ folder, url, context }) => {
    const page = await context.newPage();
    await page.goto(url);
    await ready(page);
    await write(page, sample("provisions.json").replace('"water-meter"', '"gas-meter"'));
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();

    // A new version is other files, and a service worker that knows them.
    const index = await readFile(join(folder, "index.html"), "utf8");
    // Not its title, which the page changes to the verdict.
    const marked = index.replace("<html ", '<html data-edition="new" ');
    assert.notEqual(marked, index);
    await writeFile(join(folder, "index.html"), marked);
    const worker = await readFile(join(folder, "sw.js"), "utf8");
    const [, version] = /`([0-9a-f]{16})`/.exec(worker) ?? [];
    assert.ok(version, "the service worker has a version");
    await writeFile(join(folder, "sw.js"), worker.replace(version, "0".repeat(16)));

    await page.reload();
    await ready(page);
    const offer = page.locator(".notice", { hasText: "A newer version of this page is ready." });
    await offer.waitFor();
    await expect(page.locator("html[data-edition]"), "the old version works on until it is asked to go").toHaveCount(0);
    await offer.getByRole("button", { name: "Load it" }).click();
    await page.waitForSelector("html[data-edition=new][data-ready][data-offline]");
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).length), "the old files are gone").toBe(1);
  }));

test("two sites on one origin leave each other's files alone", () =>
  ownSite(async ({ folder, url, context }) => {
    await cp(DIST, join(folder, "second"), { recursive: true });
    const page = await context.newPage();
    for (const site of [url, `${url}second/index.html`, url]) {
      await page.goto(site);
      await ready(page);
      await atRest(page);
      await expect(page.locator(".notice")).toHaveCount(0);
    }
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(2);
  }));
