/** The words on access in the plan. */

import type { AccessAnswer, AccessRight } from "jitp";

const CONNECTS: Record<AccessAnswer | "refused", string> = {
  allowed: "yes",
  denied: "no",
  unknown: "not known",
  refused: "no, refused although the policies allow it",
};

/** `a`, `b` and 2 more. */
const listed = (names: readonly string[], more: number): string =>
  more > 0 ? `${names.join(", ")} and ${more} more` : names.join(" and ");

const verb =
  (does: string) =>
  (names: readonly string[], more: number, exceptions: boolean): string =>
    `${does} ${listed(names, more)}${exceptions ? " with exceptions" : ""}`;

export const accessWords = {
  title: "Access",
  minute: "The first minute",
  connects: (clientId: string | undefined, answer: AccessAnswer | "refused") =>
    `Connects${clientId === undefined ? "" : ` as ${clientId}`}: ${CONNECTS[answer]}`,
  https: "HTTPS calls only",
  verb: {
    publish: verb("publish to"),
    subscribe: verb("subscribe to"),
    receive: verb("receive from"),
    call: verb("make HTTPS calls on"),
  } satisfies Partial<Record<AccessRight["verb"], unknown>>,
  may: (verbs: readonly string[], unknown: boolean) => `${unknown ? "If it connects, it" : "It"} may ${verbs.join("; ")}.`,
};
