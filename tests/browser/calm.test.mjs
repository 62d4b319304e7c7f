/** Nothing moves, flashes or disappears while the user types or presses keys. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, atRest, expect, paste, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

/** Keeps every text that the element had. */
function record(page, selector) {
  return page.evaluate((selector) => {
    globalThis.said = [];
    const element = document.querySelector(selector);
    const note = () => globalThis.said.push(element.textContent);
    new MutationObserver(note).observe(element, { childList: true, characterData: true, subtree: true });
  }, selector);
}

/** Stops the clock, and puts the caret after the first brace. */
async function intoTheText(page) {
  await atRest(page);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowRight");
}

test("half-typed JSON changes the plan only once the typing pauses, and the text stays where it is", () =>
  visit({}, async (page) => {
    // The test controls the clock, so that the speed of typing does not matter.
    await intoTheText(page);
    await record(page, ".plan-top");
    const frame = () => page.locator("#editor").evaluate((editor) => JSON.stringify(editor.getBoundingClientRect()));
    const before = await frame();
    // Broken after every key but the last, with pauses in which the worker answers.
    for (const key of '"a":"b",') {
      await page.keyboard.type(key);
      await page.clock.runFor(200);
      await answered(page);
    }
    await page.locator("#template .finding", { hasText: '"a"' }).first().waitFor();
    await expect.poll(frame).toBe(before);
    const said = await page.evaluate(() => globalThis.said);
    assert.ok(said.length > 0, "the plan was made again");
    assert.ok(!said.some((text) => text.includes("not well-formed")), String(said));

    await page.keyboard.type("{");
    await page.clock.runFor(200);
    await answered(page);
    const meanwhile = await page.locator(".plan-top").textContent();
    assert.ok(!meanwhile.includes("not well-formed"), "it waits for a pause");
    await page.clock.runFor(700);
    await verdict(page, "refuses this template");
    await expect.poll(frame).toBe(before);
    await page.locator("#template .finding", { hasText: "not well-formed" }).waitFor();
  }));

test("each key is answered at once, not after a pause", () =>
  visit({}, async (page) => {
    // From here on no pause ever ends, and no answer takes long.
    await intoTheText(page);
    await page.keyboard.insertText('"a":"b",');
    await page.locator("#template .finding", { hasText: '"a"' }).first().waitFor();
  }));

test("a green verdict names the warnings", () =>
  visit({}, async (page) => {
    await expect(page.locator(".verdict-caveat")).toHaveCount(0);
    await write(page, sample("provisions.json").replace("iot:Receive", "iot:RetainPublish"));
    await page.locator(".verdict-caveat", { hasText: "iot:Receive" }).waitFor();
    await verdict(page, "Provisions");
    await expect.poll(() => page.locator("#announcer").innerText()).toMatch(/But: .*iot:Receive/);
  }));

test("next to the template the plan says why in a line that leads to the finding, and not its card again", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    const why = page.locator("#plan .part", { hasText: "Why it fails" });
    await expect(page.locator(".finding-meta:visible"), "one card").toHaveCount(1);
    await expect(page.locator("#template .finding .button-fix").first()).toBeVisible();
    for (const more of [".finding-help", ".finding-meta", ".button-fix", ".remedy"])
      await expect(why.locator(".finding").locator(more).first()).not.toBeVisible();
    await why.locator(".finding-jump").press("Enter");
    await expect(page.locator(".cm-content")).toBeFocused();
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(",");
  }));

test("a line of the plan brings the finding in sight, in a long list of them", () =>
  visit({}, async (page) => {
    const many = Array.from({ length: 12 }, (_, i) => `"Unknown${i}": {}, `).join("");
    await write(page, sample("provisions.json").replace("{", `{${many}`).replace('"iot:Connect"', '"iot:Conect"'));
    await atRest(page);
    const line = page.locator("#plan .is-at-text .finding-jump").last();
    const words = await line.innerText();
    await line.press("Enter");
    const card = page.locator("#template .finding", { hasText: words.split("\n")[0] }).first();
    const isInSight = () =>
      card.evaluate((item) => {
        const [mine, list] = [item, item.parentElement].map((element) => element.getBoundingClientRect());
        return mine.top >= list.top - 1 && mine.top < list.bottom;
      });
    await expect.poll(isInSight).toBe(true);
  }));

test("where the plan is alone, it says why with the fix next to it", () =>
  visit({ viewport: { width: 390, height: 844 } }, async (page) => {
    await page.getByRole("button", { name: "Escaped typo" }).click();
    const why = page.locator("#plan .part", { hasText: "Why it fails" });
    await why.locator(".button-fix").first().click();
    await verdict(page, "Provisions");
    await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
    await verdict(page, "Fails at step 3");
  }));

test("F8 leads to the next finding and tells it", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    await page.locator(".cm-content").focus();
    await page.keyboard.press("F8");
    await expect.poll(() => page.locator("#announcer").innerText()).toMatch(/^error: The policy has neither/);
  }));

test("a config without a role is copied with a word about it", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.getByRole("button", { name: "Copy registration config" }).click();
    await page.locator(".notice", { hasText: "roleArn" }).waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    await page.getByRole("button", { name: "Copy registration config" }).click();
    await page.locator(".notice", { hasText: "copied" }).waitFor();
    await atRest(page);
    await expect(page.locator(".notice", { hasText: "roleArn" })).toHaveCount(0);
  }));

test("a notice stays while the user is about to use it", () =>
  visit({}, async (page) => {
    await page.clock.install();
    await page.getByRole("button", { name: "Wrap in a config" }).click();
    const undo = page.locator(".notice").getByRole("button", { name: "Undo" });
    await undo.focus();
    await expect(undo).toBeFocused();
    await page.clock.runFor(60_000);
    await expect(undo, "it stays while it has the focus").toBeVisible();
    await page.locator(".cm-content").focus();
    await page.clock.runFor(60_000);
    await expect(undo, "it goes when it has been left alone").toHaveCount(0);
  }));

test("a pasted certificate is used although the plan is in the middle of a pause", () =>
  visit({}, async (page) => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("[");
    await paste(page.locator("#certificate-text"), sample("gateway.pem"));
    await page.locator(".card.is-chosen", { hasText: "gateway-12" }).waitFor();
    await verdict(page, "refuses this template");
  }));
