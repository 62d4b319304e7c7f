/** One worker's part: the chunks of a fleet become records. */
import { verifyIssuers } from "../authority.js";
import type { CompiledTemplate } from "../core.js";
import type { AccountState, IssuerCheck } from "../types.js";
import { type Part, PIECE } from "./chunks.js";
import { type Added, CompiledStream } from "./compiled.js";
import { bundleOf, bundleOfEach } from "./signed.js";

/** Records with what they were made of. */
export interface Judged {
  records: Uint8Array;
  /** The input of the records: their places are in it. */
  input: Uint8Array;
  /** How many bytes of the source are before the input. */
  base: number;
  /** How many bytes of the source these records and those before are of. */
  done: number;
  /** The check of each row, if a CA was given. */
  checks?: readonly IssuerCheck[];
}

/** What a fleet is judged by, in a form that can be sent to another thread. */
export interface Rules {
  /** The options as the core reads them. */
  options: { now?: number | undefined; account?: unknown };
  /** The CA and intermediates. */
  ca?: Uint8Array | undefined;
}

const NONE = new Uint8Array();

/** Judges the parts of a fleet in their order. */
export class Judge {
  readonly #rules: Rules;
  readonly #stream: CompiledStream;
  /** Says where the entries are, so that they can be checked before they are judged. It has no account, which each entry would change. */
  readonly #scout: CompiledStream | undefined;
  /** What is not complete yet. */
  #rest: Uint8Array = NONE;
  /** The bytes of the source before the rest. */
  #base = 0;
  /** How long the rest must be before it is tried again. */
  #wanted = 0;
  /** Whether a text has begun that is not at its end, and whether there was anything. */
  #isText = false;
  #isAny = false;
  /** Whether something of the text was judged before. */
  #isLater = false;

  /** With `collisions` all rows of the fleet are judged here, and added up and marked at once. */
  constructor(template: () => CompiledTemplate, rules: Rules, collisions?: boolean) {
    this.#rules = rules;
    this.#stream = new CompiledStream(template, rules.options, collisions);
    this.#scout = rules.ca && new CompiledStream(template, { ...rules.options, account: undefined });
  }

  /** Judges what is complete with this part. */
  async *push(part: Part): AsyncGenerator<Judged, void, undefined> {
    if ("lengths" in part) {
      // A list ends the text before it.
      if (this.#isText) yield* this.#text(NONE, true);
      this.#isText = false;
      this.#isAny = true;
      if (part.lengths.length > 0) yield await this.#list(part.bytes, part.lengths);
      return;
    }
    this.#isText = this.#isAny = true;
    for (let from = 0; from < part.bytes.length; from += PIECE) yield* this.#text(part.bytes.subarray(from, from + PIECE), false, part.own);
  }

  /** Judges a piece that has at least one whole block, or is the whole, and whose place is known: others may have judged what is before. */
  piece(bytes: Uint8Array, base: number): Promise<Judged> {
    this.#base = base;
    return this.#judge(bytes, true);
  }

  /** Judges whole certificates whose place is known. */
  list(bytes: Uint8Array, lengths: Uint32Array, base: number): Promise<Judged> {
    this.#base = base;
    return this.#list(bytes, lengths);
  }

  /** Goes on after what others have judged. If they have begun a text, a rest of it without a block is not an entry. */
  begin(base: number, had: "text" | "list" | undefined, isOpen: boolean): void {
    this.#base = base;
    this.#isText = this.#isLater = isOpen;
    this.#isAny = had !== undefined;
    if (isOpen) for (const stream of [this.#stream, this.#scout]) stream?.goOn();
  }

  /** Judges the rest. Without any chunk there is one row, which says so. */
  async *end(): AsyncGenerator<Judged, void, undefined> {
    if (this.#isText || !this.#isAny) yield* this.#text(NONE, true);
  }

  /** The account after all rows. */
  account(): AccountState | undefined {
    return this.#stream.account();
  }

  /** What the rows come to, if they are added up here. */
  summary(): Added {
    return this.#stream.summary();
  }

  free(): void {
    this.#stream.free();
    this.#scout?.free();
  }

  async *#text(more: Uint8Array, isLast: boolean, own = true): AsyncGenerator<Judged, void, undefined> {
    // Callers may write to their bytes later, and plans are made of the input.
    const input = joined(this.#rest, more, own);
    this.#rest = input;
    if (!isLast && input.length < this.#wanted) return;
    const judged = await this.#judge(input, isLast);
    // The end counts the bytes after the last row, too.
    if (judged.records.length > 0 || isLast) yield judged;
  }

  async #judge(input: Uint8Array, isLast: boolean): Promise<Judged> {
    const base = this.#base;
    let checks: readonly IssuerCheck[] | undefined;
    if (this.#scout) {
      const { records, used } = this.#scout.push(input, isLast);
      checks = await this.#checked(bundleOf(input.subarray(0, used), this.#isLater), records);
    }
    const { records, used } = this.#stream.push(input, isLast, checks);
    this.#isLater = !isLast && (this.#isLater || used > 0);
    this.#base = base + used;
    this.#rest = used === input.length ? NONE : input.slice(used);
    // A block that is cut off is not read again with each byte that is added.
    this.#wanted = used === 0 ? 2 * input.length : 0;
    return { records, input, base, done: this.#base, ...(checks && { checks }) };
  }

  async #list(bytes: Uint8Array, lengths: Uint32Array): Promise<Judged> {
    const base = this.#base;
    let checks: readonly IssuerCheck[] | undefined;
    if (this.#scout) {
      const records = this.#scout.each(bytes, lengths);
      checks = await this.#checked(bundleOfEach(bytes, lengths, records), records);
    }
    const records = this.#stream.each(bytes, lengths, checks);
    this.#base = base + bytes.length;
    return { records, input: bytes, base, done: this.#base, ...(checks && { checks }) };
  }

  /** The checks of the rows of these records. If they do not belong to each other, there are none, and "not checked" is what rows say then. */
  async #checked(bundle: Uint8Array, records: Uint8Array): Promise<readonly IssuerCheck[]> {
    const rows = countRecords(records);
    const { ca, options } = this.#rules;
    if (rows === 0 || ca === undefined) return [];
    const now = new Date((options.now ?? 0) * 1000).toISOString();
    const checks = await verifyIssuers(bundle, ca, { now });
    return checks.length === rows ? checks : [];
  }
}

function countRecords(records: Uint8Array): number {
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  let rows = 0;
  for (let at = 0; at < records.length; at += view.getUint32(at, true)) rows++;
  return rows;
}

/** One after the other. The result is the caller's own, if `own` says that the second is. */
function joined(first: Uint8Array, second: Uint8Array, own: boolean): Uint8Array {
  if (first.length === 0) return own ? second : second.slice();
  if (second.length === 0) return first;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
