/** Texts inside JSON strings: undoes escapes level by level, and keeps for every character the stretch of the source that it comes from. */

/** A text inside the source. `at` has the offset in the source for each character, and one more for the end. */
export interface Layer {
  text: string;
  at: ArrayLike<number>;
  /** How many times each character is escaped. */
  depth: number;
}

const SHORT: Record<string, string> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The source as a layer. */
export function sourceLayer(text: string): Layer {
  return { text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => i), depth: 0 };
}

/** The content of a string, given without its quotes; nothing if an escape in it is not one of JSON's. */
export function unescaped({ text, at, depth }: Layer, from: number, to: number): Layer | undefined {
  let made = "";
  const starts: number[] = [];
  for (let i = from; i < to; ) {
    starts.push(at[i] ?? 0);
    const character = text[i] ?? "";
    if (character !== "\\") {
      made += character;
      i += 1;
      continue;
    }
    const [decoded, length] = escapeAt(text, i);
    if (decoded === undefined || i + length > to) return undefined;
    made += decoded;
    i += length;
  }
  starts.push(at[to] ?? 0);
  return { text: made, at: starts, depth: depth + 1 };
}

/** The character that an escape means, and the length of the escape. */
function escapeAt(text: string, at: number): [string | undefined, number] {
  const letter = text[at + 1] ?? "";
  if (letter !== "u") return [SHORT[letter], 2];
  const digits = text.slice(at + 2, at + 6);
  return [/^[\da-f]{4}$/i.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined, 6];
}

/** A text as it is written inside that many strings. */
export function escaped(text: string, depth: number): string {
  let made = text;
  for (let i = 0; i < depth; i++) made = JSON.stringify(made).slice(1, -1);
  return made;
}

/** A text without one level of escapes; unchanged if it has none that can be undone. */
export function oneLevelLess(text: string): string {
  return unescaped(sourceLayer(text), 0, text.length)?.text ?? text;
}

/** The end of the string that begins at this quote, after its last quote; nothing if it does not end. */
export function stringEnd(text: string, from: number): number | undefined {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === '"') return i + 1;
  }
  return undefined;
}

/** White space between tokens of JSON. */
export const isSpace = (character: string | undefined): boolean =>
  character === " " || character === "\n" || character === "\t" || character === "\r";
