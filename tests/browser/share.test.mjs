/** Shared work and saved work: links, files, a reload, and Forget everything. */

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { accessible, atRest, expect, newContext, paste, sample, storage, stored, useBrowser, verdict, write, written } from "./browser.mjs";

const visit = useBrowser();

const mine = sample("provisions.json").replace('"water-meter"', '"gas-meter"');
const pack = (work) => deflateRawSync(typeof work === "string" ? work : JSON.stringify(work)).toString("base64url");

/** Opens Share and reads the link. */
async function link(page, { certificates = false } = {}) {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  /** The link, once it is a new one. */
  const other = (before) =>
    page
      .waitForFunction((before) => {
        const { value } = document.querySelector("#share-link") ?? { value: "" };
        return /#jitp=/.test(value) && value !== before && value;
      }, before)
      .then((found) => found.jsonValue());
  const without = await other("");
  if (!certificates) return without;
  // Each tick creates a new link.
  await dialog.getByLabel(/^Include the .*certificate/).check();
  return other(without);
}

/** Follows a link in another browser, as another person would. */
async function follow(_page, context, url, scenario) {
  const other = await newContext(context.browser());
  try {
    const guest = await other.newPage();
    await guest.goto(url);
    await guest.waitForSelector("html[data-ready]");
    await scenario(guest);
  } finally {
    await other.close();
  }
}

test("a link shows a colleague the template, and certificates only if ticked", () =>
  visit({}, async (page, { context }) => {
    await write(page, mine);
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    const without = await link(page);
    await page.keyboard.press("Escape");
    const together = await link(page, { certificates: true });
    assert.ok(together.length > without.length);
    await follow(page, context, without, async (guest) => {
      // The values of the subject that the template uses came along, so the verdict is the same.
      await verdict(guest, "Provisions");
      const card = guest.getByRole("group", { name: "From values of a subject, not a certificate" });
      await expect(card.getByRole("listitem")).toContainText([/meter-000417/, /NL/, /WM-000417/]);
      await expect(card.getByRole("listitem")).toHaveCount(3);
      await expect(guest.locator("#certificate .card.is-chosen")).toHaveCount(0);
      await card.getByRole("button", { name: "Remove the values" }).click();
      await verdict(guest, "No certificate yet");
      await guest.locator("#plan-title").click();
      await guest.keyboard.press("ControlOrMeta+z");
      await guest.locator(".notice", { hasText: "Undone: values of a subject removed." }).waitFor();
      await verdict(guest, "Provisions");
      await atRest(guest);
      assert.equal(new URL(guest.url()).hash, "", "the address is the page's own again");
    });
    await follow(page, context, together, async (guest) => {
      await guest.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
      await verdict(guest, "Provisions");
      await guest.locator("#certificate .card", { hasText: "meter-000417" }).waitFor();
      await atRest(guest);
      await expect(guest.locator(".notice"), "a first visitor has lost nothing").toHaveCount(0);
    });
  }));

test("the choices under What if are in the link", () =>
  visit({}, async (page, { context }) => {
    await page.locator(".options summary").click();
    await page.getByLabel("Region").fill("ap-south-1");
    await page.getByLabel("Clock").fill("2031-05-06T07:08");
    const url = await link(page, { certificates: true });
    await follow(page, context, url, async (guest) => {
      await guest.locator(".options-now", { hasText: "ap-south-1 · no account · serial number: auto · 2031-05-06 07:08 UTC" }).waitFor();
      await guest.locator("#plan .made-arn", { hasText: "arn:aws:iot:ap-south-1:" }).first().waitFor();
      await expect(guest.locator("#option-region")).toHaveValue("ap-south-1");
    });
  }));

test("a link does not lose the work of the user who opens it", () =>
  visit({}, async (page) => {
    await write(page, mine);
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await page.evaluate((hash) => (location.hash = hash), `#jitp=1.${pack({ template: sample("empty-policy.json") })}`);
    await page.locator(".badge", { hasText: "Registration config" }).waitFor();
    await page.locator(".notice", { hasText: "The shared link is open as new work." }).waitFor();
    await page.getByRole("button", { name: "Back to my work" }).click();
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await verdict(page, "Provisions");
  }));

