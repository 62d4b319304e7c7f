/** The table of many certificates: verdict, thing name, cause; each row opens into its plan. */

import type { AccountState } from "jitp";
import { apartOf, causeOf, type FleetEntry, type FleetState, type Group, type Kind, nameOf, type Sum, type Twin } from "../model/fleet.ts";
import type { State } from "../model/state.ts";
import { type Tone, toneOf } from "../model/tone.ts";
import { watchFor } from "../model/watch.ts";
import { h, icon, type IconName, prose, rerender } from "../ui/dom.ts";
import { resultWords } from "../ui/tone.ts";
import { fleetWords as words } from "../words/fleet.ts";
import { nextRow } from "./row-keys.ts";
import { type Column, prepareSearch, rowsOf, type TableView } from "./rows.ts";
import { rowWindow } from "./window.ts";

/** The actions of a user here. */
export interface FleetEvents {
  choose(key: number): void;
  save(as: "csv" | "ndjson", lines: readonly FleetEntry[]): void;
  saveAccount(after: AccountState): void;
  /** Stops planning for the rows, or begins again. */
  judge(go: boolean): void;
}

/** The icon of each kind of rows, in the order of the buttons. */
const ICONS: Record<Kind, IconName> = {
  provisions: "check",
  registered: "check",
  fails: "cross",
  rejected: "stop",
  unknown: "dash",
  "not-a-template": "stop",
  unreadable: "warning",
  cannotConnect: "warning",
  connectsUnknown: "dash",
  duplicateOf: "copy",
  sameThingAs: "copy",
};

const COLUMNS: Column[] = ["verdict", "name", "cause"];

