/** Which rows of the fleet the table shows, and in which order. */

import type { FleetEntry } from "../model/fleet.ts";

/** The columns by which rows can be sorted. */
export type Column = "entry" | "verdict" | "name" | "cause";

/** A row can have the same certificate as an earlier row, or the same thing. */
export type Twin = "duplicateOf" | "sameThingAs";

/** Whether a row is of this kind. */
export const is = (line: FleetEntry, kind: FleetEntry["verdict"] | Twin): boolean =>
  kind === "duplicateOf" || kind === "sameThingAs" ? line[kind] !== undefined : line.verdict === kind;

/** The filter, the order and the page that the user chose. */
export interface TableView {
  search: string;
  /** One verdict only, or one kind of twin, or all. */
  only: FleetEntry["verdict"] | Twin | undefined;
  by: Column;
  descending: boolean;
  /** From 0. */
  page: number;
}

/** The rows of a page: enough to scroll through, few enough to be drawn at once. */
export const PER_PAGE = 50;

const WEIGHT: Record<FleetEntry["verdict"], number> = {
  unreadable: 0,
  "not-a-template": 1,
  rejected: 1,
  fails: 2,
  unknown: 3,
  provisions: 4,
};

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The name of a row: its thing, else its certificate. */
export const nameOf = ({ thingName, certificate, file }: FleetEntry): string => thingName ?? certificate ?? file ?? "";

/** The rows that match, in order. */
export function rowsOf(lines: readonly FleetEntry[], { search, only, by, descending }: TableView): FleetEntry[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const fit = lines.filter((line) => (only === undefined || is(line, only)) && (words.length === 0 || holds(line, words)));
  const compare: Record<Column, (a: FleetEntry, b: FleetEntry) => number> = {
    entry: (a, b) => a.index - b.index,
    verdict: (a, b) => WEIGHT[a.verdict] - WEIGHT[b.verdict] || (a.stoppedAt ?? 0) - (b.stoppedAt ?? 0),
    name: (a, b) => collator.compare(nameOf(a), nameOf(b)),
    cause: (a, b) => collator.compare(a.cause ?? "\uffff", b.cause ?? "\uffff"),
  };
  const sign = descending ? -1 : 1;
  return fit.sort((a, b) => sign * compare[by](a, b) || a.index - b.index);
}

function holds({ thingName, certificate, certificateId, file, cause, codes, verdict }: FleetEntry, words: readonly string[]): boolean {
  const text = [thingName, certificate, certificateId, file, cause, ...codes, verdict].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}
