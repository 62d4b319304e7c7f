/**
 * How the page looks, against pictures that somebody has looked at. They are taken at a quarter of the size, where type is grey
 * texture: a machine with other fonts passes, a panel in the wrong place or a colour scheme gone wrong does not.
 * `UPDATE_BASELINES=1 node --test tests/browser/looks.test.mjs` takes them anew; look at them before you commit.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { fixture, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

const FOLDER = new URL("baselines/", import.meta.url);
const SCALE = 0.25;
/** How far a pixel may be off, from 0 to 1, and how many of them may be further off, as a part of all. */
const THRESHOLD = 0.2;
const TOLERANCE = 0.03;

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 840 };

const baseline = (name) => PNG.sync.read(readFileSync(new URL(`${name}.png`, FOLDER)));

/** The part of the pixels that are not alike. */
function difference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return 1;
  return pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: THRESHOLD }) / (a.width * a.height);
}

const STATES = {
  provisions: async (page) => verdict(page, "Provisions"),
  fails: async (page) => {
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
  },
  rejected: async (page) => {
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "Rejected when attached");
  },
  fleet: async (page) => {
    await write(page, fixture("templates/JITP041-fleet-template.json"));
    await page.getByRole("button", { name: "Judge as fleet provisioning" }).first().click();
    await page.locator(".parameter-box [aria-invalid=true]").first().waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
  },
  empty: async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await verdict(page, "No template yet");
    await page.getByRole("button", { name: "Share" }).focus();
  },
  share: async (page) => {
    await page.getByRole("button", { name: "Share" }).click();
    await page.waitForFunction(() => /#jitp=/.test(document.querySelector("#share-link").value));
    // The address has another port each time.
    await page.locator("#share-link").evaluate((field) => (field.value = "https://docs.example.com/jitp/#jitp=1."));
  },
};

const PICTURES = [
  ["provisions", WIDE, "light"],
  ["provisions", NARROW, "dark"],
  ["fails", WIDE, "dark"],
  ["fails", NARROW, "light"],
  ["rejected", WIDE, "light"],
  ["fleet", WIDE, "light"],
  ["empty", WIDE, "dark"],
  ["share", NARROW, "light"],
];

const nameOf = ([state, { width }, scheme]) => `${state}-${width}-${scheme}`;

for (const picture of PICTURES) {
  const [state, viewport, colorScheme] = picture;
  const name = nameOf(picture);
  test(`looks as it should: ${name}`, () =>
    visit({ viewport, colorScheme, deviceScaleFactor: SCALE, reducedMotion: "reduce" }, async (page) => {
      await STATES[state](page);
      await page.mouse.move(2, 2);
      await page.waitForTimeout(400);
      const taken = await page.screenshot({ caret: "hide", animations: "disabled" });
      const file = new URL(`${name}.png`, FOLDER);
      if (process.env.UPDATE_BASELINES) writeFileSync(file, taken);
      assert.ok(existsSync(file), `there is no baseline ${name}.png`);
      const off = difference(PNG.sync.read(taken), baseline(name));
      if (off > TOLERANCE) writeFileSync(new URL(`../../target/${name}-taken.png`, import.meta.url), taken);
      assert.ok(off <= TOLERANCE, `${(off * 100).toFixed(1)} % of the picture differ; what was taken is in target/`);
    }));
}

test("the tolerance tells states and colour schemes apart", () => {
  const sameSize = PICTURES.filter(([, { width }]) => width === WIDE.width).map(nameOf);
  for (const [i, one] of sameSize.entries()) {
    for (const other of sameSize.slice(i + 1)) {
      const off = difference(baseline(one), baseline(other));
      assert.ok(off > TOLERANCE, `${one} and ${other}: ${off}`);
    }
  }
});
