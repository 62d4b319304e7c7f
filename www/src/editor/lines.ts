/** Marks the lines that matter, which the author of the page around names, in the text as it is first shown. */

import { type Extension, RangeSetBuilder, StateEffect, StateField, type Text, type Transaction } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Lines } from "../model/lines.ts";

const setLines = StateEffect.define<readonly Lines[]>();
const line = Decoration.line({ class: "cm-matters" });

interface Marked {
  lines: readonly Lines[];
  marks: DecorationSet;
}

const marked = StateField.define<Marked>({
  create: () => ({ lines: [], marks: Decoration.none }),
  update(before, transaction) {
    const lines = newest(before.lines, transaction);
    // Another text has lines of its own; what somebody writes moves those that there are.
    const isOther = transaction.isUserEvent("input.replace");
    if (lines !== before.lines || isOther) return { lines, marks: marksOf(transaction.state.doc, lines) };
    return transaction.docChanged ? { lines, marks: before.marks.map(transaction.changes) } : before;
  },
  provide: (field) => EditorView.decorations.from(field, ({ marks }) => marks),
});

/** The extension. */
export const mattering: Extension = [
  marked,
  EditorView.baseTheme({
    ".cm-line.cm-matters": {
      backgroundColor: "color-mix(in srgb, var(--accent) 12%, transparent)",
      boxShadow: "inset 3px 0 var(--accent)",
    },
    "@media (forced-colors: active)": { ".cm-line.cm-matters": { outline: "1px solid Highlight", outlineOffset: "-1px" } },
  }),
];

/** Marks these lines, and no others, and shows the first of them. */
export function emphasise(view: EditorView, lines: readonly Lines[]): void {
  if (lines.length === 0 && view.state.field(marked).lines.length === 0) return;
  const { doc } = view.state;
  const first = Math.min(...lines.map(([first]) => first));
  const effects: StateEffect<unknown>[] = [setLines.of(lines)];
  if (first <= doc.lines) effects.push(EditorView.scrollIntoView(doc.line(first).from, { y: "start", yMargin: 40 }));
  view.dispatch({ effects });
}

function newest(lines: readonly Lines[], { effects }: Transaction): readonly Lines[] {
  return effects.reduce((found, effect) => (effect.is(setLines) ? effect.value : found), lines);
}

function marksOf(doc: Text, lines: readonly Lines[]): DecorationSet {
  const numbers = new Set(lines.flatMap(([first, last]) => rangeOf(first, Math.min(last, doc.lines))));
  const builder = new RangeSetBuilder<Decoration>();
  for (const number of [...numbers].sort((a, b) => a - b)) builder.add(doc.line(number).from, doc.line(number).from, line);
  return builder.finish();
}

const rangeOf = (first: number, last: number) => Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
