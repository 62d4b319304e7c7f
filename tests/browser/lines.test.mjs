/** The lines that an author says matter, in an element and in a frame. */

import { test } from "node:test";
import { expect, sample } from "./browser.mjs";
import { hash, meter, useDocs } from "./docs.mjs";

const { docs } = useDocs();

/** The texts of the marked lines. */
const marked = (place) => place.locator(".cm-matters").allTextContents();
const lines = sample("provisions.json").split("\n");
const at = (...numbers) => numbers.map((number) => lines[number - 1]);

test("the lines of the attribute are marked, follow what is written, and are those of another text that is shown", () =>
  docs(`<jitp-playground id="one" view="editor" lines="3-5, 8">${meter}</jitp-playground>`, async (page) => {
    const one = page.locator("#one");
    await expect.poll(() => marked(one)).toEqual(at(3, 4, 5, 8));
    await one.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("Enter");
    await expect(one.locator(".cm-line").nth(1)).toHaveText("{");
    await expect.poll(() => marked(one)).toEqual(at(3, 4, 5, 8));
    await one.evaluate((element) => (element.lines = "2"));
    await expect.poll(() => marked(one)).toEqual(["{"]);
    await one.evaluate((element) => (element.template = '{\n  "Resources": {}\n}'));
    await expect.poll(() => marked(one)).toEqual(['  "Resources": {}']);
    await one.evaluate((element) => (element.lines = null));
    await expect.poll(() => marked(one)).toEqual([]);
  }));

test("the first of them is in sight", () =>
  docs(`<jitp-playground id="one" view="editor" lines="20-21">${meter}</jitp-playground>`, async (page) => {
    const first = page.locator("#one .cm-matters").first();
    await expect(first).toHaveText(lines[19]);
    await expect(first).toBeInViewport();
  }));

test("what names no lines is told to the author, and lines that are not there are none", () =>
  docs(
    `<jitp-playground id="one" view="editor" lines="5-3">${meter}</jitp-playground><jitp-playground id="two" view="editor" lines="1, 900-999999">${meter}</jitp-playground>`,
    async (page, complaints) => {
      const told = () => complaints.findIndex((text) => text.includes('lines="5-3" has no meaning'));
      await expect.poll(told).toBeGreaterThanOrEqual(0);
      complaints.splice(told(), 1);
      await page.locator("#two").scrollIntoViewIfNeeded();
      await expect.poll(() => marked(page.locator("#two"))).toEqual(["{"]);
      await expect.poll(() => marked(page.locator("#one"))).toEqual([]);
    },
  ));

test("a frame has them in its address", () =>
  docs(
    (site) =>
      `<iframe title="The template" width="700" height="500" src="${site}?embed&amp;view=editor&amp;lines=3-4${hash({ template: sample("provisions.json") })}"></iframe>`,
    (page) => expect.poll(() => marked(page.frameLocator("iframe"))).toEqual(at(3, 4)),
  ));
