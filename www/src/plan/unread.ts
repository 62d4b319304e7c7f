/** The template, as far as it may be shown without a search for private keys. */

import { h } from "../ui/dom.ts";
import { planWords as words } from "../words/plan.ts";

export const unread = (text: string, heading: "h2" | "h3"): HTMLElement =>
  h(
    "div",
    { class: "unread" },
    h(heading, { class: "part-title" }, words.unread),
    h("p", { class: "hint" }, words.unreadLead),
    h("pre", { class: "code", tabindex: 0, role: "group", "aria-label": words.unread }, text),
  );
