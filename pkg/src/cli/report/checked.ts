/** The findings of `validate`, before they get a format. */
import type { Diagnostic, Severity, ValidationReport } from "jitp";

/** A checked file. */
export interface CheckedFile {
  /** The file's name as it is shown. */
  name: string;
  source: string;
  report: ValidationReport;
}

/** How many findings there are of each severity. */
export interface Counts {
  errors: number;
  warnings: number;
  hints: number;
}

export function countFindings(diagnostics: readonly Diagnostic[]): Counts {
  const of = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return { errors: of("error"), warnings: of("warning"), hints: of("hint") };
}

export function countAll(files: readonly CheckedFile[]): Counts {
  return countFindings(files.flatMap(({ report }) => report.diagnostics));
}
