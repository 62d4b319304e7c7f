/** Work that cannot be lost: documents, the list of recent ones, tabs, and storage that fails. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, atRest, expect, sample, storage, useBrowser, verdict, write } from "./browser.mjs";
import { meters, text } from "./certificates.mjs";

const visit = useBrowser();

const named = (name) => sample("provisions.json").replace('"water-meter"', `"${name}"`);
const made = (page, name) => page.locator("#plan dd", { hasText: new RegExp(`^${name}$`) }).waitFor();

/** The names in the list of recent work, the newest first. */
async function recent(page) {
  await page.getByRole("button", { name: "Recent", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Recent work" });
  await dialog.waitFor();
  return dialog;
}

test("a link opens as new work, and one's own is there under Recent", () =>
  visit({}, async (page, { reload }) => {
    await write(page, named("gas-meter"));
    await made(page, "gas-meter");
    await atRest(page);
    const link = await page.evaluate(async (template) => {
      const stream = new Blob([JSON.stringify({ template })]).stream().pipeThrough(new CompressionStream("deflate-raw"));
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      return `#jitp=1.${btoa(String.fromCharCode(...bytes))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replace(/=+$/, "")}`;
    }, named("lamp"));
    await page.evaluate((hash) => (location.hash = hash), link);
    await verdict(page, "No certificate yet");
    await atRest(page);
    await reload();
    await verdict(page, "No certificate yet");
    const dialog = await recent(page);
    await expect(dialog.getByRole("listitem")).toHaveCount(2);
    await expect(dialog.getByRole("listitem").nth(0)).toContainText("Shown here");
    const mine = dialog.getByRole("listitem").nth(1);
    await expect(mine).toContainText(/gas-meter.*Provisions · just now · 1 device/s);
    await accessible(page);
    await mine.getByRole("button").first().click();
    await made(page, "gas-meter");
    await atRest(page);
    await expect.poll(async () => (await storage(page)).list.length, "no copy is made").toBe(2);
  }));

/** Pages from http have no locks, and no `randomUUID`. */
const HTTP = `delete Navigator.prototype.locks; delete Crypto.prototype.randomUUID`;

for (const [where, init] of [
  ["", ""],
  [", on a page from http", HTTP],
]) {
  test(`two tabs are two documents, and neither writes over the other${where}`, () =>
    visit({ init }, async (page, { reload, tab }) => {
      await write(page, named("gas-meter"));
      await made(page, "gas-meter");
      await atRest(page);
      // A new tab begins with the sample, because the work is open here.
      const second = await tab(init);
      await made(second, "water-meter");
      await write(second, named("heat-meter"));
      await made(second, "heat-meter");
      await atRest(second);
      const dialog = await recent(second);
      await expect(dialog.getByRole("listitem").filter({ hasText: "gas-meter" })).toContainText("Open in another tab");
      await expect(dialog.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
      // Opening it here makes a copy.
      await dialog.getByRole("button", { name: /^gas-meter/ }).click();
      await second.locator(".notice", { hasText: "This is a copy of it" }).waitFor();
      await write(second, named("copied-meter"));
      await made(second, "copied-meter");
      await atRest(second);
      await reload();
      await made(page, "gas-meter");
      const templates = (await storage(page)).works.map(({ template }) => /"(\w+-meter)"/.exec(template)?.[1]).toSorted();
      assert.deepEqual(templates, ["copied-meter", "gas-meter", "heat-meter"]);
      await second.close();
    }));

  test(`a duplicated tab is a copy${where}`, () =>
    visit({ init }, async (page, { tab }) => {
      await write(page, named("gas-meter"));
      await made(page, "gas-meter");
      await atRest(page);
      const id = await page.evaluate(() => sessionStorage.getItem("jitp:tab"));
      assert.ok(id);
      // What a browser does: the new tab gets the session storage of the first.
      const twin = await tab(`${init}; sessionStorage.getItem("jitp:tab") ?? sessionStorage.setItem("jitp:tab", ${JSON.stringify(id)})`);
      await made(twin, "gas-meter");
      await twin.locator(".notice", { hasText: "This is a copy of it" }).waitFor();
      await atRest(twin);
      await expect.poll(async () => (await storage(twin)).list.length, "unchanged, it is not stored").toBe(1);
      await write(twin, named("heat-meter"));
      await made(twin, "heat-meter");
      await atRest(twin);
      await write(page, named("oil-meter"));
      await made(page, "oil-meter");
      await atRest(page);
      const templates = (await storage(page)).works.map(({ template }) => /"(\w+-meter)"/.exec(template)?.[1]).toSorted();
      assert.deepEqual(templates, ["heat-meter", "oil-meter"]);
      await twin.close();
    }));
}

test("recent work is renamed, deleted and restored by keyboard, and all of it forgotten in every tab", () =>
  visit({}, async (page, { tab }) => {
    await write(page, named("gas-meter"));
    await made(page, "gas-meter");
    await atRest(page);
    await page.getByRole("button", { name: "Empty policy" }).click();
    await verdict(page, "refuses this template");
    await atRest(page);
    const dialog = await recent(page);
    const row = dialog.getByRole("listitem");
    await row.getByRole("button", { name: /^Rename/ }).press("Enter");
    await expect(dialog.getByLabel("New name")).toBeFocused();
    await page.keyboard.insertText("Hall 2");
    await page.keyboard.press("Enter");
    await expect(row.getByRole("button", { name: "Hall 2", exact: true })).toBeVisible();
    await expect(row.getByRole("button", { name: "Rename Hall 2" }), "the focus returns").toBeFocused();
    await row.getByRole("button", { name: "Delete Hall 2" }).press("Enter");
    await expect(row).toHaveCount(0);
    await dialog.getByRole("button", { name: "Restore" }).press("Enter");
    await row.getByRole("button", { name: "Hall 2", exact: true }).press("Enter");
    await made(page, "gas-meter");
    await atRest(page);
    const second = await tab();
    await write(second, named("heat-meter"));
    await made(second, "heat-meter");
    await atRest(second);
    await (await recent(page)).getByRole("button", { name: "Forget everything" }).click();
    await page.locator(".notice", { hasText: "Everything is forgotten." }).waitFor();
    await second.locator(".notice", { hasText: "forgotten in another tab" }).waitFor();
    await made(second, "water-meter");
    await atRest(second);
    await expect.poll(() => storage(page)).toEqual({ local: {}, session: {} });
    await second.close();
  }));

test("more certificates than the earlier limit of 5,000 survive a reload", () =>
  visit({}, async (page, { reload }) => {
    await write(page, named("gas-meter"));
    await page.locator("#certificate-file").setInputFiles([text("all.pem", meters(6_000, 1_000))]);
    await page.locator(".cards-head", { hasText: "6,001 entries" }).waitFor();
    await expect.poll(async () => (await storage(page)).list?.[0]?.devices).toBe(6_001);
    await reload();
    await page.locator(".cards-head", { hasText: "6,001 entries" }).waitFor();
  }));

test("work of an earlier version of the page is found once", () =>
  visit({}, async (page, { reload }) => {
    const earlier = {
      template: named("gas-meter"),
      certificates: [{ from: "meter.pem", pem: sample("water-meter.pem") }],
      chosen: 0,
      options: { flow: "jitp" },
      parameters: {},
    };
    await page.evaluate((work) => localStorage.setItem("jitp:work", JSON.stringify(work)), earlier);
    await reload();
    await made(page, "gas-meter");
    await atRest(page);
    await expect.poll(async () => (await storage(page)).local["jitp:work"]).toBe(undefined);
    await reload();
    await made(page, "gas-meter");
    await expect.poll(async () => (await storage(page)).list.length).toBe(1);
  }));

test("a document that is damaged is told, and the page works", () =>
  visit({}, async (page, { reload }) => {
    await write(page, named("gas-meter"));
    await made(page, "gas-meter");
    await atRest(page);
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.open("jitp").onsuccess = ({ target: { result } }) => {
            const transaction = result.transaction("works", "readwrite");
            transaction.objectStore("works").openCursor().onsuccess = ({ target: { result: cursor } }) =>
              cursor.update({ ...cursor.value, template: 7 });
            transaction.oncomplete = () => resolve(result.close());
          };
        }),
    );
    await reload();
    await page.locator(".notice-warning", { hasText: "it is damaged" }).waitFor();
    await verdict(page, "Provisions");
    await write(page, named("heat-meter"));
    await made(page, "heat-meter");
  }));

