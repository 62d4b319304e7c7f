/** Finds rows that repeat an earlier one, as they come: those of many slices are compared, and the worker knows one slice at a time. */

import type { Twins } from "jitp";

/** Compares as `fleetTwins` of the package does: `tests/fleet/page.test.mjs` holds one to the other. */
export class TwinFinder {
  readonly #certificates = new Map<string, number>();
  readonly #things = new Map<string, number>();

  /** The earlier row with the same certificate, else the one with the same thing. A certificate that is given twice is one device. */
  find(index: number, { certificateId, thingName }: { certificateId?: string; thingName?: string }): Twins {
    if (certificateId === undefined) return {};
    const duplicateOf = first(this.#certificates, certificateId, index);
    if (duplicateOf !== undefined) return { duplicateOf };
    const sameThingAs = thingName === undefined ? undefined : first(this.#things, thingName, index);
    return sameThingAs === undefined ? {} : { sameThingAs };
  }
}

/** The first row with this word, if it is not this one. */
function first(seen: Map<string, number>, word: string, index: number): number | undefined {
  const before = seen.get(word);
  if (before === undefined) seen.set(word, index);
  return before;
}
