/** The template on paper: the whole text with the numbers of its lines, for the editor draws only the lines in sight. */

import { h } from "../ui/dom.ts";

/** Puts the text after `editor` for as long as the page is printed. The answer ends it. */
export function printTemplate(editor: HTMLElement, text: () => string): () => void {
  let paper: HTMLElement | undefined;
  const put = (printing: boolean) => {
    paper?.remove();
    paper = printing
      ? h(
          "ol",
          { class: "paper-text" },
          ...text()
            .split(/\r\n?|\n/)
            .map((line) => h("li", {}, h("code", {}, line))),
        )
      : undefined;
    if (paper) editor.after(paper);
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
