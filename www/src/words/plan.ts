/** The words of the plan: its steps, its picture, and what follows from them. */

import type { Plan, StepOutcome } from "jitp";
import { counted } from "./common.ts";

export const planWords = {
  steps: "What happens, in six steps",
  /** The states of a step. `idle`: the plan gets there and has nothing to do. */
  outcome: {
    done: "Done",
    failed: "Fails here",
    skipped: "Not reached",
    unknown: "Unknown",
    idle: "Nothing to do",
  } satisfies Record<StepOutcome | "idle", string>,
  /** The title of a step without its articles, for narrow places. */
  short: (title: string) => title.replaceAll(/\bthe /gi, ""),
  calls: (first: string, more: number) => (more === 0 ? first : `${first} + ${more}`),
  made: {
    type: (name: string) => `type ${name}`,
    group: (names: readonly string[]) => `${names.length === 1 ? "group" : "groups"} ${names.join(", ")}`,
    billing: (name: string) => `billing group ${name}`,
    more: (n: number) => `and ${n} more`,
  },
  needs: (numbers: readonly number[]) => `Needs the result of step${numbers.length === 1 ? "" : "s"} ${numbers.join(" and ")}.`,
  othersBelow: (n: number) => ` And ${n} more, below the steps.`,
  /** The heading of the findings that decide the verdict. */
  why: {
    provisions: "About this device",
    registered: "About this device",
    fails: "Why it fails",
    rejected: "Why AWS refuses it",
    unknown: "Why it is unknown",
    "not-a-template": "Why it is not a template",
  } satisfies Record<Plan["verdict"], string>,
  aboutRequest: "About this request",
  atCertificate: (n: number) => `${counted(n, "finding")} about this certificate`,
  request: "request",
  requestOf: (action: string) => `Request of ${action}`,
  result: "Result: ",
  picture: "The steps as a picture",
  inWords: "The picture in words",
  /** The inputs of the plan. The slots are links. */
  from: (template: string, other: string) => `From ${template} and ${other}`,
  theTemplate: "the template",
  theRequest: (missing: number) => (missing === 0 ? "the request" : `the request, ${counted(missing, "parameter")} missing`),
  certificateOf: (title: string) => `the certificate of ${title}`,
  noCertificate: "no certificate",
  /** Without a certificate. */
  declared: "Declared in the template",
  fromCertificate: "Parameters from the certificate",
  resources: "Resources",
  noType: "no type",
  /** The engine could not be loaded. */
  notLoaded: (cause: string) => `The engine of this page could not be loaded: ${cause}.`,
  loadAgain: "Load the page again",
  /** What others gave, if there is no engine. */
  unread: "The template",
  unreadLead: "Long values are left out, because nothing here can search them for private keys.",
};
