/** The content of the picture of a plan: the parts, their connections, and a sentence for each. */

import type { Plan, SignatureVerdict, StepOutcome } from "../types.js";
import { cannotConnect, certificateName, issuerWords } from "./words.js";
import { visibleText } from "../visible.js";

/** The status of a part: the outcome of the step that creates it, `exists` if it must already exist, `stuck` if it should not stay as it is. */
export type PartStatus = StepOutcome | "exists" | "stuck";

/** A part of the picture. */
export interface Part {
  kind: "ca" | "certificate" | "thing" | "thing-type" | "thing-group" | "billing-group" | "policy" | "status" | "more";
  /** Its kind in words. */
  label: string;
  /** Its name. */
  name: string;
  status: PartStatus;
  /** Its status in a word or two. */
  state: string;
  /** Its position among the parts of its kind, from 0. */
  index: number;
  /** The step that makes it; absent if none does. */
  step?: Link;
}

/** The parts by their places in the picture. Those that a step makes, and the links, are numbered as the steps are. */
export interface Model {
  /** The CA to register, if one was given. */
  ca?: Part;
  /** The certificate as step 1 registers it. */
  certificate: Part;
  /** Absent if the template creates none. */
  thing?: Part;
  /** Type, groups and billing group of the thing. */
  around: Part[];
  policies: Part[];
  /** The step that attaches the policies to the certificate. */
  toPolicies: Link;
  /** The step that attaches the certificate to the thing. */
  toThing: Link;
  /** The status that the certificate ends in, which step 6 sets. */
  status: Part;
}

/** A step, and how far it gets. */
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
  const link = (step: number): Link => ({ step, status: outcome(step) });
  const second = outcome(2);
  const made = thingPart(plan, link(2));
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
    certificate: certificatePart(plan, link(1)),
    ...(made && { thing: made }),
    around: [
      ...(thing?.typeName === undefined ? [] : [exists("thing-type", "Thing type")(thing.typeName, 0)]),
      ...few((thing?.groups ?? []).map(exists("thing-group", "Thing group")), "groups"),
      ...(thing?.billingGroup === undefined ? [] : [exists("billing-group", "Billing group")(thing.billingGroup, 0)]),
    ],
    policies: few(policyParts(plan, link(3)), "policies"),
    toPolicies: link(4),
    toThing: link(5),
    status: statusPart(plan, link(6)),
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

function certificatePart(plan: Plan, step: Link): Part {
  const { certificate, flow, verdict } = plan;
  const jitp = flow === "jitp";
  const already = verdict === "registered";
  const states = { ...STATES, done: jitp ? "registered" : "created", skipped: jitp ? "never registered" : "not created" };
  return {
    kind: "certificate",
    label: "Certificate",
    name: visibleText(certificateName(certificate) ?? (certificate.error === undefined ? "without a name" : "not readable")),
    status: certificate.error !== undefined ? "failed" : already ? "exists" : step.status,
    state: already ? "registered already" : states[step.status],
    index: 0,
    step,
  };
}

function statusPart(plan: Plan, step: Link): Part {
  const { certificateStatus, steps, verdict } = plan;
  const unable = cannotConnect(plan);
  const unknown = verdict === "unknown" || (certificateStatus === undefined && steps[0]?.outcome === "unknown");
  const state = unable && certificateStatus === "ACTIVE" ? "ACTIVE, cannot connect" : (certificateStatus ?? (unknown ? "unknown" : "none"));
  const stuck = unable || certificateStatus === "PENDING_ACTIVATION";
  return {
    kind: "status",
    label: "Final status",
    name: "",
    status: stuck ? "stuck" : verdict === "registered" ? "exists" : unknown ? "unknown" : step.status,
    state,
    index: 0,
    step,
  };
}

function thingPart({ thing }: Plan, step: Link): Part | undefined {
  const { status } = step;
  if (!thing && status !== "failed") return undefined;
  return {
    kind: "thing",
    label: "Thing",
    name: thing ? visibleText(thing.name) : "name unknown",
    status,
    state: STATES[status],
    index: 0,
    step,
  };
}

function policyParts({ policies }: Plan, step: Link): Part[] {
  const { status } = step;
  if (policies.length === 0 && status === "failed") {
    return [{ kind: "policy", label: "Policy", name: "unknown", status, state: STATES[status], index: 0, step }];
  }
  return policies.map(({ name, document }, index) => ({
    kind: "policy",
    label: "Policy",
    name: visibleText(name),
    status: status === "done" && document === undefined ? "exists" : status,
    state: document === undefined && status !== "failed" ? "must exist" : STATES[status],
    index,
    step,
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

/** The text alternative of the picture: its sentences, in the order of the steps. */
export function sentences(plan: Plan): string[] {
  const { certificate, thing, around, toThing, toPolicies, status } = model(plan);
  const failed = plan.steps.find(({ outcome }) => outcome === "failed");
  const named = `The certificate ${certificate.name}`;
  const signed = issuerWords(plan);
  const policies = policyParts(plan, { step: 3, status: stepOutcome(plan, 3) });
  return [
    `${named} ${beginning(plan, certificate)} (step 1).`,
    ...(signed === undefined ? [] : [signed]),
    thing ? `The thing ${thing.name} ${happens(thing.status)} (step 2).` : "The plan creates no thing (step 2).",
    ...around.map(({ kind, label, name, status: there }) => {
      if (kind === "more") return `There are ${label}.`;
      const relation = kind === "thing-type" ? "is of" : "is put into";
      return there === "exists"
        ? `The thing ${relation} the ${label.toLowerCase()} ${name}, which must exist.`
        : `The thing would be ${relation === "is of" ? "of" : "put into"} the ${label.toLowerCase()} ${name}.`;
    }),
    ...policies.map(
      (policy) =>
        `The policy ${policy.name} ${policy.status === "exists" || policy.state === "must exist" ? "must exist" : happens(policy.status)} (step 3); it ${ENDS[toPolicies.status]} the certificate (step ${toPolicies.step}).`,
    ),
    ...(thing ? [`${named} ${ENDS[toThing.status]} the thing (step ${toThing.step}).`] : []),
    `${named} ${ending(plan, status)}.`,
    ...(plan.access ? [visibleText(plan.access.headline)] : []),
    ...(failed ? [`The plan stops at step ${failed.number}: ${failed.title}.`] : []),
  ];
}

function stepOutcome({ steps }: Plan, number: number): StepOutcome {
  return steps.find((step) => step.number === number)?.outcome ?? "skipped";
}

function beginning({ certificate: { error }, flow }: Plan, { status, step }: Part): string {
  if (error !== undefined) return "cannot be read";
  if (status === "exists") return "is registered already";
  const made = flow === "jitp" ? "registered" : "created";
  return {
    done: `is ${made}`,
    failed: `cannot be ${made}`,
    skipped: `is never ${made}`,
    unknown: `may or may not be ${made}`,
  }[step?.status ?? "skipped"];
}

function ending({ certificateStatus, verdict }: Plan, { status, step }: Part): string {
  if (verdict === "unknown" || status === "unknown") return "has an unknown final status (step 6)";
  if (certificateStatus === undefined) return "gets no status (step 6)";
  if (verdict === "registered") return `is ${certificateStatus} already`;
  return step?.status === "done" ? `becomes ${certificateStatus} (step 6)` : `stays ${certificateStatus}: step 6 is not reached`;
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
