/** A shell script that registers the CA with the template, through the AWS CLI. */

import { MANAGED_POLICY, type Material, TRUST_POLICY } from "./material.js";
import { asciiJson, shellParts, shellWord } from "./quote.js";

/** The script, in plain POSIX shell. All text from outside is in single quotes. */
export function shellScript(material: Material): string {
  const { flow, body, templateName, region } = material;
  const registersCa = flow === "jitp";
  const sections = [
    head(material, registersCa),
    region === undefined ? "" : `AWS_REGION=${shellWord(region)}\nAWS_DEFAULT_REGION=$AWS_REGION\nexport AWS_REGION AWS_DEFAULT_REGION\n`,
    registersCa ? files(material) : "",
    body === undefined ? "" : role(material),
    body !== undefined && templateName !== undefined ? template(material, body, templateName) : "",
    registersCa ? registration(material) : "",
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function head({ body, templateName, mode }: Material, registersCa: boolean): string {
  const what = registersCa
    ? "Registers a CA with AWS IoT, so that devices with its certificates are provisioned just in time."
    : "Creates a template for fleet provisioning in AWS IoT.";
  const lines = ["#!/bin/sh", `# ${what}`, "# Needs the AWS CLI, with credentials that may do what the commands below say."];
  if (registersCa) {
    lines.push("#", "# The CA's certificate is in ca.pem, or in the file that CA_CERTIFICATE names.");
    if (mode === "DEFAULT") {
      lines.push(
        "# In the mode DEFAULT, AWS IoT requires proof that you hold the CA's key: a verification certificate, in verification.pem or",
        "# in the file that VERIFICATION_CERTIFICATE names. Commands that make it:",
        "#   code=$(aws iot get-registration-code --query registrationCode --output text)",
        '#   openssl req -new -newkey rsa:2048 -nodes -keyout verification.key -out verification.csr -subj "/CN=$code"',
        "#   openssl x509 -req -in verification.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 500 -sha256 -out verification.pem",
      );
    }
  }
  if (body !== undefined && templateName !== undefined) {
    lines.push(
      "#",
      "# A template of this name must not exist yet: aws iot create-provisioning-template-version makes a new version of one.",
    );
  }
  return `${lines.join("\n")}\nset -eu\n`;
}

function files({ mode }: Material): string {
  const file = (variable: string, otherwise: string) =>
    `${variable}=\${${variable}:-${otherwise}}\n[ -r "$${variable}" ] || { echo "There is no $${variable}: see the head of this script." >&2; exit 1; }\n`;
  return file("CA_CERTIFICATE", "ca.pem") + (mode === "DEFAULT" ? file("VERIFICATION_CERTIFICATE", "verification.pem") : "");
}

function role({ role: { arn, name, path, partition } }: Material): string {
  const lines = [
    "# The role that AWS IoT assumes to provision; it is created if it does not exist.",
    `role_name=${shellWord(name)}`,
    'role_arn=$(aws iam get-role --role-name "$role_name" --query Role.Arn --output text 2>/dev/null) || role_arn=',
    'if [ -z "$role_arn" ]; then',
    `  role_arn=$(aws iam create-role --role-name "$role_name" ${path === undefined ? "" : `--path ${shellWord(path)} `}\\`,
    `    --assume-role-policy-document ${shellWord(asciiJson(TRUST_POLICY))} \\`,
    "    --query Role.Arn --output text)",
    "  # A new role can be used after a moment only.",
    "  sleep 15",
    "fi",
  ];
  if (arn !== undefined) {
    lines.push(
      `if [ "$role_arn" != ${shellWord(arn)} ]; then`,
      `  echo "The template names another role than $role_arn: is this the right account?" >&2`,
      "  exit 1",
      "fi",
    );
  }
  lines.push(
    'aws iam attach-role-policy --role-name "$role_name" \\',
    `  --policy-arn ${shellWord(`arn:${partition}:iam::aws:policy/${MANAGED_POLICY}`)}`,
  );
  return `${lines.join("\n")}\n`;
}

/** A JSON object whose last member is the role's ARN, which only the running script knows. */
function withRole(fields: Record<string, unknown>, member: string): string {
  const written = asciiJson(fields, 2).replace(/\n\}$/, "");
  return shellParts([`${written},\n  "${member}": "`, { variable: "role_arn" }, '"\n}']);
}

function template({ flow, description, enabled, tags, hook }: Material, body: string, templateName: string): string {
  const request = {
    templateName,
    templateBody: body,
    type: flow === "fleet" ? "FLEET_PROVISIONING" : "JITP",
    enabled: enabled ?? true,
    ...(description !== undefined && { description }),
    ...(hook && { preProvisioningHook: hook }),
    ...(tags.length > 0 && { tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
  };
  return `# The template.\naws iot create-provisioning-template --cli-input-json ${withRole(request, "provisioningRoleArn")}\n`;
}

function registration({ body, templateName, mode }: Material): string {
  const config = templateName !== undefined ? shellWord(asciiJson({ templateName })) : withRole({ templateBody: body ?? "" }, "roleArn");
  return [
    "# What the CA's devices are provisioned by.",
    `registration_config=${config}`,
    "",
    "# The CA: active, and with automatic registration, without which nothing is provisioned.",
    "aws iot register-ca-certificate \\",
    '  --ca-certificate "file://$CA_CERTIFICATE" \\',
    mode === "DEFAULT" ? '  --verification-certificate "file://$VERIFICATION_CERTIFICATE" \\' : "  --certificate-mode SNI_ONLY \\",
    "  --set-as-active --allow-auto-registration \\",
    '  --registration-config "$registration_config"',
    "",
  ].join("\n");
}
