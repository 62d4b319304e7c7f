/** A plan as lines, in the manner of `terraform plan`: what is created, what must exist, where it stops, and why. */

import type {
  Access,
  AccessAnswer,
  Diagnostic,
  Plan,
  PlanLine,
  PlannedAccount,
  PlanTone,
  ResourceChange,
  Step,
  StepOutcome,
} from "../types.js";
import { isolationWords } from "./access-words.js";
import {
  cannotConnect,
  certificateName,
  endWords,
  entryWords,
  isReached,
  issuerWords,
  NOT_CHECKED,
  onlySubject,
  originWords,
  PRECONDITIONS,
  prettyDocument,
  reachOf,
  refusalWords,
  rightWords,
  shortName,
  statementWords,
  verdictWords,
} from "./words.js";
import { visibleText } from "../visible.js";

const SIGNS: Partial<Record<PlanTone, string>> = {
  create: "+",
  keep: "=",
  change: "~",
  stop: "✗",
  skipped: "·",
  unknown: "?",
  warning: "!",
};

/**
 * The plan as lines, each with its kind, for programs that colour it or lay it out. {@link planText} joins them. The texts have no control
 * characters, whatever the certificate holds.
 */
export function planLines(plan: Plan): PlanLine[] {
  return [
    line("title", 0, `${verdictWords(plan)}: ${plan.summary}`),
    ...about(plan),
    ...section("Parameters", parameters(plan)),
    ...section(
      "Must exist already",
      plan.preconditions.map(({ kind, name, arn }) => line("keep", 1, `${PRECONDITIONS[kind]} ${name}`, arn)),
    ),
    ...section(
      "Steps",
      plan.steps.flatMap((step) => steps(step, plan)),
    ),
    ...section("In the account", plan.account === undefined ? [] : inAccount(plan.account, plan)),
    ...(plan.access === undefined ? [] : accessSections(plan.access)),
    ...section("Findings", findings(plan)),
    ...section(
      "Where AWS shows this",
      plan.lookAt.map((place) => line("detail", 1, place)),
    ),
    ...section(
      "On the device",
      plan.notes.map((note) => line("detail", 1, note)),
    ),
    line("blank", 0, ""),
    line("title", 0, total(plan)),
  ];
}

/** The plan as plain text, in the manner of `terraform plan`: `+` is created, `=` must exist, `~` changes, `✗` stops, `?` is unknown. */
export function planText(plan: Plan): string {
  return laidOut(planLines(plan));
}

/** The lines of {@link planLines} on access alone, for the `access` of a plan: what the device may do, and its first minute. */
export function accessLines(access: Access): PlanLine[] {
  const [, ...lines] = accessSections(access);
  return lines;
}

/** The lines of {@link accessLines} as plain text, in the manner of {@link planText}. */
export function accessText(access: Access): string {
  return laidOut(accessLines(access));
}

function laidOut(lines: readonly PlanLine[]): string {
  return `${lines.map(written).join("\n")}\n`;
}

function written({ tone, indent, sign, text, reason }: PlanLine): string {
  const blanks = "  ".repeat(indent);
  const first = `${blanks}${sign === "" ? "" : `${sign} `}${text}`;
  if (reason === undefined) return first;
  return tone === "detail" ? `${first}  # ${reason}` : `${first}\n${blanks}    ${reason}`;
}

function line(tone: PlanTone, indent: number, text: string, reason?: string): PlanLine {
  const told = { tone, indent, sign: SIGNS[tone] ?? "", text: visibleText(text) };
  return reason === undefined ? told : { ...told, reason: visibleText(reason) };
}

function section(title: string, lines: PlanLine[]): PlanLine[] {
  return lines.length === 0 ? [] : [line("blank", 0, ""), line("heading", 0, title), ...lines];
}

function about(plan: Plan): PlanLine[] {
  const { certificate } = plan;
  const name = certificateName(certificate);
  const end = endWords(plan);
  const signed = issuerWords(plan);
  const subject = onlySubject(certificate);
  return [
    ...(subject === undefined ? [] : [line("detail", 1, `subject ${subject}`, NOT_CHECKED)]),
    ...(name === undefined || subject !== undefined
      ? []
      : [line("detail", 1, `certificate ${name}`, certificate.certificateId === name ? undefined : certificate.certificateId)]),
    ...(signed === undefined ? [] : [line(plan.issuer?.signature === "not-verified" ? "stop" : "detail", 1, signed, plan.issuer?.reason)]),
    ...(end === undefined ? [] : [line("detail", 1, end)]),
  ];
}

/** What a change looks like. What was looked up and is there is the ground of a plan, as what must exist. */
const CHANGES: Record<ResourceChange["change"], PlanTone> = {
  created: "create",
  unchanged: "keep",
  kept: "keep",
  replaced: "change",
  merged: "change",
  conflict: "stop",
  missing: "stop",
  unknown: "unknown",
};

/** What happens to each resource, with what differs, and what was assumed. */
function inAccount({ changes, taken }: PlannedAccount, plan: Plan): PlanLine[] {
  return [
    ...changes.flatMap((one) => {
      const { change, sentence, entries } = one;
      if (!isReached(one, plan)) return [line("skipped", 1, `Not reached: ${sentence}`)];
      return [
        line(CHANGES[change], 1, sentence),
        ...(change === "unchanged" ? [] : entries).map((entry) => line("detail", 3, entryWords(entry))),
      ];
    }),
    ...taken.map((sentence) => line("unknown", 1, `Assumed: ${sentence}`)),
  ];
}

function parameters(plan: Plan): PlanLine[] {
  return plan.parameters.map((parameter) => {
    const { name, value } = parameter;
    const origin = originWords(parameter, plan);
    if (value === undefined) return line("stop", 1, `${shortName(name)} has no value`, origin);
    return line("detail", 1, `${shortName(name)} = ${JSON.stringify(value)}`, origin);
  });
}

