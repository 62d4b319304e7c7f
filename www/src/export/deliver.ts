/** Copies or saves an export. */

import { copy, save } from "../ui/copy-save.ts";
import type { Root } from "../ui/dom.ts";
import type { Notify } from "../ui/notices.ts";
import { type ExportSource, type Format, makeExport, type Registration } from "./make.ts";

/** The part of a playground that this needs. */
export interface ExportHost extends ExportSource {
  readonly root: Root;
  readonly notify: Notify;
}

/** Copies or saves, and says what a user must know about the export. */
export async function deliver(
  host: ExportHost,
  format: Format,
  title: string,
  how: "copy" | "save",
  registration: Registration = {},
): Promise<void> {
  const made = await makeExport(host, format, registration);
  if (!made) return;
  const { content, fileName, mediaType, notes } = made;
  if (content === "") {
    host.notify(notes.join(" "), { tone: "warning" });
    return;
  }
  if (how === "copy" && typeof content === "string") {
    await copy(host.root, content, title, notes.join(" "));
    return;
  }
  save(content, fileName, mediaType);
  if (notes.length > 0) host.notify(notes.join(" "));
}
