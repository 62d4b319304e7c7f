// Random choices that are the same in every run: of a name, and of the number in JITP_DICE.
import { bytes } from "../dice.mjs";

/** The number that tries other cases: `JITP_DICE=7`. */
export const seed = process.env.JITP_DICE ?? "0";

/** Draws from a stream of random bytes that belongs to a name. */
export class Draw {
  #name;
  #block = 0;
  #stream = Buffer.alloc(0);
  #at = 0;

  constructor(name) {
    this.#name = `${name}, ${seed}`;
  }

  /** An integer from 0 up to `below`, without it. */
  below(below) {
    if (this.#at + 4 > this.#stream.length) {
      this.#stream = bytes(`${this.#name}, block ${this.#block++}`, 4096);
      this.#at = 0;
    }
    const drawn = this.#stream.readUInt32BE(this.#at);
    this.#at += 4;
    return drawn % below;
  }

  /** True in `percent` of 100 cases. */
  chance(percent) {
    return this.below(100) < percent;
  }

  /** One of a list. */
  one(list) {
    return list[this.below(list.length)];
  }

  /** As many as `count` says of a list, in random order, no place twice. */
  some(list, count) {
    const left = [...list];
    const drawn = [];
    while (drawn.length < count && left.length > 0) drawn.push(...left.splice(this.below(left.length), 1));
    return drawn;
  }

  /** A list of `least` to `most` things that `make` makes. */
  many(least, most, make) {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}
