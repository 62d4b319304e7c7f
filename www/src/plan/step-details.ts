/** The details of a step: its sentence, the cause of a failure, what it needs, and its calls. */

import type { ApiCall, Diagnostic, Plan, Step, StepOutcome } from "jitp";
import { codeBox } from "../ui/code-box.ts";
import { h, prose } from "../ui/dom.ts";
import type { FindingEvents } from "../ui/findings.ts";
import { planWords as words } from "../words/plan.ts";

/** What a step does, what it needs, and its calls. */
export function stepDetails(step: Step, plan: Plan, events: Pick<FindingEvents, "jump">): (HTMLElement | false | undefined)[] {
  const { number, action, request, arn, outcome, detail, dependsOn, more, diagnostics } = step;
  const main: ApiCall = { action, request, ...(arn !== undefined && { arn }) };
  const causes =
    outcome === "failed" ? plan.diagnostics.filter(({ code, severity }) => severity === "error" && diagnostics.includes(code)) : [];
  const [cause] = causes;
  return [
    h("p", { class: "step-detail" }, ...prose(detail)),
    cause && causePart(cause, causes.length - 1, `cause-${number}`, events),
    dependsOn.length > 0 && h("p", { class: "aside" }, words.needs(dependsOn)),
    h("ul", { class: "calls" }, ...[main, ...more].map((call, i) => callItem(call, outcome, `${number}-${i}`))),
  ];
}

function causePart({ message, span }: Diagnostic, others: number, key: string, events: Pick<FindingEvents, "jump">): HTMLElement {
  return h(
    "p",
    { class: "step-cause" },
    span
      ? h("button", { type: "button", class: "link", "data-key": key, on: { click: () => events.jump(span) } }, ...prose(message))
      : h("span", {}, ...prose(message)),
    others > 0 && words.othersBelow(others),
  );
}

function callItem(call: ApiCall, outcome: StepOutcome, key: string): HTMLLIElement {
  const request = JSON.stringify(call.request, null, 2);
  return h(
    "li",
    { class: "call" },
    h(
      "details",
      { "data-key": `call-${key}` },
      h(
        "summary",
        { "data-key": `summary-${key}` },
        h("code", { class: "call-action" }, call.action),
        " ",
        h("span", { class: "call-what" }, words.request),
      ),
      codeBox(request, words.requestOf(call.action)),
    ),
    outcome === "done" &&
      call.arn !== undefined &&
      h("p", { class: "call-arn" }, h("span", { class: "visually-hidden" }, words.result), h("code", { class: "breaks" }, call.arn)),
  );
}
