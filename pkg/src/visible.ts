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
