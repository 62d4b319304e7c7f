/** Builds the panels of a playground, and connects their events to its actions. */

import type { Diagnostic, Fix, Span } from "jitp";
import type { SampleHost } from "../certificates/make-sample.ts";
import { certificatePanel } from "../certificates/panel.ts";
import { parametersView } from "../certificates/request-parameters.ts";
import type { Editor } from "../editor/editor.ts";
import { EditorSlot } from "../editor/slot.ts";
import type { Screen } from "../engine/screen.ts";
import type { ExportHost } from "../export/deliver.ts";
import { exportMenu } from "../export/menu.ts";
import type { fleetTable } from "../fleet/table.ts";
import { flowWords } from "../words/flows.ts";
import type { Group } from "../model/fleet.ts";
import { related } from "../model/occurrences.ts";
import type { Options } from "../model/options.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import type { Reading, State } from "../model/state.ts";
import type { Work } from "../model/work.ts";
import { verdictsOf } from "../plan/headline.ts";
import { optionsForm } from "../plan/options-form.ts";
import { planPanel } from "../plan/panel.ts";
import { convert, type ConvertHost } from "../template/convert.ts";
import type { FlowHost } from "../template/other-flow.ts";
import { templatePanel } from "../template/panel.ts";
import { byId, h, type Root } from "../ui/dom.ts";
import type { FindingEvents } from "../ui/findings.ts";
import { isolated } from "../ui/visible.ts";
import { verdictWords as say } from "../words/verdict.ts";
import { screenText } from "../ui/paste.ts";
import type { TextChange } from "../ui/text-change.ts";
import { Pointing } from "../ui/pointing.ts";
import { workWords as words } from "../words/work.ts";
import { Announcer } from "./announcer.ts";
import type { BarHost } from "./embed-bar.ts";
import { recallSizes } from "./divider-sizes.ts";
import { acceptDrops, acceptPastes } from "./drops.ts";
import type { Edits } from "./edits.ts";
import type { Expected } from "./file-content.ts";
import { watchSize } from "./frame-size.ts";
import { headings } from "./headings.ts";
import { bar, below, late } from "./late.ts";
import type { LatePanelsHost } from "./late-panels.ts";
import type { MountOptions } from "./mount-options.ts";
import { offersFor } from "./offers.ts";
import type { FilesHost } from "./open-files.ts";
import { walk } from "./walk.ts";
import { sampleButtons } from "./sample-buttons.ts";
import { stepsNav, type PagePart } from "./steps-nav.ts";
import { type SamplesHost, useSample } from "./use-sample.ts";

/** The part of a playground that the panels need. */
export interface ViewsHost extends SampleHost, FlowHost, ConvertHost, ExportHost, FilesHost, SamplesHost, BarHost {
  readonly root: Root;
  readonly state: State;
  readonly edits: Edits;
  readonly screen: Screen;
  readonly reader: SampleHost["reader"] & FilesHost["reader"];
  show(work: Work, sample?: Sample, title?: string): Promise<boolean>;
  refuseKey(): void;
  /** Analyses the state and shows it, at once. */
  analyse(): void;
  /** Stops planning for all certificates, or begins again. */
  judge(go: boolean): void;
  /** The text in the editor, or the way it is shown, has changed. */
  typed(text: string, reading: Reading, how: TextChange): void;
  /** Loads the editor, if it is not loaded yet. */
  openEditor(): Promise<void>;
}

