/** The words of the account: what is known of it, and what a plan changes in it. */

import type { ResourceChange } from "jitp";
import { number } from "./common.ts";

export const accountWords = {
  property: "Property",
  before: "Before",
  after: "After",
  /** There is no such thing. */
  none: "none",
  empty: "(empty)",
  changes: "In the account",
  assumed: (request: boolean, preconditions: number) =>
    `Nothing is known of the account. The plan assumes that the thing ${request ? "is" : "and the certificate are"} new${
      preconditions === 0
        ? ""
        : preconditions === 1
          ? ", and that the resource that must exist does"
          : `, and that the ${number(preconditions)} resources that must exist do`
    }.`,
  give: "Give an account",
  changedBefore: (devices: number) =>
    devices === 1
      ? "The device before it has changed the account already, in the order of the certificates."
      : `The ${number(devices)} devices before it have changed the account already, in the order of the certificates.`,
  taken: "Assumed, because nobody told",
  save: (device: boolean) => (device ? "Save the account after this device" : "Save the account afterwards"),
  change: {
    created: "created",
    unchanged: "unchanged",
    kept: "kept",
    replaced: "replaced",
    merged: "merged",
    conflict: "conflict",
    missing: "missing",
    unknown: "unknown",
  } satisfies Record<ResourceChange["change"], string>,
  notReached: "not reached",
  step: (step: number, override: string | undefined) => `step ${step}${override === undefined ? "" : ` · ${override}`}`,
  // What the user gives.
  title: "AWS account",
  paste: "Paste what the AWS CLI prints",
  placeholder: "Paste what the AWS CLI prints, or {} if nothing is known",
  getScript: "Get a script that asks for it",
  drag: "Drop what the AWS CLI prints about your account here, as it comes.",
  touch: "Add what the AWS CLI prints about your account, as it comes.",
  chooseFiles: "Choose files",
  /** The slot is the link to the script. */
  noOutputs: (script: string) => `No outputs yet? ${script}.`,
  stay: "The texts stay in this tab. They are neither kept for the next visit nor part of a shared link.",
  notGiven: "not given",
  // What is known.
  known: (amounts: string) => `Known: ${amounts}`,
  allKnown: "All of them are known",
  absent: "Known not to exist",
  where: "Where",
  region: (region: string) => `Region ${region}`,
  account: (id: string) => `account ${id}`,
  andMore: (names: readonly string[], more: number) => `${names.join(", ")}${more > 0 ? `, and ${number(more)} more` : ""}`,
  remove: (name: string) => `Remove ${name}`,
  holdsNothing: "Nothing in it tells of an account.",
  ownForm: "account in jitp's form",
  // The script.
  scriptNeeds: "Add a template and a device certificate first: they decide what the script asks for.",
  ask: "Ask the account",
  /** The slot is the command. `devices` is the number of plans; 0 is the template alone. */
  scriptLead: (devices: number, command: string) =>
    `The script asks the AWS CLI for what ${
      devices === 0
        ? "the template of this page needs"
        : devices === 1
          ? "the plan of this page needs"
          : `the ${number(devices)} plans of this page need`
    }, and for nothing more. It only reads. Run it with AWS credentials, for example as ${command}, and add its output here.`,
  saveScript: "Save the script",
  script: "Script",
};
