/** The template on paper: the whole text with the numbers of its lines, for the editor draws only the lines in sight. */

import { h } from "../ui/dom.ts";

/** Puts the text after `editor` for as long as the page is printed. The answer ends it. */
export function printTemplate(editor: HTMLElement, text: () => string): () => void {
  const put = (printing: boolean) => {
    // The text without the editor, if that came later.
    editor.parentElement?.querySelector(".paper-text")?.remove();
    if (!printing) return;
    const lines = text().split(/\r\n?|\n/);
    editor.after(h("ol", { class: "paper-text" }, ...lines.map((line) => h("li", {}, h("code", {}, line)))));
  };
  const ending = new AbortController();
  const { signal } = ending;
  matchMedia("print").addEventListener("change", ({ matches }) => put(matches), { signal });
  // Some browsers say only this.
  window.addEventListener("beforeprint", () => put(true), { signal });
  window.addEventListener("afterprint", () => put(false), { signal });
  return () => {
    ending.abort();
    put(false);
  };
}
