/** Finds out who signed whom among the entries, in slices, so that the worker is never kept busy for long. */

import { authoritiesOf, type Signer, type Signing } from "../model/authorities.ts";
import type { Calls, CallName } from "../model/protocol.ts";
import type { Entry, State } from "../model/state.ts";

/** So many certificates are verified at a time, with all the CAs. */
const SLICE = 250;

type Call = <K extends CallName>(name: K, request: Calls[K]["request"]) => Promise<Calls[K]["result"] | undefined>;

/** Keeps `state.signing` true to the entries. */
export class ChainJudge {
  readonly #call: Call;
  readonly #found: () => void;
  #run = 0;
  #asked: unknown[] = [];

  constructor(call: Call, found: () => void) {
    this.#call = call;
    this.#found = found;
  }

  /** Looks anew where entries or clock have changed. Only where there are CAs is there something to verify. */
  async judge(state: State): Promise<void> {
    const { entries, options } = state;
    const asked = [entries, options.now];
    if (asked.every((value, i) => value === this.#asked[i])) return;
    this.#asked = asked;
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
      const found = await this.#call("chains", { bundle, ...(options.now !== undefined && { now: options.now }) });
      if (run !== this.#run || !found) return;
      add(signing, found, slice);
    }
    state.signing = signing;
    this.#found();
  }
}

/** Adds what was found of a slice. */
function add(to: Signing, { links, devices, diagnostics }: Calls["chains"]["result"], slice: Entry[]): void {
  const keyAt = (position: number) => slice[position]?.key ?? -1;
  for (const { certificate, issuer, signature, reason } of links) {
    const signer: Signer = { signature, reason, issuer: keyAt(issuer) };
    const before = to.signers.get(keyAt(certificate));
    // Of several with one name, the one that signed.
    if (before?.signature !== "verified") to.signers.set(keyAt(certificate), signer);
  }
  for (const { index, path, complete } of devices) to.paths.set(keyAt(index), { path: path.map(keyAt), complete });
  const told = new Set(to.diagnostics.map(({ code, message }) => code + message));
  to.diagnostics.push(...diagnostics.filter(({ code, message }) => !told.has(code + message)));
}
