/** A first visit: the page's content, its answers to the user's actions, and its size. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { atRest, DIST, expect, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

test("a first visit shows a plan that provisions", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    await expect(page.locator("#playground")).toHaveAttribute("lang", "en");
    await expect(page.locator(".step-done")).toHaveCount(6);
    await page.locator("#step-1").click();
    const actions = page.locator(".step .call:first-child .call-action");
    await expect(actions).toHaveCount(6);
    await expect(actions.first()).toHaveText("RegisterCertificate");
    await expect(actions.last()).toHaveText("UpdateCertificate");
    await expect.poll(() => page.locator(".parameters").innerText()).toMatch(/CommonName\s+meter-000417\s+Subject attribute CN/);
    await expect.poll(() => page.locator(".parameters").innerText()).toMatch(/OrganizationalUnit\s+unassigned\s+Default/);
    await expect.poll(() => page.locator("#announcer").innerText()).toMatch(/^Provisions\./);
    await expect(page.locator("#certificate .card")).toHaveCount(1);
    await expect.poll(() => page.locator("#template .facts").innerText()).toMatch(/Template body[\s\S]*of 10,240/);
  }));

test("every sample shows what its name says", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step \d/);
    await expect(page.locator(".step-failed")).toHaveCount(1);
    await expect.poll(() => page.locator(".origin-missing").innerText()).toMatch(/Country/);
    await expect(page.locator("#plan .part-title", { hasText: "Where to look in AWS" }).first()).toBeVisible();

    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    await expect(page.locator(".step-done")).toHaveCount(0);

    await page.getByRole("button", { name: "Escaped typo" }).click();
    await verdict(page, "Fails at step 3");
    await expect(page.locator(".step-done")).toHaveCount(2);

    await page.getByRole("button", { name: "Provisions" }).click();
    await verdict(page, "Provisions");
    await expect(page.getByRole("button", { name: "Provisions" })).toHaveAttribute("aria-pressed", "true");
  }));

test("the plan follows the template as it is typed", () =>
  visit({}, async (page) => {
    await write(page, sample("provisions.json").replace('"water-meter"', '"gas-meter"'));
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await verdict(page, "Provisions");
    await expect(page.locator(".sample[aria-pressed=true]")).toHaveCount(0);

    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("[");
    await verdict(page, "refuses this template");
    await page.keyboard.press("ControlOrMeta+z");
    await verdict(page, "Provisions");
  }));

test("an empty editor and no certificate each say what to do", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await verdict(page, "No certificate yet");
    await expect.poll(() => page.locator("#plan").innerText()).toMatch(/AWS::IoT::Certificate::Country/);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await verdict(page, "No template yet");
    await expect(page.locator(".finding")).toHaveCount(0);
  }));

test("nothing is claimed about a template that is only named", () =>
  visit({}, async (page) => {
    await write(page, '{ "templateName": "meters" }');
    await verdict(page, "Only a template name");
    await atRest(page);
    await expect(page.locator(".step")).toHaveCount(0);
  }));

test("what-if options change the plan, and half-typed ones are not used", () =>
  visit({}, async (page) => {
    await page.locator(".options summary").click();
    await page.getByLabel("Region").fill("ap-south-1");
    await page.getByLabel("Account", { exact: true }).fill("210987654321");
    const arn = page.locator("#plan .made-arn", { hasText: "arn:aws:iot:ap-south-1:210987654321:thing/meter-000417" });
    await arn.waitFor();
    await page.getByLabel("Account", { exact: true }).fill("2109");
    await expect(page.getByLabel("Account", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await arn.waitFor({ state: "detached" });
    await page.getByLabel("SerialNumber is").selectOption("certificate");
    await page.locator(".parameters", { hasText: "3430126361153264920" }).waitFor();
    await expect.poll(() => page.locator(".options").evaluate((details) => details.open), "the options stay open").toBeTruthy();
    await page.getByRole("button", { name: "Reset" }).click();
    await page.locator(".parameters", { hasText: "WM-000417" }).waitFor();
    await expect(page.getByLabel("Region")).toHaveValue("");
    await expect(page.getByLabel("SerialNumber is")).toHaveValue("auto");
    await expect(page.getByRole("button", { name: "Reset" })).toBeHidden();
  }));

test("the user's template comes back after a sample replaced it", () =>
  visit({}, async (page) => {
    await write(page, sample("provisions.json").replace('"water-meter"', '"my-own-meter"'));
    await page.locator("#plan dd", { hasText: "my-own-meter" }).waitFor();
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    await page.getByRole("button", { name: "Restore my work" }).click();
    await verdict(page, "Provisions");
    await page.locator("#plan dd", { hasText: "my-own-meter" }).waitFor();
  }));

test("the editor is requested once the first plan is shown, and does not delay it", () =>
  visit(
    {
      init: () => {
        new MutationObserver((_, observer) => {
          if (!/Provision(s|ed)/.test(document.querySelector("#verdict")?.textContent ?? "")) return;
          globalThis.planned = performance.now();
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true, characterData: true });
      },
    },
    async (page) => {
      const { planned, editor } = await page.evaluate(() => ({
        planned: globalThis.planned,
        editor: performance.getEntriesByType("resource").find(({ name }) => /editor-/.test(name))?.startTime,
      }));
      assert.ok(planned > 0 && editor > planned, `the plan at ${planned}, the editor at ${editor}`);
    },
  ));

/** The files of the built page that the browser requested before the first paint, and those after it. */
async function loads(page, requested) {
  const base = page.url();
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  const late = await page.evaluate(() => {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    const resources = performance.getEntriesByType("resource");
    return resources.filter(({ startTime }) => startTime > painted.startTime).map(({ name }) => name);
  });
  const file = (url) => url.slice(base.length) || "index.html";
  return {
    first: ["favicon.svg", ...requested.filter((url) => !late.includes(url)).map(file)],
    later: late.filter((url) => requested.includes(url)).map(file),
  };
}

