/** The element as a part of the page around it: its events, its name, its headings, and on paper. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, atRest, axe, expect, fixture, nothing, sample, verdict } from "./browser.mjs";
import { children, meter, useDocs } from "./docs.mjs";

const { docs } = useDocs();

const chain = children(sample("provisions.json"), ["chained", "signing-ca"].map((name) => fixture(`certificates/${name}.pem`)).join(""));

/** Counts the answers that each element tells, from the beginning. */
const COUNT = `globalThis.told = {}; addEventListener("jitp-plan", ({ target }) => { told[target.id] = (told[target.id] ?? 0) + 1; });`;
/** The counts since the last call, once no more are to come. */
async function told(page) {
  await atRest(page);
  return page.evaluate(() => {
    const { told } = globalThis;
    globalThis.told = {};
    return told;
  });
}

test("each answer is told once: one on load, one for each change, none for what changes no answer", () =>
  docs(
    `<jitp-playground id="alone" view="plan">${meter}</jitp-playground><jitp-playground id="full">${meter}</jitp-playground><jitp-playground id="chain" loading="eager">${chain}</jitp-playground><jitp-playground id="broken" loading="eager">${children("{")}</jitp-playground>`,
    async (page) => {
      const all = (change, given) => page.evaluate(`document.querySelectorAll("jitp-playground").forEach(${change}, ${given})`);
      const once = { alone: 1, full: 1, chain: 1, broken: 1 };
      for (const id of ["alone", "full", "chain"]) await verdict(page.locator(`#${id}`), "Provisions");
      await page.locator("#full .cm-content").waitFor();
      assert.deepEqual(await told(page), once, "on load");
      await all(`(element) => { element.region = "eu-north-1"; element.accountId = "123456789012"; }`);
      assert.deepEqual(await told(page), once, "two options at once");
      await all(`function (element) { element.template = this.text; }`, JSON.stringify({ text: sample("empty-policy.json") }));
      assert.deepEqual(await told(page), once, "another template");
      await all(`(element) => { element.view = element.view === "plan" ? "editor" : "plan"; }`);
      await page.locator("#alone .cm-content").waitFor();
      assert.deepEqual(await told(page), {}, "other parts of the same");
      await all(`(element) => { const { parentNode } = element; element.remove(); parentNode.append(element); }`);
      await verdict(page.locator("#full"), "refuses this template");
      assert.deepEqual(await told(page), {}, "in another place of the page");
      await page.locator("#alone .cm-content").focus();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.type(" ");
      assert.deepEqual(await told(page), { alone: 1 }, "one key");
    },
    { first: COUNT },
  ));

/** The role and the name that assistive technology gets of an element. */
async function named(page, selector) {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector });
  const { nodes } = await session.send("Accessibility.getPartialAXTree", { nodeId, fetchRelatives: false });
  await session.detach();
  return `${nodes[0].role?.value}: ${nodes[0].name?.value}`;
}

test("an element has a role and a name that says what it shows, and the author's own win", () =>
  docs(
    `<jitp-playground id="alone" view="plan">${meter}</jitp-playground><jitp-playground id="own" role="region" aria-label="The meter" view="editor">${meter}</jitp-playground>`,
    async (page) => {
      await verdict(page.locator("#alone"), "Provisions");
      await expect.poll(() => named(page, "#alone")).toBe("group: Playground: plan of meter-000417");
      await page.locator("#alone").evaluate((element) => (element.view = "editor"));
      await expect.poll(() => named(page, "#alone")).toBe("group: Playground: template and findings");
      await page.locator("#alone").evaluate((element) => (element.view = "full"));
      await expect.poll(() => named(page, "#alone")).toBe("group: Playground: template, certificate and plan of meter-000417");
      await expect.poll(() => named(page, "#own")).toBe("region: The meter");
    },
  ));

test("in a page of another language and direction the inside is as it is, also before it is loaded", () =>
  docs(
    `<div lang="ar" dir="rtl"><jitp-playground id="one" view="plan">${meter}</jitp-playground><p class="far"></p><jitp-playground id="two">${meter}</jitp-playground></div>`,
    async (page) => {
      await verdict(page.locator("#one"), "Provisions");
      const inside = (place) =>
        place.evaluate((element) => {
          const { direction, textAlign } = getComputedStyle(element);
          return [element.closest("[lang]").lang, direction, textAlign];
        });
      await expect.poll(() => inside(page.locator("#one .verdict-summary"))).toEqual(["en", "ltr", "start"]);
      await expect.poll(() => inside(page.locator("#two .waiting pre"))).toEqual(["en", "ltr", "start"]);
    },
    { css: ".far { height: 4000px }" },
  ));

