/** Rows of a fleet as the core writes them: records, decoded when somebody looks. crate/src/plan/fleet/record.rs has the table of their bytes. */
import type { FleetRow, FleetRows, Plan } from "./types.js";

type Words<Word> = readonly (Word | undefined)[];

// The positions are those of the Rust enums. In all but the first list, 0 stands for none.
const VERDICTS: readonly FleetRow["verdict"][] = ["provisions", "registered", "fails", "rejected", "unknown", "not-a-template"];
const ANSWERS: Words<NonNullable<FleetRow["connects"]>> = [undefined, "allowed", "denied", "unknown"];
const USES: Words<NonNullable<FleetRow["over"]>> = [undefined, "mqtt", "https", "nothing"];
const BASES: Words<NonNullable<FleetRow["basis"]>> = [undefined, "documented", "observed", "assumed"];

/** The head of a record, in bytes and in words of four bytes. */
const HEAD = 40;
const MARKS = 3;
const TEXTS = 5;
const PLACE = 8;
/** A certificate ID, in bytes. */
const ID = 64;
const HAS_ID = 1;
const HAS_THING = 2;
const HAS_CAUSE = 4;
const HAS_ACCESS = 8;
/** The step, in the second word; the basis and the number of codes, in the third. */
const STEP = 0xff00;
const BASIS_AND_CODES = 0xffff;
/** The digits of a code. */
const DIGITS = 3;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** One character a byte, so that a byte's position is its character's. Only ASCII is read from such a text. */
const single = new TextDecoder("latin1");
/** Node's way to do the same, which is several times as fast. */
const { Buffer: NodeBuffer } = globalThis as {
  Buffer?: { from(memory: ArrayBufferLike, at: number, length: number): { latin1Slice?(): string } };
};
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** What a batch's rows need to be opened. */
export interface Opened {
  /** The position in the source of the first byte of the input. */
  base: number;
  /** The plan of the entry `at` these places of the input; `nth` counts the entries at one place, from 0. */
  plan(from: number, to: number, nth: number, index: number): Plan;
}

/** Rows one after another. */
export class Records implements FleetRows {
  readonly bytes: Uint8Array;
  readonly first: number;
  readonly #opened: Opened | undefined;
  #starts: Uint32Array | undefined;
  #words: Uint32Array | undefined;
  #text: string | undefined;

  /**
   * @param bytes whole records
   * @param first the `index` of the first row
   */
  constructor(bytes: Uint8Array, first = 0, opened?: Opened) {
    this.bytes = bytes;
    this.first = first;
    this.#opened = opened;
  }

  get length(): number {
    return this.#at().length;
  }

  at(i: number): FleetRow | undefined {
    const starts = this.#at();
    const position = i < 0 ? starts.length + i : i;
    const start = starts[position];
    return start === undefined ? undefined : this.#row(start, this.first + position);
  }

