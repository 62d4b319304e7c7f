/** Writing a template: the editor's completions and explanations, and an escaped body that is unfolded. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { atRest, expect, sample, selected, useBrowser, verdict, write, written } from "./browser.mjs";

const visit = useBrowser();
const options = (page) => page.locator(".cm-tooltip-autocomplete li");

/** Writes a text. The bar in it is the place of the cursor. */
async function writeAt(page, text) {
  const at = text.indexOf("|");
  await write(page, text.replace("|", ""));
  await page.keyboard.press("ControlOrMeta+Home");
  for (let i = 0; i < at; i++) await page.keyboard.press("ArrowRight");
}

test("keys are offered by the kind of the text, without those that exist, and explained", () =>
  visit({}, async (page) => {
    await writeAt(page, '{"Parameters": {}, "Resources": {"t": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "x", "|"}}}}');
    await page.keyboard.press("Control+Space");
    await options(page)
      .filter({ hasText: /^ThingTypeName$/ })
      .waitFor();
    const offered = () => options(page).allTextContents();
    await expect.poll(offered).toEqual(expect.arrayContaining(["ThingTypeName", "AttributePayload"]));
    await expect.poll(offered, "it is there already").not.toContain("ThingName");
    await expect.poll(offered, "a thing has none").not.toContain("PolicyDocument");
    await page.keyboard.type("ThingTy");
    await page.locator(".cm-completionInfo").waitFor();
    // The editor ignores a key soon after the list appears, so that nobody chooses by mistake.
    await page.waitForFunction((shown) => performance.now() > shown + 150, await page.evaluate(() => performance.now()));
    await page.keyboard.press("Enter");
    await expect.poll(() => written(page)).toMatch(/"ThingTypeName": ""/);
  }));

test("values are offered: types, and in a Ref the parameters that the template declares first", () =>
  visit({}, async (page) => {
    await writeAt(page, '{"Resources": {"t": {"Type": "|"}}}');
    await page.keyboard.press("Control+Space");
    await options(page).filter({ hasText: "AWS::IoT::Policy" }).click();
    await expect.poll(() => written(page)).toMatch(/"Type": "AWS::IoT::Policy"\}/);

    await writeAt(
      page,
      '{"Parameters": {"Site": {"Type": "String"}}, "Resources": {"t": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "|"}}}}}',
    );
    await page.keyboard.press("Control+Space");
    // The list from the time of writing may still be open.
    await options(page)
      .filter({ hasText: /^Site$/ })
      .waitFor();
    await expect(options(page).first()).toHaveText("Site");
    await options(page).filter({ hasText: "AWS::IoT::Certificate::CommonName" }).waitFor();
  }));

test("Escape closes the list, and the editor can still be left", () =>
  visit({}, async (page) => {
    await writeAt(page, '{"|"}');
    await page.keyboard.press("Control+Space");
    await options(page).first().waitFor();
    await page.keyboard.press("Escape");
    await options(page).first().waitFor({ state: "detached" });
    await atRest(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).not.toBe("editor");
  }));

test("pointing at a key explains it, and pointing at a finding explains the rule", () =>
  visit({}, async (page) => {
    await page.locator(".cm-line span", { hasText: '"ThingTypeName"' }).hover();
    await page.locator(".cm-doc").waitFor();
    await expect.poll(async () => (await page.locator(".cm-doc").innerText()).length).toBeGreaterThan(20);
    await page.mouse.move(5, 5);
    await page.locator(".cm-doc").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    await page.locator("#template .finding-jump").first().click();
    await page.locator(".cm-lintRange-error").first().hover();
    await page.locator(".cm-why").first().waitFor();
  }));

/** The config as the page saves it. */
async function saved(page) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save registration config" }).click(),
  ]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Selects the first occurrence of a text, with the search of the editor. */
async function find(page, text) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ControlOrMeta+f");
  // The panel reads its field when a key goes up.
  await page.locator(".cm-search [name=search]").fill("");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect.poll(() => selected(page)).toBe(text);
}

