/**
 * The template editor, in a shadow root: there CodeMirror uses constructed style sheets, which a strict content security policy allows. In the
 * document it would need inline styles.
 */

import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap } from "@codemirror/language";
import { forEachDiagnostic, linter, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import type { Action, Diagnostic as EditorDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Text } from "@codemirror/state";
import {
  type Command,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from "@codemirror/view";
import type { Diagnostic, Fix, Span } from "jitp";
import { type Occurrence, occurrenceAt } from "../model/occurrences.ts";
import { h, prose } from "../ui/dom.ts";
import type { Offer } from "../ui/findings.ts";
import type { TextChange } from "../ui/text-change.ts";
import { UNSEEN, visible } from "../ui/visible.ts";
import { whyOf } from "./explanations.ts";
import { isUnfolded, momentOf, placesShown, returning, showing, sourceOf, unfolding } from "./unfolding.ts";
import { hangingIndent } from "./hanging-indent.ts";
import { help } from "./help.ts";
import { light, pointingIn } from "./lit-ranges.ts";
import { theme } from "./theme.ts";
import { trace } from "./trace.ts";
import { unescapedPiece } from "./unfold.ts";

/** The events of the editor. */
export interface EditorEvents {
  /** The text, or the way it is shown, has changed. */
  changed(text: string, unfolded: boolean, how: TextChange): void;
  /** Undo or redo: the history is the playground's. */
  walk(way: "back" | "forth"): void;
  fix(fix: Fix): void;
  /** A remedy for a finding that is not an edit of the text. */
  offer(diagnostic: Diagnostic): Offer | undefined;
  readOnly(): boolean;
  /** Handles a paste instead of the browser, to search it for private keys; says whether it does. */
  paste(event: ClipboardEvent, put: (text: string) => void): boolean;
  /** The keyboard went to a finding. A screen reader needs its words, since a mark cannot be heard. */
  reached(words: string): void;
  /** The user points at a range of the template, by pointer or caret. */
  pointed(occurrence: Occurrence | undefined): void;
}

export interface Editor {
  /** Shows the body of a config unfolded, or the text as it is written; says whether the body can be unfolded. */
  unfold(unfolded: boolean): boolean;
  /** The text as it is shown. */
  text(): string;
  /** Replaces the whole text; as it was shown at that moment, if it is given. */
  replace(text: string, moment?: object): void;
  /** What is shown at present, to return to it. */
  moment(): object;
  /** Shows findings; ignored if the text has changed since. */
  show(source: string, diagnostics: Diagnostic[]): void;
  /** Selects a range and scrolls to it. */
  select(range: { from: number; to: number }): void;
  /** Selects a span and scrolls to it. */
  jump(span: Span): void;
  /** Applies a fix; says no if the text has changed since. */
  apply(source: string, fix: Fix): boolean;
  /** The ranges of the text with a meaning. */
  occurrences(): readonly Occurrence[];
  /** Where places of the source are in the text that is shown now. */
  shown(): (offset: number) => number | undefined;
  /** Where a stretch of the source is in the shown text; nothing if it is not shown. */
  stretch(written: { from: number; to: number }): { from: number; to: number } | undefined;
  /** Lights up these ranges, and no others. */
  light(ranges: readonly { from: number; to: number }[], reveal: boolean): void;
  /** Sets whether the user may change the text. */
  setReadOnly(readOnly: boolean): void;
}

/** Makes the editor inside `host`, with `text` in it. */
export function createEditor(host: HTMLElement, text: string, events: EditorEvents): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  // The text that was shown until the editor was loaded.
  host.replaceChildren();
  const changing = new Compartment();
  const walk = (way: "back" | "forth") => {
    events.walk(way);
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        unfolding,
        drawSelection(),
        dropCursor(),
        highlightSpecialChars({
          addSpecialChars: UNSEEN,
          render: (code, description) =>
            h(
              "span",
              { class: "cm-specialChar", ...(description !== null && { title: description, "aria-label": description }) },
              String.fromCodePoint(code),
            ),
        }),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        bracketMatching(),
        // A registration config is one line of thousands of characters.
        EditorView.lineWrapping,
        hangingIndent,
        EditorView.contentAttributes.of({ "aria-label": "Template", "aria-describedby": "leave-hint", tabindex: "0" }),
        json(),
        help,
        changing.of([]),
        // No linter here: the findings come from the worker.
        linter(null),
        keymap.of([
          { key: "F8", run: telling(nextDiagnostic, events) },
          { key: "Shift-F8", run: telling(previousDiagnostic, events) },
          { key: "Mod-z", run: () => walk("back"), shift: () => walk("forth"), preventDefault: true },
          { key: "Mod-y", run: () => walk("forth"), preventDefault: true },
          ...defaultKeymap,
          ...searchKeymap,
          ...foldKeymap,
          // Escape, then Tab, still leaves the editor; the hint below it says so.
          indentWithTab,
        ]),
        theme,
        pointingIn((offset) => events.pointed(offset === undefined ? undefined : occurrenceAt(offset, occurrences()))),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          events.changed(sourceOf(update.state), isUnfolded(update.state), howChanged(update));
        }),
        EditorView.domEventHandlers({
          beforeinput(event) {
            // From a menu of the browser.
            const way = WAYS[event.inputType];
            if (way) event.preventDefault();
            return way !== undefined && walk(way);
          },
          paste(event) {
            if (view.state.readOnly) return false;
            const put = (text: string) => {
              const change = view.state.replaceSelection(view.state.toText(text));
              view.dispatch({ ...change, userEvent: "input.paste", scrollIntoView: true });
            };
            return events.paste(event, put);
          },
        }),
      ],
    }),
  });
  // `aria-describedby` cannot reach the hint outside of the shadow root, so there is a second one inside.
  const hint = document.createElement("span");
  hint.id = "leave-hint";
  hint.hidden = true;
  hint.textContent = "Tab indents. Press Escape, then Tab, to leave the editor.";
  root.append(hint);

  // Read when the user points, once for each text.
  let traced: { text: Text; found: Occurrence[] } | undefined;
  const occurrences = () => {
    const { doc } = view.state;
    if (traced?.text !== doc) traced = { text: doc, found: trace(doc.toString()) };
    return traced.found;
  };
  const clamp = (offset: number) => Math.max(0, Math.min(offset, view.state.doc.length));
  const select: Editor["select"] = ({ from, to }) => {
    view.dispatch({
      selection: { anchor: clamp(from), head: clamp(to) },
      effects: EditorView.scrollIntoView(clamp(from), { y: "center" }),
    });
    view.focus();
  };

  return {
    unfold(unfolded) {
      view.dispatch({ ...showing(view.state, sourceOf(view.state), unfolded), userEvent: "input.unfold" });
      return isUnfolded(view.state) === unfolded;
    },
    replace(next, moment) {
      if (next === sourceOf(view.state)) return;
      const { state } = view;
      view.dispatch({
        ...(moment ? returning(state, next, moment) : showing(state, next, isUnfolded(state))),
        userEvent: "input.replace",
      });
    },
    moment: () => momentOf(view.state),
    show(source, diagnostics) {
      if (source !== sourceOf(view.state)) return;
      const place = placesShown(view.state);
      const marks = diagnostics.flatMap((diagnostic) => mark(diagnostic, place, view.state.doc, events));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    select,
    jump({ start, end }) {
      // The text outside of the body is visible as written only.
      if (placesShown(view.state)(start.offset) === undefined) this.unfold(false);
      const place = placesShown(view.state);
      const from = place(start.offset) ?? 0;
      select({ from, to: Math.max(from, place(end.offset) ?? from) });
    },
    apply(source, fix) {
      if (source !== sourceOf(view.state)) return false;
      const changes = isUnfolded(view.state) ? changesShown(fix, view.state) : changesWritten(fix);
      if (changes) view.dispatch({ changes, userEvent: "input.fix" });
      else this.replace(fixed(source, fix));
      return true;
    },
    occurrences,
    text: () => view.state.doc.toString(),
    shown: () => placesShown(view.state),
    stretch(written) {
      const place = placesShown(view.state);
      const from = place(written.from);
      const to = place(written.to);
      return from === undefined || to === undefined || from >= to ? undefined : { from, to };
    },
    light: (ranges, reveal) => light(view, ranges, reveal),
    setReadOnly(readOnly) {
      // The text can still be focused, searched and copied.
      view.dispatch({ effects: changing.reconfigure(EditorState.readOnly.of(readOnly)) });
    },
  };
}

