/** Switches between the two ways to show a text, and keeps what the user looks at where it is. */

import { EditorView } from "@codemirror/view";
import { unfold } from "./unfold.ts";
import { showing, sourceOf, unfoldedOf } from "./unfolding.ts";

/** Shows the text unfolded, or as it is written. */
export function switchTo(view: EditorView, isUnfolded: boolean): void {
  const { state } = view;
  const before = unfoldedOf(state);
  if (isUnfolded === (before !== undefined)) return;
  const source = sourceOf(state);
  const after = isUnfolded ? unfold(source) : undefined;
  if (isUnfolded && !after) return;
  const spec = showing(state, source, after);
  const moved = (offset: number) => after?.shownOf(offset) ?? before?.sourceOf(offset) ?? offset;
  const { anchor, head } = state.selection.main;
  const { at, top } = inSight(view);
  view.dispatch({
    ...spec,
    selection: { anchor: moved(anchor), head: moved(head) },
    effects: [...spec.effects, EditorView.scrollIntoView(moved(at), { y: "start", yMargin: top })],
    userEvent: "input.unfold",
  });
}

/** What the user looks at, and how far below the upper edge it is: the caret if it is in sight, otherwise the first line. */
function inSight(view: EditorView): { at: number; top: number } {
  const { top, bottom } = view.scrollDOM.getBoundingClientRect();
  const { head } = view.state.selection.main;
  const caret = head > 0 ? view.coordsAtPos(head) : null;
  if (caret && caret.top >= top && caret.bottom <= bottom) return { at: head, top: caret.top - top };
  const { left } = view.contentDOM.getBoundingClientRect();
  const at = view.posAtCoords({ x: left + 1, y: top + 1 }, false);
  return { at, top: Math.max(0, (view.coordsAtPos(at)?.top ?? top) - top) };
}
