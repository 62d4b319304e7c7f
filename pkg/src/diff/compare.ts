/** Compares two plans. It judges nothing: all that it says is in one of them. */
import { verdictWords } from "../export/words.js";
import type {
  AccountDifference,
  ChangedPair,
  Diagnostic,
  Plan,
  PlanDifference,
  PlannedPolicy,
  PlannedThing,
  PlanSide,
  PolicyDifference,
  ResourceChange,
  Step,
  StepDifference,
  StepSide,
  ThingDifference,
} from "../types.js";
import { accessDifference } from "./access.js";
import { canonical } from "./document.js";
import { changed, changedEntries, keyed, listed, matched, present, sentence } from "./lists.js";

/**
 * Compares what results from two plans: of two devices by one template, or of one device by two versions of a template. What goes into them, the
 * certificate and the values of the parameters, is not compared. Something unknown that is the same in both is not a difference.
 *
 * @example
 * import { diffPlans, diffText, dryRun } from "jitp";
 * const difference = diffPlans(dryRun("{}", ""), dryRun('{"Resources": {}}', ""));
 * if (!difference.same) console.log(diffText(difference));
 *
 * @param before the plan that comes first: the older one
 * @param after the plan that comes second: the newer one
 */
export function diffPlans(before: Plan, after: Plan): PlanDifference {
  const policies = policyDifference(before.policies, after.policies);
  const differences = present<Omit<PlanDifference, "same" | "sides" | "ignored" | "notCompared">>({
    verdict: changed(before.verdict, after.verdict),
    stoppedAt: changed(before.stoppedAt, after.stoppedAt),
    basis: changed(before.basis, after.basis),
    signature: changed(before.issuer?.signature, after.issuer?.signature),
    certificateStatus: changed(before.certificateStatus, after.certificateStatus),
    thing: thingDifference(before.thing, after.thing),
    policies: policies.difference,
    preconditions: listed(before.preconditions, after.preconditions, ({ kind, name, arn }) => keyed(kind, name, arn)),
    account: accountDifference(before.account?.changes ?? [], after.account?.changes ?? []),
    access: accessDifference(before.access, after.access),
    findings: listed(before.diagnostics, after.diagnostics, findingOf),
    steps: stepDifferences(before.steps, after.steps),
    roleArn: changed(before.role?.arn, after.role?.arn),
  });
  return {
    same: differences === undefined,
    sides: { before: side(before), after: side(after) },
    ...differences,
    ignored: policies.ignored,
    notCompared: notCompared(before, after),
  };
}

function side(plan: Plan): PlanSide {
  const { summary, thing } = plan;
  return { verdict: verdictWords(plan), summary, ...(thing === undefined ? {} : { thingName: thing.name }) };
}

function thingDifference(before: PlannedThing | undefined, after: PlannedThing | undefined): ThingDifference | undefined {
  return present<ThingDifference>({
    name: changed(before?.name, after?.name),
    arn: changed(before?.arn, after?.arn),
    typeName: changed(before?.typeName, after?.typeName),
    attributes: changedEntries(before?.attributes, after?.attributes),
    groups: listed(before?.groups, after?.groups, (name) => name),
    billingGroup: changed(before?.billingGroup, after?.billingGroup),
    overrides: changedEntries(before?.overrides, after?.overrides),
  });
}

/** A named policy is its name. AWS names a created one by a hash of its document. */
function policyOf({ name, arn, document }: PlannedPolicy): string {
  return document === undefined ? keyed("name", name, arn) : keyed("document", canonical(document), arn);
}

function policyDifference(
  before: readonly PlannedPolicy[],
  after: readonly PlannedPolicy[],
): { difference: PolicyDifference | undefined; ignored: string[] } {
  const same = matched(before, after, policyOf);
  // The same resource of the template, with something else in it.
  const rest = matched(same.removed, same.added, ({ logicalName }) => logicalName);
  const isEqual = rest.pairs.length + rest.added.length + rest.removed.length === 0;
  return {
    difference: isEqual ? undefined : { added: rest.added, removed: rest.removed, changed: rest.pairs },
    ignored: same.pairs.filter(({ before, after }) => before.document !== after.document).map(respelled),
  };
}

function respelled({ after: { logicalName } }: ChangedPair<PlannedPolicy>): string {
  return `The document of "${logicalName}" differs only in white space, escapes or the order of members. AWS may create another policy for it.`;
}

/** The certificate, of which a plan has one, is another one for each device. So its ID does not count, nor do the sentences that name it. */
function accountDifference(before: readonly ResourceChange[], after: readonly ResourceChange[]): AccountDifference | undefined {
  const { pairs, added, removed } = matched(before, after, ({ kind, name }) => (kind === "certificate" ? keyed(kind) : keyed(kind, name)));
  const changed = pairs.filter((pair) => changeOf(pair.before) !== changeOf(pair.after));
  return changed.length + added.length + removed.length === 0 ? undefined : { added, removed, changed };
}

function changeOf({ step, change, override, entries }: ResourceChange): string {
  const written = entries.map(({ name, before, after }) => keyed(name, before, after)).sort();
  return keyed(step, change, override, ...written);
}

/** The same finding at the same place. The position in a list does not count, because an earlier element can come or go. */
function findingOf({ code, severity, message, path }: Diagnostic): string {
  return keyed(code, severity, sentence(message), path?.replaceAll(/\/\d+(?=\/|$)/g, "/0"));
}

function stepDifferences(before: readonly Step[], after: readonly Step[]): StepDifference[] | undefined {
  const found = after.flatMap((step, i): StepDifference[] => {
    const [one, other] = [stepSide(before[i]), stepSide(step)];
    const isSame = keyed(one.outcome, ...one.actions) === keyed(other.outcome, ...other.actions);
    return isSame ? [] : [{ number: step.number, title: step.title, before: one, after: other }];
  });
  return found.length === 0 ? undefined : found;
}

/** All plans have the same steps. */
function stepSide(step: Step | undefined): StepSide {
  const { outcome = "skipped", action = "", more = [] } = step ?? {};
  return { outcome, actions: [action, ...more.map((call) => call.action)] };
}

function notCompared(before: Plan, after: Plan): string[] {
  const isCut = before.access?.more === true || after.access?.more === true;
  return isCut ? ["A plan lists only the first of the rights that the policies give: the others were not compared."] : [];
}
