/** What happens to many certificates, for a spreadsheet or a program. */

import type { FleetLine, FleetRow } from "../types.js";
import { visibleText } from "../visible.js";

const COLUMNS = [
  "entry",
  "file",
  "certificate",
  "certificateId",
  "verdict",
  "thingName",
  "stoppedAt",
  "codes",
  "cause",
  "basis",
  "duplicateOf",
  "sameThingAs",
  "connects",
  "over",
  "access",
] as const;

/**
 * The rows as CSV (RFC 4180, with a head). It is safe to open in a spreadsheet: no cell is read as a formula, whatever name a certificate has.
 *
 * @param rows as {@link Template.dryRunFleet} gives them, or with the file and name of each
 */
export function fleetCsv(rows: readonly (FleetRow | FleetLine)[]): string {
  const lines = rows.map((row: FleetLine) => {
    const { index, file, certificate, certificateId, verdict, thingName, stoppedAt, codes, cause, basis, duplicateOf, sameThingAs } = row;
    const { connects, over, access } = row;
    // Entries are counted from 1 here, also those that a row refers to.
    const entry = (index: number | undefined) => (index === undefined ? undefined : index + 1);
    const cells = [
      entry(index),
      file,
      certificate,
      certificateId,
      verdict,
      thingName,
      stoppedAt,
      codes.join(" "),
      cause,
      basis,
      entry(duplicateOf),
      entry(sameThingAs),
      connects,
      over,
      access,
    ];
    return cells.map(cell).join(",");
  });
  return `${[COLUMNS.map(cell).join(","), ...lines].join("\r\n")}\r\n`;
}

/** The rows as NDJSON: one JSON object in each line. */
export function fleetNdjson(rows: readonly (FleetRow | FleetLine)[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  // Spreadsheets read these as the beginning of a formula, also after spaces and in their wide forms. Some split cells at a semicolon. Then
  // the quotes of a cell that is not the first of its line do not hold it together.
  const harmless = visibleText(value).replace(/(^|;)(?=\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20])/g, "$1'");
  return `"${harmless.replaceAll('"', '""')}"`;
}
