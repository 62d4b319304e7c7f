/** The command line's names for options of the API. */
import type { Diagnostic, Plan } from "jitp";

/** Flags that are not the option's name in kebab case: `--parameter` gives one of many, and `--ca` the CA instead of the checks of it. */
const OTHERS: Readonly<Record<string, string>> = {
  parameters: "--parameter",
  issuer: "--ca",
  issuers: "--ca",
  workers: "--jobs",
  policies: "--policy",
  groupPolicies: "--group-policy",
};

/** The flag of an option of the API: `accountId` is `--account-id`. */
export function flagOf(option: string): string {
  return OTHERS[option] ?? `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The help of a finding, with the flag that settles it. */
export function helpOf({ help, option }: Pick<Diagnostic, "help" | "option">): string | undefined {
  if (option === undefined) return help;
  const flag = `On the command line: ${flagOf(option)}.`;
  return help === undefined ? flag : `${help} ${flag}`;
}

/** A plan whose findings name flags. */
export function inFlags(plan: Plan): Plan {
  const named = (found: Diagnostic): Diagnostic => {
    const help = helpOf(found);
    return help === undefined ? found : { ...found, help };
  };
  return { ...plan, diagnostics: plan.diagnostics.map(named) };
}
