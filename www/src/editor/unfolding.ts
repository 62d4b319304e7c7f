/** Shows a config as it is written, or its body unfolded; undo and redo return to what was shown. */

import { type EditorState, type Extension, StateEffect, StateField, type Text, type TransactionSpec } from "@codemirror/state";
import { type Envelope, folded, placesIn, unfold } from "./unfold.ts";

const setEnvelope = StateEffect.define<Envelope | undefined>();

const envelope = StateField.define<Envelope | undefined>({
  create: () => undefined,
  update(value, { effects }) {
    for (const effect of effects) if (effect.is(setEnvelope)) value = effect.value;
    return value;
  },
});

/** The extension. */
export const unfolding: Extension = envelope;

/** Whether the body is shown unfolded. */
export function isUnfolded(state: EditorState): boolean {
  return state.field(envelope) !== undefined;
}

/** The whole text, shown either way. */
export function sourceOf(state: EditorState): string {
  const shown = state.doc.toString();
  const around = state.field(envelope);
  return around ? folded(around, shown) : shown;
}

/** Maps offsets in the whole text to offsets in the shown text. */
export function placesShown(state: EditorState): (offset: number) => number | undefined {
  const around = state.field(envelope);
  if (around) return placesIn(around, state.doc.toString());
  return (offset) => Math.max(0, Math.min(offset, state.doc.length));
}

/** Replaces the shown text; unfolded on request, if that is possible. */
export function showing(state: EditorState, source: string, unfolded: boolean): TransactionSpec {
  const around = unfolded ? unfold(source) : undefined;
  return {
    changes: { from: 0, to: state.doc.length, insert: around ? around.to : source },
    selection: { anchor: 0 },
    effects: setEnvelope.of(around),
    scrollIntoView: true,
  };
}

/** What was shown at a moment. */
class ShownText {
  readonly doc: Text;
  readonly around: Envelope | undefined;

  constructor(state: EditorState) {
    this.doc = state.doc;
    this.around = state.field(envelope);
  }
}

/** What is shown at present. */
export function momentOf(state: EditorState): object {
  return new ShownText(state);
}

/** Returns to a text, as it was shown at that moment; the way the text is shown now stays. */
export function returning(state: EditorState, source: string, moment: object): TransactionSpec {
  const unfolded = isUnfolded(state);
  const asThen = moment instanceof ShownText && (moment.around !== undefined) === unfolded;
  const around = asThen ? moment.around : unfolded ? unfold(source) : undefined;
  const [old, next] = [state.doc.toString(), asThen ? moment.doc.toString() : (around?.to ?? source)];
  // Only what differs: folds, marks and the scroll position stay.
  let from = 0;
  while (from < old.length && from < next.length && old[from] === next[from]) from += 1;
  let end = 0;
  while (end < old.length - from && end < next.length - from && old.at(-1 - end) === next.at(-1 - end)) end += 1;
  return {
    changes: { from, to: old.length - end, insert: next.slice(from, next.length - end) },
    selection: { anchor: from, head: next.length - end },
    effects: setEnvelope.of(around),
    scrollIntoView: true,
  };
}
