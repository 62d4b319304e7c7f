/** Tells whether something changed since the last time, so that what follows from it is done once. */

/** Remembers the values of its last call. The answer is true if one of them differs now. */
export function watchFor(): (...values: unknown[]) => boolean {
  let last: unknown[] | undefined;
  return (...values) => {
    const differs = last === undefined || values.some((value, i) => value !== last?.[i]);
    last = values;
    return differs;
  };
}
