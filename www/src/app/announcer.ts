/** Tells screen readers the verdict when it changes, and the finding that the keyboard has reached. */

import { byId, type Root } from "../ui/dom.ts";
import type { State } from "../model/state.ts";
import type { Headline } from "../plan/headline.ts";
import { visible } from "../ui/visible.ts";

/** The live region of one playground. */
export class Announcer {
  readonly #root: Root;
  /** The last announcement of a verdict. */
  #last = "";

  constructor(root: Root) {
    this.#root = root;
  }

  /** Says something at the next pause. */
  say(text: string): void {
    byId(this.#root, "announcer").textContent = visible(text);
  }

  /** Says the verdict, if it is new: otherwise every key would be answered. */
  verdict({ words, summary, caveat }: Headline, { failure }: State): void {
    const told = [`${words}.`, summary, caveat && `But: ${caveat}`].filter(Boolean).join(" ");
    const announcement = failure === undefined ? told : `Could not start. ${failure}`;
    if (announcement === this.#last) return;
    this.#last = announcement;
    this.say(announcement);
  }
}
