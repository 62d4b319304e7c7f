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
import type { Offer } from "./findings.ts";
import { light, pointingIn } from "./editor-pointing.ts";
import { hangingIndent } from "./hanging-indent.ts";
import { holdsPrivateKey } from "./private-keys.ts";
import { type Occurrence, occurrenceAt } from "./pointing.ts";
import { trace } from "./trace.ts";

/** What the page hears from the editor. */
export interface EditorEvents {
  changed(text: string): void;
  fix(fix: Fix): void;
  /** What to do about a finding that is no edit of the text. */
  offer(diagnostic: Diagnostic): Offer | undefined;
  readOnly(): boolean;
  /** A paste that holds a private key has been refused. */
  privateKey(): void;
  /** The keyboard went to a finding, which is told in words because its mark cannot be heard. */
  reached(words: string): void;
  /** The reader points at what the template says there, by pointer or caret. */
  pointed(occurrence: Occurrence | undefined): void;
}

export interface Editor {
  text(): string;
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
        past.of(history()),
        drawSelection(),
        dropCursor(),
        highlightSpecialChars(),
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
          if (update.docChanged) events.changed(update.state.doc.toString());
        }),
        EditorView.domEventHandlers({
          paste(event) {
            if (!holdsPrivateKey(event.clipboardData?.getData("text/plain") ?? "")) return false;
            event.preventDefault();
            events.privateKey();
            return true;
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
  const current = () => view.state.doc.toString();
  const clamp = (offset: number) => Math.max(0, Math.min(offset, view.state.doc.length));
  const select: Editor["select"] = ({ from, to }) => {
    view.dispatch({
      selection: { anchor: clamp(from), head: clamp(to) },
      effects: EditorView.scrollIntoView(clamp(from), { y: "center" }),
    });
    view.focus();
  };

  return {
    text: current,
    replace(next) {
      if (next === current()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        selection: { anchor: 0 },
        scrollIntoView: true,
        userEvent: "input.replace",
      });
    },
    show(source, diagnostics) {
      if (source !== current()) return;
      const marks = diagnostics.flatMap((diagnostic) => mark(diagnostic, view.state.doc, events));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    select,
    jump: ({ start, end }) => select({ from: start.offset, to: end.offset }),
    apply(source, fix) {
      if (source !== current()) return false;
      view.dispatch({
        changes: fix.edits.map(({ span, text: insert }) => ({ from: span.start.offset, to: span.end.offset, insert })),
        userEvent: "input.fix",
      });
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

/**
 * A finding as the editor draws it; one without a place in the text is shown in the list only. Of several lines only
 * the first is underlined: a finding about a whole object would make all of it unreadable.
 */
function mark(diagnostic: Diagnostic, doc: Text, events: EditorEvents): EditorDiagnostic[] {
  const { span, severity, message, help, code, fix, choices } = diagnostic;
  if (!span) return [];
  const mends = events.readOnly() ? [] : fix ? [fix] : (choices ?? []);
  const offer = events.offer(diagnostic);
  const actions: Action[] = [
    ...(offer ? [{ name: offer.title, apply: () => offer.run() }] : []),
    ...mends.map((mend) => ({ name: mend.title, apply: () => events.fix(mend) })),
  ];
  return [
    {
      from: span.start.offset,
      to: Math.max(span.start.offset, Math.min(span.end.offset, doc.lineAt(span.start.offset).to)),
      severity,
      source: code,
      message: help ? `${message} ${help}` : message,
      actions,
    },
  ];
}
