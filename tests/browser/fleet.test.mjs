/** A manufacturer with a folder of certificates, some of them damaged. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeCertificates } from "../bench/certificates.mjs";
import { accessible, answered, atRest, expect, fits, fixture, sample, useBrowser, verdict, verdictOnAll, write } from "./browser.mjs";

const visit = useBrowser();
const armoured = (der) => `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "jitp-fleet-"));
  mkdirSync(join(folder, "batch-7/inner"), { recursive: true });
  const put = (name, content) => writeFileSync(join(folder, "batch-7", name), content);
  const made = makeCertificates(40);
  made.slice(0, 38).forEach((certificate, i) => put(i < 20 ? `unit-${i}.pem` : `inner/unit-${i}.pem`, certificate.pem));
  put("unit-38.der", made[38].der);
  put("cut.pem", armoured(made[39].der.subarray(0, 200)));
  put("torn.pem", made[39].pem.replace(/\n.*\n-----END[^]*/, ""));
  put("no-country.pem", fixture("certificates/common-name.pem"));
  put(".DS_Store", "what systems leave behind");
});
after(() => rmSync(folder, { recursive: true, force: true }));

const row = (page, name) => page.locator(".fleet-table tbody tr", { hasText: name });
const background = (page, of = "#verdict") =>
  page.locator(of).evaluate((element) => getComputedStyle(element).backgroundColor.match(/\d+/g).map(Number));
const title = async (page, words) => {
  await page.locator(".fleet .part-title").filter({ hasText: words }).waitFor();
  await answered(page);
};

test("a folder of certificates: which of them fail, why, and the list to send on", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.locator("#certificate-folder").setInputFiles(join(folder, "batch-7"));
    await title(page, /^42 certificates$/);

    // The counts of each verdict, the failures first.
    await expect.poll(() => page.locator(".fleet-chip").allTextContents()).toEqual(["39 provision", "1 fail", "2 not readable"]);
    const column = (n) =>
      page.locator(".fleet-table tbody tr").evaluateAll((rows, n) => rows.slice(0, 3).map((tr) => tr.cells[n].innerText.trim()), n);
    await expect.poll(() => column(0)).toEqual(["Not readable", "Not readable", "Fails at 2"]);
    await expect.poll(async () => (await column(2))[2]).toMatch(/no country/);
    await expect.poll(async () => (await column(2))[0], "it says why it cannot be read").toMatch(/\w{10}/);
    await accessible(page);

    // One of them opens into its plan, from the keyboard.
    await row(page, "Fails at 2").getByRole("button").press("Enter");
    await verdict(page, "Fails at step 2");
    await expect(row(page, "Fails at 2")).toHaveAttribute("class", "is-chosen");
    await expect.poll(() => page.locator(".card.is-chosen").innerText()).toMatch(/no-country\.pem/);

    // Searched, sorted, narrowed.
    await page.getByRole("searchbox").fill("device unit-7.pem");
    await page.waitForFunction(() => document.querySelectorAll(".fleet-table tbody tr").length === 1);
    await page.getByRole("searchbox").fill("");
    await page.waitForFunction(() => document.querySelectorAll(".fleet-table tbody tr").length > 1);
    const names = () =>
      page.locator(".fleet-table tbody tr th").evaluateAll((all) => all.map((cell) => cell.firstElementChild?.textContent));
    await page.locator(".fleet-sort", { hasText: "Thing" }).click();
    await expect.poll(() => page.locator('th[aria-sort="ascending"]').innerText()).toMatch(/^Thing/);
    await atRest(page);
    const up = await names();
    await page.locator(".fleet-sort", { hasText: "Thing" }).click();
    await expect(page.locator('th[aria-sort="descending"]')).toHaveCount(1);
    await expect.poll(names).not.toEqual(up);
    await page.getByRole("button", { name: "2 not readable" }).click();
    await expect(page.locator(".fleet-table tbody tr")).toHaveCount(2);

    // The saved rows are the shown rows.
    const save = async (name) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return { file: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    };
    const few = await save("Save table as NDJSON");
    assert.equal(few.file, "jitp-certificates.ndjson");
    const lines = few.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ file, verdict }) => [file, verdict]).sort(), [
      ["cut.pem", "unreadable"],
      ["torn.pem", "unreadable"],
    ]);
    await page.getByRole("button", { name: "2 not readable" }).click();
    const all = await save("Save table as CSV");
    assert.equal(all.text.trimEnd().split("\r\n").length, 43);
    assert.match(all.text, /"no-country\.pem","[^"]+","[0-9a-f]{64}","fails"/);
  }));

