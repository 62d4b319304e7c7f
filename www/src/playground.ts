/** Puts one playground together: what the reader does changes the state, the state is analysed, the answer is shown. */

import type { Diagnostic, Fix, Flow, Span } from "jitp";
import { calmly } from "./calm.ts";
import { certificateView } from "./certificates.ts";
import { byId, h, type Root } from "./dom.ts";
import { acceptDrops } from "./drops.ts";
import type { Editor } from "./editor.ts";
import type { Analysis, Calls, CallName } from "./protocol.ts";
import { type Analyst, EngineStopped, openEngine } from "./engine.ts";
import type { Offer } from "./findings.ts";
import { FLOWS, headings } from "./flows.ts";
import { watchSize } from "./frame-size.ts";
import { type NoticeOptions, notify } from "./notices.ts";
import { optionsView } from "./options.ts";
import { painted } from "./painted.ts";
import { parametersView } from "./parameters.ts";
import { planView } from "./plan-view.ts";
import { type Sample, SAMPLES } from "./samples.ts";
import { sampleButtons } from "./sample-buttons.ts";
import { type Frame, shell } from "./shell.ts";
import { chosenEntry, type Entry, firstReadable, freshState, type State } from "./state.ts";
import { stepsNav } from "./steps-nav.ts";
import { convert, takeAway } from "./template-actions.ts";
import { takeFiles, takeText } from "./taking.ts";
import { templateView } from "./template-view.ts";
import { headline } from "./verdict.ts";

/** How long the page waits for the next key before it looks at the text. */
const TYPING_PAUSE = 120;

/** The rule that a template is written for another flow. */
const OTHER_FLOW = "JITP041";

const KEY_REFUSED = "A private key was refused. It was not read and is not kept; only certificates belong here.";

/** How a playground is set up. */
export interface MountOptions {
  frame: Frame;
  /** Where files may be dropped; by default on the playground itself. */
  dropZone?: EventTarget;
  /** Where the wasm file lies. */
  wasm: string | URL;
  /** After the wasm module was loaded, and never if it could not be. */
  loaded?(): void;
}

/** Builds a playground in an element that is empty or may be emptied. Several on one page share one worker. */
export function mount(root: Root, options: MountOptions): Playground {
  return new Playground(root, options);
}

/** One playground. */
export class Playground {
  readonly root: Root;
  readonly state: State = freshState();
  /** The first plan is shown, or why there is none, and the editor can be used. */
  readonly ready: Promise<void>;
  readonly #options: MountOptions;
  readonly #calm = calmly((analysis) => this.#show(analysis));
  readonly #views: { render(state: State): void }[];
  readonly #editorHost: HTMLElement;
  readonly #nav: ReturnType<typeof stepsNav>;
  readonly #samples: ReturnType<typeof sampleButtons> | undefined;
  readonly #endings: (() => void)[] = [];
  #engine: Analyst | undefined;
  #editor: Editor | undefined;
  #keys = 0;
  #typing = 0;
  /** The verdict that was announced last. */
  #announced = "";
  /** The sample that is shown, as long as nothing of it was changed. */
  #sample: Sample | undefined;
  /** The sample that was asked for last. */
  #wanted: Sample | undefined;

  constructor(root: Root, options: MountOptions) {
    this.root = root;
    this.#options = options;
    shell(root, options.frame);
    this.#endings.push(watchSize(root, options.frame));
    const findings = {
      jump: (span: Span) => this.#jump(span),
      fix: (made: Fix) => this.#fix(made),
      offer: (diagnostic: Diagnostic) => this.#offer(diagnostic),
    };
    const templates = templateView(root, {
      ...findings,
      files: (files) => void takeFiles(this, files, "template"),
      convert: (to) => void convert(this, to),
      takeAway: (how) => void takeAway(this, how),
    });
    this.#editorHost = templates.host;
    const parameters = parametersView(root, {
      changed: (values) => {
        this.state.parameters = values;
        this.analyse();
      },
      privateKey: () => this.refuseKey(),
    });
    const certificates = certificateView(root, {
      files: (files) => void takeFiles(this, files, "certificate"),
      paste: (text) => void takeText(this, text),
      choose: (key) => {
        this.state.chosen = key;
        this.analyse();
      },
      remove: (key) => {
        const { state } = this;
        const at = state.entries.findIndex((entry) => entry.key === key);
        const left = state.entries.filter((entry) => entry.key !== key);
        const heir = firstReadable(state.entries.slice(at + 1)) ?? firstReadable(left);
        this.#setEntries(left, state.chosen === key ? heir : state.chosen);
      },
      clear: () => this.#setEntries([], undefined),
    });
    const choices = optionsView(this.state.options, (changed) => {
      this.state.options = changed;
      this.analyse();
    });
    const plans = planView(root, choices.element, {
      ...findings,
      show: (view) => {
        this.#nav.show(view);
        byId(root, view).focus();
      },
    });
    this.#nav = stepsNav(root);
    this.#views = [templates, parameters, certificates, choices, plans];
    if (options.frame === "page") this.#samples = sampleButtons(root, SAMPLES, (chosen) => void this.#useSample(chosen));
    const drops = acceptDrops(root, options.dropZone ?? root, (files, expected) => void takeFiles(this, files, expected));
    this.#endings.push(drops);
    this.ready = this.#start();
  }

