/** Judges all the certificates that the reader gave, in slices, so that neither the page nor the worker is kept busy for long. */

import type { CertificateSummary, FleetLine } from "jitp";
import { authoritiesFor, authoritiesOf } from "./authorities.ts";
import { certificateTitle } from "./certificate-title.ts";
import type { Calls, CallName } from "./protocol.ts";
import type { Entry, State } from "./state.ts";

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
    const { source, options, parameters } = state;
    const asked = [source, options, parameters, state.entries, state.signing, state.authority];
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
    const seen = new Seen();
    for (let at = 0; at < entries.length; at += SLICE) {
      const slice = entries.slice(at, at + SLICE);
      // What a row is held against is what its plan is held against when it is opened.
      const judged = slice.flatMap(({ key, summary }) => {
        const pem = readable(summary);
        const authorities = options.flow === "jitp" ? authoritiesFor(state, key) : undefined;
        return pem === undefined ? [] : [{ pem, ...(authorities !== undefined && { authorities }) }];
      });
      const rows = (await this.#call("fleet", { source, options, parameters, entries: judged }))?.rows;
      if (run !== this.#run || !rows) return;
      let next = 0;
      // The worker has seen the readable ones only, in their order.
      for (const [i, entry] of slice.entries()) {
        lines.push(seen.compare(line(entry, at + i, readable(entry.summary) === undefined ? undefined : rows[next++])));
      }
      // The first answer comes in parts; later ones take the place of the one before at once.
      if (state.fleet === undefined || lines.length === entries.length || state.fleet.lines.length < lines.length) {
        state.fleet = { lines: [...lines], judged: lines.length, total: entries.length };
        this.#shown();
      }
    }
  }
}

/** Which line had a certificate, or a thing name, first: the worker has seen a slice only. The rule is that of `dryRunFleet`. */
class Seen {
  readonly #certificates = new Map<string, number>();
  readonly #things = new Map<string, number>();

  compare({ duplicateOf: _, sameThingAs: __, ...line }: FleetEntry): FleetEntry {
    const { certificateId: id, thingName: name, index } = line;
    if (id === undefined) return line;
    const duplicateOf = this.#certificates.get(id);
    if (duplicateOf !== undefined) return { ...line, duplicateOf };
    this.#certificates.set(id, index);
    if (name === undefined) return line;
    const sameThingAs = this.#things.get(name);
    if (sameThingAs !== undefined) return { ...line, sameThingAs };
    this.#things.set(name, index);
    return line;
  }
}

/** The certificate of an entry; nothing where it is none, though it may well be PEM. */
function readable({ error, pem }: CertificateSummary): string | undefined {
  return error === undefined ? pem : undefined;
}

function line({ key, from, summary }: Entry, index: number, row: Omit<FleetLine, "file"> | undefined): FleetEntry {
  const known = { key, entry: summary.index + 1, file: from, ...(summary.error === undefined && { certificate: certificateTitle(summary) }) };
  if (!row || summary.error !== undefined) {
    return { ...known, index, verdict: "unreadable", codes: [], cause: summary.error ?? "The certificate was not judged." };
  }
  return { ...row, ...known, index };
}
