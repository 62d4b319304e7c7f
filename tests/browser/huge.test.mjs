// More certificates than anybody waits for without a word: progress, a way to stop, and nothing lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCertificates } from "../bench/certificates.mjs";
import { readFileSync } from "node:fs";
import { answered, atRest, expect, sample, useBrowser, write } from "./browser.mjs";
import { certificate, give, many, signedBy, text } from "./certificates.mjs";

const visit = useBrowser();
const COUNT = 1_200;
const PEMS = makeCertificates(COUNT).map(({ pem }) => pem);
const bundle = (pems = PEMS) => ({ name: "batch.pem", mimeType: "application/x-pem-file", buffer: Buffer.from(pems.join("")) });

/** Runs in the page before its scripts: `holdAfter(n)` keeps what follows the next n readings from the worker, and `letGo` sends it. */
function holdReadings(names = ["read", "list"]) {
  let left = Number.POSITIVE_INFINITY;
  const held = [];
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (!names.includes(message?.name) || left-- > 0) postMessage.call(this, message, ...rest);
    else held.push(() => postMessage.call(this, message, ...rest));
  };
  globalThis.holdAfter = (n) => (left = n);
  globalThis.letGo = () => {
    left = Number.POSITIVE_INFINITY;
    for (const send of held.splice(0)) send();
  };
}

/** The same of the plans for many. */
const holdPlans = `(${holdReadings})(["judge"])`;

const notice = (page) => page.locator(".notice-progress");

test("a long reading says how far it is, and Cancel leaves the work as it was", () =>
  visit({ init: holdReadings }, async (page) => {
    await page.evaluate(() => globalThis.holdAfter(2));
    await page.locator("#certificate-file").setInputFiles(bundle());
    await expect(notice(page)).toContainText(`of 1,200 certificates`);
    await expect(notice(page).locator("p")).toHaveText(/^Reading (400|800) of/);
    await expect(notice(page).getByRole("progressbar")).toHaveAttribute("max", String(COUNT));
    await notice(page).getByRole("button", { name: "Cancel" }).click();
    await expect(notice(page)).toHaveCount(0);
    await page.evaluate(() => globalThis.letGo());
    await expect(page.locator(".notice")).toContainText(["Cancelled. Nothing was added."]);
    await answered(page);
    await expect(page.locator("#certificate .card")).toHaveCount(1);
    await expect(page.locator(".fleet")).toBeHidden();
    // The same can be given again.
    await page.locator("#certificate-file").setInputFiles(bundle(PEMS.slice(0, 3)));
    await expect(page.locator(".fleet .part-title")).toContainText("3");
    await expect(notice(page)).toHaveCount(0);
  }));

test("planning for many can be stopped with the rows so far, and goes on when the user wishes", () =>
  visit({ init: holdPlans }, async (page) => {
    await page.evaluate(() => globalThis.holdAfter(2));
    await page.locator("#certificate-file").setInputFiles(bundle());
    const title = page.locator(".fleet .part-title");
    await expect(page.locator(".fleet-table tbody tr").first()).toBeVisible();
    await expect(title).toHaveText(/^1,200 certificates, (500|1,000) planned so far$/);
    await page.locator(".fleet").getByRole("button", { name: "Stop" }).click();
    await expect(page.locator(".fleet-range")).toHaveText(/^(500|1,000) shown$/);
    await page.evaluate(() => globalThis.letGo());
    await answered(page);
    // What was asked for before is not used, and a part is not told as the whole.
    await expect(title).toHaveText(/^1,200 certificates, (500|1,000) planned so far$/);
    await page.getByRole("button", { name: "Plan for all" }).click();
    await expect(title).toHaveText("1,200 certificates");
    await expect(page.locator(".fleet-range")).toHaveText("1,200 shown");
    await expect(page.locator(".fleet progress")).toHaveCount(0);
  }));

test("many files are counted as files, each row has the name of its file, and a file with two certificates gives both", () =>
  visit({ init: holdReadings }, async (page) => {
    const files = PEMS.slice(0, 60).map((pem, i) => ({ name: `d${i}.pem`, mimeType: "text/plain", buffer: Buffer.from(pem) }));
    files[7].buffer = Buffer.from(PEMS[7] + PEMS[60]);
    files[8].buffer = Buffer.from("nothing of use");
    await page.evaluate(() => globalThis.holdAfter(1));
    await page.locator("#certificate-file").setInputFiles(files);
    await expect(notice(page)).toContainText("Reading");
    await page.evaluate(() => globalThis.letGo());
    await expect(page.locator(".fleet .part-title")).toContainText("61");
    await answered(page);
    await page.locator(".fleet-search").fill("d7.pem");
    await expect(page.locator(".fleet-table tbody tr")).toHaveCount(2);
    await page.locator(".fleet-search").fill("device-00000009");
    await expect(page.locator(".fleet-table tbody tr")).toContainText(["d9.pem"]);
    await page.locator(".fleet-search").fill("d8.pem");
    await expect(page.locator(".fleet-table tbody tr")).toHaveCount(1);
  }));

