/** Private keys, generated here, in every form and at every input of the page: none is shown, kept, linked or saved. */

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { zipSync } from "fflate";
import { makeCertificates } from "../bench/certificates.mjs";
import { atRest, paste, sample, SLOWDOWN, storage, stored, useBrowser, verdict, write } from "./browser.mjs";

const visit = useBrowser();

const made = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const pem = String(made.export({ format: "pem", type: "pkcs8" }));
const pkcs8 = made.export({ format: "der", type: "pkcs8" });
const jwk = made.export({ format: "jwk" });
const secret = Buffer.from(jwk.d, "base64url");

const FORMS = {
  "a Kubernetes secret": Buffer.from(pem).toString("base64"),
  "base64 after a slash": `https://example.com/${pkcs8.toString("base64")}`,
  hex: pkcs8.toString("hex"),
  "a JSON Web Key": JSON.stringify(jwk),
  "PEM, escaped twice": pem.replaceAll("\n", "\\\\n"),
};

/** The forms that are tried at every input. The others are tried at the first, and the tests of the package know sixty. */
const ALL = ["a Kubernetes secret", "a JSON Web Key"];

/** Eight characters of the private number, in any alphabet and at any place. */
const PIECES = new Set();
for (let skip = 0; skip < 3; skip++) {
  const whole = secret.subarray(skip, secret.length - ((secret.length - skip) % 3));
  for (const text of [whole.toString("base64"), whole.toString("base64url"), whole.toString("hex")]) {
    for (let at = 0; at + 8 <= text.length; at++) PIECES.add(text.slice(at, at + 8));
  }
}

function leak(text) {
  for (let at = 0; at + 8 <= text.length; at++) if (PIECES.has(text.slice(at, at + 8))) return text.slice(Math.max(0, at - 40), at + 40);
  return undefined;
}

const inTemplate = (text) => sample("provisions.json").replace('"water-meter"', JSON.stringify(text));
const refused = (page) => page.locator(".notice", { hasText: "private key was refused" }).waitFor();
const dismiss = (page) => page.getByRole("button", { name: "Dismiss" }).first().click();
const unpacked = (url) => inflateRawSync(Buffer.from(url.split("#jitp=1.")[1], "base64url")).toString();

/** Everything in the page and in its stores. */
const everything = (page) =>
  page.evaluate(() => {
    const texts = [document.documentElement.outerHTML];
    const walk = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.value) texts.push(String(element.value));
        if (element.shadowRoot) {
          texts.push(element.shadowRoot.innerHTML);
          walk(element.shadowRoot);
        }
      }
    };
    walk(document);
    return texts.join("\n");
  });
const kept = async (page) => JSON.stringify(await storage(page));

/** Checks that a page at rest has no piece of the key in the texts that are read from it. */
async function free(read, page, where) {
  await atRest(page);
  const text = await read(page);
  assert.equal(leak(text), undefined, where);
}

test("among very many certificates a key is refused, whatever its block is called", () =>
  visit({}, async (page) => {
    const mislabelled = pem.replaceAll("PRIVATE KEY", "CERTIFICATE");
    const pems = makeCertificates(300).map(({ pem }) => pem);
    for (const key of [mislabelled, pem, `note: ${FORMS["a Kubernetes secret"]}\n`]) {
      const buffer = Buffer.from([...pems.slice(0, 150), key, ...pems.slice(150)].join(""));
      await page.locator("#certificate-file").setInputFiles({ name: "batch.pem", mimeType: "application/x-pem-file", buffer });
      await refused(page);
      await page.locator(".cards-head", { hasText: /30[01] entries/ }).waitFor();
      await free(everything, page);
      await free(kept, page);
      await page.getByRole("button", { name: "Remove all" }).click();
      await dismiss(page);
    }
  }));