test("a config is shown with its body as JSON, is edited there, and folds back; all of it can be undone", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    const original = sample("no-country.json");
    await expect(page.getByRole("button", { name: "Unfolded" })).toHaveAttribute("aria-pressed", "true");
    await expect.poll(() => written(page)).toMatch(/^\{\n {2}"templateBody": \{\n {4}"Parameters": \{\n {6}"AWS::IoT::Certificate::/);
    assert.equal(JSON.parse(await saved(page)).templateBody, JSON.parse(original).templateBody, "nothing is changed by looking");

    // The finding in the plan leads to its place in the readable text.
    await page.locator("#plan .finding-jump").first().click();
    await expect.poll(() => selected(page)).toMatch(/Country/);

    // A Default, typed on a new line, fixes it. The text keeps its one line, and everything else its bytes.
    await find(page, '"AWS::IoT::Certificate::Country"');
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type('"Default": "NL",');
    await verdict(page, "Provisions");
    const expected = original.replace(String.raw`Country\":{`, String.raw`Country\":{\"Default\":\"NL\",`);
    await page.getByRole("button", { name: "As written" }).click();
    await expect.poll(() => written(page)).toBe(expected);
    // The history is of what is written. The way to show it stays.
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+z");
    await verdict(page, /Fails at step/);
    await expect.poll(() => written(page)).toBe(original);
    await page.keyboard.press("ControlOrMeta+y");
    await verdict(page, "Provisions");
    await expect.poll(() => written(page)).toBe(expected);
  }));

test("a typo in a policy document, two strings deep, is seen and removed where the document is shown", () =>
  visit({}, async (page) => {
    const original = sample("escaped-comma.json");
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    await page.locator("#template .finding-error .finding-jump").first().click();
    await expect.poll(() => selected(page)).toBe(",");
    await expect(page.locator(".cm-activeLine")).toHaveText(/^\s+"iot:Receive",$/);
    await expect(page.locator(".cm-activeLine"), "it is a string in a string").toHaveClass(/cm-string-2/);
    await page.keyboard.press("Delete");
    await verdict(page, /^Provision/);
    await page.getByRole("button", { name: "As written" }).click();
    await expect.poll(() => written(page)).toBe(original.replace(",]", "]"));
  }));

test("a policy document of a template that is no config is shown as JSON, too", () =>
  visit({}, async (page) => {
    await find(page, '"Statement"');
    await expect(page.locator(".cm-string-first")).toHaveText(/"PolicyDocument": \{/);
    const label = await page.locator(".cm-string-first").evaluate((line) => getComputedStyle(line, "::after").content);
    assert.match(label, /string/);
  }));

test("the numbers of lines are those of the text as it is shown", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    const numbers = () => page.locator(".finding-place:visible").allTextContents();
    const [line, column] = (await numbers())[0].split(":").map(Number);
    const lines = (await written(page)).split("\n");
    assert.equal(lines[line - 1][column - 1], ",");
    assert.match(lines[line - 1], /iot:Receive/);
    await page.getByRole("button", { name: "As written" }).click();
    await expect.poll(async () => (await numbers()).every((number) => number.startsWith("2:"))).toBe(true);
    await page.getByRole("button", { name: "Unfolded" }).click();
    await expect.poll(async () => (await numbers())[0]).toBe(`${line}:${column}`);
  }));

test("the switch keeps the caret at its token, and the token at its height", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    await find(page, "iot:Subscribe");
    const height = () =>
      page.locator("#editor").evaluate(({ shadowRoot }) => {
        const [caret] = shadowRoot.querySelectorAll(".cm-cursor-primary");
        return caret.getBoundingClientRect().top - shadowRoot.querySelector(".cm-scroller").getBoundingClientRect().top;
      });
    const before = await height();
    await page.getByRole("button", { name: "As written" }).click();
    await page.locator(".cm-content").focus();
    await expect.poll(() => selected(page)).toBe("iot:Subscribe");
    // The first row of a text has nothing above it.
    await expect.poll(height).toBeGreaterThanOrEqual(0);
    await expect.poll(height).toBeLessThanOrEqual(before + 2);
    await page.getByRole("button", { name: "Unfolded" }).click();
    await page.locator(".cm-content").focus();
    await expect.poll(() => selected(page)).toBe("iot:Subscribe");
  }));

