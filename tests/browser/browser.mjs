/** The helpers of the browser tests: the built page in Chromium, watched for everything that it should not do. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { expect as trying } from "playwright/test";
import { launch } from "../chromium.mjs";
import { serve } from "./server.mjs";

export const DIST = fileURLToPath(new URL("../../www/dist", import.meta.url));
export const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SAMPLES = new URL("../../www/samples/", import.meta.url);

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** The text of one of the fixtures that all tests share. */
export const fixture = (name) => readFileSync(new URL(name, FIXTURES), "utf8");

/** The text of one of the page's own samples. */
export const sample = (name) => readFileSync(new URL(name, SAMPLES), "utf8");

/** The DER of a PEM text with one certificate. */
export const der = (pem) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");

/**
 * The surroundings of a page: size, language, time zone, colours, and no movement. They are the same everywhere, and only a test about one
 * of them names it.
 */
const SURROUNDINGS = {
  viewport: { width: 1440, height: 900 },
  locale: "en-US",
  timezoneId: "UTC",
  colorScheme: "light",
  reducedMotion: "reduce",
};

/**
 * The factor by which the browser is slowed down, to see what breaks on a busy machine: `JITP_TEST_SLOWDOWN=4`. Every wait may then be
 * longer by this factor.
 */
export const SLOWDOWN = Number(process.env.JITP_TEST_SLOWDOWN ?? 1);
/** The longest wait of a test, in milliseconds. It does not measure speed, so that it allows for a busy machine. */
export const PATIENCE = 60_000 * SLOWDOWN;

/**
 * An expectation about a page, tried again until it holds, because a single read may be too early. `assert` is only for things that do not
 * change: saved texts, and whatever must hold at every moment, such as that there is no key anywhere.
 */
export const expect = trying.configure({ timeout: PATIENCE });

/** Runs in the page before its scripts. It counts the requests to workers that have no answer yet, and the pauses of the page. */
function keepCount(patience) {
  // The browser's own, also where a test stops the clock.
  const { setTimeout, clearTimeout, requestIdleCallback } = globalThis;
  const owed = new Map();
  const pauses = new Map();
  let waiting = [];
  const { port1, port2 } = new MessageChannel();
  // The page handles an answer, and sends its next request, before this listener runs.
  const changed = () => port2.postMessage("");
  const settle = () => {
    const busy = [...owed.values()].some((runs) => runs.size > 0);
    const shortest = Math.min(...pauses.values());
    const done = waiting.filter(({ pause }) => !busy && shortest > pause);
    waiting = waiting.filter((one) => !done.includes(one));
    for (const { resolve } of done) resolve();
  };
  // Only when nothing else is to be done: a script that is imported again arrives in a task of its own.
  port1.onmessage = () => {
    if (waiting.length > 0) requestIdleCallback(settle, { timeout: 1_000 });
  };
  globalThis.calm = (pause) =>
    new Promise((resolve, reject) => {
      waiting.push({ pause, resolve });
      // Nothing else would end the test.
      setTimeout(() => reject(new Error(`the page has not come to rest in ${patience} ms`)), patience);
      changed();
    });
  globalThis.Worker = class extends globalThis.Worker {
    constructor(...args) {
      super(...args);
      owed.set(this, new Set());
      this.addEventListener("message", ({ data }) => {
        owed.get(this)?.delete(data?.run);
        changed();
      });
    }
    postMessage(message, ...rest) {
      if (message?.run !== undefined) owed.get(this)?.add(message.run);
      super.postMessage(message, ...rest);
    }
    terminate() {
      owed.delete(this);
      changed();
      super.terminate();
    }
  };
  globalThis.setTimeout = (run, after = 0, ...args) => {
    if (typeof run !== "function") return setTimeout(run, after, ...args);
    const id = setTimeout(() => {
      pauses.delete(id);
      changed();
      run(...args);
    }, after);
    pauses.set(id, after);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    if (pauses.delete(id)) changed();
    clearTimeout(id);
  };
}

