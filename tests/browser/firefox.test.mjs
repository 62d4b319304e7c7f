/** The same page in Firefox by WebDriver BiDi: Debian's firefox-esr, or the program in FIREFOX_PATH. It is skipped if there is none. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import puppeteer from "puppeteer-core";
import { DIST, PATIENCE, sample } from "./browser.mjs";
import { serve } from "./server.mjs";

const PROGRAM = process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr";
const skip = existsSync(PROGRAM) ? false : `there is no Firefox at ${PROGRAM}`;

let browser;
before(async () => {
  if (skip) return;
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: PROGRAM,
    headless: true,
    timeout: PATIENCE,
    protocolTimeout: 2 * PATIENCE,
    // Firefox ESR does not know every command of the newest driver, so that Firefox itself sizes the window.
    defaultViewport: null,
    args: ["--width=1440", "--height=900"],
  });
});
after(() => browser?.close());

/** Opens a page of the site, and checks that its console stays empty. */
async function visit(path, scenario) {
  const server = await serve(DIST);
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(server.url + path);
    await scenario(page, { url: server.url, stop: () => server.close() });
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Waits by repeated calls. The driver's own way of waiting makes functions of texts, which the page's policy forbids. */
async function until(page, holds, ...args) {
  for (const end = Date.now() + PATIENCE; !(await page.evaluate(holds, ...args)); ) {
    assert.ok(Date.now() < end, `waited in vain for ${holds} ${args}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ready = (page) => until(page, () => document.documentElement.dataset.ready && document.documentElement.dataset.offline);
const verdict = (page, words) =>
  until(page, (words) => document.querySelector("#verdict .verdict-words")?.textContent.includes(words), words);
const press = (page, name) =>
  until(
    page,
    (name) => {
      const button = [...document.querySelectorAll("button")].find((button) => button.textContent === name);
      button?.click();
      return button !== undefined;
    },
    name,
  );

test("a first visit shows a plan, samples change it, and an escaped body unfolds", { skip }, () =>
  visit("", async (page) => {
    await ready(page);
    await verdict(page, "Provisions");
    await press(page, "Missing country");
    await verdict(page, "Fails at step");
    await press(page, "Unfolded");
    await until(page, () => document.querySelector("#editor").shadowRoot.querySelectorAll(".cm-line").length > 10);
    await until(page, () => document.querySelector("#editor").shadowRoot.querySelector(".cm-lintRange-error") !== null);
  }),
);

test("the plan follows typing, and is still there after a reload", { skip }, () =>
  visit("", async (page) => {
    await ready(page);
    await verdict(page, "Provisions");
    await page.evaluate(() => document.querySelector("#editor").shadowRoot.querySelector(".cm-content").focus());
    await page.keyboard.type("[");
    await verdict(page, "refuses this template");
    await page.reload();
    await ready(page);
    await verdict(page, "refuses this template");
  }),
);

test("after one visit the page opens without a server", { skip }, () =>
  visit("", async (page, { stop }) => {
    await ready(page);
    await stop();
    await page.reload();
    await ready(page);
    await verdict(page, "Provisions");
  }),
);

test("a link shows its work", { skip }, () => {
  const work = { template: sample("empty-policy.json"), certificates: [{ from: "gateway.pem", pem: sample("gateway.pem") }] };
  return visit(`#jitp=1.${deflateRawSync(JSON.stringify(work)).toString("base64url")}`, async (page) => {
    await ready(page);
    await verdict(page, "refuses this template");
  });
});

test("embedded playgrounds show their plans", { skip }, () =>
  visit("embedding.html", async (page) => {
    // One after another comes in sight, and is loaded.
    await until(page, () => {
      const all = [...document.querySelectorAll("jitp-playground")];
      all.find(({ answer }) => answer === undefined)?.scrollIntoView();
      return all.length > 0 && all.every(({ answer }) => answer !== undefined);
    });
    const verdicts = await page.evaluate(() => [...document.querySelectorAll("jitp-playground")].map(({ answer }) => answer.plan?.verdict));
    assert.deepEqual(verdicts.filter((verdict) => verdict === "provisions").length, 2, String(verdicts));
  }),
);
