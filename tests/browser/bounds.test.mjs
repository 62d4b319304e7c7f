/** Texts at the limits of the page: too long, or not in UTF-8. The page says so, keeps its work, and goes on working. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { validate } from "jitp";
import { expect, fixture, sample, useBrowser, verdict } from "./browser.mjs";

const visit = useBrowser();
const notice = (page, text) => page.locator(".notice", { hasText: text }).first().waitFor();
const json = (name, buffer) => ({ name, mimeType: "application/json", buffer: Buffer.from(buffer) });

/** Drops a file of this many bytes on the template, or pastes a text as long into the editor. The page itself builds it. */
const give = (page, how, bytes) =>
  page.locator("#template").evaluate(
    (template, { how, bytes }) => {
      const text = `{"a": "${"a b ".repeat(bytes / 4)}"}`;
      const data = new DataTransfer();
      const init = { bubbles: true, cancelable: true, composed: true };
      if (how === "drop") {
        data.items.add(new File([text], "large.json"));
        template.dispatchEvent(new DragEvent("drop", { ...init, dataTransfer: data }));
        return;
      }
      data.setData("text/plain", text);
      document
        .querySelector("#editor")
        .shadowRoot.querySelector(".cm-content")
        .dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: data }));
    },
    { how, bytes },
  );

const MB = 1_000_000;

test("a file that is far too large is not read, and nothing changes", () =>
  visit({}, async (page) => {
    await verdict(page, "Provisions");
    await page.locator("#template-file").setInputFiles(json("table.json", Buffer.alloc(20 * MB + 1, " ")));
    await notice(page, "table.json was not read. It is larger than 20 MB");
    await page.locator("#certificate-file").setInputFiles(json("list.pem", Buffer.alloc(20 * MB + 1, "A")));
    await notice(page, "list.pem was not read. It is larger than 20 MB");
    await give(page, "drop", 2 * MB);
    await notice(page, "large.json was not read. It is larger than 1 MB. AWS accepts templates of up to 10,240 characters");
    await give(page, "paste", 21 * MB);
    await notice(page, "The text was refused. It is larger than 20 MB");
    await expect(page.locator(".notice", { hasText: /private key|engine stopped/ })).toHaveCount(0);
    await verdict(page, "Provisions");
    await page.locator("#template-file").setInputFiles(json("small.json", sample("empty-policy.json")));
    await verdict(page, "refuses this template");
  }));

test("a paste beyond a megabyte is one finding, and a small template after it is checked", () =>
  visit({}, async (page) => {
    await give(page, "paste", 2 * MB);
    await page.locator(".finding", { hasText: "JITP020" }).first().waitFor();
    await verdict(page, "Not a template");
    await page.locator("#template-file").setInputFiles(json("small.json", sample("empty-policy.json")));
    await verdict(page, "refuses this template");
  }));

test("a file that is not UTF-8 has the same finding as on the command line, until it is edited", () =>
  visit({}, async (page) => {
    const body = fixture("templates/ok-everything.json");
    const files = {
      "latin-1.json": Buffer.from(body.replace("telemetry", "t\u00e9l\u00e9metry"), "latin1"),
      "windows.json": Buffer.from(body.replace("telemetry", "tele\u0080metry").replaceAll("\n", "\r\n"), "latin1"),
      "utf-16.json": Buffer.from(`\ufeff${body}`, "utf16le"),
    };
    for (const [name, bytes] of Object.entries(files)) {
      assert.ok(name === "utf-16.json" || bytes.some((byte) => byte > 0x7f), name);
      await page.locator("#template-file").setInputFiles(json(name, bytes));
      // The editor has no carriage returns, so that they do not count there.
      const shown = Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
      const [{ message, help }] = validate(shown).diagnostics;
      assert.match(message, /0x[0-9A-F]{2}/);
      const finding = page.locator(".finding", { hasText: "JITP008" }).first();
      await finding.filter({ hasText: message }).filter({ hasText: help }).waitFor();
    }
  }));

test("a template that carries a certificate is a template, and other JSON with one is certificates", () =>
  visit({}, async (page) => {
    const pem = fixture("certificates/signing-ca.pem");
    const body = JSON.parse(fixture("templates/ok-everything.json"));
    await page.locator("#template-file").setInputFiles(json("a.json", JSON.stringify({ ...body, Description: pem })));
    await notice(page, "a.json is in the editor now");
    await page
      .locator("#template-file")
      .setInputFiles(json("b.json", JSON.stringify({ certificateArn: "arn:aws:iot:eu-west-1:123456789012:cert/1", certificatePem: pem })));
    await page.locator(".card", { hasText: "b.json" }).first().waitFor();
  }));
