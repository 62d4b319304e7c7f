/** The table of many certificates: verdict, thing name, cause; each row opens into its plan. */

import type { AccountState } from "jitp";
import type { FleetEntry, FleetState } from "../model/fleet.ts";
import { watchFor } from "../model/watch.ts";
import type { State } from "../model/state.ts";
import { h, icon, type IconName, prose, rerender } from "../ui/dom.ts";
import { type Apart, apartOf, causeOf, type Column, is, type Kind, nameOf, PER_PAGE, rowsOf, type Twin, type TableView } from "./rows.ts";

/** The actions of a user here. */
export interface FleetEvents {
  choose(key: number): void;
  save(as: "csv" | "ndjson", lines: FleetEntry[]): void;
  saveAccount(after: AccountState): void;
}

type Verdict = FleetEntry["verdict"];

const VERDICTS: Record<Verdict, { word: string; many: string; icon: IconName; tone: string }> = {
  provisions: { word: "Provisions", many: "provision", icon: "check", tone: "ok" },
  registered: { word: "Registered already", many: "registered already", icon: "check", tone: "ok" },
  fails: { word: "Fails", many: "fail", icon: "cross", tone: "bad" },
  rejected: { word: "Rejected", many: "rejected", icon: "stop", tone: "rejected" },
  unknown: { word: "Unknown", many: "unknown", icon: "dash", tone: "none" },
  "not-a-template": { word: "Not a template", many: "not a template", icon: "stop", tone: "rejected" },
  unreadable: { word: "Not readable", many: "not readable", icon: "warning", tone: "bad" },
};

/** Provisioned rows that must not look like the others. */
const APART: Record<Apart, { word: string; many: string; icon: IconName; tone: string }> = {
  cannotConnect: { word: "No connection", many: "cannot connect", icon: "warning", tone: "warn" },
  connectsUnknown: { word: "Access unknown", many: "access unknown", icon: "dash", tone: "none" },
};

/** The two kinds of twins, as words for a number of rows. */
const TWINS: Record<Twin, string> = { duplicateOf: "same certificate", sameThingAs: "same thing" };

const COLUMNS: [Column, string][] = [
  ["verdict", "Verdict"],
  ["name", "Thing"],
  ["cause", "Cause"],
];

/** How long the table waits for the next key in its search field. */
const PAUSE = 100;

/** Builds the part once; the answer renders the parts that depend on the state. */
export function fleetTable(events: FleetEvents): { element: HTMLElement; render(state: State): void } {
  const view: TableView = { search: "", only: undefined, by: "verdict", descending: false, page: 0 };
  let state: State | undefined;
  let inAccount = false;
  let timer = 0;
  const search = h("input", {
    type: "search",
    class: "fleet-search",
    "aria-label": "Search the certificates",
    placeholder: "Search",
    spellcheck: "false",
    autocomplete: "off",
    on: {
      input: () => {
        clearTimeout(timer);
        timer = window.setTimeout(() => change({ search: search.value }), PAUSE);
      },
    },
  });
  const counts = h("div", { class: "fleet-counts", role: "group", "aria-label": "Show only" });
  const table = h("div", { class: "fleet-scroll", "data-scrolls": true });
  const foot = h("div", { class: "fleet-foot" });
  const heading = h("h3", { class: "part-title" });
  const element = h("section", { class: "fleet", hidden: true }, heading, counts, search, table, foot);

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
    rerender(counts, ...chips(fleet.lines, view, change));
    rerender(
      table,
      rows.length === 0
        ? h("p", { class: "fleet-none" }, "No certificate matches.")
        : tableOf(shown, fleet.lines, rows.length, view, chosen, change, events),
    );
    rerender(foot, ...pager(first, shown.length, rows.length, pages, view, change), ...savers(rows, fleet.after, events));
  }

  const changed = watchFor();
  return {
    element,
    render(next) {
      state = next;
      element.hidden = next.fleet === undefined;
      // In an account the order counts: each device finds what those before it have left.
      if (inAccount !== (next.account !== undefined)) {
        inAccount = next.account !== undefined;
        Object.assign(view, { by: inAccount ? "entry" : "verdict", descending: false });
      }
      if (changed(next.fleet, next.chosen) && next.fleet !== undefined) draw();
    },
  };
}

function title({ lines, total, after }: FleetState): string {
  const all = `${total.toLocaleString("en")} certificates${after === undefined ? "" : ", one after the other in the account"}`;
  return lines.length < total ? `${all}, ${lines.length.toLocaleString("en")} planned so far` : all;
}