const weight = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length, 0);

test("without the wasm, which has its own limit, the first load weighs at most 78.5 kB gzipped, and the editor comes after the first paint", () =>
  visit({}, async (page, { requested }) => {
    const { first, later } = await loads(page, requested);
    const editor = later.find((file) => /editor-/.test(file));
    assert.ok(editor, `the editor is not among what came later: ${later}`);
    // With what it shares with the editor.
    const below = later.filter((file) => /(below|access|decision|plan)-[\w-]+\.js$/.test(file));
    assert.ok(below.length > 0, `what is below the steps is not among what came later: ${later}`);
    // The wasm may come before or after the paint; it belongs to the first load in any case.
    // What keeps the work comes after the first plan, too.
    const keeping = later.filter((file) => /(documents|store|limits)-/.test(file));
    // The worker for what follows a press, and what reads rows for many.
    const pressed = later.filter((file) => /(late-start|judged)-/.test(file));
    assert.equal(pressed.length, 2, `the second worker's script and the rows of many are not among what came later: ${later}`);
    const others = [editor, ...below, ...keeping, ...pressed];
    const files = [...first, ...later.filter((file) => !others.includes(file))];
    for (const ending of [".html", ".css", ".js", ".wasm"])
      assert.ok(
        files.some((file) => file.endsWith(ending)),
        `${files}`,
      );
    const own = files.filter((file) => !file.endsWith(".wasm"));
    // Compressors differ a little.
    assert.ok(weight(own) <= 78_500, `${weight(own)} bytes`);
    assert.ok(weight([editor]) <= 204_500, `the editor: ${weight([editor])} bytes`);
    assert.ok(weight(below) <= 19_000, `below the steps: ${weight(below)} bytes`);
    // A file that no visitor loads is either another page, the script of the package's pool, which Vite copies, or a mistake.
    const all = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const loaded = [...files, ...others];
    const never = all.map(({ name }) => name).filter((name) => !loaded.some((file) => file.endsWith(name)));
    assert.deepEqual(
      never.filter((name) => !/^((rules?|embed|embedding|element|not-started|worker)[-.]|(sw\.js|licences\.txt)$)/.test(name)),
      [],
    );
  }));
