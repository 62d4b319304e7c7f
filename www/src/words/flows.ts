/** The words of the provisioning flows: as people in the field call them, and the headings of the page for each. */

import type { Flow, Phase } from "jitp";

/** The words of the page in one flow. */
export interface FlowWords {
  /** In the list to choose from. */
  title: string;
  /** In a sentence. */
  name: string;
  /** The title of the panel with the input besides the template. */
  input: string;
  leads: { template: string; certificate: string; plan: string };
  howTo: string;
  /** When a finding has an effect. */
  when: Record<Phase, string>;
}

export const flowWords: Record<Flow, FlowWords> = {
  jitp: {
    title: "Just-in-time (JITP)",
    name: "JITP",
    input: "Certificate",
    leads: {
      template: "attached to your CA",
      certificate: "of one of its devices",
      plan: "what AWS IoT does when the device first connects",
    },
    howTo: "AWS IoT sets up a device from your template and its certificate when it first connects. Change either: the plan follows.",
    when: { attach: "when attached", connect: "when a device connects" },
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
    howTo: "AWS IoT sets up a device from your template and the parameters that it sends. Change either: the plan follows.",
    when: { attach: "when created", connect: "when a device is provisioned" },
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
    howTo: "AWS IoT sets up a thing from your template and the parameters of the call. Change either: the plan follows.",
    when: { attach: "when the template is read", connect: "when a thing is registered" },
  },
};
