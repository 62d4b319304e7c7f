/** The keys that lead from row to row: with very many, the tabulator does not lead far. */

/** How many rows a key leads on, or to which end. */
const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Moves the focus from a row to another one, if the key says so; `reveal` brings a row into sight. Rows that do not open are left out. */
export function nextRow(event: KeyboardEvent, scroller: HTMLElement, count: number, reveal: (at: number) => HTMLElement | undefined): void {
  const step = STEPS[event.key];
  const { target } = event;
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
  const line = target.closest<HTMLElement>("tr[aria-rowindex]") ?? (target === scroller ? firstInSight(scroller) : null);
  if (!line) return;
  event.preventDefault();
  // The head is the first row.
  const from = Number(line.getAttribute("aria-rowindex")) - 2;
  const to = Math.min(Math.max(from + step, 0), count - 1);
  // From an end there is one way only.
  const onwards = to === 0 ? 1 : to === count - 1 ? -1 : Math.sign(step);
  for (let at = to, tries = 0; at >= 0 && at < count && tries < MOST; at += onwards, tries++) {
    const button = reveal(at)?.querySelector<HTMLElement>("button");
    button?.focus({ preventScroll: true });
    if (button) return;
  }
}

/** Nobody waits for more rows that do not open. */
const MOST = 200;

function firstInSight(scroller: HTMLElement): HTMLElement | null {
  const { top } = scroller.getBoundingClientRect();
  const rows = [...scroller.querySelectorAll<HTMLElement>("tr[aria-rowindex]")];
  return rows.find((row) => row.getBoundingClientRect().bottom > top) ?? null;
}
