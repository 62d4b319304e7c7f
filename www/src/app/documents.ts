/** Keeps the work of the page in documents: one in each tab, and none over another. */

import { forgetNotes, forgetUnsaved, noteDocuments, noteUnsaved, quietly, showHere, shownHere } from "../documents/tab.ts";
import { hold, newId, type Release } from "../documents/hold.ts";
import { clear, type Head, type Listed, load, nameOf, save } from "../documents/store.ts";
import { authoritiesOf, type Entry } from "../model/entries.ts";
import { fitting } from "../model/limits.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import type { State } from "../model/state.ts";
import { type Work, workOn } from "../model/work.ts";
import { verdictsOf } from "../plan/headline.ts";
import type { Notify } from "../ui/notices.ts";
import { documentsWords as words } from "../words/documents.ts";
import { EARLIER, type Recalled } from "./recall.ts";

export { recall } from "./recall.ts";

/** How long storage may take before the page says so, in milliseconds. */
const SLOW = 5_000;

/** So many characters of certificates do not fit into the note of a page that is left. */
const MOST_NOTED = 4_000_000;

/** How long the work must be unchanged before it is stored, in milliseconds. */
const REST = 400;

/** The part of a playground that this needs. */
export interface DocumentsHost {
  readonly state: State;
  readonly sample: Sample | undefined;
  readonly screen: { isClean(text: string): boolean | undefined };
  readonly notify: Notify;
  work(): Work;
  show(work: Work, sample?: Sample, title?: string): Promise<boolean>;
}

/** What was stored last, to tell whether something has changed. */
interface Stored {
  head: string;
  entries: Entry[];
}

/** Stores the work of a playground shortly after each change. */
export class Documents {
  readonly #host: DocumentsHost;
  #timer = 0;
  #id: string | undefined;
  #release: Release | undefined;
  #stored: Stored | undefined;
  /** What this tab showed before, to return to it instead of making a copy. */
  readonly #left = new Map<string, Stored>();
  /** Writes follow each other. */
  #writing: Promise<void> = Promise.resolve();
  /** What the newest write has not stored yet: a page that is left may not finish it. */
  #pending: { id: string; certificates: boolean } | undefined;
  #told = new Set<string>();
  /** The head of the work that was recalled, until the first look at what is shown. */
  #recalled: string | undefined;
  /** Earlier work is still being read: the tab must not forget which it is. */
  #expecting = false;
  readonly #channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("jitp") : undefined;

