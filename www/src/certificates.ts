/** The certificate panel: ways in, and a card for each entry with what JITP reads from it. */

import type { CertificateSummary, NameAttribute } from "jitp";
import { certificateTitle } from "./certificate-title.ts";
import { append, byId, h, icon, rerender, type Root } from "./dom.ts";
import { visibleFiles } from "./folders.ts";
import { CERTIFICATE_ID, SERIAL_NUMBER, subjectPlace } from "./places.ts";
import { type Entry, type State } from "./state.ts";
import { copyButton } from "./take-away.ts";

/** What the reader can set off here. */
export interface CertificateEvents {
  files(files: File[]): void;
  paste(text: string): void;
  choose(key: number): void;
  remove(key: number): void;
  clear(): void;
  /** Leads to the table of all entries. */
  showAll(): void;
  /** Leads to where the template takes what is at a place of the certificate. */
  showPlace(place: string): void;
}

/** More cards than this nobody looks through. */
const MOST_CARDS = 12;

function headingOf(n: number): string {
  if (n === 1) return "1 certificate";
  return n > MOST_CARDS ? `${n.toLocaleString("en")} entries. This is the one that the plan is for.` : `${n} entries. Choose the one to plan for.`;
}

/** Builds the panel once; the answer renders what depends on the state. */
export function certificateView(root: Root, events: CertificateEvents): { render(state: State): void } {
  const picker = h("input", {
    type: "file",
    class: "visually-hidden",
    id: "certificate-file",
    multiple: true,
    accept: ".pem,.crt,.cer,.der,.cert,.txt,application/x-x509-ca-cert,application/pkix-cert",
    on: {
      change: () => {
        events.files([...(picker.files ?? [])]);
        picker.value = "";
      },
    },
  });
  const folder = h("input", {
    type: "file",
    class: "visually-hidden",
    id: "certificate-folder",
    webkitdirectory: true,
    on: {
      change: () => {
        events.files(visibleFiles(folder.files ?? []));
        folder.value = "";
      },
    },
  });
  const field = h("textarea", {
    class: "paste",
    rows: 1,
    id: "certificate-text",
    "aria-label": "Paste certificates as PEM text",
    placeholder: "Paste PEM text here",
    spellcheck: "false",
    autocomplete: "off",
    on: {
      // Taken from the clipboard before it reaches the page, so that a private key never stands in it.
      paste(event) {
        const text = event.clipboardData?.getData("text/plain");
        if (!text) return;
        event.preventDefault();
        events.paste(text);
      },
      input() {
        if (!field.value.includes("-----END ")) return;
        const text = field.value;
        field.value = "";
        events.paste(text);
      },
    },
  });
  const invitation = h("p", {});
  const list = h("ul", { class: "cards" });
  const heading = h("div", { class: "cards-head" });

  append(
    byId(root, "certificate"),
    h(
      "div",
      { class: "drop" },
      h(
        "div",
        { class: "drop-head" },
        invitation,
        h(
          "span",
          { class: "file-button" },
          picker,
          h("label", { class: "button", for: "certificate-file" }, icon("file"), "Choose files"),
        ),
        h(
          "span",
          { class: "file-button" },
          folder,
          h("label", { class: "button", for: "certificate-folder" }, icon("folder"), "Folder"),
        ),
      ),
      field,
      h("p", { class: "hint" }, "Private keys are refused: never read, never kept."),
    ),
    heading,
    list,
  );

  let shown: unknown[] = [];
  return {
    render(state) {
      const attributes =
        state.analysis?.plan?.parameters.flatMap(({ attribute }) => (attribute ? [attribute.index] : [])) ?? [];
      // Most keystrokes change nothing here, and there may be a thousand cards.
      const { flow } = state.options;
      const now = [state.entries, state.chosen, state.options.now, String(attributes), flow];
      if (now.every((value, i) => value === shown[i])) return;
      shown = now;

      invitation.textContent =
        flow === "jitp"
          ? "Drop device certificates here: PEM or DER, one or many, files or folders."
          : "A certificate of the device, if you have one: PEM or DER.";
      const n = state.entries.length;
      rerender(
        heading,
        n > 0 &&
          h("h3", { class: "panel-subtitle" }, headingOf(n)),
        n > MOST_CARDS &&
          h("button", { type: "button", class: "link", "data-key": "all", on: { click: () => events.showAll() } }, "See all in a table"),
        n > 1 &&
          h(
            "button",
            { type: "button", class: "link", "data-key": "clear", on: { click: () => events.clear() } },
            "Remove all",
          ),
      );
      const clock = state.options.now === undefined ? Date.now() : Date.parse(state.options.now);
      const used = new Set(attributes);
      // Of very many, the table in the plan shows all.
      const cards = n > MOST_CARDS ? state.entries.filter(({ key }) => key === state.chosen) : state.entries;
      rerender(list, ...cards.map((entry) => card(entry, entry.key === state.chosen, used, clock, events)));
    },
  };
}

