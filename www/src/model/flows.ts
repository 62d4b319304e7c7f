/** The provisioning flows as people in the field speak of them, and the headings of the page, which follow the flow. */

import type { Flow, Phase } from "jitp";
import type { Root } from "../ui/dom.ts";

/** What the page calls things in one flow. */
export interface FlowWords {
  /** In the list to choose from. */
  title: string;
  /** In a sentence. */
  name: string;
  /** The title of the panel with what goes in beside the template. */
  input: string;
  leads: { template: string; certificate: string; plan: string };
  howTo: string;
  /** When a finding bites. */
  when: Record<Phase, string>;
  /** The verdict where AWS refuses the template. */
  rejected: string;
}

export const FLOWS: Record<Flow, FlowWords> = {
  jitp: {
    title: "Just-in-time (JITP)",
    name: "JITP",
    input: "Certificate",
    leads: {
      template: "attached to your CA",
      certificate: "of one of its devices",
      plan: "what AWS IoT does when the device first connects",
    },
    howTo: "On its first connection a device is set up from your template and its certificate. Change either: the plan follows.",
    when: { attach: "when attached", connect: "when a device connects" },
    rejected: "Rejected when attached",
  },
  fleet: {
    title: "Fleet provisioning",
    name: "fleet provisioning",
    input: "Request",
    leads: {
      template: "created for your fleet",
      certificate: "that the device sends",
      plan: "what AWS IoT does with RegisterThing over MQTT",
    },
    howTo: "A device is set up from your template and the parameters that it sends. Change either: the plan follows.",
    when: { attach: "when created", connect: "when a device is provisioned" },
    rejected: "Rejected when created",
  },
  "register-thing": {
    title: "RegisterThing, single or bulk",
    name: "RegisterThing",
    input: "Request",
    leads: {
      template: "given to RegisterThing",
      certificate: "for one of the things",
      plan: "what AWS IoT does when RegisterThing is called",
    },
    howTo: "A thing is set up from your template and the parameters that are given. Change either: the plan follows.",
    when: { attach: "when the template is read", connect: "when a thing is registered" },
    rejected: "Rejected",
  },
};

/** Writes the headings of the page for this flow. */
export function headings(root: Root, flow: Flow): void {
  const { input, leads, howTo } = FLOWS[flow];
  const texts = {
    "how-to": howTo,
    "certificate-name": input,
    "template-lead": leads.template,
    "certificate-lead": leads.certificate,
    "plan-lead": leads.plan,
  };
  for (const [id, text] of Object.entries(texts)) {
    // A playground in somebody's page has no head.
    const element = root.querySelector(`#${id}`);
    if (element && element.textContent !== text) element.textContent = text;
  }
}
