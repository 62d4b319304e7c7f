/** How good or bad a result is: the one place that decides the colour of a verdict, wherever the page shows one. */

import { type FleetLine, type Plan, type Reach, reachOf } from "jitp";

/** Green, amber, red, red because AWS refuses the template, grey. */
export type Tone = "ok" | "warn" | "bad" | "rejected" | "none";

/** What decides the tone, of a plan or of a row. */
export type Result = Pick<FleetLine, "verdict" | "connects" | "over" | "stoppedAt">;

/** The result of a plan. */
export function resultOf({ verdict, access, stoppedAt }: Plan): Result {
  return { verdict, ...(stoppedAt !== undefined && { stoppedAt }), ...(access && { connects: access.connects, over: access.over }) };
}

/** Whether a device that is provisioned, now or before, can connect; nothing if it is not provisioned. */
export function reachIn(result: Result): Reach | undefined {
  return result.verdict === "provisions" || result.verdict === "registered" ? reachOf(result) : undefined;
}

/** Only a device that is of use is green: it can connect, or it need not. What is provisioned in vain is amber, what is unknown grey. */
export function toneOf(result: Result): Tone {
  switch (result.verdict) {
    case "provisions":
    case "registered": {
      const reach = reachIn(result);
      return reach === "cannot" ? "warn" : reach === "unknown" ? "none" : "ok";
    }
    case "fails":
    case "unreadable":
      return "bad";
    case "rejected":
    case "not-a-template":
      return "rejected";
    case "unknown":
      return "none";
  }
}