  *[Symbol.iterator](): Iterator<FleetRow> {
    let index = this.first;
    for (const start of this.#at()) yield this.#row(start, index++);
  }

  /** All rows at once, which is faster than one after another. */
  rows(): FleetRow[] {
    const starts = this.#at();
    const rows = new Array<FleetRow>(starts.length);
    for (let i = 0; i < rows.length; i++) rows[i] = this.#row(starts[i] as number, this.first + i);
    return rows;
  }

  place(i: number): { from: number; to: number } | undefined {
    const start = this.#at()[i];
    if (start === undefined || this.#opened === undefined) return undefined;
    const [from, to] = this.#place(start);
    return { from: this.#opened.base + from, to: this.#opened.base + to };
  }

  plan(i: number): Plan {
    const starts = this.#at();
    const start = starts[i];
    if (start === undefined) throw new RangeError(`jitp: there is no row ${i} in this batch of ${starts.length}`);
    if (this.#opened === undefined) throw new Error("jitp: these rows were read from bytes, without the certificates that plans need");
    const [from, to] = this.#place(start);
    // The certificates of a PKCS#7 bundle are all at its place.
    let nth = 0;
    for (let before = i - 1; before >= 0; before--, nth++) {
      const [other, end] = this.#place(starts[before] as number);
      if (other !== from || end !== to || from === to) break;
    }
    return this.#opened.plan(from, to, nth, this.first + i);
  }

  #place(start: number): [from: number, to: number] {
    const words = this.#heads();
    return [words[start / 4 + PLACE] as number, words[start / 4 + PLACE + 1] as number];
  }

  /** Where each record begins. */
  #at(): Uint32Array {
    if (this.#starts !== undefined) return this.#starts;
    const words = this.#heads();
    const starts: number[] = [];
    for (let at = 0; at < this.bytes.length; ) {
      const size = words[at / 4] as number;
      if (size < HEAD || size % 4 !== 0 || at + size > this.bytes.length) throw new TypeError("jitp: these bytes are not rows of a fleet");
      starts.push(at);
      at += size;
    }
    return (this.#starts = Uint32Array.from(starts));
  }

  /** The numbers of all records. */
  #heads(): Uint32Array {
    if (this.#words !== undefined) return this.#words;
    const { bytes } = this;
    if (bytes.length % 4 !== 0) throw new TypeError("jitp: these bytes are not rows of a fleet");
    const whole = bytes.byteOffset % 4 === 0 && LITTLE_ENDIAN ? bytes : bytes.slice();
    this.#words = new Uint32Array(whole.buffer, whole.byteOffset, whole.length / 4);
    if (!LITTLE_ENDIAN) {
      const view = new DataView(whole.buffer, whole.byteOffset, whole.length);
      for (let i = 0; i < this.#words.length; i++) this.#words[i] = view.getUint32(4 * i, true);
    }
    return this.#words;
  }

  #row(start: number, index: number): FleetRow {
    const words = this.#heads();
    const word = start / 4;
    const answers = words[word + 1] as number;
    const kinds = words[word + 2] as number;
    const verdict = VERDICTS[answers & 0xff] as FleetRow["verdict"];
    const connects = ANSWERS[(answers >>> 16) & 0xff];
    const over = USES[answers >>> 24];
    const has = (kinds >>> 16) & 0xff;
    const isAscii = kinds >>> 24 === 1;
    const duplicateOf = words[word + MARKS] as number;
    const sameThingAs = words[word + MARKS + 1] as number;
    let at = start + HEAD;
    // Members in the order of the Rust type, so that JSON of a row is the same whichever way it came. Nearly all rows have one of two
    // forms, with no step, basis, code or mark. An object that is written with all its members is made several times as fast as one that gets them later.
    if ((answers & STEP) === 0 && (kinds & BASIS_AND_CODES) === 0 && duplicateOf === 0 && sameThingAs === 0 && connects !== undefined) {
      if (has === (HAS_ID | HAS_THING) && over === undefined) {
        const certificateId = this.#ascii(at, (at += ID));
        const thingName = this.#string(at, at + (words[word + TEXTS] as number), isAscii);
        return { index, verdict, certificateId, thingName, codes: [], connects };
      }
      if (has === (HAS_ID | HAS_THING | HAS_ACCESS) && over !== undefined) {
        const certificateId = this.#ascii(at, (at += ID));
        const thingName = this.#string(at, (at += words[word + TEXTS] as number), isAscii);
        const access = this.#string(at, at + (words[word + TEXTS + 2] as number), isAscii);
        return { index, verdict, certificateId, thingName, codes: [], connects, over, access };
      }
    }
    // Callers keep the few rows of this kind. A slice of the batch's text would keep the whole text in memory.
    const own = (from: number, to: number): string => decoder.decode(this.bytes.subarray(from, to));
    const row = { index, verdict } as FleetRow;
    if (has & HAS_ID) row.certificateId = own(at, (at += ID));
    if (has & HAS_THING) row.thingName = own(at, (at += words[word + TEXTS] as number));
    const stoppedAt = (answers & STEP) >>> 8;
    if (stoppedAt) row.stoppedAt = stoppedAt;
    const cause = has & HAS_CAUSE ? own(at, (at += words[word + TEXTS + 1] as number)) : undefined;
    const access = has & HAS_ACCESS ? own(at, (at += words[word + TEXTS + 2] as number)) : undefined;
    row.codes = codes(this.bytes, at, (kinds >>> 8) & 0xff);
    if (cause !== undefined) row.cause = cause;
    const basis = BASES[kinds & 0xff];
    if (basis !== undefined) row.basis = basis;
    if (connects !== undefined) row.connects = connects;
    if (over !== undefined) row.over = over;
    if (access !== undefined) row.access = access;
    if (duplicateOf > 0) row.duplicateOf = duplicateOf - 1;
    if (sameThingAs > 0) row.sameThingAs = sameThingAs - 1;
    return row;
  }

  #ascii(from: number, to: number): string {
    this.#text ??= singleBytes(this.bytes);
    return this.#text.slice(from, to);
  }

  #string(from: number, to: number, isAscii: boolean): string {
    return isAscii ? this.#ascii(from, to) : decoder.decode(this.bytes.subarray(from, to));
  }
}

function singleBytes(bytes: Uint8Array): string {
  return NodeBuffer?.from(bytes.buffer, bytes.byteOffset, bytes.length).latin1Slice?.() ?? single.decode(bytes);
}

function codes(bytes: Uint8Array, at: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const number = (bytes[at + 2 * i] as number) | ((bytes[at + 2 * i + 1] as number) << 8);
    return `JITP${String(number).padStart(DIGITS, "0")}`;
  });
}

/**
 * Reads rows of a fleet from bytes, which {@link FleetRows.bytes} gives: they can be sent to another thread or kept, and are far smaller than
 * the rows themselves. Such rows cannot be opened into plans.
 *
 * @param bytes the bytes of a batch
 * @param first the `index` of the first row
 * @throws TypeError if the bytes are not rows
 */
export function readFleetRows(bytes: Uint8Array, first = 0): FleetRows {
  const rows = new Records(bytes, first);
  void rows.length;
  return rows;
}
