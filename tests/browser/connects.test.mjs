/** Access on the page: whether a provisioned device can connect, and what else it may do. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, answered, atRest, expect, fits, fixture, sample, useBrowser, verdict, write } from "./browser.mjs";

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
    for (const element of root.querySelectorAll("*")) {
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

const lit = (page) => page.locator("#editor").evaluate((host) => host.shadowRoot.querySelector(".cm-pointed")?.textContent ?? "");

test("a device that can connect is green, and the page says as whom", () =>
  visit({}, async (page) => {
    await verdict(page, /^Provisions$/);
    assert.ok(isGreen(await background(page)));
    await expect(page.locator(".verdict-status")).toContainText("Can connect as meter-000417");
    await expect(page.locator(".decision-box .decision")).toHaveText("Allowed to connect as meter-000417");
    assert.notDeepEqual(await greens(page, "#plan"), [], "the search for green finds it");
  }));

test("a device that is provisioned in vain is amber, nothing about it is green, and the page says why", () =>
  visit({}, async (page) => {
    await write(page, meter(ANOTHER));
    await verdict(page, "Provisioned, but it cannot connect");
    await atRest(page);
    assert.ok(isAmber(await background(page)), String(await background(page)));
    await expect(page.locator(".verdict-summary").first()).toContainText("cannot connect as meter-000417");
    await expect(page.locator(".verdict-status")).toContainText("Cannot connect as meter-000417");
    await expect.poll(() => page.locator("#announcer").innerText()).toMatch(/^Provisioned, but it cannot connect\./);
    await expect(page.locator(".nav-verdict")).toHaveText("Cannot connect");
    assert.deepEqual(await greens(page, "#plan"), []);
    await accessible(page);

    // The statement that comes nearest lights up when it is pointed at, and is selected when it is pressed.
    const nearest = page.locator(".decision-box .decision-statement .link");
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
    await expect(page.locator(".decision-box .decision")).toHaveText("Unknown to connect as meter-000417");
  }));

test("a device that only makes HTTPS calls need not connect", () =>
  visit({}, async (page) => {
    await write(page, meter({ Effect: "Allow", Action: "iot:AssumeRoleWithCertificate", Resource: `${ARN}rolealias/meters` }));
    await verdict(page, /^Provisions$/);
    assert.ok(isGreen(await background(page)));
    await expect(page.locator(".verdict-status")).toContainText("Makes HTTPS calls, does not connect");
    await expect(page.locator(".decision-box .decision")).toHaveText("HTTPS calls only");
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
    await expect(page.locator(".decision-box .decision")).toHaveText("Allowed to connect as meter-000417, but refused");
  }));
