// What the benchmark watches inside the page: long tasks with what they spent their time on, and when something is painted.

/** Runs in the page before its scripts. */
function watch() {
  globalThis.tasks = [];
  globalThis.frames = [];
  new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => globalThis.frames.push(...list.getEntries())).observe({
    type: "long-animation-frame",
    buffered: true,
  });
  const { port1, port2 } = new MessageChannel();
  let waiting = [];
  port1.onmessage = () => {
    const told = waiting;
    waiting = [];
    for (const tell of told) tell(performance.now());
  };
  /** Calls with the time when the present state of the page is painted: the first task after the next frame. */
  globalThis.painted = (tell) =>
    requestAnimationFrame(() => {
      waiting.push(tell);
      port2.postMessage("");
    });
}

/** A page without a cache, as every visitor's first one. */
export async function freshPage(browser, { slowdown = 1, watched = watch } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  const page = await context.newPage();
  if (slowdown > 1) {
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  }
  await page.addInitScript(watch);
  if (watched !== watch) await page.addInitScript(watched);
  return page;
}

/** Forgets the tasks before, and gives them to nobody. */
export const forgetTasks = (page) =>
  page.evaluate(() => {
    globalThis.tasks = [];
    globalThis.frames = [];
  });

/**
 * The longest task since the last call, in milliseconds, and what it did. Browsers report tasks of more than 50 ms only; 0 means
 * that there was none.
 */
export async function longestTask(page) {
  const found = await page.evaluate(async () => {
    // An entry is given to observers when the browser has time for it.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [longest] = globalThis.tasks.toSorted((a, b) => b.duration - a.duration);
    const within = (frame) =>
      frame.startTime + frame.duration >= longest.startTime && frame.startTime <= longest.startTime + longest.duration;
    const frame = longest && globalThis.frames.filter(within).toSorted((a, b) => b.duration - a.duration)[0];
    const [script] = [...(frame?.scripts ?? [])].toSorted((a, b) => b.duration - a.duration);
    globalThis.tasks = [];
    globalThis.frames = [];
    return {
      duration: longest?.duration ?? 0,
      script: script && {
        invoker: script.invoker,
        name: script.sourceFunctionName,
        file: script.sourceURL.split("/").at(-1),
        duration: script.duration,
        layout: script.forcedStyleAndLayoutDuration,
      },
      drawing: frame?.styleAndLayoutStart ? frame.startTime + frame.duration - frame.styleAndLayoutStart : 0,
    };
  });
  return { duration: found.duration, culprit: found.duration === 0 ? "" : culprit(found) };
}

function culprit({ script, drawing }) {
  const parts = [];
  if (script) {
    const layout = script.layout >= 1 ? `, ${script.layout.toFixed(0)} of it forced layout` : "";
    parts.push(`${script.name || script.invoker} in ${script.file || "?"} ${script.duration.toFixed(0)} ms${layout}`);
  }
  if (drawing >= 1) parts.push(`style, layout and paint ${drawing.toFixed(0)} ms`);
  return parts.join("; ");
}
