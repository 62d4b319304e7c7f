/**
 * The unfolded text as a list of cells. A cell is a piece of the shown text together with what the source has for it, so the source is the
 * cells' sources one after the other, and every offset of one text leads to the other.
 */

import type { Stretch } from "../model/occurrences.ts";
import { escaped, isSpace, oneLevelLess } from "./escapes.ts";

/** A string that is shown as its content. */
export interface Island {
  /** How many strings it is in, with itself. The source as a whole is at 0. */
  depth: number;
  /** The content is written on one line. White space between its tokens is then for the eye only. */
  oneLine: boolean;
  /** The indentation of the line on which it begins. */
  indent: string;
  /** How it ends its lines. */
  lineEnd: string;
}

export interface Cell {
  /** Either the same text as in the source, or one character, or nothing, or white space for the eye. */
  shown: string;
  source: string;
  /** The quote at which an island begins or ends, or white space for the eye: that is in the source only inside a string. */
  kind?: "open" | "close" | "eye";
  /** The island of a quote. */
  island?: Island;
}

/** A text that is shown with its strings unfolded. It never changes; an edit makes another. */
export class Unfolded {
  readonly cells: readonly Cell[];
  readonly root: Island;
  readonly source: string;
  readonly text: string;
  /** The islands, the outer before the inner. */
  readonly islands: readonly (Stretch & { island: Island })[];
  /** The offset of each cell in the two texts, and of their ends. */
  readonly shownAt: Int32Array;
  readonly sourceAt: Int32Array;

  constructor(given: readonly Cell[], root: Island) {
    const cells = resolved(given, root);
    this.cells = cells;
    this.root = root;
    this.shownAt = new Int32Array(cells.length + 1);
    this.sourceAt = new Int32Array(cells.length + 1);
    const islands: (Stretch & { island: Island })[] = [];
    const open: (Stretch & { island: Island })[] = [];
    let [shown, source, text, written] = [0, 0, "", ""];
    for (const [i, cell] of cells.entries()) {
      this.shownAt[i] = shown;
      this.sourceAt[i] = source;
      if (cell.kind === "open" && cell.island) {
        const begun = { from: shown, to: shown, island: cell.island };
        islands.push(begun);
        open.push(begun);
      } else if (cell.kind === "close") {
        const done = open.pop();
        if (done) done.to = shown;
      }
      shown += cell.shown.length;
      source += cell.source.length;
      text += cell.shown;
      written += cell.source;
    }
    this.shownAt[cells.length] = shown;
    this.sourceAt[cells.length] = source;
    this.text = text;
    this.source = written;
    this.islands = islands;
  }

  /** Where the character at this offset of the source is shown. */
  shownOf(offset: number): number {
    if (offset >= this.source.length) return this.text.length;
    const i = lastAtMost(this.sourceAt, offset);
    const { shown, source } = this.cells[i] ?? EMPTY;
    const into = offset - (this.sourceAt[i] ?? 0);
    return (this.shownAt[i] ?? 0) + (shown === source ? into : 0);
  }

  /** Where a stretch of the source is shown: the end is after its last character. */
  stretchOf({ from, to }: Stretch): Stretch {
    const start = this.shownOf(from);
    if (to <= from) return { from: start, to: start };
    const i = lastAtMost(this.sourceAt, to - 1);
    const { shown, source } = this.cells[i] ?? EMPTY;
    const into = shown === source ? to - (this.sourceAt[i] ?? 0) : shown.length;
    return { from: start, to: Math.max(start, (this.shownAt[i] ?? 0) + into) };
  }

  /** What the source has for the character at this offset of the shown text. */
  sourceOf(offset: number): number {
    if (offset >= this.text.length) return this.source.length;
    const i = lastAtMost(this.shownAt, offset);
    const { shown, source } = this.cells[i] ?? EMPTY;
    const into = offset - (this.shownAt[i] ?? 0);
    return (this.sourceAt[i] ?? 0) + (shown === source ? into : 0);
  }

  /** What the source has for a stretch of the shown text: the end is after its last character. */
  writtenOf({ from, to }: Stretch): Stretch {
    const start = this.sourceOf(from);
    if (to <= from) return { from: start, to: start };
    const i = lastAtMost(this.shownAt, to - 1);
    const { shown, source } = this.cells[i] ?? EMPTY;
    const into = shown === source ? to - (this.shownAt[i] ?? 0) : source.length;
    return { from: start, to: Math.max(start, (this.sourceAt[i] ?? 0) + into) };
  }

