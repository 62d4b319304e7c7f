/** Templates that are not for JITP: recognised, checked for their flow, and planned with the caller's parameters. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { atRest, expect, fits, fixture, paste, useBrowser, verdict, write, written } from "./browser.mjs";

const visit = useBrowser();
const FLEET = fixture("templates/JITP041-fleet-template.json");
const SIGNING = fixture("templates/JITP041-signing-request.json");

/** The field of a parameter. */
const parameter = (page, name) => page.locator("#certificate").getByLabel(name, { exact: true });

/** Chooses a flow by hand, as a user does who knows it. */
async function choose(page, flow) {
  await page.locator(".options").evaluate((details) => (details.open = true));
  await page.getByLabel("Flow").selectOption(flow);
}

test("a fleet template is recognised, checked as such at a click, planned with its parameters, and back again", () =>
  visit({}, async (page) => {
    await write(page, FLEET);
    await verdict(page, "Fails at step 2");
    await atRest(page);
    await expect(page.locator("#template .finding"), "one finding, not one for each part").toHaveCount(1);
    await page.locator("#template").getByRole("button", { name: "Check as fleet provisioning" }).click();
    await page.locator("#plan-lead", { hasText: "RegisterThing over MQTT" }).waitFor();
    await expect.poll(() => page.locator("#certificate-name").innerText()).toBe("Request");

    await page.locator(".parameter-box", { hasText: "enter a value" }).waitFor();
    await parameter(page, "SerialNumber").fill("4711");
    await parameter(page, "Location").fill("attic");
    await verdict(page, "Provisions");
    await expect.poll(() => page.locator("#verdict").innerText()).toMatch(/the thing lamp-4711/);
    await expect(page.locator(".finding")).toHaveCount(0);
    await expect.poll(() => page.locator(".step .call-action").first().innerText()).toBe("CreateKeysAndCertificate");
    await expect.poll(() => page.locator(".parameters").innerText()).toMatch(/Location\s+attic\s+Given to RegisterThing/);

    await page.locator(".notice").getByRole("button", { name: "Back to JITP" }).click();
    await verdict(page, "Fails at step 2");
    await expect(page.locator(".parameter-box")).toBeHidden();
  }));

test("the flow is offered where the finding is underlined, too", () =>
  visit({}, async (page) => {
    await write(page, FLEET);
    await page.locator("#template .finding-jump").first().click();
    await page.locator(".cm-lintRange-error").first().hover();
    await page.locator(".cm-tooltip .cm-diagnosticAction", { hasText: "Check as fleet provisioning" }).click();
    await page.locator(".parameter-box").waitFor();
  }));

test("RegisterThing for one thing needs no certificate; a signing request goes in with its lines", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await write(page, SIGNING);
    await choose(page, "register-thing");
    await verdict(page, /Fails at step/);
    const names = Object.keys(JSON.parse(SIGNING).Parameters);
    await expect(page.locator(".parameter-box label")).toHaveText(names);
    const request = "-----BEGIN CERTIFICATE REQUEST-----\nMIIBAA==\n-----END CERTIFICATE REQUEST-----";
    for (const name of names) await parameter(page, name).fill(/CSR/i.test(name) ? request : "lamp-1");
    await verdict(page, "Provisions");
    await expect.poll(() => page.locator(".step .call-action").first().innerText()).toBe("CreateCertificateFromCsr");
    await expect.poll(() => page.locator(".parameters").innerText()).toMatch(/BEGIN CERTIFICATE REQUEST-----\s+MIIBAA==/);
    await page.getByLabel("Flow").selectOption("jitp");
    await verdict(page, "No certificate yet");
  }));

test("typed values stay as long as the parameters keep their names", () =>
  visit({}, async (page) => {
    await write(page, FLEET);
    await choose(page, "fleet");
    await parameter(page, "SerialNumber").fill("4711");
    await parameter(page, "Location").pressSequentially("attic");
    await verdict(page, "Provisions");
    await write(page, FLEET.replaceAll("Location", "Room").replace('"lamp"', '"bulb"'));
    await page.locator(".parameter-box label", { hasText: "Room" }).waitFor();
    await expect(parameter(page, "SerialNumber")).toHaveValue("4711");
    await expect(parameter(page, "Room")).toHaveValue("");
    await verdict(page, "Fails at step 2");
    await write(page, FLEET.replace('"lamp"', '"bulb"'));
    await page.locator("#verdict", { hasText: "bulb-4711" }).waitFor();
    await page.getByLabel("Flow").selectOption("jitp");
    await page.locator(".parameter-box").waitFor({ state: "hidden" });
    await page.getByLabel("Flow").selectOption("fleet");
    await page.locator("#verdict", { hasText: "bulb-4711" }).waitFor();
    await expect(parameter(page, "Location")).toHaveValue("attic");
  }));

