/** Certificates as users have them: several in one text, damaged ones, DER, and private keys among them. */

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { accessible, atRest, der, expect, fits, fixture, paste, sample, useBrowser, verdict, write } from "./browser.mjs";
import { everything, meters } from "./certificates.mjs";

const visit = useBrowser();
const meter = sample("water-meter.pem");
const sensor = sample("cold-chain-sensor.pem");
const gateway = sample("gateway.pem");

/** A private key that exists for one test only. */
function privateKey(format, type = "pkcs8") {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ format, type });
}

/** A certificate of the fixtures, as a file. */
const certificate = (name) => ({
  name: `${name}.pem`,
  mimeType: "text/plain",
  buffer: Buffer.from(fixture(`certificates/${name}.pem`)),
});

/** Drops a file on the element. */
async function drop(page, selector, name, text) {
  await page.locator(selector).evaluate(
    (element, { name, text }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      const init = { dataTransfer, bubbles: true, cancelable: true, composed: true };
      element.dispatchEvent(new DragEvent("drop", init));
    },
    { name, text },
  );
}

test("several certificates in one paste, one of them damaged", () =>
  visit({}, async (page) => {
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    const lines = gateway.trimEnd().split("\n");
    lines.splice(3, 3);
    await paste(page.locator("#certificate-text"), `from the line:\n${meter}\r\n${lines.join("\n")}\n${sensor}`);
    await expect(page.locator("#certificate .card")).toHaveCount(3);
    const damaged = page.locator("#certificate .card-error");
    await expect(damaged).toHaveCount(1);
    await expect.poll(() => damaged.innerText()).toMatch(/entry 2/);
    await expect.poll(async () => (await damaged.locator(".card-error-text").innerText()).length, "it says why").toBeGreaterThan(10);
    await verdict(page, "Provisions");
    await page.getByRole("radio", { name: "sensor-0071" }).check();
    await verdict(page, /Fails at step/);
    await expect.poll(() => page.locator(".card.is-chosen").innerText()).toMatch(/2\.5\.4\.11 · UTF8String/);
    await expect(page.locator("#certificate-text")).toHaveValue("");
  }));

/** A template that takes nothing from a subject. */
function fixed() {
  const made = JSON.parse(sample("provisions.json").replaceAll(/\{\s*"Ref": "AWS::IoT::Certificate::(?!Id)\w+"\s*\}/g, '"fixed"'));
  made.Parameters = { "AWS::IoT::Certificate::Id": { Type: "String" } };
  return JSON.stringify(made, null, 2);
}

test("what is found about a certificate is at its card, once; the plan leads there", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles(certificate("server-only"));
    await write(page, fixed());
    await verdict(page, "Provisions");
    const found = page.getByRole("list", { name: "Findings about this certificate" }).locator(".finding");
    await expect(found).toHaveCount(1);
    await expect(found).toContainText("JITP127");
    await expect(page.locator(".finding", { hasText: "JITP127" }), "nowhere else").toHaveCount(1);
    await expect(page.locator(".remark")).toHaveCount(0);
    await expect(page.locator("#plan")).not.toContainText("JITP127");
    await page.locator("#plan").getByRole("button", { name: "1 finding about this certificate" }).press("Enter");
    await expect(page.locator("#certificate")).toBeFocused();
    await expect(found).toBeInViewport();
    await accessible(page);
    // What holds for any certificate is known without a template.
    await page.locator("#certificate-file").setInputFiles(certificate("rsa1024"));
    await write(page, "");
    await verdict(page, "No template yet");
    await expect(found).toHaveCount(1);
    await expect(found).toContainText("JITP125");
  }));

test("a certificate that decides the verdict: the banner says the sentence, its card the rest", () =>
  visit({ viewport: { width: 390, height: 844 } }, async (page) => {
    await page.locator(".nav-step[data-view=certificate]").click();
    await page.locator("#certificate-file").setInputFiles(certificate("secp256k1"));
    await page.locator(".nav-step[data-view=plan]").click();
    await verdict(page, "Fails at step 1");
    await expect(page.locator("#verdict .verdict-summary").first()).toContainText("secp256k1");
    await page.getByRole("button", { name: /^\d findings? about this certificate$/ }).click();
    await expect(page.locator("#certificate")).toBeFocused();
    await expect(page.locator("#certificate .finding-error", { hasText: "JITP125" })).toBeInViewport();
    await expect(page.locator("#plan")).toBeHidden();
    await fits(page);
  }));

