/** The verdict in words, for every state of the page. */

import { type Basis, type Plan, reachOf } from "jitp";
import { decidedBy } from "../model/access.ts";
import type { Analysis } from "../model/protocol.ts";
import type { State } from "../model/state.ts";

/** A plan, or the lack of one, in a few words. */
export interface Headline {
  tone: "ok" | "warn" | "bad" | "rejected" | "none";
  words: string;
  /** The same for narrow places. */
  brief: string;
  summary: string;
  /** What would decide whether the device can connect, if it is not known. */
  open?: string;
  /** A warning about a plan that provisions. */
  caveat?: string;
}

function refused(basis: Basis | undefined): Pick<Headline, "tone" | "words" | "brief"> {
  const words = basis === "assumed" ? "AWS probably refuses this template" : "AWS refuses this template";
  return { tone: "rejected", words, brief: "Rejected" };
}

const NOT_A_TEMPLATE: Pick<Headline, "tone" | "words" | "brief"> = { tone: "rejected", words: "Not a template", brief: "Not a template" };

/** The verdict in words; the live region says the same. */
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
      words: "Only a template name",
      brief: "No plan yet",
      summary: "The text names a template but does not contain it. Paste the template body to see what it will do.",
    };
  }
  if (plan) return verdict(plan);
  const cause = report.diagnostics.find((diagnostic) => diagnostic.severity === "error" && diagnostic.phase === "attach");
  if (cause && report.kind === "unknown") return { ...NOT_A_TEMPLATE, summary: cause.message };
  if (cause) return { ...refused(cause.basis), summary: cause.message };
  const summary =
    state.entries.length === 0 ? "Add a device certificate to see the plan." : "Choose a readable certificate to see the plan.";
  return { tone: "none", words: "No certificate yet", brief: "No plan yet", summary };
}

/** Whether a registration config only names a template in the account: its plan is unknown. */
export function onlyNamed({ report }: Analysis): boolean {
  return (report.kind === "template-name" || report.kind === "update-template-input") && report.ok;
}

/** Only a device that is of use is green: it can connect, or it need not. */
function provisioned({ access, certificateStatus }: Plan): Pick<Headline, "tone" | "words" | "brief" | "open"> {
  switch (access && reachOf(access)) {
    case "cannot": {
      const yet = certificateStatus === "INACTIVE" ? " yet" : "";
      return { tone: "warn", words: `Provisioned, but it cannot connect${yet}`, brief: `Cannot connect${yet}` };
    }
    case "unknown": {
      const open = decidedBy(access?.connect.missing ?? []);
      return { tone: "none", words: "Provisioned, access unknown", brief: "Access unknown", ...(open !== "" && { open }) };
    }
    default:
      return { tone: "ok", words: "Provisions", brief: "Provisions" };
  }
}

function verdict(plan: Plan): Headline {
  const { verdict, basis, summary, stoppedAt, diagnostics } = plan;
  switch (verdict) {
    case "provisions": {
      const made = provisioned(plan);
      const warnings = diagnostics.filter(({ severity }) => severity === "warning");
      const more = warnings.length - 1;
      const [first] = warnings;
      return {
        ...made,
        summary,
        // That it is of no use is the caveat then; the warnings are below.
        ...(first &&
          made.tone !== "warn" && {
            caveat: `${first.message}${more > 0 ? ` And ${more} more warning${more === 1 ? "" : "s"}.` : ""}`,
          }),
      };
    }
    case "registered": {
      const { words, brief, ...reach } = provisioned(plan);
      const isWell = reach.tone === "ok";
      return {
        ...reach,
        words: isWell ? "Registered already" : words.replace("Provisioned", "Registered already"),
        brief: isWell ? "Registered already" : brief,
        summary,
      };
    }
    case "fails": {
      const at = stoppedAt === undefined ? "" : ` at step ${stoppedAt}`;
      return { tone: "bad", words: `${basis === "assumed" ? "Probably fails" : "Fails"}${at}`, brief: `Fails${at}`, summary };
    }
    case "rejected":
      return { ...refused(basis), summary };
    case "unknown":
      return { tone: "none", words: "Unknown", brief: "Unknown", summary };
    case "not-a-template":
      return { ...NOT_A_TEMPLATE, summary };
  }
}
