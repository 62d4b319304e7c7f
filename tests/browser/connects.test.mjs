/** Access on the page: whether a provisioned device can connect, and what else it may do. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCertificates } from "../bench/certificates.mjs";
import { accessible, answered, atRest, expect, fits, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

/** The sample, with a policy that is written as an object, and other resources or statements in it. */
function meter(statement, change = (template) => template) {
  const template = JSON.parse(sample("provisions.json"));
  template.Resources.policy.Properties.PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement].flat() });
  return JSON.stringify(change(template), null, 2);
}

const ARN = "arn:aws:iot:eu-west-1:123456789012:";
const allow = (Action, ...resources) => ({ Effect: "Allow", Action, Resource: resources.map((resource) => ARN + resource) });
/** The certificate is that of meter-000417. */
const ANOTHER = allow("iot:Connect", "client/gauge-000417");
const ITSELF = allow("iot:Connect", "client/meter-000417");

const background = (page, what = "#verdict") =>
  page
    .locator(what)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor.match(/\d+/g).map(Number));
const isGreen = ([red, green, blue]) => green > red * 1.15 && green > blue * 1.15;
const isAmber = ([red, green, blue]) => red > green && green > blue * 1.5;

/** All greenish colours in a part of the page: of backgrounds, letters, borders and drawings. */
const greens = (page, part) =>
  page.locator(part).evaluate((root) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const seen = [];
    for (const element of [root, ...root.querySelectorAll("*")]) {
      if (element.getClientRects().length === 0) continue;
      const style = getComputedStyle(element);
      for (const name of ["backgroundColor", "color", "borderTopColor", "stroke", "fill"]) {
        if (!/^(rgb|color|oklch|light)/.test(style[name])) continue;
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = style[name];
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        if (alpha > 40 && green > red * 1.25 && green > blue * 1.15 && green - red > 25)
          seen.push(`${element.className} ${name} ${style[name]}`);
      }
    }
    return seen;
  });

// A statement has several lines, each with its own mark.
const lit = (page) =>
  page
    .locator("#editor")
    .evaluate((host) => [...host.shadowRoot.querySelectorAll(".cm-pointed")].map((mark) => mark.textContent).join("\n"));

test("a device that can connect is green, and the page says as whom", () =>
  visit({}, async (page) => {
    await verdict(page, /^Provisions$/);
    assert.ok(isGreen(await background(page)));
    await expect(page.locator(".verdict-summary")).toContainText("It can connect as meter-000417.");
    await expect(page.locator(".plan-body .decision-box .decision")).toHaveText("Connects as meter-000417: yes");
    assert.notDeepEqual(await greens(page, "#plan"), [], "the search for green finds it");
  }));

test("a device that is provisioned in vain is amber, nothing about it is green, and the page says why", () =>
  visit({}, async (page) => {
    await write(page, meter(ANOTHER));
    await verdict(page, "Provisioned, but it cannot connect");
    await atRest(page);
    assert.ok(isAmber(await background(page)), String(await background(page)));
    await expect(page.locator(".verdict-summary").first()).toContainText("cannot connect as meter-000417");
    await expect.poll(() => page.locator("#announcer").innerText()).toMatch(/^Provisioned, but it cannot connect\./);
    await expect(page.locator(".nav-verdict")).toHaveText("Cannot connect");
    assert.deepEqual(await greens(page, "#plan"), []);
    await accessible(page);
    // Not even what the policies allow in vain.
    await write(page, meter([ANOTHER, allow("iot:Publish", "topic/meters/*")]));
    await page.getByLabel("Can it", { exact: true }).selectOption("publish");
    await page.getByLabel("Topic", { exact: true }).fill("meters/1");
    await told(page, "Allowed");
    assert.deepEqual(await greens(page, "#plan"), []);

    // The statement that comes nearest lights up when it is pointed at, and is selected when it is pressed.
    const nearest = page.locator(".plan-body .decision-box .decision-statement .link");
    await nearest.hover();
    await expect.poll(() => lit(page)).toContain("client/gauge-000417");
    await nearest.press("Enter");
    await expect
      .poll(() => page.locator("#editor").evaluate((host) => host.shadowRoot.getSelection()?.toString() ?? ""))
      .toContain("client/gauge-000417");

    // The near miss: one word of the policy.
    await write(page, meter(ITSELF));
    await verdict(page, /^Provisions$/);
    assert.ok(isGreen(await background(page)));
  }));

