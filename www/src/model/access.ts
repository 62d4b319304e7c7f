/** Where a stretch of the template's text is, for answers on access. */

/** The place of a stretch of the template's text, for `data-place` and `data-lights`. It is not one of the places in the template's body. */
export const stretchPlace = (from: number, to: number): string => `@${from}-${to}`;

/** The stretch of such a place; nothing for other places. */
export function stretchOf(place: string): { from: number; to: number } | undefined {
  const [, from, to] = /^@(\d+)-(\d+)$/.exec(place) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}
