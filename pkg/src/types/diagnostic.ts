/** Findings, and where they are. */
import type { Basis, Phase, Severity } from "./rule.js";

/** A place in the text as it was given: UTF-16 offset from 0; line and column (in UTF-16 units) from 1. */
export interface Position {
  /** UTF-16 offset, from 0: an index into the string. */
  offset: number;
  /** From 1. */
  line: number;
  /** In UTF-16 units, from 1. */
  column: number;
}

/** A range of the text as it was given; `end` is exclusive. */
export interface Span {
  /** The first character. */
  start: Position;
  /** After the last character. */
  end: Position;
}

/** A fix of a finding; apply all its edits together, they never overlap. */
export interface Fix {
  /** What the edits do, in a few words. */
  title: string;
  /** Texts to put in place of spans; an empty span is an insertion. */
  edits: { span: Span; text: string }[];
}

/** One finding, at the place in the outermost text that causes it, through every level of escaping. */
export interface Diagnostic {
  /** Stable code, `JITP` and three digits; the catalogue is in docs/rules.md. */
  code: string;
  /** How bad it is. */
  severity: Severity;
  /** When it has an effect. */
  phase: Phase;
  /** The basis of the rule. */
  basis: Basis;
  /** What is wrong, in a sentence; code is between backticks. */
  message: string;
  /** What to do about it. */
  help?: string;
  /** The option of the call that settles it, such as `roleArn` for `stringify`; `help` does not name it. */
  option?: "flow" | "parameters" | "roleArn" | "serialNumber";
  /** The explanation of the rule: a path from the root of the package, `docs/rules.md#JITP012`. */
  url: string;
  /** The place of the error; absent if no place in the text is wrong. */
  span?: Span;
  /** JSON pointer into the template body. */
  path?: string;
  /** Other places that belong to it. */
  related?: { message: string; span: Span }[];
  /** The safe fix. */
  fix?: Fix;
  /** Possible fixes; a person must choose one, or decide on the only one. */
  choices?: Fix[];
}
