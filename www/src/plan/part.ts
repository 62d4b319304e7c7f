/** The frame of every part of the plan. */

import { h } from "../ui/dom.ts";

/** A part of the plan under its own heading. */
export function part(heading: string, ...children: (Node | string | false | null | undefined)[]): HTMLElement {
  return h("section", { class: "part" }, h("h3", { class: "part-title" }, heading), ...children);
}
