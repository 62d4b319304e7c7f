/** Which rows of the fleet the table shows, and in which order. */

import { type Reach, reachOf } from "jitp";
import type { FleetEntry } from "../model/fleet.ts";

/** The columns by which rows can be sorted. */
export type Column = "entry" | "verdict" | "name" | "cause";

/** A row can have the same certificate as an earlier row, or the same thing. */
export type Twin = "duplicateOf" | "sameThingAs";

/** Devices that are provisioned in vain, and those of which that is not known. */
export type Apart = "cannotConnect" | "connectsUnknown";

/** What the table can be narrowed to. */
export type Kind = FleetEntry["verdict"] | Twin | Apart;

/** What becomes of a device that is provisioned, now or before; nothing if it is not. */
function reachIn(line: FleetEntry): Reach | undefined {
  return line.verdict === "provisions" || line.verdict === "registered" ? reachOf(line) : undefined;
}

/** Whether a provisioned row does not connect, or may not; nothing for all others. */
export function apartOf(line: FleetEntry): Apart | undefined {
  const reach = reachIn(line);
  return reach === "cannot" ? "cannotConnect" : reach === "unknown" ? "connectsUnknown" : undefined;
}

/** Whether a row is of this kind. */
export function is(line: FleetEntry, kind: Kind): boolean {
  switch (kind) {
    case "duplicateOf":
    case "sameThingAs":
      return line[kind] !== undefined;
    case "cannotConnect":
    case "connectsUnknown":
      return apartOf(line) === kind;
    default:
      return line.verdict === kind;
  }
}

/** The cause, or what keeps a provisioned device from connecting. */
export const causeOf = (line: FleetEntry): string | undefined => line.cause ?? line.access;

/** The filter, the order and the page that the user chose. */
export interface TableView {
  search: string;
  /** Rows of one kind only, or all. */
  only: Kind | undefined;
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
