/** The words of an answer on access, in the plan and in the form. */

import type { AccessAnswer, Missing } from "jitp";

const MISSING: Record<Missing["kind"], (name: string) => string> = {
  value: (name) => `the value of \`${name}\``,
  policy: (name) => `the document of the policy \`${name}\``,
  unreadable: (name) => `a document of the policy \`${name}\` that can be read`,
  group: (name) => `the policies of the thing group \`${name}\``,
  option: (name) => `the option \`${name}\``,
};

export const decisionWords = {
  answer: { allowed: "Allowed", denied: "Denied", unknown: "Unknown" } satisfies Record<AccessAnswer, string>,
  brokerRefuses: "Allowed by the policies, refused by the message broker",
  /** What the statement is to the answer. The slot is the statement. */
  nearest: (statement: string) => `Nearest statement: ${statement}`,
  concerned: (statement: string) => `Statement concerned: ${statement}`,
  deciding: (statement: string) => `Deciding statement: ${statement}`,
  statement: (effect: string, number: number, sid: string | undefined, policy: string) =>
    `${effect} in statement ${number}${sid === undefined ? "" : ` (${sid})`} of ${policy}`,
  /** What would decide an open answer; empty if nobody can give it. */
  decidedBy: (missing: readonly Missing[]) =>
    missing.length === 0 ? "" : `This would decide it: ${missing.map(({ kind, name }) => MISSING[kind](name)).join(", ")}.`,
};