  /** Takes it out of its page; its worker serves the others on. */
  destroy(): void {
    clearTimeout(this.#typing);
    this.#calm.settle();
    for (const end of this.#endings) end();
    this.root.replaceChildren();
  }

  /** Shows a short message over it. */
  notify(text: string, options?: NoticeOptions): void {
    notify(this.root, text, options);
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

  /** Puts a whole new text into the editor, as one step that can be undone there, and has it analysed. */
  replaceTemplate(text: string): void {
    this.#setSource(text);
    this.#sample = undefined;
    this.analyse();
  }

  /** Takes back what has just been done to the text, unless the reader has gone on writing since. */
  undo(): Offer {
    const done = this.state.source;
    const run = () => {
      if (this.state.source === done) {
        this.#editor?.undo();
        this.analyse();
      } else this.notify("The text has changed since. Undo step by step in the editor.", { tone: "warning" });
    };
    return { title: "Undo", run };
  }

  /** One call to the engine; nothing where it is not there or stopped, which has been announced already. */
  async call<K extends CallName>(name: K, request: Calls[K]["request"]): Promise<Calls[K]["result"] | undefined> {
    try {
      return await this.#engine?.call(name, request);
    } catch (error) {
      if (error instanceof EngineStopped) return undefined;
      throw error;
    }
  }

  /** What jitp reads from a bundle. */
  async read(bundle: string | Uint8Array, from: string): Promise<Entry[]> {
    const summaries = (await this.call("read", { bundle })) ?? [];
    return summaries.map((summary) => ({ key: ++this.#keys, from, summary }));
  }

  /** Adds to the certificates, and plans for the first of the new ones. */
  addEntries(added: Entry[]): void {
    if (added.length === 0) return;
    const damaged = added.filter((entry) => entry.summary.error !== undefined).length;
    if (damaged > 0 && added.length > 1) {
      this.notify(`${added.length - damaged} of ${added.length} entries could be read.`, { tone: "warning" });
    }
    this.#setEntries([...this.state.entries, ...added], firstReadable(added) ?? this.state.chosen);
  }

  #setEntries(entries: Entry[], chosen: number | undefined): void {
    this.#sample = undefined;
    this.state.entries = entries;
    this.state.chosen = chosen;
    this.analyse();
  }

  #setSource(text: string): void {
    // The editor ends lines with a line feed only, so the text that is analysed must as well.
    this.state.source = text.replace(/\r\n?/g, "\n");
    this.#editor?.replace(this.state.source);
  }

  #render(): void {
    const { state, root } = this;
    headings(root, state.options.flow);
    this.#samples?.render(this.#sample);
    for (const view of this.#views) view.render(state);
    const { words, brief, summary, caveat, tone } = headline(state);
    this.#nav.render(brief, tone, FLOWS[state.options.flow].input);
    // Only what is new is announced, or every key would be answered.
    const announcement =
      state.failure === undefined
        ? [`${words}.`, summary, caveat && `But: ${caveat}`].filter(Boolean).join(" ")
        : `Could not start. ${state.failure}`;
    if (announcement === this.#announced) return;
    this.#announced = announcement;
    this.#announce(announcement);
  }

  /** Has screen readers say something at the next pause. */
  #announce(text: string): void {
    byId(this.root, "announcer").textContent = text;
  }

  /** Asks the engine; without a template there is nothing to ask. */
  #ask(): void {
    clearTimeout(this.#typing);
    const { state } = this;
    const empty = state.source.trim() === "";
    if (empty) state.analysis = undefined;
    const pem = chosenEntry(state)?.summary.pem;
    // A plan that was made for another certificate must not stay beside this one.
    if (pem === undefined && state.options.flow === "jitp" && state.analysis) delete state.analysis.plan;
    this.#render();
    if (!this.#engine || empty) {
      this.#editor?.show(state.source, []);
      return;
    }
    const { source, options, parameters } = state;
    const request = { source, options, parameters, ...(pem === undefined ? {} : { certificate: pem }) };
    this.#engine.analyse(request, (analysis) => this.#calm.take(analysis));
  }

  #show(analysis: Analysis): void {
    if (analysis.source !== this.state.source) return;
    this.state.analysis = analysis;
    this.#render();
    this.#editor?.show(analysis.source, analysis.plan?.diagnostics ?? analysis.report.diagnostics);
  }

  #typed(text: string): void {
    this.state.source = text;
    if (this.#sample && text !== this.#sample.template) this.#sample = undefined;
    this.#calm.typed();
    clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#ask(), TYPING_PAUSE);
  }

  #jump(span: Span): void {
    this.#nav.show("template");
    this.#editor?.jump(span);
  }

  #fix(made: Fix): void {
    if (!this.#editor?.apply(this.state.analysis?.source ?? "", made)) return;
    this.analyse();
    this.notify(`${made.title}: done.`, { action: this.undo() });
  }

  /** A template of another flow can be judged as what it is. */
  #offer({ code }: Diagnostic): Offer | undefined {
    const flow = this.state.analysis?.report.writtenFor;
    if (code !== OTHER_FLOW || flow === undefined) return undefined;
    return { title: `Judge as ${FLOWS[flow].name}`, run: () => this.#judgeAs(flow) };
  }

  #judgeAs(flow: Flow): void {
    const before = this.state.options.flow;
    const judge = (flow: Flow) => {
      this.state.options = { ...this.state.options, flow };
      this.analyse();
    };
    judge(flow);
    const back = { title: `Back to ${FLOWS[before].name}`, run: () => judge(before) };
    this.notify(`Judged as ${FLOWS[flow].name} now. Fill in the parameters under ${FLOWS[flow].input}.`, { action: back });
  }

  async #useSample(chosen: Sample): Promise<void> {
    const { state } = this;
    const before = { source: state.source, entries: state.entries, chosen: state.chosen, sample: this.#sample, flow: state.options.flow };
    const own = this.#sample === undefined && (before.source.trim() !== "" || before.entries.length > 0);
    this.#wanted = chosen;
    const entries = await this.read(chosen.certificate.pem, chosen.certificate.file);
    // Another sample may have been asked for meanwhile.
    if (this.#wanted !== chosen) return;
    const take = (source: string, entries: Entry[], key: number | undefined, flow: Flow, sample: Sample | undefined) => {
      this.#setSource(source);
      state.options = { ...state.options, flow };
      this.#setEntries(entries, key);
      this.#sample = sample;
      this.#render();
    };
    take(chosen.template, entries, firstReadable(entries), "jitp", chosen);
    if (!own) return;
    this.notify("The sample has taken the place of your template and certificates.", {
      action: {
        title: "Bring mine back",
        run: () => take(before.source, before.entries, before.chosen, before.flow, before.sample),
      },
      stay: true,
    });
  }

  async #start(): Promise<void> {
    const [first] = SAMPLES;
    this.#sample = first;
    this.#setSource(first.template);
    this.#render();
    // The largest of the scripts, so that the plan is seen before it is asked for.
    const loadingEditor = painted().then(() => import("./editor.ts"));
    this.#editorHost.replaceChildren(h("pre", { class: "editor-waiting" }, this.state.source));
    try {
      const engine = await openEngine(this.#options.wasm);
      const { analyst, close } = engine.attend((cause) =>
        this.notify(
          `The engine stopped on this input and was started again (${cause}). Change the template or the certificate to go on.`,
          { tone: "warning" },
        ),
      );
      this.#engine = analyst;
      this.#endings.push(close);
      this.#options.loaded?.();
      await this.#useSample(first);
    } catch (error) {
      this.state.failure = error instanceof Error ? error.message : String(error);
      this.#render();
    }
    const { createEditor } = await loadingEditor;
    this.#editor = createEditor(this.#editorHost, this.state.source, {
      changed: (text) => this.#typed(text),
      fix: (made) => this.#fix(made),
      offer: (diagnostic) => this.#offer(diagnostic),
      privateKey: () => this.refuseKey(),
      reached: (words) => this.#announce(words),
    });
    if (this.state.analysis) this.#show(this.state.analysis);
  }
}
