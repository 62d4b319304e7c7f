/** Puts one playground together: what the reader does changes the state, the state is analysed, the answer is shown. */

import type { Diagnostic, Fix, Span } from "jitp";
import { Announcer } from "./announcer.ts";
import { authoritiesFor, isChosen } from "../model/authorities.ts";
import { calmly } from "./calm.ts";
import { certificateView } from "../certificates/panel.ts";
import { ChainJudge } from "../engine/chains.ts";
import { makeSample } from "../certificates/make-sample.ts";
import { byId, type Root } from "../ui/dom.ts";
import { acceptDrops } from "./drops.ts";
import { EditorSlot } from "../editor/slot.ts";
import type { Analysis, Calls, CallName } from "../model/protocol.ts";
import { EngineLink } from "../engine/link.ts";
import type { Offer } from "../ui/findings.ts";
import { FleetJudge } from "../engine/fleet.ts";
import { fleetView } from "../fleet/table.ts";
import { FLOWS, headings } from "../model/flows.ts";
import { watchSize } from "./frame-size.ts";
import type { MountOptions } from "./mount-options.ts";
import { type NoticeOptions, notify } from "../ui/notices.ts";
import { Pointing, related } from "../ui/pointing.ts";
import { optionsView } from "../plan/options.ts";
import { offerFlow } from "../template/other-flow.ts";
import { parametersView } from "../certificates/request-parameters.ts";
import { planView } from "../plan/panel.ts";
import { Reading, remarkOn } from "../engine/certificate-reader.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import { sampleButtons } from "./sample-buttons.ts";
import { LONGEST, Screen, screenPaste } from "../engine/screen.ts";
import { shell } from "./shell.ts";
import { chosenEntry, type Entry, firstDevice, firstReadable, freshState, nextChosen, type State, templateOf } from "../model/state.ts";
import { stepsNav } from "./steps-nav.ts";
import { takeAwayMenu } from "../export/menu.ts";
import { convert, saveFleet, take } from "../export/actions.ts";
import { takeFiles, takeText } from "./open-files.ts";
import { templateView } from "../template/panel.ts";
import { useSample } from "./use-sample.ts";
import { headline } from "../plan/verdict.ts";
import { type Work, workOf } from "../model/work.ts";

/** How long the page waits for the next key before it looks at the text. */
const TYPING_PAUSE = 120;

const KEY_REFUSED = "A private key was refused. It was not read and is not kept; only certificates belong here.";

/** The part of the state that is set as a whole. */
interface Shown extends Pick<State, "source" | "entries" | "chosen" | "authority" | "options" | "parameters"> {
  sample: Sample | undefined;
}

/** Builds a playground in an element that is empty or may be emptied. Several on one page share one worker. */
export function mount(root: Root, options: MountOptions): Playground {
  return new Playground(root, options);
}

