/** Plans as text and as Markdown: a table for several, then each plan. */
import { type Fleet, type FleetRow, type Plan, planLines, planMarkdown, type PlanLine, planText, type Reach, reachOf } from "jitp";
import { inFlags } from "../flags.js";
import { columns, count, plain, type Paint } from "../terminal.js";
import type { View } from "./excerpt.js";

/** The result for a certificate, and the source of the certificate. */
export interface Planned {
  /** The file, with the number of the entry if it has several; empty without a certificate. */
  from: string;
  row: FleetRow;
  /** The whole plan, made when it is asked for. */
  plan: () => Plan;
  /** The certificate's common name. */
  name?: string;
  /** Why the entry is not a readable certificate. */
  error?: string;
}

/** The results for all certificates. */
export interface PlannedFleet {
  counts: Fleet["counts"];
  rows: Planned[];
}

/** Which plans follow the table. `undefined`: all if they are few, else those that fail. */
export type Details = "all" | "failing" | "none";

/** The plans as text for people. */
export function plansText(planned: PlannedFleet, details: Details | undefined, view: View): string {
  const { rows } = planned;
  const [only] = rows;
  if (rows.length === 1 && only) return coloured(only.plan(), view.paint);
  const shown = chosen(rows, details);
  const left = rows.length - shown.length;
  const hint = details === undefined && left > 0 ? `${count(left, "plan")} not shown: --details all\n` : "";
  const parts = shown.map(({ from, plan }) => `${view.paint.bold(`── ${plain(from)}`)}\n${coloured(plan(), view.paint)}`);
  return [table(planned, view) + hint, ...parts].join("\n");
}

/** The plans in Markdown. */
export function plansMarkdown(planned: PlannedFleet, details: Details | undefined): string {
  const { rows } = planned;
  const [only] = rows;
  if (rows.length === 1 && only) return markdown(only.plan());
  const lines = rowsOf(rows).map((row) => `| ${row.map(cell).join(" | ")} |`);
  const parts = chosen(rows, details).map(({ from, plan }) => `# ${cell(plain(from))}\n\n${markdown(plan())}`);
  const head = ["| Certificate | Device | Verdict | Why |", "| --- | --- | --- | --- |"];
  return [...head, ...lines, "", `${sums(planned)}.`, "", ...parts].join("\n");
}

function markdown(plan: Plan): string {
  return plain(planMarkdown(inFlags(plan)), { lines: true });
}

/** In plans. Among more than this, the plans of devices that are provisioned would bury the others. */
export const MANY = 10;

function chosen(rows: readonly Planned[], details: Details | undefined): readonly Planned[] {
  if (details === "none") return [];
  return (details ?? (rows.length > MANY ? "failing" : "all")) === "all"
    ? rows
    : rows.filter(({ row }) => !isThere(row) || reachIn(row) === "cannot");
}

/** Whether a device is provisioned, now or before. */
function isThere({ verdict }: Pick<FleetRow, "verdict">): boolean {
  return verdict === "provisions" || verdict === "registered";
}

/** What becomes of a device that is provisioned, now or before. */
function reachIn(row: FleetRow): Reach | undefined {
  return isThere(row) ? reachOf(row) : undefined;
}

function sums({ counts, rows }: PlannedFleet): string {
  return sumsOf(counts, rows.length);
}

/** `3 certificates: 1 provisioned, 2 fail` */
export function sumsOf(counts: Fleet["counts"], rows: number): string {
  const parts = [
    `${counts.provisions} provisioned`,
    `${counts.registered} registered already`,
    `${counts.cannotConnect} cannot connect`,
    `${counts.connectsUnknown} with unknown access`,
    `${counts.fails} fail`,
    `${counts.rejected} rejected`,
    `${counts.unknown} unknown`,
    `${counts["not-a-template"]} not a template`,
    `${counts.sameThing} with a thing name used before`,
    `${counts.duplicates} duplicate${counts.duplicates === 1 ? "" : "s"}`,
  ];
  return `${count(rows, "certificate")}: ${parts.filter((part) => !part.startsWith("0 ")).join(", ")}`;
}

const VERDICTS: Record<Plan["verdict"], string> = {
  provisions: "provisions",
  registered: "registered already",
  fails: "fails",
  rejected: "rejected",
  unknown: "unknown",
  "not-a-template": "not a template",
};

