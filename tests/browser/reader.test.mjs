/**
 * A person who has never heard of JITP opens the page and reads for ten seconds: what a screen reader says of the plan, in its order, is what
 * will happen, step by step.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { atRest, expect, useBrowser, verdict } from "./browser.mjs";

const visit = useBrowser();
const viewport = { width: 1366, height: 768 };

/** What the page says of the first sample, in this order. Each line is a part of what is said. */
const STORY = [
  "Provisions",
  "The device is provisioned as the thing meter-000417, its certificate becomes ACTIVE. It can connect as meter-000417.",
  "What happens, in six steps",
  "1 . Register certificate : Done . meter-000417 , PENDING_ACTIVATION . RegisterCertificate",
  "2 . Create thing : Done . meter-000417 , type water-meter , billing group metering . CreateThing + 1",
  "3 . Create policy : Done . <hash of the document> . CreatePolicy",
  "4 . Attach policy to certificate : Done . <hash of the document> . AttachPolicy",
  "5 . Attach certificate to thing : Done . meter-000417 . AttachThingPrincipal",
  "6 . Set certificate's status : Done . ACTIVE . UpdateCertificate",
  "Access",
  "Connects as meter-000417: yes",
  "It may publish to",
  "Can it …?",
  "The first minute",
  "The first connection is dropped",
  "The device connects again",
  "CONNECT",
];

/** The tree of the plan as one text: roles are left out, spaces and punctuation are made alike. */
const told = (text) => text.replaceAll(/\s*([.,:])(?=\s|$)/g, " $1").replaceAll(/\s+/g, " ");

test("the plan reads as a story: the verdict, six steps with what they make, access, the first minute", () =>
  visit({ viewport }, async (page) => {
    await verdict(page, "Provisions");
    await atRest(page);
    const snapshot = await page.locator("#plan").ariaSnapshot();
    const text = told(
      snapshot
        .replaceAll(/^\s*- /gm, " ")
        .replaceAll('"', " ")
        .replaceAll("''", "'")
        .replaceAll("\\", ""),
    );
    let at = 0;
    for (const line of STORY) {
      const found = text.indexOf(told(line), at);
      assert.ok(found >= at, `"${line}" is not said after ${at} of:\n${snapshot}`);
      at = found + 1;
    }
    // The steps are a list of six buttons, under a heading.
    const steps = page.getByRole("group", { name: "What happens, in six steps" }).getByRole("listitem");
    await expect(steps.getByRole("button")).toHaveCount(6);
    const levels = await page.locator("#plan :is(h2, h3, h4)").evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    assert.ok(
      levels.every((level, i) => i === 0 || level <= levels[i - 1] + 1),
      `the headings skip a level: ${levels}`,
    );
  }));

for (const [name, words, state] of [
  ["Provisions", "Provisions", "Done"],
  ["Missing country", "Fails at step 2", "Fails here"],
  ["Empty policy", "refuses this template", "Not reached"],
]) {
  test(`what happens is above the fold at 1366 by 768: ${name}`, () =>
    visit({ viewport }, async (page) => {
      await page.getByRole("button", { name, exact: true }).click();
      await verdict(page, words);
      await expect(page.locator(".step-state", { hasText: state }).first()).toBeVisible();
      const boxes = () =>
        page.locator("#verdict, .step-press").evaluateAll((all) =>
          all.map((element) => {
            const { top, bottom } = element.getBoundingClientRect();
            return top >= 0 && bottom <= window.innerHeight;
          }),
        );
      await expect.poll(boxes).toEqual(Array(7).fill(true));
    }));
}

test("a press opens a step: the request, the ARN, the cause of a failure, what it needs", () =>
  visit({ viewport }, async (page) => {
    await page.getByRole("button", { name: "Missing country", exact: true }).click();
    await verdict(page, "Fails at step 2");
    const step = page.locator("#step-2");
    await expect(step).toHaveAttribute("aria-expanded", "false");
    await expect(page.locator("#step-2-more")).toBeHidden();
    await step.press("Enter");
    await expect(step).toHaveAttribute("aria-expanded", "true");
    await expect(step, "the focus stays").toBeFocused();
    const more = page.locator("#step-2-more");
    await expect(more).toContainText("The certificate's subject has no country (C)");
    await expect(more).toContainText("Needs the result of step 1.");
    await expect(more.locator(".call-action")).toHaveText(["CreateThing", "AddThingToThingGroup"]);
    await page.locator("#step-1").click();
    await expect(more, "one is open at a time").toBeHidden();
    await expect(page.locator("#step-1-more .call-arn")).toContainText(":cert/");
  }));

test("the strip has six columns if there is space, and six rows if not; its states show in forced colours, too", () =>
  visit({ viewport: { width: 2400, height: 900 }, forcedColors: "active" }, async (page) => {
    await verdict(page, "Provisions");
    const tops = () =>
      page.locator(".step-press").evaluateAll((all) => new Set(all.map((step) => Math.round(step.getBoundingClientRect().top))).size);
    await expect.poll(tops).toBe(1);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(tops).toBe(6);
    await expect(page.locator(".step-state .icon").first()).toBeVisible();
    await expect(page.locator(".step-state").first()).toHaveText("Done");
  }));
