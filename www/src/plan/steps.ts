/** The six steps of a plan as a time line. */

import type { ApiCall, Diagnostic, Plan, Step, StepOutcome } from "jitp";
import { h, icon, type IconName, prose } from "../ui/dom.ts";
import type { FindingEvents } from "../ui/findings.ts";
import { part } from "./part.ts";
import { codeBox } from "../ui/code-box.ts";

const OUTCOME: Record<StepOutcome, { word: string; icon: IconName }> = {
  done: { word: "Done", icon: "check" },
  failed: { word: "Fails here", icon: "cross" },
  skipped: { word: "Not reached", icon: "dash" },
  unknown: { word: "Unknown", icon: "dash" },
};

/** The time line. */
export function stepsPart(plan: Plan, events: FindingEvents): HTMLElement {
  return part("Six steps", h("ol", { class: "timeline" }, ...plan.steps.map((step) => stepItem(step, plan, events))));
}

function stepItem(step: Step, plan: Plan, events: FindingEvents): HTMLLIElement {
  const { word, icon: mark } = OUTCOME[step.outcome];
  const main: ApiCall = {
    action: step.action,
    request: step.request,
    ...(step.arn === undefined ? {} : { arn: step.arn }),
  };
  const calls = [main, ...step.more];
  // All of them are above the steps, with their fixes.
  const causes =
    step.outcome === "failed"
      ? plan.diagnostics.filter(({ code, severity }) => severity === "error" && step.diagnostics.includes(code))
      : [];
  const [cause] = causes;
  return h(
    "li",
    { class: `step step-${step.outcome}` },
    h("span", { class: "step-number", "aria-hidden": "true" }, step.number),
    h(
      "div",
      { class: "step-body" },
      h(
        "div",
        { class: "step-head" },
        h("h4", { class: "step-title" }, step.title),
        h("span", { class: "step-outcome" }, icon(mark), word),
      ),
      h(
        "p",
        { class: "step-detail" },
        ...prose(step.detail),
        step.outcome === "done" && step.dependsOn.length > 0 && h("span", { class: "aside" }, ` Needs ${steps(step.dependsOn)}.`),
      ),
      cause && causePart(cause, causes.length - 1, `cause-${step.number}`, events),
      h("ul", { class: "calls" }, ...calls.map((call, i) => callItem(call, step.outcome, `${step.number}-${i}`))),
    ),
  );
}

function causePart({ message, span }: Diagnostic, others: number, key: string, events: FindingEvents): HTMLElement {
  return h(
    "p",
    { class: "step-cause" },
    span
      ? h("button", { type: "button", class: "link", "data-key": key, on: { click: () => events.jump(span) } }, ...prose(message))
      : h("span", {}, ...prose(message)),
    others > 0 && ` And ${others} more, above.`,
  );
}

/** "step 1", "steps 1 and 3". */
function steps(numbers: readonly number[]): string {
  return `step${numbers.length === 1 ? "" : "s"} ${numbers.join(" and ")}`;
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
        h("span", { class: "call-what" }, "request"),
      ),
      codeBox(request, `Request of ${call.action}`),
    ),
    outcome === "done" &&
      call.arn !== undefined &&
      h("p", { class: "call-arn" }, h("span", { class: "visually-hidden" }, "Result: "), h("code", { class: "breaks" }, call.arn)),
  );
}
