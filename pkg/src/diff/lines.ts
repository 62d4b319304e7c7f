/** A difference as lines: `+` is only in the second plan, `-` only in the first, `~` is in both and differs. */
import { isolationWords } from "../export/access-words.js";
import { PRECONDITIONS, prettyDocument, rightWords } from "../export/words.js";
import type {
  AccessDifference,
  AccessRight,
  AccountDifference,
  Changed,
  ChangedPair,
  Diagnostic,
  DiffLine,
  DiffOptions,
  DiffTone,
  PlanDifference,
  PlannedPolicy,
  PolicyDifference,
  StepDifference,
  StepSide,
  ThingDifference,
} from "../types.js";
import { visibleText } from "../visible.js";
import { type ComparedLine, comparedLines } from "./document.js";

const SIGNS: Partial<Record<DiffTone, string>> = { added: "+", removed: "-", changed: "~" };

/**
 * The difference as lines, each with its kind, for programs that colour it or lay it out. {@link diffText} joins them. The texts have no control
 * characters, whatever the plans hold.
 */
export function diffLines(difference: PlanDifference, options: DiffOptions = {}): DiffLine[] {
  const { sides, thing, policies, account, access, preconditions, findings, steps, roleArn, signature, certificateStatus } = difference;
  const { before = "before", after = "after" } = options;
  const isSummed = sides.before.summary === sides.after.summary;
  return [
    line("title", 0, titleWords(difference)),
    ...(difference.same || isSummed
      ? []
      : [line("removed", 1, `${before}: ${sides.before.summary}`), line("added", 1, `${after}: ${sides.after.summary}`)]),
    ...section("Certificate", [
      ...value("status", certificateStatus),
      ...value("signature of the CA", signature),
      ...value("provisioning role", roleArn, quoted),
    ]),
    ...section("Thing", thing === undefined ? [] : thingLines(thing)),
    ...section("Policies", policies === undefined ? [] : policyLines(policies)),
    ...section("Account", account === undefined ? [] : accountLines(account)),
    ...section("Access", access === undefined ? [] : accessLines(access, difference)),
    ...section(
      "Must exist already",
      both(preconditions, ({ kind, name }) => [`${PRECONDITIONS[kind]} ${name}`]),
    ),
    ...section("Findings", both(findings, findingWords)),
    ...section("Steps", (steps ?? []).map(stepLine)),
    ...section(
      "Not counted as a difference",
      difference.ignored.map((sentence) => line("detail", 1, sentence)),
    ),
    ...section(
      "Not compared",
      difference.notCompared.map((sentence) => line("detail", 1, sentence)),
    ),
  ];
}

/** The difference as plain text: `+` is only in the second plan, `-` only in the first, `~` is in both and differs. */
export function diffText(difference: PlanDifference, options: DiffOptions = {}): string {
  const written = diffLines(difference, options).map(
    ({ indent, sign, text }) => `${"  ".repeat(indent)}${sign === "" ? "" : `${sign} `}${text}`,
  );
  return `${written.join("\n")}\n`;
}

/** Both verdicts, or the one that both plans have. */
function titleWords({ same, sides: { before, after }, notCompared }: PlanDifference): string {
  if (same) return notCompared.length === 0 ? `No difference: ${before.verdict}` : `No difference was found: ${before.verdict}`;
  return before.verdict === after.verdict ? `${before.verdict}, with differences` : `${before.verdict} → ${after.verdict}`;
}

function line(tone: DiffTone, indent: number, text: string): DiffLine {
  return { tone, indent, sign: SIGNS[tone] ?? "", text: visibleText(text) };
}

function section(title: string, lines: DiffLine[]): DiffLine[] {
  return lines.length === 0 ? [] : [line("blank", 0, ""), line("heading", 0, title), ...lines];
}

const quoted = (text: string): string => JSON.stringify(text);

/** A value that differs; none if it does not. */
function value<Value extends string>(
  name: string,
  change: Changed<Value> | undefined,
  shown: (value: Value) => string = String,
): DiffLine[] {
  const { before, after } = change ?? {};
  if (before !== undefined && after !== undefined) return [line("changed", 1, `${name} ${shown(before)} → ${shown(after)}`)];
  if (before !== undefined) return [line("removed", 1, `${name} ${shown(before)}`)];
  return after === undefined ? [] : [line("added", 1, `${name} ${shown(after)}`)];
}

/** What only one side has: a line for each, and the lines of details below it. */
function both<Value>(
  difference: { added: readonly Value[]; removed: readonly Value[] } | undefined,
  words: (value: Value) => readonly [string, ...string[]],
): DiffLine[] {
  const { added = [], removed = [] } = difference ?? {};
  const lines = (tone: DiffTone) => (value: Value) => {
    const [first, ...more] = words(value);
    return [line(tone, 1, first), ...more.map((text) => line("detail", 3, text))];
  };
  return [...removed.flatMap(lines("removed")), ...added.flatMap(lines("added"))];
}

function thingLines({ name, arn, typeName, attributes, groups, billingGroup, overrides }: ThingDifference): DiffLine[] {
  return [
    ...value("name", name, quoted),
    // The ARN follows from the name, so it is shown only if something else differs in it.
    ...(name === undefined ? value("ARN", arn) : []),
    ...value("thing type", typeName, quoted),
    ...Object.entries(attributes ?? {}).flatMap(([name, change]) => value(`attribute ${name}`, change, quoted)),
    ...both(groups, (group) => [`thing group ${group}`]),
    ...value("billing group", billingGroup, quoted),
    ...Object.entries(overrides ?? {}).flatMap(([name, change]) => value(`OverrideSettings ${name}`, change)),
  ];
}

