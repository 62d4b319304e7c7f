/** What a plan does in the account: each resource with what changes, what was assumed, and the account afterwards. */

import { isReached, type Plan, type ResourceChange } from "jitp";
import { accountFile } from "../model/account.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { h, icon, type IconName, prose, rerender } from "../ui/dom.ts";
import { accountWords as words } from "../words/account.ts";
import type { AccountEvents } from "./events.ts";

const CHANGE: Record<ResourceChange["change"], { icon: IconName; tone: string }> = {
  created: { icon: "check", tone: "ok" },
  unchanged: { icon: "check", tone: "none" },
  kept: { icon: "check", tone: "none" },
  replaced: { icon: "check", tone: "ok" },
  merged: { icon: "check", tone: "ok" },
  conflict: { icon: "cross", tone: "bad" },
  missing: { icon: "cross", tone: "bad" },
  unknown: { icon: "dash", tone: "none" },
};

/** Builds the part once; the answer renders it. */
export function accountChanges(events: AccountEvents): { element: HTMLElement; render(state: State): void } {
  const element = h("section", { class: "part in-account", "aria-label": words.changes });
  return {
    element,
    render(state) {
      const plan = state.analysis?.plan;
      const told = plan && (plan.account ? changes(plan, state, events) : assumed(plan, events));
      element.hidden = !told;
      rerender(element, ...(told ? [h("h3", { class: "part-title" }, words.changes), ...told] : []));
    },
  };
}

/** Without an account: what the plan assumed, and a way to say more. */
function assumed({ verdict, flow, preconditions }: Plan, events: AccountEvents): HTMLElement[] | undefined {
  if (verdict === "rejected" || verdict === "not-a-template") return undefined;
  const give = h(
    "button",
    { type: "button", class: "link act", "data-key": "give-account", on: { click: () => events.give() } },
    words.give,
  );
  return [h("p", { class: "account-assumed" }, words.assumed(flow !== "jitp", preconditions.length), " ", !events.readOnly() && give)];
}

function changes(plan: Plan, state: State, events: AccountEvents): (HTMLElement | false)[] {
  const { changes = [], taken = [], after } = plan.account ?? {};
  const before = state.analysis?.before ?? 0;
  return [
    before > 0 && h("p", { class: "part-lead" }, words.changedBefore(before)),
    changes.length > 0 && h("ul", { class: "changes" }, ...changes.map((change) => item(change, plan))),
    taken.length > 0 && h("h4", { class: "card-heading" }, words.taken),
    taken.length > 0 && h("ul", { class: "bullets" }, ...taken.map((sentence) => h("li", {}, ...prose(sentence)))),
    after !== undefined &&
      h(
        "div",
        { class: "toolbar" },
        h(
          "button",
          { type: "button", class: "button", "data-key": "save-account", on: { click: () => events.save(accountFile(after)) } },
          icon("download"),
          words.save(chosenEntry(state) !== undefined),
        ),
      ),
  ];
}

function item(made: ResourceChange, plan: Plan): HTMLLIElement {
  const { step, change, override, entries, sentence } = made;
  const { icon: mark, tone } = CHANGE[change];
  const skipped = !isReached(made, plan);
  return h(
    "li",
    { class: `change tone-${skipped ? "none" : tone}` },
    icon(skipped ? "dash" : mark),
    h(
      "div",
      {},
      h(
        "p",
        {},
        h("strong", {}, skipped ? words.notReached : words.change[change]),
        " ",
        h("span", { class: "aside" }, words.step(step, override)),
      ),
      h("p", {}, ...prose(sentence)),
      change !== "unchanged" && entries.length > 0 && table(entries),
    ),
  );
}

/** What was there beside what is there then, a row for each property. */
function table(entries: ResourceChange["entries"]): HTMLTableElement {
  const column = (text: string) => h("th", { scope: "col" }, text);
  return h(
    "table",
    { class: "change-table" },
    h("thead", {}, h("tr", {}, column(words.property), column(words.before), column(words.after))),
    h(
      "tbody",
      {},
      ...entries.map(({ name, before, after }) =>
        h("tr", {}, h("th", { scope: "row" }, name), value(words.before, before), value(words.after, after)),
      ),
    ),
  );
}

/** A value. Its column is named in it where the columns are stacked. */
function value(column: string, text: string | undefined): HTMLTableCellElement {
  return h(
    "td",
    {},
    h("span", { class: "change-column" }, column),
    text === undefined ? h("em", {}, words.none) : h("code", { class: "breaks" }, text === "" ? words.empty : text),
  );
}
