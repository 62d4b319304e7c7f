/**
 * The template editor. It lives in a shadow root, because there CodeMirror uses constructed style sheets, which a
 * strict content security policy allows; in the document itself it would need inline styles.
 */

import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
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
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Diagnostic, Fix, Span } from "jitp";
import type { Offer } from "../ui/findings.ts";
import { h, prose } from "../ui/dom.ts";
import { isUnfolded, placesShown, showing, sourceOf, unfolding } from "./fold.ts";
import { help } from "./help.ts";
import { light, pointingIn } from "./pointing.ts";
import { hangingIndent } from "./hanging-indent.ts";
import { type Occurrence, occurrenceAt } from "../ui/pointing.ts";
import { whyOf } from "./explanations.ts";
import { UNSEEN, visible } from "../ui/visible.ts";
import { trace } from "./trace.ts";
import { unescapedPiece } from "./unfold.ts";

/** What the page hears from the editor. */
export interface EditorEvents {
  /** The text is another one, or is shown another way. */
  changed(text: string, unfolded: boolean): void;
  fix(fix: Fix): void;
  /** What to do about a finding that is no edit of the text. */
  offer(diagnostic: Diagnostic): Offer | undefined;
  readOnly(): boolean;
  /** Takes a paste out of the browser's hands until it is known to hold no private key; says whether it did. */
  paste(event: ClipboardEvent, put: (text: string) => void): boolean;
  /** The keyboard went to a finding, which is told in words because its mark cannot be heard. */
  reached(words: string): void;
  /** The reader points at what the template says there, by pointer or caret. */
  pointed(occurrence: Occurrence | undefined): void;
}

