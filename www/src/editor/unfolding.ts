/** Shows a config as it is written, or its body unfolded; undo and redo include the switch. */

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
