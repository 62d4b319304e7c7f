/** Offers to check a template that is written for another flow as what it is. */

import type { Diagnostic, Flow } from "jitp";
import { flowWords } from "../words/flows.ts";
import type { State } from "../model/state.ts";
import type { Options } from "../model/options.ts";
import type { Offer } from "../ui/findings.ts";
import type { Notify } from "../ui/notices.ts";
import { templateWords as words } from "../words/template.ts";

/** The rule about templates for another flow. */
const OTHER_FLOW = "JITP041";

/** The part of a playground that this needs. */
export interface FlowHost {
  readonly state: Pick<State, "analysis" | "options">;
  readonly notify: Notify;
  readonly edits: { setOptions(options: Options): void };
}

/** The offer for a finding of that rule. */
export function offerFlow(host: FlowHost, { code }: Diagnostic): Offer | undefined {
  const flow = host.state.analysis?.report.writtenFor;
  if (code !== OTHER_FLOW || flow === undefined) return undefined;
  return { title: words.checkAs(flowWords[flow].name), run: () => checkAs(host, flow) };
}

function checkAs(host: FlowHost, flow: Flow): void {
  const { state } = host;
  const before = state.options.flow;
  const change = (flow: Flow) => host.edits.setOptions({ ...state.options, flow });
  change(flow);
  host.notify(words.checkedAs(flowWords[flow].name, flowWords[flow].input), {
    action: { title: words.backTo(flowWords[before].name), run: () => change(before) },
  });
}
