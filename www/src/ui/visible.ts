/**
 * Untrusted texts as the page shows them: names from certificates, keys and values of templates, names of files. Such a text must not turn
 * the direction of its neighbours, hide, or look like something else.
 */

import { visibleText } from "jitp";

/** Letters that are written from right to left, with the characters between two of them. */
const LEFTWARDS =
  /([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+(?:[ \p{M}\p{P}]+(?=[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]))?)+/gu;

/** A text with its invisible characters spelled out; with `lines` it may have line breaks. */
export function visible(text: string, lines = false): string {
  return visibleText(text, { lines });
}

/** The characters that {@link visible} spells out and that the editor's own list does not have. */
export const UNSEEN = /[\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u3000])\p{Zs}/u;

/** The same in pieces: text from right to left is isolated, or numbers and signs next to it would change places. */
export function pieces(text: string, lines = false): (string | HTMLElement)[] {
  const shown = visible(text, lines);
  const made: (string | HTMLElement)[] = [];
  let end = 0;
  for (const { 0: run, index } of shown.matchAll(LEFTWARDS)) {
    const isolated = document.createElement("bdi");
    isolated.textContent = run;
    made.push(shown.slice(end, index), isolated);
    end = index + run.length;
  }
  made.push(shown.slice(end));
  return made.filter((piece) => piece !== "");
}
