/** The part of the script that creates what must exist before the first device connects. */

import { visibleText } from "../visible.js";
import { isCreated, neededBy, type Prerequisite, type Prerequisites } from "./prerequisites.js";
import { asciiJson, jmesLiteral, shellWord } from "./quote.js";

const FUNCTIONS: Record<Prerequisite["kind"], string> = {
  "thing-type": `thing_type() {
  if ask aws iot describe-thing-type --cli-input-json "$2" --query thingTypeMetadata.deprecated --output text; then
    [ "$answer" != True ] || stop "The thing type $1 is deprecated. No thing can get it: choose another one, or undo the deprecation."
    same "thing type $1"
  else
    aws iot create-thing-type --cli-input-json "$2" > /dev/null
    changed "+ thing type $1"
  fi
}`,
  "thing-group": `thing_group() {
  if ask aws iot describe-thing-group --cli-input-json "$2" --query queryString --output text; then
    [ "$answer" = None ] || stop "The thing group $1 is dynamic. Things cannot be added to it: choose another one."
    same "thing group $1"
  else
    aws iot create-thing-group --cli-input-json "$2" > /dev/null
    changed "+ thing group $1"
  fi
}`,
  "billing-group": `billing_group() {
  if ask aws iot describe-billing-group --cli-input-json "$2" --query billingGroupName --output text; then
    same "billing group $1"
  else
    aws iot create-billing-group --cli-input-json "$2" > /dev/null
    changed "+ billing group $1"
  fi
}`,
  policy: `policy() {
  if ask aws iot get-policy --cli-input-json "$2" --query "policyDocument == \\\`$3\\\`" --output text; then
    if [ "$answer" = True ]; then same "policy $1"; else same "policy $1. Its document differs from the given one, and is not changed"; fi
  else
    aws iot create-policy --cli-input-json "\${2%\\}},\\"policyDocument\\":$3}" > /dev/null
    changed "+ policy $1"
  fi
}`,
};

/** The member of a request that has the name. */
const MEMBERS: Record<Prerequisite["kind"], string> = {
  "thing-type": "thingTypeName",
  "thing-group": "thingGroupName",
  "billing-group": "billingGroupName",
  policy: "policyName",
};

/** Commands that create what can be created. */
export function shellNeeds(needs: Prerequisites): string {
  const created = needs.all.filter(isCreated);
  if (created.length === 0) return "";
  const kinds = [...new Set(created.map(({ kind }) => kind))];
  return [
    "# What must exist before a device connects: the provisioning role may not create it.",
    ...kinds.map((kind) => FUNCTIONS[kind]),
    ...created.map((one) => `${call(one)} # needed by ${neededBy(one, needs)}`),
    "",
  ].join("\n");
}

function call(one: Prerequisite): string {
  const words = [one.kind.replace("-", "_"), shellWord(visibleText(one.name)), shellWord(request(one))];
  return [...words, ...(one.document === undefined ? [] : [shellWord(jmesLiteral(one.document))])].join(" ");
}

function request({ kind, name }: Prerequisite): string {
  return asciiJson({ [MEMBERS[kind]]: name });
}

/** Commands that stop the script, before it changes anything, if a policy is absent that it cannot create. */
export function shellPoliciesToCheck({ all }: Prerequisites): string {
  const absent = all.filter((one) => !isCreated(one));
  if (absent.length === 0) return "";
  const lines = absent.flatMap((one) => {
    const label = visibleText(one.name);
    const stop = `There is no policy ${label}, and this script has no document to create it. Create it, or export again with its document: jitp export --policy NAME=FILE`;
    return [
      `ask aws iot get-policy --cli-input-json ${shellWord(request(one))} --query policyName --output text || stop ${shellWord(stop)}`,
      `same ${shellWord(`policy ${label}`)}`,
    ];
  });
  return ["# The template only names these policies.", ...lines, ""].join("\n");
}
