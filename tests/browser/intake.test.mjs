/** Anything that is pasted, dropped or opened gets to its place, with one notice that brings back what was there. */

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { given } from "../intake.mjs";
import { atRest, expect, paste, SLOWDOWN, sample, useBrowser, verdict, written } from "./browser.mjs";
import { certificate, everything, text } from "./certificates.mjs";

const visit = useBrowser();
const box = (page) => page.locator("#certificate-text");
const notices = (page) => page.locator(".notice");
const ticket = () => given("ticket.md").replace("@CERTIFICATE@", certificate("full"));
const cards = (page) => page.locator("#certificate > .cards > .card");
const undo = (page) => notices(page).getByRole("button", { name: "Undo" }).click();

/** The text in the editor begins with this one. The editor draws what is in sight, so it is scrolled to its top. */
const begins = (page, text) =>
  expect
    .poll(async () => {
      await page.locator(".cm-scroller").evaluate((scroller) => (scroller.scrollTop = 0));
      return (await written(page)).slice(0, 300);
    })
    .toBe(text.slice(0, 300));

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
      /the template from the fenced block, 1 certificate, 2 outputs of the AWS CLI\. Known of the account now: 1 thing.* 9 other lines were left out\./,
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

/** Puts the caret after these words in the editor, without changing anything. */
async function caretAfter(page, words) {
  await page.locator(".cm-line", { hasText: words }).first().click();
  await page.keyboard.press("End");
}
const selectAll = async (page) => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
};
const editor = (page) => page.locator(".cm-content");

test("a certificate pasted into the editor gets to the certificates, wherever the caret is, and may be pasted as it is", () =>
  visit({}, async (page) => {
    await caretAfter(page, '"Parameters"');
    await paste(editor(page), sample("gateway.pem"));
    await page.locator(".card.is-chosen", { hasText: "gateway" }).waitFor();
    await begins(page, sample("provisions.json"));
    await notices(page).getByRole("button", { name: "Undo, and paste as it is" }).click();
    await expect(page.locator("#certificate .card")).toHaveText(/meter-000417/);
    await expect.poll(() => written(page)).toMatch(/"Parameters": \{-----BEGIN CERTIFICATE-----/);
  }));

test("a certificate pasted into a string of the editor stays there", () =>
  visit({}, async (page) => {
    await selectAll(page);
    await page.keyboard.insertText('{"caCertificate": "');
    await paste(editor(page), sample("gateway.pem"));
    await expect.poll(() => written(page)).toMatch(/"-----BEGIN CERTIFICATE-----/);
    await atRest(page);
    await expect(page.locator("#certificate .card")).toHaveCount(1);
    await expect(notices(page)).toHaveCount(0);
  }));

test("a ticket that replaces the text of the editor is sorted, and may be pasted as it is", () =>
  visit({}, async (page) => {
    await selectAll(page);
    await paste(editor(page), ticket());
    await page.locator(".badge", { hasText: "Registration config" }).waitFor();
    await expect(cards(page), "the sample's certificate is gone").toHaveText(/pasted text/);
    await expect(notices(page)).toHaveText(/the template from the fenced block, 1 certificate/);
    await notices(page).getByRole("button", { name: "Undo, and paste as it is" }).click();
    await expect.poll(() => written(page)).toMatch(/^# Devices are not provisioned/);
    await expect(cards(page), "its certificate is not given, and the sample's does not belong to it").toHaveCount(0);
  }));

test("a whole template replaces the text if the caret is in the middle of it, and is a value where a value is expected", () =>
  visit({}, async (page) => {
    const certificate = { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } } };
    const whole = JSON.stringify({ Parameters: { "AWS::IoT::Certificate::Id": { Type: "String" } }, Resources: { certificate } }, null, 1);
    await caretAfter(page, '"Parameters"');
    await paste(editor(page), whole);
    await begins(page, whole);
    await notices(page).getByRole("button", { name: "Undo, and paste as it is" }).click();
    await begins(page, sample("provisions.json").replace('"Parameters": {', `"Parameters": {${whole}`));
    await selectAll(page);
    await page.keyboard.insertText('{"a": ');
    await paste(editor(page), whole);
    await expect.poll(() => written(page)).toMatch(/^\{"a": \{/);
  }));

test("a piece of a template is pasted as it is", () =>
  visit({}, async (page) => {
    const pieces = [
      '"pump": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "pump-7"}},',
      ', "templateBody": "{\\"Resources\\": {\\"a\\": 1}}"',
      '{"Type": "AWS::IoT::Policy", "Properties": {}}',
    ];
    for (const piece of pieces) {
      await caretAfter(page, '"Parameters"');
      await paste(editor(page), piece);
      await expect.poll(async () => (await written(page)).split("\n")[1]).toContain(`{${piece}`);
      await page.keyboard.press("ControlOrMeta+z");
      await begins(page, sample("provisions.json"));
    }
    await expect(notices(page)).toHaveCount(0);
  }));

test("a broken template that replaces everything stays as it is, to be corrected there", () =>
  visit({}, async (page) => {
    const broken = '{\n  "Parameters": {},\n  "Resources": {\n    "thing": {"Type": "AWS::IoT::Thing"\n  }\n}';
    await selectAll(page);
    await paste(editor(page), broken);
    await expect.poll(() => written(page)).toBe(broken);
    await expect(notices(page)).toHaveCount(0);
  }));

test("what the AWS CLI prints gets to the account, wherever it is pasted", () =>
  visit({}, async (page) => {
    const output = JSON.stringify({
      thingName: "pump-7",
      thingArn: "arn:aws:iot:eu-west-1:123456789012:thing/pump-7",
      attributes: {},
      version: 1,
    });
    await caretAfter(page, '"Parameters"');
    await paste(editor(page), output);
    await expect(page.locator("#account .options-now")).toContainText("1 thing");
    await begins(page, sample("provisions.json"));
    await notices(page).getByRole("button", { name: "Undo, and paste as it is" }).click();
    await expect(page.locator("#account .options-now")).toHaveText("not given");
    await paste(box(page), output);
    await expect(page.locator("#account .options-now")).toContainText("1 thing");
  }));

test("with no field in focus a paste gets to its place as well", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), given("register.sh"));
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("ControlOrMeta+v");
    await expect(notices(page)).toHaveText(/the template from the shell command\. .*left out/);
    await page.locator(".badge", { hasText: "Registration config" }).waitFor();
    await undo(page);
    await untouched(page);
    // A field keeps what is pasted into it.
    await page.locator(".options summary").click();
    await page.evaluate(() => navigator.clipboard.writeText("123456789012"));
    await page.locator("#option-account").focus();
    await page.keyboard.press("ControlOrMeta+v");
    await expect(page.locator("#option-account")).toHaveValue("123456789012");
    await expect(notices(page)).toHaveCount(0);
  }));

