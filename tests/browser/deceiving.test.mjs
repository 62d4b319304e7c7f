/** Names that deceive: characters that turn the direction of writing, hide, or look like others are spelled out everywhere. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { atRest, expect, paste, sample, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

/** A bell, the beginning of a terminal's command, overrides, isolates, a character without width, a C1 control, a line separator, a look-alike of the space. */
const DECEIVING = {
  "U+0007": "\u0007",
  "U+001B": "\u001b",
  "U+202E": "\u202e",
  "U+2066": "\u2066",
  "U+200B": "\u200b",
  "U+0085": "\u0085",
  "U+2028": "\u2028",
  "U+00A0": "\u00a0",
};
const TAIL = Object.values(DECEIVING).join("x");

let folder;
const made = {};
before(() => {
  folder = mkdtempSync(join(tmpdir(), "jitp-deceiving-"));
  for (const [name, subject] of [
    ["one", `/CN=lamp${TAIL}7/C=DE`],
    ["two", "/CN=שלום 12 עולם/C=DE"],
  ]) {
    const file = join(folder, `${name}.pem`);
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-utf8",
        "-days",
        "3000",
        "-subj",
        subject,
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-keyout",
        join(folder, "key"),
        "-out",
        file,
      ],
      { stdio: "ignore" },
    );
    made[name] = readFileSync(file, "utf8");
  }
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Every text that is drawn or read out, with its element, also in the editor. */
const texts = (page) =>
  page.evaluate(() => {
    const found = [];
    const walk = (node, where) => {
      if (node.nodeType === Node.TEXT_NODE) found.push([where, node.data]);
      if (!(node instanceof Element) && !(node instanceof ShadowRoot)) return;
      if (node instanceof Element)
        for (const name of ["title", "aria-label", "placeholder", "alt"])
          if (node.hasAttribute(name)) found.push([`${where} @${name}`, node.getAttribute(name)]);
      if (node.shadowRoot) walk(node.shadowRoot, where);
      for (const child of node.childNodes) walk(child, `${node.nodeName.toLowerCase()}${node.id ? `#${node.id}` : ""}`);
    };
    walk(document.body, "");
    return found;
  });

/** Checks that every deceiving character is spelled out, and none is shown as it is. */
async function holds(page, spelled = Object.keys(DECEIVING)) {
  await atRest(page);
  const all = await texts(page);
  const raw = all.filter(([, text]) =>
    /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/.test(text.replace(/[\n\t]/g, "")),
  );
  assert.deepEqual(
    raw.filter(([where]) => !/textarea|script|style/.test(where)),
    [],
  );
  for (const code of spelled)
    assert.ok(
      all.some(([, text]) => text.includes(`<${code}>`)),
      `${code} is spelled out`,
    );
}

test("a certificate's name, its file's name, and both in the plan", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles([
      { name: `batch\u202efdp.pem`, mimeType: "text/plain", buffer: Buffer.from(made.one) },
      { name: "two.pem", mimeType: "text/plain", buffer: Buffer.from(made.two) },
    ]);
    await page.locator(".card.is-chosen", { hasText: "<U+202E>x<U+2066>" }).waitFor();
    await page.locator("#verdict", { hasText: "<U+202E>" }).waitFor();
    await page.locator(".card.is-chosen", { hasText: "batch<U+202E>fdp.pem" }).waitFor();
    await page.locator(".fleet-table tbody tr", { hasText: "<U+202E>" }).first().waitFor();
    await holds(page);
    await expect(page, "the title of the window").toHaveTitle(/^[\x20-\x7e\u00b7\u2013\u2014\u2026\u2713\u2717]*$/);
    await page.getByRole("button", { name: /^All details of lamp/ }).click();
    await page.getByRole("dialog", { name: "<U+202E>" }).waitFor();
    await holds(page);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save PEM" }).click()]);
    assert.match(download.suggestedFilename(), /^[\w.-]+$/);
    await page.keyboard.press("Escape");
    // A file that is neither template nor certificate: a card shows its name.
    await page
      .locator("#certificate-file")
      .setInputFiles({ name: `photo\u202egpj.exe`, mimeType: "application/octet-stream", buffer: Buffer.from([1, 2, 3]) });
    await page.locator(".card-error", { hasText: "photo<U+202E>gpj.exe" }).waitFor();
    await holds(page);
  }));

test("keys, names and values of a template: in the editor, the findings, their fixes, and the completions", () =>
  visit({}, async (page) => {
    const template = JSON.parse(sample("provisions.json"));
    template.Parameters[`Site${TAIL}`] = { Type: "String", Default: `cellar${TAIL}` };
    template.Resources.meter.Properties[`ThingTypeName\u202e`] = "x";
    template.Resources.meter.Properties.ThingTypeName = `type${TAIL}`;
    template[`Metadata\u2066`] = {};
    await write(page, JSON.stringify(template, null, 2));
    await page.locator("#template .finding", { hasText: "<U+202E>" }).first().waitFor();
    await page.locator(".cm-specialChar").first().waitFor();
    await holds(page);
    await page.locator("#template .finding-jump", { hasText: "<U+202E>" }).first().click();
    await page.locator(".cm-lintRange-error, .cm-lintRange-warning").first().hover();
    await page.locator(".cm-tooltip .cm-message").first().waitFor();
    await holds(page);
    // The parameters of a request.
    await page.locator(".options summary").click();
    await page.getByLabel("Flow").selectOption("register-thing");
    await page.locator(".parameter-box label", { hasText: "Site<U+0007>" }).waitFor();
    await holds(page);
  }));

test("a text of an unreadable paste", () =>
  visit({}, async (page) => {
    await paste(page.locator("#certificate-text"), `holiday\u202egpj \u0085 picture`);
    await page.locator("#certificate .card-error").or(page.locator(".notice")).first().waitFor();
    await holds(page, []);
  }));

test("letters that are written from right to left do not move the text next to them", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles({ name: "two.pem", mimeType: "text/plain", buffer: Buffer.from(made.two) });
    const title = page.locator(".card.is-chosen .card-title", { hasText: "שלום 12 עולם" });
    await title.waitFor();
    await verdict(page, /./);
    // The whole name is isolated, so that its number stays between its words, and what follows stays after it.
    await atRest(page);
    const loose = await texts(page);
    assert.deepEqual(
      loose.filter(([where, text]) => /[\u0590-\u08ff]/.test(text) && !/^(bdi|text|title|desc|pre|option|p#announcer)|@/.test(where)),
      [],
    );
    await expect
      .poll(() => page.locator("#verdict .verdict-summary bdi").allTextContents())
      .toEqual(expect.arrayContaining(["שלום 12 עולם"]));
  }));
