/** The headings of the page, which follow the flow. */

import type { Flow } from "jitp";
import { flowWords } from "../words/flows.ts";
import type { Root } from "../ui/dom.ts";

/** Writes the headings of the page for this flow. */
export function headings(root: Root, flow: Flow): void {
  const { input, leads, howTo } = flowWords[flow];
  const texts = {
    "how-to": howTo,
    "certificate-name": input,
    "template-lead": leads.template,
    "certificate-lead": leads.certificate,
    "plan-lead": leads.plan,
  };
  for (const [id, text] of Object.entries(texts)) {
    // An embedded playground has no page header.
    const element = root.querySelector(`#${id}`);
    if (element && element.textContent !== text) element.textContent = text;
  }
}
