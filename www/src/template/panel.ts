/** The template panel: the kind of the text, its size, the editor and the findings. */

import type { InputKind, Span } from "jitp";
import { append, byId, h, icon, type IconName, rerender, type Root, sentence } from "../ui/dom.ts";
import { fileButton } from "../ui/file-button.ts";
import { byWeight, count, finding, type FindingEvents } from "../ui/findings.ts";
import { sharedFindings } from "../model/about.ts";
import type { State } from "../model/state.ts";
import { number } from "../words/common.ts";
import { templateWords as words } from "../words/template.ts";

/** The actions of a user here. */
export interface TemplateEvents extends FindingEvents {
  files(files: File[]): void;
  /** Shows the escaped body unfolded, or as it is written. */
  unfold(unfolded: boolean): void;
  /** Replaces a config by its body, or a body by a config. */
  convert(to: "body" | "config"): void;
  /** Exports the text in the form that AWS accepts. */
  export(how: "copy" | "save", title: string): void;
}

/** The kinds of text that have no template as an escaped string. */
const BARE: readonly InputKind[] = ["template-body", "template-name", "update-template-input", "unknown"];

/** Builds the panel once; the answer renders the parts that depend on the state. */
export function templatePanel(
  root: Root,
  events: TemplateEvents,
): { host: HTMLElement; render(state: State): void; reveal(span: Span): void } {
  const facts = h("div", { class: "facts" });
  const convert = h("div", { class: "toolbar-group" });
  const way = (title: string, unfolded: boolean) =>
    h("button", { type: "button", class: "way", on: { click: () => events.unfold(unfolded) } }, title);
  const written = way(words.written, false);
  const readable = way(words.unfolded, true);
  const ways = h("div", { class: "ways", role: "group", "aria-label": words.ways }, written, readable);
  const host = h("div", { class: "editor", id: "editor" });
  const problems = h("ol", { class: "findings", "data-scrolls": true });
  const problemsTitle = h("h3", { class: "panel-subtitle" });
  const keys = h("p", { class: "hint" }, ...sentence(words.keys, ...words.keyNames.map((key) => h("kbd", {}, key))));
  const problemsBox = h("div", { class: "problems" }, h("div", { class: "problems-head" }, problemsTitle, keys), problems);

  const exported = h("span", { class: "toolbar-label" });
  const exportButton = (how: "copy" | "save", mark: IconName, title: string) =>
    h(
      "button",
      { type: "button", class: "button", on: { click: () => events.export(how, exported.textContent ?? "") } },
      icon(mark),
      title,
    );
  const copyIt = exportButton("copy", "copy", words.copy);
  const saveIt = exportButton("save", "download", words.save);
  const foot = h("div", { class: "toolbar toolbar-foot" }, exported, copyIt, saveIt);

  const panel = byId(root, "template");
  panel.querySelector(".panel-head")?.append(
    facts,
    fileButton(
      "template-file",
      words.open,
      { accept: ".json,.txt,.template,.md,.sh,.yml,.yaml,.tf,.eml,application/json,text/*" },
      (files) => events.files(files),
    ),
    ways,
  );
  append(panel, host, problemsBox, foot);
  foot.append(convert);

  return {
    host,
    reveal(span) {
      const item = problems.querySelector<HTMLElement>(`[data-at="${span.start.offset}"]`);
      // Only the list scrolls, not what is around it.
      if (item) problems.scrollTop += item.getBoundingClientRect().top - problems.getBoundingClientRect().top;
    },
    render(state) {
      const empty = state.source.trim() === "";
      // JITP needs a registration config; the other flows need the body itself.
      const jitp = state.options.flow === "jitp";
      const { short, long } = jitp ? words.config : words.body;
      exported.replaceChildren(...(jitp ? [h("span", { class: "in-full" }, words.registration), short] : [short]));
      copyIt.setAttribute("aria-label", words.copyIt(long));
      saveIt.setAttribute("aria-label", words.saveIt(long));
      const report = state.analysis?.report;
      const diagnostics = empty ? [] : sharedFindings(state).template;

      rerender(facts, ...(empty || !report ? [h("p", { class: "fact-quiet" }, empty ? words.empty : words.reading)] : sizeFacts(report)));
      const escaped = report !== undefined && !BARE.includes(report.kind);
      ways.hidden = empty || state.reading === "plain";
      written.setAttribute("aria-pressed", String(state.reading === "written"));
      readable.setAttribute("aria-pressed", String(state.reading === "unfolded"));
      rerender(
        convert,
        !empty && escaped && convertButton(words.extract, () => events.convert("body")),
        !empty && report?.kind === "template-body" && jitp && convertButton(words.wrap, () => events.convert("config")),
      );

      problemsTitle.textContent = empty ? words.begin : report ? (count(diagnostics) ?? words.noFindings) : "";
      problemsTitle.classList.toggle("is-clean", !empty && report !== undefined && diagnostics.length === 0);
      problems.hidden = diagnostics.length === 0;
      foot.hidden = empty;
      rerender(
        problems,
        ...byWeight(diagnostics).map((diagnostic, i) => {
          const item = finding(diagnostic, `finding-${i}`, state.options.flow, events);
          if (diagnostic.span) item.dataset.at = String(diagnostic.span.start.offset);
          return item;
        }),
      );
    },
  };
}

function convertButton(title: string, run: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button", "data-key": "convert", on: { click: run } }, title);
}

function sizeFacts(report: NonNullable<State["analysis"]>["report"]): HTMLElement[] {
  const { templateBody, limit } = report.size;
  const facts = [h("p", { class: "badge" }, words.kinds[report.kind])];
  if (report.kind === "template-body" || !BARE.includes(report.kind)) {
    // It keeps its space while the text cannot be read, so that nothing moves while the user types.
    const size = templateBody > 0 ? number(templateBody) : "–";
    facts.push(
      h(
        "p",
        { class: templateBody > limit ? "size size-over" : "size", title: words.size },
        h("meter", {
          min: 0,
          max: limit,
          high: Math.round(limit * 0.9),
          value: Math.min(templateBody, limit),
          "aria-label": words.size,
        }),
        h(
          "span",
          {},
          ...sentence((characters) => words.sizeOf(size, limit, characters), h("span", { class: "in-full" }, words.characters)),
        ),
      ),
    );
  }
  if (report.templateName !== undefined) facts.push(h("p", { class: "fact-quiet" }, words.name(report.templateName)));
  return facts;
}
