/** The verdict: in words for every state of the page, and as the banner of the plan panel. */

import type { Basis, Flow, Plan, StepOutcome } from "jitp";
import { h, icon, type IconName, prose } from "../ui/dom.ts";
import { FLOWS } from "../model/flows.ts";
import type { Analysis } from "../model/protocol.ts";
import type { State } from "../model/state.ts";

/** How a plan, or the lack of one, is told in a few words. */
export interface Headline {
  tone: "ok" | "bad" | "rejected" | "none";
  words: string;
  /** The same where there is little room. */
  brief: string;
  summary: string;
  /** What a plan that provisions still has to be warned of. */
  caveat?: string;
}

const ICON: Record<Headline["tone"], IconName> = { ok: "check", bad: "cross", rejected: "stop", none: "dash" };

function rejected(flow: Flow, basis: Basis | undefined): Pick<Headline, "tone" | "words" | "brief"> {
  const { rejected } = FLOWS[flow];
  const words = basis === "assumed" ? `Likely to be ${rejected.toLowerCase()}` : rejected;
  return { tone: "rejected", words, brief: "Rejected" };
}

const NOT_A_TEMPLATE: Pick<Headline, "tone" | "words" | "brief"> = { tone: "rejected", words: "Not a template", brief: "Not a template" };

/** The verdict in words; also what the live region says. */
export function headline(state: State): Headline {
  const { analysis } = state;
  if (state.source.trim() === "") {
    return { tone: "none", words: "No template yet", brief: "No plan yet", summary: "Paste or drop a template to see what it will do." };
  }
  if (!analysis) return { tone: "none", words: "Working…", brief: "Working…", summary: "" };
  const { plan, report } = analysis;
  if (onlyNamed(analysis)) {
    return {
      tone: "none",
      words: "Only the name is here",
      brief: "No plan yet",
      summary: "The text names a template and does not carry it. Paste the template's body to see what it will do.",
    };
  }
  if (plan) return verdict(plan);
  const refused = report.diagnostics.find((diagnostic) => diagnostic.severity === "error" && diagnostic.phase === "attach");
  if (refused && report.kind === "unknown") return { ...NOT_A_TEMPLATE, summary: refused.message };
  if (refused) return { ...rejected(report.flow, refused.basis), summary: refused.message };
  const summary =
    state.entries.length === 0 ? "Add a device certificate to see the plan." : "Choose a certificate that can be read to see the plan.";
  return { tone: "none", words: "No certificate yet", brief: "No plan yet", summary };
}

/** A registration config that names a template which lies in the account: nothing can be said about its plan. */
export function onlyNamed({ report }: Analysis): boolean {
  return (report.kind === "template-name" || report.kind === "update-template-input") && report.ok;
}

function verdict({ flow, verdict, basis, summary, stoppedAt, diagnostics }: Plan): Headline {
  switch (verdict) {
    case "provisions": {
      const warnings = diagnostics.filter(({ severity }) => severity === "warning");
      const more = warnings.length - 1;
      const [first] = warnings;
      return {
        tone: "ok",
        words: "Provisions",
        brief: "Provisions",
        summary,
        ...(first && {
          caveat: `${first.message}${more > 0 ? ` And ${more} more warning${more === 1 ? "" : "s"}.` : ""}`,
        }),
      };
    }
    case "fails": {
      const at = stoppedAt === undefined ? "" : ` at step ${stoppedAt}`;
      return { tone: "bad", words: `${basis === "assumed" ? "Likely to fail" : "Fails"}${at}`, brief: `Fails${at}`, summary };
    }
    case "rejected":
      return { ...rejected(flow, basis), summary };
    case "unknown":
      return { tone: "none", words: "Not known", brief: "Not known", summary };
    case "not-a-template":
      return { ...NOT_A_TEMPLATE, summary };
  }
}

/** The verdict, as large as it is important. */
export function banner({ tone, words, summary, caveat }: Headline, plan?: Plan): HTMLElement {
  const outcome: Record<StepOutcome, string> = { done: "done", failed: "failed", skipped: "not reached", unknown: "not known" };
  return h(
    "div",
    { class: `verdict verdict-${tone}`, id: "verdict" },
    h("p", { class: "verdict-words" }, icon(ICON[tone]), words),
    summary !== "" && h("p", { class: "verdict-summary" }, ...prose(summary)),
    caveat !== undefined && h("p", { class: "verdict-caveat" }, icon("warning"), h("span", {}, "But: ", ...prose(caveat))),
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
          plan.certificateStatus !== undefined
            ? `The certificate ends up ${plan.certificateStatus}`
            : // What becomes of a certificate that others have registered is not known.
              plan.flow === "jitp" &&
                plan.verdict !== "unknown" &&
                plan.verdict !== "not-a-template" &&
                plan.steps[0]?.outcome !== "unknown" &&
                "The certificate is never registered",
        ),
      ),
  );
}
