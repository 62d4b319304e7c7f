/** Saves the table as a file. */

import type { FleetEntry } from "../model/fleet.ts";
import type { Ask } from "../model/protocol.ts";
import { save } from "../ui/copy-save.ts";

/** Saves these rows, in their order. */
export async function saveFleet(call: Ask, as: "csv" | "ndjson", lines: FleetEntry[]): Promise<void> {
  // Key and entry are the page's own.
  const plain = lines.map(({ key: _, entry: __, ...line }) => line);
  const text = await call("writeFleet", { lines: plain, as });
  if (text === undefined) return;
  save(text, `jitp-certificates.${as}`, as === "csv" ? "text/csv" : "application/x-ndjson");
}
