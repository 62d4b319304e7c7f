/**
 * Keeps private keys out of stored and shared work: a text is stored or shared only after the worker has found no key in it. The search never
 * runs on the page's main thread.
 */

import { SHORTEST } from "../model/bounds.ts";
import type { Ask } from "../model/protocol.ts";
import type { Work } from "../model/work.ts";

/** The number of texts whose result is remembered. */
const MOST = 50;

export class Screen {
  readonly #ask: Ask;
  /** Whether texts are free of keys, the newest last. */
  readonly #known = new Map<string, boolean>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Whether a text is free of private keys; nothing before it was searched. */
  isClean(text: string): boolean | undefined {
    return text.length < SHORTEST ? true : this.#known.get(text);
  }

  /** Searches texts, and says whether all of them are free of private keys. Without an engine the answer is no. */
  async look(...texts: string[]): Promise<boolean> {
    const unknown = texts.filter((text) => this.isClean(text) === undefined);
    const found = unknown.length === 0 ? [] : ((await this.#ask("redact", { texts: unknown })) ?? []);
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

  /** A text with its private keys overwritten. */
  async redacted(text: string): Promise<string> {
    if (await this.look(text)) return text;
    return (await this.#ask("redact", { texts: [text] }))?.[0]?.text ?? "";
  }

  /** Work from a link, a file or a store, without private keys; nothing if there is no engine to search it. */
  async screened(work: Work): Promise<Work | undefined> {
    const named = Object.entries(work.parameters);
    const froms = new Set(work.certificates.map(({ from }) => from));
    const texts = [work.template, ...named.flat(), ...froms, ...Object.values(work.subject ?? {})].filter(
      (text) => text.length >= SHORTEST,
    );
    const found = await this.#ask("redact", { texts });
    if (!found) return undefined;
    const unclean = new Set(texts.filter((_, i) => found[i]?.keys !== 0));
    const clean = (text: string) => !unclean.has(text);
    const { subject, ...others } = work;
    return {
      ...others,
      ...(subject && Object.values(subject).every(clean) && { subject }),
      template: clean(work.template) ? work.template : "",
      certificates: work.certificates.map(({ from, pem }) => ({ from: clean(from) ? from : "", pem })),
      parameters: Object.fromEntries(named.filter((entry) => entry.every(clean))),
    };
  }
}