/** What a browser calls undo and redo. */
const WAYS: Record<string, "back" | "forth"> = { historyUndo: "back", historyRedo: "forth" };

/** Keys are one step with their neighbours. */
function howChanged({ startState, transactions }: ViewUpdate): TextChange {
  const typed = transactions.every((one) => !one.docChanged || one.isUserEvent("input.type") || one.isUserEvent("delete"));
  const whole = transactions.some((one) => {
    let all = false;
    one.changes.iterChangedRanges((from, to) => (all ||= from === 0 && to === startState.doc.length));
    return all && one.isUserEvent("input.paste");
  });
  return { kind: typed ? "typing" : "other", whole };
}

/** Adds to a command that goes to a finding that it tells the finding. */
function telling(go: Command, events: EditorEvents): Command {
  return (view) => {
    if (!go(view)) return false;
    const { from, to } = view.state.selection.main;
    forEachDiagnostic(view.state, (diagnostic, start, end) => {
      if (start === from && end === to) events.reached(`${diagnostic.severity}: ${diagnostic.message}`);
    });
    return true;
  };
}

/** A fix as changes of the text as it is written. */
function changesWritten(fix: Fix): { from: number; to: number; insert: string }[] {
  return fix.edits.map(({ span, text: insert }) => ({ from: span.start.offset, to: span.end.offset, insert }));
}

