/** The words of the table of certificates. */

import { number } from "./common.ts";

/** After a number of rows. */
const MANY = {
  provisions: "provision",
  registered: "registered already",
  fails: "fail",
  rejected: "rejected",
  unknown: "unknown",
  "not-a-template": "not a template",
  unreadable: "not readable",
  cannotConnect: "cannot connect",
  connectsUnknown: "access unknown",
  duplicateOf: "same certificate",
  sameThingAs: "same thing",
};

export const fleetWords = {
  many: (n: number, kind: keyof typeof MANY) => `${number(n)} ${MANY[kind]}`,
  columns: { verdict: "Verdict", name: "Thing", cause: "Cause" },
  search: "Search",
  searchLabel: "Search the certificates",
  showOnly: "Show only",
  none: "No certificate matches.",
  caption: "The plan of each certificate in short. Press a name to see the whole plan.",
  title: (n: number, inAccount: boolean, judged: number | undefined) =>
    `${number(n)} certificates${inAccount ? ", one after the other in the account" : ""}${judged === undefined ? "" : `, ${number(judged)} planned so far`}`,
  planned: (n: number, all: number) => `${number(n)} of ${number(all)} planned`,
  stop: "Stop",
  goOn: "Plan for all",
  oneCause: (n: number, cause: string) => `Only the ${number(n)} with this cause: ${cause}`,
  allAgain: "Show all",
  planOf: (name: string) => `Plan of ${name}`,
  entry: (n: number) => `entry ${n}`,
  twin: { duplicateOf: "Same certificate as", sameThingAs: "Same thing as" },
  twinPlace: (name: string, file: string | undefined, entry: number) => `${name}${file === undefined ? "" : ` in ${file}`}, entry ${entry}`,
  shown: (n: number, all: number) => (n === all ? `${number(n)} shown` : `${number(n)} of ${number(all)} shown`),
  saveAs: (form: string) => `Save table as ${form}`,
  saveAccount: "Save the account after all devices",
  account: "Account",
};
