/** The script that asks the AWS CLI for what the plans of the page need. */

import { asked, devicesOf } from "../model/order.ts";
import type { Ask } from "../model/protocol.ts";
import { chosenEntry, type State, templateOf } from "../model/state.ts";
import { codeBox } from "../ui/code-box.ts";
import { save } from "../ui/copy-save.ts";
import { openDialog } from "../ui/dialog.ts";
import { h, icon, type Root, sentence } from "../ui/dom.ts";
import type { Notify } from "../ui/notices.ts";
import { accountWords as words } from "../words/account.ts";

const COMMAND = "sh ask-account.sh > account.json";

/** The part of a playground that this needs. */
export interface ScriptHost {
  readonly root: Root;
  readonly state: State;
  readonly call: Ask;
  readonly notify: Notify;
}

/** Opens a dialog with the script for the template and the certificates of the page. */
export async function scriptDialog({ root, state, call, notify }: ScriptHost): Promise<void> {
  const chosen = chosenEntry(state);
  const devices = devicesOf(state);
  const entries = asked(state, devices.length === 0 && chosen ? [chosen] : devices);
  const count = entries.length;
  if (count === 0 && state.analysis?.report.templateName === undefined) {
    notify(words.scriptNeeds, { tone: "warning" });
    return;
  }
  const text = await call("script", { ...templateOf(state), entries });
  if (text === undefined) return;
  openDialog(
    root,
    "account-script",
    words.ask,
    h("p", {}, ...sentence((command) => words.scriptLead(count, command), h("code", {}, COMMAND))),
    h(
      "div",
      { class: "toolbar" },
      h(
        "button",
        { type: "button", class: "button", on: { click: () => save(text, "ask-account.sh", "text/x-shellscript") } },
        icon("download"),
        words.saveScript,
      ),
    ),
    codeBox(text, words.script),
  );
}