/** A fix as changes of the unfolded body; nothing if a part of it is outside. */
function changesShown(fix: Fix, state: EditorState): { from: number; to: number; insert: string }[] | undefined {
  const place = placesShown(state);
  const changes = [];
  for (const { from, to, insert } of changesWritten(fix)) {
    const [start, end, text] = [place(from), place(to), unescapedPiece(insert)];
    if (start === undefined || end === undefined || text === undefined) return undefined;
    changes.push({ from: start, to: Math.max(start, end), insert: text });
  }
  return changes;
}

/** The text with the edits of a fix, from the end, so that offsets stay right. */
function fixed(source: string, fix: Fix): string {
  const edits = changesWritten(fix).toSorted((a, b) => b.from - a.from);
  return edits.reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), source);
}

/**
 * A finding as the editor draws it. A finding without a place in the text is in the list only. Only the first line of a range is underlined: a
 * finding about a whole object would make all of it unreadable.
 */
function mark(diagnostic: Diagnostic, place: (offset: number) => number | undefined, doc: Text, events: EditorEvents): EditorDiagnostic[] {
  const { span, severity, message, help: advice, code, fix, choices } = diagnostic;
  const why = whyOf(code);
  const from = span && place(span.start.offset);
  if (!span || from === undefined) return [];
  const to = Math.min(place(span.end.offset) ?? from, doc.lineAt(from).to);
  const fixes = events.readOnly() ? [] : fix ? [fix] : (choices ?? []);
  const offer = events.offer(diagnostic);
  const actions: Action[] = [
    ...(offer ? [{ name: offer.title, apply: () => offer.run() }] : []),
    ...fixes.map((made) => ({ name: visible(made.title), apply: () => events.fix(made) })),
  ];
  return [
    {
      from,
      to: Math.max(from, to),
      severity,
      source: code,
      message: visible(advice ? `${message} ${advice}` : message),
      renderMessage: () =>
        h(
          "div",
          {},
          h("p", { class: "cm-message" }, ...prose(message)),
          advice !== undefined && h("p", {}, ...prose(advice)),
          why !== undefined && h("p", { class: "cm-why" }, ...prose(why)),
        ),
      actions,
    },
  ];
}