test("files: DER next to PEM, each with its card", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles([
      { name: "sensor.der", mimeType: "application/pkix-cert", buffer: der(sensor) },
      { name: "gateway.crt", mimeType: "application/x-x509-ca-cert", buffer: Buffer.from(gateway) },
    ]);
    await page.locator("#certificate .card").nth(1).waitFor();
    // The plan is for the first readable certificate of the last file.
    await expect.poll(() => page.locator(".card.is-chosen").innerText()).toMatch(/sensor-0071\s+sensor\.der/);
    await verdict(page, /Fails at step/);
    await page.getByRole("radio", { name: "gateway-12 gateway.crt" }).check();
    await verdict(page, "Provisions");
    await expect(page.locator(".card.is-chosen code.breaks")).toHaveText(/^[0-9a-f]{64}$/);
  }));

test("a private key is refused on the spot and leaves no trace in the page", () =>
  visit({}, async (page) => {
    const pem = String(privateKey("pem"));
    const secret = pem.split("\n")[1];
    await paste(page.locator("#certificate-text"), pem);
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    await atRest(page);
    await expect(page.locator("#certificate .card"), "no new card").toHaveCount(1);
    await page.getByRole("button", { name: "Dismiss" }).click();

    // If a key is in the same file as a certificate, the certificate is read and the key is not.
    await page.locator("#certificate-file").setInputFiles({ name: "both.pem", mimeType: "text/plain", buffer: Buffer.from(sensor + pem) });
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    await page.locator(".card.is-chosen", { hasText: "sensor-0071" }).waitFor();
    await expect(page.locator("#certificate .card"), "the sample's certificate is replaced").toHaveCount(1);
    await page.getByRole("button", { name: "Dismiss" }).click();

    await paste(page.locator(".cm-content"), pem);
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    assert.ok(secret && secret.length === 64, "the secret to look for");
    await atRest(page);
    const all = await everything(page);
    assert.ok(!all.includes(secret), "the key is nowhere in the page");
  }));

for (const [name, key] of [
  ["PKCS#8", privateKey("der")],
  ["SEC 1", privateKey("der", "sec1")],
]) {
  test(`a private key in DER, ${name}, is refused as well`, () =>
    visit({}, async (page) => {
      await page.locator("#certificate-file").setInputFiles({ name: "device.key", mimeType: "application/octet-stream", buffer: key });
      await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
      await atRest(page);
      await expect(page.locator("#certificate .card")).toHaveCount(1);
    }));
}

test("the output of create-keys-and-certificate gives its certificate, and its key is kept out", () =>
  visit({}, async (page) => {
    const PrivateKey = String(privateKey("pem"));
    const printed = JSON.stringify({ certificatePem: sensor, keyPair: { PublicKey: "", PrivateKey } }, null, 4);
    await drop(page, "#template", "keys.json", printed);
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    await page.locator(".card.is-chosen", { hasText: "sensor-0071" }).waitFor();
    await atRest(page);
    const all = await everything(page);
    assert.ok(!all.includes(PrivateKey.split("\n")[1]), "the key is nowhere in the page");
    assert.ok(!all.includes("PRIVATE KEY"));
  }));

test("an entry that is not a certificate gets a card that says so", () =>
  visit({}, async (page) => {
    await page.locator("#certificate-file").setInputFiles({
      name: "holiday.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]),
    });
    await page.locator("#certificate .card-error", { hasText: "holiday.jpg" }).waitFor();
    await verdict(page, "Provisions");
  }));

test("files may be dropped anywhere and get to their part of the page", () =>
  visit({}, async (page) => {
    await drop(page, "#template", "sensor.pem", sensor);
    await verdict(page, /Fails at step/);
    await drop(page, "#plan", "policy.json", sample("empty-policy.json"));
    await verdict(page, "refuses this template");
  }));

test("a thousand certificates at once stay workable", () =>
  visit({}, async (page) => {
    await paste(page.locator("#certificate-text"), meters(1_000, 1_001));
    await page.locator(".cards-head", { hasText: "1,000 entries" }).waitFor();
    await page.getByRole("button", { name: "See all in a table" }).click();
    await page
      .locator(".fleet-table")
      .getByRole("button", { name: /^Plan of meter-/ })
      .nth(20)
      .click();
    await page.locator(".fleet-table tr.is-chosen").waitFor();
    await verdict(page, "Provisions");
    await page.getByRole("button", { name: "Remove all" }).click();
    await verdict(page, "No certificate yet");
  }));
