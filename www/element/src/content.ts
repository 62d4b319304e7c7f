/** The content of an element as texts: from properties, from attributes, or from elements of the page. */

import { type Held, heldIn, textOf } from "./holders.ts";

/** The values that were set by properties. Attributes and children give the others. */
export interface Given {
  template?: string;
  certificate?: string;
  parameters?: Record<string, string>;
}

/** All that an element is for. */
export type Content = Required<Given>;

/** Reads the content. */
export function contentOf(element: HTMLElement, given: Given): Content {
  return {
    template: textFor(element, "template", given).trim(),
    certificate: textFor(element, "certificate", given),
    parameters: given.parameters ?? parametersOf(element.getAttribute("parameters")),
  };
}

/** The elements that the element names and that are not in the page yet. */
export function missing(element: HTMLElement, given: Given): { what: keyof Held; selector: string }[] {
  return (["template", "certificate"] as const).flatMap((what) => {
    const value = valueFor(element, what, given);
    return value !== undefined && isSelector(value) && !named(element, value) ? [{ what, selector: value.trim() }] : [];
  });
}

/** The same by property and by attribute. */
function valueFor(element: HTMLElement, what: keyof Held, given: Given): string | undefined {
  return given[what] ?? element.getAttribute(what) ?? undefined;
}

function textFor(element: HTMLElement, what: keyof Held, given: Given): string {
  const value = valueFor(element, what, given);
  if (value === undefined) return heldIn(element)[what] ?? "";
  return isSelector(value) ? textOf(named(element, value)) : value;
}

/** Neither JSON nor PEM begins like this. */
function isSelector(value: string): boolean {
  return value.trimStart().startsWith("#");
}

/** The element that a selector names. An ID is found even if it would need escapes in a selector. */
function named(element: HTMLElement, value: string): Element | null {
  const selector = value.trim();
  // A tree outside of any page has no IDs.
  const around = element.getRootNode() as ParentNode & Partial<NonElementParentNode>;
  try {
    return around.getElementById?.(selector.slice(1)) ?? around.querySelector(selector);
  } catch {
    return null;
  }
}

/** Reads parameters from an object or from its JSON; other values give none. */
export function parametersOf(given: unknown): Record<string, string> {
  if (typeof given === "string") {
    try {
      return parametersOf(JSON.parse(given) as object);
    } catch {
      return {};
    }
  }
  if (typeof given !== "object" || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, String(value)]])),
  );
}
