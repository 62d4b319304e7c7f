/** How the program ends. */
import type { Plan } from "jitp";

export const CLEAN = 0;
/** Something was found: an error, or a device that is not provisioned. */
export const FINDINGS = 1;
/** The command line is wrong, or a file cannot be read or written. */
export const MISUSE = 2;
/** Nothing was found, but a check that was asked for could not be made. */
export const UNKNOWN = 3;

/** From the best to the worst: what is certain counts for more than what is not known. */
const RANK = [CLEAN, UNKNOWN, FINDINGS, MISUSE];

/** The worse of two ways to end. */
export function worse(one: number, other: number): number {
  return RANK.indexOf(one) > RANK.indexOf(other) ? one : other;
}

/** How a plan ends the program. */
export function exitOf(verdict: Plan["verdict"]): number {
  return verdict === "provisions" ? CLEAN : verdict === "unknown" ? UNKNOWN : FINDINGS;
}

/** What is wrong with the command line or with a file that it names; `help` says what would be right. */
export class Misuse extends Error {
  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}
