/** Pastes that are searched for private keys before they reach the page. */

import { LONGEST, SHORTEST } from "../model/bounds.ts";

/**
 * Handles a paste instead of the browser: the text is inserted once it is known to hold no private key. A short text needs no search, so the
 * browser inserts it. A text that is too long for the search is refused. Says whether the browser is to do nothing.
 */
export function screenPaste(
  event: ClipboardEvent,
  clean: (text: string) => Promise<boolean>,
  put: (text: string) => void,
  refuse: (text: string) => void,
): boolean {
  const look = (text: string) => void clean(text).then((is) => (is ? put(text) : refuse(text)));
  return screenText(event, event.clipboardData?.getData("text/plain") ?? "", look, refuse);
}

/** Handles a text that an event gives instead of the browser, unless it is short: `take` searches it, if it is not too long for that. */
export function screenText(event: Event, text: string, take: (text: string) => void, refuse: (text: string) => void): boolean {
  if (text.length < SHORTEST) return false;
  event.preventDefault();
  if (text.length > LONGEST) refuse(text);
  else take(text);
  return true;
}

/** Inserts a text at the cursor of a field, as if it had been typed. */
export function putInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
