/** Finds what may be a template or the output of a call in any text: a ticket, a mail, a script, the source of a program. */

import { type Block, documents, fences } from "./blocks.ts";
import { innerTemplates } from "./inside.ts";
import { messageText, unquoted } from "./mail.ts";
import { braced } from "./objects.ts";
import { Budget, type Call, type Piece, isInteresting, TEMPLATE_WORDS } from "./piece.ts";
import { quotedAt } from "./quoted.ts";
import { withReferences } from "./references.ts";

/** The pieces of a text, and the text that their places are in. */
export interface Found {
  /** Without the marks of a mail. */
  text: string;
  /** The likeliest first. They may overlap: of those that do, the first that is something counts. */
  pieces: Piece[];
}

/** Nobody puts more into a ticket. */
const MOST = 400;

/** The keys of a template, of a config, and of the inputs that have one. */
const OWN_KEYS = new Set(["Resources", "Parameters", "templateBody", "templateName", "TemplateBody", "registrationConfig"]);

/** Searches a text. The time is linear in its length. */
export function find(given: string): Found {
  const text = unquoted(messageText(given));
  const budget = new Budget(text.length);
  const pieces: Piece[] = [];
  const add = (piece: Piece) => {
    if (pieces.length < MOST && (piece.how === "code" || isQuoted(piece.text)) && isInteresting(piece.text)) pieces.push(piece);
  };
  const fenced = fences(text);
  const blocks = [...fenced, ...proseAround(fenced, text)];
  for (const block of blocks) search(text, block, budget, add);
  // Last: what is not closed, because somebody forgot a brace.
  for (const { from, to } of blocks) {
    const open = text.indexOf("{", from);
    const close = text.lastIndexOf("}", to - 1);
    if (open === -1 || open >= to || close < open) continue;
    const rest = text.slice(open, close + 1);
    if (/"(?:Resources|templateBody)"/.test(rest)) add({ text: rest, from: open, to: close + 1, how: "rest" });
  }
  return { text, pieces };
}

/** The parts of a text that are in no block. */
function proseAround(blocks: readonly Block[], text: string): Block[] {
  const around: Block[] = [];
  let from = 0;
  for (const to of [...blocks.map((block) => block.from), text.length]) {
    if (to > from) around.push({ text: text.slice(from, to), from, to, how: "json" });
    from = blocks[around.length - 1]?.to ?? text.length;
  }
  return around;
}

