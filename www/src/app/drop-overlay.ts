/** What a drop would do, over each place that files can be dropped on, for as long as files are dragged over a playground. */

import { h, type Root } from "../ui/dom.ts";
import { shellWords as words } from "../words/shell.ts";
import type { Expected } from "./file-content.ts";

const PLACES: readonly [selector: string, expected: Exclude<Expected, "folder">][] = [
  ["#template", "template"],
  ["#certificate", "certificate"],
  ["#plan", "certificate"],
  ["#account", "account"],
];

/** Shows it with this place marked. The pointer does not meet it, so that the drop reaches the place below. */
export function showDrop(root: Root, path: EventTarget[]): void {
  const found = PLACES.map(([selector]) => root.querySelector<HTMLElement>(selector));
  const boxes = PLACES.flatMap(([, expected], i) => {
    const place = found[i];
    if (!place?.checkVisibility()) return [];
    const { left, top, right, bottom } = inSight(place);
    if (right - left < 40 || bottom - top < 24) return [];
    // The account is within the part of the certificate.
    const over = path.find((element) => found.includes(element as HTMLElement)) === place;
    const box = h("div", { class: over ? "drop-box is-over" : "drop-box", "data-place": expected }, h("span", {}, words.drop[expected]));
    Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    return [box];
  });
  const overlay = overlayOf(root) ?? root.appendChild(h("div", { class: "drop-overlay", "aria-hidden": "true" }));
  overlay.replaceChildren(...boxes);
}

/** Hides it. */
export function hideDrop(root: Root): void {
  overlayOf(root)?.remove();
}

const overlayOf = (root: Root) => root.querySelector(":scope > .drop-overlay");

/** The part of a place that its panel does not scroll away. */
function inSight(place: HTMLElement): { left: number; top: number; right: number; bottom: number } {
  const own = place.getBoundingClientRect();
  const around = (place.closest(".panel") ?? place).getBoundingClientRect();
  return {
    left: Math.max(own.left, around.left),
    top: Math.max(own.top, around.top, 0),
    right: Math.min(own.right, around.right),
    bottom: Math.min(own.bottom, around.bottom, window.innerHeight),
  };
}
