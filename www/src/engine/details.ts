/** Reads all facts of the listed entries that are shown: of very many, only a few ever are. */

import { lookup } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import { chosenEntry, type State } from "../model/state.ts";

/** With fewer entries all have cards. Nobody looks through more CAs. */
const MOST_CARDS = 30;

export class Details {
  readonly #ask: Ask;
  readonly #found: () => void;

  constructor(ask: Ask, found: () => void) {
    this.#ask = ask;
    this.#found = found;
  }

  /** Reads what the present state shows. */
  async update(state: State): Promise<void> {
    const { entries, options } = state;
    const shown = entries.length <= MOST_CARDS ? entries : lookup(entries).authorities.slice(0, MOST_CARDS);
    const wanted = [...new Set([chosenEntry(state), ...shown])].filter((entry) => entry?.listed?.pem !== undefined);
    if (wanted.length === 0) return;
    const bundle = wanted.map((entry) => entry?.summary.pem).join("");
    const read = await this.#ask("read", { bundle, ...(options.now !== undefined && { now: options.now }) });
    if (read?.summaries.length !== wanted.length) return;
    for (const [i, entry] of wanted.entries()) {
      const summary = read.summaries[i];
      // The entry stays the same: it is in the history, too.
      if (!entry?.listed || !summary || summary.certificateId !== entry.summary.certificateId) continue;
      entry.summary = { ...summary, index: entry.summary.index };
      delete entry.listed;
    }
    state.detailed = (state.detailed ?? 0) + 1;
    this.#found();
  }
}
