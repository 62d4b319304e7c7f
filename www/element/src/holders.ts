/**
 * The texts that an element holds. Whoever makes a page writes what its tools let through: scripts, templates, preformatted text. Tools put these into
 * paragraphs, and drop the types of scripts, so a text is known by what it says.
 */

const HOLDERS = ["script", "template", "textarea", "pre"];

/** A template and certificates. */
export interface Held {
  template?: string;
  certificate?: string;
}

/** What the children of an element hold: the first template, and all certificates. */
export function heldIn(element: Element): Held {
  const found: Held = {};
  for (const holder of element.querySelectorAll(HOLDERS.join(","))) {
    const text = textOf(holder);
    if (text.trim() === "") continue;
    if (isPem(holder, text)) found.certificate = found.certificate === undefined ? text : `${found.certificate}\n${text}`;
    else found.template ??= outdented(text);
  }
  return found;
}

/** The text of an element of a page. */
export function textOf(element: Element | null): string {
  if (element instanceof HTMLTextAreaElement) return element.value;
  return (element instanceof HTMLTemplateElement ? element.content : element)?.textContent ?? "";
}

function isPem(holder: Element, text: string): boolean {
  const type = holder.getAttribute("type");
  return type === "application/x-pem-file" || (type !== "application/json" && /^\s*-----BEGIN /.test(text));
}

/** The text without the white space that all its lines begin with, which is that of the page around it. */
export function outdented(text: string): string {
  const lines = text.replace(/^\s*\n|\n\s*$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map(indentOf);
  // Text that begins next to its tag says nothing about the lines below.
  const least = Math.min(...(/^\s/.test(text) ? indents : indents.slice(1)), Infinity);
  return lines.map((line) => line.slice(Math.min(least, indentOf(line)))).join("\n");
}

const indentOf = (line: string): number => line.search(/[^ \t]|$/);
