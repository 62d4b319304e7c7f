/** A stream and a tally in the memory of the instance. Both have a state that is nowhere else, so that they end with the instance. */
import * as glue from "#glue";
import { checksOf } from "../checks.js";
import { type CompiledTemplate, objects } from "../core.js";
import { instance, isBroken, run, runOn } from "../instance.js";
import type { AccountState, FleetSummary, IssuerCheck } from "../types.js";

/** What rows come to. */
export type Added = Omit<FleetSummary, "after">;

/** Something that is made once, on one instance. */
class Once<Inner extends { free(): void }> {
  readonly #inner: Inner;
  readonly #instance: number;
  #freed = false;

  constructor(make: () => Inner) {
    this.#inner = run(make);
    this.#instance = instance();
  }

  call<Result>(work: (inner: Inner) => Result): Result {
    if (this.#freed) throw new Error("jitp: the fleet was left before its end");
    return runOn(this.#instance, () => work(this.#inner));
  }

  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    if (this.#instance === instance() && !isBroken()) this.#inner.free();
  }
}

/** Judges pieces of a fleet in their order. */
export class CompiledStream {
  readonly #template: () => CompiledTemplate;
  readonly #stream: Once<glue.FleetStream>;

  /**
   * `template` throws if the template was freed. With `collisions` the stream adds its rows up, as a {@link CompiledTally} would, without a
   * call for them: it must have all rows of the fleet then.
   */
  constructor(template: () => CompiledTemplate, options: object, collisions?: boolean) {
    const compiled = template();
    this.#template = template;
    this.#stream = new Once(() => {
      const stream = new glue.FleetStream(compiled.live(), options, undefined);
      if (collisions !== undefined) stream.count(collisions);
      return stream;
    });
  }

  /** The records of what is complete in a piece, and how many bytes of it that is. */
  push(piece: Uint8Array, isLast: boolean, checks?: readonly IssuerCheck[]): { records: Uint8Array; used: number } {
    const template = this.#template();
    return this.#stream.call((stream) => {
      this.#expect(stream, checks);
      const records = stream.push(template.live(), piece, isLast);
      return { records, used: stream.used() };
    });
  }

  /** Goes on with a text of which another stream has judged the beginning. */
  goOn(): void {
    this.#stream.call((stream) => stream.goOn());
  }

  /** A record for each certificate. */
  each(bytes: Uint8Array, lengths: Uint32Array, checks?: readonly IssuerCheck[]): Uint8Array {
    const template = this.#template();
    return this.#stream.call((stream) => {
      this.#expect(stream, checks);
      return stream.each(template.live(), bytes, lengths);
    });
  }

  account(): AccountState | undefined {
    return (objects(this.#stream.call((stream) => stream.account())) as AccountState | null) ?? undefined;
  }

  /** What was added up. */
  summary(): Added {
    return this.#stream.call((stream) => stream.summary()) as Added;
  }

  free(): void {
    this.#stream.free();
  }

  #expect(stream: glue.FleetStream, checks: readonly IssuerCheck[] | undefined): void {
    const given = checksOf(checks);
    if (given !== undefined) stream.expect(given);
  }
}

/** Adds up records in the order of the fleet. */
export class CompiledTally {
  readonly #tally: Once<glue.FleetTally>;

  constructor(collisions: boolean) {
    this.#tally = new Once(() => new glue.FleetTally(collisions));
  }

  /** Adds records, and writes their marks into them. */
  add(records: Uint8Array): void {
    this.#tally.call((tally) => tally.add(records));
  }

  summary(): Added {
    return this.#tally.call((tally) => tally.summary()) as Added;
  }

  free(): void {
    this.#tally.free();
  }
}