for (const [name, error, words] of [
  ["blocked", "SecurityError", "This browser stores nothing for this page"],
  ["full", "QuotaExceededError", "no space left"],
]) {
  test(`storage that is ${name} is told once, and the page works`, () =>
    visit({ init: `IDBFactory.prototype.open = () => { throw new DOMException("no", ${JSON.stringify(error)}); };` }, async (page) => {
      await write(page, named("gas-meter"));
      await made(page, "gas-meter");
      const notice = page.locator(".notice-warning", { hasText: words });
      await notice.waitFor();
      await notice.getByRole("button", { name: "Dismiss" }).click();
      await write(page, named("heat-meter"));
      await made(page, "heat-meter");
      await atRest(page);
      await expect(notice).toHaveCount(0);
    }));
}

/** Runs in the page before its scripts: as long as `hold` is noted, the database is not opened; `letGo` opens it. */
function holdStorage() {
  const { open } = IDBFactory.prototype;
  const held = [];
  IDBFactory.prototype.open = function (...given) {
    if (localStorage.getItem("hold") === null) return open.apply(this, given);
    const asked = {};
    held.push(() => {
      const request = open.apply(this, given);
      for (const name of ["onsuccess", "onerror", "onblocked", "onupgradeneeded"]) request[name] = (event) => asked[name]?.(event);
      for (const name of ["result", "error", "transaction"]) Object.defineProperty(asked, name, { get: () => request[name] });
    });
    return asked;
  };
  globalThis.letGo = () => {
    localStorage.removeItem("hold");
    for (const go of held.splice(0)) go();
  };
}

