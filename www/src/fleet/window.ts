/** Draws only those of very many rows that are in sight, or nearly so: the others are two gaps of the height that they have, or will have. */

import { h, rerender } from "../ui/dom.ts";

/** The rows that are drawn together. */
const CHUNK = 50;
/** How far out of sight rows are drawn, in pixels. */
const MARGIN = 500;
/** The height of a row that was never drawn, in pixels. */
const USUAL = 46;

export interface RowWindow {
  /** Shows so many rows, from the top or where it was. */
  show(count: number, fromTop: boolean): void;
  /** Brings a row into sight, and returns it. */
  reveal(at: number): HTMLElement | undefined;
}

/** Draws rows into a table that its parent scrolls; `row` draws one by its position, from 0. */
export function rowWindow(scroller: HTMLElement, table: HTMLTableElement, row: (at: number) => HTMLTableRowElement): RowWindow {
  const [above, below] = [h("div", { class: "fleet-gap" }), h("div", { class: "fleet-gap" })];
  table.before(above);
  table.after(below);
  const drawn = new Map<number, HTMLTableSectionElement>();
  let count = 0;
  let heights: number[] = [];
  let frame = 0;

  const rowsIn = (chunk: number) => Math.min(CHUNK, count - chunk * CHUNK);
  const heightOf = (chunk: number) => heights[chunk] ?? rowsIn(chunk) * USUAL;
  const fill = (chunk: number, section: HTMLTableSectionElement) =>
    rerender(section, ...Array.from({ length: rowsIn(chunk) }, (_, i) => row(chunk * CHUNK + i)));

  /** The first and the last chunk that must be drawn. */
  function range(): [number, number] {
    const [top, height] = [scroller.scrollTop, scroller.clientHeight];
    const last = Math.ceil(count / CHUNK) - 1;
    let [from, end] = [0, heightOf(0)];
    while (from < last && end < top - MARGIN) end += heightOf(++from);
    let to = from;
    while (to < last && end < top + height + MARGIN) end += heightOf(++to);
    return [from, to];
  }

  function update(isRefill: boolean): void {
    if (count === 0) return;
    for (const [chunk, { offsetHeight }] of drawn) if (offsetHeight > 0 && !isRefill) heights[chunk] = offsetHeight;
    const [from, to] = range();
    for (const [chunk, section] of drawn) {
      if (chunk >= from && chunk <= to) continue;
      // The focus must not fall back to the top of the page.
      if (section.contains((section.getRootNode() as Document | ShadowRoot).activeElement)) scroller.focus({ preventScroll: true });
      section.remove();
      drawn.delete(chunk);
    }
    let before: Element | null = table.tHead;
    for (let chunk = from; chunk <= to; chunk++) {
      let section = drawn.get(chunk);
      if (section && isRefill) fill(chunk, section);
      if (!section) {
        section = h("tbody", {});
        fill(chunk, section);
        drawn.set(chunk, section);
        before?.after(section);
      }
      before = section;
    }
    let [over, under] = [0, 0];
    for (let chunk = 0; chunk < from; chunk++) over += heightOf(chunk);
    for (let chunk = to + 1; chunk * CHUNK < count; chunk++) under += heightOf(chunk);
    above.style.height = `${over}px`;
    below.style.height = `${under}px`;
  }

  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => update(false));
  };
  scroller.addEventListener("scroll", soon, { passive: true });
  // A table that was out of sight had no size.
  new ResizeObserver(soon).observe(scroller);

  return {
    show(rows, fromTop) {
      // Rows that are not where they were have other heights.
      if (rows !== count || fromTop) heights = [];
      count = rows;
      if (fromTop && scroller.scrollTop !== 0) scroller.scrollTop = 0;
      for (const [chunk, section] of drawn) {
        if (chunk * CHUNK < count) continue;
        section.remove();
        drawn.delete(chunk);
      }
      update(true);
    },
    reveal(at) {
      const chunk = Math.floor(at / CHUNK);
      const find = () => drawn.get(chunk)?.rows[at - chunk * CHUNK];
      if (at < 0 || at >= count) return undefined;
      if (!find()) {
        let top = 0;
        for (let earlier = 0; earlier < chunk; earlier++) top += heightOf(earlier);
        scroller.scrollTop = top + (at - chunk * CHUNK) * USUAL;
        update(false);
      }
      find()?.scrollIntoView({ block: "nearest" });
      return find();
    },
  };
}