test("a reload keeps all of many certificates, and says how far it has read them", () =>
  visit({ init: holdReadings }, async (page, { reload }) => {
    await page.locator("#certificate-file").setInputFiles(bundle());
    await expect(page.locator(".fleet .part-title")).toContainText(/^1,200(?!.*so far)/);
    await atRest(page);
    // From the first of its scripts on.
    await page.addInitScript(() => globalThis.holdAfter(2));
    const loaded = reload();
    await expect(notice(page)).toContainText("of 1,200 certificates");
    // There is no other work to stay with.
    await expect(notice(page).getByRole("button")).toHaveCount(0);
    await page.evaluate(() => globalThis.letGo());
    await loaded;
    await expect(page.locator(".fleet .part-title")).toContainText(/^1,200(?!.*so far)/);
    await expect(notice(page)).toHaveCount(0);
    await expect(page.locator(".notice-warning")).toHaveCount(0);
  }));

test("a saved file of many certificates is read again with all of them, also if it has more than 20 MB", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles(bundle());
    await expect(page.locator(".fleet .part-title")).toContainText(/^1,200(?!.*so far)/);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByLabel("Include the 1,200 certificates").check();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
    const saved = readFileSync(await download.path(), "utf8");
    assert.equal(JSON.parse(saved).certificates.length, COUNT);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Missing country" }).click();
    await expect(page.locator(".fleet")).toBeHidden();
    const long = saved.replace('"certificates": [', `"certificates": [${" ".repeat(20_000_000)}`);
    const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
    await page.locator("#template-file").setInputFiles(file("long.json", long));
    await page.locator(".notice", { hasText: "The work in long.json replaced yours." }).waitFor();
    await expect(page.locator(".fleet .part-title")).toContainText(/^1,200(?!.*so far)/);
    await page.locator("#template-file").setInputFiles(file("cut.json", saved.slice(0, -100)));
    await page.locator(".notice-warning", { hasText: "cut.json could not be read. It is damaged." }).waitFor();
    await expect(page.locator(".fleet .part-title")).toContainText(/^1,200/);
  }));

test("a file of certificates may have more than 20 MB, another file may not", () =>
  visit({}, async (page) => {
    const padded = Buffer.concat([Buffer.from(PEMS.slice(0, 30).join("")), Buffer.alloc(20_000_001, "\n")]);
    await page.locator("#certificate-file").setInputFiles({ name: "batch.pem", mimeType: "text/plain", buffer: padded });
    await expect(page.locator(".fleet .part-title")).toContainText(/^30(?!.*so far)/);
    const other = Buffer.concat([Buffer.from("Subject: a device\n"), padded]);
    await page.locator("#certificate-file").setInputFiles({ name: "other.pem", mimeType: "text/plain", buffer: other });
    await page.locator(".notice-warning", { hasText: "other.pem was not read. It is larger than 20 MB" }).waitFor();
  }));

test("rows of later parts name the earlier row with the same thing, with damaged entries between, with one CA or none or several", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await write(page, sample("provisions.json").replace('{ "Ref": "AWS::IoT::Certificate::CommonName" }', '"one-for-all"'));
    const damaged = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    await page.locator("#certificate-file").setInputFiles(bundle([damaged, ...PEMS.slice(0, 3), damaged, ...PEMS.slice(3)]));
    const title = page.locator(".fleet .part-title");
    const twins = (n) => expect(page.locator(".fleet-chip", { hasText: "same thing" })).toHaveText(`${n.toLocaleString("en")} same thing`);
    await expect(title).toHaveText("1,202 certificates");
    await twins(COUNT - 1);
    const search = page.locator(".fleet-search");
    const rows = page.locator(".fleet-table tbody tr");
    await search.fill("device-00001199");
    await expect(rows).toHaveCount(1);
    await expect(rows.locator(".fleet-twin")).toHaveText("Same thing as device-00000000 in batch.pem, entry 2");
    await search.fill("");

    // A CA that signed none of them: the rows come from a stream that verifies.
    await page.locator("#certificate-file").setInputFiles(text("ca.pem", certificate("ca")));
    await expect(page.locator(".fleet-chip", { hasText: "fail" })).toHaveText("1,200 fail");
    await twins(COUNT - 1);

    // Two CAs, and devices of both: each is held to its own.
    const both = certificate("signing-ca") + certificate("chained") + certificate("common-name");
    await page.locator("#certificate-file").setInputFiles(text("both.pem", both));
    await expect(title).toHaveText("1,204 certificates");
    await twins(COUNT + 1);
    await search.fill("both.pem");
    await expect(rows).toHaveCount(2);
    for (const at of [0, 1]) await expect(rows.nth(at).locator(".fleet-twin")).toContainText("device-00000000");
    await expect(rows).toContainText(["needs.", "Provisions"]);
  }));

/** Runs in the page before its scripts: counts the fleets that the page has begun to judge. */
function countFleets() {
  globalThis.begun = 0;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.request?.begin !== undefined) globalThis.begun++;
    postMessage.call(this, message, ...rest);
  };
}

test("devices with their CA are judged once, though it is known later who signed whom, and again if another CA is chosen", () =>
  visit({ init: countFleets }, async (page) => {
    const all = certificate("signing-ca") + many(certificate("chained"), 150) + many(certificate("rsa2048"), 150);
    await give(page, [text("all.pem", all)]);
    await signedBy(page, "verified");
    await expect(page.locator(".fleet .part-title")).toHaveText("300 certificates");
    await answered(page);
    await expect.poll(() => page.evaluate(() => globalThis.begun)).toBe(1);
    await expect(page.locator(".fleet-chip", { hasText: "fail" })).toHaveText("299 fail");
    await page.locator("#certificate-file").setInputFiles(text("twin.pem", certificate("twin-ca")));
    await expect.poll(() => page.evaluate(() => globalThis.begun)).toBeGreaterThan(1);
  }));
