/** Adds, corrects and removes texts about the account. Each is kept with its private keys overwritten. */

import type { Fix } from "jitp";
import { type AccountText, amounts, type GivenAccount } from "../model/account.ts";
import type { Ask } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import type { Notify } from "../ui/notices.ts";
import { intakeWords as words } from "../words/intake.ts";
import { fixed } from "./fixed-text.ts";

/** The part of a playground that this needs. */
export interface AccountHost {
  readonly readOnly: boolean;
  readonly state: Pick<State, "account">;
  readonly call: Ask;
  readonly notify: Notify;
  setAccount(account: GivenAccount | undefined): void;
}

/** The next key of a text. */
let next = 0;

/** Adds a text about the account, in which private keys are overwritten. Says what is known then; nothing if it was not read. */
export async function addAccountText(host: AccountHost, given: string, name: string): Promise<string | undefined> {
  const [redacted] = (await host.call("redact", { texts: [given] })) ?? [];
  if (!redacted) return undefined;
  const { text, keys } = redacted;
  if (keys > 0) host.notify(words.keyOverwritten, { tone: "warning" });
  const added = { key: ++next, name, text };
  if (!(await put(host, (texts) => [...texts, added])) || !host.state.account) return undefined;
  return amounts(host.state.account.report.account);
}

/** Removes one of the texts. */
export async function removeAccount(host: AccountHost, key: number): Promise<void> {
  await put(host, (texts) => texts.filter((text) => text.key !== key));
}

/** Applies a fix to one of the texts. */
export async function fixAccount(host: AccountHost, key: number, fix: Fix): Promise<void> {
  await put(host, (texts) => texts.map((given) => (given.key === key ? { ...given, text: fixed(given.text, fix) } : given)));
}

/** Changes the texts, and reads them again. Says whether it did. */
async function put(host: AccountHost, change: (texts: AccountText[]) => AccountText[]): Promise<boolean> {
  for (;;) {
    const before = host.state.account;
    const texts = change(before?.texts ?? []);
    const report = texts.length === 0 ? undefined : await host.call("account", { texts: texts.map(({ name, text }) => ({ name, text })) });
    // Another text may have been given in the meantime: both count.
    if (host.state.account !== before) continue;
    if (texts.length > 0 && !report) return false;
    host.setAccount(report && { texts, report });
    return true;
  }
}
