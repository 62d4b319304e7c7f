/** What the clipboard gets from an unfolded text: a string that is selected as a whole stays a string, so that the result is what AWS accepts. */

import type { Stretch } from "../model/occurrences.ts";
import type { Unfolded } from "./cells.ts";
import { oneLevelLess } from "./escapes.ts";

/** The copy of a stretch of the shown text. */
export function copied(unfolded: Unfolded, range: Stretch): string {
  const { cells, islands, shownAt, text, source } = unfolded;
  if (range.from === 0 && range.to === text.length) return source;
  const isOwn = ({ from, to }: Stretch) => range.from === from && range.to === to;
  const whole = islands.filter((other) => range.from <= other.from && other.to <= range.to && !isOwn(other));
  if (whole.length === 0) return text.slice(range.from, range.to);
  const outside = unfolded.around(range)?.island.depth ?? 0;
  let made = "";
  let inside: object | undefined;
  for (const [i, cell] of cells.entries()) {
    const at = shownAt[i] ?? 0;
    if (!inside && cell.kind === "open" && whole.some(({ island }) => island === cell.island)) inside = cell.island;
    if (inside) made += oneLess(cell.source, outside);
    else made += cell.shown.slice(Math.max(0, range.from - at), Math.max(0, range.to - at));
    if (cell.kind === "close" && cell.island === inside) inside = undefined;
  }
  return made;
}

function oneLess(text: string, levels: number): string {
  let made = text;
  for (let i = 0; i < levels; i++) made = oneLevelLess(made);
  return made;
}
