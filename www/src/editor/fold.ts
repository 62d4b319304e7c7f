/** Edits of an unfolded text: what is typed is escaped as often as its place is, and what is not touched keeps its source to the byte. */

import { type Cell, dissolved, type Island, typedCells, Unfolded } from "./cells.ts";

/** A change of the shown text. */
export interface ShownChange {
  from: number;
  to: number;
  insert: string;
}

/** The text after changes, whose offsets are all in the text before them and which do not overlap. */
export function edited(before: Unfolded, changes: readonly ShownChange[]): Unfolded {
  const cells = [...before.cells];
  // From the end, so that the offsets of the others stay right.
  for (const change of changes.toReversed()) edit(cells, change, before.root);
  return new Unfolded(cells, before.root);
}

function edit(cells: Cell[], { from, to, insert }: ShownChange, root: Island): void {
  let at = split(cells, from);
  if (from < to) {
    const stop = split(cells, to);
    // Cells that show nothing stay at both ends.
    while (cells[at]?.shown === "") at += 1;
    const removed = cells.splice(at, stop - at);
    at = dissolveCut(cells, at, removed, root);
  } else at = beside(cells, at);
  if (insert === "") return;
  if (!/^\s*(\{|$)/.test(insert)) at = dissolveEmpty(cells, at);
  cells.splice(at, 0, ...typedCells(insert, islandAt(cells, at, root)));
}

/** The index of the first cell that begins at this offset. A cell around it is split. */
function split(cells: Cell[], offset: number): number {
  let start = 0;
  for (const [i, cell] of cells.entries()) {
    if (start === offset) return i;
    const into = offset - start;
    if (into < cell.shown.length) {
      const same = cell.shown === cell.source;
      const part = (shown: string, source: string): Cell => ({ ...cell, shown, source: same ? shown : source });
      cells.splice(i, 1, part(cell.shown.slice(0, into), cell.source), part(cell.shown.slice(into), ""));
      return i + 1;
    }
    start += cell.shown.length;
  }
  return cells.length;
}

/** Where to insert among the cells at an offset that show nothing: outside a string that is complete, inside one that is not. */
function beside(cells: readonly Cell[], first: number): number {
  let at = first;
  for (; cells[at]?.shown === ""; at += 1) {
    const { kind } = cells[at] ?? {};
    if (kind === "open" && nextShown(cells, at + 1, 1) === "{") return at;
    if (kind === "close" && nextShown(cells, at - 1, -1) !== "}") return at;
  }
  return at;
}

/** The next character that is shown from there, in an island that is not left; white space for the eye does not count. */
function nextShown(cells: readonly Cell[], from: number, step: 1 | -1): string | undefined {
  for (let i = from; i >= 0 && i < cells.length; i += step) {
    const { kind, shown } = cells[i] ?? {};
    if (kind === "open" || kind === "close") return undefined;
    const text = shown?.trim() ?? "";
    if (text !== "") return text.at(step === 1 ? 0 : -1);
  }
  return undefined;
}

/** Dissolves the islands of which only one quote was removed; the place of the removed cells may move. */
function dissolveCut(cells: Cell[], place: number, removed: readonly Cell[], root: Island): number {
  let at = place;
  let [opens, closes] = [0, 0];
  for (const { kind } of removed) {
    if (kind === "open") opens += 1;
    else if (kind === "close" && opens > 0) opens -= 1;
    else if (kind === "close") closes += 1;
  }
  for (; closes > 0; closes--) {
    const open = partner(cells, at - 1, -1);
    if (open === undefined) break;
    const parent = islandAt(cells, open, root);
    cells.splice(open, at - open, ...dissolved(cells.slice(open + 1, at), parent));
    at -= 1;
  }
  for (; opens > 0; opens--) {
    const close = partner(cells, at, 1);
    if (close === undefined) break;
    cells.splice(at, close + 1 - at, ...dissolved(cells.slice(at, close), islandAt(cells, at, root)));
  }
  return at;
}

/** The quote, at or beyond an index, of an island that is around it. */
function partner(cells: readonly Cell[], from: number, step: 1 | -1): number | undefined {
  let inner = 0;
  const [own, other] = step === 1 ? ["close", "open"] : ["open", "close"];
  for (let i = from; i >= 0 && i < cells.length; i += step) {
    const { kind } = cells[i] ?? {};
    if (kind === other) inner += 1;
    else if (kind === own && inner > 0) inner -= 1;
    else if (kind === own) return i;
  }
  return undefined;
}

/** Removes the quotes around a place if there is nothing else in them: what is written there next is another kind of value. */
function dissolveEmpty(cells: Cell[], at: number): number {
  let [open, close] = [at - 1, at];
  const isEmpty = (i: number) => cells[i]?.shown === "" && cells[i]?.kind === undefined;
  while (isEmpty(open)) open -= 1;
  while (isEmpty(close)) close += 1;
  if (cells[open]?.kind !== "open" || cells[close]?.kind !== "close") return at;
  cells.splice(open, close + 1 - open);
  return open;
}

/** The innermost island around an index. */
function islandAt(cells: readonly Cell[], at: number, root: Island): Island {
  const open = partner(cells, at - 1, -1);
  return (open !== undefined && cells[open]?.island) || root;
}
