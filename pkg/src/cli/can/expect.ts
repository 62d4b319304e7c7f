/** What `jitp can --expect` expects. */
import type { Decision } from "jitp";

export const EXPECTATIONS = ["allowed", "denied", "unknown", "implicit-deny", "explicit-deny"] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** Whether an answer is the expected one. */
export function isAsExpected({ answer, denial }: Pick<Decision, "answer" | "denial">, expected: Expectation): boolean {
  switch (expected) {
    case "implicit-deny":
      return denial === "implicit";
    case "explicit-deny":
      return denial === "explicit";
    default:
      return answer === expected;
  }
}
