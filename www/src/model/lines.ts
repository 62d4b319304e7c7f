/** Lines of a text, as an author names them: `3`, `3-5`, `3-5, 8`. */

/** From one line to another, both included; the first line is 1. */
export type Lines = readonly [first: number, last: number];

/** Reads them; `undefined` if it is not that. */
export function readLines(text: string): Lines[] | undefined {
  const parts = text.split(",").map((part) => /^\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?$/.exec(part));
  if (!parts.every((part) => part !== null)) return undefined;
  const lines = parts.map(([, first, last = first]): Lines => [Number(first), Number(last)]);
  return lines.every(([first, last]) => first >= 1 && first <= last) ? lines : undefined;
}
