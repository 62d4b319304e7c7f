/** Differences in Markdown (GitHub's flavour), for a pull request. */
import { cell, fenced, htmlCode, prose, table } from "../export/markdown.js";
import type { DeviceDifference, DiffLine, DiffOptions, PlanDifference } from "../types.js";
import { diffLines } from "./lines.js";
import { diffParts, sumsOf } from "./parts.js";

/**
 * The differences in Markdown: a line that sums them up, a table of the devices that differ, and the details of each, folded. Names and messages
 * are always text or code. They do not become a link, markup or a mention of a person, whatever they hold.
 *
 * @param differences one difference, or those of several devices; devices without a difference are only counted
 */
export function diffMarkdown(differences: PlanDifference | readonly DeviceDifference[], options: DiffOptions = {}): string {
  const isOne = (given: typeof differences): given is PlanDifference => !Array.isArray(given);
  const all: readonly DeviceDifference[] = isOne(differences) ? [{ device: "", difference: differences }] : differences;
  // What was not compared is never passed over in silence.
  const shown = all.filter(({ difference }) => !difference.same || difference.notCompared.length > 0);
  const rows = shown.map(({ device, difference }) => [
    ...(device === "" ? [] : [cell(device)]),
    prose(difference.sides.before.verdict, cell),
    prose(difference.sides.after.verdict, cell),
    difference.same ? "not all was compared" : diffParts(difference).join(", "),
  ]);
  const { before = "before", after = "after", details: isDetailed = true } = options;
  const head = [prose(before, cell), prose(after, cell), "Differs in"];
  const blocks = [
    `## ${diffSummary(all.map(({ difference }) => difference))}`,
    rows.length > 0 && table(shown.some(({ device }) => device !== "") ? ["Device", ...head] : head, rows),
    ...(isDetailed ? shown : []).map(({ device, difference }) =>
      details(device === "" ? "Details" : htmlCode(device), diffLines(difference, options)),
    ),
  ];
  return `${blocks.filter((block) => block !== false).join("\n\n")}\n`;
}

/** The sum of all, in a line: `5 devices: 3 without a difference, 2 differ (2 verdict, 1 groups)`. */
export function diffSummary(differences: readonly PlanDifference[]): string {
  const different = differences.filter(({ same }) => !same);
  const open = differences.filter(({ same, notCompared }) => same && notCompared.length > 0).length;
  const same = differences.length - different.length - open;
  const sums = sumsOf(different).map(([part, devices]) => `${part} ${devices}`);
  const parts = [
    ...(same > 0 ? [`${same} without a difference`] : []),
    ...(different.length > 0 ? [`${different.length} with differences (${sums.join(", ")})`] : []),
    ...(open > 0 ? [`${open} not compared as a whole`] : []),
  ];
  return `${differences.length} device${differences.length === 1 ? "" : "s"}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

/** Folded details. The title is HTML, because Markdown is not read there. GitHub colours a line by its first character, and `!` is its sign for a change. */
function details(title: string, lines: readonly DiffLine[]): string {
  const text = lines.map(({ sign, indent, text }) => `${sign === "~" ? "!" : sign || " "} ${"  ".repeat(indent)}${text}`.trimEnd());
  return `<details>\n<summary>${title}</summary>\n\n${fenced(text.join("\n"), "diff")}\n\n</details>`;
}
