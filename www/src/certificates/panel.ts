/** The certificate panel: ways to add certificates, the devices, and their CA. */

import { watchFor } from "../model/watch.ts";
import { authoritiesOf } from "../model/entries.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { append, byId, h, rerender, type Root } from "../ui/dom.ts";
import { fileButton } from "../ui/file-button.ts";
import { visibleFiles } from "../ui/folders.ts";
import { pemField } from "../ui/paste-field.ts";
import { authorityView } from "./ca-list.ts";
import { deviceCard, otherCard } from "./cards.ts";
import { marksWatched, resultsOf } from "./marks.ts";
import { subjectCard } from "./subject.ts";
import type { CertificateEvents } from "./events.ts";

/** Nobody looks through more cards than this. */
const MOST_CARDS = 12;

/** The files that the file dialog offers. */
const ACCEPTED = ".pem,.crt,.cer,.der,.cert,.txt,.p7b,.p7c,.p12,.pfx,.csr,.zip,application/x-x509-ca-cert,application/pkix-cert";

function headingOf(n: number): string {
  if (n === 1) return "1 certificate";
  return n > MOST_CARDS
    ? `${n.toLocaleString("en")} entries. This is the one that the plan is for.`
    : `${n} entries. Choose the one to plan for.`;
}

/** Builds the panel once; the answer renders the parts that depend on the state. */
export function certificatePanel(root: Root, events: CertificateEvents): { render(state: State): void } {
  const sample = h("button", { type: "button", class: "link", on: { click: () => events.sample() } }, "Create sample certificates");
  const authorities = authorityView(events);
  /** On a device without a pointer that drags, nobody is told to drop files. */
  const invitation = { drag: h("span", { class: "for-drag" }), touch: h("span", { class: "for-touch" }) };
  const list = h("ul", { class: "cards" });
  const heading = h("div", { class: "cards-head" });

  const drop = h("div", { class: "drop" });
  append(
    drop,
    h(
      "div",
      { class: "drop-head" },
      h("p", { class: "drop-invitation" }, invitation.drag, invitation.touch),
      h(
        "div",
        { class: "drop-buttons" },
        fileButton("certificate-file", "Choose files", { multiple: true, accept: ACCEPTED }, (files) => events.files(files, "certificate")),
        fileButton(
          "certificate-folder",
          "Folder",
          { webkitdirectory: true },
          (files) => events.files(visibleFiles(files), "folder"),
          "folder",
        ),
      ),
    ),
    pemField("certificate-text", "Paste certificates as PEM text", (text) => events.paste(text)),
    h(
      "p",
      { class: "hint" },
      h("span", { class: "hint-keys" }, "Private keys are refused: never read, never kept. "),
      h("span", { class: "hint-sample" }, h("span", { class: "hint-keys" }, "No certificate? "), sample),
    ),
  );
  const lone = h("div", {});
  append(byId(root, "certificate"), drop, lone, heading, list, authorities.element);

  const changed = watchFor();
  return {
    render(state) {
      const attributes = state.analysis?.plan?.parameters.flatMap(({ attribute }) => (attribute ? [attribute.index] : [])) ?? [];
      const { flow } = state.options;
      // Most keystrokes change nothing here, and there may be a thousand cards.
      const differs = changed(
        state.entries,
        state.chosen,
        state.authority,
        state.signing,
        state.subject,
        state.analysis?.plan?.certificate.subject?.length,
        state.analysis?.issuer,
        state.analysis?.authority?.pem,
        state.analysis?.report.kind,
        state.options.now,
        String(attributes),
        marksWatched(state),
        flow,
      );
      if (!differs) return;

      drop.toggleAttribute("data-filled", state.entries.length > 0);
      const jitp = flow === "jitp";
      invitation.drag.textContent = jitp
        ? "Drop certificates of devices and their CA here: files, folders or a ZIP, in any format."
        : "Add the device certificate if you have one: PEM or DER.";
      invitation.touch.textContent = jitp
        ? "Add certificates of devices and their CA: files or a ZIP, in any format."
        : invitation.drag.textContent;
      const alone = chosenEntry(state) === undefined ? state.subject : undefined;
      rerender(lone, alone && subjectCard(alone, state.analysis?.plan, () => events.removeSubject()));
      const keys = authoritiesOf(state.entries);
      // CAs are below, except a CA that is planned for.
      const devices = state.entries.filter(({ key }) => !keys.has(key) || key === state.chosen || flow !== "jitp");
      const n = devices.length;
      rerender(
        heading,
        n > 0 && h("h3", { class: "panel-subtitle" }, headingOf(n)),
        n > MOST_CARDS &&
          h(
            "button",
            { type: "button", class: "link act", "data-key": "all", on: { click: () => events.showAll() } },
            "See all in a table",
          ),
        state.entries.length > 1 &&
          h("button", { type: "button", class: "link act", "data-key": "clear", on: { click: () => events.clear() } }, "Remove all"),
      );
      const used = new Set(attributes);
      const results = resultsOf(state);
      // The table in the plan panel shows all.
      const cards = n > MOST_CARDS ? devices.filter(({ key }) => key === state.chosen) : devices;
      rerender(
        list,
        ...cards.map((entry) =>
          entry.summary.error === undefined
            ? deviceCard(state, entry, used, keys.size > 0 && flow === "jitp", results.get(entry.key), events)
            : otherCard(entry, events),
        ),
      );
      authorities.render(state);
    },
  };
}
