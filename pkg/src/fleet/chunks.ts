/** The chunks of a fleet, in the few forms that are judged. */
import type { FleetChunk, FleetChunks, WebStream } from "../types.js";

/** A stretch of the source, or whole certificates. `own`: nobody else has the bytes, so that they may be handed to another thread. */
export type Part = { bytes: Uint8Array; own: boolean } | { bytes: Uint8Array; lengths: Uint32Array; own: true };

/**
 * In bytes: what is judged at a time. The page has some milliseconds of work with it, and a batch of rows is small enough to be thrown away
 * unread.
 */
export const PIECE = 256 * 1024;
/** Certificates of a list that are judged at a time. */
const MOST = 1024;

const WANTED =
  "jitp: the certificates of a fleet are strings, bytes, or lists of these, or something that gives them when it is iterated over";
const encoder = new TextEncoder();
/** Half of a surrogate pair, whose other half may come with the next chunk. */
const HALF = /[\ud800-\udbff]$/;

/** A source that is read part by part. */
export class Source {
  readonly #source: FleetChunks;
  #reader: ReturnType<WebStream["getReader"]> | undefined;

  /** @throws TypeError if it cannot be a source; nothing is read from it */
  constructor(source: unknown) {
    this.#source = checked(source);
  }

  /** The parts. The next chunk is read only when the next part is asked for. */
  async *parts(): AsyncGenerator<Part, void, undefined> {
    let half = "";
    for await (const chunk of this.#chunks()) {
      if (typeof chunk === "string") {
        const text = half + chunk;
        half = HALF.exec(text)?.[0] ?? "";
        yield { bytes: encoder.encode(half === "" ? text : text.slice(0, -1)), own: true };
        continue;
      }
      if (half !== "") yield { bytes: encoder.encode(half), own: true };
      half = "";
      const bytes = bytesOf(chunk);
      if (bytes !== undefined) yield { bytes, own: false };
      else if (Array.isArray(chunk)) yield* lists(chunk);
      else throw new TypeError(WANTED);
    }
    if (half !== "") yield { bytes: encoder.encode(half), own: true };
  }

  /** Ends a read that waits for the next chunk, if the source can. */
  close(): void {
    const source = this.#source as { destroy?: unknown };
    if (this.#reader !== undefined) this.#reader.cancel().catch(() => {});
    else if (typeof source.destroy === "function") source.destroy();
  }

  #chunks(): Iterable<FleetChunk> | AsyncIterable<FleetChunk> {
    const source = this.#source;
    // A text is iterable, too, but as characters.
    if (typeof source === "string") return [source];
    const bytes = bytesOf(source);
    if (bytes !== undefined) return [bytes];
    if ("getReader" in source) return this.#read(source);
    return Symbol.asyncIterator in source ? source : together(source as Iterable<FleetChunk>);
  }

  /** A stream of the web. Not all engines can iterate over it, and an iteration that waits cannot be ended. */
  async *#read(stream: WebStream): AsyncGenerator<FleetChunk, void, undefined> {
    const reader = stream.getReader();
    this.#reader = reader;
    let isDone = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        isDone = done;
        if (done || value === undefined) return;
        yield value;
      }
    } finally {
      this.#reader = undefined;
      // A stream whose rest nobody wants need not make it.
      if (!isDone) await reader.cancel().catch(() => {});
      reader.releaseLock();
    }
  }
}

/** Whole certificates, so many at a time as are judged together. An empty list is a list, too. */
function* lists(list: readonly unknown[]): Generator<Part, void, undefined> {
  let from = 0;
  do yield whole(list.slice(from, from + MOST));
  while ((from += MOST) < list.length);
}

/** Whole certificates, one after another. */
function whole(list: readonly unknown[]): Part {
  const all = list.map((one) => {
    const bytes = typeof one === "string" ? encoder.encode(one) : bytesOf(one);
    if (bytes === undefined) throw new TypeError(WANTED);
    return bytes;
  });
  const lengths = Uint32Array.from(all, ({ length }) => length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const one of all) {
    bytes.set(one, at);
    at += one.length;
  }
  return { bytes, lengths, own: true };
}

/** Bytes in any of their forms. One from another realm (a frame, a vm) is accepted. */
function bytesOf(given: unknown): Uint8Array | undefined {
  // A Buffer of Node has a slice that is not a copy.
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const isBuffer = given instanceof ArrayBuffer || Object.prototype.toString.call(given) === "[object ArrayBuffer]";
  return isBuffer ? new Uint8Array(given as ArrayBuffer) : undefined;
}

function checked(source: unknown): FleetChunks {
  if (typeof source === "string" || bytesOf(source) !== undefined) return source as FleetChunks;
  const given = source as { [Symbol.iterator]?: unknown; [Symbol.asyncIterator]?: unknown; getReader?: unknown } | null | undefined;
  const isSource =
    typeof given === "object" &&
    given !== null &&
    [given[Symbol.asyncIterator], given[Symbol.iterator], given.getReader].some((make) => typeof make === "function");
  if (!isSource) throw new TypeError(WANTED);
  return source as FleetChunks;
}

/** Short texts of a source that has them at hand, such as lines, are put together: a call for each would cost more than its work. */
function* together(source: Iterable<FleetChunk>): Generator<FleetChunk, void, undefined> {
  let text = "";
  for (const chunk of source) {
    if (typeof chunk === "string") {
      text += chunk;
      if (text.length < PIECE) continue;
      yield text;
      text = "";
      continue;
    }
    if (text !== "") yield text;
    text = "";
    yield chunk;
  }
  if (text !== "") yield text;
}
