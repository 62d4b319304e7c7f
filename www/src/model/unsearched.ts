/** A text that nothing has searched for private keys: jitp is not loaded yet, or could not start. */

import { LONGEST } from "./bounds.ts";

/** What may be a piece of a key: letters and digits without a pause, a dump in hex, a list of bytes. */
const LONG_RUNS = [/[A-Za-z0-9+/=_-]{40,}/g, /(?:[0-9a-f]{2}[:\s,]+){15,}/gi, /(?:\d{1,3}\s*,\s*){15,}/g];

/** As much of the text as may be shown: nothing of one that names a private key, and no long value. */
export function showable(text: string): string {
  if (text.length > LONGEST || /PRIVATE\W{0,9}KEY/i.test(text)) return "";
  return LONG_RUNS.reduce((left, run) => left.replace(run, "…"), text).trim();
}
