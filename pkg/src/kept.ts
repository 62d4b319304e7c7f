/** What is in the memory of an instance and can be made again: if the instance was dropped, or if its place was needed for something else. */
import { instance, isBroken, renew, run } from "./instance.js";

interface Inner {
  free(): void;
}

/**
 * The most templates and devices that are in the memory of the instance, and the most bytes that they were made from. A loop that makes
 * thousands leaves no time to the garbage collector, so those that were not used for longest make room: they are made again at their next call.
 */
const MOST = 256;
const MOST_BYTES = 8 << 20;

/** Those that can make room, the one that was used last at the end. */
const inOrder = new Set<Kept<Inner>>();
let last: Kept<Inner> | undefined;
let bytes = 0;

/** Something in the memory of the instance. */
export class Kept<Content extends Inner> {
  readonly #make: () => Content;
  readonly #size: number | undefined;
  #inner: Content | undefined;
  #instance = -1;

  /** @param size the bytes that it is made from, if it can be made again at any time; otherwise only a new instance has it made again */
  constructor(make: () => Content, size?: number) {
    this.#make = make;
    this.#size = size;
    run(() => this.live());
  }

  /** To be used within {@link run}. */
  live(): Content {
    if (this.#inner === undefined || this.#instance !== instance()) {
      if (this.#size !== undefined) makeRoom(this, this.#size);
      this.#inner = this.#make();
      this.#instance = instance();
    }
    if (this.#size !== undefined) use(this, this.#size);
    return this.#inner;
  }

  /** Gives its memory back. A call after it has it made again. */
  free(): void {
    if (this.#size !== undefined) forget(this, this.#size);
    const inner = this.#instance === instance() && !isBroken() ? this.#inner : undefined;
    this.#inner = undefined;
    try {
      inner?.free();
    } catch {
      renew();
    }
  }
}

function use(kept: Kept<Inner>, size: number): void {
  if (kept === last) return;
  if (!inOrder.delete(kept)) bytes += size;
  inOrder.add(kept);
  last = kept;
}

function forget(kept: Kept<Inner>, size: number): void {
  if (inOrder.delete(kept)) bytes -= size;
  if (kept === last) last = undefined;
}

function makeRoom(kept: Kept<Inner>, size: number): void {
  for (const oldest of inOrder) {
    if (inOrder.size < MOST && bytes + size <= MOST_BYTES) return;
    if (oldest !== kept) oldest.free();
  }
}
