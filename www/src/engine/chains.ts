/** Verifies who signed whom among the entries, in slices, so that the worker is never busy for long. */

import { watchFor } from "../model/watch.ts";
import { authoritiesOf, type Entry } from "../model/entries.ts";
import type { Ask, Calls } from "../model/protocol.ts";
import type { Signer, Signing } from "../model/signing.ts";
import type { State } from "../model/state.ts";

/** The number of certificates that are verified at a time, with all the CAs. */
const SLICE = 250;

/** Keeps `state.signing` up to date. */
export class Chains {
  readonly #ask: Ask;
  readonly #found: () => void;
  #changed = watchFor();
  #run = 0;

  constructor(ask: Ask, found: () => void) {
    this.#ask = ask;
    this.#found = found;
  }

  /** Verifies again if entries or clock changed. Without a CA there is nothing to verify. */
  async update(state: State): Promise<void> {
    const { entries, options } = state;
    if (!this.#changed(entries, options.now)) return;
    const run = ++this.#run;
    const keys = authoritiesOf(entries);
    if (keys.size === 0) {
      delete state.signing;
      return;
    }
    const readable = entries.filter(({ summary }) => summary.error === undefined && summary.pem !== undefined);
    const authorities = readable.filter(({ key }) => keys.has(key));
    const devices = readable.filter(({ key }) => !keys.has(key));
    const signing: Signing = { signers: new Map(), paths: new Map(), diagnostics: [] };
    for (let at = 0; at === 0 || at < devices.length; at += SLICE) {
      const slice = [...authorities, ...devices.slice(at, at + SLICE)];
      const bundle = slice.map(({ summary }) => summary.pem).join("\n");
      const found = await this.#ask("chains", { bundle, ...(options.now !== undefined && { now: options.now }) });
      if (run !== this.#run) return;
      if (!found) {
        // The worker stopped: the next call tries again.
        this.#changed = watchFor();
        return;
      }
      add(signing, found, slice);
    }
    state.signing = signing;
    this.#found();
  }
}

/** Adds the result of a slice. */
function add(to: Signing, { links, devices, diagnostics }: Calls["chains"]["result"], slice: Entry[]): void {
  const keyAt = (position: number) => slice[position]?.key ?? -1;
  for (const { certificate, issuer, signature, reason } of links) {
    const signer: Signer = { signature, reason, issuer: keyAt(issuer) };
    const before = to.signers.get(keyAt(certificate));
    // Several CAs may have the same name: the one that signed counts.
    if (before?.signature !== "verified") to.signers.set(keyAt(certificate), signer);
  }
  for (const { index, path, complete } of devices) to.paths.set(keyAt(index), { path: path.map(keyAt), complete });
  const told = new Set(to.diagnostics.map(({ code, message }) => code + message));
  to.diagnostics.push(...diagnostics.filter(({ code, message }) => !told.has(code + message)));
}
