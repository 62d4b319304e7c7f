/** The words of the frame of the page: head, navigation, dividers, and what a drop would do. */

export const shellWords = {
  tagline: "See what AWS IoT just-in-time provisioning will do, before a device connects.",
  skip: "Skip to the plan",
  samples: "Samples",
  sample: "Sample",
  trySample: "Try a sample",
  nothingSent: "Nothing is sent.",
  howKnown: "How do I know?",
  forget: "Forget everything",
  recent: "Recent",
  rules: "All rules",
  share: "Share",
  parts: "Parts of the page",
  template: "Template",
  templateLead: "attached to your CA",
  certificate: "Certificate",
  certificateLead: "of one of its devices",
  plan: "Plan",
  /** What a drop on a place is read as. */
  drop: {
    template: "Drop here: template",
    certificate: "Drop here: certificates",
    account: "Drop here: AWS account",
  },
  dividers: {
    template: "Size of the template",
    plan: "Size of the plan",
    findings: "Size of the findings",
    how: "Drag it, or use the arrow keys. Double-click or Enter: the usual size",
  },
  planLead: "what AWS IoT does when the device first connects",
  newVersion: "A newer version of this page is ready. Your work stays.",
  loadIt: "Load it",
};
