/** Has the state analysed by the engine, and keeps the newest answer in it. */

import type { Diagnostic } from "jitp";
import type { Chains } from "../engine/chains.ts";
import type { Details } from "../engine/details.ts";
import type { FleetPlans } from "../engine/fleet-plans.ts";
import type { EngineLink } from "../engine/link.ts";
import type { Analysis, AnalysisRequest } from "../model/protocol.ts";
import { authoritiesOf } from "../model/entries.ts";
import { NO_SUM } from "../model/fleet.ts";
import { devicesOf, questionOf } from "../model/order.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { turn } from "../ui/turn.ts";
import { calmly } from "./calm.ts";
import { late } from "./late.ts";

/** How long an answer may take before the page shows that it has none yet. Two drawings instead of one would delay every answer. */
const ANSWER_PAUSE = 80;

/** How long many certificates wait for the next key before they are planned for again, and how many wait. */
const FLEET_PAUSE = 300;
const MANY = 20;

/** The part of a playground that this needs. */
export interface AnalyserEvents {
  /** The state may have changed. */
  changed(): void;
  render(): void;
  renderFleet(): void;
  /** Shows findings in the editor. */
  mark(source: string, diagnostics: Diagnostic[]): void;
  /** The answer to this question is shown. */
  analysed(analysis: Analysis, question: AnalysisRequest): void;
}

export class Analyser {
  readonly #engine: EngineLink;
  readonly #state: State;
  readonly #events: AnalyserEvents;
  /** The newest question. Answers to earlier ones are dropped. */
  #question: AnalysisRequest | undefined;
  readonly #calm = calmly((analysis) => {
    if (this.show(analysis) && this.#question) this.#events.analysed(analysis, this.#question);
  });
  /** The plans for many, whose script is loaded when there are several. */
  #fleet: FleetPlans | undefined;
  /** What only some work needs, and what is loaded then: who signed whom, and all facts of what is shown of very many. */
  #more: { chains: Chains; details: Details } | undefined;
  /** Timers. */
  #typing = 0;
  #waiting = 0;
  #planning = 0;
  /** When the last key was pressed. */
  #typed = -Infinity;
  /** When the newest question was asked, and how long the last answer to a key took until it was drawn. */
  #asked = 0;
  #took = 0;

  constructor(engine: EngineLink, state: State, events: AnalyserEvents) {
    this.#engine = engine;
    this.#state = state;
    this.#events = events;
  }

  /** Analyses the state at once. */
  analyse(): void {
    this.#calm.settle();
    this.#typed = -Infinity;
    this.#ask();
  }

  /** Analyses the state after a key: at once, unless the answers would need more than half of the time while keys come. */
  analyseSoon(): void {
    const now = performance.now();
    this.#calm.typed();
    this.#typed = now;
    clearTimeout(this.#typing);
    const share = 2 * this.#took;
    const left = Math.min(share, this.#asked + share - now);
    if (left <= 0) this.#ask();
    else this.#typing = window.setTimeout(() => this.#ask(), left);
  }

  /** Shows an answer, unless the text has changed since, and says whether it did. */
  show(analysis: Analysis): boolean {
    if (analysis.source !== this.#state.source) return false;
    clearTimeout(this.#waiting);
    this.#state.analysis = analysis;
    // First, so that the verdict on one device is not told as that on all.
    this.#plan();
    this.#events.render();
    this.#events.mark(analysis.source, analysis.plan?.diagnostics ?? analysis.report.diagnostics);
    return true;
  }

  /** Stops planning for all certificates, or begins again. */
  judge(go: boolean): void {
    if (go) void this.#fleet?.resume(this.#state);
    else this.#fleet?.stop(this.#state);
  }

  /** Drops what is under way. */
  close(): void {
    for (const timer of [this.#typing, this.#waiting, this.#planning]) clearTimeout(timer);
    this.#calm.settle();
  }

  /** Plans for all certificates. Many would delay the answer to the next key. */
  #plan(): void {
    clearTimeout(this.#planning);
    const left = this.#state.entries.length > MANY ? FLEET_PAUSE - (performance.now() - this.#typed) : 0;
    if (left > 0) this.#fleet?.outdate(this.#state);
    if (left > 0) this.#planning = window.setTimeout(() => void this.#planAll(), left);
    else void this.#planAll();
  }

  /** Plans for all certificates, if there are several. */
  async #planAll(): Promise<void> {
    const state = this.#state;
    if (!this.#fleet) {
      const total = state.source.trim() === "" ? 0 : devicesOf(state).length;
      if (total < 2) return;
      // At once, so that the verdict on one device is not told as that on all.
      state.fleet ??= { lines: [], sum: NO_SUM, total, judged: 0 };
      const { FleetPlans } = await late();
      this.#fleet ??= new FleetPlans(this.#engine.call, () => this.#events.renderFleet(), turn);
    }
    await this.#fleet.update(state);
  }

  async #readMore(): Promise<void> {
    const state = this.#state;
    const { entries } = state;
    if (!this.#more) {
      if (authoritiesOf(entries).size === 0 && !entries.some(({ listed }) => listed)) return;
      const { Chains, Details } = await late();
      const { call } = this.#engine;
      this.#more ??= { chains: new Chains(call, () => this.analyse()), details: new Details(call, () => this.#events.render()) };
    }
    const { chains, details } = this.#more;
    await Promise.all([chains.update(state), details.update(state)]);
  }

  /** Asks the engine. There is nothing to ask without a template. */
  #ask(): void {
    clearTimeout(this.#typing);
    clearTimeout(this.#waiting);
    const state = this.#state;
    const empty = state.source.trim() === "";
    const pem = chosenEntry(state)?.summary.pem;
    const { analyst } = this.#engine;
    if (analyst && !empty) {
      this.#asked = performance.now();
      const asked = this.#asked;
      this.#question = questionOf(state);
      analyst.analyse(this.#question, (analysis) => {
        this.#calm.take(analysis);
        // The first answer of all is no measure: the wasm is not warm yet.
        if (asked === this.#asked && this.#typed > -Infinity) this.#took = performance.now() - asked;
      });
    }
    // After the question, because the search for keys would delay its answer.
    this.#events.changed();
    if (empty) {
      clearTimeout(this.#planning);
      state.analysis = undefined;
      void this.#planAll();
    }
    // A plan for another certificate must not stay on the page.
    if (pem === undefined && state.subject === undefined && state.options.flow === "jitp" && state.analysis) delete state.analysis.plan;
    if (analyst) void this.#readMore();
    if (analyst && !empty) {
      this.#waiting = window.setTimeout(() => this.#events.render(), ANSWER_PAUSE);
      return;
    }
    this.#events.render();
    this.#events.mark(state.source, []);
  }
}
