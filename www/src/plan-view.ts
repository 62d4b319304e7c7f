/** The plan panel: the verdict, the steps and all that they make, or what is missing for a plan. */

import type { Plan, StepOutcome } from "jitp";
import { append, byId, h, icon, type IconName, prose, rerender } from "./dom.ts";
import { byWeight, finding, type FindingEvents } from "./findings.ts";
import { part } from "./part.ts";
import {
  lookAtPart,
  notesPart,
  parametersPart,
  policiesPart,
  preconditionsPart,
  rolePart,
  thingPart,
} from "./plan-parts.ts";
import { stepsPart } from "./plan-steps.ts";
import type { Analysis } from "./protocol.ts";
import { chosenEntry, type State } from "./state.ts";
import { copyButton, save } from "./take-away.ts";
import { title } from "./certificates.ts";

/** What the reader can set off here. */
export interface PlanEvents extends FindingEvents {
  /** Leads to another part of the page. */
  show(view: "template" | "certificate"): void;
}

/** How a plan, or the lack of one, is told in a few words. */
export interface Headline {
  tone: "ok" | "bad" | "rejected" | "none";
  words: string;
  summary: string;
}

const ICON: Record<Headline["tone"], IconName> = { ok: "check", bad: "cross", rejected: "stop", none: "dash" };

/** The verdict in words; also what the live region says. */
export function headline(state: State): Headline {
  const { analysis } = state;
  if (state.source.trim() === "") {
    return { tone: "none", words: "No template yet", summary: "Paste or drop a template to see what it will do." };
  }
  if (!analysis) return { tone: "none", words: "Working…", summary: "" };
  const { plan, report } = analysis;
  if (onlyNamed(analysis)) {
    return {
      tone: "none",
      words: "Only the name is here",
      summary: "The text names a template and does not carry it. Paste the template's body to see what it will do.",
    };
  }
  if (plan) return verdict(plan);
  const refused = report.diagnostics.find(
    (diagnostic) => diagnostic.severity === "error" && diagnostic.phase === "attach",
  );
  if (refused) return { tone: "rejected", words: "Rejected when attached", summary: refused.message };
  const summary =
    state.entries.length === 0
      ? "Add a device certificate to see the plan."
      : "Choose a certificate that can be read to see the plan.";
  return { tone: "none", words: "No certificate yet", summary };
}

/** A registration config that names a template which lies in the account: nothing can be said about its plan. */
function onlyNamed({ report }: Analysis): boolean {
  return report.kind === "template-name" && report.ok;
}

function verdict({ verdict, summary, stoppedAt }: Plan): Headline {
  switch (verdict) {
    case "provisions":
      return { tone: "ok", words: "Provisions", summary };
    case "fails":
      return { tone: "bad", words: stoppedAt === undefined ? "Fails" : `Fails at step ${stoppedAt}`, summary };
    case "rejected":
      return { tone: "rejected", words: "Rejected when attached", summary };
  }
}

/** Builds the panel once; the answer renders what depends on the state. */
export function planView(options: HTMLElement, events: PlanEvents): { render(state: State): void } {
  // The options stay where they are while the rest is rendered anew, or a field would lose its cursor.
  const top = h("div", { class: "plan-top" });
  const body = h("div", { class: "plan-body" });
  append(byId("plan"), top, options, body);
  return {
    render(state) {
      if (state.failure !== undefined) {
        rerender(top, failure(state.failure));
        rerender(body);
        return;
      }
      const plan = state.analysis && onlyNamed(state.analysis) ? undefined : state.analysis?.plan;
      const inputs = given(state, events);
      if (!plan) {
        rerender(top, banner(headline(state)), inputs);
        rerender(body, outline(state));
        return;
      }
      const ofTemplate = new Set(state.analysis?.report.diagnostics.map((diagnostic) => JSON.stringify(diagnostic)));
      const ofCertificate = plan.diagnostics.filter((diagnostic) => !ofTemplate.has(JSON.stringify(diagnostic)));
      rerender(top, banner(headline(state), plan), inputs);
      rerender(
        body,
        ofCertificate.length > 0 &&
          part(
            "About this certificate",
            h(
              "ol",
              { class: "findings" },
              ...byWeight(ofCertificate).map((diagnostic, i) => finding(diagnostic, `certificate-${i}`, events)),
            ),
          ),
        lookAtPart(plan),
        stepsPart(plan, events),
        notesPart(plan),
        parametersPart(plan, events),
        thingPart(plan),
        policiesPart(plan),
        preconditionsPart(plan),
        rolePart(plan.role),
        takeAway(plan),
      );
    },
  };
}

