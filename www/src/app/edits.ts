/** The user's changes to the state. Each is analysed and shown at once. */

import type { GivenAccount } from "../model/account.ts";
import { type Entry, firstDevice, firstReadable, lookup } from "../model/entries.ts";
import type { Options } from "../model/options.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import { nextChosen, type Reading, type State } from "../model/state.ts";
import type { Offer } from "../ui/findings.ts";
import type { Notify } from "../ui/notices.ts";
import type { TextChange } from "../ui/text-change.ts";
import { workWords as words } from "../words/work.ts";
import { History, type Kind, type Moment, type Shown, type Side } from "./history.ts";

/** The part of a playground that this needs. */
export interface EditsHost {
  readonly readOnly: boolean;
  readonly notify: Notify;
  /** Analyses the state and shows it. */
  analyse(): void;
  /** Reads the certificates again, by a new clock. */
  reread(): void;
  /** Shows a text in the editor; as it was shown at that moment, if it is given. */
  putText(text: string, moment?: Moment): void;
  /** What the editor shows. */
  moment(): Moment | undefined;
  /** Shows options in their form. */
  putOptions(options: Options): void;
}

export class Edits {
  readonly #state: State;
  readonly #host: EditsHost;
  readonly #history: History;
  /** The sample that is shown, as long as nothing of it was changed. */
  sample: Sample | undefined;
  /** Several changes become one step. */
  #held: { sampleGone: boolean } | undefined;
  /** The editor shows what the page puts there: nobody types. */
  #putting = false;

  constructor(state: State, host: EditsHost) {
    this.#state = state;
    this.#host = host;
    this.#history = new History(() => ({ ...this.#shown(), moment: host.moment() }));
  }

  /** Sets the text, in the editor too, without an analysis. */
  setSource(text: string, moment?: Moment): void {
    // The editor ends lines with a line feed only, so the analysed text must as well.
    this.#state.source = text.replace(/\r\n?/g, "\n");
    this.#putting = true;
    this.#host.putText(this.#state.source, moment);
    this.#putting = false;
  }

