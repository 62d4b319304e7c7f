/** The certificate panel: ways in, the devices, and the CA beside them. */

import { authoritiesOf } from "../model/authorities.ts";
import { authorityView } from "./authorities.ts";
import { deviceCard, otherCard } from "./cards.ts";
import { append, byId, h, icon, rerender, type Root } from "../ui/dom.ts";
import { visibleFiles } from "../ui/folders.ts";
import type { NoticeOptions } from "../ui/notices.ts";
import type { Calls, CallName } from "../model/protocol.ts";
import type { State } from "../model/state.ts";

/** What the reader can set off here. */
export interface CertificateEvents {
  files(files: File[], given: "certificate" | "folder"): void;
  paste(text: string): void;
  choose(key: number): void;
  remove(key: number): void;
  clear(): void;
  /** Leads to the table of all entries. */
  showAll(): void;
  /** Leads to where the template takes what is at a place of the certificate. */
  showPlace(place: string): void;
  /** Takes this CA for the registered one; without a key the one that is found. */
  register(key: number | undefined): void;
  /** Makes certificates for the template. */
  sample(): void;
  refuseKey(): void;
  /** Whether a text holds no private key, as far as the worker can tell. */
  clean(text: string): Promise<boolean>;
  notify(text: string, options?: NoticeOptions): void;
  call<K extends CallName>(name: K, request: Calls[K]["request"]): Promise<Calls[K]["result"] | undefined>;
  /** Where the rules are explained; a code can be added to it. */
  rules?: string;
}

/** More cards than this nobody looks through. */
const MOST_CARDS = 12;

function headingOf(n: number): string {
  if (n === 1) return "1 certificate";
  return n > MOST_CARDS
    ? `${n.toLocaleString("en")} entries. This is the one that the plan is for.`
    : `${n} entries. Choose the one to plan for.`;
}

/** Builds the panel once; the answer renders what depends on the state. */
export function certificateView(root: Root, events: CertificateEvents): { render(state: State): void } {
  const picker = h("input", {
    type: "file",
    class: "visually-hidden",
    id: "certificate-file",
    multiple: true,
    accept: ".pem,.crt,.cer,.der,.cert,.txt,.p7b,.p7c,.p12,.pfx,.csr,.zip,application/x-x509-ca-cert,application/pkix-cert",
    on: {
      change: () => {
        events.files([...(picker.files ?? [])], "certificate");
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
        events.files(visibleFiles(folder.files ?? []), "folder");
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
  const sample = h("button", { type: "button", class: "link", on: { click: () => events.sample() } }, "Make one that fits");
  const authorities = authorityView(events);
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
        h("span", { class: "file-button" }, picker, h("label", { class: "button", for: "certificate-file" }, icon("file"), "Choose files")),
        h("span", { class: "file-button" }, folder, h("label", { class: "button", for: "certificate-folder" }, icon("folder"), "Folder")),
      ),
      field,
      h(
        "p",
        { class: "hint" },
        "Private keys are refused: never read, never kept. ",
        h("span", { class: "hint-sample" }, "No certificate at hand? ", sample),
      ),
    ),
    heading,
    list,
    authorities.element,
  );

  let shown: unknown[] = [];
  return {
    render(state) {
      const attributes = state.analysis?.plan?.parameters.flatMap(({ attribute }) => (attribute ? [attribute.index] : [])) ?? [];
      // Most keystrokes change nothing here, and there may be a thousand cards.
      const { flow } = state.options;
      const now = [
        state.entries,
        state.chosen,
        state.authority,
        state.signing,
        state.analysis?.issuer,
        state.analysis?.authority?.pem,
        state.analysis?.report.kind,
        state.options.now,
        String(attributes),
        flow,
      ];
      if (now.every((value, i) => value === shown[i])) return;
      shown = now;

      invitation.textContent =
        flow === "jitp"
          ? "Drop certificates here, of devices and their CA: files, folders or a zip, in any format."
          : "A certificate of the device, if you have one: PEM or DER.";
      const keys = authoritiesOf(state.entries);
      // A CA stands below, unless it is planned for.
      const devices = state.entries.filter(({ key }) => !keys.has(key) || key === state.chosen || flow !== "jitp");
      const n = devices.length;
      rerender(
        heading,
        n > 0 && h("h3", { class: "panel-subtitle" }, headingOf(n)),
        n > MOST_CARDS &&
          h("button", { type: "button", class: "link", "data-key": "all", on: { click: () => events.showAll() } }, "See all in a table"),
        state.entries.length > 1 &&
          h("button", { type: "button", class: "link", "data-key": "clear", on: { click: () => events.clear() } }, "Remove all"),
      );
      const used = new Set(attributes);
      // Of very many, the table in the plan shows all.
      const cards = n > MOST_CARDS ? devices.filter(({ key }) => key === state.chosen) : devices;
      rerender(
        list,
        ...cards.map((entry) =>
          entry.summary.error === undefined
            ? deviceCard(state, entry, used, keys.size > 0 && flow === "jitp", events)
            : otherCard(entry, events),
        ),
      );
      authorities.render(state);
    },
  };
}
