/** Texts that are pasted into the editor, or dropped on it from elsewhere. */

import type { EditorState, Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * What a text would be there: everything, as nothing else is left; a value or a part of one, as it follows a colon or a quote; or neither. A
 * whole template makes sense as everything and as a value.
 */
export type GivenPlace = "everything" | "value" | "elsewhere";

/** Handles a text instead of the browser, if it says so. */
type Take = (event: Event, text: string, place: GivenPlace, put: (text: string) => void) => boolean;

export function givenTexts(take: Take): Extension {
  // A selection that is dragged within the editor is moved by the editor.
  let dragged = false;
  const given = (view: EditorView, event: Event, transfer: DataTransfer | null, from: number, to: number): boolean => {
    const text = transfer?.getData("text/plain") ?? "";
    if (view.state.readOnly || text === "") return false;
    const { doc } = view.state;
    // The answer comes later. As long as the text is the same, it belongs to where it was given; otherwise it replaces nothing.
    const put = (now: string) => {
      const selection = view.state.doc.eq(doc) ? { anchor: from, head: to } : { anchor: view.state.selection.main.head };
      view.dispatch({ selection });
      const change = view.state.replaceSelection(view.state.toText(now));
      view.dispatch({ ...change, userEvent: "input.paste", scrollIntoView: true });
    };
    return take(event, text, placeOf(view.state, from, to), put);
  };
  return EditorView.domEventHandlers({
    paste(event, view) {
      const { from, to } = view.state.selection.main;
      return given(view, event, event.clipboardData, from, to);
    },
    dragstart() {
      dragged = true;
      return false;
    },
    dragend() {
      dragged = false;
      return false;
    },
    drop(event, view) {
      if (dragged || (event.dataTransfer?.files.length ?? 0) > 0) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
      return given(view, event, event.dataTransfer, at, at);
    },
  });
}

function placeOf({ doc }: EditorState, from: number, to: number): GivenPlace {
  const before = doc.sliceString(0, from);
  if (before.trim() === "" && doc.sliceString(to).trim() === "") return "everything";
  // What replaces a part of the text is meant for that place.
  if (from !== to || /[:,[]\s*$/.test(before)) return "value";
  const line = before.slice(before.lastIndexOf("\n") + 1).replace(/\\./g, "");
  return (line.split('"').length - 1) % 2 === 1 ? "value" : "elsewhere";
}
