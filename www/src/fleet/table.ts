/** The table of many certificates: verdict, thing name, cause; each row opens into its plan. */

import type { AccountState } from "jitp";
import { apartOf, causeOf, type FleetEntry, type FleetState, type Group, type Kind, nameOf, type Sum, type Twin } from "../model/fleet.ts";
import type { State } from "../model/state.ts";
import { type Tone, toneOf } from "../model/tone.ts";
import { watchFor } from "../model/watch.ts";
import { h, icon, type IconName, prose, rerender } from "../ui/dom.ts";
import { resultWords } from "../ui/tone.ts";
import { fleetWords as words } from "../words/fleet.ts";
import { type Column, PER_PAGE, rowsOf, type TableView } from "./rows.ts";

/** The actions of a user here. */
export interface FleetEvents {
  choose(key: number): void;
  save(as: "csv" | "ndjson", lines: FleetEntry[]): void;
  saveAccount(after: AccountState): void;
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

/** How long the table waits for the next key in its search field. */
const PAUSE = 100;

/** Builds the part once; the answer renders the parts that depend on the state. */
export function fleetTable(events: FleetEvents): {
  element: HTMLElement;
  render(state: State): void;
  /** Shows the rows of a group only. */
  showOnly(group: Group): void;
} {
  const view: TableView = { search: "", only: undefined, group: undefined, by: "verdict", descending: false, page: 0 };
  let state: State | undefined;
  let inAccount = false;
  let timer = 0;
  const search = h("input", {
    type: "search",
    class: "fleet-search",
    "aria-label": words.searchLabel,
    placeholder: words.search,
    spellcheck: "false",
    autocomplete: "off",
    on: {
      input: () => {
        clearTimeout(timer);
        timer = window.setTimeout(() => change({ search: search.value }), PAUSE);
      },
    },
  });
  const counts = h("div", { class: "fleet-counts", role: "group", "aria-label": words.showOnly });
  const table = h("div", { class: "fleet-scroll", "data-scrolls": true });
  const foot = h("div", { class: "fleet-foot" });
  const heading = h("h3", { class: "part-title" });
  const only = h("div", { class: "fleet-only" });
  const element = h("section", { class: "fleet", hidden: true }, heading, counts, only, search, table, foot);

  function change(to: Partial<TableView>): void {
    Object.assign(view, { page: 0 }, to);
    draw();
  }

  function draw(): void {
    const { fleet, chosen } = state ?? {};
    if (!fleet) return;
    const rows = rowsOf(fleet.lines, view);
    const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
    view.page = Math.min(view.page, pages - 1);
    const first = view.page * PER_PAGE;
    const shown = rows.slice(first, first + PER_PAGE);
    heading.textContent = title(fleet);
    rerender(counts, ...chips(fleet.sum, view, change));
    rerender(only, ...onlyOne(fleet.sum, view, change));
    rerender(
      table,
      rows.length === 0
        ? h("p", { class: "fleet-none" }, words.none)
        : tableOf(shown, fleet.lines, rows.length, view, chosen, change, events),
    );
    rerender(foot, ...pager(first, shown.length, rows.length, pages, view, change), ...savers(rows, fleet.after, events));
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
      if (changed(next.fleet)) draw();
      else mark();
    },
  };
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

function tableOf(
  rows: readonly FleetEntry[],
  lines: readonly FleetEntry[],
  all: number,
  view: TableView,
  chosen: number | undefined,
  change: (to: Partial<TableView>) => void,
  events: FleetEvents,
): HTMLElement {
  return h(
    "table",
    { class: "fleet-table", "aria-rowcount": all + 1 },
    h("caption", { class: "visually-hidden" }, words.caption),
    h("thead", {}, h("tr", {}, ...COLUMNS.map((column) => head(column, view, change)))),
    h("tbody", {}, ...rows.map((row, i) => rowOf(row, lines, view.page * PER_PAGE + i + 2, row.key === chosen, events))),
  );
}

function head(column: Column, view: TableView, change: (to: Partial<TableView>) => void): HTMLElement {
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

function pager(
  first: number,
  shown: number,
  all: number,
  pages: number,
  view: TableView,
  change: (to: Partial<TableView>) => void,
): HTMLElement[] {
  if (pages < 2) return [h("p", { class: "fleet-range" }, words.shown(all))];
  const turn = (to: number, key: "previous" | "next") =>
    h(
      "button",
      {
        type: "button",
        class: "button",
        disabled: to < 0 || to >= pages,
        "data-key": `page-${key}`,
        on: { click: () => change({ page: to }) },
      },
      words[key],
    );
  return [
    turn(view.page - 1, "previous"),
    h("p", { class: "fleet-range" }, words.range(first + 1, first + shown, all)),
    turn(view.page + 1, "next"),
  ];
}

function savers(rows: FleetEntry[], after: AccountState | undefined, events: FleetEvents): HTMLElement[] {
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
