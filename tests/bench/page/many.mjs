// A thousand certificates: the longest task of the main thread in each thing that a user does with them.
import { forgetTasks, freshPage, longestTask } from "./watch.mjs";

const COUNT = 1_000;

/** Resolves when the page has shown rows for all, and has been quiet for a moment. */
async function atRest(page) {
  await page.waitForFunction(
    (all) => {
      const title = document.querySelector(".fleet .part-title")?.textContent ?? "";
      return title.startsWith(all) && !title.includes("so far");
    },
    COUNT.toLocaleString("en"),
    { timeout: 60_000 },
  );
  await page.waitForTimeout(700);
}

/** The longest task of each phase, in order. `bundle` is a file with a thousand certificates. */
export async function thousand(browser, url, bundle) {
  const page = await freshPage(browser);
  await page.goto(url);
  await page.waitForSelector("html[data-ready]");
  await page.waitForTimeout(300);
  const phases = {};
  const phase = async (name, act) => {
    await forgetTasks(page);
    await act();
    await atRest(page);
    phases[name] = await longestTask(page);
  };
  // The file is on the disk, because the driver would decode one in a message in the page.
  await phase("dropped", () => page.locator("#certificate-file").setInputFiles(bundle));
  await phase("sorted", async () => {
    for (const column of [1, 1, 2, 0]) await page.locator(".fleet-sort").nth(column).click();
  });
  await phase("filtered", async () => {
    await page.locator(".fleet-search").pressSequentially("device-000004", { delay: 60 });
    await page.locator(".fleet-search").fill("");
  });
  await phase("chosen", async () => {
    for (const row of [20, 30, 5]) await page.locator(".fleet-table tbody tr").nth(row).locator("th button").click();
  });
  await phase("scrolled", async () => {
    for (let at = 1; at <= 20; at++) {
      await page.locator(".fleet-scroll").evaluate((box, part) => (box.scrollTop = box.scrollHeight * part), at / 20);
      await page.waitForTimeout(50);
    }
  });
  await phase("template edited", async () => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    for (const key of "   ") {
      await page.keyboard.type(key);
      await page.waitForTimeout(90);
    }
  });

  await page.context().close();
  return phases;
}
