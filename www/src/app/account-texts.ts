/** Adds, corrects and removes texts about the account. Each is kept with its private keys overwritten. */

import type { Fix } from "jitp";
import { type AccountText, amounts, type GivenAccount } from "../model/account.ts";
import { LONGEST, TOO_LARGE } from "../model/bounds.ts";
import type { Ask } from "../model/protocol.ts";
import type { State } from "../model/state.ts";
import type { Notify } from "../ui/notices.ts";

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

/** Adds a text about the account. */
export async function giveAccount(host: AccountHost, given: string, name: string): Promise<void> {
  if (host.readOnly) return;
  if (given.length > LONGEST) {
    host.notify(`${name} was not read. ${TOO_LARGE}`, { tone: "warning" });
    return;
  }
  const [redacted] = (await host.call("redact", { texts: [given] })) ?? [];
  if (!redacted) return;
  const { text, keys } = redacted;
  if (keys > 0) host.notify("A private key was overwritten before the text was read. It is not kept.", { tone: "warning" });
  const added = { key: ++next, name, text };
  if (!(await put(host, (texts) => [...texts, added])) || !host.state.account) return;
  host.notify(`${name} tells of the account. Known now: ${amounts(host.state.account.report.account)}.`, {
    action: { title: "Undo", run: () => void removeAccount(host, added.key) },
  });
}

/** Removes one of the texts. */
export async function removeAccount(host: AccountHost, key: number): Promise<void> {
  await put(host, (texts) => texts.filter((text) => text.key !== key));
}

/** Applies a fix to one of the texts. */
export async function fixAccount(host: AccountHost, key: number, fix: Fix): Promise<void> {
  await put(host, (texts) => texts.map((given) => (given.key === key ? { ...given, text: fixed(given.text, fix) } : given)));
}

function fixed(text: string, { edits }: Fix): string {
  const backwards = edits.toSorted((a, b) => b.span.start.offset - a.span.start.offset);
  return backwards.reduce((made, { span, text: put }) => made.slice(0, span.start.offset) + put + made.slice(span.end.offset), text);
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
