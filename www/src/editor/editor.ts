/**
 * The template editor, in a shadow root: there CodeMirror uses constructed style sheets, which a strict content security policy allows. In the
 * document it would need inline styles.
 */

import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { jsonLanguage } from "@codemirror/lang-json";
import { bidiIsolates, bracketMatching, foldGutter, foldKeymap } from "@codemirror/language";
import { forEachDiagnostic, linter, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Text, Transaction } from "@codemirror/state";
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
import { NodeProp } from "@lezer/common";
import type { Diagnostic, Fix, Span } from "jitp";
import { type Occurrence, occurrenceAt, type Stretch } from "../model/occurrences.ts";
import type { Reading } from "../model/state.ts";
import { h } from "../ui/dom.ts";
import type { TextChange } from "../ui/text-change.ts";
import { UNSEEN } from "../ui/visible.ts";
import { editorWords as words } from "../words/editor.ts";
import type { Unfolded } from "./cells.ts";
import { type GivenPlace, givenTexts } from "./given-texts.ts";
import { hangingIndent } from "./hanging-indent.ts";
import { help } from "./help.ts";
import type { Lines } from "../model/lines.ts";
import { emphasise, mattering } from "./lines.ts";
import { light, pointingIn } from "./lit-ranges.ts";
import { mark, type MarkEvents } from "./marks.ts";
import { switchTo } from "./switch.ts";
import { theme } from "./theme.ts";
import { trace } from "./trace.ts";
import { unfold } from "./unfold.ts";
import { momentOf, returning, showing, sourceOf, stretchShown, unfoldedOf, unfolding } from "./unfolding.ts";

/** The events of the editor. */
export interface EditorEvents extends MarkEvents {
  /** Whether strings that hold JSON are unfolded at first. */
  unfolds(): boolean;
  /** The text, or the way it is shown, has changed. */
  changed(text: string, reading: Reading, how: TextChange): void;
  /** Undo or redo: the history is the playground's. */
  walk(way: "back" | "forth"): void;
  /**
   * Handles a text that is pasted, or dropped from elsewhere, instead of the browser: it is searched for private keys, and may belong
   * elsewhere. `put` inserts it where it was given. Says whether it does.
   */
  given(event: Event, text: string, place: GivenPlace, put: (text: string) => void): boolean;
  /** The keyboard went to a finding. A screen reader needs its words, since a mark cannot be heard. */
  reached(words: string): void;
  /** The user points at a range of the template, by pointer or caret. */
  pointed(occurrence: Occurrence | undefined): void;
}

export interface Editor {
  /** The text as it is shown. */
  text(): string;
  /** Shows strings that hold JSON unfolded, or as they are written: from now on, and in later texts. What was in sight stays there. */
  unfold(unfolded: boolean): void;
  /** How the text is shown. */
  reading(): Reading;
  /** Replaces the whole text; as it was shown at that moment, if it is given. */
  replace(text: string, moment?: object): void;
  /** What is shown at present, to return to it. */
  moment(): object;
  /** Shows findings; ignored if the text has changed since. */
  show(source: string, diagnostics: Diagnostic[]): void;
  /** Selects a range and scrolls to it. */
  select(range: Stretch): void;
  /** Selects a span and scrolls to it. */
  jump(span: Span): void;
  /** Applies a fix; says no if the text has changed since. */
  apply(source: string, fix: Fix): boolean;
  /** The ranges of the text with a meaning. */
  occurrences(): readonly Occurrence[];
  /** Where a stretch of the source is in the text that is shown now. */
  shown(written: Stretch): Stretch;
  /** The line and column at which a span begins in the text that is shown now. */
  placeOf(span: Span): string;
  /** Lights up these ranges, and no others. */
  light(ranges: readonly Stretch[], reveal: boolean): void;
  /** Marks these lines, and no others, and shows the first of them. */
  emphasise(lines: readonly Lines[]): void;
  /** Sets whether the user may change the text. */
  setReadOnly(readOnly: boolean): void;
}

/** JSON whose strings do not move what is next to them, if they have letters from right to left. */
const isolatingJson = jsonLanguage.configure({ props: [NodeProp.isolate.add({ "String PropertyName": "auto" })] });

