/** One history of the user's changes in all panels. A step knows what it changed, before and after, so that undo leaves everything else alone. */

import type { Sample } from "../model/samples.ts";
import type { State } from "../model/state.ts";

/** The part of the state that is set as a whole. */
export interface Shown
  extends Pick<State, "source" | "entries" | "chosen" | "authority" | "subject" | "options" | "parameters" | "account"> {
  sample: Sample | undefined;
}

/** What the editor shows, to return to it exactly; only the editor knows what is inside. */
export type Moment = object;

/** Everything that steps change. */
export interface Snapshot extends Shown {
  moment: Moment | undefined;
}

/** One side of a step: what it had changed. */
export type Side = Partial<Snapshot>;

/** What a step is: changes of the same kind, soon after each other, are one step. */
export type Kind = "typing" | "options" | "parameters" | "other";

export interface Step {
  title: string;
  kind: Kind;
  before: Side;
  after: Side;
  at: number;
}

/** The pause after which another change is another step, in milliseconds. */
const PAUSE = 700;

/** What is remembered: steps, and characters of their texts. */
const MOST = 300;
const MOST_TEXT = 20_000_000;

/** What makes a step; the chosen certificate and the editor's look come along. */
const COUNTS = ["source", "entries", "authority", "subject", "options", "parameters", "account"] as const;

export class History {
  readonly #snapshot: () => Snapshot;
  #present: Snapshot;
  #done: Step[] = [];
  #undone: Step[] = [];

  constructor(snapshot: () => Snapshot) {
    this.#snapshot = snapshot;
    this.#present = snapshot();
  }

  /** The last step. */
  get last(): Step | undefined {
    return this.#done.at(-1);
  }

  /** Something may have changed: it becomes a step, or a part of the last one. */
  commit(title: string, kind: Kind = "other"): void {
    const before = this.#present;
    const after = this.#snapshot();
    this.#present = after;
    const changed = COUNTS.some((name) => !same(before[name], after[name]));
    if (!changed) return;
    this.#undone = [];
    const { last } = this;
    const now = performance.now();
    if (last && kind !== "other" && last.kind === kind && now - last.at < PAUSE) {
      last.before = { ...difference(before, after), ...last.before };
      last.after = { ...last.after, ...difference(after, before) };
      last.at = now;
      return;
    }
    this.#done.push({ title, kind, before: difference(before, after), after: difference(after, before), at: now });
    this.#prune();
  }

  /** Something has changed that is not a step: it is not undone with one either. */
  follow(): void {
    this.#present = this.#snapshot();
  }

  /** The step to undo, or to redo. The caller returns to its side, and then calls `follow`. */
  back(): Step | undefined {
    return moved(this.#done, this.#undone);
  }

  forth(): Step | undefined {
    return moved(this.#undone, this.#done);
  }

  forget(): void {
    this.#done = [];
    this.#undone = [];
    this.follow();
  }

  #prune(): void {
    let size = 0;
    const keep = this.#done.findLastIndex(({ before }, i) => {
      size += before.source?.length ?? 0;
      return size > MOST_TEXT || this.#done.length - i > MOST;
    });
    this.#done.splice(0, keep + 1);
  }
}

function moved(from: Step[], to: Step[]): Step | undefined {
  const step = from.pop();
  if (!step) return undefined;
  // What follows is another step.
  step.at = Number.NEGATIVE_INFINITY;
  to.push(step);
  return step;
}

/** The members of the first that differ in the second. */
function difference(one: Snapshot, other: Snapshot): Side {
  const names = Object.keys(one) as (keyof Snapshot)[];
  return Object.fromEntries(names.filter((name) => !same(one[name], other[name])).map((name) => [name, one[name]]));
}

/** The same object, or small objects of texts with the same content. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || !isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