/** Keeps work, and has storage answer no more. */
async function keepAndHold(page) {
  await write(page, named("gas-meter"));
  await made(page, "gas-meter");
  await atRest(page);
  await page.evaluate(() => localStorage.setItem("hold", "1"));
}

test("storage that does not answer delays no plan, and earlier work is shown when it is read", () =>
  visit({ init: holdStorage }, async (page, { reload }) => {
    await keepAndHold(page);
    await reload();
    await verdict(page, "Provisions");
    await made(page, "water-meter");
    await page.locator(".notice", { hasText: "your earlier work is not shown yet" }).waitFor();
    await page.evaluate(() => globalThis.letGo());
    await made(page, "gas-meter");
    await atRest(page);
    await reload();
    await made(page, "gas-meter");
    assert.equal((await storage(page)).list.length, 1, "no copy is made");
  }));

test("earlier work that is read late does not replace what was begun meanwhile, and both are kept", () =>
  visit({ init: holdStorage }, async (page, { reload }) => {
    await keepAndHold(page);
    await reload();
    await write(page, named("heat-meter"));
    await made(page, "heat-meter");
    await page.evaluate(() => globalThis.letGo());
    await page.getByRole("button", { name: "Open my work" }).waitFor();
    await made(page, "heat-meter");
    await atRest(page);
    await page.getByRole("button", { name: "Open my work" }).click();
    await made(page, "gas-meter");
    await atRest(page);
    assert.equal((await storage(page)).list.length, 2);
  }));

test("what storage has not taken yet is told, and not lost by a reload", () =>
  visit({ init: holdStorage }, async (page, { reload }) => {
    await keepAndHold(page);
    await write(page, named("heat-meter"));
    await made(page, "heat-meter");
    await page.locator(".notice-warning", { hasText: "Your newest changes are not kept yet" }).waitFor();
    await page.evaluate(() => localStorage.removeItem("hold"));
    await reload();
    await made(page, "heat-meter");
  }));
