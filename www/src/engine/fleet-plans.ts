/** Plans for all certificates that the user gave, in slices, so that neither page nor worker is busy for long. */

import type { AccountSource, CertificateSummary, FleetLine } from "jitp";
import { isChosen } from "../model/authorities.ts";
import { certificateTitle } from "../model/certificate-title.ts";
import { watchFor } from "../model/watch.ts";
import type { Entry } from "../model/entries.ts";
import type { FleetEntry } from "../model/fleet.ts";
import { asked, devicesOf } from "../model/order.ts";
import type { Ask } from "../model/protocol.ts";
import { type State, templateOf } from "../model/state.ts";

/** The number of certificates that go to the worker at a time. */
const SLICE = 250;

/** Keeps `state.fleet` up to date. */
export class FleetPlans {
  readonly #ask: Ask;
  readonly #shown: () => void;
  /** Another chosen entry changes nothing here, so it is not watched. */
  #changed = watchFor();
  #run = 0;

  constructor(ask: Ask, shown: () => void) {
    this.#ask = ask;
    this.#shown = shown;
  }

  /** Plans again if something changed; what is under way for an older state is dropped. */
  async update(state: State): Promise<void> {
    const { source, options, parameters, encoded, account } = state;
    if (!this.#changed(source, encoded, options, parameters, state.entries, state.signing, state.authority, account)) return;
    const run = ++this.#run;
    // The fleet has devices only, not their CAs.
    const entries = devicesOf(state);
    if (entries.length < 2 || source.trim() === "") {
      const shown = state.fleet !== undefined;
      delete state.fleet;
      if (shown) this.#shown();
      return;
    }
    const lines: FleetEntry[] = [];
    const template = templateOf(state);
    // Each slice begins with what the one before has left.
    let now: AccountSource | undefined = template.account;
    for (let at = 0; at < entries.length; at += SLICE) {
      const slice = entries.slice(at, at + SLICE);
      // The same CAs as for the plan of the row when it is opened.
      const fleet = await this.#ask("fleet", {
        ...template,
        ...(now !== undefined && { account: now }),
        entries: asked(state, slice),
        chosen: isChosen(state),
      });
      if (run !== this.#run) return;
      if (!fleet) return this.#retry();
      const { rows, after } = fleet;
      now = after ?? now;
      let next = 0;
      // The worker gets the readable entries only, in their order.
      for (const [i, entry] of slice.entries()) {
        lines.push(line(entry, at + i, readable(entry.summary) === undefined ? undefined : rows[next++]));
      }
      if (lines.length === entries.length) {
        // The worker knows slices. It compares rows of different slices at the end.
        const twins = await this.#ask("twins", { rows: lines.map(({ certificateId, thingName }) => identity(certificateId, thingName)) });
        if (run !== this.#run) return;
        if (!twins) return this.#retry();
        for (const [i, line] of lines.entries()) lines[i] = { ...line, ...twins[i] };
      }
      // The first result is shown in parts; a later one replaces it at once.
      if (state.fleet === undefined || lines.length === entries.length || state.fleet.lines.length < lines.length) {
        state.fleet = { lines: [...lines], total: entries.length, ...(lines.length === entries.length && after && { after }) };
        this.#shown();
      }
    }
  }

  /** The worker stopped: the next call tries again. */
  #retry(): void {
    this.#changed = watchFor();
  }
}

/** The facts by which twins are found. */
const identity = (certificateId: string | undefined, thingName: string | undefined) => ({
  ...(certificateId !== undefined && { certificateId }),
  ...(thingName !== undefined && { thingName }),
});

/** The certificate of an entry; nothing if it is not one, although it may be PEM. */
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
    return { ...known, index, verdict: "unreadable", codes: [], cause: summary.error ?? "jitp made no plan for this certificate." };
  }
  // Positions in a slice mean nothing in the whole.
  const { duplicateOf: _, sameThingAs: __, ...planned } = row;
  return { ...planned, ...known, index };
}
