/** How the program ends. */
import type { AccessAnswer, Diagnostic, Plan } from "jitp";

export const CLEAN = 0;
/** An error, or a device that is not provisioned. */
export const FINDINGS = 1;
/** The command line is invalid, or a file cannot be read or written. */
export const MISUSE = 2;
/** No error, but a requested check was not possible. */
export const UNKNOWN = 3;

/** The meaning of each exit code, as in the help and in docs/cli.md. */
export const MEANINGS: readonly (readonly [code: number, means: string])[] = [
  [
    CLEAN,
    "no errors; every device is provisioned, or is registered already and ACTIVE; nothing to fix; what can asks is allowed; diff finds no difference",
  ],
  [
    FINDINGS,
    "an error, or more warnings than --max-warnings allows; a device is not provisioned; fix leaves an error; with --dry-run, --check or --diff a file would change; what can asks is denied, or not as --expect says; diff finds a difference",
  ],
  [MISUSE, "invalid command line, or a file cannot be read or written"],
  [
    UNKNOWN,
    "no problem stops a device, but a requested check was not possible (plan, fleet, diff, sample, cert); it is not known whether what can asks is allowed",
  ],
];

/** The exit codes from the best to the worst. A certain failure counts for more than a check that was not possible. */
const RANK = [CLEAN, UNKNOWN, FINDINGS, MISUSE];

/** The worse of two ways to end. */
export function worse(one: number, other: number): number {
  return RANK.indexOf(one) > RANK.indexOf(other) ? one : other;
}

/** How a plan ends the program. */
export function exitOf(verdict: Plan["verdict"]): number {
  return verdict === "provisions" || verdict === "registered" ? CLEAN : verdict === "unknown" ? UNKNOWN : FINDINGS;
}

/** How an answer to a request ends the program. */
export function exitOfAnswer(answer: AccessAnswer): number {
  return answer === "allowed" ? CLEAN : answer === "unknown" ? UNKNOWN : FINDINGS;
}

/** The rules that say that something could not be checked: validity, a critical extension, a signature. */
const NOT_CHECKED: readonly string[] = ["JITP105", "JITP137", "JITP138"];

/** How findings about certificates end the program. "Unknown" never looks like a yes. */
export function exitOfFindings(found: readonly Diagnostic[]): number {
  if (found.some(({ severity }) => severity === "error")) return FINDINGS;
  return found.some(({ code }) => NOT_CHECKED.includes(code)) ? UNKNOWN : CLEAN;
}

/** An error in the command line, or in a file that it names. `help` says what would be right. */
export class Misuse extends Error {
  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}
