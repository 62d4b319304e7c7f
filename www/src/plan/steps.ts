/** The steps of a plan as a strip: what happens, step by step. Pressing a step opens its details. */

import type { Plan, Step, StepOutcome } from "jitp";
import { type Child, h, icon, type IconName, rerender } from "../ui/dom.ts";
import { planWords as words } from "../words/plan.ts";
import { type Made, madeBy, stateOf } from "./made.ts";

const ICON: Record<StepOutcome | "idle", IconName> = { done: "check", failed: "cross", skipped: "dash", unknown: "hint", idle: "dash" };

/** What a step shows if it is open. */
type Details = (step: Step, plan: Plan) => Child[];

/** Builds the strip once, because it remembers which step is open; the answer renders it. Without `details` it cannot open a step yet. */
export function stepsStrip(): { element: HTMLElement; render(plan: Plan | undefined, details: Details | undefined): void } {
  const list = h("ol", { class: "strip", role: "list" });
  const element = h(
    // No landmark: several playgrounds in one page would have the same ones.
    "div",
    { class: "story", role: "group", "aria-labelledby": "steps-title" },
    h("h3", { class: "visually-hidden", id: "steps-title" }, words.steps),
    list,
  );
  let open: number | undefined;
  let shown: Plan | undefined;
  let inside: Details | undefined;
  const draw = () => {
    element.hidden = !shown;
    const plan = shown;
    const press = (number: number) => {
      open = open === number ? undefined : number;
      draw();
    };
    rerender(list, ...(plan?.steps.map((step) => item(step, plan, step.number === open, () => press(step.number), inside)) ?? []));
  };
  return {
    element,
    render(plan, details) {
      shown = plan;
      inside = details;
      draw();
    },
  };
}

function item(step: Step, plan: Plan, open: boolean, press: () => void, details: Details | undefined): HTMLLIElement {
  const { number, title, action, more } = step;
  const state = stateOf(step, plan);
  const made = madeBy(step, plan);
  const id = `step-${number}`;
  const pause = () => h("span", { class: "visually-hidden" }, ". ");
  return h(
    "li",
    { class: `step step-${state}`, role: "listitem" },
    h(
      "button",
      {
        type: "button",
        class: "step-press prints",
        id,
        "data-key": id,
        "aria-expanded": String(open),
        "aria-controls": `${id}-more`,
        on: { click: press },
      },
      h("span", { class: "step-number" }, number, h("span", { class: "visually-hidden" }, ". ")),
      h("span", { class: "step-name" }, words.short(title)),
      h("span", { class: "visually-hidden" }, ": "),
      h("span", { class: "step-state" }, icon(ICON[state]), words.outcome[state]),
      pause(),
      h("span", { class: "step-made" }, ...made.flatMap(madeItem)),
      made.length > 0 && pause(),
      h("span", { class: "step-calls" }, words.calls(action, more.length)),
    ),
    h(
      "div",
      { class: "step-more", id: `${id}-more`, role: "group", "aria-labelledby": id, hidden: !open },
      ...(details?.(step, plan) ?? []),
    ),
  );
}

function madeItem({ text, place, quiet }: Made, i: number): (Node | string)[] {
  const name = h("span", { class: quiet ? "step-aside" : "step-object", "data-place": place }, text);
  return i === 0 ? [name] : [h("span", { class: "visually-hidden" }, ", "), " ", name];
}
