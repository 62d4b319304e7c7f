/** Pieces of a text that may be a template or the output of a call, and how much of the text may still be scanned. */

/**
 * How a piece was written into the text around it: by itself, fenced in Markdown, as a here-document, an argument of a command, a string of a
 * program, a block of YAML, an object of a program, a part of a stack, or by itself and not closed.
 */
export type How = "json" | "fence" | "heredoc" | "command" | "string" | "yaml" | "code" | "stack" | "rest";

/** One piece: what it says without the spelling of the text around it, and where it was. */
export interface Piece {
  text: string;
  from: number;
  to: number;
  how: How;
  /** The names that only the program around it could replace by a value; each is in the text as `${name}`. */
  references?: string[];
  /** The call of the AWS CLI in the line before it. */
  call?: Call;
}

/** A call as it is written in a shell. */
export interface Call {
  action: string;
  request: Record<string, string>;
}

/** A text without a word of these is neither a template nor a part of one that can be checked. */
export const TEMPLATE_WORDS = /Resources|Parameters|template_?(?:body|name)|registration_?config/i;

/** A text without a key of these is not the output of a call. */
export const ACCOUNT_WORDS =
  /"(?:things?|thing[A-Z]\w*|billingGroups?\w*|polic(?:y|ies)\w*|certificates?\w*|caCertificates?\w*|principals?|attachedPolic\w*|templates?|action)"\s*:/;

export const isInteresting = (text: string): boolean => TEMPLATE_WORDS.test(text) || ACCOUNT_WORDS.test(text);

/**
 * What is left of the work on one text, in characters. Scans that overlap could need the square of a text's length; each is charged here, and
 * ends the search when nothing is left.
 */
export class Budget {
  #left: number;

  constructor(length: number) {
    this.#left = 6 * length + 1_000_000;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  spend(characters: number): void {
    this.#left -= characters;
  }
}
