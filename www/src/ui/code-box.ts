/** A box with code in it and a button that copies it. */

import { copyButton } from "./copy-save.ts";
import { h } from "./dom.ts";

/** `label` names the box for screen readers, `what` its content in the button's label and notice. */
export function codeBox(text: string, label: string, what = label): HTMLElement {
  return h(
    "div",
    { class: "code-box" },
    h("pre", { class: "code", tabindex: 0, role: "group", "aria-label": label }, text),
    copyButton(what, () => text),
  );
}
