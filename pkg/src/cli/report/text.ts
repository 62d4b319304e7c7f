/** Findings as text for people, in the style of rustc. */
import type { Diagnostic, Severity } from "jitp";
import { helpOf } from "../flags.js";
import { count, plain, type Paint } from "../terminal.js";
import { excerpt, type View } from "./excerpt.js";
import { countAll, type CheckedFile } from "./checked.js";

/** The findings of all files, and the totals. */
export function textReport(files: readonly CheckedFile[], view: View): string {
  const parts = files.flatMap(({ name, source, report }) =>
    report.diagnostics.map((diagnostic) => textOfFinding(name, source, diagnostic, view)),
  );
  return [...parts, summary(files, view.paint)].join("\n");
}

/** Findings in one text, with an empty line between them. */
export function textOfFindings(name: string, source: string, diagnostics: readonly Diagnostic[], view: View): string {
  return diagnostics.map((diagnostic) => textOfFinding(name, source, diagnostic, view)).join("\n");
}

/** One finding, with its excerpt. */
export function textOfFinding(name: string, source: string, diagnostic: Diagnostic, view: View): string {
  const { paint } = view;
  const colour = colourOf(diagnostic.severity, paint);
  const margin = " ".repeat(String(diagnostic.span?.start.line ?? "").length);
  const note = (title: string, text: string) => `${margin} ${paint.blue("=")} ${paint.bold(title)}: ${plain(text)}`;
  const lines = [
    `${colour(`${diagnostic.severity}[${diagnostic.code}]`)}${paint.bold(`: ${plain(diagnostic.message)}`)}`,
    ...excerpt(name, source, diagnostic.span, colour, view),
  ];
  const help = helpOf(diagnostic);
  if (help !== undefined) lines.push(note("help", help));
  if (diagnostic.fix !== undefined) lines.push(note("fix", `${diagnostic.fix.title} (jitp fix applies it)`));
  if (diagnostic.choices !== undefined) {
    lines.push(note(diagnostic.choices.length > 1 ? "one of" : "possible fix", diagnostic.choices.map(({ title }) => title).join("; or ")));
  }
  for (const { message, span } of diagnostic.related ?? []) {
    lines.push(`${paint.green("note")}: ${plain(message)}`, ...excerpt(name, source, span, paint.green, view));
  }
  return `${lines.join("\n")}\n`;
}

export function colourOf(severity: Severity, paint: Paint): (text: string) => string {
  const colour = { error: paint.red, warning: paint.yellow, hint: paint.cyan }[severity];
  return (text) => paint.bold(colour(text));
}

/** `2 errors, 1 warning in 3 files`, or `No findings in 3 files`. */
export function headline(files: readonly CheckedFile[]): string {
  const { errors, warnings, hints } = countAll(files);
  const parts = [count(errors, "error"), count(warnings, "warning"), count(hints, "hint")];
  return `${parts.filter((part) => !part.startsWith("0 ")).join(", ") || "No findings"} in ${count(files.length, "file")}`;
}

function summary(files: readonly CheckedFile[], paint: Paint): string {
  const counts = countAll(files);
  const colour = counts.errors > 0 ? paint.red : counts.warnings > 0 ? paint.yellow : paint.green;
  const all = files.flatMap(({ report }) => report.diagnostics);
  const fixes = all.filter(({ fix }) => fix !== undefined).length;
  const [first] = all;
  const fixable = fixes > 0 ? ` (${fixes} fixable with jitp fix)` : "";
  const explain = first === undefined ? "" : `For more about a finding: jitp explain ${first.code}\n`;
  return `${paint.bold(colour(headline(files)))}${fixable}\n${explain}`;
}
