/** The explanations of the rules, for the editor's tooltips. */

import words from "virtual:rule-words";

/** The explanation of a rule. */
export function whyOf(code: string): string | undefined {
  return words[code];
}
