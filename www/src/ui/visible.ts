/**
 * Untrusted texts as the page shows them: names from certificates, keys and values of templates, names of files. Such a text must not turn
 * the direction of its neighbours, hide, or look like something else.
 */

import { isolatedText, visibleText } from "jitp";

/** A text with its invisible characters spelled out; with `lines` it may have line breaks. */
export function visible(text: string, lines = false): string {
  return visibleText(text, { lines });
}

/** The characters that {@link visible} spells out and that the editor's own list does not have. */
export const UNSEEN = /[\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u3000])\p{Zs}/u;

/** The same for a place without elements, such as an attribute: values with letters from right to left are between U+2068 and U+2069. */
export function isolated(text: string): string {
  return isolatedText(visible(text));
}

/**
 * The same in pieces, with values that have letters from right to left in `bdi`: they do not move what is next to them. With `whole`, such as for
 * code, the text is one value.
 */
export function pieces(text: string, lines = false, whole = false): (string | HTMLElement)[] {
  const shown = visible(text, lines);
  const marked = isolatedText(shown);
  if (whole && !lines && marked !== shown) return [bdi(shown)];
  return marked
    .split(/\u2068([^\u2069]*)\u2069/)
    .map((piece, i) => (i % 2 === 1 ? bdi(piece) : piece))
    .filter((piece) => piece !== "");
}

/** A text in an element that isolates it. */
function bdi(text: string): HTMLElement {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
}
