/** The frame of the page: who gets the space, what a drop would do, and what is printed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { atRest, expect, fits, sample, useBrowser, verdict, write } from "./browser.mjs";

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

/** Chooses a sample by what the head of this width has space for. */
async function choose(page, title, width) {
  if (width >= 1360) await page.getByRole("button", { name: title, exact: true }).click();
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
        await choose(page, title, width);
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
      await expect.poll(async () => (await page.locator(".top").boundingBox()).height, "it is low").toBeLessThanOrEqual(56);
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
    await page.getByText("Drop or paste anything: certificates of devices and their CA").waitFor();
    await expect.poll(async () => (await box()).height).toBeGreaterThan(150);
  }));

test("a phone is told to add files, not to drop them", () =>
  visit({ viewport: { width: 390, height: 840 }, isMobile: true, hasTouch: true }, async (page) => {
    await page.locator(".nav-step[data-view=certificate]").click();
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.getByText("Add anything: certificates of devices and their CA").waitFor();
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
    // A text of another program can be dropped, too; the page gives no thought to a selection of its own.
    const text = () =>
      page.locator("#verdict").evaluate((element) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/plain", "word");
        element.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
      });
    await text();
    await expect(over).toHaveText("Drop here: certificates");
    await drag(page, "#verdict", "dragleave");
    await expect(said).toHaveCount(0);
    await page.locator("#verdict").evaluate((element) => element.dispatchEvent(new DragEvent("dragstart", { bubbles: true })));
    await text();
    await atRest(page);
    await expect(said).toHaveCount(0);
  }));

test("code does not wrap: it scrolls, and the keyboard reaches it only then", () =>
  visit({ viewport: { width: 1366, height: 768 } }, async (page) => {
    await verdict(page, "Provisions");
    const open = async (step) => {
      await page.locator(".step-press").nth(step).click();
      const requests = page.locator("#plan .step").nth(step).locator("details");
      await requests.first().waitFor();
      await requests.evaluateAll((all) => all.forEach((one) => (one.open = true)));
    };
    await open(0);
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
    await long.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => long.evaluate((pre) => pre.scrollLeft)).toBeGreaterThan(0);
    await open(1);
    await expect(page.getByRole("group", { name: "Request of CreateThing" })).not.toHaveAttribute("tabindex");
  }));

const divider = (page, name) => page.getByRole("separator", { name });
const size = async (page, selector, side = "width") => (await page.locator(selector).boundingBox())[side];

/** Drags a divider by so many pixels. */
async function pull(page, handle, x, y) {
  const box = await handle.boundingBox();
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(left, top);
  await page.mouse.down();
  await page.mouse.move(left + x / 2, top + y / 2);
  await page.mouse.move(left + x, top + y);
  await page.mouse.up();
}

test("dividers between the columns move by pointer and keyboard, keep to usable sizes, and are remembered", () =>
  visit({ viewport: { width: 1440, height: 900 } }, async (page, { reload }) => {
    await verdict(page, "Provisions");
    const first = divider(page, "Size of the template");
    await expect(first).toHaveAttribute("aria-orientation", "vertical");
    const usual = await size(page, "#template");
    const certificate = await size(page, "#certificate");
    const plan = await size(page, "#plan");

    await pull(page, first, -60, 0);
    await expect.poll(() => size(page, "#template")).toBeCloseTo(usual - 60, 0);
    await expect.poll(() => size(page, "#certificate")).toBeCloseTo(certificate + 60, 0);
    await expect.poll(() => size(page, "#plan"), "the third column stays").toBeCloseTo(plan, 0);

    // A second time by the keyboard, and to both ends.
    const before = Number(await first.getAttribute("aria-valuenow"));
    await first.focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => size(page, "#template")).toBeCloseTo(usual - 76, 0);
    await expect.poll(async () => Number(await first.getAttribute("aria-valuenow")), "its value follows").toBeLessThan(before);
    await page.keyboard.press("Home");
    await expect(first).toHaveAttribute("aria-valuenow", "0");
    await expect.poll(() => size(page, "#template")).toBeCloseTo(340, 0);
    await page.keyboard.press("End");
    await expect(first).toHaveAttribute("aria-valuenow", "100");
    await expect.poll(() => size(page, "#certificate")).toBeCloseTo(290, 0);
    await pull(page, first, 900, 0);
    await expect.poll(() => size(page, "#certificate"), "the pointer cannot go further").toBeCloseTo(290, 0);
    const widest = await size(page, "#template");

    await reload();
    await divider(page, "Size of the template").waitFor();
    await expect.poll(() => size(page, "#template"), "after a reload").toBeCloseTo(widest, 0);
    await divider(page, "Size of the template").dblclick();
    await expect.poll(() => size(page, "#template"), "after a double click").toBeCloseTo(usual, 0);
    await fits(page);
  }));

