/**
 * Texts of others, as they are shown: names from certificates, keys and values of templates, names of files. Nothing in one may turn the
 * direction of what stands beside it, hide, or look like something else.
 */

import { visibleText } from "jitp";

/** Letters that are written from right to left, with what stands between two of them. */
const LEFTWARDS =
  /([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+(?:[ \p{M}\p{P}]+(?=[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]))?)+/gu;

/** A text as it may be shown, what cannot be seen spelled out; in `lines` it may have several. */
export function visible(text: string, lines = false): string {
  return visibleText(text, { lines });
}

/** What {@link visible} spells out and an editor's own list of such characters does not have. */
export const UNSEEN = /[\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u3000])\p{Zs}/u;

/** The same in pieces: what is written from right to left is kept by itself, or numbers and signs around it would change places. */
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
