/** The user's changes to the state. Each is analysed and shown at once. */

import type { GivenAccount } from "../model/account.ts";
import { type Entry, firstDevice, firstReadable } from "../model/entries.ts";
import type { Options } from "../model/options.ts";
import type { Sample } from "../model/samples.ts";
import { nextChosen, type State } from "../model/state.ts";
import type { Offer } from "../ui/findings.ts";
import type { Notify } from "../ui/notices.ts";

/** The part of the state that is set as a whole. */
export interface Shown extends Pick<State, "source" | "entries" | "chosen" | "authority" | "options" | "parameters" | "account"> {
  sample: Sample | undefined;
}

/** The part of a playground that this needs. */
export interface EditsHost {
  readonly readOnly: boolean;
  readonly notify: Notify;
  /** Analyses the state and shows it. */
  analyse(): void;
  /** Reads the certificates again, by a new clock. */
  reread(): void;
  /** Shows a text in the editor. */
  putText(text: string): void;
  undoText(): void;
  /** Shows options in their form. */
  putOptions(options: Options): void;
}

export class Edits {
  readonly #state: State;
  readonly #host: EditsHost;
  /** The sample that is shown, as long as nothing of it was changed. */
  sample: Sample | undefined;

  constructor(state: State, host: EditsHost) {
    this.#state = state;
    this.#host = host;
  }

  /** Sets the text, in the editor too, without an analysis. */
  setSource(text: string): void {
    // The editor ends lines with a line feed only, so the analysed text must as well.
    this.#state.source = text.replace(/\r\n?/g, "\n");
    this.#host.putText(this.#state.source);
  }

  /** The text in the editor has changed. */
  typed(text: string, unfolded: boolean): void {
    this.#state.unfolded = unfolded;
    this.#state.source = text;
    if (this.sample && text !== this.sample.template) this.sample = undefined;
  }

  /** Replaces the whole text, as one step that can be undone; `bytes` are those that it was decoded from. */
  replaceTemplate(text: string, bytes?: Uint8Array): void {
    if (this.#host.readOnly) return;
    this.setSource(text);
    if (bytes) this.#state.encoded = { source: this.#state.source, bytes: withLineFeeds(bytes) };
    else delete this.#state.encoded;
    this.sample = undefined;
    this.#host.analyse();
  }

  /** Offers to undo the last change of the text, unless the user has continued to write. */
  undo(): Offer {
    const done = this.#state.source;
    const run = () => {
      if (this.#state.source === done) {
        this.#host.undoText();
        this.#host.analyse();
      } else this.#host.notify("The text has changed since. Undo step by step in the editor.", { tone: "warning" });
    };
    return { title: "Undo", run };
  }

  /** Adds to the certificates, and plans for the first of the new ones. */
  addEntries(added: Entry[]): void {
    if (added.length === 0) return;
    const damaged = added.filter((entry) => entry.summary.error !== undefined).length;
    if (damaged > 0 && added.length > 1) {
      this.#host.notify(`${added.length - damaged} of ${added.length} entries could be read.`, { tone: "warning" });
    }
    this.setEntries([...this.#state.entries, ...added], nextChosen(this.#state, added));
  }

  /** Removes one of the certificates, and plans for the next one if it was chosen. */
  removeEntry(key: number): void {
    const { entries, chosen } = this.#state;
    const at = entries.findIndex((entry) => entry.key === key);
    const left = entries.filter((entry) => entry.key !== key);
    this.setEntries(left, chosen === key ? (firstDevice(entries.slice(at + 1)) ?? firstReadable(left)) : chosen);
  }

  /** Replaces the certificates. */
  setEntries(entries: Entry[], chosen: number | undefined): void {
    if (this.#host.readOnly) return;
    this.sample = undefined;
    this.#state.entries = entries;
    this.#state.chosen = chosen;
    this.#host.analyse();
  }

  /** Plans for another of the certificates. */
  choose(key: number): void {
    this.#state.chosen = key;
    this.#host.analyse();
  }

  /** Registers this CA; without a key the one that jitp finds. */
  register(key: number | undefined): void {
    this.#state.authority = key;
    this.sample = undefined;
    this.#host.analyse();
  }

  setOptions(options: Options): void {
    const reread = options.now !== this.#state.options.now;
    this.#state.options = options;
    this.#host.analyse();
    if (reread) this.#host.reread();
  }

  setParameters(values: Record<string, string>): void {
    this.#state.parameters = values;
    this.#host.analyse();
  }

  /** Sets what is known of the account. */
  setAccount(account: GivenAccount | undefined): void {
    if (this.#host.readOnly) return;
    this.sample = undefined;
    this.#state.account = account;
    this.#host.analyse();
  }

  /** Replaces everything. */
  replaceAll({ source, sample, ...shown }: Shown): void {
    const reread = shown.options.now !== this.#state.options.now;
    Object.assign(this.#state, shown);
    this.setSource(source);
    this.#host.putOptions(shown.options);
    this.sample = sample;
    this.#host.analyse();
    if (reread) this.#host.reread();
  }

  /** A way back to the present work. */
  way(): () => void {
    const { source, entries, chosen, authority, options, parameters, account } = this.#state;
    const before = { source, entries, chosen, authority, options, parameters, account, sample: this.sample };
    return () => this.replaceAll(before);
  }
}

/** Bytes of a text with the line ends that the editor has, so that places are right. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  const [feed, end] = [0x0a, 0x0d];
  return bytes.filter((byte, i) => byte !== end || bytes[i + 1] !== feed).map((byte) => (byte === end ? feed : byte));
}
