/** A box with code in it and a button that copies it. Its lines do not wrap: a command must be read as it is entered. */

import { copyButton } from "./copy-save.ts";
import { h } from "./dom.ts";

/** The keyboard must reach code that scrolls, and need not stop at code that does not. */
const scrolls = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement)) continue;
    if (!target.isConnected) scrolls.unobserve(target);
    else if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

/** Code, without a button. `label` names it for screen readers. */
export function code(text: string, label: string): HTMLElement {
  const element = h("pre", { class: "code", role: "group", "aria-label": label }, text);
  scrolls.observe(element);
  return element;
}

/** `label` names the box for screen readers, `what` its content in the button's label and notice. */
export function codeBox(text: string, label: string, what = label): HTMLElement {
  return h(
    "div",
    { class: "code-box" },
    code(text, label),
    copyButton(what, () => text),
  );
}
