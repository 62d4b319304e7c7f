/** Reads the certificates that the user gives into entries, each with a unique key. */

import type { Entry } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import { blocksIn, slices } from "./slices.ts";

/** The certificates of one call, so that neither the page nor the worker is busy for long. */
const AT_A_TIME = 100;

/** What follows how far a reading is, and may stop it. */
export interface Following {
  readonly stopped: boolean;
  done(n: number, all: number): void;
}

/** Reads by the clock of a state. */
export class CertificateReader {
  readonly #ask: Ask;
  readonly #state: Pick<State, "entries" | "options">;
  readonly #refuseKey: () => void;
  #keys = 0;

  constructor(ask: Ask, state: Pick<State, "entries" | "options">, refuseKey: () => void) {
    this.#ask = ask;
    this.#state = state;
    this.#refuseKey = refuseKey;
  }

  /** The entries of a bundle; some of them, if it was stopped. */
  async read(bundle: string | Uint8Array, from: string, following?: Following): Promise<Entry[]> {
    const { now } = this.#state.options;
    const entries: Entry[] = [];
    const parts = slices(bundle);
    const all = following && typeof bundle === "string" && parts.length > 1 ? blocksIn(bundle) : 1;
    const ask = (slice: string | Uint8Array | undefined) =>
      slice === undefined ? undefined : this.#ask("read", { bundle: slice, ...(now !== undefined && { now }) });
    // The worker reads a slice while the page processes the one before.
    let next = ask(parts[0]);
    for (let at = 1; next; at++) {
      const present = next;
      next = ask(parts[at]);
      const { summaries = [], keys = 0 } = (await present) ?? {};
      if (following?.stopped) break;
      following?.done(entries.length, all);
      if (keys > 0) this.#refuseKey();
      const before = entries.length;
      entries.push(...summaries.map((summary) => ({ key: ++this.#keys, from, summary: { ...summary, index: before + summary.index } })));
    }
    return entries;
  }

  /** The entries of each of many certificates, in calls of many; of some of them, if it was stopped. */
  async readAll(certificates: readonly { from: string; pem: string }[], following?: Following): Promise<Entry[][]> {
    const { now } = this.#state.options;
    const read: Entry[][] = [];
    for (let at = 0; at < certificates.length; at += AT_A_TIME) {
      if (following?.stopped) break;
      following?.done(at, certificates.length);
      const some = certificates.slice(at, at + AT_A_TIME);
      const bundle = some.map(({ pem }) => pem).join("\n");
      const { summaries = [], keys = 0 } = (await this.#ask("read", { bundle, ...(now !== undefined && { now }) })) ?? {};
      const isOneEach = keys === 0 && summaries.length === some.length;
      for (const [i, { from, pem }] of some.entries()) {
        const summary = isOneEach ? summaries[i] : undefined;
        // Text that was written by hand may have several certificates, or none, in one.
        read.push(summary ? [{ key: ++this.#keys, from, summary: { ...summary, index: 0 } }] : await this.read(pem, from));
      }
    }
    return read;
  }

  /** An entry for a file that could not be opened. */
  unreadable(error: string, from: string): Entry {
    return { key: ++this.#keys, from, summary: { index: 0, kind: "unknown", error } };
  }

  /** The entries read again, by a new clock; nothing if entries or clock changed meanwhile. */
  async again(): Promise<Entry[] | undefined> {
    const { entries, options } = this.#state;
    const again = await readAgain(entries, (bundle) => this.read(bundle, ""));
    return entries === this.#state.entries && options.now === this.#state.options.now ? again : undefined;
  }
}

/** The same entries, read by the clock that `read` knows; nothing if the worker stopped. */
async function readAgain(entries: Entry[], read: (bundle: string) => Promise<Entry[]>): Promise<Entry[] | undefined> {
  const readable = entries.filter(({ summary }) => summary.error === undefined && summary.pem !== undefined);
  if (readable.length === 0) return undefined;
  const again = await read(readable.map(({ summary }) => summary.pem).join(""));
  if (again.length !== readable.length) return undefined;
  const summaries = new Map(readable.map(({ key, summary }, i) => [key, { ...(again[i]?.summary ?? summary), index: summary.index }]));
  return entries.map((entry) => ({ ...entry, summary: summaries.get(entry.key) ?? entry.summary }));
}
