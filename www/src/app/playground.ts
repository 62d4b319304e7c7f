/** One playground: the user changes the state, the engine analyses it, the panels show the answer. */

import { CertificateReader } from "../engine/certificate-reader.ts";
import { EngineLink } from "../engine/link.ts";
import { Screen } from "../engine/screen.ts";
import { LONGEST } from "../model/bounds.ts";
import type { GivenAccount } from "../model/account.ts";
import { type Entry, firstReadable, prepareLookup } from "../model/entries.ts";
import type { Lines } from "../model/lines.ts";
import type { Ask } from "../model/protocol.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import { freshState, type Reading, type State } from "../model/state.ts";
import { showable } from "../model/unsearched.ts";
import { type Work, workOf } from "../model/work.ts";
import { byId, type Root } from "../ui/dom.ts";
import type { TextChange } from "../ui/text-change.ts";
import type { Offer } from "../ui/findings.ts";
import { type Notify, notify } from "../ui/notices.ts";
import { turn } from "../ui/turn.ts";
import { commonWords } from "../words/common.ts";
import { Analyser } from "./analyser.ts";
import { CleanWork } from "./clean-work.ts";
import { Edits } from "./edits.ts";
import { late } from "./late.ts";
import type { MountOptions } from "./mount-options.ts";
import { shell } from "./shell.ts";
import { useSample } from "./use-sample.ts";
import { Views } from "./views.ts";

/** Builds a playground in an element, whose content it replaces. All playgrounds of a page share one worker. */
export function mount(root: Root, options: MountOptions): Playground {
  return new Playground(root, options);
}

/** Reading so many certificates may take so long that the user wants to know how far it is. */
const MANY = 500;

/** One playground. */
export class Playground {
  readonly root: Root;
  readonly state: State = freshState();
  /** Resolves when the first plan, or the reason why there is none, is shown and the editor can be used. */
  readonly ready: Promise<void>;
  /** Makes one call to the engine. */
  readonly call: Ask;
  readonly reader: CertificateReader;
  readonly screen: Screen;
  readonly edits: Edits;
  readonly #engine: EngineLink;
  readonly #analyser: Analyser;
  readonly #work: CleanWork;
  readonly #views: Views;
  readonly #opened: Promise<void>;
  /** Resolves when the first answer is shown, or when there will be none. */
  readonly answered: Promise<void>;
  /** Resolves when the work is shown that it was made with, or when it cannot be. */
  readonly shown: Promise<unknown>;
  readonly #seen: Promise<void> | undefined;
  readonly #leaving: () => void;
  /** What the page around gave, as it was read. */
  #original: Work | undefined;
  readonly #given: Work | undefined;
  #show: MountOptions["show"];
  #readOnly = false;
  #lines: readonly Lines[] = [];
  #gone = false;
  /** Marks the newest call of `show`. */
  #wanted: symbol | undefined;

