/** A template that is written for another flow can be judged as what it is. */

import type { Diagnostic, Flow } from "jitp";
import type { Offer } from "../ui/findings.ts";
import { FLOWS } from "../model/flows.ts";
import type { Playground } from "../app/playground.ts";

/** The rule that a template is written for another flow. */
const OTHER_FLOW = "JITP041";

/** What is offered about a finding of that rule. */
export function offerFlow(playground: Playground, { code }: Diagnostic): Offer | undefined {
  const flow = playground.state.analysis?.report.writtenFor;
  if (code !== OTHER_FLOW || flow === undefined) return undefined;
  return { title: `Judge as ${FLOWS[flow].name}`, run: () => judgeAs(playground, flow) };
}

function judgeAs(playground: Playground, flow: Flow): void {
  const { state } = playground;
  const before = state.options.flow;
  const judge = (flow: Flow) => {
    state.options = { ...state.options, flow };
    playground.analyse();
  };
  judge(flow);
  const back = { title: `Back to ${FLOWS[before].name}`, run: () => judge(before) };
  playground.notify(`Judged as ${FLOWS[flow].name} now. Fill in the parameters under ${FLOWS[flow].input}.`, {
    action: back,
  });
}
