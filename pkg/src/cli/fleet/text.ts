/** A fleet as text for people: the devices that have a problem, then a summary. */
import { type FleetRow, type FleetSummary, reachOf, rules } from "jitp";
import type { View } from "../report/excerpt.js";
import { clip, sumsOf } from "../report/plans.js";
import { columns, plain } from "../terminal.js";
import { grouped } from "./progress.js";

/** Devices that are shown one by one. More of them are only counted. */
const MOST = 20;
/** In columns. */
const MOST_NAME = 40;

/** The devices that are shown. */
export class Shown {
  readonly #view: View;
  #shown = 0;
  #left = 0;

  constructor(view: View) {
    this.#view = view;
  }

  /** A line for a device, if something is wrong with it and not too many others had one. */
  line(row: FleetRow, from: string): string {
    const { paint, width } = this.#view;
    const there = row.verdict === "provisions" || row.verdict === "registered";
    const reach = there ? reachOf(row) : undefined;
    const twin = row.duplicateOf ?? row.sameThingAs;
    if (there && reach !== "cannot" && reach !== "unknown" && twin === undefined) return "";
    if (this.#shown === MOST) {
      this.#left += 1;
      return "";
    }
    this.#shown += 1;
    const isUnknown = row.verdict === "unknown" || (there && reach === "unknown");
    const [sign, colour] = isUnknown ? ["?", paint.yellow] : there ? ["!", paint.yellow] : ["✗", paint.red];
    const name = `#${row.index + 1}${from === "" ? "" : ` ${from}`}`;
    const device = clip(plain(row.thingName ?? row.certificateId?.slice(0, 12) ?? ""), MOST_NAME);
    const head = `${sign} ${plain(name)}  ${device}${device === "" ? "" : "  "}${endOf(row, reach)}`;
    return `${colour(head)}  ${clip(plain(whyOf(row)), Math.max(width - columns(head) - 2, MOST_NAME))}`.trimEnd().concat("\n");
  }

  /** How many were left out. */
  rest(): string {
    if (this.#left === 0) return "";
    return `  and ${grouped(this.#left)} more: --format ndjson has a line for each certificate\n`;
  }
}

function endOf({ verdict, stoppedAt }: FleetRow, reach: string | undefined): string {
  if (reach === "cannot") return "cannot connect";
  if (reach === "unknown") return "access unknown";
  if (verdict === "fails") return stoppedAt === undefined ? "fails" : `fails at step ${stoppedAt}`;
  return verdict === "not-a-template" ? "not a template" : verdict;
}

function whyOf({ codes, cause, access, duplicateOf, sameThingAs }: FleetRow): string {
  return [
    ...(cause === undefined ? [] : [`${codes[0]}: ${cause}`]),
    ...(access === undefined ? [] : [access.replace(/\.$/, "")]),
    ...(duplicateOf === undefined ? [] : [`duplicate of #${duplicateOf + 1}`]),
    ...(sameThingAs === undefined ? [] : [`shares its thing with #${sameThingAs + 1}`]),
  ].join("; ");
}

/** The summary. */
export function summaryText({ rows, counts, byCode }: FleetSummary, { paint }: Pick<View, "paint">): string {
  const width = Math.max(0, ...byCode.map((one) => grouped(one.rows).length));
  const lines = byCode.map(({ code, rows: count, first }) => {
    const places = first.map((index) => `#${index + 1}`).join(", ");
    return `  ${code}  ${grouped(count).padStart(width)}  ${names.get(code) ?? ""}: ${places}${count > first.length ? ", …" : ""}\n`;
  });
  return `${lines.join("")}${paint.bold(sumsOf(counts, rows))}\n`;
}

/** The rules' names by their codes. */
const names = new Map(rules().map(({ code, name }) => [code, name]));
