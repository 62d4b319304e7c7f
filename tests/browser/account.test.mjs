/** What the AWS account has already: given on the page, and decided by in the plan. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { makeCertificates } from "../bench/certificates.mjs";
import { accessible, answered, atRest, expect, fits, paste, sample, stored, useBrowser, verdict, write } from "./browser.mjs";
import { everything, text } from "./certificates.mjs";

const visit = useBrowser();

/** The first sample with these settings for a thing that exists. */
function template(overrides, more = {}) {
  const made = JSON.parse(sample("provisions.json"));
  const meter = made.Resources.meter;
  Object.assign(meter.Properties, more);
  if (overrides) meter.OverrideSettings = overrides;
  else delete meter.OverrideSettings;
  return JSON.stringify(made, null, 2);
}

/** An account in which the sample's device has been before, with another country and depot. */
const ACCOUNT = {
  region: "eu-west-1",
  accountId: "123456789012",
  things: {
    "meter-000417": {
      thingTypeName: "water-meter",
      attributes: { country: "BE", serial: "WM-000417" },
      thingGroups: [],
      billingGroupName: "metering",
      principals: [],
    },
  },
  thingTypes: { "water-meter": { deprecated: false } },
  billingGroups: { metering: {} },
  certificates: {},
};

const part = (page) => page.locator("details.account");
const field = (page) => page.locator("#account-text");
const change = (page, words) => page.locator(".in-account .change", { hasText: words });

/** Opens the part about the account, and pastes into it. */
async function give(page, ...texts) {
  await page.locator(".in-account .link").click();
  for (const text of texts) await paste(field(page), typeof text === "string" ? text : JSON.stringify(text));
  await answered(page);
}

test("without an account the plan says what it assumes, and offers to be given one", () =>
  visit({}, async (page) => {
    const line = page.locator(".account-assumed");
    await expect(line).toHaveText(
      /^Nothing is known of the account\. The plan assumes that the thing and the certificate are new, and that the 2 resources that must exist do\. Give an account$/,
    );
    await expect(part(page).locator(".options-now")).toHaveText("not given");
    await line.getByRole("button").press("Enter");
    await expect(field(page)).toBeFocused();
    await accessible(page);
  }));

test("with an account the plan says what is merged, entry by entry, and what was assumed", () =>
  visit({}, async (page) => {
    await page.locator(".cm-content").waitFor();
    await write(page, template({ AttributePayload: "MERGE", ThingTypeName: "REPLACE", ThingGroups: "DO_NOTHING" }));
    await give(page, ACCOUNT);
    await verdict(page, "Provisions");
    await expect(part(page).locator(".panel-subtitle")).toHaveText("Known: 1 thing, 1 thing type, 1 billing group");
    await expect(change(page, "merged").first()).toContainText("MERGE");
    const table = change(page, "merged").first().getByRole("table");
    await expect(table.getByRole("columnheader")).toHaveText(["Property", "Before", "After"]);
    const row = table.getByRole("row", { name: /country/ });
    await expect(row.getByRole("cell").locator("code")).toHaveText(["BE", "NL"]);
    const [left, right] = await row.getByRole("cell").evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().toJSON()));
    assert.ok(left.top === right.top && left.right <= right.left, "beside each other");
    await expect(page.locator(".in-account .bullets")).toContainText("The CA certificate is registered");
    // Nothing that was told is assumed.
    await expect(page.locator(".in-account .bullets")).not.toContainText("meter-000417");
    await accessible(page);

    // What is there afterwards can be saved, and given again: the certificate is registered then.
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the account after this device" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "jitp-account.json");
    const after = readFileSync(await download.path(), "utf8");
    assert.equal(JSON.parse(after).things["meter-000417"].attributes.country, "NL");
    await page.getByRole("button", { name: "Remove pasted text" }).click();
    await expect(part(page).locator(".options-now")).toHaveText("not given");
    await page.locator("#account-file").setInputFiles(text("after.json", after));
    await verdict(page, "Registered already");
  }));

test("a conflict stops the plan at its step, with the finding at its place in the template", () =>
  visit({}, async (page) => {
    await page.locator(".cm-content").waitFor();
    await write(page, template({ AttributePayload: "FAIL" }));
    await give(page, ACCOUNT);
    await verdict(page, "Fails at step 2");
    await expect(change(page, "conflict")).toHaveCount(1);
    await expect(page.locator(".in-account .change", { hasText: "not reached" }).first()).toBeVisible();
    const finding = page.locator("#plan .finding", { hasText: /JITP17\d|JITP180/ }).first();
    await expect(finding.locator(".finding-place")).toBeVisible();
  }));

test("what must exist and does not stops the device", () =>
  visit({}, async (page) => {
    await give(page, { ...ACCOUNT, things: {}, billingGroups: {} });
    await verdict(page, "Fails at step 2");
    await expect(change(page, "missing")).toContainText("metering");
    await expect(part(page).locator("dd").first()).toContainText("billing groups");
  }));

