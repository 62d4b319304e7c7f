/** What an element is given to show: by attributes, or by elements of the page. */

import { withoutPrivateKeys } from "./private-keys.ts";
import { readOptions, type Work, workOn } from "./work.ts";

/** What `template` or `certificate` may stand in, as a child of the element. */
const CHILD = {
  template: 'script[type="application/json"]',
  certificate: 'script[type="application/x-pem-file"]',
} as const;

/** Reads what the element is to show. */
export function contentOf(element: HTMLElement, set: { template?: string; certificate?: string }): Work {
  const certificate = set.certificate ?? textFor(element, "certificate");
  // Whoever wrote the page must not have put a key into it; it is not shown on top of that.
  const { text: pem } = withoutPrivateKeys(certificate);
  const work = workOn(
    (set.template ?? textFor(element, "template")).trim(),
    pem.trim() === "" ? [] : [{ from: "", pem }],
  );
  work.options = readOptions({
    flow: element.getAttribute("flow"),
    region: element.getAttribute("region"),
    accountId: element.getAttribute("account-id"),
    serialNumber: element.getAttribute("serial-number"),
    now: element.getAttribute("now"),
  });
  work.parameters = parameters(element.getAttribute("parameters"));
  return work;
}

function textFor(element: HTMLElement, what: keyof typeof CHILD): string {
  const value = element.getAttribute(what);
  if (value === null) return element.querySelector(`:scope > ${CHILD[what]}`)?.textContent ?? "";
  // Neither JSON nor PEM begins like this.
  if (!value.startsWith("#")) return value;
  const other = (element.getRootNode() as Document | ShadowRoot).getElementById(value.slice(1));
  if (other instanceof HTMLTextAreaElement) return other.value;
  return (other instanceof HTMLTemplateElement ? other.content : other)?.textContent ?? "";
}

function parameters(json: string | null): Record<string, string> {
  if (json === null) return {};
  try {
    const given: unknown = JSON.parse(json);
    if (typeof given !== "object" || given === null) return {};
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}
