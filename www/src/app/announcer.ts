/** Tells screen readers the verdict when it changes, and the finding that the keyboard has reached. */

import type { State } from "../model/state.ts";
import type { Headline, Verdicts } from "../plan/headline.ts";
import { byId, type Root } from "../ui/dom.ts";
import { isolated } from "../ui/visible.ts";
import { verdictWords as say } from "../words/verdict.ts";

/** The live region of one playground. */
export class Announcer {
  readonly #root: Root;
  /** The last announcements: on all that is given, and on the chosen device. */
  #last = "";
  #lastDevice = "";

  constructor(root: Root) {
    this.#root = root;
  }

  /** Says something at the next pause. */
  say(text: string): void {
    byId(this.#root, "announcer").textContent = isolated(text);
  }

  /** Says what is new of the verdict: otherwise every key would be answered. */
  verdict({ all, device }: Verdicts, { failure }: State): void {
    if (all.isWaiting && failure === undefined) return;
    const told = failure === undefined ? inWords(all) : say.couldNotStartFor(failure);
    const more = device ? say.thisDevice(device.name) + inWords(device) : "";
    const news = [told !== this.#last && told, more !== this.#lastDevice && more].filter(Boolean).join(" ");
    this.#last = told;
    this.#lastDevice = more;
    if (news !== "") this.say(news);
  }
}

function inWords({ words, summary, caveat }: Headline): string {
  return [`${words}.`, summary, caveat && say.but + caveat].filter(Boolean).join(" ");
}
