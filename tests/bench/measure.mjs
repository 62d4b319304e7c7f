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
 * Runs contenders in turns. A contender is given a range of items and works on each, at once or in a promise; the result has microseconds an
 * item. One that is slow may be `{ work, part }`: it works on that part of each range.
 */
export async function race(contenders, { items, slice, rounds }) {
  const all = Object.entries(contenders).map(([name, one]) => ({ name, part: 1, spent: [], ...(one.work ? one : { work: one }) }));
  for (let round = -1; round < rounds; round++) {
    for (const one of all) Object.assign(one, { sum: 0, done: 0 });
    // The round before the first warms the engine up on one slice and is thrown away.
    const end = round < 0 ? Math.min(slice, items) : items;
    for (let from = 0; from < end; from += slice) {
      for (const one of all) {
        const to = from + Math.max(1, Math.round((Math.min(from + slice, end) - from) * one.part));
        const began = performance.now();
        const answer = one.work(from, to);
        if (answer instanceof Promise) await answer;
        one.sum += performance.now() - began;
        one.done += to - from;
      }
    }
    if (round >= 0) for (const one of all) one.spent.push((one.sum * 1000) / one.done);
  }
  return Object.fromEntries(all.map(({ name, spent }) => [name, summarise(spent)]));
}
