/** The panels, fields and keys that the first plan does not need: they come with the editor, one task each. */

import type { Fix, Span } from "jitp";
import { canIt } from "../access/can-it.ts";
import { accountChanges } from "../account/changes.ts";
import { accountPanel } from "../account/panel.ts";
import { scriptDialog } from "../account/script.ts";
import type { Screen } from "../engine/screen.ts";
import { saveFleet } from "../fleet/save.ts";
import { fleetTable } from "../fleet/table.ts";
import { accountFile } from "../model/account.ts";
import type { State } from "../model/state.ts";
import { save } from "../ui/copy-save.ts";
import { byId, h, type Root } from "../ui/dom.ts";
import type { Pointing } from "../ui/pointing.ts";
import { turn } from "../ui/turn.ts";
import { intakeWords } from "../words/intake.ts";
import { fixAccount, removeAccount } from "./account-texts.ts";
import { addDividers } from "./dividers.ts";
import { type KeysHost, listenToKeys } from "./keys.ts";
import type { MountOptions } from "./mount-options.ts";
import { type FilesHost, openFiles, openText } from "./open-files.ts";
import { type PreviewHost, previews } from "./previews.ts";
import { printTemplate } from "./print-template.ts";

/** The name of a saved account. */
const ACCOUNT_FILE = "jitp-account.json";

/** The part of a playground that these panels need. */
interface Host extends FilesHost, KeysHost, PreviewHost {
  readonly root: Root;
  readonly state: State;
  readonly screen: Screen;
}

/** The panel or part that follows the state. */
interface Panel {
  render(state: State): void;
}

/** The part of the views that these panels need. */
export interface LatePanelsHost {
  readonly actions: MountOptions["actions"] | undefined;
  readonly rules: string | undefined;
  readonly host: Host;
  /** Whether it is the page itself, and not part of another page. */
  readonly isPage: boolean;
  /** Where the panels will be. */
  readonly slots: { account: { given: HTMLElement; changes: HTMLElement }; asking: HTMLElement };
  readonly pointing: Pointing;
  /** Aborted when the playground is removed. */
  readonly gone: AbortSignal;
  /** Adds a panel to those that follow the state. */
  add(panel: Panel): void;
  /** Adds what must end with the playground. */
  ending(...endings: (() => void)[]): void;
  /** The text of the editor, once it is loaded. */
  text(): string | undefined;
  jump(span: Span): void;
  placeShown(span: Span): string;
  showCertificate(): void;
  previews(made: ReturnType<typeof previews>): void;
}

/** Builds them. */
export async function openLatePanels(views: LatePanelsHost): Promise<void> {
  const { host, actions, isPage, gone } = views;
  const { root, state } = host;
  // Now, so that no press needs the network.
  await Promise.all([turn(), import("../engine/late-start.ts"), import("../engine/judged.ts")]);
  // The playground may be gone by now.
  if (gone.aborted) return;
  views.ending(
    addDividers(root, isPage),
    printTemplate(byId(root, "editor"), () => views.text() ?? state.source),
  );
  listenToKeys(host, actions && { ...actions, open: () => chooseFile(host) }, gone);
  await turn();
  openForm(views);
  await turn();
  openAccount(views);
  const made = previews(host);
  views.previews(made);
  views.add(made);
}

/** Has the user choose files of any kind. */
function chooseFile(host: FilesHost): void {
  const choose = h("input", { type: "file", multiple: true });
  choose.addEventListener("change", () => void openFiles(host, [...(choose.files ?? [])], "certificate"));
  choose.click();
}

/** The form on access. */
function openForm(views: LatePanelsHost): void {
  const { host, pointing, slots } = views;
  const form = canIt({
    call: host.call,
    jump: (span) => views.jump(span),
    placeShown: (span) => views.placeShown(span),
    lights: (element) => pointing.follow(element),
    refuse: (text) => host.refuse(text),
    clean: (text) => host.screen.look(text),
  });
  slots.asking.replaceChildren(form.element);
  views.add(form);
}

/** What is known of the account, and what the plan changes in it. */
function openAccount(views: LatePanelsHost): void {
  const { host, rules, slots } = views;
  const events = {
    ...(rules !== undefined && { rules }),
    readOnly: () => host.readOnly,
    files: (files: File[]) => void openFiles(host, files, "account"),
    paste: (text: string) => void openText(host, text, intakeWords.pasted, "account"),
    remove: (key: number) => void removeAccount(host, key),
    fix: (key: number, fix: Fix) => void fixAccount(host, key, fix),
    script: () => void scriptDialog(host),
    save: (content: string) => save(content, ACCOUNT_FILE, "application/json"),
    give: () => {
      views.showCertificate();
      panel.open();
    },
  };
  const panel = accountPanel(events);
  const changes = accountChanges(events);
  slots.account.given.replaceChildren(panel.element);
  slots.account.changes.replaceChildren(changes.element);
  views.add(panel);
  views.add(changes);
}

/** The table of all devices. */
export function openFleet(
  host: Pick<Host, "call" | "root"> & { readonly edits: { choose(key: number): void }; judge(go: boolean): void },
): ReturnType<typeof fleetTable> {
  return fleetTable({
    choose: (key) => {
      host.edits.choose(key);
      byId(host.root, "verdict").scrollIntoView({ block: "nearest" });
    },
    judge: (go) => host.judge(go),
    saveAccount: (after) => save(accountFile(after), ACCOUNT_FILE, "application/json"),
    save: (as, lines) => void saveFleet(host.call, as, lines),
  });
}
