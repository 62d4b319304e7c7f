/** Whether the CAs of devices signed them, as both workers need it. */

import { type IssuerCheck, verifyIssuers } from "jitp";
import type { FleetRequest } from "../model/protocol.ts";
import { workerWords } from "../words/worker.ts";
import { ownCa, prepare } from "./templates.ts";

/** The CAs that a certificate is checked against: the CA in the text first, unless the user chose another. */
export function heldTo(request: Parameters<typeof prepare>[0] & { chosen?: boolean }): (authorities?: string) => string | undefined {
  const own = request.chosen === true ? undefined : ownCa(prepare(request).template, request.options);
  return (authorities) => (own === undefined ? authorities : `${own}\n${authorities ?? ""}`);
}

/** The clock that was chosen. */
export const moment = ({ now }: { now?: string }): { now?: string } => (now === undefined ? {} : { now });

/** The result if there are CAs, and none of them is known to be the issuer. */
const NO_ISSUER: IssuerCheck = {
  signature: "not-checked",
  reason: workerWords.unknownIssuer,
  namesMatch: false,
  diagnostics: [],
};

/** Whether its CA signed each certificate; nothing if there is no CA for any of them. */
export async function issuersOf(entries: readonly FleetRequest[], options: { now?: string }): Promise<IssuerCheck[] | undefined> {
  const byCa = new Map<string, number[]>();
  entries.forEach(({ authorities }, i) => {
    if (authorities === undefined) return;
    const group = byCa.get(authorities);
    if (group) group.push(i);
    else byCa.set(authorities, [i]);
  });
  if (byCa.size === 0) return undefined;
  const checks: IssuerCheck[] = entries.map(() => NO_ISSUER);
  for (const [authorities, group] of byCa) {
    if (authorities === "") continue;
    const found = await verifyIssuers(group.map((i) => entries[i]?.pem ?? "").join("\n"), authorities, moment(options));
    group.forEach((i, at) => {
      const check = found[at];
      if (check) checks[i] = check;
    });
  }
  return checks;
}