function banner({ tone, words, summary }: Headline, plan?: Plan): HTMLElement {
  const outcome: Record<StepOutcome, string> = { done: "done", failed: "failed", skipped: "not reached" };
  return h(
    "div",
    { class: `verdict verdict-${tone}`, id: "verdict" },
    h("p", { class: "verdict-words" }, icon(ICON[tone]), words),
    summary !== "" && h("p", { class: "verdict-summary" }, ...prose(summary)),
    plan &&
      h(
        "div",
        { class: "verdict-foot" },
        h(
          "ol",
          { class: "track", "aria-label": "The six steps" },
          ...plan.steps.map((step) =>
            h(
              "li",
              { class: `track-${step.outcome}` },
              h("span", { class: "visually-hidden" }, `Step ${step.number} ${outcome[step.outcome]}`),
            ),
          ),
        ),
        h(
          "p",
          { class: "verdict-status" },
          plan.certificateStatus === undefined
            ? "The certificate is never registered"
            : `The certificate ends up ${plan.certificateStatus}`,
        ),
      ),
  );
}

/** What the plan was made from, so that the verdict makes sense without the other two panels in sight. */
function given(state: State, events: PlanEvents): HTMLElement | null {
  if (state.source.trim() === "") return null;
  const entry = chosenEntry(state);
  const link = (text: string, view: "template" | "certificate") =>
    h(
      "button",
      { type: "button", class: "link", "data-key": `given-${view}`, on: { click: () => events.show(view) } },
      text,
    );
  return h(
    "p",
    { class: "given" },
    "From ",
    link("the template", "template"),
    " and ",
    link(entry ? `the certificate of ${title(entry.summary)}` : "no certificate", "certificate"),
  );
}

/** Without a certificate, what one would have to carry. */
function outline(state: State): HTMLElement | null {
  const report = state.analysis?.report;
  if (state.source.trim() === "" || !report || (report.parameters.length === 0 && report.resources.length === 0))
    return null;
  return part(
    "What the template declares",
    report.parameters.length > 0 && h("h4", { class: "card-heading" }, "Parameters, to come from the certificate"),
    h(
      "ul",
      { class: "plain-list" },
      ...report.parameters.map((name) => h("li", {}, h("code", { class: "breaks" }, name))),
    ),
    report.resources.length > 0 && h("h4", { class: "card-heading" }, "Resources"),
    h(
      "ul",
      { class: "plain-list" },
      ...report.resources.map(({ logicalName, type }) =>
        h("li", {}, logicalName, " ", h("code", { class: "aside" }, type ?? "no type")),
      ),
    ),
  );
}

function failure(cause: string): HTMLElement {
  return h(
    "div",
    { class: "verdict verdict-bad", id: "verdict" },
    h("p", { class: "verdict-words" }, icon("cross"), "Could not start"),
    h("p", { class: "verdict-summary" }, `The part of this page that makes plans could not be loaded: ${cause}.`),
    h(
      "p",
      {},
      h("button", { type: "button", class: "button", on: { click: () => location.reload() } }, "Load the page again"),
    ),
  );
}

function takeAway(plan: Plan): HTMLElement {
  const json = () => `${JSON.stringify(plan, null, 2)}\n`;
  return h(
    "div",
    { class: "toolbar toolbar-foot" },
    h("span", { class: "toolbar-label" }, "The plan as JSON"),
    copyButton("Plan", json),
    h(
      "button",
      {
        type: "button",
        class: "button",
        "aria-label": "Save plan",
        "data-key": "save-plan",
        on: { click: () => save(json(), "jitp-plan.json", "application/json") },
      },
      icon("download"),
      "Save",
    ),
  );
}
