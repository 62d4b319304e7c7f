/** The rows of a fleet from the worker, slice after slice. */

import type { AccountState, FleetRow } from "jitp";
import { readFleetRows } from "virtual:fleet-rows";
import type { Ask, FleetRequest, JudgedRequest } from "../model/protocol.ts";

/** The number of certificates that go to the worker at a time: fewer if their signatures are verified, which takes long. */
const SLICE = { unsigned: 500, signed: 100 };

/** Slices that are under way: while the page takes one over, the worker judges the next. */
const AHEAD = 2;

/** Rows that follow those before, and how many are judged. Marks of repeated rows count in the requests. */
export interface Slice {
  rows: readonly FleetRow[];
  judged: number;
  isLast: boolean;
  after?: AccountState;
}

let fleets = 0;

/** The rows of these requests, in their order. It ends before the last if the worker stopped; whoever wants no more ends it. */
export function judged(ask: Ask, request: Omit<JudgedRequest, "authorities">, entries: FleetRequest[]): AsyncGenerator<Slice, void> {
  const [first] = entries;
  const isOne = first?.authorities !== "" && entries.every(({ authorities }) => authorities === first?.authorities);
  return isOne
    ? streamed(ask, { ...request, ...(first?.authorities !== undefined && { authorities: first.authorities }) }, entries)
    : together(ask, request, entries);
}

/** All are held to the same CAs: one stream of the package. */
async function* streamed(ask: Ask, begin: JudgedRequest, entries: FleetRequest[]): AsyncGenerator<Slice, void> {
  const fleet = ++fleets;
  const size = begin.authorities === undefined ? SLICE.unsigned : SLICE.signed;
  const next = (at: number) =>
    ask("judge", {
      fleet,
      ...(at === 0 && { begin }),
      pems: entries.slice(at, at + size).map(({ pem }) => pem),
      isLast: at + size >= entries.length,
    });
  const asked: ReturnType<typeof next>[] = [];
  let isLast = false;
  try {
    for (let [at, given] = [0, 0]; !isLast; at += size) {
      for (; asked.length < AHEAD && (given < entries.length || given === 0); given += size) asked.push(next(given));
      const slice = await asked.shift();
      if (!slice) return;
      isLast = at + size >= entries.length;
      const { rows, after } = slice;
      yield { rows: [...readFleetRows(rows, at)], judged: Math.min(at + size, entries.length), isLast, ...(after && { after }) };
    }
  } finally {
    if (!isLast) void ask("leave", { fleet });
  }
}

/** Each is held to its own CAs. Which rows repeat earlier ones is known when all are judged. */
async function* together(ask: Ask, request: Omit<JudgedRequest, "authorities">, entries: FleetRequest[]): AsyncGenerator<Slice, void> {
  const all: FleetRow[] = [];
  let { account }: { account?: JudgedRequest["account"] } = request;
  let after: AccountState | undefined;
  for (let at = 0; at < entries.length; at += SLICE.signed) {
    const slice = entries.slice(at, at + SLICE.signed);
    // Each slice begins with what the one before has left.
    const fleet = await ask("fleet", { ...request, ...(account !== undefined && { account }), entries: slice });
    if (!fleet) return;
    ({ after } = fleet);
    account = after ?? account;
    for (const { duplicateOf: _, sameThingAs: __, ...row } of fleet.rows) all.push({ ...row, index: all.length });
    yield { rows: [], judged: all.length, isLast: false };
  }
  const marks = await ask("twins", { rows: all });
  if (!marks) return;
  for (let at = 0; at < all.length; at += SLICE.unsigned) {
    const rows = all.slice(at, at + SLICE.unsigned).map((row, i) => ({ ...row, ...marks[at + i] }));
    yield { rows, judged: all.length, isLast: at + SLICE.unsigned >= all.length, ...(after && { after }) };
  }
}
