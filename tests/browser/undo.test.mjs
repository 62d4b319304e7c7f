/** One history of undo and redo for all panels, files that replace nothing, and the keys of the page. */

import { test } from "node:test";
import { atRest, expect, paste, sample, useBrowser, verdict, write } from "./browser.mjs";
import { meters, text } from "./certificates.mjs";

const visit = useBrowser();

const cards = (page) => page.locator("#certificate .card");

test("certificates, options, samples and the template are undone and redone in one history, from anywhere", () =>
  visit({}, async (page) => {
    await write(page, sample("provisions.json").replace('"water-meter"', '"gas-meter"'));
    await paste(page.locator("#certificate-text"), meters(2));
    await expect(cards(page)).toHaveCount(3);
    await page.getByRole("button", { name: "Remove all" }).click();
    await verdict(page, "No certificate yet");
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    await page.locator("#plan-title").click();
    const undo = () => page.keyboard.press("ControlOrMeta+z");
    await undo();
    await page.locator(".notice", { hasText: "Undone: sample “Empty policy”." }).waitFor();
    await undo();
    await page.locator(".notice", { hasText: "Undone: 3 certificates removed." }).waitFor();
    await expect(cards(page)).toHaveCount(3);
    await undo();
    await page.locator(".notice", { hasText: "Undone: 2 certificates added." }).waitFor();
    await expect(cards(page)).toHaveCount(1);
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    // In the editor the same history goes on.
    await page.locator(".cm-content").focus();
    await undo();
    await undo();
    await page.locator("#plan dd", { hasText: /^water-meter$/ }).waitFor();
    await expect(page.getByRole("button", { name: "Provisions", exact: true })).toHaveAttribute("aria-pressed", "true");
    for (const key of ["y", "Shift+Z", "Shift+Z"]) await page.keyboard.press(`ControlOrMeta+${key}`);
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await expect(cards(page)).toHaveCount(3);
  }));

test("the same certificate counts once, and a sample's goes when the user's own comes", () =>
  visit({}, async (page) => {
    await paste(page.locator("#certificate-text"), sample("gateway.pem"));
    await page.locator(".card.is-chosen", { hasText: "gateway" }).waitFor();
    await expect(cards(page)).toHaveCount(1);
    await page.locator("#certificate-file").setInputFiles([text("again.pem", sample("gateway.pem"))]);
    await page.locator(".notice", { hasText: "One certificate was there already. It is kept once." }).waitFor();
    await atRest(page);
    await expect(cards(page)).toHaveCount(1);
  }));

test("a template of the user's own takes the sample's certificate with it, and undo brings both back", () =>
  visit({}, async (page) => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await paste(page.locator(".cm-content"), sample("provisions.json").replace('"water-meter"', '"gas-meter"'));
    await verdict(page, "No certificate yet");
    await page.locator(".notice", { hasText: "The sample's certificate is gone" }).getByRole("button", { name: "Undo" }).click();
    await page.locator("#plan dd", { hasText: /^water-meter$/ }).waitFor();
    await expect(cards(page)).toHaveCount(1);
  }));

test("Ctrl+O opens a file, wherever the focus is", () =>
  visit({}, async (page) => {
    await page.locator("#plan-title").click();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("ControlOrMeta+o")]);
    await chooser.setFiles([text("empty.json", sample("empty-policy.json"))]);
    await verdict(page, "refuses this template");
  }));

test("what is removed comes back by a press, for those without a keyboard", () =>
  visit({ viewport: { width: 390, height: 840 } }, async (page) => {
    await page.locator(".nav-step[data-view=certificate]").click();
    await expect(cards(page)).toHaveCount(1);
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await expect(cards(page)).toHaveCount(0);
    const notice = page.locator(".notice", { hasText: "1 certificate removed." });
    await notice.getByRole("button", { name: "Undo" }).click();
    await expect(cards(page)).toHaveCount(1);
    await page.locator(".nav-verdict", { hasText: "Provisions" }).waitFor();
  }));
