/** A remedy of a finding, with the verdict that it would give. */

import type { Fix } from "jitp";
import { reachIn, type Result, toneOf } from "../model/tone.ts";
import { findingWords as words } from "../words/findings.ts";
import { h } from "./dom.ts";

/** Tells a fix of one text from the others. */
export const remedyKey = ({ edits }: Fix): string =>
  JSON.stringify(edits.map(({ span, text }) => [span.start.offset, span.end.offset, text]));

/** The button of a remedy, and the place of its verdict, which is known later. */
export function remedy(button: HTMLButtonElement, fix: Fix, result: Result | undefined): HTMLElement {
  const outcome = h("span", { class: "remedy-outcome", "data-preview": remedyKey(fix) });
  showOutcome(outcome, result);
  return h("span", { class: "remedy" }, button, outcome);
}

/** Shows the verdict in its place. */
export function showOutcome(place: HTMLElement, result: Result | undefined): void {
  place.className = `remedy-outcome${result ? ` tone-${toneOf(result)}` : ""}`;
  place.textContent = result ? wordsOf(result) : "";
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
