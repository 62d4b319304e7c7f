/** The actions of the tests about certificates and CAs on the page. */

import { answered, fixture } from "./browser.mjs";

export const certificate = (name) => fixture(`certificates/${name}.pem`);
export const text = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

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
export function everything(page) {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
    return [
      document.documentElement.outerHTML,
      document.querySelector("#editor")?.shadowRoot?.innerHTML,
      JSON.stringify(localStorage),
      location.href,
      ...fields,
    ].join("\n");
  });
}
