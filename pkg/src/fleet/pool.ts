/** Workers that judge the same fleet: each some of its pieces, which come back in the order of the source. */
import { compiledModule } from "#glue";
import type { Template } from "../api.js";
import { optionError, read } from "../options.js";
import type { AccountState, FleetCallOptions, FleetChunks, FleetPool, FleetStream, PoolOptions, TemplateSource } from "../types.js";
import { called, type Called } from "./call.js";
import { type Part, PIECE, Source } from "./chunks.js";
import { type Added, CompiledTally } from "./compiled.js";
import { isCuttable, lastCut } from "./cut.js";
import type { Judged } from "./judge.js";
import { buffersOf, type Question, type Spawn } from "./protocol.js";
import { RowStream, type Work } from "./stream.js";
import { Line } from "./worker-line.js";

/** More would not be faster than the thread that adds their rows up. */
const MOST_WORKERS = 8;
/** In bytes: a text in which no place to cut is found by then is not cut any more. */
const LONGEST = 16 * PIECE;
/** Pieces under way for each worker. This thread asks for none while it makes rows, and the worker judges those that wait meanwhile. */
const AHEAD = 4;

/** A pool with this way to start a worker, on a machine with so many processors. */
export function poolOf(spawn: Spawn, processors: number, options: PoolOptions | undefined): FleetPool {
  const { workers } = read(options, ["workers", "worker"]) as PoolOptions;
  if (workers != null && !(Number.isInteger(workers) && workers >= 1)) throw optionError("workers", "is a whole number, 1 or more");
  const count = workers ?? Math.max(1, Math.min(processors, MOST_WORKERS));
  return new Pool(Array.from({ length: count }, () => new Line(spawn, compiledModule)));
}

class Pool implements FleetPool {
  readonly #lines: readonly Line[];
  #fleets = 0;
  #ended = false;

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  get workers(): number {
    return this.#lines.length;
  }

