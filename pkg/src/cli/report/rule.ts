/** The catalogue by code and by name. */
import { rules, type Rule } from "jitp";

const RULES = rules();

/** Every rule, in the order of the codes. */
export const all: readonly Rule[] = RULES;

/** The rule of a code. */
export function ruleOf(code: string): Rule | undefined {
  return RULES.find((rule) => rule.code === code);
}

/** The rule that someone means: `JITP012`, `jitp012`, `12`, or its name. */
export function ruleNamed(word: string): Rule | undefined {
  const lower = word.toLowerCase();
  const digits = /^(?:jitp)?(\d{1,3})$/.exec(lower)?.[1];
  return digits === undefined ? RULES.find(({ name }) => name === lower) : ruleOf(`JITP${digits.padStart(3, "0")}`);
}
