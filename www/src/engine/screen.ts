/**
 * Keeps private keys out of what is kept and shared: a text may leave the page once the worker has found none in it. The search never runs on
 * the page's main thread.
 */

import type { EngineLink } from "./link.ts";
import type { Work } from "../model/work.ts";

/** The shortest text that the search finds a key in. */
const SHORTEST = 40;
/** What is longer is not searched, and so not taken: 20 MB, as many as a file may have. */
export const LONGEST = 20_000_000;
/** So many texts are remembered. */
const MOST = 50;

export class Screen {
  readonly #call: EngineLink["call"];
  /** Whether texts are free of keys, the last asked last. */
  readonly #known = new Map<string, boolean>();

  constructor(call: EngineLink["call"]) {
    this.#call = call;
  }

  /** Whether a text is free of private keys; nothing as long as nobody has looked. */
  isClean(text: string): boolean | undefined {
    return text.length < SHORTEST ? true : this.#known.get(text);
  }

  /** Looks at texts, and says whether all of them are free of private keys; where there is no engine, none is. */
  async look(...texts: string[]): Promise<boolean> {
    const unknown = texts.filter((text) => this.isClean(text) === undefined);
    const found = unknown.length === 0 ? [] : ((await this.#call("redact", { texts: unknown })) ?? []);
    for (const [i, { keys }] of found.entries()) this.#note(unknown[i] ?? "", keys === 0);
    return texts.every((text) => this.isClean(text) === true);
  }

  #note(text: string, clean: boolean): void {
    this.#known.delete(text);
    this.#known.set(text, clean);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
  }

  /** A text with private keys written over. */
  async redacted(text: string): Promise<string> {
    if (await this.look(text)) return text;
    return (await this.#call("redact", { texts: [text] }))?.[0]?.text ?? "";
  }

  /** Work that came from a link, a file or a store, without private keys; nothing where nobody can look. */
  async screened(work: Work): Promise<Work | undefined> {
    const named = Object.entries(work.parameters);
    const froms = new Set(work.certificates.map(({ from }) => from));
    const texts = [work.template, ...named.flat(), ...froms].filter((text) => text.length >= SHORTEST);
    const found = await this.#call("redact", { texts });
    if (!found) return undefined;
    const unclean = new Set(texts.filter((_, i) => found[i]?.keys !== 0));
    const clean = (text: string) => !unclean.has(text);
    return {
      ...work,
      template: clean(work.template) ? work.template : "",
      certificates: work.certificates.map(({ from, pem }) => ({ from: clean(from) ? from : "", pem })),
      parameters: Object.fromEntries(named.filter((entry) => entry.every(clean))),
    };
  }
}

/**
 * Takes a paste out of the browser's hands: it is put in where the cursor stands once it is known to hold no private key. A short one goes
 * its usual way, and one that is too long for the search goes nowhere. Says whether it was taken.
 */
export function screenPaste(
  event: ClipboardEvent,
  clean: (text: string) => Promise<boolean>,
  put: (text: string) => void,
  refuse: (text: string) => void,
): boolean {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.length < SHORTEST) return false;
  event.preventDefault();
  if (text.length > LONGEST) refuse(text);
  else void clean(text).then((is) => (is ? put(text) : refuse(text)));
  return true;
}

/** Puts a text into a field where its cursor stands, as if it had been typed. */
export function putInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
