/** Differences between plans as text and as Markdown: a table for several devices, then each. */
import {
  type Changed,
  type DeviceDifference,
  diffLines,
  type DiffLine,
  diffMarkdown,
  type DiffOptions,
  diffParts,
  diffSummary,
  diffText,
} from "jitp";
import { columns, count, plain, type Paint } from "../terminal.js";
import type { View } from "./excerpt.js";
import { clip } from "./plans.js";

/** All devices that were compared, and the names of both sides. */
export interface Compared {
  before: string;
  after: string;
  devices: DeviceDifference[];
  /** How many devices have the thing of an earlier one, if the sides differ in that. */
  sameThing?: Changed<number>;
}

/** Which details follow the table. `undefined`: all if few devices differ, else none. */
export type Details = "all" | "none";

/** In devices. The details of more would bury the table. */
export const MANY = 10;

/** The differences as text for people. */
export function differencesText(compared: Compared, details: Details | undefined, view: View): string {
  const { devices, before, after } = compared;
  const names = { before, after };
  const [only] = devices;
  if (devices.length === 1 && only) return coloured(only, names, view.paint);
  const shown = toShow(devices);
  const parts = isDetailed(shown, details)
    ? shown.map((one) => `${view.paint.bold(`── ${plain(one.device)}`)}\n${coloured(one, names, view.paint)}`)
    : [];
  return [`${table(shown, view)}${view.paint.bold(summary(compared))}\n${hint(shown, details)}`, ...parts].join("\n");
}

/** The differences in Markdown. */
export function differencesMarkdown(compared: Compared, details: Details | undefined): string {
  const { devices, before, after, sameThing } = compared;
  const shown = toShow(devices);
  const text = diffMarkdown(devices, { before, after, details: isDetailed(shown, details) });
  const more = [...(sameThing === undefined ? [] : [`${shares(sameThing)}.`]), hint(shown, details).trim()].filter((one) => one !== "");
  return plain(more.length === 0 ? text : `${text}\n${more.join("\n\n")}\n`, { lines: true });
}

/** What was not compared is never passed over in silence. */
function toShow(devices: readonly DeviceDifference[]): DeviceDifference[] {
  return devices.filter(({ difference }) => !difference.same || difference.notCompared.length > 0);
}

function isDetailed(shown: readonly DeviceDifference[], details: Details | undefined): boolean {
  return (details ?? (shown.length > MANY ? "none" : "all")) === "all";
}

function hint(shown: readonly DeviceDifference[], details: Details | undefined): string {
  return details === undefined && !isDetailed(shown, details)
    ? `Details of ${count(shown.length, "device")} not shown: --details all\n`
    : "";
}

function summary({ devices, sameThing }: Compared): string {
  const sums = diffSummary(devices.map(({ difference }) => difference));
  return sameThing === undefined ? sums : `${sums}\n${shares(sameThing)}`;
}

function shares({ before, after }: Changed<number>): string {
  return `Devices with the thing name of an earlier one: ${before} → ${after}`;
}

const HEADS = ["device", "verdict", "differs in"];
/** In columns. Longer names are cut, so that they do not push the verdict out of sight. */
const MOST_NAME = 40;
/** In columns. At least so much of the last cell is shown, even in a narrow terminal. */
const LEAST_LAST = 30;

function table(shown: readonly DeviceDifference[], { paint, width }: View): string {
  if (shown.length === 0) return "";
  const rows = shown.map(({ device, difference }) => {
    const { before, after } = difference.sides;
    const verdict = before.verdict === after.verdict ? after.verdict : `${before.verdict} → ${after.verdict}`;
    return [clip(plain(device), MOST_NAME), verdict, difference.same ? "not all was compared" : diffParts(difference).join(", ")];
  });
  const widths = [0, 1].map((i) => Math.max(...[HEADS, ...rows].map((row) => columns(row[i] ?? ""))));
  const room = Math.max(width - widths.reduce((sum, one) => sum + one + 2, 2), LEAST_LAST);
  const lay = (cells: readonly string[]) =>
    cells.map((text, i) => (i < 2 ? text + " ".repeat((widths[i] ?? 0) - columns(text)) : clip(text, room))).join("  ");
  const lines = rows.map((row, i) => {
    const sign = shown[i]?.difference.same === true ? "?" : "~";
    return `${paint.yellow(sign)} ${lay(row)}`.trimEnd();
  });
  return `${[paint.bold(`  ${lay(HEADS)}`.trimEnd()), ...lines].join("\n")}\n\n`;
}

/** The text, with colours by what each line is about. */
function coloured({ difference }: DeviceDifference, options: DiffOptions, paint: Paint): string {
  const text = plain(diffText(difference, options), { lines: true });
  if (!paint.isColorSupported) return text;
  const colours = diffLines(difference, options).map((line) => colourOf(line, paint));
  return text
    .split("\n")
    .map((line, i) => (line === "" ? line : (colours[i] ?? String)(line)))
    .join("\n");
}

function colourOf({ tone }: DiffLine, paint: Paint): (text: string) => string {
  switch (tone) {
    case "title":
    case "heading":
      return paint.bold;
    case "added":
      return paint.green;
    case "removed":
      return paint.red;
    case "changed":
      return paint.yellow;
    default:
      return String;
  }
}