test("the table follows the template", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles({
      name: "two.pem",
      mimeType: "text/plain",
      buffer: Buffer.from(sample("cold-chain-sensor.pem") + sample("gateway.pem")),
    });
    await title(page, /^2 certificates$/);
    const chips = page.locator(".fleet-chip");
    await expect.poll(() => chips.allTextContents()).not.toEqual([]);
    await atRest(page);
    const before = await chips.allTextContents();
    await write(page, sample("empty-policy.json"));
    await chips.filter({ hasText: "2 rejected" }).waitFor();
    await expect.poll(() => chips.allTextContents()).not.toEqual(before);
    await page.getByRole("button", { name: "Remove all" }).click();
    await page.locator(".fleet").waitFor({ state: "hidden" });
  }));

test("a bundle of a thousand is one table that scrolls through all and draws what is seen, on a phone too", () =>
  visit({ viewport: { width: 390, height: 844 } }, async (page) => {
    const file = join(folder, "thousand.pem");
    writeFileSync(
      file,
      makeCertificates(1_000)
        .map(({ pem }) => pem)
        .join(""),
    );
    await page.locator("#certificate-file").setInputFiles(file);
    await title(page, /^1,000 certificates$/);
    await expect(page.locator(".fleet-table tbody tr")).toHaveCount(50);
    await expect(page.locator("#certificate .card"), "no thousand cards").toHaveCount(1);
    await expect(page.locator(".fleet-range")).toHaveText("1,000 shown");
    await expect(page.locator(".fleet-table")).toHaveAttribute("aria-rowcount", "1001");
    const indices = () =>
      page.locator(".fleet-table tbody tr").evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex"))));
    // By its bar to the middle: the rows there are next to each other, and the first ones are gone.
    const middle = () => page.locator(".fleet-scroll").evaluate((box) => (box.scrollTop = box.scrollHeight / 2));
    await middle();
    await expect.poll(async () => Math.min(...(await indices()))).toBeGreaterThan(200);
    const some = await indices();
    assert.deepEqual(
      some,
      some.map((_, i) => some[0] + i),
    );
    assert.ok(some.length <= 150, `${some.length} rows are drawn`);
    // The row in the middle of the box is a row, and not a gap.
    const seen = page.locator(".fleet-scroll").evaluate((box) => {
      const { left, top, width, height } = box.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2)?.closest("tr") !== null;
    });
    assert.ok(await seen);
    // From row to row by keys, to the last one and back.
    await page.locator(".fleet-table tbody tr").nth(60).getByRole("button").press("End");
    await expect(page.locator(":focus")).toHaveText("device-00000999");
    await expect.poll(async () => Math.max(...(await indices()))).toBe(1001);
    await page.keyboard.press("ArrowUp");
    await expect(page.locator(":focus")).toHaveText("device-00000998");
    await page.keyboard.press("Home");
    await expect(page.locator(":focus")).toHaveText("device-00000000");
    await page.keyboard.press("PageDown");
    await expect(page.locator(":focus")).toHaveText("device-00000010");
    // What is scrolled away with the focus in it does not lose it to the page.
    await middle();
    await expect(page.locator(".fleet-scroll")).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page.locator(":focus")).toHaveText(/^device-00000[3-6]/);
    await page.getByRole("searchbox").fill("device-00000999");
    await page.waitForFunction(() => document.querySelectorAll(".fleet-table tbody tr").length === 1);
    await page.getByRole("button", { name: "Plan of device-00000999" }).click();
    await page.locator(".verdict-summary", { hasText: "device-00000999" }).waitFor();
    // All facts of one of very many are read when it is shown.
    await page.locator(".card.is-chosen .attributes").getByText("BenchWorks").waitFor({ state: "attached" });
    await fits(page);
    await accessible(page);
  }));

