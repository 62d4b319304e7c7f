/** Applies safe fixes until none is left. */
import { type Diagnostic, type Fix, type TemplateOptions, validate, type ValidationReport } from "jitp";

/** A text with its fixes. */
export interface FixedText {
  text: string;
  /** The applied fixes, in order. */
  fixes: { code: string; title: string }[];
  /** The report on the fixed text. */
  report: ValidationReport;
}

/** A fix can uncover another finding, level by level. No text needs as many rounds as this. */
const ROUNDS = 40;

/** Fixes a text. Findings with several possible fixes stay. */
export function applyFixes(source: string, options: TemplateOptions): FixedText {
  const fixed: FixedText = { text: source, fixes: [], report: validate(source, options) };
  for (let round = 0; round < ROUNDS; round++) {
    const chosen = compatible(fixed.report.diagnostics);
    const next = edited(
      fixed.text,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    if (next === fixed.text) break;
    fixed.text = next;
    fixed.fixes.push(...chosen.map(({ code, fix: { title } }) => ({ code, title })));
    fixed.report = validate(next, options);
  }
  return fixed;
}

type Edits = Fix["edits"];

/** Fixes whose edits do not touch each other. The others are applied in the next round. */
function compatible(diagnostics: readonly Diagnostic[]): { code: string; fix: Fix }[] {
  const taken: Edits = [];
  const chosen: { code: string; fix: Fix }[] = [];
  for (const { code, fix } of diagnostics) {
    if (fix === undefined || fix.edits.some((edit) => taken.some((other) => touch(edit.span, other.span)))) continue;
    taken.push(...fix.edits);
    chosen.push({ code, fix });
  }
  return chosen;
}

function touch(a: Edits[number]["span"], b: Edits[number]["span"]): boolean {
  return a.start.offset <= b.end.offset && b.start.offset <= a.end.offset;
}

/** Edits from the end, so that earlier offsets stay valid. */
function edited(source: string, edits: Edits): string {
  return [...edits]
    .sort((a, b) => b.span.start.offset - a.span.start.offset)
    .reduce((text, { span, text: put }) => text.slice(0, span.start.offset) + put + text.slice(span.end.offset), source);
}
