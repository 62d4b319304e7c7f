/** The element in the flow of a page: how high it is, what moves when it comes, and what its bar leads to. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, atRest, expect, fits, sample, verdict } from "./browser.mjs";
import { children, meter, RESERVED, useDocs } from "./docs.mjs";

const { docs, siteUrl } = useDocs();

const sensor = children(sample("no-country.json"), sample("cold-chain-sensor.pem"));
/** The element's own height, instead of that of the other tests' page, and its place. */
const OWN = `jitp-playground { height: 640px } jitp-playground[view=verdict] { height: auto } ${RESERVED}`;
const text = "<p>What follows on the page, which must not move while it is read.</p>".repeat(20);
const SLOW = { offline: false, latency: 150, downloadThroughput: 400_000, uploadThroughput: 400_000 };

/** How high the element is, and how much of its content is out of sight. */
const size = (element) =>
  element.evaluate((host) => {
    const board = host.shadowRoot.querySelector(".board");
    return { high: host.offsetHeight, hidden: board.scrollHeight - board.clientHeight };
  });

for (const width of [320, 900]) {
  test(`the verdict is as high as its content, and with its plan still: ${width} pixels`, () =>
    docs(
      `<jitp-playground id="good" view="verdict">${meter}</jitp-playground><jitp-playground id="bad" view="verdict">${sensor}</jitp-playground>`,
      async (page) => {
        for (const [id, words, least] of [
          ["#good", "Provisions", 180],
          ["#bad", "Fails at step 2", 250],
        ]) {
          const one = page.locator(id);
          await verdict(one, words);
          await one.getByRole("button", { name: "Show the plan" }).waitFor();
          await expect.poll(async () => (await size(one)).hidden, id).toBe(0);
          await expect.poll(async () => (await size(one)).high, id).toBeGreaterThanOrEqual(least);
          const before = await size(one);
          await one.getByRole("button", { name: "Show the plan" }).click();
          await one.locator(".story").waitFor();
          await expect.poll(async () => (await size(one)).high, "it grows").toBeGreaterThan(before.high + 200);
          await expect.poll(async () => (await size(one)).hidden, "nothing scrolls in it").toBe(0);
          await one.getByRole("button", { name: "Hide the plan" }).click();
          await expect.poll(() => size(one)).toEqual(before);
        }
        await fits(page);
      },
      { viewport: { width, height: 900 }, css: OWN },
    ));
}

test("the height that an author gives holds for the verdict, too", () =>
  docs(
    `<jitp-playground id="one" view="verdict">${sensor}</jitp-playground>`,
    async (page) => {
      const one = page.locator("#one");
      await verdict(one, "Fails at step 2");
      await one.getByRole("button", { name: "Show the plan" }).waitFor();
      await expect.poll(async () => (await size(one)).high).toBe(240);
      const below = () =>
        one.evaluate((host) => {
          const bar = host.shadowRoot.querySelector("#embed-bar").getBoundingClientRect();
          return host.getBoundingClientRect().bottom - bar.bottom;
        });
      await expect.poll(below, "the bar is at its lower end").toBe(1);
    },
    { css: "jitp-playground { height: 240px !important }" },
  ));

for (const [width, view] of [320, 900].flatMap((width) => ["plan", "editor"].map((view) => [width, view]))) {
  test(`with sizing=content nothing in it scrolls, and it grows with what is written: ${view}, ${width} pixels`, () =>
    docs(
      `<jitp-playground id="one" view="${view}" sizing="content">${meter}</jitp-playground>`,
      async (page) => {
        const one = page.locator("#one");
        if (view === "plan") await verdict(one, "Provisions");
        await (view === "plan" ? one.locator(".story") : one.locator(".cm-content")).waitFor();
        const scrolling = () =>
          one.evaluate((host) => {
            const boxes = [...host.shadowRoot.querySelectorAll(".board, .panel, .findings, .cm-scroller")];
            const seen = boxes.filter((box) => box.clientHeight > 0);
            return [seen.length > 1, ...seen.filter((box) => box.scrollHeight > box.clientHeight + 1).map(({ className }) => className)];
          });
        await expect.poll(scrolling).toEqual([true]);
        await expect.poll(async () => (await size(one)).high).toBeGreaterThan(600);
        const before = await size(one);
        await one.evaluate((element) => (element.template = "{}"));
        await expect.poll(async () => (await size(one)).high).toBeLessThan(before.high - 200);
        await expect.poll(async () => (await size(one)).high).toBeGreaterThanOrEqual(180);
        await expect.poll(scrolling).toEqual([true]);
      },
      { viewport: { width, height: 900 }, css: "jitp-playground { height: revert-layer }" },
    ));
}

