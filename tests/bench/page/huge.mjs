// Twenty thousand certificates: how soon the page says something, when all are judged, and the longest task of the main thread.
import { readFileSync } from "node:fs";
import { forgetTasks, freshPage, longestTask } from "./watch.mjs";

const COUNT = 20_000;
const WAIT = { timeout: 180_000 };

/** Runs in the page: the time of the first sign of an answer, and that of the last row. */
function watchRows(all) {
  const from = performance.now();
  globalThis.signs = {};
  return new Promise((resolve) => {
    const look = () => {
      const title = document.querySelector(".fleet .part-title")?.textContent ?? "";
      const told = `${document.querySelector("#notices")?.textContent ?? ""}${document.querySelector("#verdict")?.textContent ?? ""}`;
      // A count of thousands.
      if (globalThis.signs.first === undefined && /\d,\d{3}/.test(told + title)) globalThis.signs.first = performance.now() - from;
      if (title.startsWith(all) && !title.includes("so far") && (globalThis.wanted === undefined || globalThis.wanted())) {
        observer.disconnect();
        resolve({ first: globalThis.signs.first, all: performance.now() - from });
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    look();
  });
}

/** The figures of each way to give them. `bundle` is a file with all of them. */
export async function huge(browser, url, bundle) {
  const text = readFileSync(bundle, "utf8");
  const phases = {};
  const phase = async (page, name, act) => {
    await forgetTasks(page);
    const times = page.evaluate(watchRows, COUNT.toLocaleString("en"));
    await act();
    const { first, all } = await times;
    await page.waitForTimeout(900);
    phases[name] = { first, all, ...(await longestTask(page)) };
  };
  const open = async () => {
    const page = await freshPage(browser);
    page.setDefaultTimeout(WAIT.timeout);
    await page.goto(url);
    await page.waitForSelector("html[data-ready]");
    await page.waitForTimeout(300);
    return page;
  };

  const one = await open();
  await phase(one, "one file", () => one.locator("#certificate-file").setInputFiles(bundle));
  // The rows are from before the reload until then.
  await one.waitForTimeout(3_000);
  await one.reload();
  await phase(one, "a reload", () => one.waitForSelector("html[data-ready]", WAIT));
  await one.context().close();

  const given = await open();
  // The driver decodes it in the page, which is not measured.
  await given.evaluate((text) => (globalThis.given = text), text);
  await phase(given, "a paste", () =>
    given.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", globalThis.given);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }),
  );
  await given.context().close();

  const files = await open();
  await files.evaluate((text) => {
    const pems = text.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g);
    globalThis.given = new DataTransfer();
    for (const [i, pem] of pems.entries()) globalThis.given.items.add(new File([pem], `device-${i}.pem`));
  }, text);
  await phase(files, "20,000 files", () =>
    files.evaluate(() => {
      const input = document.querySelector("#certificate-file");
      input.files = globalThis.given.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }),
  );
  await files.context().close();
  return phases;
}
