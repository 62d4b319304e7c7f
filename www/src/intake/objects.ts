/** Finds the end of an object in braces, in JSON or in the language of a program. */

import type { Budget } from "./piece.ts";

/** An object, and the keys on its first level. */
export interface Braced {
  /** After the closing brace. */
  to: number;
  keys: Set<string>;
}

/** The language: JSON has one kind of quotes, and no comments. */
export type Language = "json" | "code";

/** Scans from the brace at `from`; nothing if it is not closed before `end`. */
export function braced(text: string, from: number, end: number, language: Language, budget: Budget): Braced | undefined {
  const keys = new Set<string>();
  let depth = 0;
  // The last word or string on the first level, which a colon or an equals sign makes a key.
  let word = "";
  let at = from;
  try {
    while (at < end) {
      const c = text[at] ?? "";
      if (c === '"' || (language === "code" && (c === "'" || c === "`"))) {
        const to = closing(text, at, end);
        if (to === undefined) return undefined;
        if (depth === 1) word = text.slice(at + 1, to);
        at = to + 1;
      } else if (language === "code" && isComment(text, at)) {
        at = afterComment(text, at, end);
      } else if (c === "{" || c === "[" || c === "(") {
        if (c !== "(") depth++;
        at++;
      } else if (c === "}" || c === "]") {
        depth--;
        at++;
        if (depth === 0) return c === "}" ? { to: at, keys } : undefined;
      } else if (/[\w$]/.test(c)) {
        const start = at;
        while (at < end && /[\w$.-]/.test(text[at] ?? "")) at++;
        if (depth === 1) word = text.slice(start, at);
      } else {
        const assigns = c === ":" || (c === "=" && !/[=>]/.test(text[at + 1] ?? ""));
        if (depth === 1 && assigns && word !== "") keys.add(word);
        if (!/\s/.test(c)) word = "";
        at++;
      }
    }
    return undefined;
  } finally {
    budget.spend(at - from);
  }
}

/** The quote that ends the string at `at`. */
function closing(text: string, at: number, end: number): number | undefined {
  const quote = text[at];
  for (let i = at + 1; i < end; i++) {
    const c = text[i];
    if (c === "\\") i++;
    else if (c === quote) return i;
  }
  return undefined;
}

/** Whether a comment begins here. A color or an address has no space before its sign. */
export function isComment(text: string, at: number): boolean {
  const before = text[at - 1];
  const c = text[at];
  if (c === "/" && text[at + 1] === "*") return true;
  return (before === undefined || /[\s{[,;]/.test(before)) && (c === "#" || (c === "/" && text[at + 1] === "/"));
}

/** The place after the comment at `at`. */
export function afterComment(text: string, at: number, end: number): number {
  const close = text[at + 1] === "*" && text[at] === "/" ? "*/" : "\n";
  const found = text.indexOf(close, at + 1);
  return found === -1 || found > end ? end : found + close.length;
}