/** The tone of a step. A step that looks up a policy creates nothing, and the last step changes something that exists. */
function toneOf({ outcome, action, number }: Step): PlanTone {
  if (outcome === "failed") return "stop";
  if (outcome === "skipped") return "skipped";
  if (outcome === "unknown") return "unknown";
  return number === 6 ? "change" : /^(Get|List|Describe)/.test(action) ? "keep" : "create";
}

function steps(step: Step, plan: Plan): PlanLine[] {
  const { number, title, outcome, detail } = step;
  const head = line(toneOf(step), 1, `${number}. ${title}`, detail);
  if (outcome === "skipped" || outcome === "unknown") return [head];
  const causes = outcome === "failed" ? causesOf(step, plan).map(({ code, message }) => line("stop", 3, `${code}: ${message}`)) : [];
  return [head, ...causes, ...(outcome === "done" ? made(step, plan) : [])];
}

/** The errors that stop a step. */
function causesOf(step: Step, { diagnostics }: Plan): Diagnostic[] {
  return diagnostics.filter(({ severity, code }) => severity === "error" && step.diagnostics.includes(code));
}

function made({ number, arn }: Step, { thing, policies }: Plan): PlanLine[] {
  const details = arn === undefined ? [] : [line("detail", 3, arn)];
  if (number === 2 && thing) {
    const { typeName, attributes, groups, billingGroup } = thing;
    details.push(
      ...(typeName === undefined ? [] : [line("detail", 3, `thing type = ${JSON.stringify(typeName)}`)]),
      ...Object.entries(attributes).map(([name, value]) => line("detail", 3, `attribute ${name} = ${JSON.stringify(value)}`)),
      ...groups.map((group) => line("create", 3, `member of the thing group ${group}`)),
      ...(billingGroup === undefined ? [] : [line("create", 3, `member of the billing group ${billingGroup}`)]),
    );
  }
  if (number === 3) {
    for (const { document } of policies) {
      if (document !== undefined)
        details.push(
          ...prettyDocument(document)
            .split("\n")
            .map((row) => line("detail", 4, row)),
        );
    }
  }
  return details;
}

const TONES: Record<AccessAnswer, PlanTone> = { allowed: "detail", denied: "warning", unknown: "unknown" };

/** Each begins with an empty line. */
function accessSections(access: Access): PlanLine[] {
  return [...section("Access", rights(access)), ...section("The device's first minute", firstMinute(access))];
}

function rights({ connects, headline, over, context, connect, may, more, isolation }: Access): PlanLine[] {
  const by = connect.statement && connects === connect.answer ? [line("detail", 2, `by ${statementWords(connect.statement)}`)] : [];
  return [
    line(reachOf({ connects, over }) === "https" ? "detail" : TONES[connects], 1, headline),
    ...by,
    ...may
      .filter(({ verb, answer }) => verb !== "connect" || answer !== connects)
      .map((right) => line(TONES[right.answer], 1, `${MAY[right.answer]} ${rightWords(right)}`, right.reason)),
    ...(more ? [line("detail", 1, "and more")] : []),
    ...(isolation ? [line(ISOLATED[isolation.may], 1, isolationWords(isolation))] : []),
    ...context.assumed.map((sentence) => line("detail", 1, sentence)),
  ];
}

const ISOLATED: Record<AccessAnswer, PlanTone> = { allowed: "warning", denied: "detail", unknown: "unknown" };

const MOMENTS: Record<StepOutcome, PlanTone> = { done: "detail", failed: "warning", skipped: "skipped", unknown: "unknown" };

function firstMinute({ firstMinute }: Access): PlanLine[] {
  return firstMinute.flatMap(({ title, outcome, detail, seen }) => [
    line(MOMENTS[outcome], 1, `${title}: ${detail}`),
    ...seen.map((sentence) => line("detail", 2, sentence)),
  ]);
}

const MAY: Record<AccessAnswer, string> = { allowed: "may", denied: "may not", unknown: "may perhaps" };

const RANK = { error: 0, warning: 1, hint: 2 } as const;

function findings({ diagnostics }: Plan): PlanLine[] {
  return [...diagnostics]
    .sort((a, b) => RANK[a.severity] - RANK[b.severity])
    .map(({ severity, code, message, help, span }) =>
      line(
        severity === "error" ? "stop" : severity === "warning" ? "warning" : "detail",
        1,
        `${code}${span ? ` line ${span.start.line}:${span.start.column}` : ""}: ${message}`,
        help,
      ),
    );
}

function total(plan: Plan): string {
  const { steps, stoppedAt, preconditions, verdict } = plan;
  const count = (tone: PlanTone) => steps.filter((step) => toneOf(step) === tone).length;
  if (verdict === "rejected") return `Plan: nothing happens. ${refusalWords(plan)}.`;
  if (verdict === "not-a-template") return "Plan: nothing happens. The text is not a template.";
  if (verdict === "registered") {
    return `Plan: nothing to do. The certificate is registered already.${cannotConnect(plan) ? " The device cannot connect." : ""}`;
  }
  if (verdict === "unknown") return `Plan: unknown; ${count("create")} done, ${count("unknown")} unknown.`;
  const skipped = count("skipped");
  if (verdict === "fails") {
    const at = stoppedAt === undefined ? "" : ` at step ${stoppedAt}`;
    return `Plan: stops${at}; ${count("create")} done, ${skipped} never reached.`;
  }
  const unable = cannotConnect(plan) ? " The device cannot connect." : "";
  return `Plan: ${count("create")} to create, ${count("change")} to change, ${preconditions.length} to exist already.${unable}`;
}
