/** What screen readers are told: the verdict when it is another one, and what the keyboard has reached. */

import { byId, type Root } from "../ui/dom.ts";
import type { State } from "../model/state.ts";
import type { Headline } from "../plan/verdict.ts";
import { visible } from "../ui/visible.ts";

/** The live region of one playground. */
export class Announcer {
  readonly #root: Root;
  /** The verdict that was announced last. */
  #last = "";

  constructor(root: Root) {
    this.#root = root;
  }

  /** Says something at the next pause. */
  say(text: string): void {
    byId(this.#root, "announcer").textContent = visible(text);
  }

  /** Says the verdict. Only what is new is announced, or every key would be answered. */
  verdict({ words, summary, caveat }: Headline, { failure }: State): void {
    const told = [`${words}.`, summary, caveat && `But: ${caveat}`].filter(Boolean).join(" ");
    const announcement = failure === undefined ? told : `Could not start. ${failure}`;
    if (announcement === this.#last) return;
    this.#last = announcement;
    this.say(announcement);
  }
}
