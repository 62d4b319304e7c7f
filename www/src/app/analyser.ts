/** Has the state analysed by the engine, and keeps the newest answer in it. */

import type { Diagnostic } from "jitp";
import { Chains } from "../engine/chains.ts";
import { FleetPlans } from "../engine/fleet-plans.ts";
import type { EngineLink } from "../engine/link.ts";
import { authoritiesFor, isChosen } from "../model/authorities.ts";
import type { Analysis } from "../model/protocol.ts";
import { placeOf } from "../model/order.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { calmly } from "./calm.ts";

/** How long the page waits for the next key before it analyses the text, in milliseconds. */
const TYPING_PAUSE = 120;

/** The part of a playground that this needs. */
export interface AnalyserEvents {
  /** The state may have changed. */
  changed(): void;
  render(): void;
  renderFleet(): void;
  /** Shows findings in the editor. */
  mark(source: string, diagnostics: Diagnostic[]): void;
  /** A new answer is shown. */
  analysed(analysis: Analysis): void;
}

export class Analyser {
  readonly #engine: EngineLink;
  readonly #state: State;
  readonly #events: AnalyserEvents;
  readonly #calm = calmly((analysis) => this.show(analysis));
  readonly #fleet: FleetPlans;
  readonly #chains: Chains;
  #typing = 0;

  constructor(engine: EngineLink, state: State, events: AnalyserEvents) {
    this.#engine = engine;
    this.#state = state;
    this.#events = events;
    this.#fleet = new FleetPlans(engine.call, () => events.renderFleet());
    this.#chains = new Chains(engine.call, () => this.analyse());
  }

  /** Analyses the state at once. */
  analyse(): void {
    this.#calm.settle();
    this.#ask();
  }

  /** Analyses the state after a pause in typing. */
  analyseSoon(): void {
    this.#calm.typed();
    clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#ask(), TYPING_PAUSE);
  }

  /** Shows an answer, unless the text has changed since. */
  show(analysis: Analysis): void {
    if (analysis.source !== this.#state.source) return;
    this.#state.analysis = analysis;
    this.#events.render();
    this.#events.analysed(analysis);
    this.#events.mark(analysis.source, analysis.plan?.diagnostics ?? analysis.report.diagnostics);
    void this.#fleet.update(this.#state);
  }

  /** Drops what is under way. */
  close(): void {
    clearTimeout(this.#typing);
    this.#calm.settle();
  }

  /** Asks the engine. There is nothing to ask without a template. */
  #ask(): void {
    clearTimeout(this.#typing);
    this.#events.changed();
    const state = this.#state;
    const empty = state.source.trim() === "";
    if (empty) {
      state.analysis = undefined;
      void this.#fleet.update(state);
    }
    const pem = chosenEntry(state)?.summary.pem;
    // A plan for another certificate must not stay on the page.
    if (pem === undefined && state.options.flow === "jitp" && state.analysis) delete state.analysis.plan;
    this.#events.render();
    const { analyst } = this.#engine;
    if (analyst) void this.#chains.update(state);
    if (!analyst || empty) {
      this.#events.mark(state.source, []);
      return;
    }
    const authorities = state.options.flow === "jitp" ? authoritiesFor(state) : undefined;
    const request = {
      ...placeOf(state),
      ...(pem !== undefined && { certificate: pem }),
      ...(authorities !== undefined && { authorities }),
      chosen: isChosen(state),
    };
    analyst.analyse(request, (analysis) => this.#calm.take(analysis));
  }
}
