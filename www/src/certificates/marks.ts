/** The verdict on each device, as a mark at its card. */

import type { Entry } from "../model/entries.ts";
import type { State } from "../model/state.ts";
import { type Result, resultOf, toneOf } from "../model/tone.ts";
import { h, icon } from "../ui/dom.ts";
import { resultWords, TONE_ICON } from "../ui/tone.ts";

/** The verdicts on these devices by the keys of their entries, as far as they are known. */
export function resultsOf({ fleet, chosen, analysis }: State, cards: readonly Entry[]): Map<number, Result> {
  if (fleet) {
    const keys = new Set(cards.map(({ key }) => key));
    return new Map(fleet.judged === undefined ? fleet.lines.flatMap((line) => (keys.has(line.key) ? [[line.key, line]] : [])) : []);
  }
  return new Map(chosen !== undefined && analysis?.plan ? [[chosen, resultOf(analysis.plan)]] : []);
}

/** What the marks depend on. */
export function marksWatched(state: State): unknown {
  const { fleet, analysis } = state;
  if (fleet) return fleet.judged === undefined ? fleet.lines : undefined;
  return analysis?.plan && resultWords(resultOf(analysis.plan));
}

/** The mark; nothing if the verdict is not known yet. */
export function mark(result: Result | undefined): HTMLElement | undefined {
  if (!result) return undefined;
  const tone = toneOf(result);
  const words = resultWords(result);
  return h(
    "span",
    { class: `card-mark tone-${tone}`, title: words },
    icon(TONE_ICON[tone]),
    h("span", { class: "visually-hidden" }, `${words}: `),
  );
}
