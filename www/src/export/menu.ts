/** The menu of what there is to take away. */

import { byId, h, icon, type IconName, type Root } from "../ui/dom.ts";
import { inSentence } from "../ui/copy-save.ts";
import type { State } from "../model/state.ts";
import type { Item, Registration } from "./make.ts";

/** What the reader can set off here. */
export interface TakeAwayEvents {
  take(item: Item, title: string, how: "copy" | "save", registration: Registration): void;
}

const TEMPLATE: Partial<Record<Item, string>> = {
  config: "Registration config",
  cli: "AWS CLI script",
  cloudformation: "CloudFormation",
  terraform: "Terraform",
};
const PLAN: Partial<Record<Item, string>> = {
  text: "Plan as text",
  markdown: "Plan as Markdown",
  json: "Plan as JSON",
  svg: "Picture as SVG",
  png: "Picture as PNG",
};

/** Builds the button and the menu behind it; the answer renders what depends on the state. */
export function takeAwayMenu(root: Root, events: TakeAwayEvents): { render(state: State): void } {
  const mode = h(
    "select",
    { id: "take-mode" },
    h("option", { value: "DEFAULT" }, "DEFAULT, with proof of its key"),
    h("option", { value: "SNI_ONLY" }, "SNI_ONLY"),
  );
  const name = h("input", {
    id: "take-name",
    maxlength: 36,
    placeholder: "none: in the CA itself",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "take-name-note",
  });
  const nameNote = h("p", { class: "option-note", id: "take-name-note" });
  name.addEventListener("input", () => {
    const fits = /^[\w-]*$/.test(name.value);
    name.setAttribute("aria-invalid", String(!fits));
    nameNote.textContent = fits ? "" : "Letters, digits, - and _ only";
  });
  const registration = (): Registration => ({
    certificateMode: mode.value === "SNI_ONLY" ? "SNI_ONLY" : "DEFAULT",
    ...(/^[\w-]+$/.test(name.value) && { templateName: name.value }),
  });
  const titles = new Map<Item, string>(Object.entries({ ...TEMPLATE, ...PLAN }) as [Item, string][]);
  const rows = new Map<Item, { row: HTMLElement; title: HTMLElement; buttons: HTMLButtonElement[] }>();
  for (const [item, title] of titles) {
    const heading = h("span", {}, title);
    const button = (how: "copy" | "save", mark: IconName, word: string) =>
      h(
        "button",
        { type: "button", class: "button", on: { click: () => events.take(item, titles.get(item) ?? title, how, registration()) } },
        icon(mark),
        word,
      );
    const buttons = [...(item === "png" ? [] : [button("copy", "copy", "Copy")]), button("save", "download", "Save")];
    rows.set(item, {
      row: h("li", { class: "take-row" }, heading, h("span", { class: "take-buttons" }, ...buttons)),
      title: heading,
      buttons,
    });
  }
  const list = (of: object) => h("ul", {}, ...(Object.keys(of) as Item[]).map((item) => rows.get(item)?.row));
  const choices = h(
    "div",
    { class: "options-fields take-choices" },
    h("div", { class: "option" }, h("label", { for: "take-mode" }, "Register the CA in mode"), mode),
    h("div", { class: "option" }, h("label", { for: "take-name" }, "Template name"), name, nameNote),
  );
  const templates = list(TEMPLATE);
  const none = h("p", { class: "option-note" }, "There is no plan yet.");
  const sheet = h(
    "div",
    { class: "take-sheet", id: "take-sheet", popover: "auto", role: "dialog", "aria-label": "Take away" },
    h("h3", { class: "card-heading" }, "Template"),
    templates,
    choices,
    h("h3", { class: "card-heading" }, "Plan"),
    none,
    list(PLAN),
  );
  const opener = h(
    "button",
    { type: "button", class: "button take-opener", popovertarget: "take-sheet", "aria-haspopup": "dialog" },
    icon("download"),
    "Take away",
  );
  sheet.addEventListener("beforetoggle", (event) => {
    if ((event as ToggleEvent).newState === "open") place(sheet, opener);
  });
  byId(root, "plan").querySelector(".panel-head")?.append(opener, sheet);

  return {
    render({ source, analysis, options, failure }) {
      const { flow } = options;
      titles.set("config", flow === "jitp" ? "Registration config" : "Template body");
      opener.hidden = failure !== undefined || source.trim() === "";
      // What RegisterThing takes is handed over with every call, and only JITP has a CA.
      for (const item of ["cli", "cloudformation", "terraform"] as const) {
        const { row } = rows.get(item) ?? {};
        if (row) row.hidden = flow === "register-thing";
      }
      choices.hidden = flow === "register-thing";
      if (mode.parentElement) mode.parentElement.hidden = flow !== "jitp";
      none.hidden = analysis?.plan !== undefined;
      for (const [item, { title, buttons }] of rows) {
        const words = titles.get(item) ?? "";
        title.textContent = words;
        for (const button of buttons) {
          button.disabled = item in PLAN && analysis?.plan === undefined;
          button.setAttribute("aria-label", `${button.textContent} ${inSentence(words)}`);
        }
      }
    },
  };
}

/** In a window of less than this the sheet takes all of its width. */
const NARROW = 480;

/** Hangs the sheet beneath its button, within the window. */
function place(sheet: HTMLElement, opener: HTMLElement): void {
  const { bottom, right } = opener.getBoundingClientRect();
  const top = Math.min(bottom + 6, window.innerHeight / 2);
  sheet.style.top = `${Math.max(8, top)}px`;
  const room = document.documentElement.clientWidth;
  sheet.style.right = `${room < NARROW ? 8 : Math.max(8, room - right)}px`;
  sheet.style.maxHeight = `${window.innerHeight - Math.max(8, top) - 12}px`;
}
