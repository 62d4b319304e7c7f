/** Short messages over the page: what was done, what was refused, and how to undo it. */

import { commonWords as words } from "../words/common.ts";
import { byId, h, icon, type Root } from "./dom.ts";
import { visible } from "./visible.ts";

/** The options of a notice. */
export interface NoticeOptions {
  tone?: "plain" | "warning";
  action?: { title: string; run(): void };
  /** Stays until it is dismissed, because there is no other way to its action. */
  stay?: boolean;
}

/** Shows messages. */
export type Notify = (text: string, options?: NoticeOptions) => void;

/**
 * How long a plain notice stays, in milliseconds; longer if it has a button. The time starts again when pointer and focus
 * leave it. A warning stays until it is dismissed or five others follow.
 */
const STAY = 8_000;
const STAY_TO_ACT = 20_000;
const MOST = 5;

/** Shows a message over this playground. */
export function notify(root: Root, text: string, { tone = "plain", action, stay = false }: NoticeOptions = {}): void {
  const place = root.querySelector("dialog[open] .dialog-notices") ?? byId(root, "notices");
  const notice = h("div", { class: `notice notice-${tone}` }, tone === "warning" && icon("warning"), h("p", {}, text));
  const close = () => notice.remove();
  if (action) {
    const run = () => {
      close();
      action.run();
    };
    notice.append(h("button", { type: "button", class: "button", on: { click: run } }, action.title));
  }
  notice.append(h("button", { type: "button", class: "button-quiet", "aria-label": words.dismiss, on: { click: close } }, icon("cross")));
  // The same message twice is one message.
  for (const other of place.children) {
    if (other.querySelector("p")?.textContent === visible(text)) other.remove();
  }
  place.append(notice);
  while (place.children.length > MOST) place.firstElementChild?.remove();
  if (tone === "plain" && !stay) expire(notice, action ? STAY_TO_ACT : STAY, close);
}

function expire(notice: HTMLElement, after: number, close: () => void): void {
  let timer = window.setTimeout(close, after);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = window.setTimeout(close, after);
  };
  notice.addEventListener("pointerenter", hold);
  notice.addEventListener("focusin", hold);
  notice.addEventListener("pointerleave", release);
  notice.addEventListener("focusout", release);
}
