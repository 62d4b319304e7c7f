/** Which document a tab shows. It is remembered over a reload. */

const TAB = "jitp:tab";
const ANY = "jitp:documents";
const UNSAVED = "jitp:unsaved:";

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
