/** The editor's part in pointing: lights ranges up, and tells the offset of pointer and caret. */

import { type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

const setLit = StateEffect.define<readonly { from: number; to: number }[]>();
const mark = Decoration.mark({ class: "cm-pointed" });

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setLit))
        return Decoration.set(
          effect.value.map(({ from, to }) => mark.range(from, to)),
          true,
        );
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The extension; `pointed` gets the offset that the user points at, by pointer or caret. */
export function pointingIn(pointed: (offset: number | undefined) => void): Extension {
  const caret = (view: EditorView) => (view.hasFocus ? view.state.selection.main.head : undefined);
  return [
    lit,
    EditorView.domEventHandlers({
      pointermove: (event, view) => {
        if (event.pointerType !== "touch") pointed(view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? caret(view));
      },
      pointerleave: (_, view) => pointed(caret(view)),
      // The caret may have been set before the focus.
      focus: (_, view) => pointed(view.state.selection.main.head),
      blur: () => pointed(undefined),
    }),
    EditorView.updateListener.of((update) => {
      if (update.selectionSet && update.view.hasFocus) pointed(update.state.selection.main.head);
    }),
    EditorView.baseTheme({ ".cm-pointed": { backgroundColor: "var(--pointed)", borderRadius: "2px" } }),
  ];
}

/** A range line by line, without the indentation of each line. */
function inLines(doc: Text, { from, to }: { from: number; to: number }): { from: number; to: number }[] {
  const parts = [];
  for (let at = from; at <= to; ) {
    const line = doc.lineAt(at);
    const indent = line.text.length - line.text.trimStart().length;
    const part = { from: Math.max(at, line.from + indent), to: Math.min(to, line.to) };
    if (part.from < part.to) parts.push(part);
    at = line.to + 1;
  }
  return parts;
}

/** Lights up these ranges, and no others. */
export function light(view: EditorView, ranges: readonly { from: number; to: number }[], reveal: boolean): void {
  const { length } = view.state.doc;
  const fit = ranges.filter(({ from, to }) => from < to && to <= length);
  const [first] = fit;
  if (!first && view.state.field(lit).size === 0) return;
  const effects: StateEffect<unknown>[] = [setLit.of(fit.flatMap((range) => inLines(view.state.doc, range)))];
  // Whether it is in sight costs a layout of the page, so it is asked last.
  if (first && reveal && inSight(view)) effects.push(EditorView.scrollIntoView(first.from, { y: "nearest", yMargin: 40 }));
  view.dispatch({ effects });
}

const inSight = ({ dom }: EditorView) => dom.offsetParent !== null || dom.getClientRects().length > 0;
