/** Whether the editor shows a config as it is written or its body unfolded; undo and redo know of it. */

import { invertedEffects } from "@codemirror/commands";
import { type EditorState, type Extension, StateEffect, StateField, type TransactionSpec } from "@codemirror/state";
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
export const unfolding: Extension = [
  envelope,
  invertedEffects.of(({ startState, effects }) =>
    effects.some((effect) => effect.is(setEnvelope)) ? [setEnvelope.of(startState.field(envelope))] : [],
  ),
];

/** Whether the body is shown unfolded. */
export function isUnfolded(state: EditorState): boolean {
  return state.field(envelope) !== undefined;
}

/** The whole text, whichever way it is shown. */
export function sourceOf(state: EditorState): string {
  const shown = state.doc.toString();
  const around = state.field(envelope);
  return around ? folded(around, shown) : shown;
}

/** Leads from places in the whole text to places in what is shown. */
export function placesShown(state: EditorState): (offset: number) => number | undefined {
  const around = state.field(envelope);
  if (around) return placesIn(around, state.doc.toString());
  return (offset) => Math.max(0, Math.min(offset, state.doc.length));
}

/** Shows a text in the place of what is there: unfolded where that is wished and can be. */
export function showing(state: EditorState, source: string, unfolded: boolean): TransactionSpec {
  const around = unfolded ? unfold(source) : undefined;
  return {
    changes: { from: 0, to: state.doc.length, insert: around ? around.to : source },
    selection: { anchor: 0 },
    effects: setEnvelope.of(around),
    scrollIntoView: true,
  };
}
