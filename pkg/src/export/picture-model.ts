/** The content of the picture of a plan: the parts, their connections, and a sentence for each. */

import type { Plan, SignatureVerdict, Step, StepOutcome } from "../types.js";
import { cannotConnect, certificateName, issuerWords } from "./words.js";
import { visibleText } from "../visible.js";

/** The status of a part: the outcome of the step that creates it, `exists` if it must already exist, `stuck` if it should not stay as it is. */
export type PartStatus = StepOutcome | "exists" | "stuck";

/** A part of the picture. */
export interface Part {
  kind: "ca" | "certificate" | "thing" | "thing-type" | "thing-group" | "billing-group" | "policy" | "more";
  /** Its kind in words. */
  label: string;
  /** Its name. */
  name: string;
  status: PartStatus;
  /** Its status in a word or two. */
  state: string;
  /** Its position among the parts of its kind, from 0. */
  index: number;
}

/** The parts by their places in the picture. */
export interface Model {
  /** The CA to register, if one was given. */
  ca?: Part;
  certificate: Part;
  /** Absent if the template creates none. */
  thing?: Part;
  /** Type, groups and billing group of the thing. */
  around: Part[];
  policies: Part[];
  /** The step that attaches the certificate to the thing. */
  toThing: Link;
  /** The step that attaches the policies to the certificate. */
  toPolicies: Link;
}

/** A connection that a step makes. */
export interface Link {
  step: number;
  status: StepOutcome;
}

/** More of a kind than this are counted, not drawn. */
const MOST = 6;

const STATES: Record<StepOutcome, string> = { done: "created", failed: "fails here", skipped: "not reached", unknown: "unknown" };

/** The parts of a plan. */
export function model(plan: Plan): Model {
  const { thing } = plan;
  const outcome = (number: number): StepOutcome => plan.steps.find((step) => step.number === number)?.outcome ?? "skipped";
  const [second, third] = [outcome(2), outcome(3)];
  const made = thingPart(plan, second);
  const ca = caPart(plan);
  const exists =
    (kind: Part["kind"], label: string) =>
    (name: string, index: number): Part => ({
      kind,
      label,
      name: visibleText(name),
      status: second === "done" ? "exists" : second === "unknown" ? "unknown" : "skipped",
      state: "must exist",
      index,
    });
  return {
    ...(ca && { ca }),
    certificate: certificatePart(plan, outcome(1)),
    ...(made && { thing: made }),
    around: [
      ...(thing?.typeName === undefined ? [] : [exists("thing-type", "Thing type")(thing.typeName, 0)]),
      ...few((thing?.groups ?? []).map(exists("thing-group", "Thing group")), "groups"),
      ...(thing?.billingGroup === undefined ? [] : [exists("billing-group", "Billing group")(thing.billingGroup, 0)]),
    ],
    policies: few(policyParts(plan, third), "policies"),
    toThing: { step: 5, status: outcome(5) },
    toPolicies: { step: 4, status: outcome(4) },
  };
}

const SIGNED: Record<SignatureVerdict, Pick<Part, "status" | "state">> = {
  verified: { status: "exists", state: "signed it" },
  "not-verified": { status: "failed", state: "did not sign it" },
  "not-checked": { status: "stuck", state: "not checked" },
};

function caPart({ issuer }: Plan): Part | undefined {
  if (issuer?.ca === undefined) return undefined;
  return { kind: "ca", label: "CA", name: visibleText(issuer.ca), ...SIGNED[issuer.signature], index: 0 };
}

function certificatePart(plan: Plan, status: StepOutcome): Part {
  const { certificate, certificateStatus } = plan;
  const unable = cannotConnect(plan);
  const state =
    (unable && certificateStatus === "ACTIVE" ? "ACTIVE, cannot connect" : certificateStatus) ??
    (plan.verdict === "unknown" || status === "unknown" ? "status unknown" : plan.flow === "jitp" ? "never registered" : STATES[status]);
  return {
    kind: "certificate",
    label: "Certificate",
    name: visibleText(certificateName(certificate) ?? (certificate.error === undefined ? "without a name" : "not readable")),
    status: certificate.error !== undefined ? "failed" : unable || certificateStatus === "PENDING_ACTIVATION" ? "stuck" : status,
    state,
    index: 0,
  };
}