test("an answer that is open is neither green nor amber, and the page says what would decide it", () =>
  visit({}, async (page) => {
    const grouped = (template) => {
      template.Resources.meter.Properties.ThingGroups = ["quarantine"];
      return template;
    };
    await write(page, meter(ITSELF, grouped));
    await verdict(page, "Provisioned, access unknown");
    const colour = await background(page);
    assert.ok(!isGreen(colour) && !isAmber(colour), String(colour));
    await expect(page.locator("#verdict")).toContainText("This would decide it: the policies of the thing group quarantine.");
    await expect(page.locator(".plan-body .decision-box .decision")).toHaveText("Connects as meter-000417: not known");
    // A right that is open is not counted as one that is given, and what is not known is no warning.
    await expect(page.getByText(/^Rights: /)).toHaveText("Rights: 1 unknown");
    await expect(page.locator(".plan-body")).toContainText(["It is not known whether it may act as meter-000418."]);
    await expect(page.locator(".plan-body .decision-broker")).toHaveCount(0);
  }));

test("a device that only makes HTTPS calls need not connect", () =>
  visit({}, async (page) => {
    await write(page, meter({ Effect: "Allow", Action: "iot:AssumeRoleWithCertificate", Resource: `${ARN}rolealias/meters` }));
    await verdict(page, /^Provisions$/);
    assert.ok(isGreen(await background(page)));
    await expect(page.locator(".verdict-summary")).toContainText("It can make HTTPS calls");
    await expect(page.locator(".plan-body .decision-box .decision")).toHaveText("HTTPS calls only");
    await expect(page.locator(".plan-body .decision-box .tone-warn")).toHaveCount(0);
  }));

test("a certificate that stays INACTIVE cannot connect yet", () =>
  visit({}, async (page) => {
    await write(
      page,
      meter(ITSELF, (template) => {
        template.Resources.certificate.Properties.Status = "INACTIVE";
        return template;
      }),
    );
    await verdict(page, "Provisioned, but it cannot connect yet");
    assert.ok(isAmber(await background(page)));
    await expect(page.locator(".plan-body .decision-box .decision")).toHaveText(
      "Connects as meter-000417: no, refused although the policies allow it",
    );
  }));

/** The form, and its answer once it is there. */
const form = (page) => page.locator(".can-it");
const told = async (page, words) => {
  await answered(page);
  await expect(page.locator(".can-answer .decision")).toHaveText(words);
};

test("the form answers while the user types, and lights the statement", () =>
  visit({}, async (page) => {
    const Statement = [
      ITSELF,
      allow("iot:Publish", "topic/meters/${iot:Connection.Thing.ThingName}/*"),
      allow("iot:Subscribe", "topicfilter/meters/${iot:Connection.Thing.ThingName}/*"),
      { Effect: "Deny", Action: "iot:Publish", Resource: `${ARN}topic/meters/*/secret` },
    ];
    await write(page, meter(Statement));
    await verdict(page, /^Provisions$/);
    await expect(page.getByLabel("Client ID")).toHaveAttribute("placeholder", "meter-000417");
    await told(page, "Allowed");

    // Connecting as another device.
    await page.getByLabel("Client ID").fill("meter-000418");
    await told(page, "Denied");
    await expect(page.locator(".can-answer")).toContainText("meter-000418");
    await expect.poll(() => lit(page), "the statement is lit while the field has the focus").toContain("client/");
    await page.getByLabel("Client ID").fill("");
    await told(page, "Allowed");

    await page.getByLabel("Can it", { exact: true }).selectOption("publish");
    await expect(page.locator(".can-answer")).toContainText("Type a topic to get an answer.");
    const height = () => page.locator(".can-answer").evaluate((element) => element.getBoundingClientRect().height);
    const before = await height();
    await page.getByLabel("Topic", { exact: true }).pressSequentially("meters/meter-000417/state");
    await told(page, "Allowed");
    assert.equal(await height(), before, "nothing below moves");
    await page.getByLabel("Topic", { exact: true }).fill("meters/meter-000418/state");
    await told(page, "Denied");
    await expect(page.locator(".can-answer .decision-statement")).toContainText("Nearest statement: Allow in statement 2 of policy");
    await page.getByLabel("Topic", { exact: true }).fill("meters/meter-000417/secret");
    await told(page, "Denied");
    await expect(page.locator(".can-answer .decision-statement")).toContainText("Deciding statement: Deny in statement 4 of policy");
    await expect.poll(() => lit(page)).toContain("secret");

    // Without the client ID that is the thing's name, the variable has no value.
    await page.getByLabel("Topic", { exact: true }).fill("meters/meter-000417/state");
    await told(page, "Allowed");
    await page.getByLabel("Client ID").fill("gateway-9");
    await told(page, "Denied");
    await page.getByLabel("Client ID").fill("");

    await page.getByLabel("Can it", { exact: true }).selectOption("subscribe");
    await page.getByLabel("Topic filter").fill("meters/meter-000417/#");
    await told(page, "Allowed");
    await page.getByLabel("Topic filter").fill("meters/#");
    await told(page, "Denied");

    await page.getByLabel("Can it", { exact: true }).selectOption("call");
    await expect(page.getByLabel("Client ID")).toBeHidden();
    await page.getByLabel("Action").fill("iot:GetThingShadow");
    await page.getByLabel("Resource").fill("thing/meter-000417");
    await told(page, "Denied");
    await accessible(page);

    // The answer follows the template.
    await page.getByLabel("Can it", { exact: true }).selectOption("connect");
    await told(page, "Allowed");
    await write(page, meter(ANOTHER));
    await told(page, "Denied");
    // Nobody asks about a device that is not provisioned.
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, "Fails at step 2");
    await expect(form(page)).toBeHidden();
  }));

