/** The frame of the page: who gets the space, what a drop would do, and what is printed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { expect, fits, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

/** How many lines of text the editor has space for, by the box of one of them. */
const rows = (page) =>
  page.locator("#editor").evaluate((host) => {
    const scroller = host.shadowRoot.querySelector(".cm-scroller");
    const line = [...host.shadowRoot.querySelectorAll(".cm-line")]
      .map((one) => one.getBoundingClientRect().height)
      .sort((a, b) => a - b)[0];
    const { paddingTop } = getComputedStyle(host.shadowRoot.querySelector(".cm-content"));
    return (scroller.clientHeight - Number.parseFloat(paddingTop)) / line;
  });

/** Chooses a sample by whatever the head has space for. */
async function choose(page, title) {
  const button = page.getByRole("button", { name: title, exact: true });
  if (await button.isVisible()) await button.click();
  else await page.getByLabel("Sample", { exact: true }).selectOption({ label: title });
}

for (const [width, height] of [
  [920, 700],
  [1024, 768],
  [1180, 700],
  [1366, 768],
]) {
  test(`at ${width} × ${height} the head is one row, and the editor has at least 12 lines`, () =>
    visit({ viewport: { width, height } }, async (page) => {
      await page.locator(".cm-line").first().waitFor();
      for (const title of ["Provisions", "Missing country"]) {
        await choose(page, title);
        await verdict(page, title === "Provisions" ? "Provisions" : /Fails at step/);
        await expect.poll(() => rows(page), title).toBeGreaterThanOrEqual(12);
      }
      const boxes = await page
        .locator(".top > *, .head-side > *")
        .evaluateAll((all) =>
          all.filter((one) => one.checkVisibility() && one.className !== "head-side").map((one) => one.getBoundingClientRect().toJSON()),
        );
      assert.ok(boxes.length >= 5, "the head has its parts");
      // What is in one row has a height in common.
      const [top, bottom] = [Math.max(...boxes.map((box) => box.top)), Math.min(...boxes.map((box) => box.bottom))];
      assert.ok(top < bottom, `no part of the head is below another: ${JSON.stringify(boxes)}`);
      assert.ok((await page.locator(".top").boundingBox()).height <= 56, "it is low");
      await fits(page);
    }));
}

test("the samples are a list where the head has no space for the row, and it follows the work", () =>
  visit({ viewport: { width: 1024, height: 768 } }, async (page) => {
    const list = page.getByLabel("Sample", { exact: true });
    await expect(list).toHaveValue("provisions");
    await expect(page.getByRole("button", { name: "Empty policy" })).toBeHidden();
    await list.selectOption({ label: "Empty policy" });
    await verdict(page, "refuses this template");
    await expect(list).toHaveValue("empty-policy");
    await write(page, "{}");
    await expect(list).toHaveValue("");
  }));

test("the place to add certificates is low once there is one", () =>
  visit({}, async (page) => {
    const box = () => page.locator(".drop").first().boundingBox();
    await expect.poll(async () => (await box()).height).toBeLessThan(100);
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.getByText("Drop certificates of devices and their CA here").waitFor();
    await expect.poll(async () => (await box()).height).toBeGreaterThan(150);
  }));

test("a phone is told to add files, not to drop them", () =>
  visit({ viewport: { width: 390, height: 840 }, isMobile: true, hasTouch: true }, async (page) => {
    await page.locator(".nav-step[data-view=certificate]").click();
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.getByText("Add certificates of devices and their CA").waitFor();
    await page.getByText("AWS account").first().click();
    await page.locator("#account-text").waitFor();
    const told = await page.locator("#certificate").innerText();
    assert.doesNotMatch(told, /\bdrop/i);
    await fits(page);
  }));

/** Drags a file over the element, as far as a script can. */
const drag = (page, selector, type) =>
  page.locator(selector).evaluate((element, type) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["{}"], "file.json"));
    element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true, relatedTarget: null }));
  }, type);

test("as files are dragged over the page, each place says what a drop on it is read as", () =>
  visit({}, async (page) => {
    await page.getByText("AWS account").first().click();
    await page.locator("#account-text").waitFor();
    const said = page.locator(".drop-box");
    const over = page.locator(".drop-box.is-over");
    for (const [place, words] of [
      ["#editor", "Drop here: template"],
      ["#certificate-text", "Drop here: certificates"],
      ["#account-text", "Drop here: AWS account"],
      ["#verdict", "Drop here: certificates"],
    ]) {
      await drag(page, place, "dragover");
      await expect(over).toHaveText(words);
      await expect(said).toHaveText([
        "Drop here: template",
        "Drop here: certificates",
        "Drop here: certificates",
        "Drop here: AWS account",
      ]);
    }
    await drag(page, "#verdict", "dragleave");
    await expect(said).toHaveCount(0);
    // The page gives no thought to a text that is dragged.
    await page.locator("#verdict").evaluate((element) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/plain", "word");
      element.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
    });
    await expect(said).toHaveCount(0);
  }));

test("code does not wrap: it scrolls, and the keyboard reaches it only then", () =>
  visit({ viewport: { width: 1366, height: 768 } }, async (page) => {
    await verdict(page, "Provisions");
    await page.locator("#plan details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
    const long = page.getByRole("group", { name: "Request of RegisterCertificate" });
    await expect(long).toHaveAttribute("tabindex", "0");
    const lines = (await long.textContent()).trimEnd().split("\n").length;
    const { height, line, wide } = await long.evaluate((pre) => ({
      height: pre.clientHeight,
      line: Number.parseFloat(getComputedStyle(pre).lineHeight),
      wide: pre.scrollWidth - pre.clientWidth,
    }));
    assert.ok(wide > 0, "its longest line is longer than the box");
    assert.ok(height < line * (lines + 2), `${lines} lines are ${height} px high`);
    await expect(page.getByRole("group", { name: "Request of CreateThing" })).not.toHaveAttribute("tabindex");
    await long.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => long.evaluate((pre) => pre.scrollLeft)).toBeGreaterThan(0);
  }));
