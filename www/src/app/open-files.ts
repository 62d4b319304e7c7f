/** Opens files and pastes. */

import { type AccountHost, giveAccount } from "./account-texts.ts";
import type { Entry } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import { bundleOf } from "../model/bundle.ts";
import type { Work } from "../model/work.ts";
import type { Received } from "../share/format.ts";
import type { Offer } from "../ui/findings.ts";
import type { Notify } from "../ui/notices.ts";
import { certificatesIn, type Content, contentOf, type Expected } from "./file-content.ts";

/** The part of a playground that this needs. */
export interface FilesHost extends AccountHost {
  readonly readOnly: boolean;
  readonly call: Ask;
  readonly notify: Notify;
  readonly screen: { look(text: string): Promise<boolean>; redacted(text: string): Promise<string> };
  readonly reader: { read(bundle: string | Uint8Array, from: string): Promise<Entry[]>; unreadable(error: string, from: string): Entry };
  /** Says why a text was refused. */
  refuse(text: string): void;
  replaceTemplate(text: string, bytes?: Uint8Array): void;
  undo(): Offer;
  addEntries(entries: Entry[]): void;
  show(work: Work): Promise<boolean>;
  /** A way back to the present work. */
  way(): () => void;
}

/** The number of files that are read at a time. */
const AT_A_TIME = 24;

/** Opens files, each by its content; `expected` decides if that does not. */
export async function openFiles(host: FilesHost, files: File[], expected: Expected): Promise<void> {
  if (host.readOnly) return;
  const added: Entry[] = [];
  for (let at = 0; at < files.length; at += AT_A_TIME) {
    const some = files.slice(at, at + AT_A_TIME).map((file) => openFile(host, file, expected));
    for (const entries of await Promise.all(some)) added.push(...entries);
  }
  host.addEntries(added);
}

async function openFile(host: FilesHost, file: File, expected: Expected): Promise<Entry[]> {
  try {
    const judge = {
      isTemplate: async (text: string) => (await host.call("isTemplate", { text })) ?? false,
      isAccount: async (text: string) => (await host.call("isAccount", { text })) ?? false,
    };
    return await open(host, await contentOf(file, expected, judge), await host.screen.redacted(file.name));
  } catch (error) {
    // A folder, or a file that was deleted meanwhile.
    const cause = error instanceof Error ? error.message : String(error);
    host.notify(`${await host.screen.redacted(file.name)} could not be read: ${cause}`, { tone: "warning" });
    return [];
  }
}

/** Opens text that was pasted as certificates. */
export async function openText(host: FilesHost, text: string): Promise<void> {
  if (host.readOnly) return;
  host.addEntries(await open(host, certificatesIn(text), "pasted text"));
}

/** Shows the content of a file or a paste. The answer is the entries to add. */
async function open(host: FilesHost, content: Content, from: string): Promise<Entry[]> {
  switch (content.kind) {
    case "template":
      if (!(await host.screen.look(content.text))) {
        host.refuse(content.text);
        return [];
      }
      host.replaceTemplate(content.text, content.bytes);
      host.notify(`${from} is in the editor now.`, { action: host.undo() });
      return [];
    case "work":
      await openWork(host, content.received, from);
      return [];
    case "certificates":
      return host.reader.read(content.bundle, from);
    case "account":
      await giveAccount(host, content.text, from);
      return [];
    case "zip":
      return openZip(host, content.bytes, from);
    case "too-large":
      host.notify(`${from} was not read. ${content.why}`, { tone: "warning" });
      return [];
  }
}

/** Opens a ZIP. Its files can only be certificates: none of them may replace the template. */
async function openZip(host: FilesHost, bytes: Uint8Array, from: string): Promise<Entry[]> {
  const unzipped = await host.call("unzip", { bytes });
  if (!unzipped) return [];
  if ("problem" in unzipped) {
    host.notify(`${from} was not opened. ${unzipped.problem}`, { tone: "warning" });
    return [];
  }
  const entries: Entry[] = [];
  for (const { name, bytes } of unzipped.files) {
    entries.push(...(await open(host, certificatesIn(bundleOf(bytes)), inZip(from, await host.screen.redacted(name)))));
  }
  for (const name of unzipped.nested) {
    entries.push(
      host.reader.unreadable(
        "A ZIP inside a ZIP is not opened. Unpack it and add its files.",
        inZip(from, await host.screen.redacted(name)),
      ),
    );
  }
  for (const name of unzipped.broken) {
    entries.push(
      host.reader.unreadable(
        "It cannot be unpacked: it is damaged, or its compression is not supported.",
        inZip(from, await host.screen.redacted(name)),
      ),
    );
  }
  if (unzipped.files.length === 0 && entries.length === 0) host.notify(`${from} has no files.`, { tone: "warning" });
  return entries;
}

/** The name of a file in a ZIP, as the page shows it; a name may be very long. */
function inZip(zip: string, name: string): string {
  const shown = name.length > 160 ? `…${name.slice(-160)}` : name;
  return `${zip.slice(-80)} › ${shown}`;
}

/** Shows work that was saved by Share. */
async function openWork(host: FilesHost, received: Received, from: string): Promise<void> {
  if ("problem" in received) {
    host.notify(`${from} could not be read. ${received.problem}`, { tone: "warning" });
    return;
  }
  const back = host.way();
  if (!(await host.show(received.work))) return;
  host.notify(`The work in ${from} replaced yours.`, { action: { title: "Restore my work", run: back }, stay: true });
}
