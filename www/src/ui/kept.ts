/** Keeps elements whose input is the same, so that the browser need not lay out and paint them again. `rerender` leaves them where they are. */

/**
 * Gives the element that `make` made last time for this name, if the input is equal, members and all, and the element is still on the page. What
 * `make` shows, and what its handlers use, must be in the input.
 */
export function keeper(): <T extends Element | null>(name: string, input: unknown, make: () => T) => T {
  const kept = new Map<string, { input: string; made: Element | null }>();
  return <T extends Element | null>(name: string, input: unknown, make: () => T): T => {
    const now = JSON.stringify(input) ?? "";
    const before = kept.get(name);
    if (before?.input === now && before.made?.isConnected !== false) return before.made as T;
    const made = make();
    kept.set(name, { input: now, made });
    return made;
  };
}
