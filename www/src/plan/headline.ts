/** The verdict in words, for every state of the page: of the chosen device, and of all devices together. */

import { type Basis, type Plan, reachOf } from "jitp";
import { entryTitle } from "../model/certificate-title.ts";
import { type FleetState, worstOf } from "../model/fleet.ts";
import type { Analysis } from "../model/protocol.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { resultOf, type Tone, toneOf } from "../model/tone.ts";
import { decisionWords } from "../words/decision.ts";
import { verdictWords as say } from "../words/verdict.ts";

/** A plan, or the lack of one, in a few words. */
export interface Headline {
  tone: Tone;
  words: string;
  /** The same for narrow places. */
  brief: string;
  summary: string;
  /** What would decide whether the device can connect, if it is not known. */
  open?: string;
  /** A warning about a plan that provisions. */
  caveat?: string;
  /** Not a verdict yet: it is not announced. */
  isWaiting?: boolean;
}

/** The verdict on everything that is given, and on the chosen device if it is one of several. */
export interface Verdicts {
  all: Headline;
  device?: Headline & { name: string };
}

/** Both, for every state of the page. */
export function verdictsOf(state: State): Verdicts {
  const { fleet, analysis } = state;
  const one = headline(state);
  if (!fleet || !analysis || state.source.trim() === "" || onlyNamed(analysis)) return { all: one };
  const entry = chosenEntry(state);
  return { all: fleetHeadline(fleet, one), ...(entry && analysis.plan && { device: { ...one, name: entryTitle(entry) } }) };
}

function refused(basis: Basis | undefined): Pick<Headline, "tone" | "words" | "brief"> {
  return { tone: "rejected", words: basis === "assumed" ? say.probablyRefused : say.refused, brief: say.rejected };
}

const NOT_A_TEMPLATE: Pick<Headline, "tone" | "words" | "brief"> = { tone: "rejected", words: say.notATemplate, brief: say.notATemplate };

/** The verdict on the chosen device, or what is missing for one. */
function headline(state: State): Headline {
  const { analysis } = state;
  if (state.source.trim() === "") {
    return { tone: "none", words: say.noTemplate, brief: say.noPlan, summary: say.noTemplateSummary };
  }
  if (!analysis) return { tone: "none", words: say.working, brief: say.working, summary: "" };
  const { plan, report } = analysis;
  if (onlyNamed(analysis)) return { tone: "none", words: say.onlyNamed, brief: say.noPlan, summary: say.onlyNamedSummary };
  if (plan) return verdict(plan);
  const cause = report.diagnostics.find((diagnostic) => diagnostic.severity === "error" && diagnostic.phase === "attach");
  if (cause && report.kind === "unknown") return { ...NOT_A_TEMPLATE, summary: cause.message };
  if (cause) return { ...refused(cause.basis), summary: cause.message };
  const summary = state.entries.length === 0 ? say.addCertificate : say.chooseCertificate;
  return { tone: "none", words: say.noCertificate, brief: say.noPlan, summary };
}

/** Whether a registration config only names a template in the account: its plan is unknown. */
export function onlyNamed({ report }: Analysis): boolean {
  return (report.kind === "template-name" || report.kind === "update-template-input") && report.ok;
}

/** Of a device that is provisioned, now or before: whether it is of use. */
function provisioned(plan: Plan): Omit<Headline, "summary"> {
  const { access, certificateStatus, verdict } = plan;
  const isRegistered = verdict === "registered";
  const tone = toneOf(resultOf(plan));
  switch (access && reachOf(access)) {
    case "cannot": {
      const yet = certificateStatus === "INACTIVE";
      return { tone, words: say.cannotConnect(isRegistered, yet), brief: say.cannotConnectBrief(yet) };
    }
    case "unknown": {
      const open = decisionWords.decidedBy(access?.connect.missing ?? []);
      return { tone, words: say.accessUnknown(isRegistered), brief: say.accessUnknownBrief, ...(open !== "" && { open }) };
    }
    default: {
      const words = isRegistered ? say.registered : say.provisions;
      return { tone, words, brief: words };
    }
  }
}

