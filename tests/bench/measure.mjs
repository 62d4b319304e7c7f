// Interleaved rounds and medians, so that a short disturbance of the machine affects all contenders alike.

/** The median. If the count is even, it is the lower of the two values in the middle. */
export const median = (values) => [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];

/** The median, and the spread of the middle half of the rounds as a fraction of it. */
export function summarise(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor((sorted.length - 1) * part)];
  const middle = median(values);
  return { median: middle, noise: (at(0.75) - at(0.25)) / middle };
}

/**
 * Runs contenders in turns. A contender is given a range of items and works on each; the result has microseconds an item.
 */
export function race(contenders, { items, slice, rounds }) {
  const spent = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    const sums = Object.fromEntries(Object.keys(contenders).map((name) => [name, 0]));
    // The round before the first warms the engine up on one slice and is thrown away.
    const end = round < 0 ? Math.min(slice, items) : items;
    for (let from = 0; from < end; from += slice) {
      for (const [name, work] of Object.entries(contenders)) {
        const began = performance.now();
        work(from, Math.min(from + slice, end));
        sums[name] += performance.now() - began;
      }
    }
    if (round >= 0) for (const name of Object.keys(contenders)) spent[name].push((sums[name] * 1000) / items);
  }
  return Object.fromEntries(Object.entries(spent).map(([name, values]) => [name, summarise(values)]));
}
