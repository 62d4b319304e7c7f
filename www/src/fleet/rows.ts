/** Which rows of the fleet the table shows, and in which order. */

import type { Reach } from "jitp";
import { causeOf, type FleetEntry, groupOf, is, type Kind, nameOf } from "../model/fleet.ts";
import { reachIn } from "../model/tone.ts";
import { LANGUAGE } from "../words/common.ts";

/** The columns by which rows can be sorted. */
export type Column = "entry" | "verdict" | "name" | "cause";

/** The filter, the order and the page that the user chose. */
export interface TableView {
  search: string;
  /** Rows of one kind only, or all. */
  only: Kind | undefined;
  /** Rows with one cause only: the ID of their group. */
  group: string | undefined;
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
  registered: 5,
};

/** Within the rows that are provisioned: those in vain first. */
const REACH_WEIGHT: Record<Reach, number> = { cannot: 0, unknown: 1, https: 2, connects: 2 };

const reachWeight = (line: FleetEntry): number => REACH_WEIGHT[reachIn(line) ?? "connects"];

const collator = new Intl.Collator(LANGUAGE, { numeric: true, sensitivity: "base" });

/** The rows that match, in order. */
export function rowsOf(lines: readonly FleetEntry[], { search, only, group, by, descending }: TableView): FleetEntry[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const fit = lines.filter(
    (line) =>
      (only === undefined || is(line, only)) &&
      (group === undefined || groupOf(line) === group) &&
      (words.length === 0 || holds(line, words)),
  );
  const compare: Record<Column, (a: FleetEntry, b: FleetEntry) => number> = {
    entry: (a, b) => a.index - b.index,
    verdict: (a, b) => WEIGHT[a.verdict] - WEIGHT[b.verdict] || reachWeight(a) - reachWeight(b) || (a.stoppedAt ?? 0) - (b.stoppedAt ?? 0),
    name: (a, b) => collator.compare(nameOf(a), nameOf(b)),
    cause: (a, b) => collator.compare(causeOf(a) ?? "\uffff", causeOf(b) ?? "\uffff"),
  };
  const sign = descending ? -1 : 1;
  return fit.sort((a, b) => sign * compare[by](a, b) || a.index - b.index);
}

function holds(
  { thingName, certificate, certificateId, file, cause, access, codes, verdict }: FleetEntry,
  words: readonly string[],
): boolean {
  const text = [thingName, certificate, certificateId, file, cause, access, ...codes, verdict].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}
