/** Sorts a text: which of its parts is the template, which are outputs of the AWS CLI, and what is left. The package judges each part. */

import { findIn } from "../engine/finder.ts";
import { filesIn } from "../intake/files.ts";
import type { How, Piece } from "../intake/piece.ts";
import { LONGEST_TEMPLATE } from "../model/bounds.ts";
import type { Ask, Recognised } from "../model/protocol.ts";
import { fixed } from "./fixed-text.ts";

/** The template of a text. */
export interface SortedTemplate {
  text: string;
  how: How;
  /** The values that only the program around it knows. */
  references: string[];
  /** The number of other templates in the text. */
  others: number;
}

export interface Sorted {
  template?: SortedTemplate;
  /** The outputs of the AWS CLI; each can be read by itself. */
  outputs: string[];
  /** What is neither, without private keys. */
  rest: string;
  /** The number of private keys, which are in none of the texts. */
  keys: number;
  /** The lines that are not used; nothing if the text is too long to count them. */
  unused?: number;
  /** The files that a command in the text reads. */
  files: string[];
}

/** A longer text is not counted in lines. */
const LONGEST_COUNTED = 2_000_000;

type Judged = Piece & Recognised;

/** Sorts a text; nothing without an engine. */
export async function sortText(call: Ask, given: string): Promise<Sorted | undefined> {
  const [redacted] = (await call("redact", { texts: [given] })) ?? [];
  if (!redacted) return undefined;
  const { keys } = redacted;
  // Nothing that is looked for has no brace.
  const { text, pieces } = redacted.text.includes("{") ? await findIn(redacted.text) : { text: redacted.text, pieces: [] };
  const judged = await judge(call, pieces);
  if (!judged) return undefined;
  const used: Judged[] = [];
  const isFree = ({ from, to }: Piece) => used.every((other) => to <= other.from || from >= other.to);
  const templates: Judged[] = [];
  for (const piece of judged) {
    if (!isTemplate(piece) || !isFree(piece) || (piece.how === "rest" && templates.length > 0)) continue;
    templates.push(piece);
    used.push(piece);
  }
  // An output tells of the account if the template is something else.
  templates.sort((a, b) => rank(a) - rank(b) || a.from - b.from);
  const [template] = templates;
  const others = templates.filter((other) => other !== template);
  const told = others.filter((other) => rank(other) > 0);
  for (const piece of judged) {
    if (!piece.isAccount || !isFree(piece)) continue;
    told.push(piece);
    used.push(piece);
  }
  told.sort((a, b) => a.from - b.from);
  const rest = withoutKeys(without(text, used));
  return {
    ...(template && {
      template: {
        text: textOf(template),
        how: template.how,
        references: [...new Set(template.references ?? [])],
        others: others.length - others.filter((other) => told.includes(other)).length,
      },
    }),
    outputs: told.map(recordOf),
    rest,
    keys,
    ...(text.length <= LONGEST_COUNTED && { unused: unusedLines(rest) }),
    files: filesIn(text),
  };
}

async function judge(call: Ask, pieces: readonly Piece[]): Promise<Judged[] | undefined> {
  const recognised = pieces.length === 0 ? [] : await call("recognise", { texts: pieces.map((piece) => piece.text) });
  return recognised?.flatMap((one, i) => {
    const piece = pieces[i];
    return piece ? [{ ...piece, ...one }] : [];
  });
}

/** Whether a piece is a template. An object of a program must be one that can be written as JSON. */
function isTemplate({ text, how, kind, isStack, isAccount, fix }: Judged): boolean {
  if (kind === "unknown" || isStack || isAccount || text.length > LONGEST_TEMPLATE) return false;
  return how !== "code" || fix !== undefined || isJson(text);
}

/** Templates first, then outputs that have one, then the name of one. */
function rank({ kind }: Recognised): number {
  return kind === "describe-output" ? 1 : kind === "template-name" ? 2 : 0;
}

/** The text for the editor. An object of a program is written as JSON, because nobody would send it to AWS as it is. */
function textOf({ text, how, fix }: Judged): string {
  return how === "code" && fix ? fixed(text, fix) : text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** An output as it can be read by itself: a list does not say what it is about, but the command before it may. */
function recordOf({ text, call }: Piece): string {
  if (!call || !/^List/.test(call.action) || Object.keys(call.request).length === 0) return text;
  return `{"action": ${JSON.stringify(call.action)}, "request": ${JSON.stringify(call.request)}, "response": ${text}}`;
}

/** The text without these pieces of it. */
function without(text: string, pieces: readonly Piece[]): string {
  let rest = "";
  let at = 0;
  for (const { from, to } of pieces.toSorted((a, b) => a.from - b.from)) {
    rest += text.slice(at, from);
    at = Math.max(at, to);
  }
  return rest + text.slice(at);
}

const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/g;

/** The text without what is left of overwritten keys in PEM. */
function withoutKeys(text: string): string {
  let rest = "";
  let at = 0;
  for (const { index } of text.matchAll(KEY_BEGINS)) {
    if (index < at) continue;
    const end = text.indexOf("-----END ", index);
    if (end === -1) break;
    rest += text.slice(at, index);
    at = text.indexOf("-----", end + 9) + 5;
  }
  return rest + text.slice(at);
}

/** The lines with words that are not part of a certificate. Marks of fences and quotes are not words. */
function unusedLines(rest: string): number {
  let inside = false;
  let lines = 0;
  for (const line of rest.split("\n")) {
    if (line.includes("-----BEGIN ")) inside = true;
    else if (!inside && /[\p{L}\p{N}]/u.test(line) && !/^\s*(?:`{3}|~{3})/.test(line)) lines++;
    if (line.includes("-----END ")) inside = false;
  }
  return lines;
}