for (const [form, text] of Object.entries(FORMS)) {
  test(`${form}: no input of the page accepts it`, () =>
    visit({}, async (page) => {
      assert.ok(form.startsWith("PEM") || form.startsWith("a Kub") || leak(text), "the search sees it");
      // Pasted into the editor, as certificates, as a separate file, in a zip, and under its own name.
      await page.locator(".cm-content").click();
      await paste(page.locator(".cm-content"), inTemplate(text));
      await refused(page);
      await dismiss(page);
      await paste(page.locator("#certificate-text"), text);
      await refused(page);
      await dismiss(page);
      await page
        .locator("#template-file")
        .setInputFiles({ name: "template.json", mimeType: "application/json", buffer: Buffer.from(inTemplate(text)) });
      await refused(page);
      await dismiss(page);
      const zip = zipSync({ "keys/device.key": Buffer.from(text), "device.pem": Buffer.from(sample("gateway.pem")) });
      await page.locator("#certificate-file").setInputFiles({ name: "batch.zip", mimeType: "application/zip", buffer: Buffer.from(zip) });
      await page.locator(".card", { hasText: "gateway" }).first().waitFor();
      await refused(page);
      await verdict(page, /./);
      await free(everything, page);
      await free(kept, page);
    }));

  if (!ALL.includes(form)) continue;
  test(`${form}: if it is typed, it is neither kept nor linked nor saved`, () =>
    visit({}, async (page, { reload }) => {
      await write(page, inTemplate("gas-meter"));
      await page.locator("#plan dd", { hasText: /^gas-meter$/ }).waitFor();
      await page.locator(".cm-content").focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText(inTemplate(text));
      await page.locator("#template .finding", { hasText: "JITP155" }).first().waitFor();
      await stored(page, ({ template }) => template === "");
      await free(kept, page, "storage");
      await page.getByRole("button", { name: "Share" }).click();
      const url = await page
        .waitForFunction(() => /#jitp=/.test(document.querySelector("#share-link")?.value) && document.querySelector("#share-link").value)
        .then((found) => found.jsonValue());
      assert.equal(leak(unpacked(url)), undefined, "link");
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
      assert.equal(leak(readFileSync(await download.path(), "utf8")), undefined, "file");
      await page.keyboard.press("Escape");
      await reload();
      await free(everything, page, "after a reload");
    }));

  test(`${form}: a link and a store with it restore everything else`, () =>
    visit({}, async (page, { reload }) => {
      const work = {
        template: inTemplate(text),
        certificates: [
          { from: text.slice(0, 290), pem: sample("gateway.pem") },
          { from: "keys", pem: text },
        ],
        chosen: 0,
        options: { flow: "jitp", region: "eu-north-1" },
        parameters: { a: text, b: "kept" },
      };
      const hash = `#jitp=1.${deflateRawSync(JSON.stringify(work)).toString("base64url")}`;
      await page.evaluate((hash) => {
        location.hash = hash;
      }, hash);
      await page.locator(".card", { hasText: "gateway" }).first().waitFor();
      await free(everything, page, "the link's");
      await stored(page, ({ template, certificates }) => template === "" && certificates.length === 1);
      await free(kept, page);
      await page.evaluate((work) => localStorage.setItem("jitp:work", JSON.stringify(work)), work);
      await reload();
      await free(everything, page, "the store's");
    }));
}

test("the main thread does not search: megabytes of text hold up nobody", () =>
  visit({}, async (page, { context }) => {
    // The measure is the time that the thread itself worked, because the machine may be busy with other things.
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const worked = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
    await atRest(page);
    const before = await worked();
    await paste(page.locator("#certificate-text"), `{"Resources": {"a": "${"M".repeat(3_900_000)}"}}`);
    await page.locator("#certificate .card-error").or(page.locator(".notice")).first().waitFor();
    await atRest(page);
    const seconds = (await worked()) - before;
    assert.ok(seconds < 4 * SLOWDOWN, `${seconds} s`);
  }));
