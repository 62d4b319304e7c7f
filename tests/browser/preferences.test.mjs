/** What the user has told the browser or the system: forced colours, a larger zoom, a finger instead of a mouse. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { expect, fits, useBrowser, verdict } from "./browser.mjs";

const visit = useBrowser();

/** A style of an element as it is drawn, also in the editor. */
const drawn = (page, selector, name) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element)[name], name);

test("with forced colours marks, states and lit places are still to be told from their surroundings", () =>
  visit({ forcedColors: "active" }, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    const canvas = await drawn(page, "body", "backgroundColor");
    const marks = [".sample-mark", ".way[aria-pressed=true]", ".divider::after", ".cm-lint-marker-error", ".size meter"];
    for (const mark of marks) {
      const [selector, pseudo] = mark.split("::");
      const colour = await page
        .locator(selector)
        .first()
        .evaluate((element, pseudo) => {
          const { backgroundColor, outlineStyle, outlineColor } = getComputedStyle(element, pseudo && `::${pseudo}`);
          return outlineStyle === "none" ? backgroundColor : outlineColor;
        }, pseudo);
      assert.notEqual(colour, canvas, `${mark} has the colour of what is around it`);
      assert.notEqual(colour, "rgba(0, 0, 0, 0)", `${mark} has no colour`);
    }
    assert.notEqual(
      await drawn(page, ".way[aria-pressed=true]", "backgroundColor"),
      await drawn(page, ".way[aria-pressed=false]", "backgroundColor"),
      "the pressed one is another",
    );
    assert.notEqual(
      await drawn(page, ".sample[aria-pressed=true]", "borderTopWidth"),
      await drawn(page, ".sample[aria-pressed=false]", "borderTopWidth"),
      "the chosen sample is another",
    );
    for (const element of [".badge", ".panel-number", ".verdict", ".card.is-chosen"])
      assert.notEqual(await drawn(page, element, "borderTopStyle"), "none", `${element} has a border`);
    await page.locator("#certificate .value-link").first().hover();
    await expect.poll(() => drawn(page, ".cm-pointed", "outlineStyle")).toBe("solid");
    await fits(page);
  }));

for (const [what, viewport] of [
  ["320 pixels wide", { width: 320, height: 640 }],
  ["a window of 1280 × 1024 at 200 %", { width: 640, height: 512 }],
  ["a window of 1280 × 1024 at 400 %", { width: 320, height: 256 }],
]) {
  test(`nothing must be scrolled sideways: ${what}`, () =>
    visit({ viewport }, async (page) => {
      for (const title of ["Provisions", "Escaped typo"]) {
        await page.getByRole("button", { name: title, exact: true }).click();
        await verdict(page, title === "Provisions" ? "Provisions" : /./);
        for (const part of ["template", "certificate", "plan"]) {
          await page.locator(`.nav-step[data-view=${part}]`).click();
          await page.locator(`#${part}`).waitFor();
          await fits(page, `${part} of ${title}`);
          const wide = await page.locator(`#${part}`).evaluate((panel) => panel.scrollWidth - panel.clientWidth);
          assert.ok(wide <= 0, `${part} of ${title} is ${wide} pixels too wide`);
        }
      }
    }));
}

test("controls are 44 pixels high for a finger", () =>
  visit({ viewport: { width: 390, height: 840 }, isMobile: true, hasTouch: true }, async (page) => {
    await verdict(page, "Provisions");
    for (const part of ["template", "certificate", "plan"]) {
      await page.locator(`.nav-step[data-view=${part}]`).click();
      await page.locator(`#${part}`).waitFor();
      const low = await page
        .locator(
          "#playground :is(.button, .button-quiet, .sample, .way, .nav-step, select, input:not([type=file], [type=radio]), .card-choice)",
        )
        .evaluateAll((all) =>
          all
            .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden"))
            .map((one) => [one.getBoundingClientRect().height, `${one.className} ${one.textContent.slice(0, 20)}`])
            .filter(([height]) => height < 44),
        );
      assert.deepEqual(low, [], part);
    }
  }));