test("a Default is shown until a value replaces it", () =>
  visit({}, async (page) => {
    const template = JSON.parse(FLEET);
    template.Parameters.Location.Default = "cellar";
    await write(page, JSON.stringify(template, null, 2));
    await choose(page, "fleet");
    await page.locator(".parameter-box", { hasText: "Default: cellar" }).waitFor();
    await parameter(page, "SerialNumber").fill("4711");
    await page.locator("#plan", { hasText: "thinggroup/cellar" }).waitFor();
    await parameter(page, "Location").fill("attic");
    await page.locator("#plan", { hasText: "thinggroup/attic" }).waitFor();
    await parameter(page, "Location").fill("");
    await page.locator("#plan", { hasText: "thinggroup/cellar" }).waitFor();
  }));

test("a private key is refused as a parameter as well", () =>
  visit({}, async (page) => {
    const key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----";
    await write(page, SIGNING);
    await choose(page, "register-thing");
    const field = page.locator(".parameter-box textarea").first();
    await paste(field, key);
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await field.fill(key);
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    await expect(field).toHaveValue("");
    await atRest(page);
    const all = await page.locator("body").innerText();
    assert.doesNotMatch(all, /c2VjcmV0/);
  }));

test("Region and account are used to check the policies, before there is any certificate", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.locator("#template .is-clean", { hasText: "No findings" }).waitFor();
    await page.locator(".options summary").click();
    await page.getByLabel("Region").fill("us-west-2");
    const finding = page.locator("#template .finding", { hasText: "JITP097" });
    await finding.first().waitFor();
    await expect.poll(() => finding.first().innerText()).toMatch(/us-west-2/);
    await page.getByLabel("Region").fill("eu-west-1");
    await finding.first().waitFor({ state: "detached" });
    await page.getByLabel("Account", { exact: true }).fill("210987654321");
    await finding.first().waitFor();
    await expect.poll(() => finding.first().innerText()).toMatch(/123456789012/);
  }));

test("the other flows read the template body itself", () =>
  visit({}, async (page) => {
    const input = JSON.stringify({ templateName: "lamps", type: "FLEET_PROVISIONING", enabled: true, templateBody: FLEET });
    await write(page, input);
    await choose(page, "fleet");
    const name = "Save template body";
    const save = async () => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      assert.equal(download.suggestedFilename(), "template-body.json");
      return readFileSync(await download.path(), "utf8");
    };
    assert.deepEqual(JSON.parse(await save()), JSON.parse(FLEET));
    await page.getByRole("button", { name: "Extract the body" }).click();
    await page.locator(".badge", { hasText: "Template body" }).waitFor();
    await expect(page.getByRole("button", { name: "Wrap in a config" })).toHaveCount(0);
    assert.deepEqual(JSON.parse(await save()), JSON.parse(FLEET));
  }));

test("a sample is for JITP; the user's template comes back with its flow", () =>
  visit({}, async (page) => {
    await write(page, FLEET);
    await choose(page, "fleet");
    await parameter(page, "SerialNumber").fill("4711");
    await parameter(page, "Location").fill("attic");
    await verdict(page, "Provisions");
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    await expect(page.getByLabel("Flow")).toHaveValue("jitp");
    await page.getByRole("button", { name: "Restore my work" }).click();
    await page.locator("#verdict", { hasText: "lamp-4711" }).waitFor();
    await expect(page.getByLabel("Flow")).toHaveValue("fleet");
    await expect.poll(() => written(page)).toMatch(/DeviceConfiguration/);
  }));

test("AWS refuses a template at the call of its flow", () =>
  visit({}, async (page) => {
    await choose(page, "fleet");
    await write(page, '{ "Resources": [] }');
    await verdict(page, "refuses this template");
    const when = page.locator("#template .finding-meta").first();
    await expect(when).toContainText("when created");
    await page.getByLabel("Flow").selectOption("jitp");
    await verdict(page, "refuses this template");
    await expect(when).toContainText("when attached");
  }));

test("a phone 320 pixels wide: from the offer to the plan", () =>
  visit({ viewport: { width: 320, height: 640 }, hasTouch: true }, async (page) => {
    const show = (view) => page.getByRole("navigation").getByRole("button", { name: view }).click();
    await show("Template");
    await write(page, FLEET);
    await show("Plan");
    await verdict(page, "Fails at step 2");
    await page.locator("#plan").getByRole("button", { name: "Check as fleet provisioning" }).click();
    await page.locator("#plan").getByRole("button", { name: "the request, 2 parameters missing" }).click();
    await fits(page, "request");
    await parameter(page, "SerialNumber").fill("4711");
    await parameter(page, "Location").fill("attic");
    await show("Plan");
    await verdict(page, "Provisions");
    await page.locator(".options summary").click();
    await fits(page, "plan");
  }));
