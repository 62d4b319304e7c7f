/** What the device may do once it is provisioned. */

import type { Access, AccessAnswer, Plan } from "jitp";
import { reachOf } from "../model/access.ts";
import { decisionParts } from "../ui/decision.ts";
import { h, prose } from "../ui/dom.ts";
import type { FindingEvents } from "../ui/findings.ts";
import { part } from "./part.ts";

/** The part on access; nothing if the device is not provisioned. */
export function accessPart({ access }: Plan, events: FindingEvents): HTMLElement | null {
  if (!access) return null;
  const { context, connect } = access;
  return part(
    "Access",
    h(
      "p",
      { class: "part-lead" },
      "What the policies allow once the certificate is ACTIVE",
      context.clientId === undefined ? "." : h("span", {}, ", with the client ID ", h("code", {}, context.clientId), "."),
    ),
    h("div", { class: "decision-box" }, ...decisionParts(connect, "access-connect", events, connection(access))),
    assumptions(context.assumed),
  );
}

/** The answer on the connection. The status of the certificate and the broker may refuse what the policies allow. */
function connection(access: Access): { answer: AccessAnswer; words: string } {
  return { answer: access.connects, words: words(access) };
}

function words(access: Access): string {
  const as = access.context.clientId === undefined ? "" : ` as ${access.context.clientId}`;
  if (reachOf(access) === "https") return "HTTPS calls only";
  if (access.connects === "denied" && access.connect.answer === "allowed") return `Allowed to connect${as}, but refused`;
  switch (access.connects) {
    case "allowed":
      return `Can connect${as}`;
    case "denied":
      return `Cannot connect${as}`;
    case "unknown":
      return `Not known whether it can connect${as}`;
  }
}

function assumptions(assumed: readonly string[]): HTMLElement | false {
  if (assumed.length === 0) return false;
  return h(
    "details",
    { "data-key": "access-assumed" },
    h("summary", { "data-key": "access-assumed-summary" }, `${assumed.length} assumption${assumed.length === 1 ? "" : "s"}`),
    h("ul", { class: "bullets" }, ...assumed.map((sentence) => h("li", {}, ...prose(sentence)))),
  );
}