  constructor(root: Root, options: MountOptions) {
    this.root = root;
    shell(root, options.frame, options.actions);
    const changed = () => options.changed?.();
    this.#seen = options.seen;
    this.#leaving = () => options.leaving?.();
    let answered: () => void = () => undefined;
    this.answered = new Promise((resolve) => (answered = resolve));
    this.#engine = new EngineLink(options, (text) => {
      answered();
      this.notify(text, { tone: "warning" });
    });
    this.call = this.#engine.call;
    this.screen = new Screen(this.call);
    this.reader = new CertificateReader(this.call, this.state, () => this.refuseKey());
    this.#work = new CleanWork(this.state, this.screen, changed);
    this.#analyser = new Analyser(this.#engine, this.state, {
      changed: () => {
        changed();
        void this.looked();
      },
      render: () => this.#render(),
      renderFleet: () => this.#views.renderFleet(),
      mark: (source, diagnostics) => this.#views.editor?.show(source, diagnostics),
      analysed: (analysis, question) => {
        answered();
        options.analysed?.(analysis, question);
      },
    });
    const isReadOnly = () => this.#readOnly;
    this.edits = new Edits(this.state, {
      get readOnly() {
        return isReadOnly();
      },
      notify: this.notify,
      analyse: () => this.analyse(),
      reread: () => void this.#reread(),
      putText: (text, moment) => this.#views.editor?.replace(text, moment),
      // The first look is before there are views.
      moment: () => (this.#views as Views | undefined)?.editor?.moment(),
      putOptions: (chosen) => this.#views.putOptions(chosen),
    });
    this.#given = options.original;
    this.#views = new Views(this, options);
    this.set(options);
    const { work, sample } = options;
    const [first] = SAMPLES;
    this.edits.sample = work ? sample : first;
    // Work from outside is shown once the worker has searched it for keys.
    this.edits.setSource(work ? "" : first.template);
    this.#views.wait(this.state.source);
    this.#render();
    this.#opened = this.#engine.opened.then((failure) => {
      if (failure === undefined) return;
      this.state.failure = failure;
      if (options.frame === "embed") this.#showFailure(work);
      answered();
      this.#render();
    });
    this.shown = work ? this.show(work, sample) : useSample(this, first);
    void this.shown.then(() => this.state.source.trim() === "" && answered());
    this.ready = Promise.all([this.shown, this.#views.opened]).then(() => undefined);
  }

  /** Sets which part is shown, and whether the user may change it. */
  set({ show = "full", readOnly = false, lines = [] }: Pick<MountOptions, "show" | "readOnly" | "lines">): void {
    const { root } = this;
    const isPlan = show === "plan" || show === "verdict";
    this.#readOnly = readOnly;
    root.dataset.show = isPlan ? "plan" : show;
    root.toggleAttribute("data-read-only", readOnly);
    root.toggleAttribute("data-can-be-brief", show === "verdict");
    // What the user has opened stays open.
    if (show !== this.#show) root.toggleAttribute("data-brief", show === "verdict");
    this.#show = show;
    this.#views.editor?.setReadOnly(readOnly);
    if (String(lines) !== String(this.#lines)) this.#views.editor?.emphasise(lines);
    this.#lines = lines;
    if (show === "editor") this.#views.go("template");
    if (isPlan) this.#views.go("plan");
    else void this.openEditor();
    if (show !== "verdict") this.#views.openBelow();
    if (this.state.source !== "") this.#render();
  }

  /** Shows the whole plan, or the verdict alone. */
  openPlan(open: boolean): void {
    this.root.toggleAttribute("data-brief", !open);
    // The template may have been opened as well.
    this.root.dataset.show = "plan";
    this.#views.go("plan");
    if (open) this.#views.openBelow();
    this.#render();
  }

  /** Without an engine: why, with as much of the template as may be shown. */
  #showFailure(work: Work | undefined): void {
    const { root, state } = this;
    if (root.dataset.show !== "full") root.dataset.show = "plan";
    this.#views.go("plan");
    root.toggleAttribute("data-failed", true);
    state.unread = showable(work?.template ?? "");
  }

  /** Loads the editor, if it is not loaded yet, once the first plan is shown and seen. */
  openEditor(): Promise<void> {
    return this.#views.openEditor(Promise.all([this.answered, this.#seen]), (editor) => {
      editor.setReadOnly(this.#readOnly);
      editor.emphasise(this.#lines);
      this.state.reading = editor.reading();
      this.edits.follow();
      if (this.state.analysis) this.#analyser.show(this.state.analysis);
    });
  }

  /** Whether the user may change nothing. */
  get readOnly(): boolean {
    return this.#readOnly;
  }

  /** The sample that is shown, as long as nothing of it was changed. */
  get sample(): Sample | undefined {
    return this.edits.sample;
  }

  /** Removes it from the page. The worker continues for the other playgrounds. */
  destroy(): void {
    this.#gone = true;
    this.#analyser.close();
    this.#engine.close();
    this.#views.close();
    this.root.replaceChildren();
  }

  /** Shows a short message. */
  readonly notify: Notify = (text, options) => {
    if (!this.#gone) notify(this.root, text, options);
  };

  /** Says why a text was refused. */
  refuse(text: string): void {
    if (this.screen.isClean(text) === false) this.refuseKey();
    else if (text.length > LONGEST) this.notify(commonWords.textTooLarge, { tone: "warning" });
    else this.notify(commonWords.notSearched, { tone: "warning" });
  }

  /** Says that a private key was refused. */
  refuseKey(): void {
    this.notify(commonWords.keyRefused, { tone: "warning" });
  }

  /** Analyses the state and shows it, at once. */
  analyse(): void {
    this.#analyser.analyse();
  }

  /** Stops planning for all certificates, or begins again. */
  judge(go: boolean): void {
    this.#analyser.judge(go);
  }

  /** The text in the editor, or the way it is shown, has changed. */
  typed(text: string, reading: Reading, how?: TextChange): void {
    const switched = this.state.reading !== reading;
    this.edits.typed(text, reading, how);
    // The same text, shown another way, needs no pause.
    if (switched) this.#render();
    this.#analyser.analyseSoon();
  }

  /** Replaces the template, as one step; `own` is whether the user brought it along. */
  replaceTemplate(text: string, bytes?: Uint8Array, options?: { own?: boolean; title?: string }): void {
    this.edits.replaceTemplate(text, bytes, options);
  }

  undo(then?: () => void): Offer {
    return this.edits.undo(then);
  }

  together(title: string, run: () => Promise<void>): Promise<boolean> {
    return this.edits.together(title, run);
  }

  addEntries(added: Entry[]): void {
    this.edits.addEntries(added);
  }

  setAccount(account: GivenAccount | undefined): void {
    this.edits.setAccount(account);
  }

  way(): () => void {
    return this.edits.way();
  }

  /** Shows strings that hold JSON unfolded, or as they are written, from now on. */
  unfold(unfolded: boolean): void {
    this.#views.unfold(unfolded);
  }

  /** Removes the ways back to earlier work. */
  forgetPast(): void {
    this.edits.forget();
    byId(this.root, "notices").replaceChildren();
  }

  /** The work, as far as it is known to hold no private key. The template is an earlier one until the worker has searched the present one. */
  work(): Work {
    return this.#work.get();
  }

  /** The work with the newest text: only for another playground, which searches it first. Never store or share it. */
  unscreened(): Work {
    return workOf(this.state, this.state.source, () => true);
  }

  /** What the page around gave, once it is shown. */
  get original(): Work | undefined {
    return this.#original;
  }

  /** Searches the present work for private keys, so that `work()` is up to date. */
  looked(): Promise<void> {
    return this.#work.look();
  }

  /**
   * Replaces the present work, and says whether it did: the later of two calls counts. It is a step with this title; without one there is no way
   * back.
   */
  async show(given: Work, sample?: Sample, title?: string): Promise<boolean> {
    const wanted = (this.#wanted = Symbol());
    await this.#opened;
    const work = await this.screen.screened(given);
    if (!work || this.#wanted !== wanted) return false;
    if (work.template !== given.template) this.refuseKey();
    const read = await this.#read(work.certificates, title !== undefined);
    if (!read) return false;
    const entries = read.flat();
    if (entries.length >= MANY) await prepareLookup(entries, turn);
    if (this.#wanted !== wanted) return false;
    if (title !== undefined) this.#leaving();
    const { template: source, subject, options, parameters } = work;
    const authority = work.authority === undefined ? undefined : read[work.authority]?.[0]?.key;
    const chosen = firstReadable(read[work.chosen] ?? []) ?? firstReadable(entries);
    // What is known of the account belongs to the earlier work.
    const account = undefined;
    this.edits.replaceAll({ source, entries, chosen, authority, subject, options, parameters, account, sample }, title);
    this.#work.accept(this.state.source);
    if (title === undefined && this.root.dataset.frame === "embed") this.#original = this.#given ?? this.unscreened();
    this.#views.renderBar();
    return true;
  }

  /** Reads the certificates of work; nothing if the user stopped it, who may only if there is other work to stay with. */
  async #read(certificates: Work["certificates"], mayStop: boolean): Promise<Entry[][] | undefined> {
    if (certificates.length < MANY) return this.reader.readAll(certificates);
    const { progress, intakeWords: words } = await late();
    const following = progress(this.root, words.reading, mayStop ? words.cancel : undefined, true);
    const read = await this.reader.readAll(certificates, following);
    following.end();
    if (!following.stopped) return read;
    this.notify(words.cancelled);
    return undefined;
  }

  /** Reads the certificates again, by a new clock. */
  async #reread(): Promise<void> {
    const again = await this.reader.again();
    if (!again) return;
    this.edits.setReread(again);
  }

  #render(): void {
    // An answer may arrive after the playground was removed.
    if (!this.#gone) this.#views.render(this.edits.sample);
  }
}
