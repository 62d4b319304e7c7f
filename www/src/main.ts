/** Puts the page together: what the reader does changes the state, the state is analysed, the answer is shown. */

import type { Diagnostic, Fix, Flow, Span } from "jitp";
import { calmly } from "./calm.ts";
import { certificateView } from "./certificates.ts";
import { byId } from "./dom.ts";
import type { Editor } from "./editor.ts";
import type { Analysis } from "./protocol.ts";
import { type Engine, EngineStopped, loadEngine } from "./engine.ts";
import type { Offer } from "./findings.ts";
import { FLOWS, headings } from "./flows.ts";
import { takeIn, takeInText, type Intake } from "./intake.ts";
import { notify } from "./notices.ts";
import { optionsView } from "./options.ts";
import { parametersView } from "./parameters.ts";
import { planView } from "./plan-view.ts";
import { type Sample, SAMPLES } from "./samples.ts";
import { sampleButtons } from "./sample-buttons.ts";
import { chosenEntry, type Entry, type State } from "./state.ts";
import { stepsNav } from "./steps-nav.ts";
import { copy, save } from "./take-away.ts";
import { templateView } from "./template-view.ts";
import { headline } from "./verdict.ts";

/** How long the page waits for the next key before it looks at the text. */
const TYPING_PAUSE = 120;

/** The rule that a template is written for another flow. */
const OTHER_FLOW = "JITP041";

const KEY_REFUSED = "A private key was refused. It was not read and is not kept; only certificates belong here.";

const state: State = {
  source: "",
  entries: [],
  chosen: undefined,
  // No Region: a template that names another one than a guess would get a finding for it.
  options: { flow: "jitp" },
  parameters: {},
  analysis: undefined,
  failure: undefined,
};
let engine: Engine | undefined;
let editor: Editor | undefined;
let keys = 0;
let typing = 0;
/** The verdict that was announced last. */
let announced = "";
/** The sample that is shown, as long as nothing of it was changed. */
let sample: Sample | undefined;
/** The sample that was asked for last. */
let wanted: Sample | undefined;

const templates = templateView({
  files: (files) => void takeFiles(files, "template"),
  convert: (to) => void convert(to),
  takeAway: (how) => void takeAway(how),
  jump,
  fix,
  offer,
});
const parameters = parametersView({
  changed(values) {
    state.parameters = values;
    analyse();
  },
  privateKey: () => notify(KEY_REFUSED, { tone: "warning" }),
});
const certificates = certificateView({
  files: (files) => void takeFiles(files, "certificate"),
  paste: (text) => void takeText(text),
  choose(key) {
    state.chosen = key;
    analyse();
  },
  remove(key) {
    sample = undefined;
    const at = state.entries.findIndex((entry) => entry.key === key);
    state.entries = state.entries.filter((entry) => entry.key !== key);
    if (state.chosen === key) state.chosen = firstReadable(state.entries.slice(at)) ?? firstReadable(state.entries);
    analyse();
  },
  clear() {
    sample = undefined;
    state.entries = [];
    state.chosen = undefined;
    analyse();
  },
});
const options = optionsView(state.options, (changed) => {
  state.options = changed;
  analyse();
});
const plans = planView(options.element, {
  jump,
  fix,
  offer,
  show(view) {
    nav.show(view);
    byId(view).focus();
  },
});
const calm = calmly(show);
const samples = sampleButtons(SAMPLES, (chosen) => void useSample(chosen));
const nav = stepsNav();

function firstReadable(entries: Entry[]): number | undefined {
  return entries.find((entry) => entry.summary.error === undefined)?.key;
}

function render(): void {
  headings(state.options.flow);
  samples.render(sample);
  templates.render(state);
  parameters.render(state);
  certificates.render(state);
  options.render(state);
  plans.render(state);
  const { words, brief, summary, caveat, tone } = headline(state);
  nav.render(brief, tone, FLOWS[state.options.flow].input);
  // Only what is new is announced, or every key would be answered.
  const announcement = state.failure === undefined ? [`${words}.`, summary, caveat && `But: ${caveat}`].filter(Boolean).join(" ") : `Could not start. ${state.failure}`;
  if (announcement === announced) return;
  announced = announcement;
  announce(announcement);
}

/** Has screen readers say something at the next pause. */
function announce(text: string): void {
  byId("announcer").textContent = text;
}

/** Has the state analysed and shown, at once. */
function analyse(): void {
  calm.settle();
  ask();
}