/** The number of rows of each verdict and of each kind of twin, as buttons that show these rows only. */
function chips(lines: readonly FleetEntry[], view: TableView, change: (to: Partial<TableView>) => void): HTMLElement[] {
  const kinds = [
    ...(Object.keys(VERDICTS) as Verdict[]).map((kind) => ({ kind: kind as Kind, ...VERDICTS[kind] })),
    ...(Object.keys(APART) as Apart[]).map((kind) => ({ kind, ...APART[kind] })),
    ...(Object.keys(TWINS) as Twin[]).map((kind) => ({ kind, many: TWINS[kind], icon: "copy" as const, tone: "warn" })),
  ];
  return kinds.flatMap(({ kind, many, icon: mark, tone }) => {
    const n = lines.reduce((sum, line) => sum + (is(line, kind) ? 1 : 0), 0);
    const on = view.only === kind;
    if (n === 0 && !on) return [];
    // A number that counts devices in vain is not good news.
    const shade = kind === "provisions" && lines.some((line) => apartOf(line) !== undefined) ? "none" : tone;
    return [
      h(
        "button",
        {
          type: "button",
          class: `fleet-chip tone-${shade}`,
          "aria-pressed": String(on),
          "data-key": `only-${kind}`,
          on: { click: () => change({ only: on ? undefined : kind }) },
        },
        icon(mark),
        `${n.toLocaleString("en")} ${many}`,
      ),
    ];
  });
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
    h("caption", { class: "visually-hidden" }, "The plan of each certificate in short. Press a name to see the whole plan."),
    h("thead", {}, h("tr", {}, ...COLUMNS.map(([column, title]) => head(column, title, view, change)))),
    h("tbody", {}, ...rows.map((row, i) => rowOf(row, lines, view.page * PER_PAGE + i + 2, row.key === chosen, events))),
  );
}

function head(column: Column, title: string, view: TableView, change: (to: Partial<TableView>) => void): HTMLElement {
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
      title,
      h("span", { class: "fleet-arrow", "aria-hidden": "true" }, sorted ? (view.descending ? "↓" : "↑") : "↕"),
    ),
  );
}

function rowOf(row: FleetEntry, lines: readonly FleetEntry[], at: number, chosen: boolean, events: FleetEvents): HTMLTableRowElement {
  const apart = apartOf(row);
  const { word, icon: mark, tone } = apart ? APART[apart] : VERDICTS[row.verdict];
  const name = nameOf(row);
  const readable = row.verdict !== "unreadable";
  const open = () => events.choose(row.key);
  return h(
    "tr",
    { class: chosen ? "is-chosen" : undefined, "aria-rowindex": at, ...(readable && { on: { click: open } }) },
    h(
      "td",
      { class: `fleet-verdict tone-${tone}` },
      h("span", {}, icon(mark), row.stoppedAt === undefined ? word : `${word} at ${row.stoppedAt}`),
    ),
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
              "aria-label": `Plan of ${name}`,
              "data-key": `row-${row.key}`,
            },
            name,
          )
        : h("span", {}, name),
      h("span", { class: "aside" }, readable && row.file !== name ? row.file : `entry ${row.entry}`),
      ...twins(row, lines),
    ),
    h("td", { class: "fleet-cause" }, ...prose(causeOf(row) ?? "")),
  );
}

/** The earlier row that has the same certificate or thing. The same certificate is the same device, so its thing is not a second one. */
function twins(row: FleetEntry, lines: readonly FleetEntry[]): HTMLElement[] {
  const told = (words: string, index: number) => {
    const other = lines[index];
    const place =
      other &&
      `${other.certificate ?? nameOf(other)}${other.file === undefined || other.file === other.certificate ? "" : ` in ${other.file}`}, entry ${other.entry}`;
    return [h("span", { class: "fleet-twin" }, icon("copy"), h("span", {}, other ? `${words} ${place}` : words))];
  };
  if (row.duplicateOf !== undefined) return told("Same certificate as", row.duplicateOf);
  return row.sameThingAs === undefined ? [] : told("Same thing as", row.sameThingAs);
}

function pager(
  first: number,
  shown: number,
  all: number,
  pages: number,
  view: TableView,
  change: (to: Partial<TableView>) => void,
): HTMLElement[] {
  if (pages < 2) return [h("p", { class: "fleet-range" }, `${all.toLocaleString("en")} shown`)];
  const turn = (to: number, word: string) =>
    h(
      "button",
      {
        type: "button",
        class: "button",
        disabled: to < 0 || to >= pages,
        "data-key": `page-${word}`,
        on: { click: () => change({ page: to }) },
      },
      word,
    );
  const from = (first + 1).toLocaleString("en");
  const to = (first + shown).toLocaleString("en");
  return [
    turn(view.page - 1, "Previous"),
    h("p", { class: "fleet-range" }, `${from} to ${to} of ${all.toLocaleString("en")}`),
    turn(view.page + 1, "Next"),
  ];
}

function savers(rows: FleetEntry[], after: AccountState | undefined, events: FleetEvents): HTMLElement[] {
  const saver = (as: "csv" | "ndjson", word: string) =>
    h(
      "button",
      {
        type: "button",
        class: "button",
        "aria-label": `Save table as ${word}`,
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
        "aria-label": "Save the account after all devices",
        "data-key": "save-fleet-account",
        on: { click: () => events.saveAccount(after) },
      },
      icon("download"),
      "Account",
    );
  return [h("span", { class: "fleet-savers" }, account, saver("csv", "CSV"), saver("ndjson", "NDJSON"))];
}