const named = (name, ...certificates) => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(certificates.map((one) => fixture(`certificates/${one}.pem`)).join("")),
});
const chips = (page) => page.locator(".fleet-chip").allTextContents();

test("devices that would be one thing are reported in rows and counts, and are a separate list", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await write(
      page,
      sample("provisions.json").replace(
        '"ThingName": { "Ref": "AWS::IoT::Certificate::CommonName" }',
        '"ThingName": { "Ref": "AWS::IoT::Certificate::Country" }',
      ),
    );
    await page.locator("#certificate-file").setInputFiles([named("first.pem", "full", "chained"), named("again.pem", "full")]);
    // The same certificate twice is one device.
    await title(page, /^2 certificates$/);
    await page.locator(".fleet-chip", { hasText: "1 same thing" }).waitFor();
    await expect.poll(() => chips(page)).toEqual(["2 provision", "1 same thing"]);
    await verdictOnAll(page, "1 of 2 devices shares a thing with another");
    await page.locator(".fleet-chip", { hasText: "same thing" }).click();
    await expect.poll(() => page.locator(".fleet-twin").allInnerTexts()).toEqual(["Same thing as sensor-0001 in first.pem, entry 1"]);
    await page.locator(".fleet-chip", { hasText: "same thing" }).click();
    await expect(page.locator(".fleet-table tbody tr")).toHaveCount(2);
    await accessible(page);
    // If each has its own name, nothing is reported.
    await write(page, sample("provisions.json"));
    await page.locator(".fleet-chip", { hasText: "same thing" }).waitFor({ state: "detached" });
    await expect.poll(() => chips(page)).toEqual(["2 provision"]);
  }));

test("an impostor's certificate has the same verdict in the table and in its plan", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.locator("#certificate-file").setInputFiles([named("line.pem", "chained", "not-its-ca"), named("ca.pem", "signing-ca")]);
    await title(page, /^2 certificates$/);
    await row(page, "sensor-0131").filter({ hasText: "Fails at 1" }).waitFor();
    await expect.poll(() => chips(page)).toEqual(["1 provision", "1 fail"]);
    for (const [name, words, tone] of [
      ["sensor-0131", "Fails at step 1", "bad"],
      ["sensor-0130", "Provisions", "ok"],
    ]) {
      await row(page, name).getByRole("button").press("Enter");
      await page.locator("#device-verdict .verdict-summary", { hasText: tone === "ok" ? name : /./ }).waitFor();
      await verdict(page, words);
      await expect(row(page, name).locator(".fleet-verdict")).toHaveAttribute("class", new RegExp(`tone-${tone}`));
    }
  }));

test("a check that was not possible is unknown in the table and in the plan, and is never green", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    // Two CAs, neither of which has the issuer's name of the self-signed device.
    await page
      .locator("#certificate-file")
      .setInputFiles([named("line.pem", "chained", "full"), named("cas.pem", "signing-ca", "root-ca")]);
    await title(page, /^2 certificates$/);
    await row(page, "sensor-0001").filter({ hasText: "Unknown" }).waitFor();
    await expect(row(page, "sensor-0001").locator(".fleet-verdict")).toHaveAttribute("class", /tone-none/);
    await row(page, "sensor-0001").getByRole("button").press("Enter");
    await verdict(page, "Unknown");
    await expect
      .poll(async () => {
        const colour = await background(page);
        return Math.max(...colour) - Math.min(...colour);
      }, "grey")
      .toBeLessThan(40);
    await accessible(page);
  }));

test("a text that is not a template is not one in the table either", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles(named("two.pem", "full", "chained"));
    await title(page, /^2 certificates$/);
    await write(page, "2026-06-01T10:00:00Z INFO device connected");
    await verdict(page, "Not a template");
    await page.locator(".fleet-chip", { hasText: "2 not a template" }).waitFor();
    await expect
      .poll(async () => {
        const [red, green] = await background(page);
        return green - red;
      }, "not green")
      .toBeLessThanOrEqual(0);
  }));
