/** An answer on access as the page shows it, in the plan and in the form. */

import type { AccessAnswer, Decision, StatementPlace } from "jitp";
import { stretchPlace } from "../model/access.ts";
import { decisionWords as words } from "../words/decision.ts";
import { h, icon, type IconName, prose, sentence } from "./dom.ts";
import type { FindingEvents } from "./findings.ts";

/** How an answer is shown. */
export interface Shown {
  word: string;
  icon: IconName;
  tone: string;
}

/** The word, the icon and the tone of each answer. */
export const ANSWER: Record<AccessAnswer, Shown> = {
  allowed: { word: words.answer.allowed, icon: "check", tone: "ok" },
  denied: { word: words.answer.denied, icon: "cross", tone: "warn" },
  unknown: { word: words.answer.unknown, icon: "dash", tone: "none" },
};

/**
 * The answer, its reason, the statement that decides or comes nearest, what would decide it, and what the broker refuses. `whole` is shown
 * instead of the answer if it answers more than the policies do.
 */
export function decisionParts(
  decision: Decision,
  key: string,
  events: Pick<FindingEvents, "jump" | "placeShown">,
  whole?: Shown,
): HTMLElement[] {
  const { answer, reason, statement, missing, broker } = decision;
  // What the broker refuses is not done, whatever the policies allow.
  const refused = answer === "allowed" && broker.length > 0;
  const allButBroker = { ...ANSWER.denied, word: words.brokerRefuses };
  const { word, icon: mark, tone } = whole ?? (refused ? allButBroker : ANSWER[answer]);
  const open = words.decidedBy(missing);
  return [
    h("p", { class: `decision tone-${tone}` }, icon(mark), h("strong", {}, word)),
    h("p", { class: "decision-reason" }, ...prose(reason)),
    ...(statement ? [statementLine(statement, decision, key, events)] : []),
    ...(open === "" ? [] : [h("p", { class: "decision-reason" }, ...prose(open))]),
    ...broker.map((sentence) => h("p", { class: "decision-broker" }, icon("warning"), h("span", {}, ...prose(sentence)))),
  ];
}

/** The statement, as a link to its place in the template. */
function statementLine(
  statement: StatementPlace,
  { answer, denial }: Decision,
  key: string,
  events: Pick<FindingEvents, "jump" | "placeShown">,
): HTMLElement {
  const say = denial === "implicit" ? words.nearest : answer === "unknown" ? words.concerned : words.deciding;
  return h("p", { class: "decision-statement" }, ...sentence(say, statementLink(statement, key, events)));
}

/** A link that lights the statement in the template when it is pointed at, and leads there when it is pressed. */
export function statementLink(statement: StatementPlace, key: string, events: Pick<FindingEvents, "jump" | "placeShown">): HTMLElement {
  const { policy, statement: number, sid, effect, part, text, span } = statement;
  const name = words.statement(effect, number, sid, policy);
  const element = text !== undefined && h("code", { class: "decision-text" }, part === undefined ? text : `${part}: ${text}`);
  if (!span) return h("span", {}, name, " ", element);
  return h(
    "span",
    {},
    h(
      "button",
      { type: "button", class: "link", "data-key": key, "data-place": litBy(statement), on: { click: () => events.jump(span) } },
      name,
      " ",
      h("span", { class: "finding-place" }, events.placeShown(span)),
    ),
    " ",
    element,
  );
}

/** What a statement lights in the template. */
export function litBy(statement: StatementPlace | undefined): string | undefined {
  return statement?.span && stretchPlace(statement.span.start.offset, statement.span.end.offset);
}
