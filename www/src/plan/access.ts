/** What the device may do once it is provisioned. */

import { type Access, type AccessAnswer, type AccessRight, type Isolation, isolationWords, type Moment, type Plan, reachOf } from "jitp";
import { ANSWER, decisionParts, type Shown, statementLink } from "../ui/decision.ts";
import { h, icon, prose } from "../ui/dom.ts";
import type { FindingEvents } from "../ui/findings.ts";
import { accessWords as words } from "../words/access.ts";
import { part } from "./part.ts";

/** The part on access: first one sentence, then what decides it. Nothing if the device is not provisioned. */
export function accessPart({ access }: Plan, events: FindingEvents): HTMLElement | null {
  if (!access) return null;
  const may = mayWords(access);
  return part(
    words.title,
    h(
      "div",
      { class: "decision-box" },
      ...decisionParts(access.connect, "access-connect", events, connection(access)).flatMap((line, i) =>
        i === 0 && may !== undefined ? [line, h("p", { class: "access-may" }, ...prose(may))] : [line],
      ),
    ),
    access.isolation && isolationLine(access.isolation, events),
    rights(access, events),
    assumptions(access.context.assumed),
  );
}

/** The first minute of the device, if it is provisioned. */
export function minutePart({ access }: Plan): HTMLElement | null {
  if (!access || access.firstMinute.length === 0) return null;
  return part(words.minute, h("ol", { class: "moments" }, ...access.firstMinute.map(moment)));
}

/** The answer on the connection. The status of the certificate and the broker may refuse what the policies allow. */
function connection(access: Access): Shown {
  const https = reachOf(access) === "https";
  // A device that need not connect lacks nothing.
  const { icon: mark, tone } = ANSWER[https ? "unknown" : access.connects];
  const refused = access.connects === "denied" && access.connect.answer === "allowed";
  return { icon: mark, tone, word: https ? words.https : words.connects(access.context.clientId, refused ? "refused" : access.connects) };
}

/** More patterns of a verb than this are counted. */
const MOST = 2;

/** What the policies allow, in a sentence. It says nothing about a device that cannot connect, which may do none of it. */
function mayWords(access: Access): string | undefined {
  const reach = reachOf(access);
  if (reach === "cannot") return undefined;
  const of = (verb: AccessRight["verb"]) => access.may.filter((right) => right.verb === verb && right.answer === "allowed");
  const verbs = (reach === "https" ? (["call"] as const) : (["publish", "subscribe", "receive", "call"] as const)).flatMap((verb) => {
    const given = of(verb);
    if (given.length === 0) return [];
    const names = [...new Set(given.map(({ resource }) => `\`${resource}\``))];
    return [
      words.verb[verb](
        names.slice(0, MOST),
        names.length - MOST,
        given.some(({ reason }) => reason !== undefined),
      ),
    ];
  });
  return verbs.length === 0 ? undefined : words.may(verbs, reach === "unknown");
}

function assumptions(assumed: readonly string[]): HTMLElement | false {
  if (assumed.length === 0) return false;
  return h(
    "details",
    { "data-key": "access-assumed" },
    h("summary", { "data-key": "access-assumed-summary" }, words.assumptions(assumed.length)),
    h("ul", { class: "bullets" }, ...assumed.map((sentence) => h("li", {}, ...prose(sentence)))),
  );
}

/** That the device may act as another one, or may; nothing if it may not. */
function isolationLine(isolation: Isolation, events: FindingEvents): HTMLElement | false {
  const { may, counterexample } = isolation;
  if (may === "denied") return false;
  const told = prose(isolationWords(isolation));
  if (may === "unknown") return h("p", { class: "decision-reason" }, ...told);
  const statement = counterexample?.statement;
  return h(
    "p",
    { class: "decision-broker" },
    icon("warning"),
    h("span", {}, ...told, statement && " ", statement && statementLink(statement, "access-isolation", events)),
  );
}

/** What the policies give, one group of rows for each verb. */
function rights({ may, more }: Access, events: FindingEvents): HTMLElement | false {
  if (may.length === 0) return false;
  const row = (right: AccessRight, i: number, of: readonly AccessRight[]) => {
    const { answer, resource, action, reason, statement, verb } = right;
    const { icon: mark, tone, word } = ANSWER[answer];
    const index = may.indexOf(right);
    return h(
      "tr",
      {},
      i === 0 && h("th", { scope: "rowgroup", rowspan: of.length }, words.groups[verb]),
      h(
        "td",
        { class: `right tone-${tone}` },
        h("span", { class: "right-mark" }, icon(mark), h("span", { class: "visually-hidden" }, words.answerBefore(word))),
        h(
          "span",
          {},
          h("code", { class: "breaks" }, resource),
          verb === "call" && h("span", { class: "aside" }, ` ${action}`),
          reason !== undefined && h("span", { class: "right-reason" }, ...prose(reason)),
          statement && h("span", { class: "right-reason" }, statementLink(statement, `right-${index}`, events)),
        ),
      ),
    );
  };
  const groups = (Object.keys(words.groups) as AccessRight["verb"][]).map((verb) => may.filter((right) => right.verb === verb));
  return h(
    "details",
    { "data-key": "access-rights" },
    h("summary", { "data-key": "access-rights-summary" }, words.rights(amounts(may), more)),
    h(
      "table",
      { class: "rights" },
      h("caption", { class: "visually-hidden" }, words.rightsCaption),
      ...groups.filter((group) => group.length > 0).map((group) => h("tbody", {}, ...group.map(row))),
    ),
  );
}

/** How many rights have each answer: one that is open must not look like a yes. */
function amounts(may: readonly AccessRight[]): string {
  const counted = (Object.keys(ANSWER) as AccessAnswer[]).map((kind) => ({ kind, n: may.filter(({ answer }) => answer === kind).length }));
  return counted
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => words.amount[kind](n))
    .join(", ");
}

const OUTCOME: Record<Moment["outcome"], { icon: "check" | "cross" | "dash"; tone: string }> = {
  done: { icon: "check", tone: "ok" },
  failed: { icon: "cross", tone: "warn" },
  unknown: { icon: "dash", tone: "none" },
  skipped: { icon: "dash", tone: "none" },
};

function moment({ title, outcome, detail, seen }: Moment): HTMLLIElement {
  const { icon: mark, tone } = OUTCOME[outcome];
  return h(
    "li",
    { class: `moment tone-${tone}` },
    icon(mark),
    h(
      "div",
      {},
      h("strong", {}, title),
      h("span", { class: "visually-hidden" }, words.outcomeAfter(words.outcome[outcome])),
      h("p", {}, ...prose(detail)),
      ...seen.map((sentence) => h("p", { class: "aside" }, ...prose(sentence))),
    ),
  );
}
