/** Plans for all certificates that the user gave, in slices, so that neither page nor worker is busy for long. */

import type { CertificateSummary, FleetRow } from "jitp";
import { isChosen } from "../model/authorities.ts";
import { entryTitle } from "../model/certificate-title.ts";
import type { Entry } from "../model/entries.ts";
import { Adder, type FleetEntry, type FleetState, NO_SUM } from "../model/fleet.ts";
import { asked, devicesOf } from "../model/order.ts";
import type { Ask, FleetRequest } from "../model/protocol.ts";
import { type State, templateOf } from "../model/state.ts";
import { plansWords } from "../words/plans.ts";

/** The entries that the page handles before the browser has its turn. */
const SLICE = 2_000;

/** With fewer, the rows that are there stay until all others come, which is at once. */
const FEW = 250;

/** The time between two figures of how many are judged, in milliseconds. */
const STEP = 200;

/** Keeps `state.fleet` up to date. */
export class FleetPlans {
  readonly #ask: Ask;
  readonly #shown: () => void;
  readonly #turn: () => Promise<void>;
  /** What the newest rows are made of. */
  #planned: unknown[] = [];
  /** What the worker got for them. */
  #requests: FleetRequest[] | undefined;
  #run = 0;
  /** The rows that are being made, and what they add up to. */
  #made: { lines: FleetEntry[]; adder: Adder } | undefined;

  /** `turn` lets the browser have its turn. */
  constructor(ask: Ask, shown: () => void, turn: () => Promise<void>) {
    this.#ask = ask;
    this.#shown = shown;
    this.#turn = turn;
  }

