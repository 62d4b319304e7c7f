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

const certificate = (name) => ({ name: `${name}.pem`, mimeType: "text/plain", buffer: Buffer.from(fixture(`certificates/${name}.pem`)) });

/** Gives certificates in the place of the sample's. */
async function give(page, ...names) {
  await page.locator("[aria-label='Remove meter-000417']").evaluate((button) => button.click());
  await page.locator("#certificate-file").setInputFiles(names.map(certificate));
  await page.locator("#certificate .card").nth(names.length - 2).waitFor({ state: "attached" });
}

/** Each state: the part that it is about, which a narrow screen shows alone, and how one gets there. */
const STATES = {
  provisions: ["plan", async (page) => verdict(page, "Provisions")],
  fails: [
    "plan",
    async (page) => {
      await page.getByRole("button", { name: "Missing country" }).click();
      await verdict(page, /Fails at step/);
    },
  ],
  rejected: [
    "plan",
    async (page) => {
      await page.getByRole("button", { name: "Empty policy" }).click();
      await verdict(page, "Rejected when attached");
    },
  ],
  findings: [
    "template",
    async (page) => {
      await page.getByRole("button", { name: "Escaped typo" }).click();
      await page.locator("#template .finding").first().waitFor({ state: "attached" });
    },
  ],
  unfolded: [
    "template",
    async (page) => {
      await page.getByRole("button", { name: "Escaped typo" }).click();
      await page.getByRole("button", { name: "Unfolded" }).click();
    },
    "template",
  ],
  fleet: [
    "certificate",
    async (page) => {
      await page.locator(".cm-content").waitFor({ state: "attached" });
      await write(page, fixture("templates/JITP041-fleet-template.json"));
      await page.getByRole("button", { name: "Judge as fleet provisioning" }).first().click();
      await page.locator(".parameter-box [aria-invalid=true]").first().waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Dismiss" }).click();
    },
    "template",
  ],
  chain: [
    "certificate",
    async (page) => {
      await give(page, "chained", "signing-ca", "root-ca");
      await page.locator(".chain-name").nth(2).waitFor({ state: "attached" });
    },
  ],
  many: [
    "plan",
    async (page) => {
      await give(page, "chained", "rsa1024", "full", "expired");
      await page.locator(".fleet-table tbody tr").nth(3).waitFor({ state: "attached" });
    },
  ],
  viewer: [
    "certificate",
    async (page) => {
      await give(page, "chained", "signing-ca");
      await page.getByRole("button", { name: "All details of sensor-0130" }).click();
      await page.getByRole("dialog", { name: "sensor-0130" }).waitFor();
    },
    "certificate",
  ],
  sample: [
    "certificate",
    async (page) => {
      await page.getByRole("button", { name: "Make one that fits" }).click();
      await page.getByRole("dialog", { name: /A CA and a device/ }).waitFor();
    },
    "certificate",
  ],
  empty: [
    "plan",
    async (page) => {
      await page.locator("[aria-label='Remove meter-000417']").evaluate((button) => button.click());
      await write(page, "");
      await page.keyboard.press("Delete");
      await page.locator("#verdict", { hasText: "No template yet" }).waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Share" }).focus();
    },
    "template",
  ],
  share: [
    "plan",
    async (page) => {
      await page.getByRole("button", { name: "Share" }).click();
      await page.waitForFunction(() => /#jitp=/.test(document.querySelector("#share-link").value));
      // The address has another port each time.
      await page.locator("#share-link").evaluate((field) => (field.value = "https://docs.example.com/jitp/#jitp=1."));
    },
  ],
};

const PICTURES = Object.keys(STATES).flatMap((state) =>
  [WIDE, NARROW].flatMap((viewport) => ["light", "dark"].map((scheme) => [state, viewport, scheme])),
);

const nameOf = ([state, { width }, scheme]) => `${state}-${width}-${scheme}`;

for (const picture of PICTURES) {
  const [state, viewport, colorScheme] = picture;
  const name = nameOf(picture);
  test(`looks as it should: ${name}`, () =>
    visit({ viewport, colorScheme, deviceScaleFactor: SCALE, reducedMotion: "reduce" }, async (page) => {
      const [part, reach, from] = STATES[state];
      const show = (view) => viewport === NARROW && page.locator(`.nav-step[data-view=${view}]`).click();
      if (from) await show(from);
      await reach(page);
      if (await page.getByRole("dialog").count() === 0) await show(part);
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
  // On a wide screen, where all parts show, these differ in more than a line of text.
  const apart = ["provisions", "rejected", "findings", "many", "viewer", "empty"];
  const pictures = PICTURES.filter(([state, viewport]) => viewport === WIDE && apart.includes(state)).map(nameOf);
  for (const [i, one] of pictures.entries()) {
    for (const other of pictures.slice(i + 1)) {
      const off = difference(baseline(one), baseline(other));
      assert.ok(off > TOLERANCE, `${one} and ${other}: ${off}`);
    }
  }
});
