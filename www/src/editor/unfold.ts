/**
 * Unfolds a template body that is an escaped string in a config into readable text, and folds it back. Only the white space between tokens
 * differs, so offsets can be mapped: the n-th significant character of the string is the n-th significant character of the readable text.
 */

import { jsonLanguage } from "@codemirror/lang-json";

/** The text around the escaped body, and how the body was written. */
export interface Envelope {
  /** The text up to the quote that opens the body. */
  before: string;
  /** The text after the quote that closes it. */
  after: string;
  /** The body was on one line, so it is folded back onto one. */
  oneLine: boolean;
  /** The text before and after unfolding: as long as it is not edited, folding restores the original text. */
  from: string;
  to: string;
}

/** Unfolds the body in a config; nothing if the text is not a config with a body that is a string. */
export function unfold(source: string): Envelope | undefined {
  const literal = bodyLiteral(source);
  if (!literal) return undefined;
  const body = unescaped(source.slice(literal.from, literal.to))?.text;
  if (body === undefined || !/^\s*\{/.test(body)) return undefined;
  const oneLine = !body.trim().includes("\n");
  return {
    before: source.slice(0, literal.from),
    after: source.slice(literal.to),
    oneLine,
    from: source,
    to: oneLine ? readable(body) : body,
  };
}

/** The whole text with this body. */
export function folded({ before, after, oneLine, from, to }: Envelope, body: string): string {
  if (body === to) return from;
  return before + JSON.stringify(oneLine ? withoutWhiteSpace(body) : body) + after;
}

/** Maps offsets in the whole text to offsets in the readable body; nothing for those outside of it. */
export function placesIn(envelope: Envelope, body: string): (offset: number) => number | undefined {
  const source = folded(envelope, body);
  const start = envelope.before.length;
  const end = source.length - envelope.after.length;
  const read = unescaped(source.slice(start, end));
  if (!read) return () => undefined;
  const inString = significant(read.text);
  const inBody = significant(body);
  return (offset) => {
    if (offset <= start || offset >= end) return undefined;
    const nth = firstAtLeast(inString, firstAtLeast(read.places, offset - start));
    return nth < inBody.length ? inBody[nth] : body.length;
  };
}

/** A piece of the escaped body without its escapes; nothing if it cuts an escape. */
export function unescapedPiece(text: string): string | undefined {
  return unescaped(`"${text}"`)?.text;
}

/** The range of the string with the body, with its quotes. */
function bodyLiteral(source: string): { from: number; to: number } | undefined {
  let found: { from: number; to: number } | undefined;
  jsonLanguage.parser.parse(source).iterate({
    enter(node) {
      if (found) return false;
      if (node.name !== "Property") return undefined;
      const name = node.node.getChild("PropertyName");
      const value = node.node.getChild("String");
      if (!name || !value || source.slice(name.from, name.to) !== '"templateBody"') return undefined;
      found = { from: value.from, to: value.to };
      return false;
    },
  });
  return found;
}

/** The value of a JSON string, and the offset of each character. */
function unescaped(literal: string): { text: string; places: number[] } | undefined {
  let text: unknown;
  try {
    text = JSON.parse(literal);
  } catch {
    return undefined;
  }
  if (typeof text !== "string") return undefined;
  const places: number[] = [];
  for (let at = 1; at < literal.length - 1; ) {
    places.push(at);
    at += literal[at] !== "\\" ? 1 : literal[at + 1] === "u" ? 6 : 2;
  }
  places.push(literal.length - 1);
  return { text, places };
}

/** Calls for each character: is it in a string, or is it white space between the tokens? */
function scan(text: string, each: (character: string, at: number, inString: boolean) => void): void {
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (!inString) {
      each(character, at, character === '"');
      inString = character === '"';
      continue;
    }
    each(character, at, true);
    if (character === "\\") {
      at += 1;
      if (at < text.length) each(text[at] ?? "", at, true);
    } else if (character === '"') inString = false;
  }
}

const isWhiteSpace = (character: string) => /[ \t\r\n]/.test(character);

/** The offsets of all characters except white space between tokens. */
function significant(text: string): number[] {
  const places: number[] = [];
  scan(text, (character, at, inString) => {
    if (inString || !isWhiteSpace(character)) places.push(at);
  });
  return places;
}

function withoutWhiteSpace(text: string): string {
  return significant(text)
    .map((at) => text[at])
    .join("");
}

/** JSON with an indentation of two spaces; an empty object or list stays on its line. */
function readable(text: string): string {
  const tight = withoutWhiteSpace(text);
  let out = "";
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.max(depth, 0))}`;
  scan(tight, (character, at, inString) => {
    if (inString) out += character;
    else if (character === "{" || character === "[") {
      depth += 1;
      out += character + (/[}\]]/.test(tight[at + 1] ?? "") ? "" : line());
    } else if (character === "}" || character === "]") {
      depth -= 1;
      out += (/[{[]/.test(tight[at - 1] ?? "") ? "" : line()) + character;
    } else if (character === ",") out += character + line();
    else if (character === ":") out += ": ";
    else out += character;
  });
  return `${out}\n`;
}

/** The index of the first of ascending numbers that is at least this. */
function firstAtLeast(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
