/** Indents the rows of a wrapped line more than its first row, so that the structure of the JSON stays visible. */

import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** A larger indentation would leave no space for deep lines. */
const DEEPEST = 16;
const EXTRA = 2;

function indents(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const depth = Math.min(/^ */.exec(line.text)?.[0].length ?? 0, DEEPEST) + EXTRA;
      builder.add(line.from, line.from, Decoration.line({ class: `cm-hanging-${depth}` }));
      at = line.to + 1;
    }
  }
  return builder.finish();
}

/** A class for each depth: with a style attribute, the browser's own editing of lines would break the page's policy. */
const depths = EditorView.theme(
  Object.fromEntries(
    Array.from({ length: DEEPEST + 1 }, (_, spaces) => [
      `.cm-line.cm-hanging-${spaces + EXTRA}`,
      { paddingInlineStart: `calc(6px + ${spaces + EXTRA}ch)`, textIndent: `-${spaces + EXTRA}ch` },
    ]),
  ),
);

const lines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = indents(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = indents(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** The extension. */
export const hangingIndent: Extension = [depths, lines];
