/** The plans of all the certificates, in short, and what they come to together. */

import type { AccountState, Basis, FleetLine } from "jitp";
import { reachIn, type Result, type Tone, toneOf } from "./tone.ts";

/** One entry with its plan in short. */
export interface FleetEntry extends FleetLine {
  key: number;
  /** Its position in its file, from 1. */
  entry: number;
}

/** A row can have the same certificate as an earlier row, or the same thing. */
export type Twin = "duplicateOf" | "sameThingAs";

/** Devices that are provisioned in vain, and those of which that is not known. */
export type Apart = "cannotConnect" | "connectsUnknown";

/** The kinds of rows. A row can be of several. */
export type Kind = FleetEntry["verdict"] | Twin | Apart;

/** Devices with the same cause. */
export interface Group {
  /** The same for each of its rows: see {@link groupOf}. */
  id: string;
  tone: Tone;
  /** The number of its rows. */
  n: number;
  /** The cause in words: the first row's, and that of all others if `alike`. */
  cause: string;
  alike: boolean;
  /** The code of the finding; without one it is about access. */
  code?: string;
  /** The key of its first entry. */
  first: number;
}

/** The sum of the rows. */
export interface Sum {
  /** The number of rows of each kind. */
  counts: Partial<Record<Kind, number>>;
  /** How many of the rows that fail do so by rules that AWS does not document. */
  assumed: number;
  /** Whether every device can connect over MQTT. */
  allConnect: boolean;
  /** The worst first, then the largest. */
  groups: Group[];
}

/** The sum of no rows. */
export const NO_SUM: Sum = { counts: {}, assumed: 0, allConnect: true, groups: [] };

/** The rows so far. */
export interface FleetState {
  lines: FleetEntry[];
  /** The number of rows in the end. */
  total: number;
  sum: Sum;
  /** As long as they are being judged, how many of the newest rows there are; `lines` may be of an earlier text. */
  judged?: number;
  /** The user has stopped that: there are no more rows than these. */
  stopped?: boolean;
  /** The account after all of them, in their order; only if one was given. */
  after?: AccountState;
}

/** Whether a provisioned row does not connect, or may not; nothing for all others. */
export function apartOf(line: Result): Apart | undefined {
  const reach = reachIn(line);
  return reach === "cannot" ? "cannotConnect" : reach === "unknown" ? "connectsUnknown" : undefined;
}

/** The cause, or what keeps a provisioned device from connecting. */
export const causeOf = (line: FleetEntry): string | undefined => line.cause ?? line.access;

/** The name of a row: its thing, else its certificate. */
export const nameOf = ({ thingName, certificate, file }: FleetEntry): string => thingName ?? certificate ?? file ?? "";

/** Whether a row is of this kind. */
export function is(line: FleetEntry, kind: Kind): boolean {
  switch (kind) {
    case "duplicateOf":
    case "sameThingAs":
      return line[kind] !== undefined;
    case "cannotConnect":
    case "connectsUnknown":
      return apartOf(line) === kind;
    default:
      return line.verdict === kind;
  }
}

/** What differs between devices with the same cause: quoted values, times, positions. */
const VARIES = /"[^"]*"|\d{4}-\d\d-\d\dT[\d:]+Z|position \d+|[A-Z]+ = [^,;]+/g;

/** The cause that a row shares with others; nothing for a row of which nothing is to be told. */
export function groupOf(line: FleetEntry): string | undefined {
  const tone = toneOf(line);
  if (tone === "ok") return undefined;
  // A sentence on access names the device, so the kind of the answer is what they share.
  if (line.cause === undefined) return [tone, apartOf(line), line.over].join(" ");
  return [line.verdict, line.codes[0], line.cause.replace(VARIES, "…")].join(" ");
}

const GRAVITY: Record<Tone, number> = { rejected: 0, bad: 1, none: 2, warn: 3, ok: 4 };

/** Adds up rows as they come. */
export class Adder {
  readonly #counts: Partial<Record<Kind, number>> = {};
  readonly #groups = new Map<string, Group>();
  #assumed = 0;
  #allConnect = true;

  add(line: FleetEntry): void {
    const apart = apartOf(line);
    if (line.duplicateOf !== undefined) this.#count("duplicateOf");
    if (line.sameThingAs !== undefined) this.#count("sameThingAs");
    for (const kind of apart ? [line.verdict, apart] : [line.verdict]) this.#count(kind);
    this.#allConnect &&= reachIn(line) === "connects";
    if (line.verdict === "fails" && line.basis === ("assumed" satisfies Basis)) this.#assumed++;
    const id = groupOf(line);
    if (id === undefined) return;
    const cause = causeOf(line) ?? "";
    const group = this.#groups.get(id);
    if (group) {
      group.n++;
      group.alike &&= group.cause === cause;
      return;
    }
    const [code] = line.codes;
    this.#groups.set(id, {
      id,
      tone: toneOf(line),
      n: 1,
      cause,
      alike: true,
      first: line.key,
      ...(line.cause !== undefined && code && { code }),
    });
  }

  sum(): Sum {
    const groups = [...this.#groups.values()].map((group) => ({ ...group }));
    groups.sort((a, b) => GRAVITY[a.tone] - GRAVITY[b.tone] || b.n - a.n);
    return { counts: { ...this.#counts }, assumed: this.#assumed, allConnect: this.#allConnect, groups };
  }

  #count(kind: Kind): void {
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
  }
}

/** The worst of the tones of these rows. Devices that would be one thing are not well, whatever each of them is. */
export function worstOf({ counts, groups }: Sum): Tone {
  return groups[0]?.tone ?? ((counts.sameThingAs ?? 0) > 0 ? "warn" : "ok");
}
