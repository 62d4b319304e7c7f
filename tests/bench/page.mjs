// How soon the page can be used with a cold cache, compared with an empty page from the same server; its size; and how long it blocks the
// main thread while it reads a thousand certificates.
//
//   node tests/bench/page.mjs [--json]
//
// Each visit has its own browser context, so nothing is cached. Times are milliseconds from the start of the navigation;
// they hold for one machine, so look at the ratio to the empty page.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { serve } from "../browser/server.mjs";
import { launch } from "../chromium.mjs";
import { makeCertificates } from "./certificates.mjs";
import { summarise } from "./measure.mjs";

const DIST = fileURLToPath(new URL("../../www/dist", import.meta.url));
const ROUNDS = 11;

/** Notes when the verdict and the editor are first there. */
function watch() {
  globalThis.marks = {};
  const look = () => {
    const root = document.querySelector("#playground");
    const words = root?.querySelector("#verdict .verdict-words")?.textContent ?? "";
    if (!globalThis.marks.plan && /Provisions/.test(words)) globalThis.marks.plan = performance.now();
    if (!globalThis.marks.editor && root?.querySelector("#editor")?.shadowRoot?.querySelector(".cm-content"))
      globalThis.marks.editor = performance.now();
    if (globalThis.marks.plan && globalThis.marks.editor) observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
}

async function visit(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  const page = await context.newPage();
  const requested = new Set();
  page.on("request", (request) => requested.add(request.url()));
  await page.addInitScript(watch);
  await page.goto(url);
  if (url.endsWith("/")) await page.waitForSelector("html[data-ready]");
  const times = await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const late = performance.getEntriesByType("resource").filter(({ startTime }) => paint && startTime > paint.startTime);
    return { paint: paint?.startTime, ...globalThis.marks, late: late.map(({ name }) => name) };
  });
  await context.close();
  return { ...times, requested: [...requested] };
}

/** The longest tasks of the main thread, in milliseconds, from giving a thousand certificates until all are checked and one is chosen. */
async function longestTask(browser, url, bundle) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector("html[data-ready]");
  await page.evaluate(() => {
    globalThis.tasks = [];
    new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  // The file is on the disk, because the driver would decode one in a message in the page.
  await page.locator("#certificate-file").setInputFiles(bundle);
  await page.locator(".fleet .part-title", { hasText: "1,001 certificates" }).waitFor({ timeout: 60_000 });
  await page.locator(".fleet-table tbody tr").nth(20).locator("button, a").first().click();
  await page.waitForTimeout(1_000);
  const longest = await page.evaluate(() => Math.max(0, ...globalThis.tasks));
  await context.close();
  return longest;
}

/** The size of the first load, and of the files after the first paint. The wasm belongs to the first load in any case. */
function weights({ requested, late }, base) {
  const weight = (urls) =>
    urls.reduce((sum, url) => sum + gzipSync(readFileSync(join(DIST, url.slice(base.length) || "index.html")), { level: 9 }).length, 0);
  const editor = late.filter((url) => /editor/.test(url));
  return { first: weight(requested.filter((url) => url.startsWith(base) && !editor.includes(url))), editor: weight(editor) };
}

const empty = mkdtempSync(join(tmpdir(), "jitp-empty-"));
writeFileSync(join(empty, "empty.html"), '<!doctype html><html lang="en"><title>Empty</title><p>Empty.');
const bundle = join(empty, "batch.pem");
writeFileSync(
  bundle,
  makeCertificates(1_000)
    .map(({ pem }) => pem)
    .join(""),
);
const [site, nothing, browser] = [await serve(DIST), await serve(empty), await launch()];
try {
  const rounds = [];
  // The first round warms the browser up and is thrown away.
  for (let round = -1; round < ROUNDS; round++) {
    const pair = { page: await visit(browser, site.url), empty: await visit(browser, `${nothing.url}empty.html`) };
    if (round >= 0) rounds.push(pair);
  }
  const times = (pick) => summarise(rounds.map(pick));
  const result = {
    milliseconds: {
      "an empty page is painted": times(({ empty }) => empty.paint),
      "the page is painted": times(({ page }) => page.paint),
      "the first plan is shown": times(({ page }) => page.plan),
      "the editor can be used": times(({ page }) => page.editor),
    },
    gzip: weights(rounds[0].page, site.url),
    // Browsers report tasks of more than 50 ms only; 0 means that there was none.
    longestTask: await longestTask(browser, site.url, bundle),
  };
  const base = result.milliseconds["an empty page is painted"].median;
  if (process.argv.includes("--json")) console.log(JSON.stringify(result, null, 2));
  else {
    for (const [name, { median, noise }] of Object.entries(result.milliseconds)) {
      console.log(
        `  ${name.padEnd(28)}${median.toFixed(0).padStart(6)} ms  ±${(noise * 50).toFixed(0)} %   ${(median / base).toFixed(1)} times the empty page`,
      );
    }
    console.log(`\n  first load ${result.gzip.first} bytes under gzip, the editor after it ${result.gzip.editor}`);
    const usable = result.milliseconds["the first plan is shown"].median;
    console.log(`  ${usable < 1_000 ? "reached    " : "NOT reached"}  a plan in under 1 s with a cold cache`);
    const { longestTask } = result;
    console.log(
      `  ${longestTask <= 50 ? "reached    " : "NOT reached"}  no task over 50 ms with 1,000 certificates${longestTask > 0 ? ` (one of ${longestTask.toFixed(0)} ms)` : ""}`,
    );
    console.log(`  ${result.gzip.first <= 330_000 ? "reached    " : "NOT reached"}  first load at most 330,000 bytes under gzip`);
  }
} finally {
  await browser.close();
  await site.close();
  await nothing.close();
  rmSync(empty, { recursive: true });
}