/** One playground. */
export class Playground {
  readonly root: Root;
  readonly state: State = freshState();
  /** Reads certificates for it. */
  readonly reading = new Reading(
    (name, request) => this.call(name, request),
    this.state,
    () => this.refuseKey(),
  );
  /** Looks for private keys. */
  readonly screen = new Screen((name, request) => this.call(name, request));
  /** The first plan is shown, or why there is none, and the editor can be used. */
  readonly ready: Promise<void>;
  readonly #options: MountOptions;
  readonly #announcer: Announcer;
  readonly #calm = calmly((analysis) => this.#show(analysis));
  readonly #fleet: FleetJudge;
  readonly #chains = new ChainJudge(
    (name, request) => this.call(name, request),
    () => this.analyse(),
  );
  readonly #views: { render(state: State): void }[];
  readonly #slot: EditorSlot;
  readonly #pointing: Pointing;
  readonly #choices: ReturnType<typeof optionsView>;
  readonly #nav: ReturnType<typeof stepsNav>;
  readonly #samples: ReturnType<typeof sampleButtons> | undefined;
  readonly #endings: (() => void)[] = [];
  readonly #engine: EngineLink;
  readonly #opened: Promise<void>;
  #readOnly = false;
  #gone = false;
  #typing = 0;
  /** The sample that is shown, as long as nothing of it was changed. */
  #sample: Sample | undefined;
  /** The newest template that is known to hold no private key. */
  #clean = "";
  /** Marks what was to be shown last. */
  #wanted: symbol | undefined;

  constructor(root: Root, options: MountOptions) {
    this.root = root;
    this.#options = options;
    shell(root, options.frame, options.actions);
    this.#engine = new EngineLink(options, (text) => this.notify(text, { tone: "warning" }));
    this.#endings.push(() => this.#engine.close());
    this.#announcer = new Announcer(root);
    this.#pointing = new Pointing(root, {
      plan: () => this.state.analysis?.plan,
      occurrences: () => this.#slot.editor?.occurrences() ?? [],
      light: (ranges, reveal) => this.#slot.editor?.light(ranges, reveal),
    });
    this.#endings.push(watchSize(root, options.frame));
    const findings = {
      ...(options.rules !== undefined && { rules: options.rules }),
      readOnly: () => this.#readOnly,
      jump: (span: Span) => void this.#jump(span),
      fix: (made: Fix) => this.#fix(made),
      offer: (diagnostic: Diagnostic) => offerFlow(this, diagnostic),
    };
    const templates = templateView(root, {
      ...findings,
      files: (files) => void takeFiles(this, files, "template"),
      unfold: (unfolded) => {
        if (!this.#slot.editor?.unfold(unfolded)) this.notify("The body must be a readable string for this.", { tone: "warning" });
        this.analyse();
      },
      convert: (to) => void convert(this, to),
      takeAway: (how, title) => void take(this, "config", title, how),
    });
    this.#slot = new EditorSlot(templates.host, {
      ...findings,
      changed: (text, unfolded) => this.#typed(text, unfolded),
      paste: (event, put) =>
        screenPaste(
          event,
          (text) => this.screen.look(text),
          put,
          (refused) => this.refuse(refused),
        ),
      reached: (words) => this.#announcer.say(words),
      pointed: (occurrence) => this.#pointing.inEditor(occurrence),
    });
    const parameters = parametersView(root, {
      changed: (values) => {
        this.state.parameters = values;
        this.analyse();
      },
      privateKey: (refused) => (refused === undefined ? this.refuseKey() : this.refuse(refused)),
      clean: (text) => this.screen.look(text),
    });
    const certificates = certificateView(root, {
      ...findings,
      files: (files, given) => void takeFiles(this, files, given),
      paste: (text) => void takeText(this, text),
      showPlace: (place) => this.#showPlace(place),
      showAll: () => this.#nav.show("plan"),
      call: (name, request) => this.call(name, request),
      refuseKey: () => this.refuseKey(),
      clean: (text) => this.screen.look(text),
      notify: (text, options) => this.notify(text, options),
      sample: () => void makeSample(this),
      register: (key) => {
        this.state.authority = key;
        this.#sample = undefined;
        this.analyse();
      },
      choose: (key) => this.#choose(key),
      remove: (key) => {
        const { state } = this;
        const at = state.entries.findIndex((entry) => entry.key === key);
        const left = state.entries.filter((entry) => entry.key !== key);
        const heir = firstDevice(state.entries.slice(at + 1)) ?? firstReadable(left);
        this.#setEntries(left, state.chosen === key ? heir : state.chosen);
      },
      clear: () => this.#setEntries([], undefined),
    });
    this.#choices = optionsView(this.state.options, (changed) => {
      const reread = changed.now !== this.state.options.now;
      this.state.options = changed;
      this.analyse();
      if (reread) void this.#reread();
    });
    const fleet = fleetView({
      choose: (key) => this.#choose(key, true),
      save: (as, lines) => void saveFleet(this, as, lines),
    });
    this.#fleet = new FleetJudge(
      (name, request) => this.call(name, request),
      () => fleet.render(this.state),
    );
    const plans = planView(root, fleet.element, this.#choices.element, {
      ...findings,
      showPlace: (place) => this.#showPlace(place),
      show: (view) => {
        this.#nav.show(view);
        byId(root, view).focus();
      },
    });
    const away = takeAwayMenu(root, { take: (...asked) => void take(this, ...asked) });
    this.#nav = stepsNav(root);
    this.#views = [away, templates, parameters, certificates, this.#choices, fleet, plans];
    if (options.frame === "page") this.#samples = sampleButtons(root, SAMPLES, (chosen) => void useSample(this, chosen));
    const drops = acceptDrops(root, options.dropZone ?? root, (files, expected) => void takeFiles(this, files, expected));
    this.#endings.push(drops);
    this.set(options);
    const { work, sample } = options;
    const [first] = SAMPLES;
    this.#sample = work ? sample : first;
    // What comes from outside is shown once the worker has looked for keys in it.
    this.#setSource(work ? "" : first.template);
    this.#slot.wait(this.state.source);
    this.#render();
    this.#opened = this.#engine.opened.then((failure) => {
      if (failure === undefined) return;
      this.state.failure = failure;
      this.#render();
    });
    const shown = work ? this.show(work, sample) : useSample(this, first);
    this.ready = Promise.all([shown, this.#slot.opened]).then(() => undefined);
  }

  /** Shows more or less of it, and lets the reader change it or not. */
  set({ show = "full", readOnly = false }: Pick<MountOptions, "show" | "readOnly">): void {
    this.#readOnly = readOnly;
    this.root.dataset.show = show;
    this.root.toggleAttribute("data-read-only", readOnly);
    this.#slot.editor?.setReadOnly(readOnly);
    if (show === "editor") this.#nav.show("template");
    if (show === "plan") this.#nav.show("plan");
    if (show !== "plan") void this.#openEditor();
    if (this.state.source !== "") this.#render();
  }

  #openEditor(): Promise<void> {
    return this.#slot.open(
      () => this.state.source,
      (editor) => {
        editor.setReadOnly(this.#readOnly);
        if (this.state.analysis) this.#show(this.state.analysis);
      },
    );
  }

  /** Whether the reader may change nothing of it. */
  get readOnly(): boolean {
    return this.#readOnly;
  }

  /** Takes it out of its page; its worker serves the others on. */
  destroy(): void {
    this.#gone = true;
    clearTimeout(this.#typing);
    this.#calm.settle();
    for (const end of this.#endings) end();
    this.root.replaceChildren();
  }

  /** Shows a short message over it. */
  notify(text: string, options?: NoticeOptions): void {
    if (!this.#gone) notify(this.root, text, options);
  }

  /** Says why a text was not taken. */
  refuse(text: string): void {
    if (this.screen.isClean(text) === false) this.refuseKey();
    else if (text.length > LONGEST)
      this.notify("The text was not taken. It is larger than 20 MB, the most that is read here.", { tone: "warning" });
    else this.notify("The text was not taken, because it could not be searched for private keys.", { tone: "warning" });
  }

  /** Says that a private key was refused. */
  refuseKey(): void {
    this.notify(KEY_REFUSED, { tone: "warning" });
  }

  /** Has the state analysed and shown, at once. */
  analyse(): void {
    this.#calm.settle();
    this.#ask();
  }

  /** Puts a whole new text into the editor, as one step that can be undone there, and has it analysed; `bytes` are what it was made of. */
  replaceTemplate(text: string, bytes?: Uint8Array): void {
    if (this.#readOnly) return;
    this.#setSource(text);
    if (bytes) this.state.encoded = { source: this.state.source, bytes: withLineFeeds(bytes) };
    else delete this.state.encoded;
    this.#sample = undefined;
    this.analyse();
  }

  /** Takes back what has just been done to the text, unless the reader has gone on writing since. */
  undo(): Offer {
    const done = this.state.source;
    const run = () => {
      if (this.state.source === done) {
        this.#slot.editor?.undo();
        this.analyse();
      } else this.notify("The text has changed since. Undo step by step in the editor.", { tone: "warning" });
    };
    return { title: "Undo", run };
  }

  /** One call to the engine; nothing where it is not there or stopped, which has been announced already. */
  call<K extends CallName>(name: K, request: Calls[K]["request"]): Promise<Calls[K]["result"] | undefined> {
    return this.#engine.call(name, request);
  }

  /** Has the certificates judged by another clock. */
  async #reread(): Promise<void> {
    const again = await this.reading.again();
    if (!again) return;
    this.state.entries = again;
    this.analyse();
  }

  /** Adds to the certificates, and plans for the first of the new ones. */
  addEntries(added: Entry[]): void {
    if (added.length === 0) return;
    const remark = remarkOn(added);
    if (remark !== undefined) this.notify(remark, { tone: "warning" });
    this.#setEntries([...this.state.entries, ...added], nextChosen(this.state, added));
  }

  /** The sample that is shown, as long as nothing of it was changed. */
  get sample(): Sample | undefined {
    return this.#sample;
  }

  /** Takes away the ways back to what was there before. */
  forgetPast(): void {
    this.#slot.editor?.forgetPast();
    byId(this.root, "notices").replaceChildren();
  }

  /** What the reader works on, as far as it is known to hold no private key; of a text that has just changed it is what stood there before. */
  work(): Work {
    return workOf(this.state, this.#clean, (text) => this.screen.isClean(text) === true);
  }

  /** The same with what has just been typed: for who shows it again, which looks for keys first, and for nothing that is stored or shared. */
  unscreened(): Work {
    return workOf(this.state, this.state.source, () => true);
  }

  /** Looks for keys in what there is now, so that `work()` is up to date. */
  async looked(): Promise<void> {
    const { source, parameters } = this.state;
    await this.screen.look(source, ...Object.entries(parameters).flat());
    const clean = this.screen.isClean(source);
    if (source !== this.state.source || clean === undefined) return;
    const before = this.#clean;
    this.#clean = clean ? source : "";
    if (before !== this.#clean) this.#options.changed?.();
  }

  /** Shows other work in the place of what is there, and says whether it did: of two that are shown at once the later one stays. */
  async show(given: Work, sample?: Sample): Promise<boolean> {
    const wanted = (this.#wanted = Symbol());
    await this.#opened;
    const work = await this.screen.screened(given);
    if (!work || this.#wanted !== wanted) return false;
    if (work.template !== given.template) this.refuseKey();
    const read = await Promise.all(work.certificates.map(({ from, pem }) => this.reading.read(pem, from)));
    if (this.#wanted !== wanted) return false;
    const { template: source, options, parameters } = work;
    const authority = work.authority === undefined ? undefined : read[work.authority]?.[0]?.key;
    const chosen = firstReadable(read[work.chosen] ?? []) ?? firstReadable(read.flat());
    this.#take({ source, entries: read.flat(), chosen, authority, options, parameters, sample });
    this.#clean = this.state.source;
    return true;
  }

  /** A way back to what is shown now. */
  way(): () => void {
    const { source, entries, chosen, authority, options, parameters } = this.state;
    const before = { source, entries, chosen, authority, options, parameters, sample: this.#sample };
    return () => this.#take(before);
  }

  #take({ source, sample, ...shown }: Shown): void {
    const reread = shown.options.now !== this.state.options.now;
    Object.assign(this.state, shown);
    this.#setSource(source);
    this.#choices.set(shown.options);
    this.#sample = sample;
    this.analyse();
    if (reread) void this.#reread();
  }

  /** Plans for another of the certificates. */
  #choose(key: number, show = false): void {
    this.state.chosen = key;
    this.analyse();
    if (show) byId(this.root, "verdict").scrollIntoView({ block: "nearest" });
  }

  #setEntries(entries: Entry[], chosen: number | undefined): void {
    if (this.#readOnly) return;
    this.#sample = undefined;
    this.state.entries = entries;
    this.state.chosen = chosen;
    this.analyse();
  }

  #setSource(text: string): void {
    // The editor ends lines with a line feed only, so the text that is analysed must as well.
    this.state.source = text.replace(/\r\n?/g, "\n");
    this.#slot.editor?.replace(this.state.source);
  }

  #render(): void {
    // An answer may still have been under way.
    if (this.#gone) return;
    const { state, root } = this;
    headings(root, state.options.flow);
    this.#samples?.render(this.#sample);
    for (const view of this.#views) view.render(state);
    this.#pointing.refresh();
    const verdict = headline(state);
    this.#nav.render(verdict.brief, verdict.tone, FLOWS[state.options.flow].input);
    this.#announcer.verdict(verdict, state);
  }

  /** Asks the engine; without a template there is nothing to ask. */
  #ask(): void {
    clearTimeout(this.#typing);
    this.#options.changed?.();
    void this.looked();
    const { state } = this;
    const empty = state.source.trim() === "";
    if (empty) {
      state.analysis = undefined;
      void this.#fleet.judge(state);
    }
    const pem = chosenEntry(state)?.summary.pem;
    // A plan that was made for another certificate must not stay beside this one.
    if (pem === undefined && state.options.flow === "jitp" && state.analysis) delete state.analysis.plan;
    this.#render();
    const { analyst } = this.#engine;
    if (analyst) void this.#chains.judge(state);
    if (!analyst || empty) {
      this.#slot.editor?.show(state.source, []);
      return;
    }
    const { options } = state;
    const authorities = options.flow === "jitp" ? authoritiesFor(state) : undefined;
    const request = {
      ...templateOf(state),
      ...(pem !== undefined && { certificate: pem }),
      ...(authorities !== undefined && { authorities }),
      chosen: isChosen(state),
    };
    analyst.analyse(request, (analysis) => this.#calm.take(analysis));
  }

  #show(analysis: Analysis): void {
    if (analysis.source !== this.state.source) return;
    this.state.analysis = analysis;
    this.#render();
    this.#options.analysed?.(analysis);
    this.#slot.editor?.show(analysis.source, analysis.plan?.diagnostics ?? analysis.report.diagnostics);
    void this.#fleet.judge(this.state);
  }

  #typed(text: string, unfolded: boolean): void {
    const switched = this.state.unfolded !== unfolded;
    this.state.unfolded = unfolded;
    this.state.source = text;
    if (this.#sample && text !== this.#sample.template) this.#sample = undefined;
    // The same text, shown another way, needs no pause.
    if (switched) this.#render();
    this.#calm.typed();
    clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#ask(), TYPING_PAUSE);
  }

  async #jump(span: Span): Promise<void> {
    // Where the plan stood alone, the reader now wants to see why.
    if (this.root.dataset.show === "plan") this.root.dataset.show = "full";
    this.#nav.show("template");
    if (!this.#slot.editor) await this.#openEditor();
    this.#slot.editor?.jump(span);
  }

  /** Leads to where the template says it. */
  #showPlace(place: string): void {
    const [first] = related(place, this.state.analysis?.plan, this.#slot.editor?.occurrences() ?? []).ranges;
    if (!first) return;
    this.#nav.show("template");
    this.#slot.editor?.select(first);
  }

  #fix(made: Fix): void {
    if (this.#readOnly || !this.#slot.editor?.apply(this.state.analysis?.source ?? "", made)) return;
    this.analyse();
    this.notify(`${made.title}: done.`, { action: this.undo() });
  }
}

/** Bytes of a text with the ends of lines as the editor has them, so that places hold. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  const [feed, end] = [0x0a, 0x0d];
  return bytes.filter((byte, i) => byte !== end || bytes[i + 1] !== feed).map((byte) => (byte === end ? feed : byte));
}
