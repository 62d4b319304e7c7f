/** A remedy of a finding, with a place for the verdict that it would give. */

import type { Fix } from "jitp";
import { h } from "./dom.ts";

/** Tells a fix of one text from the others. */
export const remedyKey = ({ edits }: Fix): string =>
  JSON.stringify(edits.map(({ span, text }) => [span.start.offset, span.end.offset, text]));

/** The button of a remedy, and the place of its verdict, which `show` fills if it is known. */
export function remedy(button: HTMLButtonElement, key: string, show: (place: HTMLElement, key: string) => void): HTMLElement {
  const place = h("span", { class: "remedy-outcome", "data-preview": key });
  show(place, key);
  return h("span", { class: "remedy" }, button, place);
}
