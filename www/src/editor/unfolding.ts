/**
 * The editor's part in unfolding: keeps the cells of the shown text with it, and marks the lines that are a string in the source. Undo and redo
 * return to the cells as they were, so that what was never edited has its bytes.
 */

import {
  EditorState,
  type Extension,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Text,
  Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Stretch } from "../model/occurrences.ts";
import { editorWords as words } from "../words/editor.ts";
import type { Unfolded } from "./cells.ts";
import { copied } from "./copied.ts";
import { edited, type ShownChange } from "./fold.ts";
import { unfold } from "./unfold.ts";

const setUnfolded = StateEffect.define<Unfolded | undefined>();

const field = StateField.define<Unfolded | undefined>({
  create: () => undefined,
  update(value, { effects, changes, docChanged }) {
    const set = effects.findLast((effect) => effect.is(setUnfolded));
    if (set) return set.value as Unfolded | undefined;
    if (!value || !docChanged) return value;
    const made: ShownChange[] = [];
    changes.iterChanges((from, to, _from, _to, insert) => made.push({ from, to, insert: insert.toString() }));
    return edited(value, made);
  },
  provide: (own) => EditorView.decorations.compute([own], (state) => blocks(state.field(own), state.doc)),
});

/** The extension. `wanted` says whether a text that is put in place of another is unfolded. */
export function unfolding(wanted: () => boolean): Extension {
  return [
    field,
    // A text that replaces all is a new one.
    EditorState.transactionFilter.of((transaction) => {
      const { startState, changes, docChanged, effects, newDoc } = transaction;
      if (!docChanged || effects.some((effect) => effect.is(setUnfolded))) return transaction;
      let isWhole = startState.doc.length > 0 || startState.field(field) !== undefined || newDoc.length > 1;
      changes.iterGaps((_from, _to, length) => {
        if (length > 0) isWhole = false;
      });
      if (!isWhole) return transaction;
      const shown = wanted() ? unfold(newDoc.toString()) : undefined;
      if (!shown) return startState.field(field) ? [transaction, { effects: setUnfolded.of(undefined) }] : transaction;
      return {
        changes: { from: 0, to: startState.doc.length, insert: shown.text },
        selection: { anchor: shown.text.length },
        effects: setUnfolded.of(shown),
        scrollIntoView: true,
        userEvent: transaction.annotation(Transaction.userEvent) ?? "input",
      };
    }),
    EditorView.clipboardOutputFilter.of(onClipboard),
  ];
}

/** The cells of the shown text; nothing if it is shown as it is written. */
export function unfoldedOf(state: EditorState): Unfolded | undefined {
  return state.field(field);
}

/** The whole text, shown either way. */
export function sourceOf(state: EditorState): string {
  return state.field(field)?.source ?? state.doc.toString();
}

/** Maps offsets in the whole text to offsets in the shown text. */
export function placesShown(state: EditorState): (offset: number) => number {
  const shown = state.field(field);
  return shown ? (offset) => shown.shownOf(offset) : (offset) => Math.max(0, Math.min(offset, state.doc.length));
}

/** Where a stretch of the whole text is shown. */
export function stretchShown(state: EditorState, { from, to }: Stretch): Stretch {
  const shown = state.field(field);
  if (shown) return shown.stretchOf({ from, to });
  const place = placesShown(state);
  return { from: place(from), to: place(Math.max(from, to)) };
}

/** Shows a text in place of the present one, as it is written or unfolded. What both have in common stays. */
export function showing(
  state: EditorState,
  source: string,
  shown: Unfolded | undefined,
): { changes: ShownChange; effects: StateEffect<unknown>[] } {
  return { changes: difference(state.doc.toString(), shown?.text ?? source), effects: [setUnfolded.of(shown)] };
}

/** The one change that makes one text of another. */
function difference(before: string, after: string): ShownChange {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < most - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

/** What the clipboard gets. */
function onClipboard(text: string, state: EditorState): string {
  const shown = state.field(field);
  const [range, ...others] = state.selection.ranges;
  return shown && range && others.length === 0 && !range.empty ? copied(shown, range) : text;
}

const MARKS = [1, 2].flatMap((depth) =>
  [true, false].map((isFirst) => ({
    depth,
    isFirst,
    mark: Decoration.line({
      class: `cm-string cm-string-${depth}${isFirst ? " cm-string-first" : ""}`,
      ...(isFirst && { attributes: { "data-string": words.string } }),
    }),
  })),
);

/** Marks the lines of each string. */
function blocks(shown: Unfolded | undefined, doc: Text): DecorationSet {
  if (!shown) return Decoration.none;
  const lines = new Map<number, { depth: number; isFirst: boolean }>();
  for (const { from, to } of shown.islands) {
    const last = doc.lineAt(Math.min(to, doc.length)).number;
    const first = doc.lineAt(Math.min(from, doc.length)).number;
    for (let line = first; line <= last; line++)
      lines.set(line, { depth: Math.min(1 + (lines.get(line)?.depth ?? 0), 2), isFirst: line === first });
  }
  const builder = new RangeSetBuilder<Decoration>();
  for (const [line, { depth, isFirst }] of [...lines].toSorted(([a], [b]) => a - b)) {
    const at = doc.line(line).from;
    const found = MARKS.find((other) => other.depth === depth && other.isFirst === isFirst);
    if (found) builder.add(at, at, found.mark);
  }
  return builder.finish();
}

/** What was shown at a moment. */
class ShownText {
  readonly doc: Text;
  readonly shown: Unfolded | undefined;

  constructor(state: EditorState) {
    this.doc = state.doc;
    this.shown = state.field(field);
  }
}

/** What is shown at present. */
export function momentOf(state: EditorState): object {
  return new ShownText(state);
}

/** Returns to a text, as it was shown at that moment. `wanted` is how the user reads now: the present text may have nothing to unfold. */
export function returning(state: EditorState, source: string, moment: object, wanted: boolean): TransactionSpec {
  const before = moment instanceof ShownText ? moment.shown : undefined;
  const spec = showing(state, source, wanted ? (before ?? unfold(source)) : undefined);
  const { from, insert } = spec.changes;
  return { ...spec, selection: { anchor: from, head: from + insert.length }, scrollIntoView: true };
}
