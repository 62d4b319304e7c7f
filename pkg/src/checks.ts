/** The core's checks of who signed a certificate: what callers see of them, and how a check finds back to the core. */
import * as glue from "#glue";
import { instance, run } from "./instance.js";
import type { IssuerCheck } from "./types.js";

/** The core's checks for the objects that callers have. A dry run uses those, and nothing is read from the object. */
const known = new WeakMap<object, { checks: glue.Checks; place: number; instance: number }>();

/** Checks the first device, or each, against the CAs. The objects are frozen: a change would not reach the core. */
export function verified(devices: Uint8Array, ca: Uint8Array, options: object): IssuerCheck[] {
  return run(() => {
    const checks = glue.Checks.verified(devices, ca, options);
    const shown = (checks.shown() as IssuerCheck[]).map(Object.freeze) as IssuerCheck[];
    for (const [place, check] of shown.entries()) known.set(check, { checks, place, instance: instance() });
    return shown;
  });
}

/** A check as a dry run needs it: the core's own object, or a plain copy, which cannot call back into the core. */
export function plainCheck(check: IssuerCheck): IssuerCheck {
  return known.has(check) ? check : (JSON.parse(JSON.stringify(check)) as IssuerCheck);
}

/**
 * The core's checks for a dry run. They must be made within the call that uses them up. A check that the core does not know is read as it is
 * written: a copy from another thread or from a file, one that the caller made with other means, or one of an instance that was dropped.
 */
export function checksOf(given: readonly IssuerCheck[] | undefined): glue.Checks | undefined {
  if (given === undefined) return undefined;
  const checks = new glue.Checks();
  for (const check of given) {
    const own = known.get(check);
    if (own?.instance === instance()) checks.add(own.checks, own.place);
    else checks.addWritten(check);
  }
  return checks;
}
