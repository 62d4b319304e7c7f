/** The words of the template panel. */

import { number } from "./common.ts";

export const templateWords = {
  kinds: {
    "template-body": "Template body",
    "registration-config": "Registration config",
    "template-name": "Template by name",
    "create-template-input": "CreateProvisioningTemplate input",
    "create-version-input": "CreateProvisioningTemplateVersion input",
    "update-template-input": "UpdateProvisioningTemplate input",
    "register-thing-input": "RegisterThing input",
    "describe-output": "Output of an AWS call",
    "cloudformation-properties": "CloudFormation properties",
    unknown: "Not recognised yet",
  },
  ways: "Show strings that hold JSON",
  written: "As written",
  unfolded: "Unfolded",
  /** The slots are keys. */
  keyNames: ["Esc", "Tab", "F8"],
  keys: (esc: string, tab: string, next: string) => `${esc} then ${tab} leaves, ${next} next finding`,
  open: "Open file",
  copy: "Copy",
  save: "Save",
  /** What is exported: next to the buttons, and in their names. */
  config: { short: "config", long: "registration config" },
  body: { short: "Template body", long: "template body" },
  /** In front of `config.short`, if there is space. */
  registration: "Registration ",
  copyIt: (what: string) => `Copy ${what}`,
  saveIt: (what: string) => `Save ${what}`,
  extract: "Extract the body",
  wrap: "Wrap in a config",
  size: "Size of the template body",
  /** The slot is a word that narrow places leave out: `characters`. */
  sizeOf: (size: string, limit: number, characters: string) => `${size} of ${number(limit)}${characters}`,
  characters: " characters",
  empty: "Empty",
  reading: "Reading…",
  noFindings: "No findings",
  begin: "Paste a template body, a registration config or a CreateProvisioningTemplate input, or choose a sample above.",
  name: (name: string) => `Name: ${name}`,
  /** What `convert` has done. */
  converted: (to: "body" | "config") => `The editor has ${to === "body" ? "the template body alone" : "a registration config"} now.`,
  notConverted: "The template cannot be converted: see the findings.",
  checkAs: (flow: string) => `Check as ${flow}`,
  backTo: (flow: string) => `Back to ${flow}`,
  checkedAs: (flow: string, input: string) => `The template is checked as ${flow} now. Fill in the parameters under ${input}.`,
};