/** The cells of the table: file, device, verdict, reason. */
function rowsOf(planned: readonly Planned[]): string[][] {
  const fileOf = (index: number) => planned[index]?.from ?? "";
  return planned.map(({ from, row, name, error }) => {
    const { verdict, stoppedAt, codes, cause, thingName, certificateId, duplicateOf, sameThingAs } = row;
    const reach = reachIn(row);
    const provisions = reach === "cannot" ? "cannot connect" : reach === "unknown" ? "access unknown" : VERDICTS[verdict];
    const failing = verdict === "fails" && stoppedAt !== undefined ? `fails at step ${stoppedAt}` : VERDICTS[verdict];
    const end = isThere(row) ? provisions : failing;
    const refused = verdict === "rejected" || verdict === "not-a-template";
    const why = [
      ...(cause === undefined ? [] : [`${codes[0]}: ${refused ? cause : (error ?? cause)}`]),
      ...(isThere(row) && row.access !== undefined ? [row.access.replace(/\.$/, "")] : []),
      ...(duplicateOf === undefined ? [] : [`duplicate of ${fileOf(duplicateOf)}`]),
      ...(sameThingAs === undefined ? [] : [`shares its thing with ${fileOf(sameThingAs)}`]),
    ].join("; ");
    const device = thingName ?? name ?? certificateId?.slice(0, 12) ?? "";
    return [plain(from), clip(plain(device), MOST_NAME), end, plain(why)];
  });
}

const HEADS = ["certificate", "device", "verdict", "why"];
/** In columns. Longer names are cut, so that they do not push the verdict out of sight. */
const MOST_NAME = 40;
/** In columns. At least so much of a reason is shown, even in a narrow terminal. */
const LEAST_WHY = 30;

function table(planned: PlannedFleet, { paint, width }: View): string {
  const rows = rowsOf(planned.rows);
  const widths = [0, 1, 2].map((i) => Math.max(...[HEADS, ...rows].map((row) => columns(row[i] ?? ""))));
  const room = Math.max(width - widths.reduce((sum, one) => sum + one + 2, 2), LEAST_WHY);
  const lay = (cells: string[], colour: (text: string) => string, sign: string) => {
    const padded = cells.map((text, i) => (i < 3 ? text + " ".repeat((widths[i] ?? 0) - columns(text)) : clip(text, room)));
    return `${sign} ${padded.map((text, i) => (i === 2 ? colour(text) : text)).join("  ")}`.trimEnd();
  };
  const lines = rows.map((row, i) => {
    const { row: result } = planned.rows[i] ?? {};
    const { verdict, duplicateOf, sameThingAs } = result ?? {};
    const reach = result && reachIn(result);
    if (reach === "cannot") return lay(row, paint.yellow, paint.yellow("!"));
    if (reach === "unknown") return lay(row, paint.yellow, paint.yellow("?"));
    const there = result !== undefined && isThere(result);
    if (there && (duplicateOf ?? sameThingAs) !== undefined) return lay(row, paint.yellow, paint.yellow("!"));
    if (verdict === "unknown") return lay(row, paint.yellow, paint.yellow("?"));
    const colour = there ? paint.green : paint.red;
    return lay(row, colour, colour(verdict === "registered" ? "=" : there ? "+" : "✗"));
  });
  return `${[paint.bold(lay(HEADS, (text) => text, " ")), ...lines, "", paint.bold(sums(planned))].join("\n")}\n`;
}

/** Cut at `room` columns. */
export function clip(text: string, room: number): string {
  if (columns(text) <= room) return text;
  let cut = "";
  for (const character of text) {
    if (columns(cut + character) >= room) break;
    cut += character;
  }
  return `${cut}…`;
}

/** `planText`, with colours by what each line is about. */
export function coloured(told: Plan, paint: Paint): string {
  const plan = inFlags(told);
  return inColours(planText(plan), planLines(plan), paint);
}

/** A text with the colours of its lines. Both have the same lines: the text lays them out, and the others say the colour of each. */
export function inColours(text: string, lines: readonly PlanLine[], paint: Paint): string {
  const whole = plain(text, { lines: true });
  if (!paint.isColorSupported) return whole;
  const texts = whole.split("\n");
  const colours = lines.flatMap((line) => {
    const colour = colourOf(line, paint);
    return line.reason !== undefined && line.tone !== "detail" ? [colour, paint.dim] : [colour];
  });
  return texts.map((text, i) => (text === "" ? text : (colours[i] ?? String)(text))).join("\n");
}

function colourOf({ tone }: PlanLine, paint: Paint): (text: string) => string {
  switch (tone) {
    case "title":
    case "heading":
      return paint.bold;
    case "create":
      return paint.green;
    case "change":
    case "unknown":
    case "warning":
      return paint.yellow;
    case "stop":
      return paint.red;
    case "skipped":
      return paint.dim;
    default:
      return String;
  }
}

/** A cell in which nothing is markup. */
function cell(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:\-/]/gu, (character) => `&#${character.codePointAt(0)};`);
}