/** Drops a text, as it is dragged from another window. */
const dropText = (locator, text) =>
  locator.evaluate((element, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", text);
    const { left, top } = element.getBoundingClientRect();
    const init = { dataTransfer, bubbles: true, cancelable: true, composed: true, clientX: left + 60, clientY: top + 8 };
    element.dispatchEvent(new DragEvent("dragover", init));
    return element.dispatchEvent(new DragEvent("drop", init));
  }, text);

test("a text that is dropped anywhere gets to its place", () =>
  visit({}, async (page) => {
    for (const place of ["#plan", "#certificate", "#certificate-text", "#template .panel-title"]) {
      await dropText(page.locator(place), given("heredoc.sh"));
      await expect(notices(page), place).toHaveText(/the template from the here-document/);
      await undo(page);
      await untouched(page);
    }
    await dropText(editor(page), sample("gateway.pem"));
    await page.locator(".card.is-chosen", { hasText: "gateway" }).waitFor();
    await begins(page, sample("provisions.json"));
  }));

test("a text with nothing in it is said to have nothing, and a command to read a file that is not there", () =>
  visit({}, async (page) => {
    await paste(box(page), "Hello, the devices do not connect. Can you help?");
    await expect(notices(page)).toHaveText(/has no template, no certificate, and no output of the AWS CLI/);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await paste(
      box(page),
      "aws iot register-ca-certificate --ca-certificate file://ca.pem --registration-config file://config.json --tags '{}'",
    );
    await expect(notices(page)).toHaveText(/The command reads ca\.pem, config\.json, which/);
    await untouched(page);
  }));

test("a phone has a button that pastes", () =>
  visit(
    { viewport: { width: 390, height: 840 }, isMobile: true, hasTouch: true, permissions: ["clipboard-read", "clipboard-write"] },
    async (page) => {
      await page.locator(".nav-step[data-view=certificate]").click();
      await page.evaluate((text) => navigator.clipboard.writeText(text), sample("gateway.pem"));
      await page.getByRole("button", { name: "Paste" }).click();
      await page.locator(".card.is-chosen", { hasText: "gateway" }).waitFor();
    },
  ));

test("twenty megabytes of junk hold up nobody", () =>
  visit({}, async (page) => {
    const longest = page.evaluate(
      () =>
        new Promise((resolve) => {
          let most = 0;
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) most = Math.max(most, duration);
          }).observe({ type: "longtask" });
          globalThis.stop = () => resolve(most);
        }),
    );
    await page.locator("#certificate").evaluate((element) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['INFO {"things": 1, it\'s "{Resources} fine\n'.repeat(450_000)], "log.txt"));
      element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    await expect(page.locator("#certificate .card-error")).toContainText("log.txt");
    await atRest(page);
    await page.evaluate(() => globalThis.stop());
    assert.ok((await longest) < 1_000 * SLOWDOWN, `a task took ${await longest} ms`);
  }));