test("an account file that is dropped anywhere is recognised, and a template and a certificate still are", () =>
  visit({}, async (page) => {
    const drop = (selector, name, content) =>
      page.locator(selector).evaluate(
        (element, [name, content]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], name, { type: "text/plain" }));
          element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, composed: true }));
        },
        [name, content],
      );
    const thing = {
      thingName: "meter-000417",
      thingArn: "arn:aws:iot:eu-west-1:123456789012:thing/meter-000417",
      thingTypeName: "water-meter",
      attributes: { country: "NL" },
      version: 1,
    };
    await drop("#plan", "thing.json", JSON.stringify(thing));
    await expect(part(page).locator(".card-title")).toHaveText("thing.json DescribeThing");
    const record = { action: "DescribeBillingGroup", request: { billingGroupName: "metering" }, error: "ResourceNotFoundException" };
    await drop("#template", "group.json", JSON.stringify(record));
    await expect(part(page).locator(".card-title")).toHaveText(["thing.json DescribeThing", "group.json DescribeBillingGroup"]);
    await expect(part(page)).toContainText("billing group metering");
    await verdict(page, /Fails at step 2/);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect(part(page).locator(".card-title")).toHaveCount(1);
    await drop("#plan", "template.json", sample("empty-policy.json"));
    await verdict(page, "refuses this template");
    // The sample's certificate went with its template.
    await drop("#plan", "gateway.pem", sample("gateway.pem"));
    await expect(page.locator("#certificate .card-choice")).toHaveText(/gateway-12/);
    await expect(part(page).locator(".card-title")).toHaveCount(1);
  }));

test("a text about the account has findings with their place and their fix, and any text is an answer", () =>
  visit({}, async (page) => {
    await give(page, '{"thngs": {}, "__proto__": {"x": 1}}');
    const finding = part(page).locator(".finding", { hasText: 'Unknown key "thngs"' });
    await expect(finding.locator(".finding-place")).toHaveText("1:2");
    await expect(finding.locator("mark")).toHaveText('"thngs"');
    await expect(finding.getByRole("link")).toHaveText("JITP161");
    await accessible(page);
    await finding.getByRole("button", { name: 'Write "things"' }).click();
    await expect(finding).toHaveCount(0);
    await paste(field(page), "------\n| DescribeThing |\n------");
    await expect(part(page).locator(".finding", { hasText: "JITP160" })).toBeVisible();
    await expect(part(page).getByRole("button", { name: "Remove pasted text" })).toHaveCount(2);
  }));

test("an account can be typed, and is read when it is complete", () =>
  visit({}, async (page) => {
    await page.locator(".in-account .link").press("Enter");
    await page.keyboard.type('{"thingTypes": {}}');
    await expect(part(page).locator("dd")).toHaveText("thing types");
    await verdict(page, "Fails at step 2");
    await expect(field(page)).toHaveValue("");
  }));

test("the first device works, the next stays pending: two certificates of one thing that must not be there", () =>
  visit({}, async (page) => {
    await page.locator(".cm-content").waitFor();
    const fixed = { ThingName: "the-only-meter", AttributePayload: { country: { Ref: "AWS::IoT::Certificate::CommonName" } } };
    await write(page, template({ AttributePayload: "FAIL" }, fixed));
    const [one] = makeCertificates(1);
    await page.locator("#certificate-file").setInputFiles(text("second.pem", one.pem));
    await answered(page);
    // Without an account each is planned for itself.
    await expect.poll(() => page.locator(".fleet-chip").first().innerText()).toMatch(/^2 /);
    await give(page, "{}");
    await page.locator(".fleet .part-title", { hasText: "2 certificates, one after the other in the account" }).waitFor();
    await expect
      .poll(() => page.locator(".fleet-table tbody .fleet-verdict").allInnerTexts())
      .toEqual([expect.stringMatching(/Provisions|Access|No connection/), "Fails at 2"]);
    // The plan of a row is that of its place.
    await page.locator(".fleet-table tbody tr").nth(1).getByRole("button").press("Enter");
    await verdict(page, "Fails at step 2");
    await expect(page.locator(".in-account .part-lead")).toContainText("The device before it has changed the account");
    await expect(change(page, "conflict")).toHaveCount(1);
    await page.locator(".fleet-table tbody tr").nth(0).getByRole("button").press("Enter");
    await verdict(page, "Provisions");
    await accessible(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the account after all devices" }).click(),
    ]);
    const after = JSON.parse(readFileSync(await download.path(), "utf8"));
    assert.deepEqual(
      Object.values(after.certificates)
        .map(({ status }) => status)
        .sort(),
      ["ACTIVE", "PENDING_ACTIVATION"],
    );
  }));

