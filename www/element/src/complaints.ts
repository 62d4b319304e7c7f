/** What the author of a page wrote, and what means nothing. */

import { elementWords as words } from "../../src/words/element.ts";
import { type Given, missing } from "./content.ts";

export interface Complaint {
  text: string;
  /** Whether users see the effect: content that the author meant to be there is not. */
  shown: boolean;
}

/** The complaints on an element; `known` has the values of attributes that have a choice. */
export function complaintsOn(element: HTMLElement, given: Given, known: Readonly<Record<string, readonly string[]>>): Complaint[] {
  const found: Complaint[] = [];
  for (const [attribute, values] of Object.entries(known)) {
    const value = element.getAttribute(attribute) ?? "";
    if (value !== "" && !values.includes(value)) found.push({ text: words.unknown(attribute, value, values), shown: false });
  }
  for (const { what, selector } of missing(element, given)) found.push({ text: words.noElement(what, selector), shown: true });
  const parameters = element.getAttribute("parameters");
  if (given.parameters === undefined && parameters !== null && !isObject(parameters)) {
    found.push({ text: words.notParameters, shown: true });
  }
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