  /** The text in the editor has changed; `whole` is whether all of it was replaced. */
  typed(text: string, reading: Reading, { kind, whole }: TextChange = { kind: "typing", whole: false }): void {
    const before = this.#state.source;
    this.#state.reading = reading;
    this.#state.source = text;
    if (this.#putting) return;
    const gone = whole && text !== before && this.#dropSample(before);
    if (this.sample && text !== this.sample.template) this.sample = undefined;
    this.#commit(words.typing, kind);
    if (gone) this.#sampleGone();
  }

  /**
   * Replaces the whole text, as one step that can be undone; `bytes` are those that it was decoded from, `own` is whether the user brought it
   * along: a sample's certificate does not belong to it.
   */
  replaceTemplate(text: string, bytes?: Uint8Array, { own = false, title = words.template }: { own?: boolean; title?: string } = {}): void {
    if (this.#host.readOnly) return;
    const before = this.#state.source;
    this.setSource(text);
    const gone = own && this.#state.source !== before && this.#dropSample(before);
    if (bytes) this.#state.encoded = { source: this.#state.source, bytes: withLineFeeds(bytes) };
    else delete this.#state.encoded;
    this.sample = undefined;
    this.#host.analyse();
    this.#commit(title);
    if (gone) this.#sampleGone();
  }

  /** Makes one step of all that changes until `run` is done. The answer is whether a sample's certificate was replaced by it. */
  async together(title: string, run: () => Promise<void>): Promise<boolean> {
    const held = { sampleGone: false };
    this.#held = held;
    try {
      await run();
    } finally {
      this.#held = undefined;
      this.#commit(title);
    }
    return held.sampleGone;
  }

  #commit(title: string, kind?: Kind): void {
    if (!this.#held) this.#history.commit(title, kind);
  }

  /** Gives the last step a better name. */
  called(title: string): void {
    const { last } = this.#history;
    if (last) last.title = title;
  }

  /** Offers to undo the last step, unless the user has continued; `then` follows. */
  undo(then?: () => void): Offer {
    const step = this.#history.last;
    const run = () => {
      if (step && this.#history.last === step) {
        this.walk("back");
        then?.();
      } else this.#host.notify(words.changedSince, { tone: "warning" });
    };
    return { title: words.undo, run };
  }

  /** Undoes the last step or redoes the next. The answer is what it is called, and whether it was only typing; nothing if there is none. */
  walk(way: "back" | "forth"): { title: string; typing: boolean } | undefined {
    if (this.#host.readOnly) return undefined;
    const step = this.#history[way]();
    if (!step) return undefined;
    this.#put(way === "back" ? step.before : step.after);
    this.#history.follow();
    return { title: step.title, typing: step.kind === "typing" };
  }

  /** The editor is there, or shows the same another way: that is not a step. */
  follow(): void {
    this.#history.follow();
  }

  /** Forgets all steps. */
  forget(): void {
    this.#history.forget();
  }

  /** Adds to the certificates, and plans for the first of the new ones. */
  addEntries(added: Entry[]): void {
    if (added.length === 0) return;
    const damaged = added.filter((entry) => entry.summary.error !== undefined).length;
    if (damaged > 0 && added.length > 1) {
      this.#host.notify(words.damaged(added.length - damaged, added.length), { tone: "warning" });
    }
    // The user's own certificate does not belong to the sample's.
    const isRead = damaged < added.length;
    const given = isRead && this.#isSample() ? [] : this.#state.entries;
    const fresh = unlike(given, added);
    if (fresh.length < added.length) this.#host.notify(words.twice(added.length - fresh.length));
    if (fresh.length === 0) return;
    const all = given.length === 0 ? fresh : [...given, ...fresh];
    const chosen = nextChosen({ ...this.#state, entries: given }, fresh, all);
    this.setEntries(all, chosen, words.added(fresh.length));
  }

  /** Removes one of the certificates, and plans for the next one if it was chosen. */
  removeEntry(key: number): void {
    const { entries, chosen } = this.#state;
    const at = entries.findIndex((entry) => entry.key === key);
    const left = entries.filter((entry) => entry.key !== key);
    this.setEntries(left, chosen === key ? (firstDevice(entries.slice(at + 1)) ?? firstReadable(left)) : chosen);
  }

  /** Replaces the certificates. */
  setEntries(entries: Entry[], chosen: number | undefined, title = words.removed(this.#state.entries.length - entries.length)): void {
    if (this.#host.readOnly) return;
    const fewer = entries.length < this.#state.entries.length;
    this.sample = undefined;
    this.#state.entries = entries;
    this.#state.chosen = chosen;
    // The certificate tells more than the values of its subject.
    if (chosen !== undefined) this.#state.subject = undefined;
    this.#host.analyse();
    this.#commit(title);
    // Not everybody has a keyboard.
    if (fewer) this.#host.notify(words.done(title), { action: this.undo() });
  }

  /** Plans for another of the certificates. */
  choose(key: number): void {
    this.#state.chosen = key;
    this.#host.analyse();
    this.#history.follow();
  }

  /** Removes the values of a subject. */
  removeSubject(): void {
    if (this.#host.readOnly) return;
    this.#state.subject = undefined;
    this.#host.analyse();
    this.#commit(words.subject);
  }

  /** Registers this CA; without a key the one that jitp finds. */
  register(key: number | undefined): void {
    this.#state.authority = key;
    this.sample = undefined;
    this.#host.analyse();
    this.#commit(words.authority);
  }

  setOptions(options: Options): void {
    const reread = options.now !== this.#state.options.now;
    this.#state.options = options;
    this.#host.analyse();
    this.#commit(words.options, "options");
    if (reread) this.#host.reread();
  }

  setParameters(values: Record<string, string>): void {
    this.#state.parameters = values;
    this.#host.analyse();
    this.#commit(words.parameters, "parameters");
  }

  /** The certificates were read again. */
  setReread(entries: Entry[]): void {
    this.#state.entries = entries;
    this.#host.analyse();
    this.#history.follow();
  }

  /** Sets what is known of the account. */
  setAccount(account: GivenAccount | undefined): void {
    if (this.#host.readOnly) return;
    this.sample = undefined;
    this.#state.account = account;
    this.#host.analyse();
    this.#commit(words.account);
  }

  /** Replaces everything, as a step with this title; without one the history begins here. */
  replaceAll(shown: Shown, title?: string): void {
    this.#put(shown);
    if (title === undefined) this.#history.forget();
    else this.#commit(title);
  }

  /** A way back to the present work. */
  way(): () => void {
    const before = this.#shown();
    return () => this.replaceAll(before, words.replaced);
  }

  #shown(): Shown {
    const { source, entries, chosen, authority, subject, options, parameters, account } = this.#state;
    return { source, entries, chosen, authority, subject, options, parameters, account, sample: this.sample };
  }

  /** Puts some of the work back as it was; the history does not notice. */
  #put(side: Side): void {
    const state = this.#state;
    const { source, sample, moment, ...others } = side;
    const reread =
      (others.options ?? state.options).now !== state.options.now || (others.entries !== undefined && state.options.now !== undefined);
    Object.assign(state, others);
    if (!state.entries.some(({ key }) => key === state.chosen)) state.chosen = firstReadable(state.entries);
    if (source !== undefined) this.setSource(source, moment);
    if (others.options) this.#host.putOptions(others.options);
    if ("sample" in side) this.sample = sample;
    this.#host.analyse();
    if (reread) this.#host.reread();
  }

  /** Whether the certificates are a sample's, and so is the text. */
  #isSample(source = this.#state.source): boolean {
    const { entries } = this.#state;
    const [only] = entries;
    return (
      entries.length === 1 &&
      SAMPLES.some(
        ({ template, certificate }) =>
          certificate.file === only?.from && (template === source || source.trim() === "") && samePem(certificate.pem, only),
      )
    );
  }

  /** The user's own text replaced that of a sample: the sample's certificate belongs to it. */
  #dropSample(before: string): boolean {
    if (!this.#isSample(before)) return false;
    this.#state.entries = [];
    this.#state.chosen = undefined;
    return true;
  }

  #sampleGone(): void {
    if (this.#held) this.#held.sampleGone = true;
    else this.#host.notify(words.sampleGone, { action: this.undo() });
  }
}

/** Whether an entry is this certificate. */
function samePem(pem: string, { summary }: Entry): boolean {
  const body = (text = "") => text.replace(/-----[^-]+-----|\s/g, "");
  return body(pem) === body(summary.pem);
}

/** Those of the added entries that are neither among the others nor twice among themselves. */
function unlike(given: Entry[], added: Entry[]): Entry[] {
  if (given.length === 0 && lookup(added).isDistinct) return added;
  const seen = new Set(given.map(({ summary }) => summary.certificateId));
  return added.filter(({ summary: { certificateId } }) => {
    if (certificateId === undefined) return true;
    const isNew = !seen.has(certificateId);
    seen.add(certificateId);
    return isNew;
  });
}

/** Bytes of a text with the line ends that the editor has, so that places are right. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  const [feed, end] = [0x0a, 0x0d];
  return bytes.filter((byte, i) => byte !== end || bytes[i + 1] !== feed).map((byte) => (byte === end ? feed : byte));
}