  /** Plans again if something changed; what is under way for an older state is dropped. */
  async update(state: State): Promise<void> {
    if (!this.#isNew(state)) return;
    // All else begins at once, so that the verdict on one device is not told as that on all.
    if (this.#isSigningOnly(state) && (await this.#isSettled(state))) return;
    this.#planned = inputsOf(state);
    this.#requests = undefined;
    const run = ++this.#run;
    // The fleet has devices only, not their CAs.
    const entries = devicesOf(state);
    if (entries.length < 2 || state.source.trim() === "") {
      const shown = state.fleet !== undefined;
      delete state.fleet;
      if (shown) this.#shown();
      return;
    }
    const made = (this.#made = { lines: [] as FleetEntry[], adder: new Adder() });
    const { lines, adder } = made;
    const total = entries.length;
    let told = Number.NEGATIVE_INFINITY;
    let drawn = 0;
    if (state.fleet === undefined || state.fleet.total !== total || total > FEW) this.#judging(state, total, 0);
    // The first rows are shown in parts; later ones replace them at once.
    const isFirst = state.fleet === undefined || state.fleet.lines.length === 0;
    const [requests, { judged }] = await Promise.all([requestsOf(state, entries, this.#turn), import("./judged.ts")]);
    if (run !== this.#run) return;
    this.#requests = requests;
    /** The line of each request. */
    const places: number[] = [];
    const add = (row?: FleetRow) => {
      const index = lines.length;
      if (row) places.push(index);
      const one = line(entries[index] as Entry, index, row, places);
      lines.push(one);
      adder.add(one);
    };
    /** The worker gets the readable entries only, in their order. */
    const addUnreadable = () => {
      for (let entry = entries[lines.length]; entry && readable(entry.summary) === undefined; entry = entries[lines.length]) add();
    };
    const request = { ...templateOf(state), chosen: isChosen(state) };
    for await (const slice of judged(this.#ask, request, requests)) {
      if (run !== this.#run) return;
      for (const row of slice.rows) {
        addUnreadable();
        add(row);
      }
      if (slice.isLast) {
        addUnreadable();
        this.#made = undefined;
        state.fleet = { lines, total, sum: adder.sum(), ...(slice.after && { after: slice.after }) };
        this.#shown();
        return;
      }
      if (performance.now() - told < STEP) continue;
      told = performance.now();
      // To draw all of them at each figure would take longer than to make them.
      const isDrawn = isFirst && lines.length > 0 && lines.length >= 2 * drawn;
      if (isDrawn) drawn = lines.length;
      this.#judging(state, total, Math.max(slice.judged, lines.length), isDrawn ? { lines: [...lines], sum: adder.sum() } : undefined);
    }
    if (run === this.#run) this.#retry();
  }

  /** Makes no more rows, as the user wishes. Those that there are stay. */
  stop(state: State): void {
    const { fleet } = state;
    if (fleet?.judged === undefined || !this.#made) return;
    this.#run++;
    const { lines, adder } = this.#made;
    this.#made = undefined;
    state.fleet = { lines, sum: adder.sum(), total: fleet.total, judged: lines.length, stopped: true };
    this.#shown();
  }

  /** Makes all rows after all. */
  resume(state: State): Promise<void> {
    this.#planned = [];
    return this.update(state);
  }

  /** The rows will be planned for again soon: until then they are of an earlier text. */
  outdate(state: State): void {
    if (!state.fleet || !this.#isNew(state)) return;
    // Rows that are under way are for the earlier text, too.
    this.#run++;
    this.#made = undefined;
    this.#planned = [];
    state.fleet = { ...state.fleet, judged: 0 };
  }

  #isNew(state: State): boolean {
    return this.#planned.length === 0 || inputsOf(state).some((input, i) => input !== this.#planned[i]);
  }

  /** Whether rows are made or being made, and nothing changed since but who signed whom. */
  #isSigningOnly(state: State): boolean {
    return this.#requests !== undefined && madeOf(state).every((input, i) => input === this.#planned[i]);
  }

  /**
   * Whether each device is held to the same CAs as before, though it is known by now who signed whom: to judge all of them again would take as long
   * as the first time. Also if a newer call has begun meanwhile, which then decides.
   */
  async #isSettled(state: State): Promise<boolean> {
    const inputs = inputsOf(state);
    const before = this.#requests ?? [];
    const run = this.#run;
    const requests = await requestsOf(state, devicesOf(state), this.#turn);
    if (run !== this.#run) return true;
    for (let at = 0; at < requests.length; at += SLICE) {
      const some = requests.slice(at, at + SLICE);
      if (!some.every(({ authorities }, i) => authorities === before[at + i]?.authorities)) return false;
      await this.#turn();
      if (run !== this.#run) return true;
    }
    this.#planned = inputs;
    return true;
  }

  /** Says how many rows are judged. */
  #judging(state: State, total: number, judged: number, rows?: Pick<FleetState, "lines" | "sum">): void {
    const { lines, sum } = rows ?? state.fleet ?? { lines: [], sum: NO_SUM };
    state.fleet = { lines, sum, total, judged };
    this.#shown();
  }

  /** The worker stopped: the next call tries again. */
  #retry(): void {
    this.#planned = [];
  }
}

/** What the rows follow from, but for who signed whom. Another chosen entry changes nothing here. */
const madeOf = ({ source, encoded, options, parameters, entries, authority, account }: State): unknown[] => [
  source,
  encoded,
  options,
  parameters,
  entries,
  authority,
  account,
];

/** All that the rows follow from. */
const inputsOf = (state: State): unknown[] => [...madeOf(state), state.signing];

/** The certificate of an entry; nothing if it is not one, although it may be PEM. */
function readable({ error, pem }: CertificateSummary): string | undefined {
  return error === undefined ? pem : undefined;
}

function line({ key, from, summary, ...entry }: Entry, index: number, row: FleetRow | undefined, places: readonly number[]): FleetEntry {
  const known = {
    key,
    entry: summary.index + 1,
    file: from,
    ...(summary.error === undefined && { certificate: entryTitle({ key, from, summary, ...entry }) }),
  };
  if (!row || summary.error !== undefined) {
    return { ...known, index, verdict: "unreadable", codes: [], cause: summary.error ?? plansWords.none };
  }
  const { duplicateOf, sameThingAs } = row;
  const one: FleetEntry = { ...row, ...known, index };
  if (duplicateOf !== undefined) one.duplicateOf = places[duplicateOf] ?? duplicateOf;
  if (sameThingAs !== undefined) one.sameThingAs = places[sameThingAs] ?? sameThingAs;
  return one;
}

/** What the worker gets of the entries. */
async function requestsOf(state: State, entries: Entry[], turn: () => Promise<void>): Promise<FleetRequest[]> {
  const requests: FleetRequest[] = [];
  for (let at = 0; at < entries.length; at += SLICE) {
    if (at > 0) await turn();
    // The same CAs as for the plan of the row when it is opened.
    for (const request of asked(state, entries.slice(at, at + SLICE))) requests.push(request);
  }
  return requests;
}