export class Views {
  readonly #host: ViewsHost;
  readonly #mounted: MountOptions;
  readonly #slot: EditorSlot;
  readonly #panels: { render(state: State): void }[];
  readonly #template: ReturnType<typeof templatePanel>;
  readonly #plan: ReturnType<typeof planPanel>;
  readonly #certificates: ReturnType<typeof certificatePanel>;
  /** The table of all devices, which is loaded when there are several. */
  #fleet: ReturnType<typeof fleetTable> | undefined;
  /** The group of devices that the user asked for, maybe before there was a table. */
  #only: Group | undefined;
  /** Which verdict each fix would give, which is loaded with the editor. */
  #previews: ReturnType<typeof import("./previews.ts").previews> | undefined;
  /** What can be done about each cause, which is loaded with the table. */
  #groups: ReturnType<typeof import("./group-remedies.ts").groupRemedies> | undefined;
  readonly #findings: FindingEvents;
  readonly #fleetSlot = h("div");
  readonly #options: ReturnType<typeof optionsForm>;
  readonly #nav: ReturnType<typeof stepsNav>;
  readonly #samples: ReturnType<typeof sampleButtons> | undefined;
  readonly #pointing: Pointing;
  /** Where the account will be: what was given, and what the plan changes in it. Both are loaded with the editor. */
  readonly #account = { given: h("div", { class: "account-slot" }), changes: h("div") };
  /** Where the form on access will be, which is loaded with the editor. */
  readonly #asking = h("div");
  readonly #announcer: Announcer;
  /** Resolves when the whole plan can be shown, if it is to be. */
  #below: Promise<void> | undefined;
  /** The bar of a playground in another page. */
  #bar: { render(): void } | undefined;
  readonly #endings: (() => void)[] = [];
  readonly #ended = new AbortController();

