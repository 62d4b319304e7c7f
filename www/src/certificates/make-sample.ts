/** A throw-away CA and a device certificate made to measure, for whoever has none at hand. */

import { openDialog } from "../ui/dialog.ts";
import { h, icon } from "../ui/dom.ts";
import type { Playground } from "../app/playground.ts";
import { templateOf } from "../model/state.ts";
import { copyButton, save } from "../ui/copy-save.ts";

/** Makes both, puts them among the certificates, and offers their keys, which are nowhere once that is closed. */
export async function makeSample(playground: Playground): Promise<void> {
  const { source } = playground.state;
  if (playground.readOnly) return;
  if (source.trim() === "") {
    playground.notify("There is no template yet that a certificate could be made for.", { tone: "warning" });
    return;
  }
  const made = await playground.call("sample", templateOf(playground.state));
  if (!made) return;
  if ("problem" in made) {
    playground.notify(`No sample could be made: ${made.problem}`, { tone: "warning" });
    return;
  }
  const entries = [
    ...(await playground.reading.read(made.device.pem, "sample device.pem")),
    ...(await playground.reading.read(made.ca.pem, "sample ca.pem")),
  ];
  playground.addEntries(entries);
  const button = (title: string, run: () => void) =>
    h("button", { type: "button", class: "button", on: { click: run } }, icon("download"), title);
  const file = (name: string, content: string) => button(name, () => save(content, name, "application/x-pem-file"));
  openDialog(
    playground.root,
    "sample",
    "A CA and a device, made for this template",
    h("p", {}, "Both certificates are in the panel now. The subject is ", h("code", { class: "breaks" }, made.subject), "."),
    h("div", { class: "toolbar" }, file("device.pem", made.device.pem), file("ca.pem", made.ca.pem)),
    h("h3", { class: "dialog-subtitle" }, "Their private keys"),
    h(
      "p",
      {},
      "The keys were made in this browser just now. Save them if you want to connect with them: once this is closed they are gone. They are for trying things out, not for devices that you ship.",
    ),
    h("div", { class: "toolbar" }, file("device.key", made.device.privateKey), file("ca.key", made.ca.privateKey)),
    h("h3", { class: "dialog-subtitle" }, "The same with OpenSSL"),
    h(
      "div",
      { class: "code-box" },
      h("pre", { class: "code", tabindex: 0, role: "group", "aria-label": "Commands that make the same" }, made.commands),
      copyButton("Commands", () => made.commands),
    ),
  );
}
