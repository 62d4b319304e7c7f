/** The "What if" options: the flow, Region, account, the reading of SerialNumber, and the clock. */

import { type Flow, regionPartition, type SerialNumberReading } from "jitp";
import { flowWords } from "../words/flows.ts";
import type { Options } from "../model/options.ts";
import type { State } from "../model/state.ts";
import { isAccount } from "../model/work.ts";
import { h } from "../ui/dom.ts";
import { optionsWords as words } from "../words/options.ts";

const REGIONS = [
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "cn-north-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-gov-west-1",
  "us-west-2",
];

/** Builds the form; `changed` gets valid options only. */
export function optionsForm(
  initial: Options,
  changed: (options: Options) => void,
): { element: HTMLElement; set(options: Options): void; render(state: State): void } {
  const flow = h("select", { id: "option-flow" }, ...Object.entries(flowWords).map(([value, { title }]) => h("option", { value }, title)));
  flow.value = initial.flow;
  const region = h("input", {
    id: "option-region",
    list: "regions",
    value: initial.region ?? "",
    placeholder: "eu-west-1",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "option-region-note",
  });
  const account = h("input", {
    id: "option-account",
    inputmode: "numeric",
    value: initial.accountId ?? "",
    placeholder: words.fromRole,
    maxlength: 12,
    autocomplete: "off",
    "aria-describedby": "option-account-note",
  });
  const serial = h(
    "select",
    { id: "option-serial" },
    ...Object.entries(words.readings).map(([value, title]) => h("option", { value }, title)),
  );
  serial.value = initial.serialNumber ?? "auto";
  const clock = h("input", { id: "option-clock", type: "datetime-local", "aria-describedby": "option-clock-note" });
  const regionNote = h("p", { class: "option-note", id: "option-region-note" });
  const accountNote = h("p", { class: "option-note", id: "option-account-note" });
  const clockNote = h("p", { class: "option-note", id: "option-clock-note" }, words.clockNote);
  const shown = h("span", { class: "options-now" });

  const update = () => {
    const options: Options = { flow: flow.value as Flow };
    const regionText = region.value.trim();
    const regionHolds = regionPartition(regionText) !== undefined;
    if (regionHolds) options.region = regionText;
    complain(region, regionNote, regionText === "" || regionHolds ? "" : words.notRegion);
    const accountText = account.value.trim();
    const accountHolds = isAccount(accountText);
    if (accountHolds) options.accountId = accountText;
    complain(account, accountNote, accountText === "" || accountHolds ? "" : words.notAccount);
    if (options.flow === "jitp" && serial.value !== "auto") options.serialNumber = serial.value as SerialNumberReading;
    if (clock.value !== "") options.now = new Date(`${clock.value}Z`).toISOString().replace(".000Z", "Z");
    return options;
  };
  const field = (title: string, control: HTMLElement, note?: HTMLElement) =>
    h("div", { class: "option" }, h("label", { for: control.id }, title), control, note);

  const serialField = field(words.serial, serial);
  // The flow stays: it says what the template is, not what if.
  const reset = h("button", { type: "button", class: "link act", on: { click: () => put({ flow: flow.value as Flow }) } }, words.reset);
  const put = (options: Options) => {
    set(options);
    changed(update());
    region.focus();
  };
  const form = h(
    "details",
    { class: "options", "data-key": "options" },
    h("summary", {}, h("span", { class: "options-title" }, words.title), " ", shown),
    h(
      "div",
      { class: "options-fields" },
      field(words.flow, flow),
      field(words.region, region, regionNote),
      field(words.account, account, accountNote),
      serialField,
      field(words.clock, clock, clockNote),
      reset,
      h("datalist", { id: "regions" }, ...REGIONS.map((value) => h("option", { value }))),
    ),
  );
  form.addEventListener("input", () => changed(update()));
  const set = (options: Options) => {
    flow.value = options.flow;
    region.value = options.region ?? "";
    account.value = options.accountId ?? "";
    serial.value = options.serialNumber ?? "auto";
    clock.value = options.now?.slice(0, 16) ?? "";
    update();
  };
  return {
    element: form,
    set,
    render({ options, analysis }) {
      flow.value = options.flow;
      reset.hidden = [region, account, clock].every(({ value }) => value === "") && serial.value === "auto";
      serialField.hidden = options.flow !== "jitp";
      const role = analysis?.report.role !== undefined;
      shown.textContent = [
        options.flow === "jitp" ? words.now.jitp : flowWords[options.flow].title,
        options.region ?? words.now.noRegion,
        options.accountId ? words.now.account(options.accountId) : role ? words.now.accountOfRole : words.now.noAccount,
        ...(options.flow === "jitp" ? [words.now.serial(options.serialNumber ?? "auto")] : []),
        options.now ? words.now.clock(options.now.slice(0, 16).replace("T", " ")) : words.now.noClock,
      ].join(" · ");
    },
  };
}

function complain(control: HTMLInputElement, note: HTMLElement, complaint: string): void {
  control.setAttribute("aria-invalid", String(complaint !== ""));
  note.textContent = complaint;
}