/** Builds the part once; the answer renders the parts that depend on the state. */
export function fleetTable(events: FleetEvents): {
  element: HTMLElement;
  render(state: State): void;
  /** Shows the rows of a group only. */
  showOnly(group: Group): void;
} {
  const view: TableView = { search: "", only: undefined, group: undefined, by: "verdict", descending: false };
  let state: State | undefined;
  let inAccount = false;
  /** The rows that are shown, in order. */
  let rows: readonly FleetEntry[] = [];
  /** Marks the newest drawing: an earlier one ends. */
  let newest: symbol | undefined;
  /** The rows that were drawn last, before they were filtered. */
  let drawn: readonly FleetEntry[] | undefined;
  const search = h("input", {
    type: "search",
    class: "fleet-search",
    "aria-label": words.searchLabel,
    placeholder: words.search,
    spellcheck: "false",
    autocomplete: "off",
    on: {
      focus: () => void prepareSearch(state?.fleet?.lines ?? [], () => element.isConnected),
      input: () => change({ search: search.value }),
    },
  });
  const counts = h("div", { class: "fleet-counts", role: "group", "aria-label": words.showOnly });
  const head = h("thead", {});
  const table = h("table", { class: "fleet-table" }, h("caption", { class: "visually-hidden" }, words.caption), head);
  const none = h("p", { class: "fleet-none" }, words.none);
  const scroller = h("div", { class: "fleet-scroll", tabindex: -1 }, table, none);
  const shown = rowWindow(scroller, table, (at) => {
    const { fleet, chosen } = state ?? {};
    const row = rows[at] as FleetEntry;
    return rowOf(row, fleet?.lines ?? [], at + 2, row.key === chosen, events);
  });
  scroller.addEventListener("keydown", (event) => nextRow(event, scroller, rows.length, shown.reveal));
  const foot = h("div", { class: "fleet-foot" });
  const heading = h("h3", { class: "part-title" });
  const going = h("div", { class: "fleet-going" });
  const only = h("div", { class: "fleet-only" });
  const element = h("section", { class: "fleet", hidden: true }, heading, going, counts, only, search, scroller, foot);

  function change(to: Partial<TableView>): void {
    Object.assign(view, to);
    void draw(true);
  }

  /** How far the plans are. */
  function tell(fleet: FleetState): void {
    heading.textContent = title(fleet);
    rerender(going, ...progressOf(fleet, events));
  }

  async function draw(fromTop: boolean): Promise<void> {
    const { fleet } = state ?? {};
    if (!fleet) return;
    const mine = (newest = Symbol());
    drawn = fleet.lines;
    tell(fleet);
    rerender(counts, ...chips(fleet.sum, view, change));
    rerender(only, ...onlyOne(fleet.sum, view, change));
    const found = await rowsOf(fleet.lines, view, () => mine === newest);
    if (!found || mine !== newest) return;
    rows = found;
    table.hidden = rows.length === 0;
    none.hidden = rows.length > 0;
    table.setAttribute("aria-rowcount", String(rows.length + 1));
    rerender(head, h("tr", {}, ...COLUMNS.map((column) => headOf(column, view, change))));
    shown.show(rows.length, fromTop);
    rerender(
      foot,
      h("p", { class: "fleet-range", role: "status" }, words.shown(rows.length, fleet.lines.length)),
      ...savers(rows, fleet.after, events),
    );
  }

  /** Marks the chosen row, without drawing the others again. */
  function mark(): void {
    for (const row of table.querySelectorAll<HTMLElement>("[data-key^=row-]")) {
      const chosen = row.dataset.key === `row-${state?.chosen}`;
      row.closest("tr")?.classList.toggle("is-chosen", chosen);
      if (chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  const changed = watchFor();
  return {
    element,
    showOnly({ id }) {
      search.value = "";
      change({ search: "", only: undefined, group: id });
      element.scrollIntoView({ block: "nearest" });
    },
    render(next) {
      state = next;
      element.hidden = next.fleet === undefined;
      // In an account the order counts: each device finds what those before it have left.
      if (inAccount !== (next.account !== undefined)) {
        inAccount = next.account !== undefined;
        Object.assign(view, { by: inAccount ? "entry" : "verdict", descending: false });
      }
      if (next.fleet === undefined) return;
      const differs = changed(next.fleet);
      if (differs && (next.fleet.judged === undefined || next.fleet.lines !== drawn)) {
        void draw(false);
        return;
      }
      if (differs) tell(next.fleet);
      mark();
    },
  };
}

/** So many rows are planned for while a user looks on. */
const MANY = 1_000;

/** How far the plans are, with a way to stop them or to go on. */
function progressOf({ total, judged, stopped }: FleetState, events: FleetEvents): HTMLElement[] {
  if (judged === undefined || (total < MANY && !stopped)) return [];
  const click = () => events.judge(stopped === true);
  return [
    h("progress", { max: total, value: judged, "aria-label": words.planned(judged, total) }),
    h("button", { type: "button", class: "button", "data-key": "fleet-judge", on: { click } }, stopped ? words.goOn : words.stop),
  ];
}

function title({ total, judged, after }: FleetState): string {
  return words.title(total, after !== undefined, judged);
}

/** Which cause is shown alone, and the way back. */
function onlyOne({ groups }: Sum, view: TableView, change: (to: Partial<TableView>) => void): HTMLElement[] {
  if (view.group === undefined) return [];
  const group = groups.find(({ id }) => id === view.group);
  const click = () => change({ group: undefined });
  return [
    h("span", {}, ...prose(group ? words.oneCause(group.n, group.cause) : words.none), " "),
    h("button", { type: "button", class: "link", "data-key": "fleet-all", on: { click } }, words.allAgain),
  ];
}

/** The number of rows of each kind, as buttons that show these rows only. */
function chips({ counts }: Sum, view: TableView, change: (to: Partial<TableView>) => void): HTMLElement[] {
  return (Object.keys(ICONS) as Kind[]).flatMap((kind) => {
    const n = counts[kind] ?? 0;
    const on = view.only === kind;
    if (n === 0 && !on) return [];
    const inVain = (counts.cannotConnect ?? 0) + (counts.connectsUnknown ?? 0) > 0;
    return [
      h(
        "button",
        {
          type: "button",
          class: `fleet-chip tone-${shade(kind, inVain)}`,
          "aria-pressed": String(on),
          "data-key": `only-${kind}`,
          on: { click: () => change({ only: on ? undefined : kind }) },
        },
        icon(ICONS[kind]),
        words.many(n, kind),
      ),
    ];
  });
}

/** A number that counts devices in vain is not good news. */
function shade(kind: Kind, inVain: boolean): Tone {
  switch (kind) {
    case "connectsUnknown":
      return "none";
    case "cannotConnect":
    case "duplicateOf":
    case "sameThingAs":
      return "warn";
    case "provisions":
    case "registered":
      return inVain ? "none" : "ok";
    default:
      return toneOf({ verdict: kind });
  }
}

function headOf(column: Column, view: TableView, change: (to: Partial<TableView>) => void): HTMLElement {
  const sorted = view.by === column;
  // A third press restores the order of the entries.
  const next = (): Partial<TableView> =>
    !sorted ? { by: column, descending: false } : view.descending ? { by: "entry", descending: false } : { descending: true };
  return h(
    "th",
    { scope: "col", "aria-sort": sorted ? (view.descending ? "descending" : "ascending") : "none" },
    h(
      "button",
      { type: "button", class: "fleet-sort", "data-key": `sort-${column}`, on: { click: () => change(next()) } },
      column === "entry" ? "" : words.columns[column],
      h("span", { class: "fleet-arrow", "aria-hidden": "true" }, sorted ? (view.descending ? "↓" : "↑") : "↕"),
    ),
  );
}

function rowOf(row: FleetEntry, lines: readonly FleetEntry[], at: number, chosen: boolean, events: FleetEvents): HTMLTableRowElement {
  const apart = apartOf(row);
  const name = nameOf(row);
  const readable = row.verdict !== "unreadable";
  const open = () => events.choose(row.key);
  return h(
    "tr",
    { class: chosen ? "is-chosen" : undefined, "aria-rowindex": at, ...(readable && { on: { click: open } }) },
    h("td", { class: `fleet-verdict tone-${toneOf(row)}` }, h("span", {}, icon(ICONS[apart ?? row.verdict]), resultWords(row))),
    h(
      "th",
      { scope: "row" },
      readable
        ? h(
            "button",
            {
              type: "button",
              class: "link",
              "aria-current": chosen ? "true" : undefined,
              "aria-label": words.planOf(name),
              "data-key": `row-${row.key}`,
            },
            name,
          )
        : h("span", {}, name),
      h("span", { class: "aside" }, readable && row.file !== name ? row.file : words.entry(row.entry)),
      ...twins(row, lines),
    ),
    h("td", { class: "fleet-cause" }, ...prose(causeOf(row) ?? "")),
  );
}

/** The earlier row that has the same certificate or thing. The same certificate is the same device, so its thing is not a second one. */
function twins(row: FleetEntry, lines: readonly FleetEntry[]): HTMLElement[] {
  const told = (twin: Twin, index: number) => {
    const other = lines[index];
    const file = other?.file === other?.certificate ? undefined : other?.file;
    const place = other && words.twinPlace(other.certificate ?? nameOf(other), file, other.entry);
    return [h("span", { class: "fleet-twin" }, icon("copy"), h("span", {}, [words.twin[twin], place].filter(Boolean).join(" ")))];
  };
  if (row.duplicateOf !== undefined) return told("duplicateOf", row.duplicateOf);
  return row.sameThingAs === undefined ? [] : told("sameThingAs", row.sameThingAs);
}

function savers(rows: readonly FleetEntry[], after: AccountState | undefined, events: FleetEvents): HTMLElement[] {
  const saver = (as: "csv" | "ndjson", word: string) =>
    h(
      "button",
      {
        type: "button",
        class: "button",
        "aria-label": words.saveAs(word),
        "data-key": `save-${as}`,
        on: { click: () => events.save(as, rows) },
      },
      icon("download"),
      word,
    );
  const account =
    after &&
    h(
      "button",
      {
        type: "button",
        class: "button",
        "aria-label": words.saveAccount,
        "data-key": "save-fleet-account",
        on: { click: () => events.saveAccount(after) },
      },
      icon("download"),
      words.account,
    );
  return [h("span", { class: "fleet-savers" }, account, saver("csv", "CSV"), saver("ndjson", "NDJSON"))];
}
