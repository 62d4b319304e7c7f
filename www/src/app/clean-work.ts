/** The work in a state, as far as it is known to hold no private key: only this is stored and shared. */

import type { Screen } from "../engine/screen.ts";
import type { State } from "../model/state.ts";
import { type Work, workOf } from "../model/work.ts";

export class CleanWork {
  readonly #state: State;
  readonly #screen: Screen;
  readonly #changed: () => void;
  /** The newest template that is known to hold no private key. */
  #template = "";

  constructor(state: State, screen: Screen, changed: () => void) {
    this.#state = state;
    this.#screen = screen;
    this.#changed = changed;
  }

  /** The work. Its template is an earlier one until the worker has searched the present one. */
  get(): Work {
    return workOf(this.#state, this.#template, (text) => this.#screen.isClean(text) === true);
  }

  /** The template was searched already. */
  accept(template: string): void {
    this.#template = template;
  }

  /** Searches the present work, so that `get()` is up to date. */
  async look(): Promise<void> {
    const { source, parameters } = this.#state;
    await this.#screen.look(source, ...Object.entries(parameters).flat());
    const clean = this.#screen.isClean(source);
    if (source !== this.#state.source || clean === undefined) return;
    const before = this.#template;
    this.#template = clean ? source : "";
    if (before !== this.#template) this.#changed();
  }
}
