/** The differences between what a device may do. */
import type { Access, AccessDifference, AccessRight, RightDifference } from "../types.js";
import { changed, keyed, matched, present, sentence, sides } from "./lists.js";

/** How the access of two plans differs; `undefined` if it does not. A device that is not provisioned has no access. */
export function accessDifference(before: Access | undefined, after: Access | undefined): AccessDifference | undefined {
  return present<AccessDifference>({
    connects: changed(before?.connects, after?.connects),
    headline: sentence(before?.headline) === sentence(after?.headline) ? undefined : sides(before?.headline, after?.headline),
    over: changed(before?.over, after?.over),
    clientId: changed(before?.context.clientId, after?.context.clientId),
    rights: rightDifference(before?.may ?? [], after?.may ?? []),
    isolation: isolationOf(before) === isolationOf(after) ? undefined : sides(before?.isolation, after?.isolation),
  });
}

/** The other device is another one for each certificate, so its name does not count. */
function isolationOf(access: Access | undefined): string | undefined {
  const { may, counterexample } = access?.isolation ?? {};
  return may === undefined ? undefined : keyed(may, counterexample?.verb);
}

function rightDifference(before: readonly AccessRight[], after: readonly AccessRight[]): RightDifference | undefined {
  const same = matched(before, after, ({ verb, action, resource }) => keyed(verb, action, resource));
  const answered = ({ answer, reason }: AccessRight) => keyed(answer, sentence(reason));
  const others = same.pairs.filter((pair) => answered(pair.before) !== answered(pair.after));
  // A statement whose variables have other values, or whose resources were rewritten, gives as many rights as before.
  const [old, young] = [perStatement(same.removed), perStatement(same.added)];
  const isEven = (right: AccessRight) => old.get(statementOf(right)) === young.get(statementOf(right));
  const moved = matched(same.removed.filter(isEven), same.added.filter(isEven), statementOf);
  const pairs = [...others, ...moved.pairs];
  const added = same.added.filter((right) => !isEven(right));
  const removed = same.removed.filter((right) => !isEven(right));
  return pairs.length + added.length + removed.length === 0 ? undefined : { added, removed, changed: pairs };
}

/** What gives a right: the action and the statement. */
function statementOf({ verb, action, statement }: AccessRight): string {
  return keyed(verb, action, statement?.policy, statement?.statement);
}

function perStatement(rights: readonly AccessRight[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const right of rights) counts.set(statementOf(right), (counts.get(statementOf(right)) ?? 0) + 1);
  return counts;
}
