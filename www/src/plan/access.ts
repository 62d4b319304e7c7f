/** What the device may do once it is provisioned. */

import { type Access, type AccessAnswer, type AccessRight, type Isolation, isolationWords, type Moment, type Plan, reachOf } from "jitp";
import { ANSWER, decisionParts, type Shown, statementLink } from "../ui/decision.ts";
import { h, icon, prose } from "../ui/dom.ts";
import type { FindingEvents } from "../ui/findings.ts";
import { part } from "./part.ts";

/** The part on access; nothing if the device is not provisioned. */
export function accessPart({ access }: Plan, events: FindingEvents): HTMLElement | null {
  if (!access) return null;
  const { context, connect } = access;
  return part(
    "Access",
    h(
      "p",
      { class: "part-lead" },
      "What the policies allow once the certificate is ACTIVE",
      context.clientId === undefined ? "." : h("span", {}, ", with the client ID ", h("code", {}, context.clientId), "."),
    ),
    h("div", { class: "decision-box" }, ...decisionParts(connect, "access-connect", events, connection(access))),
    access.isolation && isolationLine(access.isolation, events),
    rights(access, events),
    moments(access.firstMinute),
    assumptions(context.assumed),
  );
}

/** The answer on the connection. The status of the certificate and the broker may refuse what the policies allow. */
function connection(access: Access): Shown {
  // A device that need not connect lacks nothing.
  const { icon: mark, tone } = ANSWER[reachOf(access) === "https" ? "unknown" : access.connects];
  return { icon: mark, tone, word: words(access) };
}

function words(access: Access): string {
  const as = access.context.clientId === undefined ? "" : ` as ${access.context.clientId}`;
  if (reachOf(access) === "https") return "HTTPS calls only";
  if (access.connects === "denied" && access.connect.answer === "allowed") return `Allowed to connect${as}, but refused`;
  switch (access.connects) {
    case "allowed":
      return `Can connect${as}`;
    case "denied":
      return `Cannot connect${as}`;
    case "unknown":
      return `Not known whether it can connect${as}`;
  }
}

function assumptions(assumed: readonly string[]): HTMLElement | false {
  if (assumed.length === 0) return false;
  return h(
    "details",
    { "data-key": "access-assumed" },
    h("summary", { "data-key": "access-assumed-summary" }, `${assumed.length} assumption${assumed.length === 1 ? "" : "s"}`),
    h("ul", { class: "bullets" }, ...assumed.map((sentence) => h("li", {}, ...prose(sentence)))),
  );
}

/** That the device may act as another one, or may; nothing if it may not. */
function isolationLine(isolation: Isolation, events: FindingEvents): HTMLElement | false {
  const { may, counterexample } = isolation;
  if (may === "denied") return false;
  const words = prose(isolationWords(isolation));
  if (may === "unknown") return h("p", { class: "decision-reason" }, ...words);
  const statement = counterexample?.statement;
  return h(
    "p",
    { class: "decision-broker" },
    icon("warning"),
    h("span", {}, ...words, statement && " ", statement && statementLink(statement, "access-isolation", events)),
  );
}

const VERBS: Record<AccessRight["verb"], string> = {
  connect: "Connect",
  publish: "Publish",
  subscribe: "Subscribe",
  receive: "Receive",
  call: "Call",
};

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
      i === 0 && h("th", { scope: "rowgroup", rowspan: of.length }, VERBS[verb]),
      h(
        "td",
        { class: `right tone-${tone}` },
        h("span", { class: "right-mark" }, icon(mark), h("span", { class: "visually-hidden" }, `${word}: `)),
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
  const groups = (Object.keys(VERBS) as AccessRight["verb"][]).map((verb) => may.filter((right) => right.verb === verb));
  return h(
    "details",
    { "data-key": "access-rights" },
    h("summary", { "data-key": "access-rights-summary" }, `Rights: ${amounts(may)}${more ? ", and more" : ""}`),
    h(
      "table",
      { class: "rights" },
      h("caption", { class: "visually-hidden" }, "What the policies allow, by what the device does"),
      ...groups.filter((group) => group.length > 0).map((group) => h("tbody", {}, ...group.map(row))),
    ),
  );
}

/** How many rights have each answer: one that is open must not look like a yes. */
function amounts(may: readonly AccessRight[]): string {
  const counted = (Object.keys(ANSWER) as AccessAnswer[]).map((kind) => ({ kind, n: may.filter(({ answer }) => answer === kind).length }));
  return counted
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => `${n} ${kind}`)
    .join(", ");
}

/** The first minute of the device after the steps. */
function moments(firstMinute: readonly Moment[]): HTMLElement | false {
  if (firstMinute.length === 0) return false;
  return h(
    "details",
    { "data-key": "access-minute" },
    h("summary", { "data-key": "access-minute-summary" }, "The device's first minute"),
    h("ol", { class: "moments" }, ...firstMinute.map(moment)),
  );
}

const OUTCOME: Record<Moment["outcome"], { icon: "check" | "cross" | "dash"; word: string; tone: string }> = {
  done: { icon: "check", word: "done", tone: "ok" },
  failed: { icon: "cross", word: "fails", tone: "warn" },
  unknown: { icon: "dash", word: "unknown", tone: "none" },
  skipped: { icon: "dash", word: "not reached", tone: "none" },
};

function moment({ title, outcome, detail, seen }: Moment): HTMLLIElement {
  const { icon: mark, word, tone } = OUTCOME[outcome];
  return h(
    "li",
    { class: `moment tone-${tone}` },
    icon(mark),
    h(
      "div",
      {},
      h("strong", {}, title),
      h("span", { class: "visually-hidden" }, `: ${word}.`),
      h("p", {}, ...prose(detail)),
      ...seen.map((sentence) => h("p", { class: "aside" }, ...prose(sentence))),
    ),
  );
}
