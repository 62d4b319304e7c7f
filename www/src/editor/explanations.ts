/** Why a rule is there, for the editor's own explanations. */

import words from "virtual:rule-words";

/** The explanation of a rule. */
export function whyOf(code: string): string | undefined {
  return words[code];
}
