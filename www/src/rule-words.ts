/** Why a rule is there, for the editor's own explanations. The catalogue is the package's, and needs no wasm. */

import { rules } from "jitp";

const byCode = new Map(rules().map((rule) => [rule.code, rule.explanation]));

/** The explanation of a rule. */
export function whyOf(code: string): string | undefined {
  return byCode.get(code);
}
