/** Makes strings of the references in an object of a program, because their values are known to the program only. */

import { afterComment, isComment } from "./objects.ts";

/** The object with each reference as `"${name}"`, without comments, and the names. */
export function withReferences(text: string): { text: string; references: string[] } {
  const references: string[] = [];
  let made = "";
  // Whether a value may begin here.
  let open = false;
  const brackets: string[] = [];
  for (let at = 0; at < text.length; ) {
    const c = text[at] ?? "";
    if (c === '"' || c === "'" || c === "`") {
      const to = stringEnd(text, at);
      made += text.slice(at, to).replace(/([$%])\1\{/g, "$1{");
      at = to;
      open = false;
    } else if (isComment(text, at)) {
      const to = afterComment(text, at, text.length);
      // The line break separates members in Terraform.
      if (text[to - 1] === "\n") made += "\n";
      at = to;
    } else if (open && /[A-Za-z_]/.test(c)) {
      const to = expressionEnd(text, at);
      const name = text.slice(at, to).trim();
      if (/^(?:true|false|null|True|False|None|undefined)$/.test(name)) made += name;
      else {
        references.push(name);
        made += JSON.stringify(`\${${name}}`);
      }
      at = to;
      open = false;
    } else {
      if (/[[{(]/.test(c)) brackets.push(c);
      else if (/[\])}]/.test(c)) brackets.pop();
      if (/[:=[]/.test(c)) open = true;
      else if (c === ",") open = brackets.at(-1) === "[";
      else if (!/\s/.test(c)) open = false;
      made += c;
      at++;
    }
  }
  return { text: made, references };
}

function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === text[at]) return i + 1;
  }
  return text.length;
}

/** The end of the expression at `at`: the comma, line break or bracket that is not inside of it. */
function expressionEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const c = text[i] ?? "";
    if (/[([{]/.test(c)) depth++;
    else if (/[)\]}]/.test(c)) {
      if (depth === 0) return i;
      depth--;
    } else if (c === '"' || c === "'") i = stringEnd(text, i) - 1;
    else if (depth === 0 && /[,\n]/.test(c)) return i;
  }
  return text.length;
}
