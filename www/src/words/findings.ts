/** The words of a finding's remedies. */

import type { Basis, Diagnostic } from "jitp";
import { counted } from "./common.ts";

type Severity = Diagnostic["severity"];

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
  remedies: (n: number) => counted(n, "remedy", "remedies"),
  /** The remedy of a certificate without what the template asks for. */
  createSamples: "Create sample certificates that have it",
  /** In front of a finding, for screen readers. */
  severity: { error: "error: ", warning: "warning: ", hint: "hint: " } satisfies Record<Severity, string>,
  counts: {
    error: (n: number) => counted(n, "error"),
    warning: (n: number) => counted(n, "warning"),
    hint: (n: number) => counted(n, "hint"),
  } satisfies Record<Severity, (n: number) => string>,
  /** How sure a rule is. */
  basis: {
    documented: "Documented by AWS",
    observed: "Observed, not documented",
    assumed: "Assumed: AWS does not say",
  } satisfies Record<Basis, string>,
  /** Another place that a finding is about; then its line and column. */
  related: (message: string, place: string) => `${message} (${place})`,
};
