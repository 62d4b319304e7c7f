/** A field for certificates as PEM text. */

import { h } from "./dom.ts";

/** `pasted` gets the text from the clipboard before it reaches the page, so that a private key is never in the document. */
export function pemField(id: string, label: string | undefined, pasted: (text: string) => void): HTMLTextAreaElement {
  const field = h("textarea", {
    class: "paste",
    rows: 1,
    id,
    "aria-label": label,
    placeholder: "Paste PEM text here",
    spellcheck: "false",
    autocomplete: "off",
    on: {
      paste(event) {
        const text = event.clipboardData?.getData("text/plain");
        if (!text) return;
        event.preventDefault();
        pasted(text);
      },
      input() {
        if (!field.value.includes("-----END ")) return;
        const text = field.value;
        field.value = "";
        pasted(text);
      },
    },
  });
  return field;
}
