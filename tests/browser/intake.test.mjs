/** Anything that is pasted, dropped or opened gets to its place, with one notice that brings back what was there. */

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { given } from "../intake.mjs";
import { atRest, expect, paste, sample, useBrowser, verdict, written } from "./browser.mjs";
import { certificate, everything, text } from "./certificates.mjs";

const visit = useBrowser();
const box = (page) => page.locator("#certificate-text");
const notices = (page) => page.locator(".notice");
const ticket = () => given("ticket.md").replace("@CERTIFICATE@", certificate("full"));
const undo = (page) => notices(page).getByRole("button", { name: "Undo" }).click();

/** The editor has a text; long texts are drawn only in part. */
const begins = (page, text) => expect.poll(async () => (await written(page)).slice(0, 300)).toBe(text.slice(0, 300));

/** The page as the first sample leaves it. */
async function untouched(page) {
  await verdict(page, "Provisions");
  await begins(page, sample("provisions.json"));
  await expect(page.locator("#certificate .card")).toHaveText(/meter-000417/);
  await expect(page.locator("#account .options-now")).toHaveText("not given");
}

test("a whole ticket: its template, certificate and outputs get to their places, and one undo takes all of it back", () =>
  visit({}, async (page) => {
    await paste(box(page), ticket());
    const notice = notices(page).filter({ hasText: "Read from pasted text" });
    await expect(notice).toHaveText(
      /the template from the fenced block, 1 certificate, 1 output of the AWS CLI\. Known of the account now: 1 thing.* 9 other lines were left out\./,
    );
    await expect(notices(page), "one notice").toHaveCount(1);
    await page.locator(".badge", { hasText: "Registration config" }).waitFor();
    await expect(page.locator(".card.is-chosen")).toContainText("pasted text");
    await expect(page.locator("#account .options-now")).toContainText("1 thing");
    assert.match(await written(page), /^\{\n {2}"templateBody"/);
    await undo(page);
    await untouched(page);
  }));

test("a private key in a ticket is said once, and is nowhere", () =>
  visit({}, async (page) => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = String(privateKey.export({ format: "pem", type: "pkcs8" }));
    await paste(box(page), ticket().replace("Thanks", `${key}\nThanks`));
    await expect(notices(page)).toHaveCount(1);
    await expect(notices(page)).toHaveText(/the template.*1 certificate.*A private key was refused/);
    await atRest(page);
    const [, secret] = key.split("\n");
    assert.ok(!(await everything(page)).includes(secret), "in the page");
    await undo(page);
    await untouched(page);
    assert.ok(!(await everything(page)).includes(secret), "after the undo");
  }));

for (const [name, words] of [
  ["ticket.md", /the template from the fenced block/],
  ["mail.eml", /the template, .*left out|the template\./],
  ["register.sh", /the template from the shell command/],
  ["heredoc.sh", /the template from the here-document/],
  ["main.tf", /the template from the program, written as JSON.*Replace \$\{aws_iot_policy\.pumps\.name\}/],
  ["stack.yaml", /the template from the YAML/],
]) {
  test(`${name}: the file's template gets into the editor, wherever the file is given`, () =>
    visit({}, async (page) => {
      for (const input of ["#template-file", "#certificate-file"]) {
        await page.locator(input).setInputFiles(text(name, given(name).replace("@CERTIFICATE@", "")));
        await expect(notices(page).filter({ hasText: `Read from ${name}` })).toHaveText(words);
        await verdict(page, /./);
        assert.match(await written(page), /Resources/);
        await undo(page);
        await untouched(page);
      }
    }));
}

test("a template pasted where certificates are expected is the template", () =>
  visit({}, async (page) => {
    await paste(box(page), sample("empty-policy.json"));
    await verdict(page, "refuses this template");
    await expect(notices(page)).toHaveText(/pasted text is in the editor now/);
    await undo(page);
    await untouched(page);
  }));

test("among several files only one that is a template replaces the template", () =>
  visit({}, async (page) => {
    const own = [text("package.json", '{"name": "a", "version": "1.0.0"}'), text("tsconfig.json", '{"compilerOptions": {}}')];
    await page.locator("#certificate-file").setInputFiles([...own, text("gateway.pem", sample("gateway.pem"))]);
    await page.locator(".card.is-chosen", { hasText: "gateway" }).waitFor();
    await expect(notices(page)).toHaveText(/2 files were not used: package\.json, tsconfig\.json/);
    await begins(page, sample("provisions.json"));
    await page.locator("#template-file").setInputFiles([text("empty-policy.json", sample("empty-policy.json"))]);
    await verdict(page, "refuses this template");
  }));

test("the only file may be opened as the template, whatever it is", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles(text("package.json", '{"name": "a", "version": "1.0.0", "private": true}'));
    await notices(page).getByRole("button", { name: "Open it as the template" }).click();
    await expect.poll(() => written(page)).toMatch(/"private": true/);
    await page.locator("#template-file").setInputFiles(text("policy.json", '{"Version": "2012-10-17"}'));
    await expect.poll(() => written(page)).toMatch(/2012-10-17/);
  }));
