/** Where each finding is shown: at the template, at the certificate, or in the plan. Each has one place, and none is left out. */

import type { Diagnostic } from "jitp";
import codes from "virtual:certificate-rules";
import { chosenEntry, type State } from "./state.ts";

/** The findings by the part of the page that shows them. */
export interface Shared {
  template: readonly Diagnostic[];
  /** About the chosen certificate. */
  certificate: readonly Diagnostic[];
  /** About neither: the account, what was given to the call. */
  plan: readonly Diagnostic[];
}

/** The rules about the device's certificate, and those about the CA that signed it. */
const OF_CERTIFICATE = new Set(codes);

/** Tells a finding from the others of one answer. */
const keyOf = ({ code, message, span }: Diagnostic): string => `${code} ${span?.start.offset} ${message}`;

/** Shares the findings out. */
export function sharedFindings(state: State): Shared {
  const { plan, report } = state.analysis ?? {};
  const entry = chosenEntry(state);
  const summary = entry?.summary.error === undefined ? entry?.summary : undefined;
  // While an answer is under way, the plan may be that of another certificate.
  const isOfEntry = summary !== undefined && plan?.certificate.certificateId === summary.certificateId;
  const reported = new Set((report?.diagnostics ?? []).map(keyOf));
  const shared = { template: [] as Diagnostic[], certificate: [] as Diagnostic[], plan: [] as Diagnostic[] };
  for (const diagnostic of plan?.diagnostics ?? report?.diagnostics ?? []) {
    if (diagnostic.span !== undefined || reported.has(keyOf(diagnostic))) shared.template.push(diagnostic);
    else if (isOfEntry && OF_CERTIFICATE.has(diagnostic.code)) shared.certificate.push(diagnostic);
    else shared.plan.push(diagnostic);
  }
  // What is known of the certificate without a template.
  const known = new Set(shared.certificate.map(keyOf));
  shared.certificate.push(...(summary?.diagnostics ?? []).filter((diagnostic) => !known.has(keyOf(diagnostic))));
  return shared;
}

/** The findings at the template that the plan speaks of, too: the causes of its verdict, and what follows from this device. */
export function toldInPlan({ analysis }: State, shared: Shared): Diagnostic[] {
  const reported = new Set((analysis?.report.diagnostics ?? []).map(keyOf));
  return shared.template.filter((diagnostic) => diagnostic.severity === "error" || !reported.has(keyOf(diagnostic)));
}
