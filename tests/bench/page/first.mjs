// The first load: what is painted when, with a cold cache, and what it weighs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { freshPage, longestTask } from "./watch.mjs";

/** Runs in the page before its scripts: notes when the first plan is painted, and when the editor can be used. */
function note() {
  globalThis.marks = {};
  const look = () => {
    const root = document.querySelector("#playground");
    if (!globalThis.marks.plan && /Provision(s|ed)/.test(root?.querySelector("#verdict")?.textContent ?? "")) {
      globalThis.marks.plan = Infinity;
      globalThis.painted((at) => (globalThis.marks.plan = at));
    }
    if (!globalThis.marks.editor && root?.querySelector("#editor")?.shadowRoot?.querySelector(".cm-content"))
      globalThis.marks.editor = performance.now();
    if (globalThis.marks.plan && globalThis.marks.editor) observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

/** One visit. Times are milliseconds from the start of the navigation. */
export async function firstVisit(browser, url, slowdown = 1) {
  const page = await freshPage(browser, { slowdown, watched: note });
  const requested = new Set();
  page.on("request", (request) => requested.add(request.url()));
  await page.goto(url);
  const own = url.endsWith("/");
  if (own) await page.waitForSelector("html[data-ready]");
  const times = await page.evaluate(async () => {
    while (globalThis.marks.plan === Infinity) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const late = performance.getEntriesByType("resource").filter(({ startTime }) => paint && startTime > paint.startTime);
    return { paint: paint?.startTime, ...globalThis.marks, late: late.map(({ name }) => name) };
  });
  const task = own ? await longestTask(page) : undefined;
  await page.context().close();
  return { ...times, task, requested: [...requested] };
}

/** The bytes under gzip of each file of a visit: of the first load, and of the late script. The wasm belongs to the first load in any case. */
export function weights({ requested, late }, base, dist) {
  const files = requested
    .filter((url) => url.startsWith(base))
    .map((url) => {
      const file = url.slice(base.length) || "index.html";
      return {
        file,
        gzip: gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
        late: late.includes(url) && !/\.wasm$/.test(file),
      };
    });
  const sum = (wanted) => files.reduce((sum, { gzip, late }) => sum + (late === wanted ? gzip : 0), 0);
  return { first: sum(false), late: sum(true), files: files.toSorted((a, b) => b.gzip - a.gzip) };
}
