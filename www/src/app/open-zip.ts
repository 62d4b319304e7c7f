/** Opens a ZIP of certificates. */

import type { Entry } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import type { Notify } from "../ui/notices.ts";
import { intakeWords as words } from "../words/intake.ts";

/** The part of a playground that this needs. */
export interface Archive {
  readonly call: Ask;
  readonly notify: Notify;
  redacted(name: string): Promise<string>;
  unreadable(error: string, from: string): Entry;
  /** Reads the files. */
  read(files: { bytes: Uint8Array; from: string }[]): Promise<Entry[]>;
}

/** The entries of the files in a ZIP. */
export async function openZip(host: Archive, bytes: Uint8Array, from: string): Promise<Entry[]> {
  const unzipped = await host.call("unzip", { bytes });
  if (!unzipped) return [];
  if ("problem" in unzipped) {
    host.notify(words.zipProblem(from, unzipped.problem), { tone: "warning" });
    return [];
  }
  const files: { bytes: Uint8Array; from: string }[] = [];
  for (const { name, bytes: file } of unzipped.files) files.push({ bytes: file, from: inZip(from, await host.redacted(name)) });
  const entries = await host.read(files);
  for (const name of unzipped.nested) entries.push(host.unreadable(words.zipInZip, inZip(from, await host.redacted(name))));
  for (const name of unzipped.broken) entries.push(host.unreadable(words.zipBroken, inZip(from, await host.redacted(name))));
  if (unzipped.files.length === 0 && entries.length === 0) host.notify(words.zipEmpty(from), { tone: "warning" });
  return entries;
}

/** The name of a file in a ZIP, as the page shows it; a name may be very long. */
function inZip(zip: string, name: string): string {
  const shown = name.length > 160 ? `…${name.slice(-160)}` : name;
  return `${zip.slice(-80)} › ${shown}`;
}
