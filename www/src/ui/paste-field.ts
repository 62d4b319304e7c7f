/** A field for text that goes elsewhere as soon as it is complete. */

import { SHORTEST } from "../model/bounds.ts";
import { certificateWords } from "../words/certificates.ts";
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
      // Otherwise the browser would insert it.
      drop(event) {
        const text = event.dataTransfer?.getData("text/plain");
        if (!text || event.dataTransfer?.files.length) return;
        event.preventDefault();
        given(text);
      },
      input(event) {
        // The keyboard of a phone pastes as if somebody typed very fast.
        const isPasted = event instanceof InputEvent && (event.data?.length ?? 0) >= SHORTEST;
        if (!isPasted && !isComplete(field.value)) return;
        const text = field.value;
        field.value = "";
        given(text);
      },
    },
  });
  return field;
}

const isPem = (text: string): boolean => text.includes("-----END ");

/** A field for anything that the page can read. */
export function anyField(id: string, words: { label: string; placeholder: string }, given: (text: string) => void): HTMLTextAreaElement {
  return pasteField({ id, ...words, rows: 1, isComplete: isPem }, given);
}

/** A field for certificates as PEM text. */
export function pemField(id: string, label: string | undefined, given: (text: string) => void): HTMLTextAreaElement {
  return pasteField(
    { id, ...(label !== undefined && { label }), placeholder: certificateWords.pastePem, rows: 1, isComplete: isPem },
    given,
  );
}
