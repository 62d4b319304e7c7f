/** Remedies of findings that are not edits of the text. */

import type { Diagnostic } from "jitp";
import type { SampleHost } from "../certificates/make-sample.ts";
import { NO_VALUE, SAMPLE_KEY } from "../model/no-value.ts";
import { type FlowHost, offerFlow } from "../template/other-flow.ts";
import type { Offer } from "../ui/findings.ts";
import { findingWords as words } from "../words/findings.ts";
import { late } from "./late.ts";

/** All that the page offers for a finding. */
export function offersFor(host: FlowHost & SampleHost, diagnostic: Diagnostic): Offer[] {
  const flow = offerFlow(host, diagnostic);
  if (flow) return [flow];
  // The subject of the certificate lacks what the template asks for: a sample for this template has it.
  if (diagnostic.code !== NO_VALUE || host.readOnly) return [];
  return [{ title: words.createSamples, key: SAMPLE_KEY, run: () => void late().then(({ makeSample }) => makeSample(host)) }];
}