for (const view of ["full", "plan", "editor", "verdict"]) {
  test(`hardly anything moves when a playground comes over a slow network: ${view}`, () =>
    docs(
      `<jitp-playground id="one" view="${view}">${meter}</jitp-playground>${text}`,
      async (page) => {
        const one = page.locator("#one");
        if (view === "editor") await one.locator(".cm-content").waitFor();
        else await verdict(one, "Provisions");
        await atRest(page);
        const moved = () =>
          page.evaluate(
            () =>
              new Promise((resolve) => {
                let sum = 0;
                const observer = new PerformanceObserver((list) => {
                  for (const { value } of list.getEntries()) sum += value;
                });
                observer.observe({ type: "layout-shift", buffered: true });
                requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
              }),
          );
        await expect.poll(moved).toBeLessThan(0.05);
      },
      {
        css: OWN,
        prepare: async (page) => (await page.context().newCDPSession(page)).send("Network.emulateNetworkConditions", SLOW),
      },
    ));
}

test("the element leads to the playground that its attribute or the page names, and to nothing that is not a page", () =>
  docs(
    (site) =>
      `<jitp-playground id="one" view="verdict" playground="${site}">${meter}</jitp-playground><jitp-playground id="two" view="plan" playground="javascript:alert(1)">${meter}</jitp-playground><meta name="jitp-playground" content="${site}" /><pre><code class="language-jitp">${sample("no-country.json")}</code></pre>`,
    async (page) => {
      const one = page.locator("#one");
      await verdict(one, "Provisions");
      const link = one.getByRole("link", { name: "Open in playground" });
      const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
      assert.ok(opened.url().startsWith(siteUrl()), opened.url());
      await opened.waitForSelector("html[data-ready]");
      await verdict(opened, "Provisions");
      await opened.locator("#certificate .card", { hasText: "meter-000417" }).waitFor();
      await opened.close();
      const two = page.locator("#two");
      await verdict(two, "Provisions");
      await atRest(page);
      await expect(two.getByRole("link", { name: "Open in playground" })).toHaveCount(0);
      await expect(two.locator("#embed-bar")).toBeHidden();
      const block = page.locator("jitp-playground").nth(2);
      await block.scrollIntoViewIfNeeded();
      await verdict(block, "No certificate yet");
      await expect(block.getByRole("link", { name: "Open in playground" })).toHaveAttribute("href", siteUrl());
      await accessible(page);
    },
    { css: OWN },
  ));

test("Reset is there after a change, also if the element is moved in the page, and leads back to the author's content", () =>
  docs(`<jitp-playground id="one" view="editor">${meter}</jitp-playground><div id="place"></div>`, async (page) => {
    const one = page.locator("#one");
    const [reset, code] = [one.getByRole("button", { name: "Reset" }), one.locator(".cm-content")];
    const move = () => one.evaluate((element) => document.querySelector("#place").append(element));
    await code.waitFor();
    await atRest(page);
    await move();
    await code.waitFor();
    await atRest(page);
    await expect(reset, "nothing has changed").toBeHidden();
    await code.focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.insertText("gas");
    await expect(reset).toBeVisible();
    await move();
    await expect(reset).toBeVisible();
    await reset.click();
    await expect.poll(() => one.evaluate((element) => element.template)).not.toMatch(/^gas/);
    await expect(reset).toBeHidden();
  }));

test("in a page from right to left the inside is from left to right", () =>
  docs(
    `<div dir="rtl"><jitp-playground id="one" view="verdict">${sensor}</jitp-playground></div>`,
    async (page) => {
      const one = page.locator("#one");
      await verdict(one, "Fails at step 2");
      await expect(one.locator(".playground")).toHaveCSS("direction", "ltr");
      await fits(page);
    },
    { css: OWN },
  ));
