/** Findings as the page shows them, in the template panel and in the plan. */

import type { Diagnostic, Fix, Flow, Span } from "jitp";
import sources from "virtual:rule-sources";
import { h, icon, type IconName, prose } from "./dom.ts";
import { findingWords as words } from "../words/findings.ts";
import { flowWords } from "../words/flows.ts";
import { verdictWords as say } from "../words/verdict.ts";
import { remedy, remedyKey } from "./remedy.ts";

/** The actions of a user on a finding. */
export interface FindingEvents {
  jump(span: Span): void;
  /** Line and column of a place, as the editor shows the text now. */
  placeShown(span: Span): string;
  fix(fix: Fix): void;
  /** A read-only playground offers no fixes. */
  readOnly(): boolean;
  /** The address of the rules' page, to which a code can be appended. */
  rules?: string;
  /** Shows the result that a remedy with this key would give in its place, if it is known already. */
  preview?(place: HTMLElement, key: string): void;
  /** Remedies that are not edits of the text. */
  offers(diagnostic: Diagnostic): readonly Offer[];
}

/** Something that the page can do at the press of a button. */
export interface Offer {
  title: string;
  run(): void;
  /** Tells the result that it would give from those of other remedies, if it is found out. */
  key?: string;
}

/** The icon of each severity. */
export const SEVERITY_ICON: Record<Diagnostic["severity"], IconName> = { error: "cross", warning: "warning", hint: "hint" };

const WEIGHT: Record<Diagnostic["severity"], number> = { error: 0, warning: 1, hint: 2 };

/** Errors first, then warnings, then hints; otherwise as they came. */
export function byWeight(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

/** "2 errors, 1 warning", or `undefined` if there is nothing to count. */
export function count(diagnostics: readonly Diagnostic[]): string | undefined {
  const parts = (["error", "warning", "hint"] as const).flatMap((severity) => {
    const n = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return n === 0 ? [] : [words.counts[severity](n)];
  });
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** One finding: the headline is a button that jumps to its place, if it has one. */
export function finding(diagnostic: Diagnostic, key: string, flow: Flow, events: FindingEvents): HTMLLIElement {
  const { severity, message, span, help, basis, phase, code, related } = diagnostic;
  const word = h("span", { class: "visually-hidden" }, words.severity[severity]);
  const headline = span
    ? h(
        "button",
        { type: "button", class: "finding-jump", "data-key": key, on: { click: () => events.jump(span) } },
        word,
        ...prose(message),
        " ",
        h("span", { class: "finding-place" }, events.placeShown(span)),
      )
    : h("p", { class: "finding-jump" }, word, ...prose(message));
  return findingItem(
    severity,
    headline,
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
              words.related(other.message, events.placeShown(other.span)),
            ),
          ),
        ),
      ),
    remedies(diagnostic, key, events),
    h(
      "p",
      { class: "finding-meta" },
      codeOf(code, events.rules),
      ` · ${flowWords[flow].when[phase]} · `,
      code in sources ? outside(sources[code], words.basis[basis]) : words.basis[basis],
    ),
  );
}

/** A finding as an item of a list: its sign, and what is said of it. */
export function findingItem(severity: Diagnostic["severity"], ...body: Parameters<typeof h>[2][]): HTMLLIElement {
  return h("li", { class: `finding finding-${severity}` }, icon(SEVERITY_ICON[severity]), h("div", { class: "finding-body" }, ...body));
}

/** The button of an offer. */
export function offerButton({ title, run }: Offer, key: string): HTMLButtonElement {
  return h("button", { type: "button", class: "button button-fix", "data-key": key, on: { click: run } }, title);
}

/** A code, which links to its rule if the rules' page is known. */
export function codeOf(code: string, rules: string | undefined): HTMLElement {
  return rules === undefined ? h("code", {}, code) : outside(rules + code, h("code", {}, code));
}

/** A link that opens in a new tab: leaving the page would lose all that is in it. */
function outside(href: string | undefined, content: Node | string): HTMLElement {
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}

/** All that can be done about a finding at the press of a button. */
export function remedies(
  diagnostic: Diagnostic,
  key: string,
  events: Pick<FindingEvents, "fix" | "readOnly" | "preview" | "offers">,
): HTMLElement | undefined {
  const edits = fixes(diagnostic, key, events);
  const offers = events.offers(diagnostic).map((offer, i) => {
    const button = offerButton(offer, `${key}-offer-${i}`);
    return offer.key === undefined ? button : told(button, offer.key, events);
  });
  if (offers.length === 0) return edits;
  if (edits?.classList.contains("choices")) {
    edits.append(...offers);
    return edits;
  }
  return h("div", { class: "choices", role: "group", "aria-label": say.chooseFix }, edits, ...offers);
}

/** The button with a place for its verdict, where verdicts are shown. */
const told = (button: HTMLButtonElement, key: string, { preview }: Pick<FindingEvents, "preview">): HTMLElement =>
  preview ? remedy(button, key, preview) : button;

/** The fix as a button, or one button for each fix to choose from; nothing if the user must write it. */
export function fixes(
  { fix, choices }: Diagnostic,
  key: string,
  events: Pick<FindingEvents, "fix" | "readOnly" | "preview">,
): HTMLElement | undefined {
  const button = (made: Fix, name: string, mark?: IconName) =>
    told(
      h(
        "button",
        { type: "button", class: "button button-fix", "data-key": name, on: { click: () => events.fix(made) } },
        mark && icon(mark),
        made.title,
      ),
      remedyKey(made),
      events,
    );
  if (events.readOnly()) return undefined;
  if (fix) return button(fix, `${key}-fix`, "check");
  if (!choices || choices.length === 0) return undefined;
  return h(
    "div",
    { class: "choices", role: "group", "aria-label": say.chooseFix },
    ...choices.map((choice, i) => button(choice, `${key}-choice-${i}`)),
  );
}
