/** Markdown (GitHub's flavour) in which what comes from outside is text or code, and never markup. */
import { visibleText } from "../visible.js";

/** Text in which nothing is markup, except the code that jitp's own messages put between backticks. */
export function prose(message: string, span: (text: string) => string = code): string {
  return message
    .split(/`([^`]+)`/)
    .map((piece, i) => (i % 2 === 1 ? span(piece) : escaped(piece)))
    .join("");
}

/**
 * Escapes characters with a meaning in Markdown. GitHub also finds mentions and numbers of issues in the text, which an empty comment
 * prevents, and addresses, which an entity prevents.
 */
function escaped(text: string): string {
  return visibleText(text)
    .replace(/[\\`*[\]<>|~$&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/^([-+=]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? `${mark}&#8203;` : `\\${mark}`))
    .replace(/[@#](?=[\p{L}\p{N}_-])/gu, "$&<!-- -->")
    .replace(/\b(https?|ftp|mailto|xmpp):/gi, "$1&#58;")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}&#46;`);
}

/** A code span that its content cannot end. */
export function code(text: string): string {
  const shown = visibleText(text);
  if (shown.trim() === "") return shown === "" ? "(empty)" : "(blank)";
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || /^ .* $/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The same for a table, in which a bar ends the cell even inside a code span. */
export function cell(text: string): string {
  return text.includes("|") ? htmlCode(text) : code(text);
}

/** Code as HTML, for places in which Markdown is not read. */
export function htmlCode(text: string): string {
  return `<code>${visibleText(text).replace(/[^\p{L}\p{N} ]/gu, (c) => `&#${c.codePointAt(0)};`)}</code>`;
}

/** A block of code that its content cannot end. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${visibleText(text, { lines: true })}\n${fence}`;
}

/** A table. Its cells must hold neither a bar nor a line end. */
export function table(head: string[], rows: string[][]): string {
  const row = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** A list of the items that are not `false`. */
export function list(items: (string | false)[]): string {
  return items
    .filter((item) => item !== false)
    .map((item) => `- ${item}`)
    .join("\n");
}
