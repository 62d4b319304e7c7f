/** Links to the wrong examples of the rules: what opens, what is lit, and that nothing is lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rules } from "jitp";
import { launch } from "../chromium.mjs";
import { accessible, DIST, expect, newContext, sample, stored, useBrowser, verdict, write, written } from "./browser.mjs";
import { serve } from "./server.mjs";

const visit = useBrowser();

/** The page says these in other places than findings. */
const TOLD = {
  JITP022: "names a template but does not contain it",
  JITP120: "This is a certificate signing request",
  JITP134: "Add the CA certificate to verify the signature",
};
/** These are on the page of the rules only. */
const ELSEWHERE = ["JITP106", "JITP121", "JITP135", "JITP155"];

const codes = (page) => page.locator(".finding .finding-meta code");

test("the example of each rule opens with its finding", async () => {
  const server = await serve(DIST);
  const browser = await launch();
  try {
    const context = await newContext(browser);
    const queue = rules().map(({ code }) => code);
    let opened = 0;
    const work = async () => {
      const page = await context.newPage();
      for (let code = queue.shift(); code !== undefined; code = queue.shift()) {
        // Another page between, so that each is a load.
        await page.goto("about:blank");
        await page.goto(`${server.url}#${code}`);
        await page.waitForSelector("html[data-ready]");
        if (ELSEWHERE.includes(code)) {
          await expect(page.locator("#notices")).toContainText(`The example of ${code} cannot be shown`);
        } else if (TOLD[code]) {
          await expect(page.locator("#playground"), code).toContainText(TOLD[code]);
        } else {
          await expect(codes(page).filter({ hasText: code }).first(), code).toBeAttached();
        }
        opened += 1;
      }
    };
    await Promise.all([work(), work(), work()]);
    assert.equal(opened, rules().length);
  } finally {
    await browser.close();
    await server.close();
  }
});

for (const address of ["#JITP091", "?rule=jitp091"]) {
  test(`${address} leads to the finding, and the address is short again`, () =>
    visit({}, async (page, { tab }) => {
      const other = await tab(undefined, address);
      await expect(codes(other).filter({ hasText: "JITP091" })).toBeVisible();
      await expect(other.locator(".cm-content")).toBeFocused();
      await expect(other.locator(".cm-activeLine")).toContainText("PolicyDocument");
      assert.equal(new URL(other.url()).hash + new URL(other.url()).search, "");
      await other.close();
      await verdict(page, "Provisions");
    }));
}

/** Leaves work of the user's own in the browser, and no tab that shows it. */
async function leave(page) {
  await write(page, sample("no-country.json").replace("cold-chain", "my-own-chain"));
  await stored(page, ({ template }) => template.includes("my-own-chain"));
  await page.goto("about:blank");
}

test("an example opens next to the user's work", () =>
  visit({}, async (page, { tab }) => {
    await leave(page);
    const other = await tab(undefined, "#JITP091");
    await expect(codes(other).filter({ hasText: "JITP091" })).toBeVisible();
    await expect(other.locator("#notices")).toContainText("The wrong example of JITP091 is open as new work. Your own work is kept.");
    await other.getByRole("button", { name: "Back to my work" }).click();
    await expect.poll(() => written(other)).toContain("my-own-chain");
  }));

test("a code that no rule has says so, and the work stays", () =>
  visit({}, async (page, { tab }) => {
    await leave(page);
    const other = await tab(undefined, "#JITP999");
    await expect(other.locator("#notices")).toContainText("No rule has the code JITP999.");
    await expect.poll(() => written(other)).toContain("my-own-chain");
  }));

test("each rule has its place on the page of the rules, and a link to its example", () =>
  visit({ path: "rules.html" }, async (page) => {
    const links = await page
      .locator(".rule")
      .evaluateAll((all) => all.map(({ id }) => [id, document.getElementById(id).querySelector(".example-try")?.getAttribute("href")]));
    assert.deepEqual(
      links,
      rules().map(({ code }) => [code, ELSEWHERE.includes(code) ? undefined : `./index.html#${code}`]),
    );
    await accessible(page);
  }));
