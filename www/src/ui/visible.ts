/**
 * Untrusted texts as the page shows them: names from certificates, keys and values of templates, names of files. Such a text must not turn
 * the direction of its neighbours, hide, or look like something else.
 */

import { visibleText } from "jitp";

/** Letters that are written from right to left. */
const LEFTWARDS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;

/** A text with its invisible characters spelled out; with `lines` it may have line breaks. */
export function visible(text: string, lines = false): string {
  return visibleText(text, { lines });
}

/** The characters that {@link visible} spells out and that the editor's own list does not have. */
export const UNSEEN = /[\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u3000])\p{Zs}/u;

/**
 * The same in pieces: a value with letters from right to left is isolated as a whole, or numbers and signs in it and next to it would change
 * places. A value in quotes is what is in the quotes; another one is its words, with the numbers and signs between them.
 */
export function pieces(text: string, lines = false): (string | HTMLElement)[] {
  const shown = visible(text, lines);
  if (!LEFTWARDS.test(shown)) return shown === "" ? [] : [shown];
  return shown
    .split(/("[^"\n]*")/)
    .flatMap((piece, i) => (i % 2 === 1 && LEFTWARDS.test(piece) ? ['"', isolated(piece.slice(1, -1)), '"'] : loose(piece)))
    .filter((piece) => piece !== "");
}

function isolated(text: string): HTMLElement {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
}

/** The values in a text without quotes. */
function loose(text: string): (string | HTMLElement)[] {
  // Words, and at odd places the spaces between them.
  const words = text.split(/(\s+)/);
  const made: (string | HTMLElement)[] = [];
  let plain = "";
  for (let i = 0; i < words.length; i++) {
    if (!LEFTWARDS.test(words[i] ?? "")) {
      plain += words[i];
      continue;
    }
    let last = i;
    for (let j = i + 1; j < words.length; j++) {
      const word = words[j] ?? "";
      if (LEFTWARDS.test(word)) last = j;
      else if (LETTER.test(word)) break;
    }
    const value = words.slice(i, last + 1).join("");
    // Brackets before it and signs after it belong to the sentence.
    const before = /^[([{]*/.exec(value)?.[0] ?? "";
    const after = /[)\]},.:;!?]*$/.exec(value)?.[0] ?? "";
    made.push(plain + before, isolated(value.slice(before.length, value.length - after.length)));
    plain = after;
    i = last;
  }
  return [...made, plain];
}
