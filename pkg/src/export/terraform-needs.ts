/** The part of the Terraform configuration that creates what must exist before the first device connects. */

import { isCreated, neededBy, type Prerequisite, type Prerequisites } from "./prerequisites.js";
import { composed, hclBlock, hclString } from "./quote.js";

const KINDS: Record<Prerequisite["kind"], { resource: string; words: string }> = {
  "thing-type": { resource: "thing_type", words: "thing types" },
  "thing-group": { resource: "thing_group", words: "thing groups" },
  "billing-group": { resource: "billing_group", words: "billing groups" },
  policy: { resource: "policy", words: "policies" },
};

/** The blocks for each kind: a variable with the names that exist already, the names, and the resources. */
export function terraformNeeds(needs: Prerequisites): string[] {
  const created = needs.all.filter(isCreated);
  const kinds = [...new Set(created.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const { resource, words } = KINDS[kind];
    const several = words.replaceAll(" ", "_");
    const all = created.filter((one) => one.kind === kind);
    return [
      `# Created outside Terraform, they can be named here, or be imported into aws_iot_${resource}.this["NAME"].
variable "existing_${several}" {
  type        = set(string)
  description = "The names of ${words} that exist already, and are not created"
  default     = []
}`,
      kind === "policy" ? documents(several, all, needs) : names(several, all, needs),
      kind === "policy"
        ? `resource "aws_iot_policy" "this" {
  for_each = { for name, document in local.${several} : name => document if !contains(var.existing_${several}, name) }
  name     = each.key
  policy   = each.value
}`
        : `resource "aws_iot_${resource}" "this" {
  for_each = setsubtract(local.${several}, var.existing_${several})
  name     = each.key
}`,
    ];
  });
}

function names(several: string, all: readonly Prerequisite[], needs: Prerequisites): string {
  const lines = all.map((one) => `    # Needed by ${neededBy(one, needs)}.\n    ${hclString(one.name)},`);
  return `locals {\n  # They must exist before a device connects.\n  ${several} = toset([\n${lines.join("\n")}\n  ])\n}`;
}

function documents(several: string, all: readonly Prerequisite[], needs: Prerequisites): string {
  const lines = all.map(
    (one) => `    # Needed by ${neededBy(one, needs)}.\n    ${hclString(one.name)} = ${hclBlock(composed(one.document ?? ""), 6)}`,
  );
  return `locals {\n  # They must exist before a device connects.\n  ${several} = {\n${lines.join("\n")}\n  }\n}`;
}
