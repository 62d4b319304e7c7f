/** The menu of the exports. */

import { byId, h, icon, type IconName, type Root } from "../ui/dom.ts";
import type { State } from "../model/state.ts";
import type { Format, Registration } from "./make.ts";
import { commonWords } from "../words/common.ts";
import { exportWords as words } from "../words/export.ts";

/** The actions of a user here. */
export interface ExportEvents {
  export(format: Format, title: string, how: "copy" | "save", registration: Registration): void;
}

const TEMPLATE: Partial<Record<Format, string>> = {
  config: words.config,
  cli: words.cli,
  cloudformation: words.cloudformation,
  terraform: words.terraform,
};
const PLAN: Partial<Record<Format, string>> = {
  text: words.text,
  markdown: words.markdown,
  json: words.json,
  svg: words.svg,
  png: words.png,
};

/** Builds the button and its menu; the answer renders the parts that depend on the state. */
export function exportMenu(root: Root, events: ExportEvents): { render(state: State): void } {
  const mode = h(
    "select",
    { id: "export-mode" },
    h("option", { value: "DEFAULT" }, words.defaultMode),
    h("option", { value: "SNI_ONLY" }, "SNI_ONLY"),
  );
  const name = h("input", {
    id: "export-name",
    maxlength: 36,
    placeholder: words.noName,
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "export-name-note",
  });
  const nameNote = h("p", { class: "option-note", id: "export-name-note" });
  name.addEventListener("input", () => {
    const fits = /^[\w-]*$/.test(name.value);
    name.setAttribute("aria-invalid", String(!fits));
    nameNote.textContent = fits ? "" : words.wrongName;
  });
  const registration = (): Registration => ({
    certificateMode: mode.value === "SNI_ONLY" ? "SNI_ONLY" : "DEFAULT",
    ...(/^[\w-]+$/.test(name.value) && { templateName: name.value }),
  });
  const titles = new Map<Format, string>(Object.entries({ ...TEMPLATE, ...PLAN }) as [Format, string][]);
  const rows = new Map<Format, { row: HTMLElement; title: HTMLElement; buttons: HTMLButtonElement[] }>();
  for (const [format, title] of titles) {
    const heading = h("span", {}, title);
    const button = (how: "copy" | "save", mark: IconName, word: string) =>
      h(
        "button",
        {
          type: "button",
          class: "button",
          "data-how": how,
          on: { click: () => events.export(format, titles.get(format) ?? title, how, registration()) },
        },
        icon(mark),
        word,
      );
    const buttons = [...(format === "png" ? [] : [button("copy", "copy", words.copy)]), button("save", "download", words.save)];
    rows.set(format, {
      row: h("li", { class: "export-row" }, heading, h("span", { class: "export-buttons" }, ...buttons)),
      title: heading,
      buttons,
    });
  }
  const list = (of: object) => h("ul", {}, ...(Object.keys(of) as Format[]).map((format) => rows.get(format)?.row));
  const choices = h(
    "div",
    { class: "options-fields export-choices" },
    h("div", { class: "option" }, h("label", { for: "export-mode" }, words.mode), mode),
    h("div", { class: "option" }, h("label", { for: "export-name" }, words.name), name, nameNote),
  );
  const templates = list(TEMPLATE);
  const none = h("p", { class: "option-note" }, words.noPlan);
  const sheet = h(
    "div",
    { class: "export-sheet", id: "export-sheet", popover: "auto", role: "dialog", "aria-label": words.open },
    h("h3", { class: "card-heading" }, words.template),
    templates,
    choices,
    h("h3", { class: "card-heading" }, words.plan),
    none,
    list(PLAN),
  );
  const opener = h(
    "button",
    { type: "button", class: "button export-opener", popovertarget: "export-sheet", "aria-haspopup": "dialog" },
    icon("download"),
    words.open,
  );
  sheet.addEventListener("beforetoggle", (event) => {
    if ((event as ToggleEvent).newState === "open") place(sheet, opener);
  });
  byId(root, "plan").querySelector(".panel-head")?.append(opener, sheet);

  return {
    render({ source, analysis, options, failure }) {
      const { flow } = options;
      titles.set("config", flow === "jitp" ? words.config : words.body);
      opener.hidden = failure !== undefined || source.trim() === "";
      // Every call of RegisterThing has its template, and only JITP has a CA.
      for (const format of ["cli", "cloudformation", "terraform"] as const) {
        const { row } = rows.get(format) ?? {};
        if (row) row.hidden = flow === "register-thing";
      }
      choices.hidden = flow === "register-thing";
      if (mode.parentElement) mode.parentElement.hidden = flow !== "jitp";
      none.hidden = analysis?.plan !== undefined;
      for (const [format, { title, buttons }] of rows) {
        const told = titles.get(format) ?? "";
        title.textContent = told;
        for (const button of buttons) {
          button.disabled = format in PLAN && analysis?.plan === undefined;
          const { how } = button.dataset;
          button.setAttribute("aria-label", how === "copy" ? commonWords.copyOf(told) : commonWords.saveOf(told));
        }
      }
    },
  };
}

/** In a window that is narrower than this, the sheet is as wide as the window. */
const NARROW = 480;

/** Places the sheet below its button, within the window. */
function place(sheet: HTMLElement, opener: HTMLElement): void {
  const { bottom, right } = opener.getBoundingClientRect();
  const top = Math.min(bottom + 6, window.innerHeight / 2);
  sheet.style.top = `${Math.max(8, top)}px`;
  const room = document.documentElement.clientWidth;
  sheet.style.right = `${room < NARROW ? 8 : Math.max(8, room - right)}px`;
  sheet.style.maxHeight = `${window.innerHeight - Math.max(8, top) - 12}px`;
}
