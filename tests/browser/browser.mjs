/** What the browser tests share: the built page in Chromium, watched for everything that it should not do. */

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
 * What a page depends on and nobody should need to think of: size, language, time zone, colours, and nothing that moves. A test that is
 * about one of these names it.
 */
const SURROUNDINGS = {
  viewport: { width: 1440, height: 900 },
  locale: "en-US",
  timezoneId: "UTC",
  colorScheme: "light",
  reducedMotion: "reduce",
};

/**
 * How many times slower than it is the browser shall be, to see what breaks on a busy machine: `JITP_TEST_SLOWDOWN=4`. Whatever is
 * waited for may then take as many times longer.
 */
export const SLOWDOWN = Number(process.env.JITP_TEST_SLOWDOWN ?? 1);
/** How long anything may take that a test waits for. It does not measure speed, so it has room for a machine that is busy. */
export const PATIENCE = 60_000 * SLOWDOWN;

/**
 * What a test says of a page, tried again until it holds: what is read from a page once may be of the moment before its answer. So `assert` is
 * for what lies still: texts that were saved, and what must be so at every moment, such as that there is no key anywhere.
 */
export const expect = trying.configure({ timeout: PATIENCE });

/** Runs in the page before its scripts: keeps count of what its workers have been asked and not answered, and of the pauses that it makes. */
function keepCount() {
  const owed = new Map();
  const pauses = new Map();
  let waiting = [];
  const { port1, port2 } = new MessageChannel();
  // What the page does with an answer, and asks next, comes before this is heard.
  const changed = () => port2.postMessage("");
  port1.onmessage = () => {
    const busy = [...owed.values()].some((runs) => runs.size > 0);
    const shortest = Math.min(...pauses.values());
    const done = waiting.filter(({ pause }) => !busy && shortest > pause);
    waiting = waiting.filter((one) => !done.includes(one));
    for (const { resolve } of done) resolve();
  };
  globalThis.calm = (pause) =>
    new Promise((resolve) => {
      waiting.push({ pause, resolve });
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
  const { setTimeout, clearTimeout } = globalThis;
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

/** A place to ask a page, a frame or an element's page from. */
const asking = (place) => ("mouse" in place ? place : place.locator("#verdict").first());

/**
 * Waits until the page has shown what it makes of what was done and typed: the workers owe it no answer, and it does not wait for the next key.
 * `place` is a page, a frame or an element of one.
 */
export const answered = (place) => asking(place).evaluate(() => globalThis.calm(200));

/**
 * Waits until the page will do nothing more by itself but take old notices away: broken JSON is told of as well, and the work is kept. What has not
 * happened by then does not happen.
 */
export const atRest = (place) => asking(place).evaluate(() => globalThis.calm(1_000));

/** A separate context, in surroundings that are the same everywhere. */
export async function newContext(browser, options = {}) {
  const context = await browser.newContext({ ...SURROUNDINGS, ...options });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(keepCount);
  if (SLOWDOWN > 1) {
    context.on("page", async (page) => {
      // A page that is closed meanwhile needs no slowing down any more.
      const session = await context.newCDPSession(page).catch(() => undefined);
      await session?.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN }).catch(() => undefined);
    });
  }
  return context;
}

/** Starts Chromium and a server for one test file; the answer opens pages. */
export function useBrowser() {
  let browser;
  let server;
  before(async () => {
    server = await serve(DIST);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /**
   * Opens the page (or, with a path, the one next to it), waits until everything is loaded, runs the scenario,
   * and then holds the page to its promises: nothing in the console, no violation of the policy, no request after the load.
   */
  return async function visit({ init, path = "", ...options }, scenario) {
    const context = await newContext(browser, options);
    try {
      const page = await context.newPage();
      const requests = [];
      // What the service worker fetches for the next visit is not a part of the first load, but of what is watched.
      const own = new Set();
      const complaints = [];
      context.on("request", (request) => {
        // The browser asks for the icon whenever it likes, at every new hash again.
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
          globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
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

      /** Presses what opens another page, and leaves the requests of that one out of account. */
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
      /** Loads the page again, which asks for its files once more. */
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
      await scenario(page, {
        context,
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

/** Waits until the verdict says this, in a page, a frame or an element, and nothing is under way that could change it. */
export async function verdict(place, words) {
  const told = place.locator("#verdict .verdict-words").filter({ hasText: words });
  await answered(place);
  await told.waitFor();
  await answered(place);
  await told.waitFor();
}

/** What the page keeps, as text, once it has written down work for which this holds. */
export async function stored(page, holds) {
  await expect
    .poll(async () => {
      const work = await page.evaluate(() => localStorage.getItem("jitp:work"));
      return work !== null && (holds(JSON.parse(work)) || work.slice(0, 500));
    }, "the page keeps")
    .toBe(true);
  return page.evaluate(() => JSON.stringify(localStorage));
}

/** Pastes into the element that has been found, as the keyboard would, and waits until the page has made of it what it does. */
export async function paste(locator, text) {
  await locator.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
  await answered(locator.page());
}

/** Puts a text in the place of what the editor holds. */
export async function write(page, text) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page.locator(".cm-content"), text);
}

/** The text in the editor; for short texts, because long ones are drawn in part only. */
export async function written(page) {
  const lines = await page.locator(".cm-content .cm-line").allTextContents();
  return lines.join("\n");
}

/** Waits until `look` finds nothing wrong. However long the first look takes, it counts: of a large page it takes axe a while. */
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

/** What axe finds wrong with a page, a line each. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations", "passes"] }));
  assert.ok(passes.length > 10, "axe has looked at the page");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}

/** What is selected in the editor. */
export function selected(page) {
  return page.evaluate(() => document.querySelector("#editor")?.shadowRoot?.getSelection()?.toString());
}