/** Makes the editor inside `host`, with `text` in it. */
export function createEditor(host: HTMLElement, text: string, events: EditorEvents): Editor {
  let wanted = events.unfolds();
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
        unfolding(() => wanted),
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
        bracketMatching(),
        // A registration config is one line of thousands of characters.
        EditorView.lineWrapping,
        hangingIndent,
        EditorView.contentAttributes.of({ "aria-label": words.name, "aria-describedby": "leave-hint", tabindex: "0" }),
        isolatingJson,
        bidiIsolates(),
        help,
        changing.of([]),
        // No linter here: the findings come from the worker.
        linter(null),
        keymap.of([
          { key: "F8", run: telling(nextDiagnostic, events) },
          { key: "Shift-F8", run: telling(previousDiagnostic, events) },
          { key: "Mod-z", run: () => walk("back"), preventDefault: true },
          { key: "Mod-Shift-z", run: () => walk("forth"), preventDefault: true },
          { key: "Mod-y", run: () => walk("forth"), preventDefault: true },
          ...defaultKeymap,
          ...searchKeymap,
          ...foldKeymap,
          // Escape, then Tab, still leaves the editor; the hint below it says so.
          indentWithTab,
        ]),
        theme,
        mattering,
        pointingIn((offset) => events.pointed(offset === undefined ? undefined : occurrenceAt(offset, occurrences()))),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          events.changed(sourceOf(update.state), reading(), howChanged(update));
        }),
        EditorView.domEventHandlers({
          beforeinput(event) {
            // From a menu of the browser.
            const way = WAYS[event.inputType];
            if (way) event.preventDefault();
            return way !== undefined && walk(way);
          },
        }),
        givenTexts((...given) => events.given(...given)),
      ],
    }),
  });
  // `aria-describedby` cannot reach the hint outside of the shadow root, so there is a second one inside.
  const hint = document.createElement("span");
  hint.id = "leave-hint";
  hint.hidden = true;
  hint.textContent = words.leave;
  root.append(hint);

  // Read at most once for each text, and not before somebody asks.
  const unfolded = remembered((text) => unfoldedOf(view.state) ?? unfold(text.toString()));
  const reading = (): Reading => (unfoldedOf(view.state) ? "unfolded" : unfolded(view.state.doc) ? "written" : "plain");
  const traced = remembered((text) => occurrencesIn(text.toString(), unfolded(text), unfoldedOf(view.state) !== undefined));
  const occurrences = () => traced(view.state.doc);
  if (wanted) view.dispatch({ ...showing(view.state, text, unfold(text)), annotations: Transaction.addToHistory.of(false) });
  const clamp = (offset: number) => Math.max(0, Math.min(offset, view.state.doc.length));
  const select: Editor["select"] = ({ from, to }) => {
    view.dispatch({
      selection: { anchor: clamp(from), head: clamp(to) },
      effects: EditorView.scrollIntoView(clamp(from), { y: "center" }),
    });
    view.focus();
  };

  return {
    unfold(isWanted) {
      wanted = isWanted;
      switchTo(view, isWanted);
    },
    reading,
    replace(next, moment) {
      if (next === sourceOf(view.state)) return;
      const { state } = view;
      const spec = moment
        ? returning(state, next, moment, wanted)
        : { ...showing(state, next, wanted ? unfold(next) : undefined), selection: { anchor: 0 }, scrollIntoView: true };
      view.dispatch({ ...spec, userEvent: "input.replace" });
    },
    moment: () => momentOf(view.state),
    show(source, diagnostics) {
      if (source !== sourceOf(view.state)) return;
      const marks = diagnostics.flatMap((diagnostic) => mark(diagnostic, view.state, events));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    select,
    jump({ start, end }) {
      select(stretchShown(view.state, { from: start.offset, to: end.offset }));
    },
    apply(source, fix) {
      if (source !== sourceOf(view.state)) return false;
      const next = fixed(source, fix);
      view.dispatch({ ...showing(view.state, next, unfoldedOf(view.state) && unfold(next)), userEvent: "input.fix" });
      return true;
    },
    occurrences,
    text: () => view.state.doc.toString(),
    shown: (written) => stretchShown(view.state, written),
    placeOf: ({ start }) => {
      const { from } = stretchShown(view.state, { from: start.offset, to: start.offset });
      const line = view.state.doc.lineAt(from);
      return `${line.number}:${from - line.from + 1}`;
    },
    light: (ranges, reveal) => light(view, ranges, reveal),
    emphasise: (lines) => emphasise(view, lines),
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

/** A function of the text that is called once for each text. */
function remembered<T>(make: (text: Text) => T): (text: Text) => T {
  let last: { text: Text; made: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, made: make(text) };
    return last.made;
  };
}

/** What can be pointed at, in the shown text. */
function occurrencesIn(text: string, unfolded: Unfolded | undefined, isShown: boolean): Occurrence[] {
  const found = trace(unfolded?.text ?? text, new Set(unfolded?.islands.map(({ from }) => from)));
  if (!unfolded || isShown) return found;
  return found.map((one) => ({ ...one, ...unfolded.writtenOf(one), token: unfolded.writtenOf(one.token) }));
}

/** The text with the edits of a fix, from the end, so that offsets stay right. */
function fixed(source: string, { edits }: Fix): string {
  const backwards = edits.toSorted((a, b) => b.span.start.offset - a.span.start.offset);
  return backwards.reduce((text, { span, text: put }) => text.slice(0, span.start.offset) + put + text.slice(span.end.offset), source);
}
