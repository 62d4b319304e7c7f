/** Reads the certificates that the user gives into entries, each with a unique key. */

import type { Entry } from "../model/entries.ts";
import type { Ask, Calls } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import { blocksIn, filed, slices } from "./slices.ts";

/** The certificates of one call, so that neither the page nor the worker is busy for long; of very many, of which few facts are read, more. */
const AT_A_TIME = { whole: 25, listed: 400 };

/** The calls that are under way at a time: one in work in each of two workers, and one that waits for it. */
const AHEAD = 4;

/** So many certificates are very many: what is shown of one of them is read when it is shown. */
const MANY = 100;

/** What follows how far a reading is, and may stop it. */
export interface Following {
  readonly stopped: boolean;
  /** So many are done. `all` may be an estimate. */
  done(n: number, all: number): void;
}

/** One entry as the worker lists it. */
type Listed = Calls["list"]["result"]["listed"][number];

/** A part of a bundle, and the number of certificates in all as far as it is known. */
interface Part {
  bundle: string | Uint8Array<ArrayBuffer>;
  all(n: number): number;
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

  /** The entries of a bundle; some of them, if it was stopped. A file is read in parts. */
  async read(bundle: string | Uint8Array | Blob, from: string, following?: Following): Promise<Entry[]> {
    if (bundle instanceof Blob) return this.#list(partsOfFile(bundle), from, following);
    const blocks = typeof bundle === "string" ? blocksIn(bundle) : 0;
    if (typeof bundle === "string" && blocks > MANY) return this.#list(partsOfText(bundle, blocks), from, following);
    const entries: Entry[] = [];
    for (const slice of typeof bundle === "string" ? slices(bundle, AT_A_TIME.whole) : [bundle]) {
      if (following?.stopped) break;
      const { summaries = [], keys = 0 } = (await this.#ask("read", { bundle: slice, ...this.#clock() })) ?? {};
      if (keys > 0) this.#refuseKey();
      const before = entries.length;
      entries.push(...summaries.map((summary) => ({ key: ++this.#keys, from, summary: { ...summary, index: before + summary.index } })));
    }
    return entries;
  }

  async #list(parts: AsyncIterable<Part> | Iterable<Part>, from: string, following?: Following): Promise<Entry[]> {
    const entries: Entry[] = [];
    const asked: { part: Part; answer: Promise<Calls["list"]["result"] | undefined> }[] = [];
    const take = async () => {
      const [oldest] = asked;
      const { listed = [], keys = 0 } = (await oldest?.answer) ?? {};
      asked.shift();
      if (following?.stopped) return;
      if (keys > 0) this.#refuseKey();
      for (const one of listed) entries.push(this.#entry(one, from, entries.length));
      following?.done(entries.length, oldest?.part.all(entries.length) ?? entries.length);
    };
    // The workers read parts while the page processes those before.
    for await (const part of parts) {
      if (following?.stopped) break;
      asked.push({ part, answer: this.#listed(part.bundle) });
      if (asked.length >= AHEAD) await take();
    }
    while (asked.length > 0) await take();
    return entries;
  }

  /** The entries of each of many certificates, in calls of many; of some of them, if it was stopped. */
  async readAll(certificates: readonly { from: string; pem: string }[], following?: Following): Promise<Entry[][]> {
    const read: Entry[][] = [];
    const isMany = certificates.length > MANY;
    const most = isMany ? AT_A_TIME.listed : AT_A_TIME.whole;
    const some = (at: number) => certificates.slice(at, at + most);
    const ask = (at: number) => {
      const bundle = some(at)
        .map(({ pem }) => pem)
        .join("\n");
      return at >= certificates.length ? undefined : isMany ? this.#listed(bundle) : this.#whole(bundle);
    };
    let next = ask(0);
    for (let at = 0; at < certificates.length; at += most) {
      if (following?.stopped) break;
      following?.done(at, certificates.length);
      const present = next;
      next = ask(at + most);
      const { listed = [], keys = 0 } = (await present) ?? {};
      const slice = some(at);
      const isOneEach = keys === 0 && listed.length === slice.length;
      for (const [i, { from, pem }] of slice.entries()) {
        const one = isOneEach ? listed[i] : undefined;
        // Text that was written by hand may have several certificates, or none, in one.
        read.push(one ? [this.#entry(one, from, 0)] : await this.read(pem, from));
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

  #clock(): { now?: string } {
    const { now } = this.#state.options;
    return now === undefined ? {} : { now };
  }

  /** Bytes are handed over. */
  #listed(bundle: string | Uint8Array<ArrayBuffer>): Promise<Calls["list"]["result"] | undefined> {
    return this.#ask("list", { bundle, ...this.#clock() }, typeof bundle === "string" ? [] : [bundle.buffer]);
  }

  /** The same form for few certificates, with all facts. */
  async #whole(bundle: string): Promise<Calls["list"]["result"] | undefined> {
    const read = await this.#ask("read", { bundle, ...this.#clock() });
    return (
      read && { listed: read.summaries.map((summary) => ({ certificate: { kind: summary.kind, isCa: false }, summary })), keys: read.keys }
    );
  }

  #entry({ certificate, summary }: Listed, from: string, index: number): Entry {
    const key = ++this.#keys;
    if (summary) return { key, from, summary: { ...summary, index } };
    const { kind, error, certificateId, pem } = certificate;
    if (error !== undefined || pem === undefined || certificateId === undefined)
      return { key, from, summary: { index, kind, error: error ?? "" } };
    return { key, from, summary: { index, kind, certificateId, pem }, listed: certificate };
  }
}

/** The parts of a text with so many blocks. */
function* partsOfText(bundle: string, blocks: number): Generator<Part> {
  for (const text of slices(bundle, AT_A_TIME.listed)) yield { bundle: text, all: () => blocks };
}

/** Nobody knows how many certificates a file has before it is read: as many as there are in the bytes so far, in proportion. */
async function* partsOfFile(file: Blob): AsyncGenerator<Part> {
  for await (const { part, bytes } of filed(file)) yield { bundle: part, all: (n) => Math.max(n, Math.round((n * file.size) / bytes)) };
}

/** The same entries, read by the clock that `read` knows; nothing if the worker stopped. Nothing of a listed one depends on the clock. */
async function readAgain(entries: Entry[], read: (bundle: string) => Promise<Entry[]>): Promise<Entry[] | undefined> {
  const readable = entries.filter(({ summary, listed }) => summary.error === undefined && summary.pem !== undefined && !listed);
  if (readable.length === 0) return undefined;
  const again = await read(readable.map(({ summary }) => summary.pem).join(""));
  if (again.length !== readable.length) return undefined;
  const found = new Map(readable.map(({ key }, i) => [key, again[i]]));
  return entries.map((entry) => {
    const other = found.get(entry.key);
    return other
      ? { ...entry, ...(other.listed && { listed: other.listed }), summary: { ...other.summary, index: entry.summary.index } }
      : entry;
  });
}