function card(entry: Entry, chosen: boolean, used: Set<number>, now: number, events: CertificateEvents): HTMLLIElement {
  const { summary, key, from } = entry;
  const name = summary.error ? from : certificateTitle(summary);
  const remove = h(
    "button",
    {
      type: "button",
      class: "button-quiet",
      "aria-label": `Remove ${name}`,
      "data-key": `remove-${key}`,
      on: { click: () => events.remove(key) },
    },
    icon("cross"),
  );
  if (summary.error !== undefined) {
    return h(
      "li",
      { class: "card card-error" },
      h(
        "div",
        { class: "card-head" },
        icon("warning"),
        h(
          "p",
          { class: "card-title" },
          `Not readable: ${from}`,
          h("span", { class: "card-from" }, `entry ${summary.index + 1}`),
        ),
        remove,
      ),
      h("p", { class: "card-error-text" }, summary.error),
    );
  }
  return h(
    "li",
    { class: chosen ? "card is-chosen" : "card" },
    h(
      "div",
      { class: "card-head" },
      h(
        "label",
        { class: "card-choice" },
        h("input", {
          type: "radio",
          name: "certificate",
          checked: chosen,
          value: key,
          "data-key": `choose-${key}`,
          on: { change: () => events.choose(key) },
        }),
        h("span", { class: "card-title" }, name, " ", h("span", { class: "card-from" }, from)),
      ),
      remove,
    ),
    chosen && facts(summary, used, now, events),
  );
}

function facts(summary: CertificateSummary, used: Set<number>, now: number, events: CertificateEvents): HTMLElement {
  const { id, serialNumber, key, signatureAlgorithm, issuer } = summary;
  const row = (term: string, ...content: (Node | string)[]) => [h("dt", {}, term), h("dd", {}, ...content)];
  return h(
    "div",
    { class: "card-facts" },
    h("h4", { class: "card-heading" }, "Subject"),
    (summary.subject ?? []).length === 0
      ? h("p", { class: "fact-quiet" }, "The subject is empty.")
      : h(
          "ul",
          { class: "attributes" },
          ...(summary.subject ?? []).map((attribute) => subjectRow(attribute, used.has(attribute.index), events)),
        ),
    h(
      "dl",
      { class: "pairs" },
      ...row("Valid", validity(summary, now)),
      ...(serialNumber
        ? row(
            "Serial number",
            h("code", { "data-place": SERIAL_NUMBER }, serialNumber.decimal),
            h("span", { class: "aside" }, `hex ${serialNumber.hex}`),
          )
        : []),
      ...(id
        ? row(
            "Certificate ID",
            h("code", { class: "breaks", "data-place": CERTIFICATE_ID }, id),
            copyButton("Certificate ID", () => id),
          )
        : []),
      ...(key ? row("Key", [key.algorithm, key.curve ?? (key.bits ? `${key.bits} bits` : "")].join(" ").trim()) : []),
      ...(signatureAlgorithm ? row("Signed with", signatureAlgorithm.name) : []),
      ...(issuer && issuer.length > 0
        ? row("Issuer", issuer.map((attribute) => `${attribute.name}=${attribute.value}`).join(", "))
        : []),
    ),
  );
}

function subjectRow(attribute: NameAttribute, used: boolean, events: CertificateEvents): HTMLLIElement {
  const place = subjectPlace(attribute.index);
  const click = () => events.showPlace(place);
  return h(
    "li",
    { class: used ? "attribute is-used" : "attribute", "data-place": used && place },
    h("span", { class: "attribute-name" }, attribute.name),
    h(
      "span",
      { class: "attribute-value" },
      attribute.value === ""
        ? h("em", {}, "empty")
        : used
          ? h("button", { type: "button", class: "value-link", title: "Show what takes it", "data-key": `place-${place}`, on: { click } }, attribute.value)
          : attribute.value,
      used && " ",
      used && h("span", { class: "attribute-used" }, "used"),
    ),
    h("span", { class: "aside" }, `${attribute.oid} · ${attribute.encoding}`),
  );
}

function validity(summary: CertificateSummary, now: number): HTMLElement {
  const day = (time: string | undefined) => time?.slice(0, 10) ?? "?";
  const range = `${day(summary.notBefore)} to ${day(summary.notAfter)}`;
  const before = summary.notBefore !== undefined && now < Date.parse(summary.notBefore);
  const after = summary.notAfter !== undefined && now > Date.parse(summary.notAfter);
  if (!before && !after) return h("span", {}, range);
  return h("span", { class: "text-bad" }, `${range}, ${before ? "not valid yet" : "expired"}`);
}