/** An object that can run a script in the page of a frame or an element; a page itself can. */
const asking = (place) => ("mouse" in place ? place : place.locator("#verdict").first());

/**
 * Waits until the page has shown its answer to all actions and typing: the workers owe it no answer, and it does not wait for the next key.
 * `place` is a page, a frame or an element of one.
 */
export const answered = (place) => asking(place).evaluate(() => globalThis.calm(200));

/**
 * Waits until the page will do nothing more by itself except remove old notices: broken JSON is reported too, and the work is saved. Nothing
 * that has not happened by then will happen.
 */
export const atRest = (place) => asking(place).evaluate(() => globalThis.calm(1_000));

/** A separate context, with surroundings that are the same everywhere. */
export async function newContext(browser, options = {}) {
  const context = await browser.newContext({ ...SURROUNDINGS, ...options });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(keepCount, PATIENCE);
  if (SLOWDOWN > 1) {
    context.on("page", async (page) => {
      // A page that was closed in the meantime need not be slowed down.
      const session = await context.newCDPSession(page).catch(() => undefined);
      await session?.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN }).catch(() => undefined);
    });
  }
  return context;
}

/** Starts Chromium and a server for one test file, of another built page if `dist` says so. The result opens pages. */
export function useBrowser(dist = DIST) {
  let browser;
  let server;
  before(async () => {
    server = await serve(dist);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /**
   * Opens the page (or, with a path, the one next to it), waits until everything is loaded, runs the scenario,
   * and then checks the page's promises: nothing in the console, no violation of the policy, no request after the load.
   */
  return async function visit({ init, path = "", ...options }, scenario) {
    const context = await newContext(browser, options);
    try {
      const page = await context.newPage();
      const requests = [];
      // Requests of the service worker for the next visit are not a part of the first load, but they are watched.
      const own = new Set();
      const complaints = [];
      context.on("request", (request) => {
        // The browser may request the icon at any time, and again at every new hash.
        if (/^(https?|wss?):(?!.*\/favicon\.svg$)/.test(request.url())) requests.push(request.url());
        if (request.serviceWorker() === null) own.add(request.url());
      });
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error.stack)));
      await page.addInitScript(() => {
        globalThis.violations = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          const { effectiveDirective, blockedURI, sourceFile, lineNumber, columnNumber } = event;
          globalThis.violations.push(`${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber}:${columnNumber}`);
        });
      });
      if (init) await page.addInitScript(init);
      await page.goto(server.url + path, { waitUntil: "load" });
      // The copy for offline use belongs to the first load.
      if (path === "") {
        await page.waitForSelector("html[data-ready][data-offline]");
        await answered(page);
      }
      const loaded = requests.length;
      assert.ok(loaded >= (path === "" ? 4 : 3), `the page and what belongs to it were asked for: ${requests}`);

      /** Presses a control that opens another page, and ignores the requests of that page. */
      const open = async (link) => {
        const before = requests.length;
        const [opened] = await Promise.all([context.waitForEvent("page"), link.click()]);
        await opened.waitForLoadState("load");
        assert.ok(
          requests.slice(before).every((url) => url.startsWith(server.url)),
          "only files of the same server",
        );
        requests.splice(before);
        return opened;
      };
      /** Loads the page again. It requests its files again. */
      const reload = async () => {
        const before = requests.length;
        await page.reload();
        await page.waitForSelector("html[data-ready][data-offline]");
        await answered(page);
        assert.ok(
          requests.slice(before).every((url) => url.startsWith(server.url)),
          "only files of the same server",
        );
        requests.splice(before);
      };
      /** Opens the page in another tab, and ignores the requests of its load. */
      const tab = async (init, address = "") => {
        const before = requests.length;
        const other = await context.newPage();
        if (init) await other.addInitScript(init);
        await other.goto(server.url + address);
        await other.waitForSelector("html[data-ready][data-offline]");
        await answered(other);
        requests.splice(before);
        return other;
      };
      await scenario(page, {
        context,
        tab,
        complaints,
        open,
        reload,
        requested: requests.filter((url, i) => own.has(url) && requests.indexOf(url) === i),
      });

      assert.deepEqual(requests.slice(loaded), [], "requests after the load");
      assert.deepEqual(await page.evaluate(() => globalThis.violations), [], "violations of the policy");
      assert.deepEqual(complaints, [], "complaints in the console");
    } finally {
      await context.close();
    }
  };
}

