/** The certificate panel: ways to add certificates, the devices, and their CA. */

import { sharedFindings } from "../model/about.ts";
import { watchFor } from "../model/watch.ts";
import { authoritiesOf } from "../model/entries.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { append, byId, h, rerender, type Root } from "../ui/dom.ts";
import { fileButton } from "../ui/file-button.ts";
import { visibleFiles } from "../ui/folders.ts";
import { anyField } from "../ui/paste-field.ts";
import { certificateWords as words } from "../words/certificates.ts";
import { authorityView } from "./ca-list.ts";
import { deviceCard, otherCard } from "./cards.ts";
import { marksWatched, resultsOf } from "./marks.ts";
import { subjectCard } from "./subject.ts";
import type { CertificateEvents } from "./events.ts";

/** Nobody looks through more cards than this. */
const MOST_CARDS = 12;

/** Builds the panel once; the answer renders the parts that depend on the state. */
export function certificatePanel(root: Root, events: CertificateEvents): { render(state: State): void } {
  const sample = h("button", { type: "button", class: "link", on: { click: () => events.sample() } }, words.createSamples);
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
        pasteButton(events),
        fileButton("certificate-file", words.chooseFiles, { multiple: true }, (files) => events.files(files, "certificate")),
        fileButton(
          "certificate-folder",
          words.folder,
          { webkitdirectory: true },
          (files) => events.files(visibleFiles(files), "folder"),
          "folder",
        ),
      ),
    ),
    anyField("certificate-text", words.box, (text) => events.paste(text)),
    h(
      "p",
      { class: "hint" },
      h("span", { class: "hint-keys" }, words.noKeys, " "),
      h("span", { class: "hint-sample" }, h("span", { class: "hint-keys" }, words.noCertificate, " "), sample),
    ),
  );
  const lone = h("div", {});
  append(byId(root, "certificate"), drop, lone, heading, list, authorities.element);

  const changed = watchFor();
  return {
    render(state) {
      const attributes = state.analysis?.plan?.parameters.flatMap(({ attribute }) => (attribute ? [attribute.index] : [])) ?? [];
      const { flow } = state.options;
      const findings = sharedFindings(state).certificate;
      // Most keystrokes change nothing here, and there may be a thousand cards.
      const differs = changed(
        state.entries,
        state.detailed,
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
        findings.map(({ code, message }) => code + message).join(),
        flow,
      );
      if (!differs) return;

      drop.toggleAttribute("data-filled", state.entries.length > 0);
      const jitp = flow === "jitp";
      invitation.drag.textContent = jitp ? words.invitation.drag : words.invitation.request;
      invitation.touch.textContent = jitp ? words.invitation.touch : words.invitation.request;
      const alone = chosenEntry(state) === undefined ? state.subject : undefined;
      rerender(lone, alone && subjectCard(alone, state.analysis?.plan, () => events.removeSubject()));
      const keys = authoritiesOf(state.entries);
      // CAs are below, except a CA that is planned for.
      const devices = state.entries.filter(({ key }) => !keys.has(key) || key === state.chosen || flow !== "jitp");
      const n = devices.length;
      rerender(
        heading,
        n > 0 && h("h3", { class: "panel-subtitle" }, words.heading(n, MOST_CARDS)),
        n > MOST_CARDS &&
          h("button", { type: "button", class: "link act", "data-key": "all", on: { click: () => events.showAll() } }, words.seeAll),
        state.entries.length > 1 &&
          h("button", { type: "button", class: "link act", "data-key": "clear", on: { click: () => events.clear() } }, words.removeAll),
      );
      const used = new Set(attributes);
      // The table in the plan panel shows all.
      const cards = n > MOST_CARDS ? devices.filter(({ key }) => key === state.chosen) : devices;
      const results = resultsOf(state, cards);
      rerender(
        list,
        ...cards.map((entry) =>
          entry.summary.error === undefined
            ? deviceCard(state, entry, used, keys.size > 0 && flow === "jitp", findings, results.get(entry.key), events)
            : otherCard(entry, events),
        ),
      );
      authorities.render(state);
    },
  };
}

/** Phones have no keys to paste with, and a field that pastes only after a long press. */
function pasteButton(events: CertificateEvents): HTMLElement {
  const paste = async () => {
    try {
      events.paste(await navigator.clipboard.readText());
    } catch {
      // The browser, or the page that embeds this one, does not allow it.
      events.notify(words.cannotPaste, { tone: "warning" });
    }
  };
  return h(
    "span",
    { class: "for-touch" },
    h("button", { type: "button", class: "button", on: { click: () => void paste() } }, words.paste),
  );
}
