// Very many certificates: how soon the page says something, when all are judged, and the longest task of the main thread.
import { readFileSync } from "node:fs";
import { forgetTasks, freshPage, longestTask } from "./watch.mjs";

/** Files are opened one by one, so there are fewer of them. */
const FILES = 20_000;
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

/** The figures of each way to give so many. `bundle` is a file with all of them. */
export async function huge(browser, url, bundle, count) {
  const text = readFileSync(bundle, "utf8");
  const phases = {};
  const phase = async (page, name, act, all = count) => {
    await forgetTasks(page);
    const times = page.evaluate(watchRows, all.toLocaleString("en"));
    await act();
    const { first, all: judged } = await times;
    await page.waitForTimeout(900);
    phases[name] = { first, all: judged, ...(await longestTask(page)) };
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
  const drawn = (text) =>
    one.evaluate(async (text) => {
      const field = document.querySelector(".fleet-search");
      const from = performance.now();
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      const told = text === "" ? /^[\d,]+ shown/ : /of [\d,]+ shown/;
      while (!told.test(document.querySelector(".fleet-range").textContent)) await new Promise((next) => requestAnimationFrame(next));
      return performance.now() - from;
    }, text);
  const act = async (name, run) => {
    await forgetTasks(one);
    const all = await run();
    await one.waitForTimeout(500);
    phases[name] = { first: all, all, ...(await longestTask(one)) };
  };
  await one.locator(".fleet-search").focus();
  await one.waitForTimeout(1_000);
  await act("a search", () => drawn("device-0000477"));
  await act("no search", () => drawn(""));
  await act("scrolled", () =>
    one.locator(".fleet-scroll").evaluate(async (box) => {
      const from = performance.now();
      for (let part = 0; part <= 1; part += 0.05) {
        box.scrollTop = box.scrollHeight * part;
        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      }
      return performance.now() - from;
    }),
  );
  await act("saved", async () => {
    const from = performance.now();
    const [download] = await Promise.all([one.waitForEvent("download"), one.locator('[data-key="save-csv"]').click()]);
    await download.path();
    return performance.now() - from;
  });
  // The rows are from before the reload until then.
  await one.waitForTimeout(5_000);
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
  await files.evaluate(
    ([text, most]) => {
      const pems = text.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g).slice(0, most);
      globalThis.given = new DataTransfer();
      for (const [i, pem] of pems.entries()) globalThis.given.items.add(new File([pem], `device-${i}.pem`));
    },
    [text, FILES],
  );
  const some = Math.min(FILES, count);
  await phase(
    files,
    `${some.toLocaleString("en")} files`,
    () =>
      files.evaluate(() => {
        const input = document.querySelector("#certificate-file");
        input.files = globalThis.given.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }),
    some,
  );
  await files.context().close();
  return phases;
}