  /** The innermost island around a stretch, its own ends included; nothing outside all of them. */
  around({ from, to }: Stretch): (Stretch & { island: Island }) | undefined {
    return this.islands.findLast((other) => other.from <= from && to <= other.to);
  }
}

const EMPTY: Cell = { shown: "", source: "" };

/** The index of the last of ascending numbers that is at most this. There is one more number than there are cells. */
function lastAtMost(numbers: Int32Array, most: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle;
    else high = middle;
  }
  return low;
}

/** Gives white space for the eye its source: nothing between tokens, and itself inside a string, where it is a part of the value. */
function resolved(cells: readonly Cell[], root: Island): Cell[] {
  const outer: { inString: boolean; escapes: boolean; island: Island }[] = [];
  let now = { inString: false, escapes: false, island: root };
  return cells.map((cell) => {
    if (cell.kind === "open" && cell.island) {
      outer.push(now);
      now = { inString: false, escapes: false, island: cell.island };
    } else if (cell.kind === "close") now = outer.pop() ?? now;
    else if (cell.kind === "eye") {
      now.escapes = false;
      const source = now.inString ? written(cell.shown, now.island) : "";
      return source === cell.source ? cell : { ...cell, source };
    } else {
      const { shown } = cell;
      for (let i = 0; i < shown.length; i++) {
        const code = shown.charCodeAt(i);
        if (now.escapes) now.escapes = false;
        else if (code === 34) now.inString = !now.inString;
        else if (code === 92) now.escapes = now.inString;
      }
    }
    return cell;
  });
}

/** A text as it is written in an island. */
export function written(text: string, { depth, lineEnd }: Island): string {
  return escaped(lineEnd === "\n" ? text : text.replaceAll("\n", lineEnd), depth);
}

/** Collects cells, and joins those whose characters are the same in both texts. */
export class Cells {
  readonly made: Cell[] = [];
  #same = "";

  add(shown: string, source: string): void {
    if (shown === source) {
      this.#same += shown;
      return;
    }
    this.#flush();
    this.made.push({ shown, source });
  }

  eye(shown: string): void {
    if (shown === "") return;
    this.#flush();
    this.made.push({ shown, source: "", kind: "eye" });
  }

  quote(kind: "open" | "close", source: string, island: Island): void {
    this.#flush();
    this.made.push({ shown: "", source, kind, island });
  }

  done(): Cell[] {
    this.#flush();
    return this.made;
  }

  #flush(): void {
    if (this.#same === "") return;
    this.made.push({ shown: this.#same, source: this.#same });
    this.#same = "";
  }
}

/** Typed text as cells: it is escaped as often as its island is, and its white space is for the eye where the island has none. */
export function typedCells(text: string, island: Island): Cell[] {
  const cells = new Cells();
  const { depth, oneLine, indent } = island;
  if (depth === 0 && !oneLine) cells.add(text, text);
  else if (oneLine) {
    for (const [piece] of text.matchAll(/[ \t\n]+|[^ \t\n]+/g)) {
      if (isSpace(piece[0])) cells.eye(piece);
      else for (const character of piece) cells.add(character, written(character, island));
    }
  } else {
    for (const [i, line] of text.split("\n").entries()) {
      const apart = i === 0 ? 0 : shared(line, indent);
      if (i > 0) cells.add("\n", written("\n", island));
      cells.eye(line.slice(0, apart));
      for (const character of line.slice(apart)) cells.add(character, written(character, island));
    }
  }
  return cells.done();
}

/** How many characters two texts have in common at their beginning. */
function shared(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** The cells of an island's content as they are outside its string, in its parent. */
export function dissolved(cells: readonly Cell[], parent: Island): Cell[] {
  let deeper = 0;
  return cells.map((cell) => {
    if (cell.kind === "open") deeper += 1;
    if (cell.kind === "close") deeper -= 1;
    // White space for the eye stays if the parent has lines.
    if (cell.kind === "eye" && deeper === 0 && !parent.oneLine) return { shown: cell.shown, source: written(cell.shown, parent) };
    const source = oneLevelLess(cell.source);
    return { ...cell, source, ...(cell.island && { island: { ...cell.island, depth: cell.island.depth - 1 } }) };
  });
}
