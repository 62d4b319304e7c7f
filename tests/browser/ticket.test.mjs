/** A user with a broken registration config from a ticket finds the place, fixes it, and exports the result. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { atRest, expect, fixture, sample, selected, useBrowser, verdict, write, written } from "./browser.mjs";

const visit = useBrowser();

/** The value of a JSON text; `undefined` while the text is incomplete. */
function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test("a finding leads to the very characters, through two levels of escapes", () =>
  visit({}, async (page) => {
    const source = sample("escaped-comma.json");
    const comma = source.indexOf(",]");
    assert.ok(comma > 0, "the sample has its comma too many");
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    const finding = page.locator("#template .finding-error .finding-jump").first();
    await page.getByRole("button", { name: "As written" }).click();
    await atRest(page);
    const [line, column] = (await finding.locator(".finding-place").innerText()).split(":").map(Number);
    const offset =
      source
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length +
      (line > 1 ? 1 : 0) +
      column -
      1;
    assert.ok(offset === comma || offset === comma + 1, `${offset} is at the comma, ${comma}, or at what follows it`);
    await finding.click();
    await expect.poll(() => selected(page)).toMatch(/^(,|\]|,\])$/);
    await expect(page.locator(".cm-editor.cm-focused"), "the editor has the focus").toBeVisible();
    await expect(page.locator(".cm-lintRange-error").first(), "the place is underlined").toBeAttached();
    await expect(page.locator(".cm-lint-marker-error").first(), "the line is marked in the gutter").toBeAttached();
  }));

test("a fix is one click, and so is its undo", () =>
  visit({}, async (page) => {
    const broken = sample("no-country.json").replace('"roleArn"', '"roleARN"');
    await write(page, broken);
    await verdict(page, "refuses this template");
    await page.getByRole("button", { name: "As written" }).click();
    const fix = page.locator("#template .finding-error .button-fix").first();
    await fix.click();
    await page.locator("#template .finding-error").waitFor({ state: "detached" });
    await expect.poll(() => written(page)).toBe(broken.replace('"roleARN"', '"roleArn"'));
    await page.locator(".notice", { hasText: "done" }).getByRole("button", { name: "Undo" }).click();
    await verdict(page, "refuses this template");
    await expect.poll(() => written(page)).toBe(broken);
  }));

test("a fix is offered where the finding is underlined, too", () =>
  visit({}, async (page) => {
    await write(page, sample("no-country.json").replace('"roleArn"', '"roleARN"'));
    await verdict(page, "refuses this template");
    await page.locator(".cm-lintRange-error").first().hover();
    await page.locator(".cm-tooltip .cm-diagnosticAction").first().click();
    await page.locator("#template .finding-error").waitFor({ state: "detached" });
    await expect.poll(() => written(page)).toMatch(/"roleArn"/);
  }));

test("one of two fixes that exclude each other is chosen, and undone", () =>
  visit({}, async (page) => {
    const both = fixture("templates/JITP063-policy-both.json");
    await write(page, both);
    await verdict(page, "refuses this template");
    await page.getByRole("button", { name: "As written" }).click();
    const choices = page.locator("#template").getByRole("group", { name: "Choose a fix" });
    await expect.poll(() => choices.getByRole("button").allTextContents()).toEqual(["Keep PolicyName", "Keep PolicyDocument"]);
    await atRest(page);
    const shown = await written(page);
    await choices.getByRole("button", { name: "Keep PolicyDocument" }).click();
    await verdict(page, "Provisions");
    const kept = JSON.parse(both);
    delete kept.Resources.policy.Properties.PolicyName;
    await expect.poll(async () => json(await written(page))).toEqual(kept);
    await page.locator(".notice", { hasText: "Keep PolicyDocument: done" }).getByRole("button", { name: "Undo" }).click();
    await verdict(page, "refuses this template");
    await expect.poll(() => written(page)).toBe(shown);
  }));

test("the choice is offered where the finding is underlined, too", () =>
  visit({}, async (page) => {
    await write(page, fixture("templates/JITP063-policy-both.json"));
    await verdict(page, "refuses this template");
    await page.locator("#template .finding-jump").first().click();
    await page.locator(".cm-lintRange-error").first().hover();
    const actions = page.locator(".cm-tooltip .cm-diagnosticAction");
    await actions.nth(1).waitFor();
    await expect.poll(() => actions.allTextContents()).toEqual(["Keep PolicyName", "Keep PolicyDocument"]);
    await actions.first().click();
    await verdict(page, "Provisions");
    await expect.poll(() => written(page)).not.toMatch(/PolicyDocument/);
  }));

test("the body unfolds to readable JSON and folds into a registration config again", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await page.getByRole("button", { name: "Extract the body" }).click();
    await page.locator(".badge", { hasText: "Template body" }).waitFor();
    const body = JSON.parse(JSON.parse(sample("no-country.json")).templateBody);
    await expect(page.locator(".cm-line").nth(1)).toHaveText(/^\s+"Parameters"/);
    await verdict(page, /Fails at step/);
    await page.getByRole("button", { name: "Wrap in a config" }).click();
    await page.locator(".badge", { hasText: "Registration config" }).waitFor();
    await page.getByRole("button", { name: "As written" }).click();
    await expect.poll(async () => json(json(await written(page))?.templateBody)).toEqual(body);
  }));

test("the registration config and the plan can be saved and copied", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const save = async (name) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return { file: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    };
    const config = await save("Save registration config");
    assert.equal(config.file, "registration-config.json");
    const body = JSON.parse(JSON.parse(config.text).templateBody);
    assert.deepEqual(body, JSON.parse(sample("provisions.json")));
    await page.getByRole("button", { name: "Export" }).click();
    const plan = await save("Save plan as JSON");
    assert.equal(JSON.parse(plan.text).verdict, "provisions");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Copy registration config" }).click();
    await page.locator(".notice", { hasText: "copied" }).waitFor();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(config.text);
  }));

test("a template dropped or opened as a file, CRLF and all, is analysed as it is shown", () =>
  visit({}, async (page) => {
    const buffer = Buffer.from(sample("escaped-comma.json").replaceAll("\n", "\r\n"));
    await page.locator("#template-file").setInputFiles({ name: "ticket.json", mimeType: "application/json", buffer });
    // The sample's certificate goes with the sample's template.
    await verdict(page, "No certificate yet");
    await page
      .locator("#certificate-file")
      .setInputFiles({ name: "gateway.pem", mimeType: "text/plain", buffer: Buffer.from(sample("gateway.pem")) });
    await verdict(page, "Fails at step 3");
    await page.locator("#template .finding-error .finding-jump").first().click();
    await expect.poll(() => selected(page)).toMatch(/^(,|\]|,\])$/);
  }));
