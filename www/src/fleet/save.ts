/** Saves the table as a file. */

import type { FleetEntry } from "../model/fleet.ts";
import type { Ask } from "../model/protocol.ts";
import { save } from "../ui/copy-save.ts";

/** The rows that are written at a time, so that neither the page nor the worker is busy for long. */
const SLICE = 2_000;

/** Saves these rows, in their order. The browser keeps the parts of the file, which is never one text. */
export async function saveFleet(call: Ask, as: "csv" | "ndjson", lines: readonly FleetEntry[]): Promise<void> {
  const parts: Blob[] = [];
  for (let at = 0; at === 0 || at < lines.length; at += SLICE) {
    // Key and entry are the page's own.
    const plain = lines.slice(at, at + SLICE).map(({ key: _, entry: __, ...line }) => line);
    const text = await call("writeFleet", { lines: plain, as, isFirst: at === 0 });
    if (text === undefined) return;
    parts.push(new Blob([text]));
  }
  save(new Blob(parts), `jitp-certificates.${as}`, as === "csv" ? "text/csv" : "application/x-ndjson");
}
