/** What callers are shown of the core's checks of who signed a certificate, and how a check finds back to the core. */
import * as glue from "#glue";
import { instance, run } from "./instance.js";
import type { IssuerCheck } from "./types.js";

/** The core's checks behind the objects that callers have: a dry run takes those, and nothing is read from the object. */
const behind = new WeakMap<object, { checks: glue.Checks; place: number; instance: number }>();

/** Checks the first device, or each, against the CAs. The objects are frozen: a change would not reach the core. */
export function verified(devices: Uint8Array, ca: Uint8Array, options: object): IssuerCheck[] {
  return run(() => {
    const checks = glue.Checks.verified(devices, ca, options);
    const shown = (checks.shown() as IssuerCheck[]).map(Object.freeze) as IssuerCheck[];
    for (const [place, check] of shown.entries()) behind.set(check, { checks, place, instance: instance() });
    return shown;
  });
}

/**
 * The core's checks for a dry run, to be made within the call that takes them. A check that the core does not know is read as it is written: a
 * copy, from another thread or from a file, or one that the caller made with other means; so is one of an instance that was dropped.
 */
export function checksOf(given: readonly IssuerCheck[] | undefined): glue.Checks | undefined {
  if (given === undefined) return undefined;
  const checks = new glue.Checks();
  for (const check of given) {
    const known = behind.get(check);
    if (known?.instance === instance()) checks.add(known.checks, known.place);
    else checks.addWritten(check);
  }
  return checks;
}
