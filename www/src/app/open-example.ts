/** Completes the example of a rule that a link asked for: what is known of the account, and the finding in sight. */

import { addAccountText, type AccountHost } from "./account-texts.ts";
import type { Root } from "../ui/dom.ts";

/** Nobody waits longer to be led to a finding, in milliseconds. */
const LONGEST_WAIT = 10_000;

/** Gives the account's text, and leads to the finding once it is shown. */
export async function openExample(
  host: AccountHost & { readonly root: Root },
  { rule, account }: { rule: string; account?: string },
): Promise<void> {
  if (account !== undefined) await addAccountText(host, account, "account.json");
  lead(host.root, rule);
}

/** Presses the finding's place as soon as there is one, unless the user does something first. */
function lead(root: Root, rule: string): void {
  const gone = new AbortController();
  const { signal } = gone;
  const look = () => {
    const found = [...root.querySelectorAll<HTMLElement>(".finding")].find(
      (one) => one.querySelector(".finding-meta code")?.textContent === rule,
    );
    if (!found) return;
    gone.abort();
    const jump = found.querySelector<HTMLButtonElement>("button.finding-jump");
    if (jump) jump.click();
    else found.scrollIntoView({ block: "center" });
  };
  const changes = new MutationObserver(look);
  signal.addEventListener("abort", () => changes.disconnect());
  for (const act of ["pointerdown", "keydown", "wheel"]) window.addEventListener(act, () => gone.abort(), { signal, passive: true });
  setTimeout(() => gone.abort(), LONGEST_WAIT);
  changes.observe(root, { childList: true, subtree: true });
  look();
}
