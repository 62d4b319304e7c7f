/** The CAs among the entries: which of them the plan uses as the registered one, and how to register it. */

import { OWN, ownCa, type Registered, registered } from "../model/authorities.ts";
import { entryTitle } from "../model/certificate-title.ts";
import { authoritiesOf, type Entry } from "../model/entries.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { h, rerender, sentence } from "../ui/dom.ts";
import { remarks } from "../ui/remarks.ts";
import { authorityWords as words } from "../words/authorities.ts";
import { certificateWords } from "../words/certificates.ts";
import { choiceHead, detailsButton, validity } from "./cards.ts";
import type { CertificateEvents, RegistrationView } from "./events.ts";

/** Nobody looks through more cards than this. */
const MOST_CARDS = 12;

/** Builds the part once; the answer renders the parts that depend on the state. */
export function authorityView(events: CertificateEvents): { element: HTMLElement; render(state: State): void } {
  const list = h("ul", { class: "cards" });
  const head = h("div", { class: "cards-head" });
  const chains = h("div", {});
  // How to register a CA is loaded when there is one.
  const place = h("div", { hidden: true });
  let registration: ReturnType<RegistrationView> | undefined;
  let shown: Parameters<ReturnType<RegistrationView>["render"]> | undefined;
  const register = (...now: Parameters<ReturnType<RegistrationView>["render"]>) => {
    shown = now;
    if (registration) registration.render(...now);
    else if (now[0]) void events.registration().then(open);
  };
  const open = (make: RegistrationView) => {
    if (registration || !shown) return;
    registration = make(events);
    place.replaceWith(registration.element);
    registration.render(...shown);
  };
  const element = h("section", { class: "authorities", "aria-label": words.name, hidden: true }, head, list, chains, place);
  return {
    element,
    render(state) {
      const keys = authoritiesOf(state.entries);
      const own = ownCa(state);
      element.hidden = (keys.size === 0 && own === undefined) || state.options.flow !== "jitp";
      if (element.hidden) {
        register(undefined, state);
        return;
      }
      const ca = registered(state);
      const authorities = [...(own ? [own] : []), ...state.entries.filter(({ key }) => keys.has(key))];
      const shown = authorities.length > MOST_CARDS ? authorities.filter(({ key }) => key === ca?.entry.key) : authorities;
      rerender(
        head,
        h("h3", { class: "panel-subtitle" }, words.heading(authorities.length)),
        ca?.why === "chosen" &&
          authorities.length > 1 &&
          h(
            "button",
            { type: "button", class: "link", "data-key": "auto", on: { click: () => events.register(undefined) } },
            words.automatically,
          ),
      );
      rerender(list, ...shown.map((entry) => authorityCard(state, entry, ca, events)));
      // Findings about the chosen device are on its card.
      const others = (state.signing?.diagnostics ?? []).filter(({ code }) => code === "JITP133");
      rerender(chains, remarks(others, events.rules, true));
      register(ca?.entry ?? (authorities.length === 1 ? authorities[0] : undefined), state);
    },
  };
}

function authorityCard(state: State, entry: Entry, ca: Registered | undefined, events: CertificateEvents): HTMLLIElement {
  const { key, summary } = entry;
  const on = ca?.entry.key === key;
  const name = entryTitle(entry);
  const now = state.options.now === undefined ? Date.now() : Date.parse(state.options.now);
  const planned = key === state.chosen;
  const devices = state.entries.some((other) => other.key !== key && chosenEntry({ ...state, chosen: other.key }) !== undefined);
  return h(
    "li",
    { class: on ? "card is-registered" : "card" },
    choiceHead(
      entry,
      "authority",
      on,
      on && ca ? ` · ${words.why[ca.why]}` : undefined,
      () => events.register(key === OWN ? undefined : key),
      events,
    ),
    h(
      "div",
      { class: "card-facts" },
      h("p", { class: "aside" }, ...sentence(certificateWords.validFrom, validity(summary, now))),
      on && remarks(summary.diagnostics ?? [], events.rules),
      h(
        "div",
        { class: "toolbar" },
        detailsButton(entry, events),
        !planned &&
          devices &&
          key !== OWN &&
          h(
            "button",
            {
              type: "button",
              class: "link",
              "data-key": `device-${key}`,
              "aria-label": words.planForOne(name),
              on: { click: () => events.choose(key) },
            },
            words.planFor,
          ),
      ),
    ),
  );
}