function policyLines({ added, removed, changed }: PolicyDifference): DiffLine[] {
  const whole = (tone: "added" | "removed") => (policy: PlannedPolicy) => [
    line(tone, 1, policyWords(policy)),
    ...documentLines(policy).map((text) => line(tone, 2, text)),
  ];
  return [...changed.flatMap(changedPolicy), ...removed.flatMap(whole("removed")), ...added.flatMap(whole("added"))];
}

function policyWords({ logicalName, name, document }: PlannedPolicy): string {
  return document === undefined ? `policy ${name}, which must exist` : `policy from the document of "${logicalName}"`;
}

function documentLines({ document }: PlannedPolicy): string[] {
  return document === undefined ? [] : prettyDocument(document).split("\n");
}

function changedPolicy({ before, after }: ChangedPair<PlannedPolicy>): DiffLine[] {
  if (before.document === undefined || after.document === undefined) {
    return [
      ...[line("removed", 1, policyWords(before)), ...documentLines(before).map((text) => line("removed", 2, text))],
      ...[line("added", 1, policyWords(after)), ...documentLines(after).map((text) => line("added", 2, text))],
    ];
  }
  const rows = excerpt(comparedLines(prettyDocument(before.document), prettyDocument(after.document)));
  const head = line("changed", 1, policyWords(after));
  if (rows.every((row) => row?.in === "both")) return [head, ...value("ARN", { before: before.arn, after: after.arn })];
  return [head, ...rows.map((row) => (row === undefined ? line("detail", 3, "…") : line(LINE_TONES[row.in], 2, indented(row))))];
}

const LINE_TONES = { both: "detail", before: "removed", after: "added" } as const satisfies Record<ComparedLine["in"], DiffTone>;

/** A line that both have leaves room for the sign that the others have. */
function indented({ in: where, text }: ComparedLine): string {
  return where === "both" ? `  ${text}` : text;
}

/** Lines around a changed one. */
const CONTEXT = 2;

/** The lines that differ, with those around them; `undefined` for what is left out. */
function excerpt(lines: readonly ComparedLine[]): (ComparedLine | undefined)[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, i) => {
    if (line.in !== "both") near.fill(1, Math.max(0, i - CONTEXT), i + CONTEXT + 1);
  });
  const last = near.lastIndexOf(1);
  return lines.flatMap((line, i): (ComparedLine | undefined)[] => {
    if (near[i] === 1) return [line];
    return i > 0 && near[i - 1] === 1 && i < last ? [undefined] : [];
  });
}

function accountLines({ changed, ...others }: AccountDifference): DiffLine[] {
  return [
    ...changed.flatMap(({ before, after }) => [line("removed", 1, before.sentence), line("added", 1, after.sentence)]),
    ...both(others, ({ sentence }) => [sentence]),
  ];
}

function accessLines({ connects, headline, over, clientId, rights, isolation }: AccessDifference, { sides }: PlanDifference): DiffLine[] {
  // The summaries say it, if the policies say something of note.
  const isSaid = [sides.before.summary.includes(headline?.before ?? ""), sides.after.summary.includes(headline?.after ?? "")];
  return [
    ...value("connection", connects),
    ...(isSaid.includes(false) ? value("headline:", headline) : []),
    ...(over?.before === undefined || over.after === undefined ? [] : value("policies are for", over, (use) => USES[use])),
    ...value("client ID", clientId, quoted),
    ...(rights?.changed ?? []).flatMap(changedRight),
    ...both(rights, ({ reason, ...right }) => [mayWords(right), ...(reason === undefined ? [] : [reason])]),
    ...value("isolation:", {
      ...(isolation?.before === undefined ? {} : { before: isolationWords(isolation.before) }),
      ...(isolation?.after === undefined ? {} : { after: isolationWords(isolation.after) }),
    }),
  ];
}

const USES = { mqtt: "MQTT", https: "HTTPS", nothing: "nothing" } as const;

const MAY = { allowed: "may", denied: "may not", unknown: "may perhaps" } as const;

function mayWords(right: AccessRight): string {
  return `${MAY[right.answer]} ${rightWords(right)}`;
}

function changedRight({ before, after }: ChangedPair<AccessRight>): DiffLine[] {
  const [old, young] = [mayWords(before), mayWords(after)];
  const reasons = before.reason === after.reason ? undefined : { before, after };
  return [
    line("changed", 1, old === young ? young : `${old} → ${young}`),
    ...(reasons?.before.reason === undefined ? [] : [line("removed", 2, reasons.before.reason)]),
    ...(reasons?.after.reason === undefined ? [] : [line("added", 2, reasons.after.reason)]),
  ];
}

function findingWords({ code, severity, message, span }: Diagnostic): [string] {
  return [`${severity} ${code}${span === undefined ? "" : ` line ${span.start.line}:${span.start.column}`}: ${message}`];
}

const OUTCOMES = { done: "done", failed: "fails", skipped: "not reached", unknown: "unknown" } as const;

function stepLine({ number, title, before, after }: StepDifference): DiffLine {
  const isSame = before.outcome === after.outcome;
  const words = ({ outcome, actions }: StepSide) => (isSame ? callWords(actions) : OUTCOMES[outcome]);
  return line("changed", 1, `${number}. ${title}: ${words(before)} → ${words(after)}`);
}

/** The actions, each once, with how often it is called. */
function callWords(actions: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const action of actions) counts.set(action, (counts.get(action) ?? 0) + 1);
  return [...counts].map(([action, times]) => (times === 1 ? action : `${times} × ${action}`)).join(", ");
}