/** Asks the engine; without a template there is nothing to ask. */
function ask(): void {
  clearTimeout(typing);
  const empty = state.source.trim() === "";
  if (empty) state.analysis = undefined;
  const pem = chosenEntry(state)?.summary.pem;
  // A plan that was made for another certificate must not stay beside this one.
  if (pem === undefined && state.options.flow === "jitp" && state.analysis) delete state.analysis.plan;
  render();
  if (!engine || empty) {
    editor?.show(state.source, []);
    return;
  }
  const { source, options, parameters } = state;
  const request = { source, options, parameters, ...(pem === undefined ? {} : { certificate: pem }) };
  engine.analyse(request, (analysis) => calm.take(analysis));
}

function show(analysis: Analysis): void {
  if (analysis.source !== state.source) return;
  state.analysis = analysis;
  render();
  editor?.show(analysis.source, analysis.plan?.diagnostics ?? analysis.report.diagnostics);
}

function sourceChanged(text: string): void {
  state.source = text;
  if (sample && text !== sample.template) sample = undefined;
  calm.typed();
  clearTimeout(typing);
  typing = window.setTimeout(ask, TYPING_PAUSE);
}

/** Puts a whole new text into the editor, as one step that can be undone there. */
function replaceSource(text: string): void {
  // The editor ends lines with a line feed only, so the text that is analysed must as well.
  state.source = text.replace(/\r\n?/g, "\n");
  editor?.replace(state.source);
}

function jump(span: Span): void {
  nav.show("template");
  editor?.jump(span);
}

function fix(made: Fix): void {
  if (!editor?.apply(state.analysis?.source ?? "", made)) return;
  analyse();
  notify(`${made.title}: done.`, { action: undo() });
}

/** A template of another flow can be judged as what it is. */
function offer({ code }: Diagnostic): Offer | undefined {
  const flow = state.analysis?.report.writtenFor;
  if (code !== OTHER_FLOW || flow === undefined) return undefined;
  return { title: `Judge as ${FLOWS[flow].name}`, run: () => judgeAs(flow) };
}

function judgeAs(flow: Flow): void {
  const before = state.options.flow;
  const judge = (flow: Flow) => {
    state.options = { ...state.options, flow };
    analyse();
  };
  judge(flow);
  const back = { title: `Back to ${FLOWS[before].name}`, run: () => judge(before) };
  notify(`Judged as ${FLOWS[flow].name} now. Fill in the parameters under ${FLOWS[flow].input}.`, { action: back });
}

/** Takes back what has just been done to the text, unless the reader has gone on writing since. */
function undo(): Offer {
  const done = state.source;
  const run = () => {
    if (state.source === done) {
      editor?.undo();
      analyse();
    } else notify("The text has changed since. Undo step by step in the editor.", { tone: "warning" });
  };
  return { title: "Undo", run };
}

async function useSample(chosen: Sample): Promise<void> {
  const before = { source: state.source, entries: state.entries, chosen: state.chosen, sample, flow: state.options.flow };
  const own = sample === undefined && (before.source.trim() !== "" || before.entries.length > 0);
  wanted = chosen;
  const entries = await readEntries(chosen.certificate.pem, chosen.certificate.file);
  // Another sample may have been asked for meanwhile.
  if (wanted !== chosen) return;
  replaceSource(chosen.template);
  state.entries = entries;
  state.chosen = firstReadable(entries);
  state.options = { ...state.options, flow: "jitp" };
  sample = chosen;
  analyse();
  if (!own) return;
  const back = () => {
    replaceSource(before.source);
    state.entries = before.entries;
    state.chosen = before.chosen;
    state.options = { ...state.options, flow: before.flow };
    sample = before.sample;
    analyse();
  };
  notify("The sample has taken the place of your template and certificates.", {
    action: { title: "Bring mine back", run: back },
    stay: true,
  });
}

/** What jitp reads from a bundle; nothing where the engine stopped, which has been announced already. */
async function readEntries(bundle: string | Uint8Array, from: string): Promise<Entry[]> {
  try {
    const summaries = (await engine?.call("read", { bundle })) ?? [];
    return summaries.map((summary) => ({ key: ++keys, from, summary }));
  } catch (error) {
    if (error instanceof EngineStopped) return [];
    throw error;
  }
}

function addEntries(added: Entry[]): void {
  if (added.length === 0) return;
  state.entries = [...state.entries, ...added];
  state.chosen = firstReadable(added) ?? state.chosen;
  sample = undefined;
  const damaged = added.filter((entry) => entry.summary.error !== undefined).length;
  if (damaged > 0 && added.length > 1) {
    notify(`${added.length - damaged} of ${added.length} entries could be read.`, { tone: "warning" });
  }
  analyse();
}

