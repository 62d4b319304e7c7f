/** A field for text that goes elsewhere as soon as it is complete. */

import { h } from "./dom.ts";

/** What a field is for. */
export interface PasteField {
  id: string;
  label?: string;
  placeholder: string;
  rows: number;
  /** Whether a text that is typed is complete. */
  isComplete(text: string): boolean;
}

/** `given` gets the text from the clipboard before it reaches the page, so that a private key is never in the document. */
export function pasteField({ id, label, placeholder, rows, isComplete }: PasteField, given: (text: string) => void): HTMLTextAreaElement {
  const field = h("textarea", {
    class: "paste",
    rows,
    id,
    "aria-label": label,
    placeholder,
    spellcheck: "false",
    autocomplete: "off",
    on: {
      paste(event) {
        const text = event.clipboardData?.getData("text/plain");
        if (!text) return;
        event.preventDefault();
        given(text);
      },
      input() {
        if (!isComplete(field.value)) return;
        const text = field.value;
        field.value = "";
        given(text);
      },
    },
  });
  return field;
}

/** A field for certificates as PEM text. */
export function pemField(id: string, label: string | undefined, given: (text: string) => void): HTMLTextAreaElement {
  const isComplete = (text: string) => text.includes("-----END ");
  return pasteField({ id, ...(label !== undefined && { label }), placeholder: "Paste PEM text here", rows: 1, isComplete }, given);
}
