/** Which rows of the fleet the table shows, and in which order. There may be a hundred thousand, so the browser has its turn in between. */

import type { Reach } from "jitp";
import { causeOf, type FleetEntry, groupOf, is, type Kind, nameOf } from "../model/fleet.ts";
import { reachIn } from "../model/tone.ts";
import { turn } from "../ui/turn.ts";
import { LANGUAGE } from "../words/common.ts";

/** The columns by which rows can be sorted. */
export type Column = "entry" | "verdict" | "name" | "cause";

/** The filter and the order that the user chose. */
export interface TableView {
  search: string;
  /** Rows of one kind only, or all. */
  only: Kind | undefined;
  /** Rows with one cause only: the ID of their group. */
  group: string | undefined;
  by: Column;
  descending: boolean;
}

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

const collator = new Intl.Collator(LANGUAGE, { numeric: true, sensitivity: "base" });

/** How long rows are compared before the browser has its turn, in milliseconds, and the number of rows between two looks at the clock. */
const BUSY = 10;
const LOOK = 512;

/** Lets the browser have its turn when this has been busy for long; says whether the answer is still wanted. */
class Turns {
  readonly #wanted: () => boolean;
  #from = performance.now();

  constructor(wanted: () => boolean) {
    this.#wanted = wanted;
  }

  /** Whether it is time. Asked for rarely, because most answers are no. */
  get due(): boolean {
    return performance.now() - this.#from > BUSY;
  }

  async take(): Promise<boolean> {
    await turn();
    this.#from = performance.now();
    return this.#wanted();
  }
}

/** The rows that match, in order; nothing if they are no longer wanted. Few rows need no turn in between. */
export async function rowsOf(lines: readonly FleetEntry[], view: TableView, wanted: () => boolean): Promise<FleetEntry[] | undefined> {
  const { search, only, group, by, descending } = view;
  const turns = new Turns(wanted);
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const fit: FleetEntry[] = [];
  for (const [i, line] of lines.entries()) {
    if (i % LOOK === 0 && turns.due && !(await turns.take())) return undefined;
    if (only !== undefined && !is(line, only)) continue;
    if (group !== undefined && groupOf(line) !== group) continue;
    if (words.every((word) => textOf(line).includes(word))) fit.push(line);
  }
  if (by === "entry") return descending ? fit.reverse() : fit;
  const ranks = by === "verdict" ? fit.map(gravity) : await ranksOf(fit.map(by === "name" ? nameOf : lastIfNone), turns);
  return ranks && ordered(fit, ranks, descending ? -1 : 1, turns);
}

const lastIfNone = (line: FleetEntry): string => causeOf(line) ?? "\uffff";

/** The order of verdicts, as a number. */
function gravity(line: FleetEntry): number {
  return WEIGHT[line.verdict] * 1_000 + REACH_WEIGHT[reachIn(line) ?? "connects"] * 100 + (line.stoppedAt ?? 0);
}

/** More rows than there ever are. */
const MOST = 2 ** 24;

/** The rows by their ranks; those with equal ranks in their own order. Numbers are sorted much faster than objects. */
async function ordered(rows: FleetEntry[], ranks: readonly number[], sign: 1 | -1, turns: Turns): Promise<FleetEntry[] | undefined> {
  const lowest = ranks.reduce((least, rank) => Math.min(least, sign * rank), 0);
  const keys = new Float64Array(rows.length);
  for (const [i, rank] of ranks.entries()) {
    if (i % LOOK === 0 && turns.due && !(await turns.take())) return undefined;
    keys[i] = (sign * rank - lowest) * MOST + i;
  }
  keys.sort();
  const sorted: FleetEntry[] = [];
  for (const [i, key] of keys.entries()) {
    if (i % LOOK === 0 && turns.due && !(await turns.take())) return undefined;
    sorted.push(rows[key % MOST] as FleetEntry);
  }
  return sorted;
}

/** The rank of each text among all. Equal texts, of which there are many, are compared once. */
async function ranksOf(texts: readonly string[], turns: Turns): Promise<number[] | undefined> {
  const sorted = await sortedTexts([...new Set(texts)], turns);
  if (!sorted) return undefined;
  const rank = new Map<string, number>();
  let before: string | undefined;
  let at = 0;
  for (const text of sorted) {
    if (before !== undefined && collator.compare(before, text) !== 0) at++;
    rank.set(text, at);
    before = text;
  }
  return texts.map((text) => rank.get(text) ?? 0);
}

/** Sorts by merging ever longer runs, with turns in between: the browser's own sort would be one long task. */
async function sortedTexts(texts: string[], turns: Turns): Promise<string[] | undefined> {
  let from = texts;
  for (let at = 0; at < from.length; at += LOOK) {
    if (turns.due && !(await turns.take())) return undefined;
    const run = from.slice(at, at + LOOK).sort(collator.compare);
    for (const [i, text] of run.entries()) from[at + i] = text;
  }
  for (let width = LOOK; width < from.length; width *= 2) {
    const to: string[] = [];
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length);
      const end = Math.min(start + 2 * width, from.length);
      let [left, right] = [start, middle];
      while (left < middle || right < end) {
        if (to.length % LOOK === 0 && turns.due && !(await turns.take())) return undefined;
        const isLeft = right >= end || (left < middle && collator.compare(from[left] as string, from[right] as string) <= 0);
        to.push((isLeft ? from[left++] : from[right++]) as string);
      }
    }
    from = to;
  }
  return from;
}

/** What is searched of each row, made once. */
const texts = new WeakMap<FleetEntry, string>();

function textOf(line: FleetEntry): string {
  let text = texts.get(line);
  if (text === undefined) {
    const { thingName, certificate, certificateId, file, cause, access, codes, verdict } = line;
    text = [thingName, certificate, certificateId, file, cause, access, ...codes, verdict].join("\n").toLowerCase();
    texts.set(line, text);
  }
  return text;
}

/** Prepares the search, before the first key of it. */
export async function prepareSearch(lines: readonly FleetEntry[], wanted: () => boolean): Promise<void> {
  const turns = new Turns(wanted);
  for (const [i, line] of lines.entries()) {
    if (i % LOOK === 0 && turns.due && !(await turns.take())) return;
    textOf(line);
  }
}
