/** Copies and saves results. */

import { commonWords as words } from "../words/common.ts";
import { h, icon, type Root, rootOf } from "./dom.ts";
import { notify } from "./notices.ts";

/** Copies a text, and says so, or says why not. */
export async function copy(root: Root, text: string, what: string, remark = ""): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(root, words.copied(what, remark));
  } catch {
    // There is no clipboard without https or permission. Saving as a file still works.
    notify(root, words.cannotCopy(what), { tone: "warning" });
  }
}

/** Saves a text or a picture as a file. */
export function save(content: string | Blob, file: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: file });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** A button that copies; the text is asked for when it is pressed. */
export function copyButton(what: string, text: () => string, label = words.copy): HTMLButtonElement {
  return h(
    "button",
    {
      type: "button",
      class: "button",
      "aria-label": words.copyOf(what),
      on: { click: (event) => void copy(rootOf(event.currentTarget as Element), text(), what) },
    },
    icon("copy"),
    label,
  );
}
