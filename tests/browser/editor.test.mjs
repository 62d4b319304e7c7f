/** Writing a template: the editor's completions and explanations, and an escaped body that is unfolded. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { atRest, expect, fixture, sample, selected, useBrowser, verdict, write, written } from "./browser.mjs";

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
    await page.getByRole("button", { name: "Unfolded" }).click();
    await page.locator(".cm-lintRange-error").first().hover();
    await page.locator(".cm-why").first().waitFor();
  }));

test("an escaped body is unfolded, edited and folded back, and all of it can be undone", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    const before = await written(page);
    const saved = async () => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Save registration config" }).click(),
      ]);
      const chunks = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk);
      return JSON.parse(Buffer.concat(chunks).toString());
    };
    const original = await saved();
    await page.getByRole("button", { name: "Unfolded" }).click();
    await expect.poll(() => written(page)).toMatch(/^\{\n {2}"Parameters": \{\n {4}"AWS::IoT::Certificate::/);
    assert.deepEqual(JSON.parse((await saved()).templateBody), JSON.parse(original.templateBody), "nothing is changed by looking");
    await verdict(page, /Fails at step/);

    // The finding in the plan leads to its place in the readable text.
    await page.locator("#plan .finding-jump").first().click();
    await expect.poll(() => selected(page)).toMatch(/Country/);

    // A Default fixes it; the config around the body stays as it is.
    await page.locator(".cm-content").focus();
    const body = JSON.parse(original.templateBody);
    body.Parameters["AWS::IoT::Certificate::Country"].Default = "NL";
    await write(page, JSON.stringify(body, null, 2));
    await verdict(page, "Provisions");
    const edited = await saved();
    assert.equal(edited.roleArn, original.roleArn);
    assert.equal(JSON.parse(edited.templateBody).Parameters["AWS::IoT::Certificate::Country"].Default, "NL");
    assert.ok(!edited.templateBody.includes("\n"), "it was on one line, and is again");

    await page.getByRole("button", { name: "As written" }).click();
    await expect.poll(() => written(page)).toMatch(/\\"Default\\":\s?\\"NL\\"/);
    await page.locator(".cm-content").focus();
    for (let i = 0; i < 6 && (await written(page)) !== before; i++) await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => written(page)).toBe(before);
    await expect(page.getByRole("button", { name: "As written" })).toHaveAttribute("aria-pressed", "true");
    await verdict(page, /Fails at step/);
    // `write` is two steps.
    await page.keyboard.press("ControlOrMeta+y");
    await page.keyboard.press("ControlOrMeta+y");
    await verdict(page, "Provisions");
    await expect.poll(() => written(page), "in the way that is shown").toMatch(/\\"Default\\":\s?\\"NL\\"/);
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
    await page.getByRole("button", { name: "Unfolded" }).click();
    const finding = page.locator("#template .finding", { hasText: '"type"' }).first();
    await finding.locator(".finding-jump").click();
    await expect.poll(() => selected(page)).toMatch(/^"?type"?$/);
    await finding.locator(".button-fix").first().click();
    await page.locator(".cm-line", { hasText: '"Type": "AWS::IoT::Thing"' }).waitFor();
    await expect(page.getByRole("button", { name: "Unfolded" })).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".cm-line", { hasText: '"type": "AWS::IoT::Thing"' }).waitFor();
  }));

test("a finding outside the body is shown as it is written", () =>
  visit({}, async (page) => {
    await write(page, sample("no-country.json").replace('"roleArn"', '"roleARN"'));
    await page.getByRole("button", { name: "Unfolded" }).click();
    await page.locator("#template .finding", { hasText: "roleARN" }).first().locator(".finding-jump").click();
    await expect.poll(() => selected(page)).toMatch(/roleARN/);
    await expect(page.getByRole("button", { name: "As written" })).toHaveAttribute("aria-pressed", "true");
  }));

test("a body that is not JSON still unfolds, and is fixed there", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    await page.getByRole("button", { name: "Unfolded" }).click();
    await page.locator("#template .finding-error .finding-jump").first().click();
    await expect.poll(async () => (await selected(page)).length).toBeGreaterThan(0);
    await write(page, fixture("templates/JITP001-trailing-comma.json"));
    await page.locator("#template .finding-error").first().waitFor();
  }));
