/** What `jitp can` says of a device as a whole: all that the plan says of access, and whether the device may act as another one. */
import { type Access, accessLines, accessText, type Decision, isolationWords, type Plan } from "jitp";
import { helpOf } from "../flags.js";
import type { AsOther } from "../output.js";
import { answerText, decisionText, type Shown } from "../report/decision.js";
import type { View } from "../report/excerpt.js";
import { inColours } from "../report/plans.js";

/** The rule on devices that may act as another one. */
const NOT_ISOLATED = "JITP108";

/** The answer to the question that is asked without a request: whether the device can connect. */
export function connects({ connects, connect }: Access): Pick<Decision, "answer" | "denial"> {
  // The policies may allow what the broker refuses, or the status of the certificate.
  const { denial } = connect.answer === connects ? connect : {};
  return { answer: connects, ...(denial === undefined ? {} : { denial }) };
}

/** What the policies say of the connection, with their statement, then all that the device may do, and its first minute. */
export function accessReport(access: Access, textOf: (policy: string) => Shown | undefined, view: View): string {
  const { connects, connect, context } = access;
  const whole = inColours(accessText(access), accessLines(access), view.paint);
  if (connect.answer !== connects) return whole;
  return `${decisionText({ request: { verb: "connect" }, context, decision: connect }, textOf, view)}\n${whole}`;
}

/** Whether the device may act as another one. If there is nothing to compare, the answer is unknown: it must not look like a yes or a no. */
export function asOther(plan: Plan): AsOther {
  const isolation = plan.access?.isolation;
  if (isolation === undefined) return { answer: "unknown", reason: whyNotCompared(plan) };
  const reason = isolationWords(isolation);
  // Only a device that is provisioned may do so.
  if (isolation.may === "allowed" && plan.verdict !== "provisions")
    return { answer: "unknown", reason: `${reason} ${plan.summary}`, isolation };
  return { answer: isolation.may, reason, isolation };
}

function whyNotCompared({ access, thing, policies, summary }: Plan): string {
  if (access === undefined) return `The device is not provisioned, so it is not compared with another one. ${summary}`;
  if (thing === undefined) return "The template creates no thing, so it is not known what belongs to another device.";
  // Values that only the certificate tells are in <…>.
  if (thing.name.includes("<"))
    return "The name of the thing is not known without the certificate, so there is no other name to compare it with.";
  if (policies.length === 0) return "The template attaches no policy, so there is nothing to compare.";
  const missing = access.connect.missing.filter(({ kind }) => kind === "policy").map(({ name }) => name);
  if (policies.every(({ name }) => missing.includes(name))) {
    return `It is not known what ${missing.join(", ")} allows. On the command line: ${missing.map((name) => `--policy ${name}=FILE`).join("; ")}.`;
  }
  return "The name of the thing does not differ from device to device, so no other device has its own thing.";
}

/** Names the other device. */
export function asOtherWords({ isolation }: AsOther): string {
  return `act as ${isolation?.other ?? "another device"}`;
}

/** The answer, with the statement that allows the counterexample. */
export function asOtherText(one: AsOther, plan: Plan, textOf: (policy: string) => Shown | undefined, view: View): string {
  const { answer, reason, isolation } = one;
  const finding = plan.diagnostics.find(({ code, message }) => code === NOT_ISOLATED && message.includes(reason));
  const help = finding && helpOf(finding);
  return answerText(
    {
      answer,
      what: asOtherWords(one),
      statement: isolation?.counterexample?.statement,
      notes: [["why", reason], ...(help === undefined ? [] : [["help", help] as const])],
    },
    textOf,
    view,
  );
}
