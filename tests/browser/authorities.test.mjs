/** CAs and devices: who signed whom, sample certificates, and the registration of a CA. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, atRest, expect, fits, fixture, paste, sample, stored, useBrowser, verdict } from "./browser.mjs";
import { ca, certificate, chosen, everything, give, signedBy, many, text } from "./certificates.mjs";

const visit = useBrowser();
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "jitp-authorities-"));
});

after(() => rmSync(folder, { recursive: true, force: true }));

test("a JSON file in a folder never replaces the template, but its certificates are read", () =>
  visit({}, async (page) => {
    const inside = join(folder, "mixed");
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, "policy.json"), sample("empty-policy.json"));
    writeFileSync(join(inside, "keys.json"), JSON.stringify({ certificatePem: certificate("chained") }));
    await page.locator("#certificate-folder").setInputFiles(inside);
    await chosen(page).filter({ hasText: "sensor-0130" }).waitFor();
    await page.locator("#certificate .card-error", { hasText: "policy.json" }).waitFor();
    await verdict(page, "Provisions");
    await expect
      .poll(() => page.locator(".cm-content").innerText(), "the template is what it was")
      .toMatch(/AWS::IoT::Certificate::OrganizationalUnit/);
  }));

test("a folder with a CA and its devices: the CA is found, and each device says who signed it", () =>
  visit({}, async (page) => {
    const inside = join(folder, "line-4");
    mkdirSync(inside, { recursive: true });
    for (const name of ["chained", "not-its-ca", "signing-ca", "root-ca"]) writeFileSync(join(inside, `${name}.pem`), certificate(name));
    await page.getByRole("button", { name: "Remove meter-000417" }).click();
    await page.locator("#certificate-folder").setInputFiles(inside);
    await signedBy(page, "Signed by Example Signing CA: verified");
    await expect.poll(() => chosen(page).innerText(), "a device, not one of the CAs").toMatch(/sensor-0130/);
    await expect.poll(() => ca(page).innerText()).toMatch(/Example Signing CA[^]*it signed the device/);
    await expect
      .poll(() => page.locator(".chain-name").allTextContents())
      .toEqual(["sensor-0130", "Example Signing CA", "Example Root CA"]);
    await page.locator("#step-1").click();
    await page
      .locator("#step-1-more")
      .filter({ hasText: "Signed by the registered CA: verified (O = Example, CN = Example Signing CA)" })
      .waitFor();
    // The other device names the CA as its issuer, but another CA signed it.
    const other = page.locator(".card", { hasText: "sensor-0131" });
    await expect.poll(() => other.innerText()).toMatch(/Signed by Example Signing CA: not verified/);
    await other.getByRole("radio").check();
    await page.locator(".finding", { hasText: "JITP130" }).first().waitFor();
    // The CAs are above the fleet.
    await expect.poll(() => page.locator(".fleet .part-title").innerText()).toMatch(/^2 certificates/);
    // A higher CA does not replace the one that signed.
    await page.getByRole("radio", { name: "sensor-0130" }).check();
    await signedBy(page, "verified");
    await page.getByRole("radio", { name: "Example Root CA" }).check();
    await page.locator(".finding", { hasText: "JITP131" }).first().waitFor();
    await page.getByRole("button", { name: "Choose automatically" }).click();
    await signedBy(page, "Signed by Example Signing CA: verified");
    await accessible(page);
  }));

test("a wrong CA: the card says that it did not sign, and the plan why that matters", () =>
  visit({}, async (page) => {
    await give(page, [text("device.pem", certificate("chained"))]);
    await signedBy(page, /Example Signing CA[^]*: not checked.*Add the CA certificate/);
    await page.locator("#certificate-file").setInputFiles(text("ca.pem", certificate("twin-ca")));
    await signedBy(page, /Signed by Example Signing CA: not verified/);
    await expect.poll(() => chosen(page).innerText(), "the device stays the one to plan for").toMatch(/sensor-0130/);
    await page.locator(".finding", { hasText: "JITP130" }).first().waitFor();
    // The right CA replaces it by itself.
    await page.locator("#certificate-file").setInputFiles(text("right.pem", certificate("signing-ca")));
    await signedBy(page, "Signed by Example Signing CA: verified");
    await expect.poll(() => ca(page).innerText()).toMatch(/right\.pem/);
    await page.locator(".remark", { hasText: "JITP133" }).waitFor();
  }));

test("the CA in the output of describe-ca-certificate is the one to check against, until another is chosen", () =>
  visit({}, async (page) => {
    const { registrationConfig } = JSON.parse(fixture("templates/ok-register-ca-input.json"));
    const described = (certificatePem) =>
      JSON.stringify(
        { certificateDescription: { certificatePem, status: "ACTIVE", autoRegistrationStatus: "ENABLE" }, registrationConfig },
        null,
        2,
      );
    await give(page, [text("devices.pem", certificate("chained") + certificate("not-its-ca"))]);
    await page.locator("#template-file").setInputFiles(text("ca.json", described(certificate("signing-ca"))));
    await ca(page).filter({ hasText: "Example Signing CA" }).filter({ hasText: "from an output of DescribeCACertificate" }).waitFor();
    await signedBy(page, "Signed by Example Signing CA: verified");
    await page.locator("#step-1").click();
    await page.locator("#step-1-more").filter({ hasText: "The CA certificate comes from the text" }).waitFor();
    await verdict(page, "Provisions");
    // The table uses the same CA.
    await page.locator(".fleet tbody tr", { hasText: "sensor-0131" }).filter({ hasText: "was not signed with the key" }).waitFor();
    await expect(page.locator(".authorities .card")).toHaveCount(1);
    await expect(page.locator(".authorities").getByRole("button", { name: /^Remove/ }), "it goes with the text").toHaveCount(0);
    // Another CA that is added changes nothing, until it is chosen.
    await page.locator("#certificate-file").setInputFiles(text("twin.pem", certificate("twin-ca")));
    await page.locator(".authorities .card", { hasText: "twin.pem" }).waitFor();
    await ca(page).filter({ hasText: "from an output of DescribeCACertificate" }).waitFor();
    await page.locator(".authorities .card", { hasText: "twin.pem" }).getByRole("radio").check();
    await ca(page).filter({ hasText: "your choice" }).waitFor();
    await page.locator(".finding", { hasText: "JITP136" }).first().waitFor();
    await verdict(page, /Fails at step/);
    await page.locator(".authorities .card", { hasText: "DescribeCACertificate" }).getByRole("radio").check();
    await verdict(page, "Provisions");
    await accessible(page);
  }));

test("the chosen CA is still chosen after a reload", () =>
  visit({}, async (page, { reload }) => {
    await give(page, [text("all.pem", certificate("chained") + certificate("signing-ca") + certificate("root-ca"))]);
    await signedBy(page, "verified");
    await page.getByRole("radio", { name: "Example Root CA" }).check();
    await ca(page).filter({ hasText: "your choice" }).waitFor();
    await stored(page, ({ authority }) => authority !== undefined);
    await reload();
    await ca(page).filter({ hasText: "Example Root CA" }).filter({ hasText: "your choice" }).waitFor();
    await chosen(page).filter({ hasText: "sensor-0130" }).waitFor();
  }));

test("everything about a certificate opens from its card, by keyboard", () =>
  visit({ viewport: { width: 320, height: 700 } }, async (page, { context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("navigation").getByRole("button", { name: "Certificate" }).click();
    await give(page, [text("both.pem", certificate("chained") + certificate("signing-ca"))]);
    await signedBy(page, "verified");
    const opener = page.getByRole("button", { name: "All details of sensor-0130" });
    await opener.focus();
    await page.keyboard.press("Enter");
    const viewer = page.getByRole("dialog", { name: "sensor-0130" });
    const told = async () => (await viewer.innerText()).replace(/\s+/g, " ");
    for (const fact of [
      "CN=sensor-0130,C=DE",
      "C = DE, CN = sensor-0130",
      "O = Example, CN = Example Signing CA",
      "1 · 2.5.4.3 · UTF8String",
      "8193",
      "2001",
      "2049-12-31 23:59:59 UTC",
      "EC, P-256, 256 bits",
      "ecdsa-with-SHA256 1.2.840.10045.4.3.2",
      "CA:FALSE",
      "clientAuth 1.3.6.1.5.5.7.3.2",
      "DD:D7:72:4D:26:49:91:0F",
      "39:CA:95:30:4C:C5:C0:86",
      "ddd7724d2649910f526115496d5ba19be53a4160e858292d9c0a02e5c867ad2b",
      "BB:5F:EF:D8:E6:38:EA:61",
      "X509v3 Basic Constraints",
    ]) {
      await expect.poll(told).toContain(fact);
    }
    await atRest(page);
    await expect.poll(() => viewer.evaluate((element) => element.scrollWidth - element.clientWidth), "too wide by").toBeLessThanOrEqual(0);
    await accessible(page);
    await viewer.getByRole("button", { name: "Copy subject in the form of RFC 4514" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text === "CN=sensor-0130,C=DE"));
    const [download] = await Promise.all([page.waitForEvent("download"), viewer.getByRole("button", { name: "Save PEM" }).click()]);
    assert.equal(download.suggestedFilename(), "sensor-0130.pem");
    assert.equal(readFileSync(await download.path(), "utf8"), certificate("chained"));
    await page.keyboard.press("Escape");
    await expect(viewer).toHaveCount(0);
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement), "the focus is back").toBeTruthy();
  }));

test("no certificate at hand: a CA and a device are created that the template provisions, and OpenSSL accepts them", () =>
  visit({}, async (page, { context }) => {
    await context.setOffline(true);
    await page.getByRole("button", { name: "Missing country" }).click();
    await verdict(page, /Fails at step/);
    await page.getByRole("button", { name: "Create sample certificates", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: /Sample certificates for this template/ });
    await dialog.waitFor();
    const saved = {};
    for (const name of ["device.pem", "ca.pem", "device.key", "ca.key"]) {
      const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name, exact: true }).click()]);
      saved[name] = await download.path();
    }
    assert.match(execFileSync("openssl", ["verify", "-CAfile", saved["ca.pem"], saved["device.pem"]], { encoding: "utf8" }), /OK/);
    // The key belongs to the certificate.
    const publicOf = (...how) => execFileSync("openssl", how, { encoding: "utf8" });
    assert.equal(
      publicOf("pkey", "-in", saved["device.key"], "-pubout"),
      publicOf("x509", "-in", saved["device.pem"], "-noout", "-pubkey"),
    );
    await expect.poll(() => dialog.locator("pre").innerText()).toMatch(/openssl x509 -req -in device\.csr -CA ca\.pem/);
    await accessible(page);
    const secrets = ["device.key", "ca.key"].map((name) => readFileSync(saved[name], "utf8").split("\n")[1]);
    await page.keyboard.press("Escape");
    await verdict(page, "Provisions");
    await signedBy(page, "verified");
    await stored(page, ({ certificates }) => certificates.length === 2);
    await atRest(page);
    const all = await everything(page);
    for (const secret of secrets) assert.ok(secret.length > 40 && !all.includes(secret), "no key stays");
    assert.ok(!all.includes("PRIVATE KEY"));
  }));

test("registering a CA: the mode, a code that does not match, one that does", () =>
  visit({}, async (page) => {
    await give(page, [text("device.pem", certificate("chained")), text("ca.pem", certificate("signing-ca"))]);
    await signedBy(page, "verified");
    const part = page.locator(".register");
    await part.locator("summary").focus();
    await page.keyboard.press("Enter");
    const outcome = part.locator(".register-result");
    await outcome.filter({ hasText: "none was given" }).waitFor();
    await part.locator("#verification-file").setInputFiles(text("verification.pem", certificate("verification")));
    await outcome.filter({ hasText: "Enter the registration code" }).waitFor();
    const code = "3a7c1f0e5b9d2468ace013579bdf02468ace13579bdf02468ace13579bdf0246";
    await part.getByLabel("Registration code").fill(code.replace(/6$/, "7"));
    await outcome.filter({ hasText: "is not the registration code" }).filter({ hasText: "JITP135" }).waitFor();
    await part.getByLabel("Registration code").fill(code);
    await outcome.filter({ hasText: "Example Signing CA can be registered." }).waitFor();
    await expect.poll(() => part.locator("pre").innerText()).toContain(`code=${code}`);
    await accessible(page);
    await part.getByRole("radio", { name: /SNI_ONLY/ }).check();
    await part.locator("pre", { hasText: "--certificate-mode SNI_ONLY" }).waitFor();
    await expect(part.getByLabel("Registration code")).toBeHidden();
    // A key is refused here as well.
    await part.getByRole("radio", { name: /DEFAULT/ }).check();
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    await paste(part.locator("#verification-text"), String(privateKey.export({ format: "pem", type: "pkcs8" })));
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    await atRest(page);
    const all = await everything(page);
    assert.ok(!all.includes("PRIVATE KEY"), "no key in the page");
  }));

test("a certificate is checked at the chosen time", () =>
  visit({}, async (page) => {
    await give(page, [text("device.pem", certificate("full"))]);
    await chosen(page).filter({ hasText: "sensor-0001" }).waitFor();
    await atRest(page);
    await expect(chosen(page).locator(".finding-error")).toHaveCount(0);
    await page.locator(".options summary").click();
    await page.getByLabel("Clock").fill("2080-01-01T00:00");
    await chosen(page)
      .locator(".finding-error", { hasText: /expired|valid/ })
      .waitFor();
  }));

for (const [width, colorScheme] of [
  [320, "dark"],
  [390, "light"],
  [1440, "dark"],
]) {
  test(`device, CA and registration at ${width} px, ${colorScheme}: nothing sticks out, axe finds nothing`, () =>
    visit({ viewport: { width, height: 800 }, colorScheme }, async (page) => {
      if (width < 900) await page.getByRole("navigation").getByRole("button", { name: "Certificate" }).click();
      await give(page, [
        text("all.pem", ["chained", "not-its-ca", "rsa1024", "request", "signing-ca", "root-ca"].map(certificate).join("")),
      ]);
      await signedBy(page, "verified");
      for (const said of ["certificate removed", "could be read"])
        await page.locator(".notice", { hasText: said }).getByRole("button", { name: "Dismiss" }).click();
      await page.locator(".register summary").click();
      await page.locator(".register pre").waitFor();
      await fits(page);
      await expect
        .poll(
          () => page.locator("#certificate").evaluate((element) => element.scrollWidth - element.clientWidth),
          "the panel is too wide by",
        )
        .toBeLessThanOrEqual(0);
      await accessible(page);
    }));
}

test("a thousand devices and their CA", () =>
  visit({}, async (page) => {
    await give(page, [text("all.pem", certificate("signing-ca") + many(certificate("chained"), 500) + many(certificate("rsa2048"), 500))]);
    await page.locator(".cards-head", { hasText: "1,000 entries" }).waitFor();
    await signedBy(page, "verified");
    await expect(page.locator("#certificate .card"), "the device that is planned for, and the CA").toHaveCount(2);
    await page.locator(".fleet .part-title", { hasText: "1,000 certificates" }).waitFor();
  }));
