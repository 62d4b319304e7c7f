/** Indents the rows of a wrapped line more than its first row, so that the structure of the JSON stays visible. */

import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** A larger indentation would leave no space for deep lines. */
const DEEPEST = 16;
const EXTRA = 2;

function indents(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const depth = Math.min(/^ */.exec(line.text)?.[0].length ?? 0, DEEPEST) + EXTRA;
      builder.add(
        line.from,
        line.from,
        Decoration.line({
          attributes: { style: `padding-inline-start: calc(6px + ${depth}ch); text-indent: -${depth}ch` },
        }),
      );
      at = line.to + 1;
    }
  }
  return builder.finish();
}

/** The extension. */
export const hangingIndent: Extension = ViewPlugin.fromClass(
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