function verdict(plan: Plan): Headline {
  const { verdict, basis, summary, stoppedAt, diagnostics } = plan;
  const tone = toneOf(resultOf(plan));
  switch (verdict) {
    case "provisions": {
      const made = provisioned(plan);
      const [first, ...more] = diagnostics.filter(({ severity }) => severity === "warning");
      // That it is of no use is the caveat then; the warnings are below.
      const isInVain = plan.access !== undefined && reachOf(plan.access) === "cannot";
      return { ...made, summary, ...(first && !isInVain && { caveat: say.caveat(first.message, more.length) }) };
    }
    case "registered":
      return { ...provisioned(plan), summary };
    case "fails":
      return { tone, words: say.fails(basis === "assumed", stoppedAt), brief: say.fails(false, stoppedAt), summary };
    case "rejected":
      return { ...refused(basis), summary };
    case "unknown":
      return { tone, words: say.unknown, brief: say.unknown, summary };
    case "not-a-template":
      return { ...NOT_A_TEMPLATE, summary };
  }
}

/** The verdict on all devices. `one` is that of the chosen device, which speaks for all if the template is refused. */
function fleetHeadline({ sum, total, judged }: FleetState, one: Headline): Headline {
  if (judged !== undefined)
    return { tone: "none", words: say.judging(judged, total), brief: say.judgingBrief, summary: "", isWaiting: true };
  const n = (kind: keyof typeof sum.counts) => sum.counts[kind] ?? 0;
  const tone = worstOf(sum);
  const unreadable = n("unreadable");
  const refusedAll = n("rejected") + n("not-a-template");
  if (refusedAll > 0 && one.tone === "rejected") return { ...one, summary: [one.summary, say.noneOf(total - unreadable)].join(" ") };
  const there = n("provisions") + n("registered");
  const inVain = n("cannotConnect");
  const open = n("connectsUnknown");
  // From the worst on: the first is the headline, the others are the rest.
  const parts: [number, () => [string, string], string][] = [
    [
      n("fails") + refusedAll,
      () => {
        const count = n("fails") + refusedAll;
        return [say.theyFail(count, total, sum.assumed === count), say.theyFailBrief(count, total)];
      },
      say.rest.fail(n("fails") + refusedAll),
    ],
    [unreadable, () => [say.unreadable(unreadable, total), say.unreadableBrief(unreadable, total)], say.rest.unreadable(unreadable)],
    [
      n("unknown"),
      () => [say.theyAreUnknown(n("unknown"), total), say.theyAreUnknownBrief(n("unknown"), total)],
      say.rest.unknown(n("unknown")),
    ],
    [inVain, () => [say.inVain(inVain, total), say.inVainBrief(inVain, total)], say.rest.inVain(inVain)],
    [open, () => [say.accessOpen(open, total), say.accessOpenBrief(open, total)], say.rest.accessOpen(open)],
    [
      n("sameThingAs"),
      () => [say.oneThing(n("sameThingAs"), total), say.oneThingBrief(n("sameThingAs"), total)],
      say.rest.oneThing(n("sameThingAs")),
    ],
  ];
  const [first, ...others] = parts.filter(([count]) => count > 0);
  const well = there - inVain - open;
  if (!first) {
    const how = n("registered") === 0 ? "provision" : n("provisions") === 0 ? "registered" : "both";
    return { tone, words: say.well(total, how, sum.allConnect), brief: say.wellBrief(total, how === "registered"), summary: "" };
  }
  const [words, brief] = first[1]();
  const rest = [...(well > 0 ? [say.rest.well(well)] : []), ...others.map(([, , rest]) => rest)];
  return { tone, words, brief, summary: rest.map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}.`).join(" ") };
}