/**
 * Waits until the verdict on the device that the plan is for says this, in a page, a frame or an element, and nothing is left that could
 * change it.
 */
export async function verdict(place, words) {
  // Of a device that is provisioned the page also says whether it can connect, which is what connects.test.mjs is about.
  const hasText = words === "Provisions" ? /^Provision(s|ed)/ : words;
  // One device of several has its own line, below the verdict on all.
  const one = "#device-verdict .device-words strong, #verdict:not(:has(~ #device-verdict)) .verdict-words";
  await settled(place, place.locator(one).filter({ hasText }));
}

/** Waits until the verdict on all devices says this, and nothing is left that could change it. */
export async function verdictOnAll(place, words) {
  await settled(place, place.locator("#verdict .verdict-words").filter({ hasText: words }));
}

async function settled(place, told) {
  await answered(place);
  await told.waitFor();
  await answered(place);
  await told.waitFor();
}

/** Everything that the page stores, by store; databases that are not there are not made. */
export function storage(page) {
  return page.evaluate(async () => {
    const found = { local: { ...localStorage }, session: { ...sessionStorage } };
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        found[store] = await new Promise((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      }
      database.close();
    }
    return found;
  });
}

/** Everything that the page stores as text, as soon as this holds for the work that was changed last. */
export async function stored(page, holds) {
  await expect
    .poll(async () => {
      const { list = [], works = [], certificates = [] } = await storage(page);
      const newest = list.toSorted((a, b) => b.changed - a.changed)[0];
      const work = works.find(({ id }) => id === newest?.id);
      const texts = certificates.filter(({ id }) => id === newest?.id).flatMap(({ texts }) => texts);
      return work !== undefined && (holds({ ...work, certificates: texts }) || JSON.stringify(work).slice(0, 500));
    }, "the page keeps")
    .toBe(true);
  return JSON.stringify(await storage(page));
}

/** Pastes into the element, as the keyboard would, and waits until the page has shown its answer. */
export async function paste(locator, text) {
  await locator.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
  await answered(locator.page());
}

/** Replaces the text in the editor, as somebody who has changed the sample: its certificate stays. */
export async function write(page, text) {
  await page.locator(".cm-content").focus();
  // Where nothing is selected: a browser that types over several lines writes style attributes, which the page's policy refuses.
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText(" ");
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page.locator(".cm-content"), text);
}

/** The text in the editor. It must be short, because long texts are drawn only in part. */
export async function written(page) {
  const lines = await page.locator(".cm-content .cm-line").allTextContents();
  return lines.join("\n");
}

/** Waits until `look` finds nothing wrong. The first look counts even if it is slow, as axe is on a large page. */
export async function nothing(look, message) {
  if ((await look()).length > 0) await expect.poll(look, message).toEqual([]);
}

/** Waits until axe finds nothing wrong with a page. */
export const accessible = (page, message) => nothing(() => axe(page), message);

/** Waits until the page is at rest, and no wider than its window. */
export async function fits(page, what = "the page") {
  await atRest(page);
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${what} sticks out`)
    .toBeLessThanOrEqual(0);
}

/** The findings of axe about a page, a line each. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(async () => {
    const before = globalThis.violations?.length ?? 0;
    const result = await globalThis.axe.run(document, { resultTypes: ["violations", "passes"] });
    // It clones long elements with their style attribute, which the page itself never does.
    await new Promise((resolve) => setTimeout(resolve));
    if (globalThis.violations) globalThis.violations.length = before;
    return result;
  });
  assert.ok(passes.length > 10, "axe has looked at the page");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}

/** The selected text in the editor. */
export function selected(page) {
  return page.evaluate(() => document.querySelector("#editor")?.shadowRoot?.getSelection()?.toString());
}
