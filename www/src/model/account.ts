/** What the user gave about the AWS account. It is in memory only: neither kept for the next visit nor shared. */

import type { AccountReport, AccountState, NamedText } from "jitp";
import { RESOURCE_KINDS, resourceWords as words } from "../words/resources.ts";

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

/** What an account has, in numbers: `2 things, 1 thing type`. */
export function amounts(account: AccountState): string {
  const counted = RESOURCE_KINDS.flatMap((kind) => {
    const n = Object.values(account[kind] ?? {}).filter((resource) => resource !== null).length;
    return n === 0 ? [] : [words.count(kind, n)];
  });
  return counted.length === 0 ? words.none : counted.join(", ");
}

/** The kinds of which all resources are known. */
export function complete(account: AccountState): string[] {
  return RESOURCE_KINDS.filter((kind) => account[kind] !== undefined && !account.incomplete?.includes(kind)).map(words.all);
}

/** The resources that are known not to exist. */
export function absent(account: AccountState): string[] {
  return RESOURCE_KINDS.flatMap((kind) =>
    Object.entries(account[kind] ?? {}).flatMap(([name, resource]) => (resource === null ? [words.one(kind, name)] : [])),
  );
}

/** An account as a text that can be given again. */
export const accountFile = (account: AccountState): string => `${JSON.stringify(account, null, 2)}\n`;