  dryRunFleet(source: TemplateSource | Template, chunks: FleetChunks, options?: FleetCallOptions): FleetStream {
    if (this.#ended) throw new Error("jitp: this pool has been terminated");
    const call = called(source, options);
    return new RowStream(call.template, new PoolWork(this.#lines, this.#fleets++, call, new Source(chunks)), call.given);
  }

  async terminate(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#lines.map((line) => line.end()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.terminate();
  }
}

/** A question without what all of them have. */
type Asked = Question extends infer One ? (One extends { fleet: number } ? Omit<One, "fleet"> : never) : never;

/** A question that was asked. A generator would wait for a promise itself. */
interface Asking {
  answer: Promise<Judged[]>;
}

/** The workers judge. */
class PoolWork implements Work {
  readonly #lines: readonly Line[];
  readonly #fleet: number;
  readonly #call: Called;
  readonly #source: Source;
  readonly #opened = new Set<Line>();
  readonly #tally: CompiledTally;
  /** How often a worker was chosen. */
  #chosen = 0;
  #account: AccountState | undefined;

  constructor(lines: readonly Line[], fleet: number, call: Called, source: Source) {
    this.#lines = lines;
    this.#fleet = fleet;
    this.#call = call;
    this.#source = source;
    this.#tally = new CompiledTally(call.given.collisions);
  }

  /** What is judged, in the order in which it was asked for. */
  async *judged(): AsyncGenerator<Judged, void, undefined> {
    const questions = this.#questions();
    const answers: Promise<Judged[]>[] = [];
    let next: Promise<IteratorResult<Asking, void>> | undefined = questions.next();
    next.catch(() => {});
    try {
      while (next !== undefined || answers.length > 0) {
        const [oldest] = answers;
        const mayAsk = answers.length < AHEAD * this.#lines.length;
        const asked: IteratorResult<Asking, void> | Judged[] = await Promise.race([
          ...(next !== undefined && mayAsk ? [next] : []),
          ...(oldest === undefined ? [] : [oldest]),
        ]);
        if (Array.isArray(asked)) {
          answers.shift();
          for (const piece of asked) {
            this.#tally.add(piece.records);
            yield piece;
          }
        } else if (asked.done) next = undefined;
        else {
          answers.push(asked.value.answer);
          next = questions.next();
          next.catch(() => {});
        }
      }
    } finally {
      questions.return().catch(() => {});
    }
  }

  account(): AccountState | undefined {
    return this.#account;
  }

  summary(): Added {
    return this.#tally.summary();
  }

  stop(): void {
    this.#source.close();
  }

  free(): void {
    this.#tally.free();
    for (const line of this.#opened) line.tell({ fleet: this.#fleet, ask: "close" });
  }

  /** Reads the source, and asks for what is in it. */
  async *#questions(): AsyncGenerator<Asking, void, undefined> {
    const text = new Rest();
    let had: "text" | "list" | undefined;
    // In an account each device finds what those before it have left.
    let alone = this.#call.given.options.account === undefined ? undefined : this.#idle();
    if (alone) yield this.#ask(alone, { ask: "begin", base: 0, had, isOpen: false });
    for await (const part of slices(this.#source.parts())) {
      if (alone === undefined && !("lengths" in part)) {
        had = "text";
        for (const piece of text.add(part)) yield this.#ask(this.#idle(), { ask: "piece", ...piece });
        if (text.isCuttable) continue;
        alone = this.#idle();
        yield this.#ask(alone, { ask: "begin", base: text.base, had, isOpen: text.isBegun });
        const bytes = text.take();
        yield this.#ask(alone, { ask: "next", bytes });
        continue;
      }
      if (alone === undefined && "lengths" in part) {
        if (text.isOpen) yield this.#ask(this.#idle(), { ask: "piece", base: text.base, bytes: text.take() });
        had = "list";
        if (part.lengths.length > 0)
          yield this.#ask(this.#idle(), { ask: "list", bytes: part.bytes, lengths: part.lengths, base: text.base });
        text.skip(part.bytes.length);
      } else if (alone) {
        const bytes = part.own ? part.bytes : part.bytes.slice();
        yield this.#ask(alone, { ask: "next", bytes, ...("lengths" in part && { lengths: part.lengths }) });
      }
    }
    if (alone !== undefined) {
      yield this.#ask(alone, { ask: "end" });
      this.#account = (await alone.ask({ fleet: this.#fleet, ask: "account" })).account as AccountState | undefined;
    } else if (text.isOpen || had === undefined) yield this.#ask(this.#idle(), { ask: "piece", base: text.base, bytes: text.take() });
  }

  /** The worker with the fewest questions. Workers with equally many take turns. */
  #idle(): Line {
    const from = this.#chosen++ % this.#lines.length;
    const inTurn = [...this.#lines.slice(from), ...this.#lines.slice(0, from)];
    return inTurn.reduce((best, line) => (line.load < best.load ? line : best));
  }

  #ask(line: Line, asked: Asked): Asking {
    const fleet = this.#fleet;
    if (!this.#opened.has(line)) {
      this.#opened.add(line);
      const { template, rules } = this.#call;
      line.tell({ fleet, ask: "open", template: template().given, rules });
    }
    const answer = line.ask({ fleet, ...asked }, "bytes" in asked ? buffersOf([asked.bytes]) : []).then(({ judged }) => judged);
    answer.catch(() => {});
    return { answer };
  }
}

/** In bytes: the room for a piece and for the rest of the part that completes it. */
const ROOM = PIECE + PIECE / 2;

/** The text that is not judged yet. */
class Rest {
  /** The bytes of the source before it. */
  base = 0;
  /** Whether a text has begun, and pieces of it were cut off; then the rest has a block. */
  isOpen = false;
  isBegun = false;
  /** Its memory, which goes with the piece that is cut off. */
  #buffer = new Uint8Array(ROOM);
  #length = 0;
  #wanted = PIECE;

  /** Adds a part. The result is the pieces that can be cut off. */
  *add({ bytes }: Part): Generator<{ base: number; bytes: Uint8Array }, void, undefined> {
    this.isOpen = true;
    this.#append(bytes);
    if (this.#length < this.#wanted || !this.isCuttable) return;
    const cut = lastCut(this.#bytes);
    this.#wanted = cut === 0 ? 2 * this.#length : PIECE;
    if (cut === 0) return;
    const piece = { base: this.base, bytes: this.#bytes.subarray(0, cut) };
    const rest = this.#bytes.subarray(cut);
    this.#buffer = new Uint8Array(Math.max(ROOM, 2 * rest.length));
    this.#buffer.set(rest);
    this.#length = rest.length;
    this.base += cut;
    this.isBegun = true;
    yield piece;
  }

  /** Whether pieces can be cut off, if there is more of it. */
  get isCuttable(): boolean {
    return (this.isBegun || isCuttable(this.#bytes[0])) && this.#length <= LONGEST;
  }

  /** All that is left. What is added after that is another text. */
  take(): Uint8Array {
    const bytes = this.#bytes;
    this.base += bytes.length;
    this.#buffer = new Uint8Array(ROOM);
    this.#length = 0;
    this.#wanted = PIECE;
    this.isOpen = this.isBegun = false;
    return bytes;
  }

  /** Counts bytes that are not text. */
  skip(length: number): void {
    this.base += length;
  }

  get #bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(this.#bytes);
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = length;
  }
}

/** Parts that are not longer than a piece. */
async function* slices(parts: AsyncIterable<Part>): AsyncGenerator<Part, void, undefined> {
  for await (const part of parts) {
    if ("lengths" in part || part.bytes.length <= PIECE) {
      yield part;
      continue;
    }
    for (let from = 0; from < part.bytes.length; from += PIECE) yield { bytes: part.bytes.subarray(from, from + PIECE), own: false };
  }
}
