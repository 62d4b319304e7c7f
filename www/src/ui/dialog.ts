/** A dialog over the page, with a title and a way out. */

import { h, icon, type Root } from "./dom.ts";

/** Opens it; it is gone from the page once it is closed. */
export function openDialog(root: Root, id: string, title: string, ...content: (Node | string)[]): HTMLDialogElement {
  const close = h(
    "button",
    { type: "button", class: "button-quiet", "aria-label": "Close", on: { click: () => dialog.close() } },
    icon("cross"),
  );
  const dialog = h(
    "dialog",
    { class: "dialog", id, "aria-labelledby": `${id}-title` },
    h("div", { class: "dialog-head" }, h("h2", { id: `${id}-title`, class: "dialog-title" }, title), close),
    ...content,
    // What is said over the page would be out of reach as long as this is open.
    h("div", { class: "dialog-notices", role: "status" }),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    // Beside the box, on its backdrop.
    if (event.target === dialog) dialog.close();
  });
  root.append(dialog);
  dialog.showModal();
  return dialog;
}
