/** The wrong examples of the rules, each with all that it needs around it. They are loaded when an address asks for one. */

import examples from "../../samples/rule-examples.json?raw";
import { readWork } from "../model/work.ts";
import { ruleExampleWords as words } from "../words/rule-examples.ts";
import { isElsewhere } from "./elsewhere.ts";
import type { Received } from "./format.ts";

/** What a link to a rule carries. */
export function exampleOf(rule: string): Received {
  if (isElsewhere(rule)) return { problem: words.notOpened(rule), rule };
  const { [rule]: found } = JSON.parse(examples) as Partial<Record<string, { work: unknown; account?: string }>>;
  const work = readWork(found?.work);
  if (!found || !work) return { problem: words.noRule(rule), rule };
  return { work, rule, ...(found.account !== undefined && { account: found.account }) };
}
