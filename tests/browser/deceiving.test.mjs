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
    ["three", "/CN=lamp\u202e שלום 12/O=ארגון 7/C=DE"],
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

/** A value with letters from right to left between the characters that isolate it, where there can be no element. */
const ISOLATED = /\u2068[^\u2068\u2069]*[\u0590-\u08ff][^\u2068\u2069]*\u2069/g;

/** Checks that every deceiving character is spelled out, and none is shown as it is. */
async function holds(page, spelled = Object.keys(DECEIVING)) {
  await atRest(page);
  const all = await texts(page);
  const raw = all.filter(([, text]) =>
    /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/.test(
      text.replace(ISOLATED, "").replace(/[\n\t]/g, ""),
    ),
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

/** Checks that each value with letters from right to left is isolated: by an element, or by characters where there can be none. */
async function isolates(page, where) {
  await atRest(page);
  const loose = await texts(page);
  assert.ok(
    loose.some(([, text]) => /[\u0590-\u08ff]/.test(text)),
    `${where}: the name is shown`,
  );
  // In the editor the strings of JSON are isolated.
  assert.deepEqual(
    loose.filter(([place, text]) => !/^(bdi|textarea)/.test(place) && /[\u0590-\u08ff]/.test(text.replace(ISOLATED, ""))),
    [],
    where,
  );
}

test("letters that are written from right to left do not move the text next to them, wherever they are", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles({ name: "שלום 3.pem", mimeType: "text/plain", buffer: Buffer.from(made.two) });
    await page.locator(".card.is-chosen .card-title", { hasText: "שלום 12 עולם" }).waitFor();
    await verdict(page, /./);
    // The whole name is isolated, so that its number stays between its words, and what follows stays after it.
    await isolates(page, "card and verdict");
    await expect
      .poll(() => page.locator("#verdict .verdict-summary bdi").allTextContents())
      .toEqual(expect.arrayContaining(["שלום 12 עולם"]));
    await expect(page.locator("#announcer")).toContainText("\u2068שלום 12 עולם\u2069");
    await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    for (const step of await page.locator(".step-head").all()) await step.click();
    await isolates(page, "plan");
    await page.getByRole("button", { name: /^All details of/ }).click();
    await page.locator("dialog[open]").waitFor();
    await isolates(page, "the dialog of the certificate");
    await page.keyboard.press("Escape");
    // A table, and a name that has both.
    await page.locator("#certificate-file").setInputFiles({ name: "three.pem", mimeType: "text/plain", buffer: Buffer.from(made.three) });
    await page.locator(".fleet-table tbody tr", { hasText: "<U+202E>" }).waitFor();
    await page.locator(".fleet-table tbody tr", { hasText: "<U+202E>" }).getByRole("button").first().click();
    await page.locator("#device-verdict", { hasText: "<U+202E>" }).waitFor();
    await isolates(page, "table");
    await holds(page, ["U+202E"]);
    await page.getByRole("button", { name: /^Remove lamp/ }).click();
    await page.locator(".head-recent").click();
    await page.locator(".recent-row").first().waitFor();
    await isolates(page, "recent work");
  }));

test("in the editor a string with such letters is isolated, and so are the findings about it", () =>
  visit({}, async (page) => {
    const template = JSON.parse(sample("provisions.json"));
    template.Parameters["שלום 12"] = { Type: "String", Default: "עולם 7" };
    template.Resources.meter.Properties["ערך 4"] = "א";
    await write(page, JSON.stringify(template, null, 2));
    await page.locator("#template .finding", { hasText: "ערך 4" }).first().waitFor();
    await page.locator(".cm-iso", { hasText: "שלום 12" }).waitFor();
    await atRest(page);
    const loose = await page.locator(".cm-content").evaluate(
      (content) =>
        [...content.querySelectorAll(".cm-line")].filter((line) => {
          const rest = line.cloneNode(true);
          for (const one of rest.querySelectorAll(".cm-iso")) one.remove();
          return /[\u0590-\u08ff]/.test(rest.textContent);
        }).length,
    );
    assert.equal(loose, 0);
    await expect(page.locator("#template .finding bdi", { hasText: "ערך 4" }).first()).toBeVisible();
    await page.locator("#template .finding-jump", { hasText: "ערך 4" }).first().click();
    await holds(page, []);
  }));
