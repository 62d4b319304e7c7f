/** Findings as the page shows them, in the template panel and in the plan. */

import type { Basis, Diagnostic, Fix, Flow, Span } from "jitp";
import sources from "virtual:rule-sources";
import { h, icon, type IconName, prose } from "./dom.ts";
import { FLOWS } from "../model/flows.ts";

/** What a finding can set off. */
export interface FindingEvents {
  jump(span: Span): void;
  fix(fix: Fix): void;
  /** Nothing of the text may be changed, so no fix is offered. */
  readOnly(): boolean;
  /** Where the rules are explained; a code can be added to it. */
  rules?: string;
  /** What to do about it that is no edit of the text. */
  offer(diagnostic: Diagnostic): Offer | undefined;
}

/** Something that the page can do about a finding besides editing the text. */
export interface Offer {
  title: string;
  run(): void;
}

const ICON: Record<Diagnostic["severity"], IconName> = { error: "cross", warning: "warning", hint: "hint" };

const BASIS: Record<Basis, string> = {
  documented: "Documented by AWS",
  observed: "Observed, not documented",
  assumed: "Assumed: AWS does not say",
};

const WEIGHT: Record<Diagnostic["severity"], number> = { error: 0, warning: 1, hint: 2 };

/** The gravest first, otherwise as they came. */
export function byWeight(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

/** "2 errors, 1 warning", or `undefined` where there is nothing to count. */
export function count(diagnostics: readonly Diagnostic[]): string | undefined {
  const parts = (["error", "warning", "hint"] as const).flatMap((severity) => {
    const n = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return n === 0 ? [] : [`${n} ${severity}${n === 1 ? "" : "s"}`];
  });
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** One finding: the headline is a button that jumps to its place, where it has one. */
export function finding(diagnostic: Diagnostic, key: string, flow: Flow, events: FindingEvents): HTMLLIElement {
  const { severity, message, span, help, basis, phase, code, related } = diagnostic;
  const word = h("span", { class: "visually-hidden" }, `${severity}: `);
  const headline = span
    ? h(
        "button",
        { type: "button", class: "finding-jump", "data-key": key, on: { click: () => events.jump(span) } },
        word,
        ...prose(message),
        " ",
        h("span", { class: "finding-place" }, `${span.start.line}:${span.start.column}`),
      )
    : h("p", { class: "finding-jump" }, word, ...prose(message));
  const offer = events.offer(diagnostic);
  return h(
    "li",
    { class: `finding finding-${severity}` },
    icon(ICON[severity]),
    h(
      "div",
      { class: "finding-body" },
      headline,
      offer && offerButton(offer, `${key}-offer`),
      help !== undefined && h("p", { class: "finding-help" }, ...prose(help)),
      related &&
        related.length > 0 &&
        h(
          "ul",
          { class: "finding-related" },
          ...related.map((other, i) =>
            h(
              "li",
              {},
              h(
                "button",
                {
                  type: "button",
                  class: "link",
                  "data-key": `${key}-${i}`,
                  on: { click: () => events.jump(other.span) },
                },
                `${other.message} (${other.span.start.line}:${other.span.start.column})`,
              ),
            ),
          ),
        ),
      mends(diagnostic, key, events),
      h(
        "p",
        { class: "finding-meta" },
        events.rules === undefined ? h("code", {}, code) : outside(events.rules + code, h("code", {}, code)),
        ` · ${FLOWS[flow].when[phase]} · `,
        code in sources ? outside(sources[code], BASIS[basis]) : BASIS[basis],
      ),
    ),
  );
}

/** What is offered, to be pressed. */
export function offerButton({ title, run }: Offer, key: string): HTMLButtonElement {
  return h("button", { type: "button", class: "button button-fix", "data-key": key, on: { click: run } }, title);
}

/** A link that opens beside the page, because leaving it would lose all that is in it. */
function outside(href: string | undefined, content: Node | string): HTMLElement {
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}

/** The evident mend as a button, or those to choose from as one each; nothing where the reader has to write. */
function mends({ fix, choices }: Diagnostic, key: string, events: FindingEvents): HTMLElement | undefined {
  const button = (made: Fix, title: string, name: string, mark?: IconName) =>
    h(
      "button",
      { type: "button", class: "button button-fix", "data-key": name, on: { click: () => events.fix(made) } },
      mark && icon(mark),
      title,
    );
  if (events.readOnly()) return undefined;
  if (fix) return button(fix, `Fix: ${fix.title}`, `${key}-fix`, "check");
  if (!choices || choices.length === 0) return undefined;
  const buttons = choices.flatMap((choice, i) => [
    ...(i === 0 ? [] : [h("span", { class: "choice-or" }, "or")]),
    button(choice, choice.title, `${key}-choice-${i}`),
  ]);
  return h(
    "div",
    { class: "choices", role: "group", "aria-label": "Choose a fix" },
    h("span", { class: "choices-label", "aria-hidden": "true" }, "Choose:"),
    ...buttons,
  );
}
