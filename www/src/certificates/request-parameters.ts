/** The parameters that the caller of RegisterThing sends: a field for each one that the template declares. JITP has no such parameters. */

import type { Parameter } from "jitp";
import { byId, h, type Root } from "../ui/dom.ts";
import { putInto, screenPaste } from "../ui/paste.ts";
import type { State } from "../model/state.ts";
import { pieces } from "../ui/visible.ts";
import { requestWords as words } from "../words/request.ts";

/** The actions of a user here. */
export interface ParameterEvents {
  /** All values, with those of names that the template does not declare at present. */
  changed(values: Record<string, string>): void;
  /** A private key has been refused. */
  privateKey(text?: string): void;
  /** Whether a text holds no private key, as far as the worker can tell. */
  clean(text: string): Promise<boolean>;
}

interface Field {
  element: HTMLElement;
  input: HTMLTextAreaElement;
  note: HTMLElement;
}

/** Builds the part once; the answer renders the parts that depend on the state. */
export function parametersView(root: Root, events: ParameterEvents): { render(state: State): void } {
  let values: Record<string, string> = {};
  let fields = new Map<string, Field>();
  const none = h("p", { class: "fact-quiet" }, words.none);
  const list = h("div", { class: "parameter-fields" });
  const box = h(
    "div",
    { class: "parameter-box", role: "group", "aria-labelledby": "parameters-title", hidden: true },
    h("h3", { class: "panel-subtitle", id: "parameters-title" }, words.title),
    none,
    list,
  );
  byId(root, "certificate").append(box);

  const make = (name: string, i: number): Field => {
    const note = h("p", { class: "option-note", id: `parameter-note-${i}` });
    const input = h("textarea", {
      id: `parameter-${i}`,
      rows: 1,
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": note.id,
      on: {
        // Refused before it reaches the page: undo would restore it there.
        paste(event) {
          screenPaste(event, events.clean, (text) => putInto(input, text), events.privateKey);
        },
        input() {
          const written = input.value;
          values = { ...values, [name]: written };
          events.changed(values);
          void events.clean(written).then((is) => {
            if (is || input.value !== written) return;
            input.value = "";
            values = { ...values, [name]: "" };
            events.privateKey(written);
            events.changed(values);
          });
        },
      },
    });
    input.value = values[name] ?? "";
    const label = h("label", { for: input.id }, h("code", { class: "breaks" }, name));
    return { element: h("div", { class: "option" }, label, input, note), input, note };
  };

  return {
    render({ options, parameters, analysis }) {
      box.hidden = options.flow === "jitp";
      const report = analysis?.report;
      if (box.hidden || !report) return;
      // Also set from elsewhere, such as when a user restores earlier work.
      values = parameters;
      const names = [...new Set(report.parameters)];
      if (String([...fields.keys()]) !== String(names)) {
        fields = new Map(names.map((name, i) => [name, make(name, i)]));
        list.replaceChildren(...[...fields.values()].map(({ element }) => element));
      }
      none.hidden = names.length > 0;
      for (const [name, { input, note }] of fields) {
        const bound = analysis.plan?.parameters.find((parameter) => parameter.name === name);
        if (input.value !== (values[name] ?? "")) input.value = values[name] ?? "";
        const lacking = bound?.origin === "missing";
        input.setAttribute("aria-invalid", String(lacking));
        note.replaceChildren(...pieces(remark(bound)));
      }
    },
  };
}

/** The origin of the value as long as the field is empty. */
function remark(bound: Parameter | undefined): string {
  switch (bound?.origin) {
    case "missing":
      return words.missing;
    case "default":
      return words.default(bound.value ?? "");
    case "certificate":
      return words.fromCertificate;
    default:
      return "";
  }
}
