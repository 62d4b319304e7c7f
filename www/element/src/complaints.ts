/** What the author of a page wrote, and what means nothing. */

import { readLines } from "../../src/model/lines.ts";
import { elementWords as words } from "../../src/words/element.ts";
import { fileOf } from "./file.ts";
import type { Host } from "./host.ts";

export interface Complaint {
  text: string;
  /** Whether users see the effect: content that the author meant to be there is not. */
  shown: boolean;
}

/** The complaints on an element. */
export function complaintsOn(host: Host): Complaint[] {
  const { element, given, missing, attributes } = host;
  const found: Complaint[] = [];
  for (const [attribute, ...choices] of Object.values(attributes)) {
    const value = element.getAttribute(attribute) ?? "";
    const values = choices.filter((choice) => choice !== undefined).map(String);
    if (value !== "" && values.length > 0 && !values.includes(value))
      found.push({ text: words.unknown(attribute, value, values), shown: false });
  }
  for (const { what, selector } of missing()) found.push({ text: words.noElement(what, selector), shown: true });
  const { lines } = element;
  if (lines && !readLines(lines)) found.push({ text: words.notLines(lines), shown: false });
  const file = fileOf(host);
  if (file?.trouble !== undefined) found.push({ text: words.notRead(file.address, file.trouble), shown: true });
  const parameters = element.getAttribute("parameters");
  if (given.parameters === undefined && parameters !== null && !isObject(parameters))
    found.push({ text: words.notParameters, shown: true });
  return found;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return text.trim() === "";
  }
}
