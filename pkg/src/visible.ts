/** Makes texts safe to show: characters that a terminal or a renderer would obey, or a user overlook, are spelled out. */

/**
 * Characters that cannot be seen, or are not what they look like: control characters, line and paragraph separators, characters that Unicode
 * lets renderers leave out (marks of direction, joiners, variation selectors, fillers, tags), spaces that look like the ordinary one, and
 * halves of surrogate pairs. The ideographic space is as wide as a character and stays.
 */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u061c\u2800\ufff9-\ufffb\u{e0001}-\u{e007f}]|(?![ \u3000])\p{Zs}/gu;

/** The characters that {@link visibleText} leaves as they are. */
export interface VisibleOptions {
  /** Keep line ends and tabs: the text is shown as lines. */
  lines?: boolean;
}

/**
 * A text in which everything can be seen. Control characters, marks that turn the direction of writing, characters without width,
 * look-alikes of the space and halves of surrogate pairs are spelled out, as in `<U+202E>`; all others stay. The result is safe to show in a
 * terminal or on a page, even if it is a name from a certificate or a key of a template: it does not move a cursor or forge another name.
 * The function does not escape for HTML, Markdown or a shell.
 *
 * The wasm module need not be loaded.
 *
 * @param text any text
 * @param options whether line ends and tabs stay
 *
 * @example
 * import { visibleText } from "jitp";
 * const shown = visibleText("lamp\u202e7"); // lamp<U+202E>7
 */
export function visibleText(text: string, options?: VisibleOptions): string {
  if (options?.lines !== true) return text.replace(UNSEEN, spelled);
  return text.replace(UNSEEN, (found, at: number) => {
    const stays = found === "\n" || found === "\t" || (found === "\r" && text[at + 1] === "\n");
    return stays ? found : spelled(found);
  });
}

function spelled(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** Letters that are written from right to left. */
const LEFTWARDS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;
const BEFORE = "([{";
const AFTER = ")]},.:;!?";

/**
 * A text in which each value with letters that are written from right to left, such as a name in Hebrew, is between the characters U+2068 and U+2069,
 * which isolate it. Without them, numbers and signs in the value and next to it would change places. A value in quotes is what is between the
 * quotes; another one is its words, with the numbers and signs between them. Each line is isolated by itself.
 *
 * Give it what {@link visibleText} returns, so that the text has no other characters of this kind. It is for texts that people read: no
 * parser expects these characters. In HTML, `<bdi>` does the same.
 *
 * The wasm module need not be loaded.
 *
 * @param text a text that is shown
 *
 * @example
 * import { isolatedText } from "jitp";
 * const shown = isolatedText("Thing \u05d0\u05d1, step 2"); // Thing \u2068\u05d0\u05d1\u2069, step 2
 */
export function isolatedText(text: string): string {
  if (!LEFTWARDS.test(text)) return text;
  return text
    .split(/("[^"\n]*"|\n)/)
    .map((piece, i) => (i % 2 === 0 ? looseValues(piece) : LEFTWARDS.test(piece) ? `"${isolate(piece.slice(1, -1))}"` : piece))
    .join("");
}

const isolate = (value: string): string => `\u2068${value}\u2069`;

/** With the values in it isolated that have no quotes. */
function looseValues(text: string): string {
  // Words, and at odd places the spaces between them.
  const words = text.split(/(\s+)/);
  let made = "";
  for (let i = 0; i < words.length; i++) {
    if (!LEFTWARDS.test(words[i] ?? "")) {
      made += words[i];
      continue;
    }
    let last = i;
    for (let j = i + 1; j < words.length; j++) {
      const word = words[j] ?? "";
      if (LEFTWARDS.test(word)) last = j;
      else if (LETTER.test(word)) break;
    }
    const value = words.slice(i, last + 1).join("");
    // Brackets before it and signs after it belong to the sentence. It has a letter, so that both searches end.
    let [from, to] = [0, value.length];
    while (BEFORE.includes(value.charAt(from))) from++;
    while (AFTER.includes(value.charAt(to - 1))) to--;
    made += value.slice(0, from) + isolate(value.slice(from, to)) + value.slice(to);
    i = last;
  }
  return made;
}
