/** The parts of a plan that differ, for tables and sums. */
import type { PlanDifference } from "../types.js";

/** The parts, in the order of tables and sums, and whether each differs. */
const PARTS: Readonly<Record<string, (difference: PlanDifference) => boolean>> = {
  verdict: ({ verdict, stoppedAt, basis, sides }) =>
    (verdict ?? stoppedAt ?? basis) !== undefined || sides.before.verdict !== sides.after.verdict,
  thing: ({ thing: { name, arn, typeName, billingGroup, overrides } = {} }) =>
    (name ?? arn ?? typeName ?? billingGroup ?? overrides) !== undefined,
  attributes: ({ thing }) => thing?.attributes !== undefined,
  groups: ({ thing }) => thing?.groups !== undefined,
  policies: ({ policies }) => policies !== undefined,
  account: ({ account }) => account !== undefined,
  access: ({ access }) => access !== undefined,
  findings: ({ findings }) => findings !== undefined,
  certificate: ({ certificateStatus, signature }) => (certificateStatus ?? signature) !== undefined,
  role: ({ roleArn }) => roleArn !== undefined,
  "what must exist": ({ preconditions }) => preconditions !== undefined,
  steps: ({ steps }) => steps !== undefined,
};

/** The parts that differ, in a few words each. */
export function diffParts(difference: PlanDifference): string[] {
  return Object.keys(PARTS).filter((part) => PARTS[part]?.(difference) === true);
}

/** How many devices differ in each part. Parts in which none does are left out. */
export function sumsOf(differences: readonly PlanDifference[]): [part: string, devices: number][] {
  return Object.entries(PARTS)
    .map(([part, differs]): [string, number] => [part, differences.filter(differs).length])
    .filter(([, devices]) => devices > 0);
}