test("what is copied is what AWS accepts: strings stay strings", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+c");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(sample("escaped-comma.json"));
  }));

test("the chosen way to show a text is kept, until everything is forgotten", () =>
  visit({}, async (page, { reload }) => {
    const pressed = (name) => expect(page.getByRole("button", { name })).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "As written" }).click();
    await reload();
    await pressed("As written");
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    await pressed("As written");
    await page.getByRole("button", { name: "Forget everything" }).click();
    await page.locator(".notice", { hasText: "Everything is forgotten." }).waitFor();
    await reload();
    await pressed("Unfolded");
  }));

test("inside the strings keys and values are offered and explained as in a template", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    await find(page, '"ThingGroups"');
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type('"');
    await page.keyboard.press("Control+Space");
    await options(page)
      .filter({ hasText: /^ThingTypeName$/ })
      .waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Backspace");
    await find(page, '"ThingName"');
    await page.locator(".cm-line span", { hasText: '"ThingName"' }).first().hover();
    await page.locator(".cm-doc").waitFor();
  }));

test("inside a policy document its own keys and actions are offered", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    await find(page, '"Effect"');
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type('"');
    await page.keyboard.press("Control+Space");
    await options(page)
      .filter({ hasText: /^Condition$/ })
      .waitFor();
    await expect(options(page).filter({ hasText: /^ThingName$/ })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Backspace");
    await find(page, "iot:Publish");
    await page.keyboard.type("iot:Retain");
    await options(page)
      .filter({ hasText: /^iot:RetainPublish$/ })
      .waitFor();
  }));

test("in the unfolded body every finding inside it is at its place, and fixes work there", () =>
  visit({}, async (page) => {
    const config = {
      roleArn: "arn:aws:iam::123456789012:role/p",
      templateBody: JSON.stringify({
        Resources: {
          thing: { type: "AWS::IoT::Thing", Properties: { ThingName: 'a "quoted" näme' } },
          certificate: {
            Type: "AWS::IoT::Certificate",
            Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" },
          },
        },
      }),
    };
    await write(page, JSON.stringify(config));
    const finding = page.locator("#template .finding", { hasText: '"type"' }).first();
    await finding.locator(".finding-jump").click();
    await expect.poll(() => selected(page)).toMatch(/^"?type"?$/);
    await finding.locator(".button-fix").first().click();
    await page.locator(".cm-line", { hasText: '"Type": "AWS::IoT::Thing"' }).waitFor();
    await expect(page.getByRole("button", { name: "Unfolded" })).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".cm-line", { hasText: '"type": "AWS::IoT::Thing"' }).waitFor();
  }));

test("a finding outside the body has its place next to the unfolded body", () =>
  visit({}, async (page) => {
    await write(page, sample("no-country.json").replace('"roleArn"', '"roleARN"'));
    await page.locator("#template .finding", { hasText: "roleARN" }).first().locator(".finding-jump").click();
    await expect.poll(() => selected(page)).toMatch(/roleARN/);
    await expect(page.getByRole("button", { name: "Unfolded" })).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".cm-activeLine"), "it is outside the string").not.toHaveClass(/cm-string/);
  }));

test("a jump marks the very token, and nothing else", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    await page.locator(".parameters").getByRole("button", { name: "Country" }).press("Enter");
    await expect.poll(() => selected(page)).toBe('"AWS::IoT::Certificate::Country"');
    const lit = () => page.locator(".cm-pointed").allTextContents();
    await expect
      .poll(async () => (await lit()).every((text) => text === '"AWS::IoT::Certificate::Country"') && (await lit()).length)
      .toBe(2);
    await expect(page.locator(".cm-selectionMatch")).toHaveCount(0);
  }));
