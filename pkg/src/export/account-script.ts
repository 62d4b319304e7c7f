/** A shell script that prints what an account has of the resources that plans are about, for `readAccount`. */
import type { Plan } from "../types.js";
import { asciiJson, shellWord } from "./quote.js";

/**
 * A script in POSIX shell that asks the AWS CLI for what the given plans need, and for nothing more: the thing with its groups and principals, the
 * named policies, the policies of groups, the type, the billing group, the certificate, the CA, and the provisioning template. It prints records, which
 * `readAccount` reads as they are. A resource that is not found is a record with an error. It only reads.
 *
 * @param plans the plans of the devices
 * @param templateName the provisioning template that the CA refers to
 * @param caCertificateIds the IDs of the registered CAs, each the `certificateId` of an entry of `readCertificates`; in addition to those whose check is in a plan
 */
export function accountScript(plans: readonly Plan[], templateName?: string, caCertificateIds: readonly string[] = []): string {
  const lines = new Set<string>();
  const ask = (action: string, request: Record<string, string>) => lines.add(`record ${action} ${shellWord(asciiJson(request))}`);
  if (templateName !== undefined) ask("describe-provisioning-template", { templateName });
  const askCa = (certificateId: string) => ask("describe-ca-certificate", { certificateId });
  for (const id of caCertificateIds) askCa(id);
  for (const { thing, certificate, issuer, preconditions } of plans) {
    if (issuer?.caCertificateId !== undefined) askCa(issuer.caCertificateId);
    if (certificate.certificateId !== undefined) lines.add(`certificate ${shellWord(certificate.certificateId)}`);
    if (thing !== undefined) {
      const request = { thingName: thing.name };
      ask("describe-thing", request);
      ask("list-thing-principals-v2", request);
      lines.add(`groups_of ${shellWord(asciiJson(request))}`);
    }
    for (const { kind, name } of preconditions) {
      if (kind === "policy") ask("get-policy", { policyName: name });
      else if (kind === "thing-type") ask("describe-thing-type", { thingTypeName: name });
      else if (kind === "billing-group") ask("describe-billing-group", { billingGroupName: name });
      else lines.add(`group ${shellWord(asciiJson({ thingGroupName: name }))}`);
    }
  }
  return `${head()}\n${[...lines].join("\n")}\n`;
}

/** A function, so that bundlers leave the text out of pages that do not need it. */
const head = (): string => String.raw`#!/bin/sh
# Prints what an account has of the resources that a template needs. It changes nothing. Keep the output for jitp --account.
# Needs the AWS CLI, with credentials that may read AWS IoT.
set -u

# An output with its action and its request, or the error in place of the output.
record() {
  if answer=$(aws iot "$1" --cli-input-json "$2" --output json 2>&1); then
    printf '{"action": "%s", "request": %s, "response": %s}\n' "$1" "$2" "$answer"
  else
    error=$(printf '%s\n' "$answer" | sed -n 's/.*(\([A-Za-z]*\)).*/\1/p' | head -n 1)
    printf '{"action": "%s", "request": %s, "error": "%s"}\n' "$1" "$2" "${"$"}{error:-the command failed}"
  fi
}

# One member of an output, or nothing. ARNs and names of policies hold no space.
ask() {
  aws iot "$1" --cli-input-json "$2" --query "$3" --output text 2>/dev/null | sed 's/^None$//'
}

# The policies of a certificate or of a group, by its ARN, with their documents.
policies() {
  record list-attached-policies "{\"target\": \"$1\"}"
  for name in $(ask list-attached-policies "{\"target\": \"$1\"}" 'policies[].policyName'); do
    record get-policy "{\"policyName\": \"$name\"}"
  done
}

certificate() {
  record describe-certificate "{\"certificateId\": \"$1\"}"
  arn=$(ask describe-certificate "{\"certificateId\": \"$1\"}" certificateDescription.certificateArn)
  [ -n "$arn" ] || return 0
  policies "$arn"
  record list-principal-things-v2 "{\"principal\": \"$arn\"}"
}

# A group and those above it.
group() {
  record describe-thing-group "$1"
  for arn in $(ask describe-thing-group "$1" '[thingGroupArn, thingGroupMetadata.rootToParentThingGroups[].groupArn][]'); do
    policies "$arn"
  done
}

groups_of() {
  record list-thing-groups-for-thing "$1"
  for found in $(ask list-thing-groups-for-thing "$1" 'thingGroups[].groupName'); do
    group "{\"thingGroupName\": \"$found\"}"
  done
}
`;