/** Does what is to be done with a file or a paste, and answers with the entries to add. */
async function take(intake: Intake, from: string): Promise<Entry[]> {
  switch (intake.kind) {
    case "template":
      replaceSource(intake.text);
      sample = undefined;
      analyse();
      notify(`${from} is in the editor now.`);
      return [];
    case "certificates":
      if (intake.keys > 0) notify(KEY_REFUSED, { tone: "warning" });
      return readEntries(intake.bundle, from);
    case "private-key":
      notify(KEY_REFUSED, { tone: "warning" });
      return [];
    case "too-large":
      notify(`${from} is too large to be what belongs here.`, { tone: "warning" });
      return [];
  }
}

async function takeFiles(files: File[], expected: "template" | "certificate"): Promise<void> {
  const added: Entry[] = [];
  for (const file of files) {
    try {
      added.push(...(await take(await takeIn(file, expected), file.name)));
    } catch (error) {
      // A folder, or a file that has gone meanwhile.
      notify(`${file.name} could not be read: ${error instanceof Error ? error.message : String(error)}`, {
        tone: "warning",
      });
    }
  }
  addEntries(added);
}

async function takeText(text: string): Promise<void> {
  addEntries(await take(takeInText(text), "pasted text"));
}

async function convert(to: "body" | "config"): Promise<void> {
  const { source } = state;
  const result = await (
    to === "body" ? engine?.call("unstringify", { source }) : engine?.call("stringify", { source, options: {} })
  )?.catch(() => undefined);
  if (!result || state.source !== source) return;
  if (result.text === "") {
    notify("The text has to be readable for this: see the findings.", { tone: "warning" });
    return;
  }
  replaceSource(result.text);
  sample = undefined;
  analyse();
  notify(
    to === "body" ? "The body stands alone now, made readable." : "The body is folded into a registration config now.",
    {
      action: undo(),
    },
  );
}

async function takeAway(how: "copy" | "save"): Promise<void> {
  const jitp = state.options.flow === "jitp";
  const { source } = state;
  const result = await (
    jitp ? engine?.call("stringify", { source, options: {} }) : engine?.call("unstringify", { source })
  )?.catch(() => undefined);
  const what = jitp ? "registration config" : "template body";
  if (!result || result.text === "") {
    notify(`There is no ${what} to take: the template cannot be read.`, { tone: "warning" });
    return;
  }
  // A body is taken as it is written; only one that stood in a config has to be unfolded.
  const text = !jitp && state.analysis?.report.kind === "template-body" ? source : result.text;
  // Without it AWS does not take the config, and only the reader knows it.
  const lacking = jitp && state.analysis?.report.role === undefined ? "Add the ARN of your provisioning role as roleArn." : "";
  if (how === "copy") await copy(text, what.charAt(0).toUpperCase() + what.slice(1), lacking);
  else save(text, jitp ? "registration-config.json" : "template-body.json", "application/json");
  if (how === "save" && lacking) notify(lacking);
}

/** Files may be dropped anywhere; without this the browser would leave the page and open them. */
function acceptDrops(): void {
  const over = (on: boolean) => document.body.classList.toggle("is-dropping", on);
  window.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) over(false);
  });
  window.addEventListener(
    "drop",
    (event) => {
      over(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      const onTemplate = byId("template").contains(event.target as Node);
      void takeFiles(files, onTemplate ? "template" : "certificate");
    },
    { capture: true },
  );
}

async function start(): Promise<void> {
  acceptDrops();
  const [first] = SAMPLES;
  sample = first;
  state.source = first.template;
  render();
  const loadingEditor = import("./editor.ts");
  try {
    engine = await loadEngine((cause) => {
      notify(
        `The engine stopped on this input and was started again (${cause}). Change the template or the certificate to go on.`,
        { tone: "warning" },
      );
    });
    await useSample(first);
  } catch (error) {
    state.failure = error instanceof Error ? error.message : String(error);
    render();
  }
  const { createEditor } = await loadingEditor;
  editor = createEditor(templates.host, state.source, {
    changed: sourceChanged,
    fix,
    offer,
    privateKey: () => notify(KEY_REFUSED, { tone: "warning" }),
    reached: announce,
  });
  if (state.analysis) show(state.analysis);
  document.documentElement.dataset["ready"] = "true";
}

void start();
