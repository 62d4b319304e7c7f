/** The words of a finding's remedies. */

export const findingWords = {
  /** What the verdict would be after a remedy, before it is taken. */
  outcome: {
    provisions: "→ Provisions",
    connects: "→ Provisions, can connect",
    cannotConnect: "→ Provisions, cannot connect",
    connectsUnknown: "→ Provisions, access unknown",
    registered: "→ Registered already",
    fails: (step: number | undefined) => `→ Fails${step === undefined ? "" : ` at step ${step}`}`,
    rejected: "→ AWS refuses",
    unknown: "→ Unknown",
    "not-a-template": "→ Not a template",
    unreadable: "→ Not readable",
  },
  remedies: (n: number) => (n === 1 ? "1 remedy" : `${n} remedies`),
  /** The remedy of a certificate without what the template asks for. */
  createSamples: "Create sample certificates that have it",
};
