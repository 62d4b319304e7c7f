/** The form "Can it …?": what the provisioned device may do, answered while the user types. */

import { type AccessContext, type Decision, type DeviceRequest, reachOf } from "jitp";
import type { Ask } from "../model/protocol.ts";
import { placeOf } from "../model/order.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { watchFor } from "../model/watch.ts";
import { decisionParts, litBy } from "../ui/decision.ts";
import { h, prose, rerender } from "../ui/dom.ts";
import type { FindingEvents } from "../ui/findings.ts";
import { canItWords as words } from "../words/can-it.ts";
import { putInto, screenPaste } from "../ui/paste.ts";

/** The actions of a user here. */
export interface CanItEvents extends Pick<FindingEvents, "jump" | "placeShown"> {
  readonly call: Ask;
  /** The element lights another place now, or none. */
  lights(element: HTMLElement): void;
  /** Says why a pasted text was refused. */
  refuse(text: string): void;
  /** Whether a text holds no private key, as far as the worker can tell. */
  clean(text: string): Promise<boolean>;
}

type Verb = DeviceRequest["verb"];

/** An example of what each verb is done to. */
const EXAMPLES: Record<Verb, string> = {
  connect: "",
  publish: "lamps/7/state",
  subscribe: "lamps/7/+",
  receive: "lamps/7/orders",
  call: "thing/lamp-7",
};

/** The form, built once: a field that is rendered again loses its cursor. */
export function canIt(events: CanItEvents): { element: HTMLElement; render(state: State): void } {
  let state: State | undefined;
  let run = 0;
  let told = "";
  const verb = h("select", { id: "can-verb" }, ...Object.entries(words.verbs).map(([value, { title }]) => h("option", { value }, title)));
  const text = (id: string, placeholder: string) => {
    const input: HTMLInputElement = h("input", {
      id,
      placeholder,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      maxlength: 1_000,
      on: {
        paste(event) {
          screenPaste(event, events.clean, (pasted) => putInto(input, pasted), events.refuse);
        },
      },
    });
    return input;
  };
  const action = text("can-action", "iot:GetThingShadow");
  const on = text("can-on", "");
  const client = text("can-client", "");
  const field = (title: string, control: HTMLElement) => h("div", { class: "option" }, h("label", { for: control.id }, title), control);
  const actionField = field(words.action, action);
  const onField = field(words.topic, on);
  const clientField = field(words.clientId, client);
  const answer = h("div", { class: "can-answer decision-box", "aria-live": "polite" });
  const element = h(
    "section",
    { class: "part can-it", hidden: true },
    h("h3", { class: "part-title", id: "can-title" }, words.title),
    h(
      "form",
      { class: "can-fields", "aria-labelledby": "can-title", on: { submit: (event) => event.preventDefault() } },
      field(words.canIt, verb),
      actionField,
      onField,
      clientField,
    ),
    answer,
  );

  /** The answer that is shown. */
  let shown: Decision | undefined;

  /** Shows an answer. The same one is not said again. */
  function tell(key: string, place: string | undefined, ...content: HTMLElement[]): void {
    if (key !== told) {
      told = key;
      rerender(answer, ...content);
    }
    if (place === undefined) delete element.dataset.lights;
    else element.dataset.lights = place;
    events.lights(element);
  }

  function show(decision: Decision | undefined): void {
    if (!decision) return;
    shown = decision;
    const { span } = decision.statement ?? {};
    // The number of its line depends on how the template is shown.
    const key = JSON.stringify([decision, span && events.placeShown(span)]);
    tell(key, litBy(decision.statement), ...decisionParts(decision, "can-statement", events));
  }

  async function ask(): Promise<void> {
    const mine = ++run;
    const chosen = verb.value as Verb;
    const { title, on: name, lacks } = words.verbs[chosen];
    actionField.hidden = chosen !== "call";
    onField.hidden = chosen === "connect";
    // A call over HTTPS has no client ID.
    clientField.hidden = chosen === "call";
    const label = onField.querySelector("label");
    if (label) label.textContent = name;
    on.placeholder = EXAMPLES[chosen];
    verb.title = title;
    const request = requestOf(chosen, on.value.trim(), action.value.trim());
    if (!state || element.hidden) return;
    const access = state.analysis?.plan?.access;
    // What the policies allow as well is not good news about a device that cannot connect.
    element.toggleAttribute("data-in-vain", client.value === "" && access !== undefined && reachOf(access) === "cannot");
    shown = undefined;
    if (!request) {
      tell(lacks, undefined, h("p", { class: "fact-quiet" }, ...prose(lacks)));
      return;
    }
    const { pem } = chosenEntry(state)?.summary ?? {};
    const context: AccessContext = chosen === "call" || client.value === "" ? {} : { clientId: client.value };
    const made = { ...placeOf(state), ...(pem !== undefined && { certificate: pem }), asked: request, context };
    const answered = await events.call("can", made);
    if (answered && mine === run) show(answered.answers[0]);
  }

  element.addEventListener("input", () => void ask());
  const changed = watchFor();
  return {
    element,
    render(next) {
      state = next;
      const access = next.analysis?.plan?.access;
      element.hidden = access === undefined;
      client.placeholder = access?.context.clientId ?? "";
      if (changed(next.analysis)) void ask();
      else if (shown) show(shown);
    },
  };
}

/** The request; nothing as long as a part of it is missing. */
function requestOf(verb: Verb, on: string, action: string): DeviceRequest | undefined {
  if (verb === "connect") return { verb };
  if (on === "") return undefined;
  switch (verb) {
    case "publish":
    case "receive":
      return { verb, topic: on };
    case "subscribe":
      return { verb, filter: on };
    case "call":
      return action === "" ? undefined : { verb, action, resource: on };
  }
}
