/** A button that opens the browser's file dialog. */

import { h, icon, type IconName } from "./dom.ts";

/** `props` are attributes of the input, which is hidden but can be reached by the keyboard. */
export function fileButton(
  id: string,
  title: string,
  props: { accept?: string; multiple?: boolean; webkitdirectory?: boolean },
  chosen: (files: File[]) => void,
  mark: IconName = "file",
): HTMLElement {
  const input = h("input", {
    type: "file",
    class: "visually-hidden",
    id,
    ...props,
    on: {
      change: () => {
        const files = [...(input.files ?? [])];
        // Otherwise the same file could not be chosen twice in a row.
        input.value = "";
        chosen(files);
      },
    },
  });
  return h("span", { class: "file-button" }, input, h("label", { class: "button", for: id }, icon(mark), title));
}