test("the divider above the findings gives the editor more or less, and Enter gives the usual size again", () =>
  visit({ viewport: { width: 1440, height: 900 } }, async (page) => {
    await verdict(page, "Provisions");
    const third = divider(page, "Size of the findings");
    const usual = await size(page, "#editor", "height");
    await pull(page, third, 0, 80);
    await expect.poll(() => size(page, "#editor", "height")).toBeCloseTo(usual + 80, 0);
    await third.focus();
    await page.keyboard.press("Shift+ArrowUp");
    await expect.poll(() => size(page, "#editor", "height")).toBeCloseTo(usual + 16, 0);
    await page.keyboard.press("End");
    await expect.poll(() => size(page, ".problems", "height")).toBeCloseTo(70, 0);
    await page.keyboard.press("Enter");
    await expect.poll(() => size(page, "#editor", "height")).toBeCloseTo(usual, 0);
  }));

test("two columns have a divider between the template and the certificate; what was moved in one layout leaves the other", () =>
  visit({ viewport: { width: 1024, height: 768 } }, async (page) => {
    await verdict(page, "Provisions");
    const low = divider(page, "Size of the template");
    await expect(low).toHaveAttribute("aria-orientation", "horizontal");
    const [height, width] = [await size(page, "#certificate", "height"), await size(page, "#plan")];
    await pull(page, low, 0, -70);
    await expect.poll(() => size(page, "#certificate", "height")).toBeCloseTo(height + 70, 0);
    await pull(page, divider(page, "Size of the plan"), -40, 0);
    await expect.poll(() => size(page, "#plan")).toBeCloseTo(width + 40, 0);

    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(low).toHaveAttribute("aria-orientation", "vertical");
    await expect.poll(() => size(page, "#template")).toBeCloseTo((1438 * 12) / 31, -1);
    // One part at a time: there is nothing to divide.
    await page.setViewportSize({ width: 800, height: 900 });
    await expect(page.getByRole("separator")).toHaveCount(0);
    await expect.poll(() => size(page, "#plan")).toBe(800);
    await fits(page);
  }));

test("in a page from right to left a divider goes where it is pulled", () =>
  visit({ viewport: { width: 1440, height: 900 } }, async (page) => {
    await verdict(page, "Provisions");
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    const first = divider(page, "Size of the template");
    const usual = await size(page, "#template");
    await pull(page, first, 60, 0);
    await expect.poll(() => size(page, "#template")).toBeCloseTo(usual - 60, 0);
    await first.focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => size(page, "#template")).toBeCloseTo(usual - 44, 0);
  }));

test("sizes that nobody can have set are ignored, and Forget everything forgets those that were", () =>
  visit(
    {
      init: () => {
        if (localStorage.getItem("jitp:dividers") === null)
          localStorage.setItem(
            "jitp:dividers",
            '{"three-1": 1e9, "three-2": "7fr; color: red", "findings-share": 99, "two-low": null, "x": 3}',
          );
      },
    },
    async (page) => {
      await verdict(page, "Provisions");
      await expect.poll(() => page.locator("#playground").evaluate((root) => root.style.length)).toBe(0);
      const first = divider(page, "Size of the template");
      const usual = await size(page, "#template");
      await pull(page, first, -50, 0);
      await expect.poll(() => page.evaluate(() => localStorage.getItem("jitp:dividers"))).toContain("three-1");
      await page.getByRole("button", { name: "Forget everything" }).click();
      await expect.poll(() => page.evaluate(() => localStorage.getItem("jitp:dividers"))).toBe(null);
      await expect.poll(() => size(page, "#template")).toBeCloseTo(usual, 0);
    },
  ));

