/** What the user gave about the AWS account. It is in memory only: neither kept for the next visit nor shared. */

import type { AccountReport, AccountState, NamedText } from "jitp";

/** One text about the account, with its private keys overwritten. */
export interface AccountText extends NamedText {
  /** Unique as long as the page is open. */
  key: number;
}

/** All texts about the account, and what they say. */
export interface GivenAccount {
  texts: AccountText[];
  report: AccountReport;
}

/** The texts as the option `account` has them. */
export const textsOf = ({ texts }: GivenAccount): NamedText[] => texts.map(({ name, text }) => ({ name, text }));

/** The kinds of resources, in the singular and the plural. */
const KINDS: [keyof Omit<AccountState, "region" | "accountId" | "incomplete">, string, string][] = [
  ["things", "thing", "things"],
  ["certificates", "certificate", "certificates"],
  ["policies", "policy", "policies"],
  ["thingTypes", "thing type", "thing types"],
  ["thingGroups", "thing group", "thing groups"],
  ["billingGroups", "billing group", "billing groups"],
  ["caCertificates", "CA certificate", "CA certificates"],
  ["provisioningTemplates", "provisioning template", "provisioning templates"],
];

/** What an account has, in numbers: `2 things, 1 thing type`. */
export function amounts(account: AccountState): string {
  const counted = KINDS.flatMap(([kind, one, many]) => {
    const n = Object.values(account[kind] ?? {}).filter((resource) => resource !== null).length;
    return n === 0 ? [] : [`${n.toLocaleString("en")} ${n === 1 ? one : many}`];
  });
  return counted.length === 0 ? "no resources" : counted.join(", ");
}

/** The kinds of which all resources are known. */
export function complete(account: AccountState): string[] {
  return KINDS.filter(([kind]) => account[kind] !== undefined && !account.incomplete?.includes(kind)).map(([, , many]) => many);
}

/** The resources that are known not to exist. */
export function absent(account: AccountState): string[] {
  return KINDS.flatMap(([kind, one]) =>
    Object.entries(account[kind] ?? {}).flatMap(([name, resource]) => (resource === null ? [`${one} ${name}`] : [])),
  );
}

/** An account as a text that can be given again. */
export const accountFile = (account: AccountState): string => `${JSON.stringify(account, null, 2)}\n`;