  constructor(host: ViewsHost, options: MountOptions) {
    this.#host = host;
    this.#mounted = options;
    const { root, edits } = host;
    const clean = (text: string) => host.screen.look(text);
    this.#announcer = new Announcer(root);
    this.#pointing = new Pointing(root, {
      traced: () => host.state.analysis?.traced,
      occurrences: () => this.editor?.occurrences() ?? [],
      shown: (written) => this.editor?.shown(written),
      light: (ranges, reveal) => this.editor?.light(ranges, reveal),
    });
    this.#endings.push(watchSize(root, options.frame));
    if (options.frame === "page") recallSizes(root);
    const findings = {
      unfolds: () => options.reading?.unfolds() ?? true,
      placeShown: (span: Span) => this.#placeShown(span),
      ...(options.rules !== undefined && { rules: options.rules }),
      readOnly: () => host.readOnly,
      jump: (span: Span) => void this.#jump(span),
      fix: (fix: Fix) => void this.#fix(fix),
      preview: (place: HTMLElement, key: string) => this.#previews?.show(host.state.analysis, place, key),
      offers: (diagnostic: Diagnostic) => offersFor(host, diagnostic),
    };
    this.#findings = findings;
    const template = (this.#template = templatePanel(root, {
      ...findings,
      files: (files) => void late().then(({ openFiles }) => openFiles(host, files, "template")),
      unfold: (unfolded) => {
        this.unfold(unfolded);
        host.analyse();
      },
      convert: (to) => void convert(host, to),
      export: (how, title) => void late().then(({ deliver }) => deliver(host, "config", title, how)),
    }));
    this.#slot = new EditorSlot(
      template.host,
      {
        ...findings,
        changed: (text, reading, how) => host.typed(text, reading, how),
        walk: (way) => walk(host, way, true),
        given: (event, text, place, put) => {
          const take = (taken: string) => void late().then(({ giveEditor }) => giveEditor(host, taken, place, put));
          return screenText(event, text, take, (refused) => host.refuse(refused));
        },
        reached: (words) => this.#announcer.say(words),
        pointed: (occurrence) => this.#pointing.inEditor(occurrence),
      },
      late,
    );
    const parameters = parametersView(root, {
      changed: (values) => edits.setParameters(values),
      privateKey: (refused) => (refused === undefined ? host.refuseKey() : host.refuse(refused)),
      clean,
    });
    const certificates = certificatePanel(root, {
      ...findings,
      files: (files, given) => void late().then(({ openFiles }) => openFiles(host, files, given)),
      paste: (text) => void late().then(({ openText, intakeWords }) => openText(host, text, intakeWords.pasted, "certificate")),
      details: (summary) => void late().then(({ certificateDialog }) => certificateDialog(root, summary, options.rules)),
      showPlace: (place) => this.#showPlace(place),
      showAll: () => this.#nav.show("plan"),
      call: host.call,
      refuseKey: () => host.refuseKey(),
      clean,
      notify: host.notify,
      sample: () => void late().then(({ makeSample }) => makeSample(host)),
      registration: () => late().then(({ registrationView }) => registrationView),
      register: (key) => edits.register(key),
      choose: (key) => edits.choose(key),
      remove: (key) => edits.removeEntry(key),
      removeSubject: () => edits.removeSubject(),
      clear: () => edits.setEntries([], undefined),
    });
    root.querySelector("#certificate .drop")?.after(this.#account.given);
    this.#options = optionsForm(host.state.options, (changed) => edits.setOptions(changed));
    const plan = planPanel(
      root,
      this.#fleetSlot,
      this.#options.element,
      this.#account.changes,
      this.#asking,
      {
        ...findings,
        showPlace: (place) => this.#showPlace(place),
        showRemedies: (place, group) => this.#groups?.show(host.state.analysis?.source, place, group),
        showGroup: (group) => {
          this.#only = group;
          if (root.hasAttribute("data-brief")) host.openPlan(true);
          this.#fleet?.showOnly(group);
        },
        show: (view) => this.#show(view),
        showCertificate: () => {
          // The plan was shown alone; now the user wants to see why.
          if (root.dataset.show === "plan") root.dataset.show = "full";
          this.#show("certificate");
          root.querySelector("#certificate .card .findings")?.scrollIntoView({ block: "nearest" });
        },
      },
      below,
    );
    const exports = exportMenu(root, { export: (...asked) => void late().then(({ deliver }) => deliver(host, ...asked)) });
    this.#nav = stepsNav(root);
    this.#plan = plan;
    this.#certificates = certificates;
    this.#panels = [exports, template, parameters, certificates, this.#options, plan];
    if (options.frame === "embed")
      void bar().then(({ embedBar }) => {
        if (this.#ended.signal.aborted) return;
        this.#bar = embedBar(host, options.page);
        this.#bar.render();
      });
    if (options.frame === "page")
      this.#samples = sampleButtons(root, SAMPLES, (chosen) => void useSample(host, chosen, words.sample(chosen.title)));
    const zone = options.dropZone ?? root;
    const files = (given: File[], expected: Expected) => void late().then(({ openFiles }) => openFiles(host, given, expected));
    const text = (given: string, how: "pasted" | "dropped", expected: Expected) =>
      void late().then(({ openText, intakeWords }) => openText(host, given, intakeWords[how], expected));
    this.#endings.push(acceptDrops(root, zone, { files, text }), acceptPastes(root, zone, { files, text }));
  }

  /** The editor, once it is loaded. */
  get editor(): Editor | undefined {
    return this.#slot.editor;
  }

  /** Resolves when what comes after the first paint is loaded; the editor only if it is needed. */
  get opened(): Promise<void> {
    return Promise.all([this.#slot.opened, this.#below]).then(() => undefined);
  }

  /** Loads and shows what is below the verdict and the steps. */
  openBelow(): void {
    this.#below ??= this.#plan.open();
    if (this.#host.state.fleet) this.renderFleet();
  }

  renderBar(): void {
    this.#bar?.render();
  }

  /** Shows the text where the editor will be. */
  wait(text: string): void {
    this.#slot.wait(text);
  }

  /** Loads the editor after `first`, and the form on access with it; `then` follows. */
  openEditor(first: Promise<unknown>, then: (editor: Editor) => void): Promise<void> {
    return this.#slot.open(
      first,
      () => this.#host.state.source,
      (editor) => {
        then(editor);
        void late().then((made) => made.openLatePanels(this.#latecomers()));
      },
    );
  }

  /** What the panels that are loaded late need. */
  #latecomers(): LatePanelsHost {
    const { actions, frame, rules } = this.#mounted;
    return {
      host: this.#host,
      isPage: frame === "page",
      actions,
      rules,
      slots: { account: this.#account, asking: this.#asking },
      pointing: this.#pointing,
      gone: this.#ended.signal,
      add: (panel) => {
        this.#panels.push(panel);
        panel.render(this.#host.state);
      },
      ending: (...endings) => this.#endings.push(...endings),
      text: () => this.editor?.text(),
      jump: (span) => void this.#jump(span),
      placeShown: (span) => this.#placeShown(span),
      showCertificate: () => this.#nav.show("certificate"),
      previews: (made) => {
        this.#previews = made;
      },
    };
  }

  /** Shows one part of the page, if there is space for one only. */
  go(view: PagePart): void {
    this.#nav.show(view);
  }

  /** Shows one part of the page, and moves the focus there. */
  #show(view: PagePart): void {
    this.#nav.show(view);
    byId(this.#host.root, view).focus();
  }

  /** Shows strings that hold JSON unfolded, or as they are written, from now on. */
  unfold(unfolded: boolean): void {
    this.#mounted.reading?.choose(unfolded);
    this.editor?.unfold(unfolded);
  }

  putOptions(options: Options): void {
    this.#options.set(options);
  }

  render(sample: Sample | undefined): void {
    const { root, state } = this.#host;
    headings(root, state.options.flow);
    this.#samples?.render(sample);
    for (const panel of this.#panels) panel.render(state);
    this.#pointing.refresh();
    this.#bar?.render();
    this.#tell();
  }

  /** The verdict outside of its panel: in the navigation, in the title of the window, for screen readers. */
  #tell(): void {
    const { state } = this.#host;
    const verdicts = verdictsOf(state);
    const { brief, tone } = verdicts.all;
    this.#nav.render(brief, tone, flowWords[state.options.flow].input);
    this.#announcer.verdict(verdicts, state);
    // An element or a frame is part of a page that has its own title.
    if (this.#mounted.frame === "page") document.title = isolated(say.windowTitle(brief));
  }

  renderFleet(): void {
    const { state } = this.#host;
    if (state.fleet && !this.#fleet && this.#below) {
      void late().then(({ openFleet, groupRemedies }) => {
        if (this.#fleet) return;
        this.#fleet = openFleet(this.#host);
        this.#groups = groupRemedies(this.#host, this.#findings);
        this.#panels.push(this.#fleet, this.#groups);
        this.#groups.render(this.#host.state);
        this.#fleetSlot.replaceChildren(this.#fleet.element);
        this.#fleet.render(this.#host.state);
        if (this.#only) this.#fleet.showOnly(this.#only);
      });
    }
    this.#fleet?.render(state);
    this.#groups?.render(state);
    this.#certificates.render(state);
    this.#plan.renderVerdict(state);
    this.#tell();
  }

  /** Stops listening outside of the root. */
  close(): void {
    for (const end of this.#endings) end();
    this.#ended.abort();
  }

  /** Line and column as the editor shows the text, or will. */
  #placeShown(span: Span): string {
    return this.editor?.placeOf(span) ?? `${span.start.line}:${span.start.column}`;
  }

  async #jump(span: Span): Promise<void> {
    const { root } = this.#host;
    // The plan was shown alone; now the user wants to see why.
    if (root.dataset.show === "plan") root.dataset.show = "full";
    this.#nav.show("template");
    if (!this.editor) await this.#host.openEditor();
    this.#template.reveal(span);
    this.editor?.jump(span);
  }

  /** Shows where the template has this place. */
  #showPlace(place: string): void {
    const { editor } = this;
    if (!editor) return;
    const [first] = related(place, this.#host.state.analysis?.traced, editor.occurrences(), editor.shown).ranges;
    if (!first) return;
    this.#nav.show("template");
    editor.select(first);
  }

  async #fix(fix: Fix): Promise<void> {
    const host = this.#host;
    // The plan may be shown alone.
    if (!this.editor) await host.openEditor();
    if (host.readOnly || !this.editor?.apply(host.state.analysis?.source ?? "", fix)) return;
    host.edits.called(fix.title);
    host.analyse();
    host.notify(`${fix.title}: done.`, { action: host.undo() });
  }
}
