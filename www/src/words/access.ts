/** The words on access in the plan. */

import type { AccessAnswer, AccessRight, Moment } from "jitp";
import { counted } from "./common.ts";

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
  assumptions: (n: number) => counted(n, "assumption"),
  rights: (amounts: string, more: boolean) => `Rights: ${amounts}${more ? ", and more" : ""}`,
  /** A number of rights with an answer. */
  amount: {
    allowed: (n: number) => `${n} allowed`,
    denied: (n: number) => `${n} denied`,
    unknown: (n: number) => `${n} unknown`,
  } satisfies Record<AccessAnswer, (n: number) => string>,
  rightsCaption: "What the policies allow, by what the device does",
  /** The groups of rights. */
  groups: {
    connect: "Connect",
    publish: "Publish",
    subscribe: "Subscribe",
    receive: "Receive",
    call: "Call",
  } satisfies Record<AccessRight["verb"], string>,
  outcome: { done: "done", failed: "fails", unknown: "unknown", skipped: "not reached" } satisfies Record<Moment["outcome"], string>,
  /** In front of the right, and after the title of a moment, for screen readers. */
  answerBefore: (answer: string) => `${answer}: `,
  outcomeAfter: (outcome: string) => `: ${outcome}.`,
};
