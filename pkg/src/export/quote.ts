/** Quotes untrusted text for the languages that jitp writes. No text that is quoted here can end the string that it is in. */

/** A JSON text in ASCII alone. The AWS CLI decodes its input by the locale, and every locale agrees on ASCII. */
export function asciiJson(value: unknown, indent?: number): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value, null, indent).replace(/[\u007f-\uffff]/g, escaped);
}

/** A string of JSON that is also a literal of JMESPath, the language of the AWS CLI's queries, between backticks. */
export function jmesLiteral(text: string): string {
  return asciiJson(text).replaceAll("`", "\\u0060");
}

/** A word of a POSIX shell. A shell cannot hold NUL, which JSON escapes. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : shellString(text);
}

/** A text, or a variable that the script has set. */
export type Part = string | { variable: string };

/** A word of a POSIX shell, joined from texts and from variables. */
export function shellParts(parts: readonly Part[]): string {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined.map((part) => (typeof part === "string" ? shellString(part) : `"$${part.variable}"`)).join("");
}

function shellString(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", String.raw`'\''`)}'`;
}

/** The printable characters of YAML 1.2, without the line ends and marks that parsers treat in their own ways. */
const PRINTABLE = /^[\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]$/u;

/** A double-quoted scalar of YAML. */
export function yamlString(text: string): string {
  let written = "";
  for (const character of text) {
    if (character === '"' || character === "\\") written += `\\${character}`;
    else if (character !== "\t" && PRINTABLE.test(character)) written += character;
    else written += `\\u${hex(character)}`;
  }
  return `"${written}"`;
}

/** A scalar of YAML for a text of many lines: a literal block, indented by `indent` spaces, if that keeps the text to the letter. */
export function yamlBlock(text: string, indent: number): string {
  const lines = plainLines(text);
  return lines ? `|-\n${lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line)).join("\n")}` : yamlString(text);
}

/** A quoted template of HCL, with no interpolation in it. */
export function hclString(text: string): string {
  const plain: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  let written = "";
  for (const character of text) {
    const known = plain[character];
    if (known !== undefined) written += known;
    else if (PRINTABLE.test(character)) written += character;
    else written += `\\u${hex(character)}`;
  }
  return `"${withoutTemplates(written)}"`;
}

/** An expression of HCL for a text of many lines, indented by `indent` spaces. */
export function hclBlock(text: string, indent: number): string {
  const lines = plainLines(text);
  // A line with nothing else on it ends the block.
  if (!lines || lines.some((line) => line.trim() === "JSON" || line.trim() === "")) return hclString(text);
  const margin = " ".repeat(indent);
  const end = " ".repeat(Math.max(0, indent - 2));
  return `chomp(<<-JSON\n${lines.map((line) => margin + withoutTemplates(line)).join("\n")}\n${end}JSON\n${end})`;
}

/** Terraform composes accents (NFC) in every string. If a JSON text is not composed, escapes keep it as it is. */
export function composed(body: string): string {
  if (body === body.normalize("NFC")) return body;
  return body.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The lines of a text, if a block keeps them to the letter. */
function plainLines(text: string): string[] | undefined {
  const lines = text.split("\n");
  const plain = /^\S/.test(text) && /\S$/.test(text) && lines.every((line) => [...line].every((character) => PRINTABLE.test(character)));
  return plain ? lines : undefined;
}

/** Doubles the marks `$` and `%` before a brace, which HCL reads as the beginning of a template. */
function withoutTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, (mark) => mark + mark);
}

/** The four digits of an escape. Half a surrogate pair is not a character, so that it becomes U+FFFD. */
function hex(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0xd800 && code <= 0xdfff ? 0xfffd : code).toString(16).padStart(4, "0");
}