const good = pack({ template: "{}" });
const BROKEN = {
  "cut short": `#jitp=1.${good.slice(0, -4)}`,
  "not base64": "#jitp=1.{}",
  "no version": `#jitp=${good}`,
  "of a version to come": `#jitp=2.${good}`,
  "with a strange version": `#jitp=x.${good}`,
  "not JSON": `#jitp=1.${pack("{")}`,
  "of another shape": `#jitp=1.${pack({ template: 7 })}`,
  "with certificates of another shape": `#jitp=1.${pack({ template: "", certificates: ["x"] })}`,
  "that expands to far too much": `#jitp=1.${pack(JSON.stringify({ template: "x".repeat(30_000_000) }))}`,
};

for (const [name, hash] of Object.entries(BROKEN)) {
  test(`a link ${name} is reported, and the page works on`, () =>
    visit({}, async (page) => {
      await page.evaluate((hash) => (location.hash = hash), hash);
      const notice = page.locator(".notice-warning", { hasText: "The link could not be read." });
      await notice.waitFor();
      await expect.poll(async () => /newer version/.test(await notice.innerText())).toBe(name === "of a version to come");
      await verdict(page, "Provisions");
      assert.equal(new URL(page.url()).hash, "");
    }));
}

test("a link that is too long warns, and a file replaces it", () =>
  visit({}, async (page) => {
    // Names from a generator of numbers do not compress.
    let seed = 1;
    const noise = Array.from({ length: 1_500 }, () => (seed = (seed * 48_271) % 2_147_483_647).toString(36));
    await write(page, JSON.stringify({ Resources: {}, Mappings: noise }));
    const url = await link(page);
    assert.ok(url.length > 8_000, String(url.length));
    await expect.poll(() => page.locator("#share-note").innerText()).toMatch(/Many programs cut links.*save a file instead/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
    await page.keyboard.press("Escape");
    const path = await download.path();
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails/);
    await page
      .locator("#template-file")
      .setInputFiles({ name: "jitp-work.json", mimeType: "application/json", buffer: readFileSync(path) });
    await page.locator(".notice", { hasText: "The work in jitp-work.json replaced yours." }).waitFor();
    await page.locator("#template .finding", { hasText: "Mappings" }).first().waitFor();
  }));

