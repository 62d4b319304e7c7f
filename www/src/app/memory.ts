/** Keeps the work for the next visit, in this browser's local storage only. */

import { type Sample, SAMPLES } from "../model/samples.ts";
import type { State } from "../model/state.ts";
import { readWork, type Work } from "../model/work.ts";
import type { Notify } from "../ui/notices.ts";

const KEY = "jitp:work";

/** How long the work must be unchanged before it is stored, in milliseconds. */
const REST = 400;

/** The stored work. */
export interface Kept {
  work: Work;
  /** The sample, if the work is an unchanged one. */
  sample?: Sample;
}

/** The work of the last visit; nothing if there was none, or if the browser stores nothing for the page. */
export function recall(): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const work = readWork(kept);
    if (!work) return undefined;
    const { sample: id } = kept as { sample?: unknown };
    const sample = SAMPLES.find((sample) => sample.id === id && sample.template === work.template);
    return { work, ...(sample && { sample }) };
  } catch {
    return undefined;
  }
}

/** The part of a playground that this needs. */
export interface MemorySource {
  readonly state: Pick<State, "source">;
  readonly sample: Sample | undefined;
  readonly screen: { isClean(text: string): boolean | undefined };
  readonly notify: Notify;
  work(): Work;
}

/** Stores the work of a playground shortly after each change. */
export class Memory {
  #timer = 0;
  #playground: MemorySource | undefined;
  #full = false;

  /** Starts. The user may leave the page at any moment. */
  follow(playground: MemorySource): void {
    this.#playground = playground;
    window.addEventListener("pagehide", () => this.#write());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#write();
    });
  }

  /** Something has changed. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#write(), REST);
  }

  /** Forgets what was kept. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Then nothing is stored.
    }
  }

  #write(): void {
    if (this.#timer === 0 || !this.#playground) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    const { sample, state, screen } = this.#playground;
    const work = this.#playground.work();
    // The stored work stays until the worker has searched the new text.
    if (work.template === "" && screen.isClean(state.source) === undefined) return;
    // A first visitor who changed nothing has nothing to store.
    if (sample === SAMPLES[0] && Object.keys(work.options).length === 1) {
      this.forget();
      return;
    }
    // Without the certificates their indices mean nothing, and do no harm.
    const kept = (certificates: Work["certificates"]) => JSON.stringify({ ...work, certificates, sample: sample?.id });
    try {
      localStorage.setItem(KEY, kept(work.certificates));
      this.#full = false;
    } catch {
      this.#keepTemplateOnly(kept([]));
    }
  }

  /** Thousands of certificates are more than a browser stores for a page. */
  #keepTemplateOnly(text: string): void {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      return;
    }
    if (!this.#full) {
      this.#playground?.notify("There are too many certificates to keep for the next visit. The template is kept.", {
        tone: "warning",
      });
    }
    this.#full = true;
  }
}