export interface Editor {
  /** Shows the body of a config unfolded, or the text as it is written; says whether the body can be unfolded. */
  unfold(unfolded: boolean): boolean;
  /** Replaces the whole text, as one step that can be undone. */
  replace(text: string): void;
  /** Shows findings; ignored where the text has changed since they were made. */
  show(source: string, diagnostics: Diagnostic[]): void;
  /** Selects a stretch and brings it into view. */
  select(range: { from: number; to: number }): void;
  /** Selects a span and brings it into view. */
  jump(span: Span): void;
  /** Applies a fix to the text it was made for, and says whether that was still the text. */
  apply(source: string, fix: Fix): boolean;
  undo(): void;
  /** Where the text says what. */
  occurrences(): readonly Occurrence[];
  /** Lights stretches of the text up, and no others. */
  light(ranges: readonly { from: number; to: number }[], reveal: boolean): void;
  /** Makes what was undone or could be undone unreachable. */
  forgetPast(): void;
  /** Whether the reader may change the text. */
  setReadOnly(readOnly: boolean): void;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-atom)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const squiggle = (colour: string) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy var(${colour}) 1px`,
  textDecorationSkipInk: "none",
  textUnderlineOffset: "3px",
  paddingBottom: "0",
});

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  // On a phone most tokens are wider than what an indented line leaves for them.
  "@media (max-width: 480px)": { ".cm-content.cm-lineWrapping": { wordBreak: "break-all" } },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "3ch", padding: "0 4px 0 8px" },
  // See-through, because the selection is drawn beneath it.
  ".cm-activeLine": { backgroundColor: "var(--active-line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--tint)", color: "var(--ink-2)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--match)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--match)" },
  ".cm-lintRange-error": squiggle("--bad"),
  ".cm-lintRange-warning": squiggle("--warn"),
  ".cm-lintRange-hint": squiggle("--hint"),
  ".cm-lintRange-active": { backgroundColor: "var(--match)" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 2px" },
  ".cm-lint-marker": { width: "0.75em", height: "0.75em", marginTop: "0.4em", borderRadius: "50%", content: "none" },
  ".cm-lint-marker-error": { backgroundColor: "var(--bad)", borderRadius: "2px" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--warn)" },
  ".cm-lint-marker-hint": { backgroundColor: "var(--hint)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    maxWidth: "min(46ch, 90vw)",
    fontFamily: "var(--sans)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-lint": { padding: "0" },
  ".cm-diagnostic": { padding: "8px 12px", borderLeft: "3px solid var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnostic-hint": { borderLeftColor: "var(--hint)" },
  ".cm-tooltip p": { margin: "0" },
  ".cm-message": { fontWeight: "600" },
  ".cm-why": { marginTop: "6px !important", color: "var(--ink-2)", fontSize: "12px" },
  ".cm-doc": { padding: "8px 12px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionInfo": { padding: "8px 12px", maxWidth: "38ch" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
    borderRadius: "4px",
    padding: "3px 8px",
    marginLeft: "8px",
    font: "inherit",
    cursor: "pointer",
  },
  ".cm-panels": { backgroundColor: "var(--bg)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)" },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "4px",
  },
});

/** Makes the editor inside `host`, with `text` in it. */
export function createEditor(host: HTMLElement, text: string, events: EditorEvents): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  // What stood there until the editor was loaded.
  host.replaceChildren();
  const changing = new Compartment();
  const past = new Compartment();
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
        past.of(history()),
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
        syntaxHighlighting(colours),
        help,
        changing.of([]),
        // No source of its own: the findings come from the worker.
        linter(null),
        keymap.of([
          { key: "F8", run: telling(nextDiagnostic, events) },
          { key: "Shift-F8", run: telling(previousDiagnostic, events) },
          ...defaultKeymap,
          ...historyKeymap,
          ...searchKeymap,
          ...foldKeymap,
          // Escape, then Tab, still leaves the editor; the hint below it says so.
          indentWithTab,
        ]),
        theme,
        pointingIn((offset) => events.pointed(offset === undefined ? undefined : occurrenceAt(offset, occurrences()))),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          events.changed(sourceOf(update.state), isUnfolded(update.state));
        }),
        EditorView.domEventHandlers({
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
  // The hint is outside the shadow root, where `aria-describedby` cannot reach, so it gets a twin inside.
  const hint = document.createElement("span");
  hint.id = "leave-hint";
  hint.hidden = true;
  hint.textContent = "Tab indents. Press Escape, then Tab, to leave the editor.";
  root.append(hint);

  // Read when somebody points, and again when the text is another one.
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
    replace(next) {
      if (next === sourceOf(view.state)) return;
      view.dispatch({ ...showing(view.state, next, isUnfolded(view.state)), userEvent: "input.replace" });
    },
    show(source, diagnostics) {
      if (source !== sourceOf(view.state)) return;
      const place = placesShown(view.state);
      const marks = diagnostics.flatMap((diagnostic) => mark(diagnostic, place, view.state.doc, events));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    select,
    jump({ start, end }) {
      // What is outside of the body can only be seen as it is written.
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
    undo() {
      undo(view);
    },
    occurrences,
    light: (ranges, reveal) => light(view, ranges, reveal),
    forgetPast() {
      view.dispatch({ effects: past.reconfigure([]) });
      view.dispatch({ effects: past.reconfigure(history()) });
    },
    setReadOnly(readOnly) {
      // Still to be focused, read, searched and copied from.
      view.dispatch({ effects: changing.reconfigure(EditorState.readOnly.of(readOnly)) });
    },
  };
}

/** Makes a command that goes to a finding say which it is. */
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

/** A fix as changes of the unfolded body, where all of it is inside. */
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

/** The text with the edits of a fix, from the end, so that the places still hold. */
function fixed(source: string, fix: Fix): string {
  const edits = changesWritten(fix).toSorted((a, b) => b.from - a.from);
  return edits.reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), source);
}

/**
 * A finding as the editor draws it; one without a place in the text is shown in the list only. Of several lines only
 * the first is underlined: a finding about a whole object would make all of it unreadable.
 */
function mark(diagnostic: Diagnostic, place: (offset: number) => number | undefined, doc: Text, events: EditorEvents): EditorDiagnostic[] {
  const { span, severity, message, help: advice, code, fix, choices } = diagnostic;
  const why = whyOf(code);
  const from = span && place(span.start.offset);
  if (!span || from === undefined) return [];
  const to = Math.min(place(span.end.offset) ?? from, doc.lineAt(from).to);
  const mends = events.readOnly() ? [] : fix ? [fix] : (choices ?? []);
  const offer = events.offer(diagnostic);
  const actions: Action[] = [
    ...(offer ? [{ name: offer.title, apply: () => offer.run() }] : []),
    ...mends.map((mend) => ({ name: visible(mend.title), apply: () => events.fix(mend) })),
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
