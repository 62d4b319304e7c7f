/** The actions of the tests about certificates and CAs on the page. */

import { answered, der, fixture, sample, storage } from "./browser.mjs";

export const certificate = (name) => fixture(`certificates/${name}.pem`);
export const text = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

/** The PEM of a DER. */
function pemOf(bytes) {
  const body = bytes.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
}

/** A certificate, and others that differ from it in their signature only, which is not right: the page keeps the same one once. */
export function many(pem, count) {
  return Array.from({ length: count }, (_, i) => {
    const bytes = Buffer.from(der(pem));
    if (i > 0) bytes.writeUInt32BE(i, bytes.length - 4);
    return pemOf(bytes);
  }).join("");
}

/** Any number of different certificates for devices `meter-NNNNNN`, as one PEM text. Their signatures are not right, and nobody asks. */
export function meters(count, first = 1) {
  const one = der(sample("water-meter.pem")).toString("latin1");
  const made = [];
  for (let i = first; i < first + count; i++) {
    made.push(pemOf(Buffer.from(one.replaceAll("meter-000417", `meter-${String(i).padStart(6, "0")}`), "latin1")));
  }
  return made.join("");
}

/** A page without the sample's certificate, and files chosen for it. */
export async function give(page, files) {
  await page.getByRole("button", { name: "Remove meter-000417" }).click();
  await page.locator("#certificate-file").setInputFiles(files);
}

export const chosen = (page) => page.locator(".card.is-chosen");
export const ca = (page) => page.locator(".card.is-registered");

export const signedBy = async (page, words) => {
  await chosen(page).locator(".signer").filter({ hasText: words }).waitFor();
  await answered(page);
};

/** Everything in the page: markup, fields, storage. */
export async function everything(page) {
  const kept = JSON.stringify(await storage(page));
  return page.evaluate((kept) => {
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
    return [
      document.documentElement.outerHTML,
      document.querySelector("#editor")?.shadowRoot?.innerHTML,
      kept,
      location.href,
      ...fields,
    ].join("\n");
  }, kept);
}
