/** The verdict that a remedy would give, in its place next to the remedy's button. */

import { reachIn, type Result, toneOf } from "../model/tone.ts";
import { findingWords as words } from "../words/findings.ts";

/** Shows the verdict in its place. */
export function showOutcome(place: HTMLElement, result: Result): void {
  place.className = `remedy-outcome tone-${toneOf(result)}`;
  place.textContent = wordsOf(result);
}

function wordsOf(result: Result): string {
  const { verdict, stoppedAt } = result;
  if (verdict === "fails") return words.outcome.fails(stoppedAt);
  if (verdict !== "provisions") return words.outcome[verdict];
  switch (reachIn(result)) {
    case "connects":
      return words.outcome.connects;
    case "cannot":
      return words.outcome.cannotConnect;
    case "unknown":
      return words.outcome.connectsUnknown;
    default:
      return words.outcome.provisions;
  }
}
