/** Copies and saves results. */

import { h, icon, type Root, rootOf } from "./dom.ts";
import { notify } from "./notices.ts";

/** Copies a text, and says so, or says why not. */
export async function copy(root: Root, text: string, what: string, remark = ""): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(root, `${what} copied. ${remark}`.trim());
  } catch {
    // There is no clipboard without https or permission. Saving as a file still works.
    notify(root, `The browser does not let this page copy. Save the ${inSentence(what)} as a file, or select and copy it by hand.`, {
      tone: "warning",
    });
  }
}

/** The words with a small first letter, except names and abbreviations. */
export function inSentence(what: string): string {
  return /^([A-Z]{2}|CloudFormation|Terraform)/.test(what) ? what : what.charAt(0).toLowerCase() + what.slice(1);
}

/** Saves a text or a picture as a file. */
export function save(content: string | Blob, file: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: file });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** A button that copies; the text is asked for when it is pressed. */
export function copyButton(what: string, text: () => string, label = "Copy"): HTMLButtonElement {
  return h(
    "button",
    {
      type: "button",
      class: "button",
      "aria-label": `Copy ${inSentence(what)}`,
      on: { click: (event) => void copy(rootOf(event.currentTarget as Element), text(), what) },
    },
    icon("copy"),
    label,
  );
}
