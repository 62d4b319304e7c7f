/** How the program ends. */
export const CLEAN = 0;
/** There is something to mend. */
export const FINDINGS = 1;
/** The command line is wrong, or a file cannot be read or written. */
export const MISUSE = 2;

/** What is wrong with the command line or with a file that it names; `help` says what would be right. */
export class Misuse extends Error {
  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}
