/** Waits for the first paint, so that later work does not delay it. */

/** A hidden page paints nothing, so the wait has a limit, in milliseconds; a slow machine has painted by then. */
const AT_MOST = 5_000;

/** Resolves after the page was painted with its present content. */
export async function painted(): Promise<void> {
  const frame = new Promise<void>((resolve) => requestAnimationFrame(() => window.setTimeout(resolve)));
  const patience = new Promise<void>((resolve) => window.setTimeout(resolve, AT_MOST));
  await Promise.race([Promise.all([firstPaint(), frame]), patience]);
}

function firstPaint(): Promise<void> {
  if (!PerformanceObserver.supportedEntryTypes.includes("paint")) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: "paint", buffered: true });
  });
}
