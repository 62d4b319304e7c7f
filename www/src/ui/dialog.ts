/** A dialog over the page, with a title and a close button. */

import { commonWords as words } from "../words/common.ts";
import { h, icon, type Root } from "./dom.ts";

/** Opens it; closing removes it from the page. */
export function openDialog(root: Root, id: string, title: string, ...content: (Node | string)[]): HTMLDialogElement {
  const close = h(
    "button",
    { type: "button", class: "button-quiet", "aria-label": words.close, on: { click: () => dialog.close() } },
    icon("cross"),
  );
  const dialog = h(
    "dialog",
    { class: "dialog", id, "aria-labelledby": `${id}-title` },
    h("div", { class: "dialog-head" }, h("h2", { id: `${id}-title`, class: "dialog-title" }, title), close),
    ...content,
    // Notices of the page are out of reach while the dialog is open.
    h("div", { class: "dialog-notices", role: "status" }),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    // A click on the backdrop.
    if (event.target === dialog) dialog.close();
  });
  root.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A button in a dialog that closes it and then does something. */
export function closingButton(title: string, run: () => void): HTMLButtonElement {
  const click = () => {
    button.closest("dialog")?.close();
    run();
  };
  const button = h("button", { type: "button", class: "button", on: { click } }, title);
  return button;
}
