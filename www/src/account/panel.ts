/** What the AWS account has already: the texts that the user gives about it, what was understood, and how to get such texts. */

import type { AccountText as Read } from "jitp";
import { absent, type AccountText, amounts, complete, type GivenAccount } from "../model/account.ts";
import type { State } from "../model/state.ts";
import { watchFor } from "../model/watch.ts";
import { h, icon, rerender, sentence } from "../ui/dom.ts";
import { fileButton } from "../ui/file-button.ts";
import { byWeight, count } from "../ui/findings.ts";
import { pasteField } from "../ui/paste-field.ts";
import { accountWords as words } from "../words/account.ts";
import type { AccountEvents } from "./events.ts";
import { accountFinding } from "./finding.ts";

/** A longer list is cut: nobody reads it. */
const MOST_NAMES = 20;

/** Builds the part once; the answer renders what depends on the state. */
export function accountPanel(events: AccountEvents): { element: HTMLElement; open(): void; render(state: State): void } {
  const shown = h("span", { class: "options-now" });
  const list = h("div", { class: "account-given", role: "status" });
  const field = pasteField(
    {
      id: "account-text",
      label: words.paste,
      placeholder: words.placeholder,
      rows: 2,
      isComplete: isObject,
    },
    (text) => events.paste(text),
  );
  const script = h("button", { type: "button", class: "link", on: { click: () => events.script() } }, words.getScript);
  const element = h(
    "details",
    { class: "account", id: "account" },
    h("summary", {}, h("span", { class: "options-title" }, words.title), " ", shown),
    h(
      "div",
      { class: "account-body" },
      h(
        "div",
        { class: "drop" },
        h(
          "div",
          { class: "drop-head" },
          h(
            "p",
            { class: "drop-invitation" },
            h("span", { class: "for-drag" }, words.drag),
            h("span", { class: "for-touch" }, words.touch),
          ),
          fileButton("account-file", words.chooseFiles, { multiple: true, accept: ".json,.jsonl,.ndjson,.txt,application/json" }, (files) =>
            events.files(files),
          ),
        ),
        field,
        h("p", { class: "hint" }, ...sentence(words.noOutputs, script)),
        h("p", { class: "hint" }, words.stay),
      ),
      list,
    ),
  );
  const changed = watchFor();
  return {
    element,
    open() {
      element.open = true;
      field.focus();
      element.scrollIntoView({ block: "nearest" });
    },
    render({ account }) {
      if (!changed(account)) return;
      const findings = account && count(account.report.diagnostics);
      shown.textContent = account ? `${amounts(account.report.account)}${findings === undefined ? "" : ` · ${findings}`}` : words.notGiven;
      if (account && findings !== undefined) element.open = true;
      rerender(list, ...(account ? understood(account, events) : []));
    },
  };
}

/** Whether a text is an object or a list of JSON. */
function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

function understood({ texts, report }: GivenAccount, events: AccountEvents): (HTMLElement | false)[] {
  const { account } = report;
  const [all, none] = [complete(account), absent(account)];
  const place = [account.region && words.region(account.region), account.accountId && words.account(account.accountId)].filter(Boolean);
  const row = (term: string, text: string) => [h("dt", {}, term), h("dd", {}, text)];
  return [
    h("h3", { class: "panel-subtitle" }, words.known(amounts(account))),
    (all.length > 0 || none.length > 0 || place.length > 0) &&
      h(
        "dl",
        { class: "pairs" },
        ...(all.length > 0 ? row(words.allKnown, all.join(", ")) : []),
        ...(none.length > 0 ? row(words.absent, cut(none)) : []),
        ...(place.length > 0 ? row(words.where, place.join(", ")) : []),
      ),
    h("ul", { class: "cards" }, ...texts.map((text, i) => card(text, report.texts[i], events))),
  ];
}

function cut(names: string[]): string {
  return words.andMore(names.slice(0, MOST_NAMES), names.length - MOST_NAMES);
}

function card(given: AccountText, read: Read | undefined, events: AccountEvents): HTMLLIElement {
  const diagnostics = byWeight(read?.diagnostics ?? []);
  return h(
    "li",
    { class: "card" },
    h(
      "div",
      { class: "card-head" },
      h("p", { class: "card-title" }, given.name, " ", h("span", { class: "card-from" }, holds(read?.holds ?? []))),
      h(
        "button",
        {
          type: "button",
          class: "button-quiet",
          "aria-label": words.remove(given.name),
          "data-key": `remove-account-${given.key}`,
          on: { click: () => events.remove(given.key) },
        },
        icon("cross"),
      ),
    ),
    diagnostics.length > 0 &&
      h(
        "ol",
        { class: "findings account-findings" },
        ...diagnostics.map((one, i) => accountFinding(given, one, `account-${given.key}-${i}`, events)),
      ),
  );
}

/** The outputs in a text, each with its number: `2 DescribeThing, ListThingGroups`. */
function holds(names: readonly string[]): string {
  if (names.length === 0) return words.holdsNothing;
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => `${n === 1 ? "" : `${n} `}${name === "account" ? words.ownForm : name}`).join(", ");
}