/** The levels of the headings in an element, as assistive technology has them. */
const levels = (place) =>
  place.evaluate((element) => [
    ...new Set(
      [...element.shadowRoot.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter((heading) => heading.checkVisibility())
        .map((heading) => Number(heading.getAttribute("aria-level") ?? heading.tagName.slice(1))),
    ),
  ]);
const first = (place) => expect.poll(async () => (await levels(place))[0]);

test("headings continue those of the page, or begin at heading-level, and axe finds nothing with several on a page", () =>
  docs(
    `<jitp-playground id="one">${meter}</jitp-playground><h2>More</h2><h3>Even more</h3><jitp-playground id="two">${meter}</jitp-playground><jitp-playground id="three" heading-level="2" view="editor">${meter}</jitp-playground><jitp-playground id="four" loading="eager" view="plan">${chain}</jitp-playground>`,
    async (page) => {
      for (const [id, level] of [
        ["one", 2],
        ["two", 4],
        ["three", 2],
      ]) {
        const place = page.locator(`#${id}`);
        await place.scrollIntoViewIfNeeded();
        await place.locator(".facts", { hasText: "of 10,240" }).waitFor({ state: "attached" });
        await first(place).toBe(level);
      }
      await verdict(page.locator("#four"), "Provisions");
      await expect.poll(async () => Math.max(...(await levels(page.locator("#two")))), "no level below 6").toBeLessThanOrEqual(6);
      await atRest(page);
      // The colours around it are of the test, which are not its matter.
      await nothing(async () => (await axe(page)).filter((line) => !line.startsWith("color-contrast")));
      await page.locator("#three").evaluate((element) => (element.headingLevel = 3));
      await first(page.locator("#three")).toBe(3);
      await expect.poll(() => page.locator("#three").evaluate((element) => element.getAttribute("heading-level"))).toBe("3");
      await page.locator("#three").evaluate((element) => (element.headingLevel = null));
      await first(page.locator("#three")).toBe(4);
    },
  ));

const long = JSON.stringify({
  ...JSON.parse(sample("provisions.json")),
  Mappings: Object.fromEntries([...Array(120).keys()].map((n) => [`Line${n}`, { a: { b: `value ${n}` } }])),
});
const LONG = JSON.stringify(JSON.parse(long), null, 2);

test("on paper an editor is the whole template and its findings alone, a plan is the plan alone", () =>
  docs(
    `<jitp-playground id="seen" view="editor">${children(LONG, sample("water-meter.pem"))}</jitp-playground><jitp-playground id="alone" view="plan">${meter}</jitp-playground><p class="far"></p><jitp-playground id="unseen" view="editor" loading="eager">${children(LONG)}</jitp-playground>`,
    async (page) => {
      await verdict(page.locator("#alone"), "Provisions");
      await page.locator("#seen .cm-content").waitFor();
      await page.locator("#unseen .finding").first().waitFor({ state: "attached" });
      await atRest(page);
      await page.emulateMedia({ media: "print" });
      for (const id of ["seen", "unseen"]) {
        const place = page.locator(`#${id}`);
        await expect(place.locator(".paper-text")).toContainText("value 119");
        await expect(place.locator(".finding").first()).toBeVisible();
        await expect(place.locator("#plan")).toBeHidden();
        await expect(place.locator(".editor")).toBeHidden();
        const whole = () =>
          place.evaluate((element) => {
            const last = element.shadowRoot.querySelector(".paper-text li:last-child").getBoundingClientRect();
            return [last.height > 0, element.getBoundingClientRect().bottom >= last.bottom, element.offsetHeight > 2_000];
          });
        await expect.poll(whole, `${id}: nothing is in a box that scrolls`).toEqual([true, true, true]);
      }
      await expect(page.locator("#alone #verdict")).toBeVisible();
      await expect(page.locator("#alone #template")).toBeHidden();
      await page.emulateMedia({ media: "screen" });
      await expect(page.locator("#seen .paper-text")).toHaveCount(0);
      await answered(page);
    },
    { css: ".far { height: 4000px } @media print { jitp-playground { height: auto !important } }" },
  ));

test("on paper a playground that is not loaded is the whole template", () =>
  docs(
    `<jitp-playground id="one">${children(LONG)}</jitp-playground>`,
    async (page) => {
      const text = page.locator("#one .waiting pre");
      await expect(text).toContainText("value 119");
      await page.emulateMedia({ media: "print" });
      const high = () => text.evaluate((pre) => [pre.scrollHeight - pre.clientHeight, pre.clientHeight > 2_000]);
      await expect.poll(high).toEqual([0, true]);
    },
    {
      css: "@media print { jitp-playground { height: auto !important } }",
      prepare: (page) => page.route("**/element-playground.js", () => undefined),
    },
  ));