function thingPart(plan: Plan, status: StepOutcome): Part | undefined {
  const { thing } = plan;
  if (!thing && status !== "failed") return undefined;
  return {
    kind: "thing",
    label: "Thing",
    name: thing ? visibleText(thing.name) : "name unknown",
    status,
    state: STATES[status],
    index: 0,
  };
}

function policyParts({ policies }: Plan, status: StepOutcome): Part[] {
  if (policies.length === 0 && status === "failed") {
    return [{ kind: "policy", label: "Policy", name: "unknown", status, state: STATES[status], index: 0 }];
  }
  return policies.map(({ name, document }, index) => ({
    kind: "policy",
    label: "Policy",
    name: visibleText(name),
    status: status === "done" && document === undefined ? "exists" : status,
    state: document === undefined && status !== "failed" ? "must exist" : STATES[status],
    index,
  }));
}

function few(parts: Part[], many: string): Part[] {
  const [first] = parts;
  if (!first || parts.length <= MOST) return parts;
  const more = parts.length - MOST + 1;
  const rest: Part = { ...first, kind: "more", label: `${more} more ${many}`, name: "", state: "", index: MOST - 1 };
  return [...parts.slice(0, MOST - 1), rest];
}

const ENDS: Record<StepOutcome, string> = {
  done: "is attached to",
  failed: "fails to be attached to",
  skipped: "is never attached to",
  unknown: "may or may not be attached to",
};

/** The text alternative of the picture: its sentences, in reading order. */
export function sentences(plan: Plan): string[] {
  const { certificate, thing, around, toThing, toPolicies } = model(plan);
  const failed = plan.steps.find(({ outcome }) => outcome === "failed");
  const certificateWords = `The certificate ${certificate.name}`;
  const signed = issuerWords(plan);
  return [
    `${certificateWords} ${endOf(plan)}.`,
    ...(signed === undefined ? [] : [signed]),
    ...(thing
      ? [`The thing ${thing.name} ${happens(thing.status)}.`, `${certificateWords} ${ENDS[toThing.status]} it (step ${toThing.step}).`]
      : ["The plan creates no thing."]),
    ...around.map(({ kind, label, name, status }) => {
      if (kind === "more") return `There are ${label}.`;
      const relation = kind === "thing-type" ? "is of" : "is put into";
      return status === "exists"
        ? `The thing ${relation} the ${label.toLowerCase()} ${name}, which must exist.`
        : `The thing would be ${relation === "is of" ? "of" : "put into"} the ${label.toLowerCase()} ${name}.`;
    }),
    ...policyParts(plan, stepOutcome(plan, 3)).map(
      ({ name, status, state }) =>
        `The policy ${name} ${status === "exists" || state === "must exist" ? "must exist" : happens(status)}; it ${ENDS[toPolicies.status]} the certificate (step ${toPolicies.step}).`,
    ),
    ...(plan.access ? [visibleText(plan.access.headline)] : []),
    ...(failed ? [`The plan stops at step ${failed.number}: ${failed.title}.`] : []),
  ];
}

function stepOutcome({ steps }: Plan, number: number): Step["outcome"] {
  return steps.find((step) => step.number === number)?.outcome ?? "skipped";
}

function endOf({ certificateStatus, certificate, flow, verdict, steps }: Plan): string {
  if (certificate.error !== undefined) return "cannot be read";
  if (verdict === "unknown" || (certificateStatus === undefined && steps[0]?.outcome === "unknown")) return "has an unknown final status";
  if (certificateStatus !== undefined) return `becomes ${certificateStatus}`;
  return flow === "jitp" ? "is never registered" : "is given by the caller";
}

function happens(status: PartStatus): string {
  switch (status) {
    case "done":
    case "stuck":
      return "is created";
    case "failed":
      return "cannot be created";
    case "skipped":
      return "is not created";
    case "unknown":
      return "may or may not be created";
    case "exists":
      return "must exist";
  }
}
