/** Creates a sample CA and a sample device certificate for the template. */

import type { Entry } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import { type State, templateOf } from "../model/state.ts";
import { codeBox } from "../ui/code-box.ts";
import { save } from "../ui/copy-save.ts";
import { openDialog } from "../ui/dialog.ts";
import { h, icon, type Root, sentence } from "../ui/dom.ts";
import type { Notify } from "../ui/notices.ts";
import { makeSampleWords as words } from "../words/make-sample.ts";

/** The part of a playground that this needs. */
export interface SampleHost {
  readonly root: Root;
  readonly readOnly: boolean;
  readonly state: State;
  readonly reader: { read(bundle: string, from: string): Promise<Entry[]> };
  readonly call: Ask;
  readonly notify: Notify;
  addEntries(entries: Entry[]): void;
}

/** Creates both, adds them to the certificates, and offers their keys. The keys are gone when the dialog is closed. */
export async function makeSample(host: SampleHost): Promise<void> {
  const { state, reader } = host;
  if (host.readOnly) return;
  if (state.source.trim() === "") {
    host.notify(words.noTemplate, { tone: "warning" });
    return;
  }
  const made = await host.call("sample", templateOf(state));
  if (!made) return;
  if ("problem" in made) {
    host.notify(words.failed(made.problem), { tone: "warning" });
    return;
  }
  host.addEntries([...(await reader.read(made.device.pem, words.device)), ...(await reader.read(made.ca.pem, words.ca))]);
  const file = (name: string, content: string) =>
    h(
      "button",
      { type: "button", class: "button", on: { click: () => save(content, name, "application/x-pem-file") } },
      icon("download"),
      name,
    );
  openDialog(
    host.root,
    "sample",
    words.title,
    h("p", {}, ...sentence(words.lead, h("code", { class: "breaks" }, made.subject))),
    h("div", { class: "toolbar" }, file("device.pem", made.device.pem), file("ca.pem", made.ca.pem)),
    h("h3", { class: "dialog-subtitle" }, words.keys),
    h("p", {}, words.keysNote),
    h("div", { class: "toolbar" }, file("device.key", made.device.privateKey), file("ca.key", made.ca.privateKey)),
    h("h3", { class: "dialog-subtitle" }, words.openssl),
    codeBox(made.commands, words.opensslCommands, words.commands),
  );
}