function search(text: string, block: Block, budget: Budget, add: (piece: Piece) => void): void {
  const { from, to, how } = block;
  if (how === "fence" && /^\s*\{[^]*\}\s*$/.test(block.text) && !isSeveral(text, block, budget)) add({ ...block, text: block.text.trim() });
  const inner = documents(text, from, to);
  for (const document of inner) add({ ...document, text: document.text.trim() });
  for (const call of text
    .slice(from, to)
    .matchAll(/\b(?:jsonencode|JSON\.stringify|json\.dumps|json_encode|toJsonString)\s*\(\s*(?=\{(?!\s*\\))/g)) {
    if (budget.isSpent) return;
    const at = from + call.index + call[0].length;
    const end = isCommented(text, at) ? undefined : braced(text, at, to, "code", budget)?.to;
    if (end !== undefined) add({ ...codePiece(text.slice(at, end)), from: at, to: end });
  }
  anchors(text, from, to, budget, add);
}

/** Whether a block holds several objects, such as the outputs of several calls. */
function isSeveral(text: string, { from, to }: Block, budget: Budget): boolean {
  const open = text.indexOf("{", from);
  const end = braced(text, open, to, "json", budget)?.to;
  return end !== undefined && text.slice(end, to).trim() !== "";
}

/** The objects and the strings that begin with a brace. */
function anchors(text: string, from: number, to: number, budget: Budget, add: (piece: Piece) => void): void {
  for (let at = text.indexOf("{", from); at !== -1 && at < to && !budget.isSpent; at = text.indexOf("{", at)) {
    const end = isCommented(text, at) ? undefined : anchor(text, at, from, to, budget, add);
    at = end ?? at + 1;
  }
}

/** Adds what begins with the brace at `at`. The answer is its end, if there is nothing more to find in it. */
function anchor(text: string, at: number, from: number, to: number, budget: Budget, add: (piece: Piece) => void): number | undefined {
  const quote = quoteBefore(text, at, from);
  if (quote !== undefined) {
    const string = quotedAt(text, quote, to);
    if (string) {
      budget.spend(string.to - quote);
      const said = string.text.trim();
      if (said.startsWith("{") && isInteresting(said)) {
        add({ ...string, text: said });
        return string.to;
      }
    }
  }
  const json = braced(text, at, to, "json", budget);
  const written = json && text.slice(at, json.to);
  if (written !== undefined && !isInteresting(written)) return json?.to;
  const document = written === undefined ? undefined : parsed(written, budget);
  if (json && written !== undefined && document !== undefined) {
    const call = callBefore(text, at, from);
    add({ text: written, from: at, to: json.to, how: "json", ...(call && { call }) });
    if (TEMPLATE_WORDS.test(written)) {
      for (const inner of innerTemplates(document)) add({ ...stackPiece(inner), from: at, to: json.to });
    }
    return json.to;
  }
  const code = braced(text, at, to, "code", budget);
  const found = code ?? json;
  if (!found || ![...found.keys].some((key) => OWN_KEYS.has(key))) return undefined;
  const piece = text.slice(at, found.to);
  if (isJsonLike(piece)) add({ text: piece, from: at, to: found.to, how: "json" });
  else if (found.keys.has("Resources")) add({ ...codePiece(piece), from: at, to: found.to });
  else add({ text: piece, from: at, to: found.to, how: "code" });
  return undefined;
}

/** Whether an object begins with a quote, in any spelling that the package reads; all JSON does, however broken it is. */
const isQuoted = (piece: string): boolean => /^\{\s*(?:["'\\\u201c\u201d\u201e]|&(?:quot|#34|#x22);|%22)/.test(piece);

/** Whether an object is meant to be JSON: its first key is in double quotes. */
const isJsonLike = (piece: string): boolean => /^\{\s*"[^"\n]*"\s*:/.test(piece);

function codePiece(written: string): Pick<Piece, "text" | "how" | "references"> {
  const { text, references } = withReferences(written);
  return references.length > 0 ? { text, how: "code", references } : { text: written, how: "code" };
}

/** A template of a stack; Terraform may have written it as an object in its own syntax. */
function stackPiece({ text, references }: { text: string; references: string[] }): Pick<Piece, "text" | "how" | "references"> {
  const call = /^\$\{\s*jsonencode\(\s*(\{[^]*\})\s*\)\s*\}$/.exec(text)?.[1];
  return call === undefined ? { text, how: "stack", ...(references.length > 0 && { references }) } : codePiece(call);
}

function parsed(text: string, budget: Budget): unknown {
  budget.spend(text.length);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The place of the quote that a brace follows, with white space between them. */
function quoteBefore(text: string, at: number, from: number): number | undefined {
  let i = at - 1;
  while (i >= from && at - i < 200 && /\s/.test(text[i] ?? "")) i--;
  // A quote after a letter ends a string, unless the letter is a mark of Python's.
  const opens = /["'`]/.test(text[i] ?? "") && !/[\w)\]}.](?<!\b[rbfu])$/i.test(text.slice(Math.max(from, i - 2), i));
  return i >= from && opens ? i : undefined;
}

/** Whether the line is a comment up to this place. */
function isCommented(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 400), at);
  return /^\s*(?:#|\/\/)/.test(before.slice(before.lastIndexOf("\n") + 1));
}

/** The call of the AWS CLI in the lines before an output. */
function callBefore(text: string, at: number, from: number): Call | undefined {
  const before = text.slice(Math.max(from, at - 600), at);
  const [, name, options = ""] = /\baws\s+(?:--\S+\s+(?:[^-\s]\S*\s+)?)*iot\s+([a-z][a-z-]*)((?:\\\n|[^\n])*)\n+\s*$/.exec(before) ?? [];
  if (name === undefined) return undefined;
  const camel = (words: string) => words.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const action = camel(`-${name}`).replace(/^-|Ca(?=Certificate)/g, (found) => (found === "-" ? "" : "CA"));
  const request: Record<string, string> = {};
  for (const [, option = "", double, single, plain] of options.matchAll(
    /--([a-z][a-z-]*)(?:\s+|=)(?:"([^"]*)"|'([^']*)'|([^\s"'-]\S*))/g,
  )) {
    request[camel(option)] = double ?? single ?? plain ?? "";
  }
  return { action, request };
}
