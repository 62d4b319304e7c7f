/** How a result is shown besides its colour. */

import { apartOf } from "../model/fleet.ts";
import type { Result, Tone } from "../model/tone.ts";
import { verdictWords as words } from "../words/verdict.ts";
import type { IconName } from "./dom.ts";

/** The icon of each tone. */
export const TONE_ICON: Record<Tone, IconName> = { ok: "check", warn: "warning", bad: "cross", rejected: "stop", none: "dash" };

/** A result in a few words. */
export function resultWords(result: Result): string {
  const word = words.short[apartOf(result) ?? result.verdict];
  return result.stoppedAt === undefined ? word : words.shortAt(word, result.stoppedAt);
}
