/** Private and robust: no request after the load, a policy that is enforced, and a worker that is replaced when it stops. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { atRest, DIST, expect, paste, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

test("everything works with the network off", () =>
  visit({}, async (page, { context }) => {
    await context.setOffline(true);
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    await page.getByRole("button", { name: "Extract the body" }).click();
    await page.locator(".badge", { hasText: "Template body" }).waitFor();
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    await page.locator("#template .finding-jump").first().click();
    await paste(page.locator("#certificate-text"), sample("water-meter.pem"));
    await page.locator(".card.is-chosen", { hasText: "meter-000417" }).waitFor();
    await write(page, sample("provisions.json"));
    await verdict(page, "Provisions");
    await page.locator(".options summary").click();
    await page.getByLabel("Region").fill("eu-north-1");
    await page.locator("#plan", { hasText: "arn:aws:iot:eu-north-1:" }).waitFor();
    await page.keyboard.press("ControlOrMeta+f");
  }));

test("the policy allows no inline script, no inline style, no eval", () => {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? "";
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|nonce|https?:|\*/);
  assert.match(policy, /base-uri 'none'/);
});

test("after the load the page cannot connect even to its own server", () =>
  visit({}, async (page, { complaints }) => {
    const outcome = await page.evaluate(() =>
      fetch("./favicon.svg").then(
        () => "connected",
        () => "refused",
      ),
    );
    assert.equal(outcome, "refused");
    await expect.poll(() => page.evaluate(() => globalThis.violations.map((v) => v.split(" ")[0]))).toEqual(["connect-src"]);
    await expect.poll(() => complaints.length, "Chromium complains of it in the console").toBeGreaterThan(0);
    await page.evaluate(() => (globalThis.violations.length = 0));
    complaints.length = 0;
  }));

test("neither can its worker", () =>
  visit({}, async (page, { complaints }) => {
    const [worker] = page.workers();
    const outcome = await worker.evaluate(
      (url) =>
        fetch(url).then(
          () => "connected",
          () => "refused",
        ),
      page.url(),
    );
    assert.equal(outcome, "refused");
    complaints.length = 0;
  }));

test("only the page's one Trusted Types policy creates scripts, and none creates markup", () =>
  visit({}, async (page, { complaints }) => {
    const outcomes = await page.evaluate(() => {
      const refused = (make) => {
        try {
          make();
          return "made";
        } catch (error) {
          return error.name;
        }
      };
      const outcomes = [
        refused(() => (document.createElement("p").innerHTML = "<b>no</b>")),
        refused(() => (document.createElement("script").src = "./assets/x.js")),
        refused(() => new Worker("./sw.js")),
        refused(() => trustedTypes.createPolicy("another", {})),
        refused(() => trustedTypes.createPolicy("jitp", {})),
      ];
      globalThis.violations.length = 0;
      return outcomes;
    });
    assert.deepEqual(
      outcomes,
      Array.from({ length: 5 }, () => "TypeError"),
    );
    // The violations are reported a little later, one for each.
    await page.waitForFunction((expected) => globalThis.violations.length >= expected, outcomes.length);
    await page.evaluate(() => (globalThis.violations.length = 0));
    await expect.poll(() => complaints.length, "Chromium complains of each in the console").toBeGreaterThanOrEqual(outcomes.length);
    complaints.length = 0;
  }));

test("a first visit stores the page's own files and nothing else", () =>
  visit({}, async (page, { context }) => {
    await atRest(page);
    const [stored, files] = await page.evaluate(async () => {
      const names = await caches.keys();
      const kept = await (await caches.open(names[0])).keys();
      return [[localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, names.length], kept.map(({ url }) => url)];
    });
    assert.deepEqual(stored, [0, 0, 0, 1]);
    assert.ok(
      files.every((url) => url.startsWith(page.url())),
      String(files),
    );
    await expect.poll(() => context.cookies()).toEqual([]);
  }));

test("markup in a template or a certificate's name stays text", () =>
  visit({}, async (page) => {
    const evil = "<img src=x onerror=alert(1)>";
    const source = sample("provisions.json").replace('"water-meter"', JSON.stringify(evil));
    await write(page, source);
    await page.locator("#plan", { hasText: evil }).waitFor();
    await expect(page.locator("img")).toHaveCount(0);
  }));

/** Keeps references to the workers of the page. */
function holdWorkers() {
  globalThis.workers = [];
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      globalThis.workers.push(this);
    }
  };
}

test("a worker that crashed is replaced without the network, and the page says so", () =>
  visit({ init: holdWorkers }, async (page, { context }) => {
    await context.setOffline(true);
    await page.evaluate(() => {
      const worker = globalThis.workers.at(-1);
      worker.terminate();
      worker.dispatchEvent(new ErrorEvent("error", { message: "made to crash" }));
    });
    await page.locator(".notice", { hasText: "made to crash" }).waitFor();
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    await expect.poll(() => page.evaluate(() => globalThis.workers.length)).toBe(2);
  }));
