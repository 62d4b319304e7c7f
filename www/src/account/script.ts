/** The script that asks the AWS CLI for what the plans of the page need. */

import { accountScript, type Plan } from "jitp";
import { asked, devicesOf } from "../model/order.ts";
import type { Ask } from "../model/protocol.ts";
import { chosenEntry, type State, templateOf } from "../model/state.ts";
import { codeBox } from "../ui/code-box.ts";
import { save } from "../ui/copy-save.ts";
import { openDialog } from "../ui/dialog.ts";
import { h, icon, type Root } from "../ui/dom.ts";
import type { Notify } from "../ui/notices.ts";

/** The part of a playground that this needs. */
export interface ScriptHost {
  readonly root: Root;
  readonly state: State;
  readonly call: Ask;
  readonly notify: Notify;
}

/** The number of plans that the worker makes at a time. */
const SLICE = 50;

/** Opens a dialog with the script for the template and the certificates of the page. */
export async function scriptDialog({ root, state, call, notify }: ScriptHost): Promise<void> {
  const chosen = chosenEntry(state);
  const devices = devicesOf(state);
  const entries = asked(state, devices.length === 0 && chosen ? [chosen] : devices);
  const plans: Plan[] = [];
  const template = templateOf(state);
  for (let at = 0; at === 0 || at < entries.length; at += SLICE) {
    const made = await call("outlines", { ...template, entries: entries.slice(at, at + SLICE) });
    if (!made) return;
    plans.push(...made);
  }
  const name = state.analysis?.report.templateName;
  if (plans.length === 0 && name === undefined) {
    notify("Add a template and a device certificate first: they decide what the script asks for.", { tone: "warning" });
    return;
  }
  const text = accountScript(plans, name);
  openDialog(
    root,
    "account-script",
    "Ask the account",
    h(
      "p",
      {},
      `The script asks the AWS CLI for what ${plans.length === 1 ? "the plan of this page needs" : `the ${plans.length.toLocaleString("en")} plans of this page need`}, and for nothing more. It only reads. Run it with AWS credentials, for example as `,
      h("code", {}, "sh ask-account.sh > account.json"),
      ", and drop the output here.",
    ),
    h(
      "div",
      { class: "toolbar" },
      h(
        "button",
        { type: "button", class: "button", on: { click: () => save(text, "ask-account.sh", "text/x-shellscript") } },
        icon("download"),
        "Save the script",
      ),
    ),
    codeBox(text, "Script"),
  );
}