test("the form holds on a phone, in both schemes, by keyboard alone", () =>
  visit({ viewport: { width: 390, height: 840 } }, async (page) => {
    await verdict(page, "Provisions");
    await page.getByLabel("Can it", { exact: true }).focus();
    await page.keyboard.press("p");
    await page.keyboard.press("Tab");
    await page.keyboard.type("meters/meter-000417/state");
    await told(page, "Allowed");
    await page.keyboard.press("Enter");
    await told(page, "Allowed");
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await accessible(page, colorScheme);
      await fits(page, colorScheme);
    }
  }));

test("the table tells devices that are provisioned in vain from the others, and is narrowed to them", () =>
  visit({}, async (page) => {
    // A policy for one of the devices only.
    const [one, two] = makeCertificates(2);
    await page
      .locator("#certificate-file")
      .setInputFiles({ name: "three.pem", mimeType: "text/plain", buffer: Buffer.from(one.pem + two.pem + sample("water-meter.pem")) });
    await page.locator(".fleet .part-title", { hasText: /^3 certificates$/ }).waitFor();
    await write(page, meter(ITSELF));
    const chip = page.locator(".fleet-chip", { hasText: "cannot connect" });
    await chip.waitFor();
    await answered(page);
    await expect(chip).toHaveText("2 cannot connect");
    const word = (n) => page.locator(".fleet-table tbody tr").nth(n).locator(".fleet-verdict");
    await expect(word(0)).toHaveText("No connection");
    await expect(word(2)).toHaveText("Provisions");
    await expect(page.locator(".fleet-table tbody tr").first().locator(".fleet-cause")).toContainText("cannot connect");
    assert.deepEqual(await greens(page, ".fleet-table tbody tr:first-child"), []);
    assert.notDeepEqual(await greens(page, ".fleet-table tbody tr:last-child"), [], "the one that connects is green");
    assert.deepEqual(await greens(page, ".fleet-counts"), []);
    await chip.click();
    await expect(page.locator(".fleet-table tbody tr")).toHaveCount(2);
    await accessible(page);
  }));

test("the part on access lists the rights, the first minute, and what the device may do as another", () =>
  visit({}, async (page) => {
    const own = allow("iot:Publish", "topic/meters/${iot:Connection.Thing.ThingName}/*");
    await write(page, meter([ITSELF, own, allow("iot:Receive", "topic/meters/${iot:ClientId}/*"), allow("iot:Publish", "topic/meters/*")]));
    await verdict(page, "Provisions");
    await page.getByText(/^Rights: 4 allowed$/).click();
    await expect(page.locator(".rights th")).toHaveText(["Connect", "Publish", "Receive"]);
    await expect(page.locator(".rights")).toContainText("meters/meter-000417/*");
    await expect(page.locator(".access-may")).toContainText("It may publish to meters/meter-000417/* and meters/*; receive from");
    await expect(page.locator(".moment").first()).toContainText("The first connection is dropped");
    // The others' topics are open to it, until the last statement is gone.
    const warning = page.locator(".plan-body .decision-broker");
    await expect(warning).toContainText("meter-000418");
    await accessible(page);
    await write(page, meter([ITSELF, own]));
    await expect(warning).toHaveCount(0);
  }));
