/** Findings as the editor marks them. */

import type { Action, Diagnostic as EditorDiagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import type { Diagnostic, Fix } from "jitp";
import { h, prose } from "../ui/dom.ts";
import type { Offer } from "../ui/findings.ts";
import { isolated } from "../ui/visible.ts";
import { whyOf } from "./explanations.ts";
import { stretchShown } from "./unfolding.ts";

/** The actions of a user on a mark. */
export interface MarkEvents {
  fix(fix: Fix): void;
  /** Remedies for a finding that are not edits of the text. */
  offers(diagnostic: Diagnostic): readonly Offer[];
  readOnly(): boolean;
}

/**
 * A finding as the editor draws it. A finding without a place in the text is in the list only. Only the first line of a range is underlined: a
 * finding about a whole object would make all of it unreadable.
 */
export function mark(diagnostic: Diagnostic, state: EditorState, events: MarkEvents): EditorDiagnostic[] {
  const { span, severity, message, help: advice, code, fix, choices } = diagnostic;
  const why = whyOf(code);
  if (!span) return [];
  const { from, to: end } = stretchShown(state, { from: span.start.offset, to: span.end.offset });
  const to = Math.min(end, state.doc.lineAt(from).to);
  const fixes = events.readOnly() ? [] : fix ? [fix] : (choices ?? []);
  const actions: Action[] = [
    ...events.offers(diagnostic).map((offer) => ({ name: offer.title, apply: () => offer.run() })),
    ...fixes.map((made) => ({ name: isolated(made.title), apply: () => events.fix(made) })),
  ];
  return [
    {
      from,
      to: Math.max(from, to),
      severity,
      source: code,
      message: isolated(advice ? `${message} ${advice}` : message),
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
