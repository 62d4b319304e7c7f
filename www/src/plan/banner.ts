/** The verdict as the banner of the plan panel. */

import type { Plan } from "jitp";
import { h, icon, type IconName, prose } from "../ui/dom.ts";
import type { Headline } from "./headline.ts";

const ICON: Record<Headline["tone"], IconName> = { ok: "check", warn: "warning", bad: "cross", rejected: "stop", none: "dash" };

/** The banner. */
export function banner({ tone, words, summary, open, caveat }: Headline, plan?: Plan): HTMLElement {
  return h(
    "div",
    { class: `verdict verdict-${tone}`, id: "verdict" },
    h("p", { class: "verdict-words" }, icon(ICON[tone]), words),
    summary !== "" && h("p", { class: "verdict-summary" }, ...prose(summary)),
    open !== undefined && h("p", { class: "verdict-summary" }, ...prose(open)),
    caveat !== undefined && h("p", { class: "verdict-caveat" }, icon("warning"), h("span", {}, "But: ", ...prose(caveat))),
    plan && h("div", { class: "verdict-foot" }, h("p", { class: "verdict-status" }, status(plan))),
  );
}

/** The end of the certificate, in a few words. */
function status(plan: Plan): string {
  if (plan.verdict === "registered") return "Certificate stays ACTIVE";
  if (plan.certificateStatus !== undefined) return `Certificate becomes ${plan.certificateStatus}`;
  // The status of a certificate that others registered is unknown.
  const known = plan.flow === "jitp" && plan.verdict !== "unknown" && plan.verdict !== "not-a-template";
  return known && plan.steps[0]?.outcome !== "unknown" ? "The certificate is never registered" : "";
}
