/** The words of the verdict: the banner, the title of the window, the live region. */

import { number } from "./common.ts";

const devices = (n: number, all: number) => (n === all ? `All ${number(all)} devices` : `${number(n)} of ${number(all)} devices`);
const few = (n: number, all: number) => (n === all ? `All ${number(all)}` : `${number(n)} of ${number(all)}`);

export const verdictWords = {
  noTemplate: "No template yet",
  noTemplateSummary: "Paste or drop a template to see what it will do.",
  noPlan: "No plan yet",
  working: "Working…",
  onlyNamed: "Only a template name",
  onlyNamedSummary: "The text names a template but does not contain it. Paste the template body to see what it will do.",
  noCertificate: "No certificate yet",
  addCertificate: "Add a device certificate to see the plan.",
  chooseCertificate: "Choose a readable certificate to see the plan.",
  refused: "AWS refuses this template",
  probablyRefused: "AWS probably refuses this template",
  rejected: "Rejected",
  notATemplate: "Not a template",
  provisions: "Provisions",
  registered: "Registered already",
  unknown: "Unknown",
  cannotConnect: (isRegistered: boolean, yet: boolean) =>
    `${isRegistered ? "Registered already" : "Provisioned"}, but it cannot connect${yet ? " yet" : ""}`,
  cannotConnectBrief: (yet: boolean) => `Cannot connect${yet ? " yet" : ""}`,
  accessUnknown: (isRegistered: boolean) => `${isRegistered ? "Registered already" : "Provisioned"}, access unknown`,
  accessUnknownBrief: "Access unknown",
  fails: (probably: boolean, step: number | undefined) =>
    `${probably ? "Probably fails" : "Fails"}${step === undefined ? "" : ` at step ${step}`}`,
  caveat: (first: string, more: number) => `${first}${more > 0 ? ` And ${more} more warning${more === 1 ? "" : "s"}.` : ""}`,
  but: "But: ",
  statusStays: "Certificate stays ACTIVE",
  statusBecomes: (status: string) => `Certificate becomes ${status}`,
  neverRegistered: "The certificate is never registered",
  couldNotStart: "Could not start",
  /** What is announced if the engine could not be loaded. */
  couldNotStartFor: (cause: string) => `Could not start. ${cause}`,
  /** The title of the window. */
  windowTitle: (brief: string) => `${brief} · jitp`,

  // A result in a few words, as for a row of the table.
  short: {
    provisions: "Provisions",
    registered: "Registered already",
    fails: "Fails",
    rejected: "Rejected",
    unknown: "Unknown",
    "not-a-template": "Not a template",
    unreadable: "Not readable",
    cannotConnect: "No connection",
    connectsUnknown: "Access unknown",
  },
  shortAt: (words: string, step: number) => `${words} at ${step}`,

  // All devices together.
  judging: (judged: number, all: number) => `Judging ${number(judged)} of ${number(all)} certificates…`,
  judgingBrief: "Judging…",
  noneOf: (all: number) => `None of the ${number(all)} devices is provisioned.`,
  theyFail: (n: number, all: number, probably: boolean) =>
    `${devices(n, all)}${probably ? " probably" : ""} ${n === 1 && all > 1 ? "fails" : "fail"}`,
  theyFailBrief: (n: number, all: number) => `${few(n, all)} ${n === 1 && all > 1 ? "fails" : "fail"}`,
  unreadable: (n: number, all: number) =>
    n === all ? `None of the ${number(all)} certificates can be read` : `${number(n)} of ${number(all)} certificates cannot be read`,
  unreadableBrief: (n: number, all: number) => `${few(n, all)} not readable`,
  theyAreUnknown: (n: number, all: number) =>
    n === all
      ? `The outcome for all ${number(all)} devices is unknown`
      : `The outcome for ${number(n)} of ${number(all)} devices is unknown`,
  theyAreUnknownBrief: (n: number, all: number) => `${few(n, all)} unknown`,
  inVain: (n: number, all: number) => `${devices(n, all)} ${n === 1 ? "provisions" : "provision"} but cannot connect`,
  inVainBrief: (n: number, all: number) => `${few(n, all)} cannot connect`,
  accessOpen: (n: number, all: number) => `Whether ${devices(n, all).replace(/^A/, "a")} can connect is unknown`,
  accessOpenBrief: (n: number, all: number) => `Access of ${few(n, all).replace(/^A/, "a")} unknown`,
  oneThing: (n: number, all: number) => `${devices(n, all)} ${n === 1 ? "shares" : "share"} a thing with another`,
  oneThingBrief: (n: number, all: number) => `${few(n, all)} ${n === 1 ? "shares" : "share"} a thing`,
  well: (all: number, how: "provision" | "registered" | "both", connects: boolean) =>
    `${devices(all, all)} ${{ provision: "provision", registered: "are registered already", both: "are provisioned or registered" }[how]}${connects ? " and can connect" : ""}`,
  wellBrief: (all: number, isRegistered: boolean) => `${few(all, all)} ${isRegistered ? "registered already" : "provision"}`,
  /** The rest of the devices, each a part of a sentence after a number. */
  rest: {
    well: (n: number) => `${number(n)} ${n === 1 ? "provisions" : "provision"}`,
    inVain: (n: number) => `${number(n)} ${n === 1 ? "provisions" : "provision"} but cannot connect`,
    accessOpen: (n: number) => `whether ${number(n)} can connect is unknown`,
    unknown: (n: number) => `the outcome for ${number(n)} is unknown`,
    fail: (n: number) => `${number(n)} ${n === 1 ? "fails" : "fail"}`,
    unreadable: (n: number) => `${number(n)} cannot be read`,
    oneThing: (n: number) => `${number(n)} ${n === 1 ? "shares" : "share"} a thing with another device`,
  },
  chooseFix: "Choose a fix",
  causes: "Causes",
  groupLabel: (n: number) => `${number(n)} with this cause: show only ${n === 1 ? "it" : "them"}`,
  forExample: (cause: string) => `For example: ${cause}`,
  moreCauses: (n: number) => `${number(n)} more ${n === 1 ? "cause" : "causes"} in the table`,
  thisDevice: (name: string) => `This device, ${name}: `,
};
