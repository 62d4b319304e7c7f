/** Rows of certificates that are given together, each with the CAs that it is checked against. */

import type { Calls } from "../model/protocol.ts";
import { heldTo, issuersOf } from "./issuers.ts";
import { prepare } from "./templates.ts";

export async function judgedTogether(request: Calls["fleet"]["request"]): Promise<Calls["fleet"]["result"]> {
  const { entries, options } = request;
  const held = heldTo(request);
  const asked = entries.map(({ pem, authorities: given }) => {
    const authorities = held(given);
    return { pem, ...(authorities !== undefined && { authorities }) };
  });
  const issuers = options.flow === "jitp" ? await issuersOf(asked, options) : undefined;
  // Only now: during the wait another call may have replaced the compiled template.
  const { template, run } = prepare(request);
  return template.dryRunFleet(entries.map(({ pem }) => pem).join("\n"), { ...run, ...(issuers && { issuers }) });
}
