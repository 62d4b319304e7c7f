/** A card for each entry, with the facts that jitp reads from it. */

import type { CertificateSummary, Diagnostic, NameAttribute } from "jitp";
import { OWN } from "../model/authorities.ts";
import { entryTitle } from "../model/certificate-title.ts";
import type { Entry } from "../model/entries.ts";
import { CERTIFICATE_ID, SERIAL_NUMBER, subjectPlace } from "../model/places.ts";
import type { State } from "../model/state.ts";
import type { Result } from "../model/tone.ts";
import { copyButton } from "../ui/copy-save.ts";
import { h, icon, prose, sentence } from "../ui/dom.ts";
import { byWeight, count, finding } from "../ui/findings.ts";
import { certificateWords as words } from "../words/certificates.ts";
import type { CertificateEvents } from "./events.ts";
import { mark } from "./marks.ts";
import { chainOf, signedBy } from "./signed-by.ts";

/** The card of a certificate that is planned for, or could be. `findings` are those about the one that is planned for. */
export function deviceCard(
  state: State,
  entry: Entry,
  used: Set<number>,
  hasAuthorities: boolean,
  findings: readonly Diagnostic[],
  result: Result | undefined,
  events: CertificateEvents,
): HTMLLIElement {
  const { summary, key } = entry;
  const chosen = key === state.chosen;
  const odd = chosen ? undefined : count(summary.diagnostics ?? []);
  return h(
    "li",
    { class: chosen ? "card is-chosen" : "card" },
    choiceHead(entry, "certificate", chosen, odd && ` · ${odd}`, () => events.choose(key), events, mark(result)),
    !chosen && hasAuthorities && signedBy(state, entry, false),
    chosen && entry.listed === undefined && facts(state, entry, used, findings, events),
  );
}

/** The head of a card that is one of several to choose from. */
export function choiceHead(
  entry: Entry,
  group: string,
  checked: boolean,
  more: string | undefined,
  change: () => void,
  events: CertificateEvents,
  mark?: HTMLElement,
): HTMLElement {
  const { key, from } = entry;
  const name = entryTitle(entry);
  return h(
    "div",
    { class: "card-head" },
    h(
      "label",
      { class: "card-choice" },
      h("input", { type: "radio", name: group, checked, value: key, "data-key": `${group}-${key}`, on: { change } }),
      mark,
      h("span", { class: "card-title" }, name, " ", h("span", { class: "card-from" }, from, more)),
    ),
    // The CA in the template's text is removed with it.
    key !== OWN && removeButton(key, name, events),
  );
}

/** The card of an entry that is not a certificate. */
export function otherCard({ summary, key, from }: Entry, events: CertificateEvents): HTMLLIElement {
  const what = words.kinds[summary.kind] ?? words.notReadable;
  const { subjectText } = summary;
  return h(
    "li",
    { class: "card card-error" },
    h(
      "div",
      { class: "card-head" },
      icon("warning"),
      h("p", { class: "card-title" }, words.other(what, from), h("span", { class: "card-from" }, words.entry(summary.index + 1))),
      removeButton(key, from, events),
    ),
    h("p", { class: "card-error-text" }, ...prose(summary.error ?? "")),
    subjectText &&
      h(
        "p",
        { class: "card-error-text" },
        ...(subjectText.openssl === ""
          ? [words.requested(words.empty)]
          : [...sentence(words.requested, h("code", {}, subjectText.openssl)), copyButton(words.subject, () => subjectText.openssl)]),
      ),
  );
}

/** Removes an entry. */
function removeButton(key: number, name: string, events: CertificateEvents): HTMLButtonElement {
  return h(
    "button",
    {
      type: "button",
      class: "button-quiet",
      "aria-label": words.remove(name),
      "data-key": `remove-${key}`,
      on: { click: () => events.remove(key) },
    },
    icon("cross"),
  );
}

/** Opens the viewer. */
export function detailsButton(entry: Entry, events: CertificateEvents): HTMLButtonElement {
  const { key, summary } = entry;
  const click = () => events.details(summary);
  const label = words.detailsOf(entryTitle(entry));
  return h("button", { type: "button", class: "button", "aria-label": label, "data-key": `details-${key}`, on: { click } }, words.details);
}

function facts(state: State, entry: Entry, used: Set<number>, findings: readonly Diagnostic[], events: CertificateEvents): HTMLElement {
  const { summary } = entry;
  const { certificateId, serialNumber, key, signatureAlgorithm } = summary;
  const now = state.options.now === undefined ? Date.now() : Date.parse(state.options.now);
  const row = (term: string, ...content: (Node | string)[]) => [h("dt", {}, term), h("dd", {}, ...content)];
  return h(
    "div",
    { class: "card-facts" },
    state.options.flow === "jitp" && signedBy(state, entry, true),
    findings.length > 0 &&
      h(
        "ol",
        { class: "findings", "aria-label": words.findings },
        ...byWeight(findings).map((one, i) => finding(one, `certificate-finding-${i}`, state.options.flow, events)),
      ),
    h("h4", { class: "card-heading" }, words.subject),
    (summary.subject ?? []).length === 0
      ? h("p", { class: "fact-quiet" }, words.emptySubject)
      : h(
          "ul",
          { class: "attributes" },
          ...(summary.subject ?? []).map((attribute) => subjectRow(attribute, used.has(attribute.index), events)),
        ),
    h(
      "dl",
      { class: "pairs" },
      ...row(words.valid, validity(summary, now)),
      ...(serialNumber
        ? row(
            words.serialNumber,
            h("code", { "data-place": SERIAL_NUMBER }, serialNumber.decimal),
            h("span", { class: "aside" }, words.hex(serialNumber.hex)),
          )
        : []),
      ...(certificateId
        ? row(
            words.certificateId,
            h("code", { class: "breaks", "data-place": CERTIFICATE_ID }, certificateId),
            copyButton(words.certificateId, () => certificateId),
          )
        : []),
      ...(key
        ? row(
            words.key,
            [key.algorithm, key.curve ?? (key.bits ? words.bits(key.bits) : "")].join(" ").trim(),
            signatureAlgorithm ? h("span", { class: "aside" }, words.signedWith(signatureAlgorithm.name)) : "",
          )
        : []),
    ),
    state.options.flow === "jitp" && chainPart(state, entry),
    h("div", { class: "toolbar" }, detailsButton(entry, events)),
  );
}

function chainPart(state: State, entry: Entry): HTMLElement | null {
  const chain = chainOf(state, entry);
  return chain && h("div", {}, h("h4", { class: "card-heading" }, words.chain), chain);
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
        ? h("em", {}, words.empty)
        : used
          ? h(
              "button",
              { type: "button", class: "value-link", title: words.showUse, "data-key": `place-${place}`, on: { click } },
              attribute.value,
            )
          : attribute.value,
      used && " ",
      used && h("span", { class: "attribute-used" }, words.used),
    ),
    h("span", { class: "aside" }, `${attribute.oid} · ${attribute.encoding}`),
  );
}

/** From when until when a certificate is valid, and whether that is now. */
export function validity(summary: CertificateSummary, now: number): HTMLElement {
  const day = (time: string | undefined) => time?.slice(0, 10) ?? "?";
  const range = words.range(day(summary.notBefore), day(summary.notAfter));
  const before = summary.notBefore !== undefined && now < Date.parse(summary.notBefore);
  const after = summary.notAfter !== undefined && now > Date.parse(summary.notAfter);
  if (!before && !after) return h("span", {}, range);
  return h("span", { class: "text-bad" }, before ? words.notYet(range) : words.expired(range));
}
