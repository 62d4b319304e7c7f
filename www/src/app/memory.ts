/** Keeps the work over a reload, in this browser's local storage and nowhere else. */

import type { Playground } from "./playground.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import { readWork, type Work } from "../model/work.ts";

const KEY = "jitp:work";

/** How long the work has to rest before it is written down, in milliseconds. */
const REST = 400;

/** What was kept. */
export interface Kept {
  work: Work;
  /** The sample that it is, where nothing of one was changed. */
  sample?: Sample;
}

/** What was kept at the last visit; nothing where there was nothing, or where the browser keeps nothing for the page. */
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

/** Writes down what a playground has, whenever it has changed and come to rest. */
export class Memory {
  #timer = 0;
  #playground: Playground | undefined;
  #full = false;

  /** Begins; the page may be left at any moment. */
  follow(playground: Playground): void {
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
      // Then nothing is kept.
    }
  }

  #write(): void {
    if (this.#timer === 0 || !this.#playground) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    const { sample, state, screen } = this.#playground;
    const work = this.#playground.work();
    // As long as nobody has looked at the text, what was kept before stays.
    if (work.template === "" && screen.isClean(state.source) === undefined) return;
    // A first visitor who changed nothing has nothing to be kept.
    if (sample === SAMPLES[0] && Object.keys(work.options).length === 1) {
      this.forget();
      return;
    }
    // Without the certificates the places in their list mean nothing, and do no harm.
    const kept = (certificates: Work["certificates"]) => JSON.stringify({ ...work, certificates, sample: sample?.id });
    try {
      localStorage.setItem(KEY, kept(work.certificates));
      this.#full = false;
    } catch {
      this.#keepTemplateOnly(kept([]));
    }
  }

  /** Some thousands of certificates are more than a browser keeps for a page. */
  #keepTemplateOnly(text: string): void {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      return;
    }
    if (!this.#full) {
      this.#playground?.notify("The certificates are too many to be kept over a reload; the template is kept.", {
        tone: "warning",
      });
    }
    this.#full = true;
  }
}
