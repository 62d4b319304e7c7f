/** Finds out which verdict each remedy would give, after a pause, so that no answer waits for it. */

import type { Fix } from "jitp";
import { isChosen } from "../model/authorities.ts";
import { NO_VALUE, SAMPLE_KEY } from "../model/no-value.ts";
import { questionOf } from "../model/order.ts";
import type { Analysis, Ask } from "../model/protocol.ts";
import { type State, templateOf } from "../model/state.ts";
import type { Result } from "../model/tone.ts";
import { watchFor } from "../model/watch.ts";
import type { Root } from "../ui/dom.ts";
import { showOutcome } from "../ui/outcome.ts";
import { remedyKey } from "../ui/remedy.ts";
import { fixed } from "./fixed-text.ts";

/** The pause after the newest answer, in milliseconds. */
const PAUSE = 300;
/** Nobody compares more remedies. */
const MOST = 24;
/** With more devices before this one in an account, each remedy would take long. */
const MOST_BEFORE = 100;

/** The part of a playground that this needs. */
export interface PreviewHost {
  readonly root: Root;
  readonly call: Ask;
}

/** Follows the state: each new answer has new remedies. */
export function previews({ root, call }: PreviewHost): {
  render(state: State): void;
  /** Shows the result of a remedy in its place, if it is known. */
  show(analysis: State["analysis"], place: HTMLElement, key: string): void;
} {
  const changed = watchFor();
  let run = 0;
  let timer = 0;

  async function look(state: State, mine: number): Promise<void> {
    const { analysis } = state;
    // The plan of a certificate that is removed meanwhile is removed, too.
    const { plan } = analysis ?? {};
    if (!analysis || !plan) return;
    const { bytes: _, ...question } = questionOf(state);
    if ((question.before?.length ?? 0) > MOST_BEFORE) return;
    const known = new Map<string, Fix>();
    for (const { fix, choices = [] } of [...plan.diagnostics, ...analysis.report.diagnostics]) {
      for (const one of fix ? [fix] : choices) known.set(remedyKey(one), one);
    }
    for (const [key, fix] of [...known].slice(0, MOST)) {
      // One at a time: the answer to a key waits for one of them at most.
      const result = await call("preview", { ...question, source: fixed(analysis.source, fix) });
      if (mine !== run || !result) return;
      tell(analysis, key, result);
    }
    if (!plan.diagnostics.some(({ code }) => code === NO_VALUE)) return;
    const result = await withSample(state);
    if (mine === run && result) tell(analysis, SAMPLE_KEY, result);
  }

  function tell(analysis: Analysis, key: string, result: Result): void {
    analysis.previews ??= new Map();
    analysis.previews.set(key, result);
    for (const place of root.querySelectorAll<HTMLElement>("[data-preview]")) {
      if (place.dataset.preview === key) showOutcome(place, result);
    }
  }

  /** The result for a sample device and its CA; nothing if an account, or a CA that the user chose, decides too. */
  async function withSample(state: State): Promise<Result | undefined> {
    if (state.account !== undefined || isChosen(state)) return undefined;
    const { subject: _, bytes: __, ...question } = questionOf(state);
    const made = await call("sample", templateOf(state));
    if (!made || "problem" in made) return undefined;
    return call("preview", { ...question, certificate: made.device.pem, authorities: made.ca.pem });
  }

  return {
    show(analysis, place, key) {
      const result = analysis?.previews?.get(key);
      if (result) showOutcome(place, result);
    },
    render(state) {
      if (!changed(state.analysis)) return;
      const mine = ++run;
      clearTimeout(timer);
      if (state.analysis) timer = window.setTimeout(() => void look(state, mine), PAUSE);
    },
  };
}
