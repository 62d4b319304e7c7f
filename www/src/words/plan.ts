/** The words of the plan: its steps, its picture, and what follows from them. */

import type { StepOutcome } from "jitp";

export const planWords = {
  steps: "What happens, in six steps",
  /** The states of a step. `idle`: the plan gets there and has nothing to do. */
  outcome: {
    done: "Done",
    failed: "Fails here",
    skipped: "Not reached",
    unknown: "Unknown",
    idle: "Nothing to do",
  } satisfies Record<StepOutcome | "idle", string>,
  /** The title of a step without its articles, for narrow places. */
  short: (title: string) => title.replaceAll(/\bthe /gi, ""),
  calls: (first: string, more: number) => (more === 0 ? first : `${first} + ${more}`),
  made: {
    type: (name: string) => `type ${name}`,
    group: (names: readonly string[]) => `${names.length === 1 ? "group" : "groups"} ${names.join(", ")}`,
    billing: (name: string) => `billing group ${name}`,
    more: (n: number) => `and ${n} more`,
  },
  needs: (numbers: readonly number[]) => `Needs the result of step${numbers.length === 1 ? "" : "s"} ${numbers.join(" and ")}.`,
  othersAbove: (n: number) => ` And ${n} more, below the steps.`,
  request: "request",
  requestOf: (action: string) => `Request of ${action}`,
  result: "Result: ",
};
