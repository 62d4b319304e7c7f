/** What the certificate panel shows of a subject that came without its certificate. */

import type { Plan } from "jitp";
import type { Subject } from "../model/subject.ts";
import { h } from "../ui/dom.ts";
import { subjectWords as words } from "../words/subject.ts";

/** A card with its values. */
export function subjectCard(subject: Subject, plan: Plan | undefined, remove: () => void): HTMLElement {
  const known = new Map(plan?.certificate?.subject?.map(({ oid, name }) => [oid, name]));
  return h(
    "div",
    { class: "card subject-card", role: "group", "aria-labelledby": "subject-title" },
    h(
      "div",
      { class: "cards-head" },
      h("h3", { class: "panel-subtitle", id: "subject-title" }, words.title),
      h("button", { type: "button", class: "link", "data-key": "subject", on: { click: remove } }, words.remove),
    ),
    h(
      "ul",
      { class: "attributes" },
      ...Object.entries(subject).map(([oid, value]) =>
        h(
          "li",
          { class: "attribute is-used" },
          h("span", { class: "attribute-name" }, known.get(oid) ?? oid),
          h("span", { class: "attribute-value" }, value === "" ? h("em", {}, words.empty) : value),
        ),
      ),
    ),
    h("p", { class: "hint" }, words.note),
  );
}
