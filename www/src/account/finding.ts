/** A finding in a text about the account, with the line that it is in. */

import type { Diagnostic } from "jitp";
import type { AccountText } from "../model/account.ts";
import { h, prose } from "../ui/dom.ts";
import { codeOf, findingItem, fixes } from "../ui/findings.ts";
import type { AccountEvents } from "./events.ts";

/** The characters of a line that are shown around a place. */
const AROUND = 40;

/** One finding. The text has no editor, so that the place is shown here. */
export function accountFinding(given: AccountText, diagnostic: Diagnostic, key: string, events: AccountEvents): HTMLLIElement {
  const { severity, message, help, code, span } = diagnostic;
  return findingItem(
    severity,
    h(
      "p",
      { class: "finding-jump" },
      h("span", { class: "visually-hidden" }, `${severity}: `),
      ...prose(message),
      span && h("span", { class: "finding-place" }, ` ${span.start.line}:${span.start.column}`),
    ),
    span && excerpt(given.text, span.start.offset, span.end.offset),
    help !== undefined && h("p", { class: "finding-help" }, ...prose(help)),
    fixes(diagnostic, key, { readOnly: events.readOnly, fix: (fix) => events.fix(given.key, fix) }),
    h("p", { class: "finding-meta" }, codeOf(code, events.rules)),
  );
}

/** The place in its line. */
function excerpt(text: string, from: number, to: number): HTMLElement {
  const line = text.lastIndexOf("\n", from - 1) + 1;
  const next = text.indexOf("\n", from);
  const end = next === -1 ? text.length : next;
  const last = Math.min(to, end, from + 2 * AROUND);
  const first = Math.max(line, from - AROUND);
  const rest = Math.min(end, last + AROUND);
  return h(
    "code",
    { class: "account-excerpt breaks" },
    first > line && "…",
    text.slice(first, from),
    h("mark", {}, text.slice(from, last)),
    text.slice(last, rest),
    rest < end && "…",
  );
}
