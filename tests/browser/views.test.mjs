/** What an embed shows: the verdict alone, and the bar that leads to the plan, to a link, to the playground and back to the author's content. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, atRest, expect, fits, newContext, paste, sample, verdict, verdictOnAll } from "./browser.mjs";
import { hash } from "./docs.mjs";
import { METER, OPEN, SENSOR, useFrames } from "./frames.mjs";

const frames = useFrames();

const frame =
  (work, query, attributes = "") =>
  (site) =>
    `<iframe title="The playground" width="100%" height="500" ${attributes} src="${site}?embed${query}${hash(work)}"></iframe>`;

test("the verdict alone is the banner and the reasons, loads neither editor nor details, and leads to the plan and back", () =>
  frames(frame(SENSOR, "&amp;view=verdict"), async (_page, { frame, inside }) => {
    await verdict(frame, "Fails at step 2");
    await frame.locator("#plan .finding", { hasText: "The certificate's subject has no country" }).waitFor();
    await atRest(inside);
    const [show, strip] = [frame.getByRole("button", { name: "Show the plan" }), frame.locator(".story")];
    await expect(show).toHaveAttribute("aria-expanded", "false");
    for (const part of [".story", ".options", "#template", "#certificate"]) await expect(frame.locator(part).first(), part).toBeHidden();
    const late = () => inside.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /(editor|below)-/.test(name)));
    await expect.poll(late, "no script that it does not need").toEqual([]);
    await accessible(inside);
    await show.click();
    await strip.waitFor();
    await frame.locator(".picture").first().waitFor();
    const hide = frame.getByRole("button", { name: "Hide the plan" });
    await expect(hide).toHaveAttribute("aria-expanded", "true");
    await hide.click();
    await expect(strip).toBeHidden();
    await expect(show).toBeVisible();
  }));

const STATES = {
  "nothing given": [{ template: "" }, "No template yet"],
  "no certificate": [{ template: METER.template }, "No certificate yet"],
  "not a template": [{ template: "hello" }, "Not a template"],
  "a refused template": [{ ...METER, template: sample("empty-policy.json") }, "AWS refuses this template"],
  "several devices": [{ ...SENSOR, certificates: [...SENSOR.certificates, ...METER.certificates] }, "of 2 devices"],
  "a device that cannot connect": [{ ...METER, template: METER.template.replaceAll("ACTIVE", "INACTIVE") }, "but it cannot connect yet"],
};

for (const [name, [work, words]] of Object.entries(STATES)) {
  test(`the verdict alone fits into 320 pixels: ${name}`, () =>
    frames(
      frame(work, "&amp;view=verdict"),
      async (page, { frame, inside }) => {
        await verdictOnAll(frame, words);
        await atRest(inside);
        await expect
          .poll(() => inside.evaluate(() => document.documentElement.scrollWidth - innerWidth), "it sticks out")
          .toBeLessThanOrEqual(0);
        await expect(frame.locator(".story")).toBeHidden();
        await fits(page);
      },
      { viewport: { width: 320, height: 700 } },
    ));
}

test("a cause of several devices opens the table with these", () =>
  frames(frame(STATES["several devices"][0], "&amp;view=verdict"), async (_page, { frame }) => {
    await frame.locator(".cause-count").first().click();
    await frame.locator(".fleet, .fleet-table, table").first().waitFor();
    await frame.getByRole("button", { name: "Hide the plan" }).waitFor();
  }));

test("Open in playground opens what the embed shows, with the user's changes", () =>
  frames(frame(METER, ""), async (_page, { frame, context, site }) => {
    await verdict(frame, "Provisions");
    const link = frame.getByRole("link", { name: "Open in playground" });
    const follow = async () => {
      const [opened] = await Promise.all([context.waitForEvent("page"), link.click()]);
      await opened.waitForSelector("html[data-ready]");
      return opened;
    };
    const same = await follow();
    assert.ok(same.url().startsWith(site) && !same.url().includes("embed"), same.url());
    await same.locator("#plan dd", { hasText: /^water-meter$/ }).waitFor();
    await verdict(same, "Provisions");
    await same.close();
    await frame.locator(".steps-nav").getByRole("button", { name: "Template" }).click();
    await frame.locator(".cm-content").press("ControlOrMeta+a");
    await paste(frame.locator(".cm-content"), METER.template.replaceAll("water-meter", "gas-meter"));
    await expect(frame.locator(".cm-content")).toContainText("gas-meter");
    const changed = await follow();
    await changed.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await changed.close();
  }));

test("Copy as iframe copies a frame that shows what was chosen", () =>
  frames(
    () => "",
    async (page, { frame, context, site }) => {
      const own = await context.newPage();
      await own.goto(`${site}?sample=no-country`);
      await verdict(own, /Fails/);
      await own.getByRole("button", { name: "Share" }).click();
      const dialog = own.getByRole("dialog", { name: "Share" });
      await dialog.getByLabel("The iframe shows").selectOption("the verdict");
      await dialog.getByRole("button", { name: "Copy as iframe" }).click();
      const copied = () => own.evaluate(() => navigator.clipboard.readText());
      const written =
        /^<iframe src="http[^"?]*\?embed&amp;view=verdict#jitp=1\.[\w-]+" title="[^"]+" loading="lazy" allow="clipboard-write" width="100%" height="240"><\/iframe>$/;
      await expect.poll(copied).toMatch(written);
      const html = await copied();
      await page.bringToFront();
      await page.evaluate((html) => document.querySelector("main").insertAdjacentHTML("beforeend", html), html);
      await frame.locator("#verdict").waitFor();
      await verdict(frame, /Fails/);
      await frame.getByRole("button", { name: "Show the plan" }).waitFor();
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

for (const [name, allow, permissions] of [
  ["may copy", 'allow="clipboard-write"', ["clipboard-read", "clipboard-write"]],
  ["may not", "", []],
]) {
  test(`Copy link in a frame of another origin that ${name}`, () =>
    frames(
      frame(METER, "&amp;view=plan", allow),
      async (page, { frame, site, inside }) => {
        await verdict(frame, "Provisions");
        await frame.getByRole("button", { name: "Copy link" }).click();
        const field = frame.getByRole("textbox", { name: "Link" });
        let url;
        if (permissions.length > 0) {
          await frame.locator(".notice", { hasText: "Link copied." }).waitFor();
          await expect(field).toBeHidden();
          await page.bringToFront();
          url = await page.evaluate(() => navigator.clipboard.readText());
        } else {
          await expect(frame.locator("#bar-note")).toContainText("The page around this frame does not let it copy.");
          await expect(field).toBeFocused();
          await expect
            .poll(() => field.evaluate((element) => element.selectionEnd - element.selectionStart === element.value.length))
            .toBe(true);
          url = await field.inputValue();
          await accessible(inside);
        }
        assert.ok(url.startsWith(`${site}#jitp=1.`), url);
        const guest = await (await newContext(inside.page().context().browser())).newPage();
        await guest.goto(url);
        await verdict(guest, "Provisions");
        await guest.locator("#certificate .card", { hasText: "meter-000417" }).waitFor();
        await guest.context().close();
      },
      { permissions, expected: /Permissions policy violation/ },
    ));
}

test("in a sandbox that opens no tab, the link is shown instead", () =>
  frames(
    frame(METER, "&amp;view=verdict", 'sandbox="allow-scripts"'),
    async (_page, { frame, site }) => {
      await verdict(frame, "Provisions");
      await frame.getByRole("link", { name: "Open in playground" }).click();
      await expect(frame.locator("#bar-note")).toContainText("does not let it open a tab");
      await expect(frame.getByRole("textbox", { name: "Link" })).toHaveValue(new RegExp(`^${site}#jitp=1\\.`));
    },
    { headers: OPEN, expected: /Blocked opening/ },
  ));

test("Reset leads back to the author's content, is there once something has changed, and can be undone", () =>
  frames(frame(METER, "&amp;view=editor"), async (page, { frame, inside }) => {
    const [reset, code] = [frame.getByRole("button", { name: "Reset" }), frame.locator(".cm-content")];
    await code.waitFor();
    await atRest(inside);
    await expect(reset).toBeHidden();
    await code.focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.insertText("gas");
    await expect(code).toContainText("gas{");
    await reset.click();
    await expect(code).not.toContainText("gas{");
    await expect(reset).toBeHidden();
    await frame.locator(".notice").getByRole("button", { name: "Undo" }).click();
    await expect(code).toContainText("gas{");
    await expect(reset).toBeVisible();
  }));

test("the frame fills its box, in every view, and nothing is below it", () =>
  frames(
    (site) => ["full", "plan", "editor", "verdict"].map((view) => frame(METER, `&amp;view=${view}`)(site)).join(""),
    async (page) => {
      for (const inside of page.frames().slice(1)) {
        await inside.waitForSelector("html[data-ready]");
        await atRest(inside);
        await expect
          .poll(() =>
            inside.evaluate(() => {
              const { height } = document.querySelector(".playground").getBoundingClientRect();
              return [height - innerHeight, document.documentElement.scrollHeight - innerHeight];
            }),
          )
          .toEqual([0, 0]);
      }
    },
  ));
