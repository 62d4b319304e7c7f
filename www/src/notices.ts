/** Short messages over the page: what was done, what was refused, and a way back where there is one. */

import { byId, h, icon } from "./dom.ts";

/** What a notice may carry beside its text. */
export interface NoticeOptions {
  tone?: "plain" | "warning";
  action?: { title: string; run(): void };
}

/** How long a plain notice stays; a warning stays until it is dismissed or followed by five others. */
const STAY = 8_000;
const MOST = 5;

/** Shows a message. */
export function notify(text: string, { tone = "plain", action }: NoticeOptions = {}): void {
  const place = byId("notices");
  const notice = h("div", { class: `notice notice-${tone}` }, tone === "warning" && icon("warning"), h("p", {}, text));
  const close = () => notice.remove();
  if (action) {
    const run = () => {
      close();
      action.run();
    };
    notice.append(h("button", { type: "button", class: "button", on: { click: run } }, action.title));
  }
  notice.append(
    h(
      "button",
      { type: "button", class: "button-quiet", "aria-label": "Dismiss", on: { click: close } },
      icon("cross"),
    ),
  );
  // The same message twice is one message.
  for (const other of place.children) {
    if (other.querySelector("p")?.textContent === text) other.remove();
  }
  place.append(notice);
  while (place.children.length > MOST) place.firstElementChild?.remove();
  if (tone === "plain") window.setTimeout(close, STAY);
}
