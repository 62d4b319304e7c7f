/** The containers of certificates: zips, PKCS#7 bundles, DER and bare base64; and files that are not certificates. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { atRest, der, expect, paste, stored, useBrowser, verdict } from "./browser.mjs";
import { certificate, chosen, everything, give, signedBy } from "./certificates.mjs";

const visit = useBrowser();
const zip = (name, files, level = 6) => ({ name, mimeType: "application/zip", buffer: Buffer.from(zipSync(files, { level })) });

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "jitp-bundles-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("a zip with a damaged certificate and private keys: the rest is read, no key is", () =>
  visit({}, async (page) => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = String(privateKey.export({ format: "pem", type: "pkcs8" }));
    const bare = privateKey.export({ format: "der", type: "sec1" });
    const damaged = certificate("full").replace(/\n[^-\n]{40,}\n/, "\nAAAA\n");
    await give(
      page,
      zip("line 4.zip", {
        "devices/chained.pem": strToU8(certificate("chained") + pem),
        "devices/broken.pem": strToU8(damaged),
        "devices/device.key": strToU8(pem),
        "devices/key.der": new Uint8Array(bare),
        "devices/key.b64": strToU8(bare.toString("base64")),
        "../../ca.pem": strToU8(certificate("signing-ca")),
        "more.zip": zipSync({ "x.pem": strToU8(certificate("full")) }),
        "__MACOSX/devices/._chained.pem": strToU8("left behind"),
      }),
    );
    await signedBy(page, "Signed by Example Signing CA: verified");
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    const titles = page.locator("#certificate .card .card-title");
    await expect(titles).toHaveCount(4);
    for (const title of [
      /Damaged certificate: line 4\.zip › devices\/broken\.pem/,
      /line 4\.zip › more\.zip/,
      // A name is shown and nothing else.
      /Example Signing CA\s+line 4\.zip › \.\.\/\.\.\/ca\.pem/,
    ]) {
      await titles.filter({ hasText: title }).waitFor();
    }
    await stored(page, ({ certificates }) => certificates.length === 2);
    await atRest(page);
    const all = await everything(page);
    for (const secret of [pem.split("\n")[1], bare.toString("base64").slice(0, 60)]) assert.ok(!all.includes(secret), "no key in the page");
  }));

test("a ZIP that expands to far too much, one cut off and one with a password are reported, and nothing else happens", () =>
  visit({}, async (page) => {
    const bomb = zip("bomb.zip", { "a.pem": new Uint8Array(70_000_000) }, 9);
    // Its list of contents has a false size.
    const lying = Buffer.from(bomb.buffer);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(70_000_000);
    for (let at = lying.indexOf(size); at !== -1; at = lying.indexOf(size, at)) lying.writeUInt32LE(1_000, at);
    const locked = Buffer.from(zipSync({ "a.pem": strToU8(certificate("full")) }));
    locked[6] |= 1;
    const cases = [
      [bomb, /bomb\.zip was not opened\. It expands to more than 64 MB/],
      [{ ...bomb, name: "liar.zip", buffer: lying }, /liar\.zip was not opened\. It expands to more than 64 MB/],
      [{ ...bomb, name: "cut.zip", buffer: bomb.buffer.subarray(0, 3_000) }, /cut\.zip was not opened\. It is damaged/],
      [{ ...bomb, name: "locked.zip", buffer: locked }, /locked\.zip was not opened\. It is protected by a password/],
    ];
    for (const [file, words] of cases) {
      await page.locator("#certificate-file").setInputFiles(file);
      await page.locator(".notice", { hasText: words }).waitFor();
    }
    await atRest(page);
    await expect(page.locator("#certificate .card")).toHaveCount(1);
    await verdict(page, "Provisions");
  }));

test("a p7b gives all that is in it, DER and bare base64 are read, a p12 and a CSR say what they are", () =>
  visit({}, async (page) => {
    for (const name of ["chained", "signing-ca", "root-ca"]) writeFileSync(join(folder, `${name}.pem`), certificate(name));
    const at = (name) => join(folder, name);
    const files = ["chained", "signing-ca", "root-ca"].flatMap((name) => ["-certfile", at(`${name}.pem`)]);
    execFileSync("openssl", ["crl2pkcs7", "-nocrl", ...files, "-outform", "DER", "-out", at("bundle.p7b")]);
    execFileSync("openssl", ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", at("own.key")]);
    execFileSync("openssl", ["req", "-x509", "-new", "-key", at("own.key"), "-subj", "/CN=own", "-out", at("own.pem")]);
    execFileSync("openssl", [
      "pkcs12",
      "-export",
      "-inkey",
      at("own.key"),
      "-in",
      at("own.pem"),
      "-passout",
      "pass:x",
      "-out",
      at("own.p12"),
    ]);
    writeFileSync(at("device.csr"), certificate("request"));
    await give(page, ["bundle.p7b", "own.p12", "device.csr"].map(at));
    await signedBy(page, "Signed by Example Signing CA: verified");
    const cards = page.locator("#certificate .card-error");
    await cards.filter({ hasText: "PKCS#12 archive: own.p12" }).filter({ hasText: "openssl pkcs12 -nokeys" }).waitFor();
    await cards.filter({ hasText: "Signing request: device.csr" }).filter({ hasText: "Requested subject: CN = sensor-0006" }).waitFor();
    await paste(page.locator("#certificate-text"), der(certificate("full")).toString("base64"));
    await chosen(page).filter({ hasText: "pasted text" }).waitFor();
    // A key in bare base64 is refused like any other.
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const key = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
    await atRest(page);
    const before = await page.locator("#certificate .card").count();
    await paste(page.locator("#certificate-text"), key);
    await page.locator(".notice", { hasText: "private key was refused" }).waitFor();
    await atRest(page);
    await expect(page.locator("#certificate .card")).toHaveCount(before);
    const all = await everything(page);
    assert.ok(!all.includes(key.slice(0, 80)), "no key in the page");
  }));
