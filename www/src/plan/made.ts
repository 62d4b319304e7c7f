/** What each step of a plan makes, in a few words, and how far the step gets. */

import type { Plan, Step, StepOutcome } from "jitp";
import { certificateTitle } from "../model/certificate-title.ts";
import { property } from "../model/places.ts";
import { planWords } from "../words/plan.ts";

/** A name, with its place in the template. */
export interface Made {
  text: string;
  place?: string;
  /** A remark on what was named before it. */
  quiet?: boolean;
}

/** More policies than this are counted. */
const MOST = 2;

/** How far a step gets. The plan passes a step that has nothing to do, and does not reach the steps after a failure. */
export function stateOf({ number, outcome }: Step, { verdict, stoppedAt }: Plan): StepOutcome | "idle" {
  if (outcome !== "skipped") return outcome;
  const passed = verdict === "provisions" || verdict === "registered" || (stoppedAt !== undefined && number < stoppedAt);
  return passed ? "idle" : "skipped";
}

/** What a step makes; nothing if it does not happen. */
export function madeBy(step: Step, plan: Plan): Made[] {
  if (step.outcome !== "done") return [];
  const { certificate, certificateStatus, flow, thing, policies } = plan;
  switch (step.number) {
    case 1:
      return [
        ...(certificate.error === undefined && certificate.certificateId !== undefined ? [{ text: certificateTitle(certificate) }] : []),
        // Only JITP registers a certificate with this status.
        ...(flow === "jitp" ? [{ text: "PENDING_ACTIVATION" }] : []),
      ];
    case 2: {
      if (!thing) return [];
      const { logicalName, name, typeName, groups, billingGroup } = thing;
      const at = (...path: (string | number)[]) => property(logicalName, ...path);
      return [
        { text: name, place: at("ThingName") },
        ...(typeName === undefined ? [] : [{ text: planWords.made.type(typeName), place: at("ThingTypeName"), quiet: true }]),
        ...(groups.length === 0 ? [] : [{ text: planWords.made.group(groups), place: at("ThingGroups"), quiet: true }]),
        ...(billingGroup === undefined ? [] : [{ text: planWords.made.billing(billingGroup), place: at("BillingGroup"), quiet: true }]),
      ];
    }
    case 3:
    case 4: {
      const more = policies.length - MOST;
      const named = policies.slice(0, MOST).map(({ logicalName, name, document }) => ({
        text: name,
        place: property(logicalName, document === undefined ? "PolicyName" : "PolicyDocument"),
      }));
      return more > 0 ? [...named, { text: planWords.made.more(more), quiet: true }] : named;
    }
    case 5:
      return thing ? [{ text: thing.name, place: property(thing.logicalName, "ThingName") }] : [];
    case 6:
      return certificateStatus === undefined ? [] : [{ text: certificateStatus }];
    default:
      return [];
  }
}