test("a private key goes into no link and no store, whatever input it came from", () =>
  visit({}, async (page) => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(String(generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" })));
    const kept = await stored(page, ({ template }) => template === "");
    assert.doesNotMatch(kept, /PRIVATE/);
    const url = await link(page, { certificates: true });
    const work = await page.evaluate(async (packed) => {
      const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
      return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
    }, url.split("#jitp=1.")[1]);
    assert.doesNotMatch(work, /PRIVATE/);
    assert.match(work, /BEGIN CERTIFICATE/);
  }));

test("the work is there again after a reload, and gone after Forget everything", () =>
  visit({}, async (page, { reload }) => {
    await write(page, mine);
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
    await paste(page.locator("#certificate-text"), sample("gateway.pem"));
    await page.locator(".card.is-chosen", { hasText: "gateway" }).waitFor();
    await page.locator(".options summary").click();
    await page.getByLabel("Region").fill("eu-north-1");
    // The reload comes at once, and the last change is not lost either.
    await reload();
    await page.locator(".card.is-chosen", { hasText: "gateway" }).waitFor();
    await atRest(page);
    await expect(page.locator("#certificate .card")).toHaveCount(2);
    await page.locator("#plan .made-arn", { hasText: "arn:aws:iot:eu-north-1:" }).first().waitFor();
    await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();

    await page.getByRole("button", { name: "Forget everything" }).click();
    await page.locator(".notice", { hasText: "Everything is forgotten." }).waitFor();
    await verdict(page, "Provisions");
    await expect(page.getByRole("button", { name: "Restore my work" })).toHaveCount(0);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+z");
    await atRest(page);
    await expect.poll(() => written(page), "undo does not bring it back").not.toContain("gas-meter");
    await expect.poll(() => storage(page)).toEqual({ local: {}, session: {} });
    await reload();
    await page.locator("#plan dd", { hasText: /^water-meter$/ }).waitFor();
    await expect(page.locator("#certificate .card")).toHaveCount(1);
  }));

test("saved work is checked like a link", () =>
  visit({}, async (page, { reload }) => {
    for (const kept of ["{", "[]", '{"template":7}', '{"template":"","options":{"flow":"x","region":"<"},"chosen":-1}']) {
      await page.evaluate((kept) => localStorage.setItem("jitp:work", kept), kept);
      await reload();
      await verdict(page, "Provisions");
    }
  }));

test("Share copies the link at once, and the same as Markdown with the verdict", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails/);
    await page.keyboard.press("ControlOrMeta+s");
    const dialog = page.getByRole("dialog", { name: "Share" });
    await expect(dialog.getByRole("status").first()).toHaveText(/^The link is copied\. The link has [\d,]+ characters\.$/);
    const address = await dialog.getByLabel("Link", { exact: true }).inputValue();
    await expect.poll(copied).toBe(address);
    await dialog.getByLabel("Include the certificate").check();
    await expect.poll(copied, "the new link, too").not.toBe(address);
    await dialog.getByRole("button", { name: "Copy as Markdown" }).click();
    await expect.poll(copied).toMatch(/^\[What AWS IoT does with this template: Fails at step \d\]\(http.*#jitp=1\.[\w-]+\)$/);
    await accessible(page);
  }));

test("if the browser does not let the page copy, the link is selected", () =>
  visit({ init: `navigator.clipboard.writeText = () => Promise.reject(new Error("no"));` }, async (page) => {
    await page.getByRole("button", { name: "Share" }).click();
    const field = page.locator("#share-link");
    await expect(page.locator("#share-note")).toHaveText(/does not let this page copy\. The link is selected/);
    await expect(field).toBeFocused();
    await expect.poll(() => field.evaluate((element) => element.selectionEnd - element.selectionStart === element.value.length)).toBe(true);
  }));

for (const address of ["?sample=empty-policy", "#empty-policy"]) {
  test(`${address} opens that sample`, () =>
    visit({}, async (page, { tab }) => {
      const other = await tab(undefined, address);
      await verdict(other, "refuses this template");
      await expect(other.getByRole("button", { name: "Empty policy" })).toHaveAttribute("aria-pressed", "true");
      assert.equal(new URL(other.url()).hash + new URL(other.url()).search, "", "a reload keeps what is changed then");
      await other.close();
      await verdict(page, "Provisions");
    }));
}

/** A link that the first version of this page gave, as people have sent it. It opens for ever. */
const EARLIER =
  "#jitp=1.dZGxasQwEET_ZWoZkna7YFK4CcfZJEWUQvjWZwdbEtKacBj9e7CV3DmQa_XezgxogfDkRyMMwqJxMMFMLByiBi0aT281UeUaopKDDN" +
  "3QGmGi0s1WwiU7zcWzBmnUEgZ71khJaRw5ujm0_BMk_Yb--LfwJlOlcQjOr02_dxt5MVO-cOOpGM3kN3VDa9gVZ7TVt7e5d1vLvfNP945Xp_x0" +
  "5O5-CNGqre21GJljNsumen1eV6UEtd8VQe8fCm3vIlvQg4LzMjgbQQu60X2B8DmIh0Lg8-AsCDwX1gXpi0ckBX_9LdCS0jc";

test("a link of an earlier version of the page opens", () =>
  visit({}, async (page) => {
    await page.evaluate((hash) => (location.hash = hash), EARLIER);
    await expect.poll(() => written(page)).toContain("old-lamp");
    await verdict(page, "No certificate yet");
    await expect(page.locator("#option-region")).toHaveValue("eu-north-1");
  }));