test("the slices of many certificates run over one account", () =>
  visit({}, async (page) => {
    await page.locator(".cm-content").waitFor();
    // One thing for all devices, which must not be there: only the first device finds none.
    const shared = { ThingName: "meter", AttributePayload: { serial: { Ref: "AWS::IoT::Certificate::CommonName" } } };
    await write(page, template({ AttributePayload: "FAIL" }, shared));
    const bundle = makeCertificates(300)
      .map(({ pem }) => pem)
      .join("\n");
    await page.locator("#certificate-file").setInputFiles(text("many.pem", bundle));
    await page.locator(".fleet .part-title", { hasText: /^301 certificates$/ }).waitFor();
    await give(page, JSON.stringify({ ...ACCOUNT, things: {} }));
    await page.locator(".fleet .part-title", { hasText: /^301 certificates, one after/ }).waitFor();
    await expect(page.locator(".fleet-chip", { hasText: "300 fail" })).toBeVisible();
    await page.locator(".fleet-table tbody tr").first().getByRole("button").press("End");
    await expect(page.locator('[aria-rowindex="302"] :focus')).toBeVisible();
    await page.keyboard.press("Enter");
    await verdict(page, "Fails at step 2");
    await expect(page.locator(".in-account .part-lead")).toContainText("The 300 devices before it");
  }));

test("the script asks for what the certificates of the page need", () =>
  visit({}, async (page) => {
    await page.locator(".in-account .link").click();
    await page.getByRole("button", { name: "Get a script that asks for it" }).click();
    const dialog = page.getByRole("dialog", { name: "Ask the account" });
    await dialog.waitFor();
    await expect.poll(() => dialog.locator("pre").innerText()).toMatch(/record describe-thing '\{"thingName":\s*"meter-000417"\}'/);
    await accessible(page);
    const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Save the script" }).click()]);
    assert.match(readFileSync(await download.path(), "utf8"), /^#!\/bin\/sh\n[^]*describe-billing-group/);
  }));

test("an account stays in the tab: it is neither kept nor shared, and a private key in it is nowhere", () =>
  visit({}, async (page, { reload }) => {
    const body = Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 37 + 11) % 251)).toString("base64");
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${body.replace(/.{64}/g, "$&\n")}\n-----END RSA PRIVATE KEY-----\n`;
    const named = { ...ACCOUNT, things: { "meter-with-a-name": { attributes: { note: key } } } };
    await give(page, named);
    await page.locator(".notice", { hasText: "A private key was overwritten" }).waitFor();
    await expect(part(page).locator(".panel-subtitle")).toContainText("1 thing");
    await atRest(page);
    const all = await everything(page);
    for (let at = 0; at + 24 < body.length; at += 24) assert.ok(!all.includes(body.slice(at, at + 24)), "a piece of the key");
    const kept = await stored(page, ({ template }) => template !== "");
    assert.ok(!kept.includes("meter-with-a-name"), "kept");
    await page.getByRole("button", { name: "Share" }).click();
    await expect(page.getByRole("dialog", { name: "Share" })).toContainText("What is known of the AWS account is not in it");
    await page.keyboard.press("Escape");
    await reload();
    await expect(part(page).locator(".options-now")).toHaveText("not given");
  }));

test("a sample replaces the account too, and it comes back with the user's work", () =>
  visit({}, async (page) => {
    await give(page, { ...ACCOUNT, things: {}, billingGroups: {} });
    await verdict(page, "Fails at step 2");
    await page.getByRole("button", { name: "Provisions" }).click();
    await verdict(page, "Provisions");
    await expect(part(page).locator(".options-now")).toHaveText("not given");
    await page.getByRole("button", { name: "Restore my work" }).click();
    await verdict(page, "Fails at step 2");
    await page.getByRole("button", { name: "Forget everything" }).click();
    await verdict(page, "Provisions");
    await expect(part(page).locator(".options-now")).toHaveText("not given");
  }));

test("on a phone the account is given and read without a part that sticks out", () =>
  visit({ viewport: { width: 390, height: 844 } }, async (page) => {
    await page.locator(".nav-step[data-view=template]").click();
    await page.locator(".cm-content").waitFor();
    await write(page, template({ AttributePayload: "REPLACE" }));
    await page.locator(".nav-step[data-view=plan]").click();
    await give(page, ACCOUNT);
    await expect(part(page)).toBeVisible();
    await fits(page);
    await page.locator(".nav-step[data-view=plan]").click();
    await expect(change(page, "replaced").first()).toBeVisible();
    const cells = page.locator(".change-table tbody tr").first().locator("td");
    await expect(cells).toHaveText([/^Before/, /^After/], { useInnerText: true });
    const [before, after] = await cells.evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().toJSON()));
    assert.ok(before.bottom <= after.top, "stacked");
    await fits(page);
    await accessible(page);
  }));
