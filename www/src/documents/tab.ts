/** Which document a tab shows. It is remembered over a reload, and no other tab writes to it in the meantime. */

const TAB = "jitp:tab";
const ANY = "jitp:documents";
const UNSAVED = "jitp:unsaved:";

/** How long to wait for the page before a reload to let go of its document, in milliseconds. */
const HANDOVER = 400;

/** The document, or `sample:` and the sample that this tab shows. */
export function shownHere(): string | undefined {
  return quietly(() => sessionStorage.getItem(TAB)) ?? undefined;
}

export function showHere(what: string | undefined): void {
  quietly(() => (what === undefined ? sessionStorage.removeItem(TAB) : sessionStorage.setItem(TAB, what)));
}

/** Whether this browser has had documents: only then there is something to look for. */
export function haveDocuments(): boolean {
  return quietly(() => localStorage.getItem(ANY)) === "1";
}

export function noteDocuments(any: boolean): void {
  quietly(() => (any ? localStorage.setItem(ANY, "1") : localStorage.removeItem(ANY)));
}

/** A note of what a page that is left at this moment has not stored yet. It is written at once, as a database cannot. */
export function noteUnsaved(id: string, text: string): void {
  quietly(() => localStorage.setItem(UNSAVED + id, text));
}

export function forgetUnsaved(id: string): void {
  quietly(() => localStorage.removeItem(UNSAVED + id));
}

/** The notes of all pages that were left, by document. */
export function unsaved(): [string, string][] {
  return (
    quietly(() =>
      Object.entries(localStorage).flatMap(([key, text]) => (key.startsWith(UNSAVED) ? [[key.slice(UNSAVED.length), text]] : [])),
    ) ?? []
  );
}

/** Removes all that was noted. */
export function forgetNotes(): void {
  for (const [id] of unsaved()) forgetUnsaved(id);
  showHere(undefined);
  noteDocuments(false);
}

/** The answer; nothing if the browser stores nothing for the page, or what it stores is damaged. */
export function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** Lets go of a document. */
export type Release = () => void;

/** Holds a document, so that no other tab writes to it; nothing if another tab holds it. `wait`: the page before a reload may still have it. */
export function hold(id: string, wait = false): Promise<Release | undefined> {
  // Only pages from https and this machine have locks.
  if (!("locks" in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const held = (lock: Lock | null) => (lock ? new Promise<void>((release) => resolve(release)) : resolve(undefined));
    const how = wait ? { signal: AbortSignal.timeout(HANDOVER) } : { ifAvailable: true };
    navigator.locks.request(`jitp:${id}`, how, held as (lock: Lock | null) => Promise<void>).catch(() => resolve(undefined));
  });
}

/** The documents that any tab shows. */
export async function held(): Promise<Set<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith("jitp:") ? [name.slice("jitp:".length)] : [])));
}
