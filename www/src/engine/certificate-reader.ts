/** What jitp reads from the certificates that the reader gives: entries, each with a key of its own. */

import type { Playground } from "../app/playground.ts";
import { slices } from "./slices.ts";
import type { Entry, State } from "../model/state.ts";

export class Reading {
  readonly #call: Playground["call"];
  readonly #state: State;
  readonly #refuseKey: () => void;
  #keys = 0;

  constructor(call: Playground["call"], state: State, refuseKey: () => void) {
    this.#call = call;
    this.#state = state;
    this.#refuseKey = refuseKey;
  }

  /** What jitp reads from a bundle, by the clock that the reader has chosen. */
  async read(bundle: string | Uint8Array, from: string): Promise<Entry[]> {
    const { now } = this.#state.options;
    const entries: Entry[] = [];
    for (const slice of slices(bundle)) {
      const { summaries = [], keys = 0 } = (await this.#call("read", { bundle: slice, ...(now !== undefined && { now }) })) ?? {};
      if (keys > 0) this.#refuseKey();
      const before = entries.length;
      entries.push(...summaries.map((summary) => ({ key: ++this.#keys, from, summary: { ...summary, index: before + summary.index } })));
    }
    return entries;
  }

  /** An entry for what could not be looked at. */
  unreadable(error: string, from: string): Entry {
    return { key: ++this.#keys, from, summary: { index: 0, kind: "unknown", error } };
  }

  /** The entries judged by a clock that has changed; nothing where they or the clock have changed again since. */
  async again(): Promise<Entry[] | undefined> {
    const { entries, options } = this.#state;
    const again = await judgedAgain(entries, (bundle) => this.read(bundle, ""));
    return entries === this.#state.entries && options.now === this.#state.options.now ? again : undefined;
  }
}

/** How many of what was added could be read, where that is not all of them. */
export function remarkOn(added: Entry[]): string | undefined {
  const damaged = added.filter((entry) => entry.summary.error !== undefined).length;
  return damaged > 0 && added.length > 1 ? `${added.length - damaged} of ${added.length} entries could be read.` : undefined;
}

/** The same entries, judged by the clock that `read` knows; nothing where the worker stopped. */
async function judgedAgain(entries: Entry[], read: (bundle: string) => Promise<Entry[]>): Promise<Entry[] | undefined> {
  const readable = entries.filter(({ summary }) => summary.error === undefined && summary.pem !== undefined);
  if (readable.length === 0) return undefined;
  const again = await read(readable.map(({ summary }) => summary.pem).join(""));
  if (again.length !== readable.length) return undefined;
  const summaries = new Map(readable.map(({ key, summary }, i) => [key, { ...(again[i]?.summary ?? summary), index: summary.index }]));
  return entries.map((entry) => ({ ...entry, summary: summaries.get(entry.key) ?? entry.summary }));
}