  constructor(host: DocumentsHost, recalled: Recalled | undefined) {
    this.#host = host;
    this.#id = recalled?.id;
    this.#release = recalled?.release;
    // What was recalled is stored already; a copy is not stored until it is changed.
    const { certificates: _, ...head } = recalled?.work ?? workOn("");
    if (recalled && (recalled.id !== undefined || recalled.notice !== undefined)) this.#recalled = JSON.stringify(head);
    window.addEventListener("beforeunload", (event) => {
      if (this.#wouldLose()) event.preventDefault();
    });
    window.addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#leave();
    });
  }

  /** The document that is shown, if it is stored. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Calls back when another tab has forgotten everything. */
  onForgotten(run: () => void): void {
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data === "forgotten") run();
    });
  }

  /** Says that a link, or the example of a rule, is open as new work. */
  tellOfLink(back: () => void, rule?: string): void {
    this.#host.notify(rule === undefined ? words.linkIsOpen : words.exampleIsOpen(rule), {
      action: { title: words.backToWork, run: back },
      stay: true,
    });
  }

  /** Storage has not answered yet. Earlier work is shown when it is read, unless the user has begun other work. */
  async expect(recalling: Promise<Recalled | { notice: string } | undefined> | undefined): Promise<void> {
    this.#expecting = true;
    this.#host.notify(words.waiting);
    const late = await recalling;
    this.#expecting = false;
    if (!late || !("work" in late)) return;
    const { id, release, work, sample } = late;
    release?.();
    const open = () => (id === undefined ? this.#host.show(work, sample, words.title) : this.open(id));
    if (this.#host.sample !== undefined) await open();
    else this.#host.notify(words.late, { action: { title: words.openLate, run: () => void open() }, stay: true });
  }

  /** Says that another tab has forgotten everything. */
  tellForgotten(): void {
    this.#host.notify(words.forgottenElsewhere);
  }

  /** Something may have changed. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#write(), REST);
  }

  /** Other work is about to replace the present one, which stays as it is. */
  leaving(): void {
    if (this.#timer !== 0) void this.#write();
    const id = this.#id;
    if (id !== undefined && this.#stored) this.#left.set(id, this.#stored);
    const release = this.#release;
    this.#id = undefined;
    this.#release = undefined;
    this.#stored = undefined;
    void this.#writing.then(() => release?.());
  }

  /** Waits until everything is stored. */
  async settled(): Promise<void> {
    if (this.#timer !== 0) void this.#write();
    await this.#writing;
  }

  /** Opens a document, or a copy of one that another tab shows. */
  async open(id: string): Promise<void> {
    if (id === this.#id) return;
    await this.settled();
    const release = await hold(id);
    const found = await load(id).catch(() => undefined);
    if (!found) {
      release?.();
      this.#host.notify(words.isGone, { tone: "warning" });
      return;
    }
    const name = nameOf(found.listed);
    if (!(await this.#host.show(found.work, undefined, words.opened(name)))) {
      release?.();
      return;
    }
    if (!release) {
      this.#host.notify(words.copied(name));
      return;
    }
    this.#id = id;
    this.#release = release;
    this.#stored = undefined;
    showHere(id);
  }

  /** Forgets what is stored, here and in other tabs. */
  async forget(everywhere: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = 0;
    await this.#writing;
    this.#release?.();
    this.#id = undefined;
    this.#release = undefined;
    this.#stored = undefined;
    this.#left.clear();
    forgetNotes();
    if (!everywhere) return;
    quietly(() => localStorage.removeItem(EARLIER));
    await clear().catch(() => undefined);
    this.#channel?.postMessage("forgotten");
  }

  /** What is to be stored at present; nothing until the worker has searched the text. */
  #present(): { work: Work; head: Head; stored: Stored } | undefined {
    const { state, screen } = this.#host;
    const clean = screen.isClean(state.source);
    const given = this.#host.work();
    if (clean === undefined || given.template !== (clean ? state.source : "")) return undefined;
    const { work, beyond } = fitting(given);
    if (beyond.length > 0) this.#tell(words.beyond(beyond));
    const { certificates: _, ...head } = work;
    return { work, head, stored: { head: JSON.stringify(head), entries: state.entries } };
  }

  #listed(id: string, work: Work): Listed {
    const { state } = this.#host;
    const { words: _, brief, tone } = verdictsOf(state).all;
    const authorities = authoritiesOf(state.entries);
    const devices = state.entries.filter(({ key, summary }) => summary.error === undefined && !authorities.has(key)).length;
    return { id, name: nameIn(state), changed: Date.now(), devices, ...(work.template !== "" && { verdict: { words: brief, tone } }) };
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const present = this.#present();
    if (!present) return this.#writing;
    const { sample } = this.#host;
    const { options, parameters, template, certificates } = present.work;
    const empty = template === "" && certificates.length === 0 && Object.keys(parameters).length === 0;
    if ((sample && Object.keys(options).length === 1) || (empty && this.#id === undefined)) {
      this.#showSample(sample);
      return this.#writing;
    }
    const { stored, work, head } = present;
    if (this.#recalled === stored.head) this.#stored = stored;
    this.#recalled = undefined;
    if (this.#stored?.head === stored.head && this.#stored.entries === stored.entries) return this.#writing;
    const returned =
      this.#id === undefined && [...this.#left].find(([, left]) => left.head === stored.head && left.entries === stored.entries)?.[0];
    if (returned) {
      this.#left.delete(returned);
      this.#stored = stored;
      this.#id = returned;
      showHere(returned);
      this.#writing = this.#writing.then(() => this.#hold(returned));
      return this.#writing;
    }
    const isNew = this.#id === undefined;
    this.#id ??= newId();
    const id = this.#id;
    const others = this.#stored?.entries !== stored.entries || isNew;
    const before = this.#stored;
    this.#stored = stored;
    const listed = this.#listed(id, work);
    const unfinished = this.#pending?.id === id && this.#pending.certificates;
    const pending = (this.#pending = { id, certificates: others || unfinished });
    this.#writing = this.#writing.then(async () => {
      const slow = window.setTimeout(() => this.#tell(words.slow), SLOW);
      try {
        if (isNew) await this.#hold(id);
        await save(listed, head, others ? work.certificates : undefined);
        // A later write may have noted more by now.
        if (this.#pending === pending) forgetUnsaved(id);
        noteDocuments(true);
        if (this.#id === id) showHere(id);
      } catch (error) {
        // The next change tries again.
        if (this.#stored === stored) this.#stored = before;
        if (isNew && this.#id === id) this.#id = undefined;
        this.#tell((error as DOMException | null)?.name === "QuotaExceededError" ? words.full : words.blocked);
      } finally {
        clearTimeout(slow);
        if (this.#pending === pending) this.#pending = undefined;
      }
    });
    return this.#writing;
  }

  /** An unchanged sample is not a document. A document that was shown before stays. */
  #showSample(sample: Sample | undefined): void {
    if (this.#id !== undefined) this.leaving();
    this.#stored = undefined;
    if (this.#expecting) return;
    // A first visitor who changed nothing has nothing to store.
    showHere(sample && (sample !== SAMPLES[0] || shownHere() !== undefined || this.#left.size > 0) ? `sample:${sample.id}` : undefined);
  }

  async #hold(id: string): Promise<void> {
    const release = await hold(id, true);
    if (this.#id === id) this.#release = release;
    else release?.();
  }

  /** Whether leaving the page now would lose something: certificates that are not stored yet, and too many for a note. */
  #wouldLose(): boolean {
    if (this.#timer !== 0) void this.#write();
    if (this.#pending?.certificates !== true || this.#pending.id !== this.#id) return false;
    let size = 0;
    return this.#host.state.entries.some(({ summary }) => (size += summary.pem?.length ?? 0) > MOST_NOTED);
  }

  /** The page may be left at this moment: a database may not have the time, for this write or for one under way. */
  #leave(): void {
    if (this.#timer !== 0) void this.#write();
    const pending = this.#pending;
    if (!pending || pending.id !== this.#id) return;
    const { id } = pending;
    const work = this.#host.work();
    const { certificates, ...head } = fitting(work).work;
    showHere(id);
    noteDocuments(true);
    noteUnsaved(id, JSON.stringify({ listed: this.#listed(id, work), head, ...(pending.certificates && { certificates }) }));
  }

  /** Each trouble is told once. */
  #tell(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#host.notify(text, { tone: "warning" });
  }
}

/** A name that the content gives: of the template, else what the devices become. */
function nameIn({ analysis, entries, chosen }: State): string {
  const { templateName } = analysis?.report ?? {};
  if (templateName !== undefined) return templateName;
  const thing = analysis?.plan?.thing;
  const group = thing?.typeName ?? thing?.groups[0];
  const from = entries.find(({ key }) => key === chosen)?.from;
  return [group, thing?.name].filter((part) => part !== undefined).join(" · ") || (from ?? "");
}