/** A template with so many lines, and one of its names at the very end. */
function long(lines) {
  const template = JSON.parse(sample("provisions.json"));
  template.Resources.meter.Properties.ThingGroups = Array.from({ length: lines }, (_, i) => `group-${i}`);
  // Without a document in a string the text is shown as it is written.
  template.Resources.policy.Properties = { PolicyName: "Meters" };
  template.Metadata = "the very end";
  return JSON.stringify(template, null, 2);
}

/** What is visible and can be pressed, filled in or unfolded, unless it looks like the text around it. */
const pressable = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("a, button, input, select, textarea, summary, meter, [role=separator]")]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => {
        const { textDecorationLine, borderTopWidth, backgroundColor, listStyleType, display, color } = getComputedStyle(one);
        const plain = textDecorationLine === "none" && borderTopWidth === "0px" && backgroundColor === "rgba(0, 0, 0, 0)";
        if (one.matches("summary")) return display === "list-item" && listStyleType !== "none";
        return !one.matches("a, button") || !plain || color !== getComputedStyle(one.parentElement).color;
      })
      .map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`),
  );

test("the printed page has verdict, plan, the whole template, findings and certificates, and nothing to press", () =>
  visit({ viewport: { width: 720, height: 1000 } }, async (page) => {
    await page.locator(".cm-content").waitFor({ state: "attached" });
    await page.locator(".nav-step[data-view=template]").click();
    await write(page, long(200));
    await page.locator("#verdict .verdict-words").waitFor({ state: "attached" });
    const pages = async () =>
      Math.max(...[...(await page.pdf({ format: "A4" })).toString("latin1").matchAll(/\/Count (\d+)/g)].map(([, n]) => Number(n)));
    const many = await pages();
    await page.emulateMedia({ media: "print" });
    const lines = page.locator("#template .paper-text li");
    await expect(lines).toHaveCount(long(200).split("\n").length);
    await expect(lines.last()).toBeVisible();
    const text = await page.evaluate(() => document.body.innerText);
    for (const part of ["the very end", "group-199", "1 certificate", "meter-000417", "JITP102", "What if"]) {
      assert.ok(text.includes(part), `${part} is printed`);
    }
    for (const part of ["Copy", "Save", "Share", "Choose files", "Open file", "AWS account\n", "Export", "Drop", "next finding", "Dismiss"])
      assert.ok(!text.includes(part), `${part} is not printed`);
    await expect.poll(() => pressable(page)).toEqual([]);
    await fits(page, "the printed page");

    await page.emulateMedia({ media: "screen" });
    await expect(page.locator(".paper-text")).toHaveCount(0);
    await write(page, long(2));
    const few = await pages();
    assert.ok(many >= few + 2, `${many} pages with 200 more lines than ${few} pages`);
  }));

test("on a phone the sample that is shown is in sight", () =>
  visit({ viewport: { width: 390, height: 844 } }, async (page) => {
    const inSight = (title) =>
      page.getByRole("button", { name: title, exact: true }).evaluate((button) => {
        const { left, right } = button.getBoundingClientRect();
        return left >= 0 && right <= innerWidth;
      });
    await expect.poll(() => inSight("Escaped typo"), "it begins outside").toBe(false);
    await page.getByRole("button", { name: "Escaped typo", exact: true }).click();
    await verdict(page, /Fails at step 3/);
    await expect.poll(() => inSight("Escaped typo")).toBe(true);
    await page.getByRole("button", { name: "Provisions", exact: true }).click();
    await expect.poll(() => inSight("Provisions")).toBe(true);
  }));
