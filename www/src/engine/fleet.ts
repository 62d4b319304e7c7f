/** Judges all the certificates that the reader gave, in slices, so that neither the page nor the worker is kept busy for long. */

import type { CertificateSummary, FleetLine } from "jitp";
import { authoritiesFor, authoritiesOf, isChosen } from "../model/authorities.ts";
import { certificateTitle } from "../model/certificate-title.ts";
import type { Calls, CallName } from "../model/protocol.ts";
import { type Entry, type State, templateOf } from "../model/state.ts";

/** So many certificates go to the worker at a time. */
const SLICE = 250;

/** One entry with what becomes of it. */
export interface FleetEntry extends FleetLine {
  key: number;
  /** Which of its file's entries it is, from 1. */
  entry: number;
}

/** What becomes of all of them. */
export interface FleetState {
  lines: FleetEntry[];
  /** How many of the entries have been judged so far. */
  judged: number;
  total: number;
}

type Call = <K extends CallName>(name: K, request: Calls[K]["request"]) => Promise<Calls[K]["result"] | undefined>;

/** Keeps `state.fleet` true to the rest of the state. */
export class FleetJudge {
  readonly #call: Call;
  readonly #shown: () => void;
  #run = 0;
  /** What has been asked for last; that another entry was chosen changes nothing. */
  #asked: unknown[] = [];

  constructor(call: Call, shown: () => void) {
    this.#call = call;
    this.#shown = shown;
  }

  /** Judges anew; what is under way for an older state is dropped. */
  async judge(state: State): Promise<void> {
    const { source, options, parameters, encoded } = state;
    const asked = [source, encoded, options, parameters, state.entries, state.signing, state.authority];
    if (asked.every((value, i) => value === this.#asked[i])) return;
    this.#asked = asked;
    const run = ++this.#run;
    // The CAs stand above the fleet, not in it.
    const authorities = authoritiesOf(state.entries);
    const entries = state.entries.filter(({ key }) => !authorities.has(key));
    if (entries.length < 2 || source.trim() === "") {
      const shown = state.fleet !== undefined;
      delete state.fleet;
      if (shown) this.#shown();
      return;
    }
    const lines: FleetEntry[] = [];
    for (let at = 0; at < entries.length; at += SLICE) {
      const slice = entries.slice(at, at + SLICE);
      // What a row is held against is what its plan is held against when it is opened.
      const judged = slice.flatMap(({ key, summary }) => {
        const pem = readable(summary);
        const authorities = options.flow === "jitp" ? authoritiesFor(state, key) : undefined;
        return pem === undefined ? [] : [{ pem, ...(authorities !== undefined && { authorities }) }];
      });
      const rows = (await this.#call("fleet", { ...templateOf(state), entries: judged, chosen: isChosen(state) }))?.rows;
      if (run !== this.#run || !rows) return;
      let next = 0;
      // The worker has seen the readable ones only, in their order.
      for (const [i, entry] of slice.entries()) {
        lines.push(line(entry, at + i, readable(entry.summary) === undefined ? undefined : rows[next++]));
      }
      if (lines.length === entries.length) {
        // The worker has seen slices; what lines of two of them have in common it says at the end.
        const twins = await this.#call("twins", { rows: lines.map(({ certificateId, thingName }) => words(certificateId, thingName)) });
        if (run !== this.#run || !twins) return;
        for (const [i, line] of lines.entries()) lines[i] = { ...line, ...twins[i] };
      }
      // The first answer comes in parts; later ones take the place of the one before at once.
      if (state.fleet === undefined || lines.length === entries.length || state.fleet.lines.length < lines.length) {
        state.fleet = { lines: [...lines], judged: lines.length, total: entries.length };
        this.#shown();
      }
    }
  }
}

/** What tells twins. */
const words = (certificateId: string | undefined, thingName: string | undefined) => ({
  ...(certificateId !== undefined && { certificateId }),
  ...(thingName !== undefined && { thingName }),
});

/** The certificate of an entry; nothing where it is none, though it may well be PEM. */
function readable({ error, pem }: CertificateSummary): string | undefined {
  return error === undefined ? pem : undefined;
}

function line({ key, from, summary }: Entry, index: number, row: Omit<FleetLine, "file"> | undefined): FleetEntry {
  const known = {
    key,
    entry: summary.index + 1,
    file: from,
    ...(summary.error === undefined && { certificate: certificateTitle(summary) }),
  };
  if (!row || summary.error !== undefined) {
    return { ...known, index, verdict: "unreadable", codes: [], cause: summary.error ?? "The certificate was not judged." };
  }
  // Positions in a slice say nothing about the whole.
  const { duplicateOf: _, sameThingAs: __, ...judged } = row;
  return { ...judged, ...known, index };
}
