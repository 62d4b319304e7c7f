/** Applies the safe fixes of a report, and again until none is left. */
import { type Diagnostic, type Fix, type TemplateOptions, validate, type ValidationReport } from "jitp";

/** A text with its mends. */
export interface Mended {
  text: string;
  /** What was done, in order. */
  fixes: { code: string; title: string }[];
  /** What is said of the mended text. */
  report: ValidationReport;
}

/** A mend can bring to light what it hid, level by level; no text needs as many rounds as this. */
const ROUNDS = 40;

/** Mends a text. Findings that leave a choice stay. */
export function mend(source: string, options: TemplateOptions): Mended {
  const mended: Mended = { text: source, fixes: [], report: validate(source, options) };
  for (let round = 0; round < ROUNDS; round++) {
    const chosen = compatible(mended.report.diagnostics);
    const next = edited(
      mended.text,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    if (next === mended.text) break;
    mended.text = next;
    mended.fixes.push(...chosen.map(({ code, fix: { title } }) => ({ code, title })));
    mended.report = validate(next, options);
  }
  return mended;
}

type Edits = Fix["edits"];

/** Fixes whose edits touch nothing in common; the others have their turn in the next round. */
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

/** From the end, so that the offsets still hold. */
function edited(source: string, edits: Edits): string {
  return [...edits]
    .sort((a, b) => b.span.start.offset - a.span.start.offset)
    .reduce((text, { span, text: put }) => text.slice(0, span.start.offset) + put + text.slice(span.end.offset), source);
}
