/** A shell script that registers the CA with the template, through the AWS CLI. It looks before each step, so that it can run again. */

import { MANAGED_POLICY, type Material, TRUST_POLICY } from "./material.js";
import { jmesLiteral, type Part, shellParts, shellWord, asciiJson } from "./quote.js";
import { shellNeeds, shellPoliciesToCheck } from "./shell-needs.js";

/** The script, in plain POSIX shell. All text from outside is in single quotes. */
export function shellScript(material: Material): string {
  const { flow, body, templateName, region } = material;
  const registersCa = flow === "jitp";
  const sections = [
    head(material, registersCa),
    region === undefined ? "" : `AWS_REGION=${shellWord(region)}\nAWS_DEFAULT_REGION=$AWS_REGION\nexport AWS_REGION AWS_DEFAULT_REGION\n`,
    FUNCTIONS,
    account(material),
    registersCa ? files(material) : "",
    body === undefined && templateName !== undefined ? namedTemplate(templateName) : "",
    shellPoliciesToCheck(material.needs),
    shellNeeds(material.needs),
    body === undefined ? "" : role(material),
    body === undefined ? "" : `# The template, as a string of JSON.\ntemplate_body=${shellWord(jmesLiteral(body))}\n`,
    body !== undefined && templateName !== undefined ? template(material, templateName) : "",
    registersCa ? registration(material) : "",
    END,
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function head({ mode }: Material, registersCa: boolean): string {
  const what = registersCa
    ? "Registers a CA with AWS IoT, so that devices with its certificates are provisioned just in time."
    : "Creates a template for fleet provisioning in AWS IoT.";
  const lines = [
    "#!/bin/sh",
    `# ${what}`,
    `# Needs the AWS CLI, with credentials that may do what the commands below say${registersCa ? ", and OpenSSL" : ""}.`,
    "#",
    "# It can run again. What exists already is reported (=) and stays as it is; what is absent is created (+).",
    registersCa
      ? "# A CA or a provisioning template that differs is updated (~), and the script says in what it differed."
      : "# A template that differs is updated (~), and the script says in what it differed.",
  ];
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
  return `${lines.join("\n")}\nset -eu\n`;
}

const FUNCTIONS = `changes=0
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
stop() {
  printf '%s\\n' "$1" >&2
  exit 1
}
same() { printf '= %s\\n' "$1"; }
changed() {
  changes=$((changes + 1))
  printf '%s\\n' "$1"
}
# Asks AWS, and keeps the answer. Fails if AWS does not know what it is asked for; any other error stops the script.
ask() {
  if answer=$("$@" 2> "$errors"); then return; fi
  if grep -q -e ResourceNotFoundException -e NoSuchEntity "$errors"; then return 1; fi
  cat "$errors" >&2
  exit 1
}
`;

const END = `if [ "$changes" -eq 0 ]; then echo "Everything exists already. Nothing was changed."; else echo "Changes: $changes."; fi
`;

/** A check that nothing is created in another account than the one that the template names. */
function account({ role: { arn } }: Material): string {
  if (arn === undefined) return "";
  const number = shellWord(arn.split(":")[4] ?? "");
  return `# The account that the template names in the ARN of its role.
answer=$(aws sts get-caller-identity --query Account --output text)
[ "$answer" = ${number} ] || stop "The account is $answer, and the template names "${number}": is this the right account?"
`;
}

function files({ mode }: Material): string {
  const lines = [
    "CA_CERTIFICATE=${CA_CERTIFICATE:-ca.pem}",
    '[ -r "$CA_CERTIFICATE" ] || stop "There is no $CA_CERTIFICATE: see the head of this script."',
    "# The ID of a certificate is the SHA-256 of its DER.",
    `ca_id=$(openssl x509 -in "$CA_CERTIFICATE" -noout -fingerprint -sha256 | sed 's/.*=//' | tr -d : | tr A-F a-f)`,
    '[ -n "$ca_id" ] || stop "There is no certificate in $CA_CERTIFICATE."',
    'if ask aws iot describe-ca-certificate --certificate-id "$ca_id" --query certificateDescription.certificateMode --output text; then',
    "  ca_exists=yes",
    "  case $answer in",
    `    ${mode} | None) ;;`,
    `    *) stop "The CA $ca_id is registered in the mode $answer. It must be ${mode}: delete it first, or export for the other mode." ;;`,
    "  esac",
    "else",
    "  ca_exists=no",
  ];
  if (mode === "DEFAULT") {
    lines.push(
      "  VERIFICATION_CERTIFICATE=${VERIFICATION_CERTIFICATE:-verification.pem}",
      '  [ -r "$VERIFICATION_CERTIFICATE" ] || stop "There is no $VERIFICATION_CERTIFICATE: see the head of this script."',
    );
  }
  return `${lines.join("\n")}\nfi\n`;
}

function namedTemplate(name: string): string {
  const label = shellWord(`There is no provisioning template ${name}, and this script has none to create.`);
  return `ask aws iot describe-provisioning-template --cli-input-json ${shellWord(asciiJson({ templateName: name }))} || stop ${label}\n`;
}

function role({ role: { arn, name, path, partition } }: Material): string {
  const policy = shellWord(`arn:${partition}:iam::aws:policy/${MANAGED_POLICY}`);
  const lines = [
    "# The role that AWS IoT assumes to provision.",
    `role_name=${shellWord(name)}`,
    'if ask aws iam get-role --role-name "$role_name" --query Role.Arn --output text; then',
    "  role_arn=$answer",
    '  same "role $role_name"',
    "else",
    `  role_arn=$(aws iam create-role --role-name "$role_name" ${path === undefined ? "" : `--path ${shellWord(path)} `}\\`,
    `    --assume-role-policy-document ${shellWord(asciiJson(TRUST_POLICY))} \\`,
    "    --query Role.Arn --output text)",
    '  changed "+ role $role_name"',
    "  # A new role can be used after a moment only.",
    "  sleep 15",
    "fi",
  ];
  if (arn !== undefined) {
    lines.push(`[ "$role_arn" = ${shellWord(arn)} ] || stop "The template names another role than $role_arn."`);
  }
  lines.push(
    `role_policy=${policy}`,
    'ask aws iam list-attached-role-policies --role-name "$role_name" --output text \\',
    `  --query "AttachedPolicies[?PolicyArn=='$role_policy'].PolicyName" || answer=`,
    'if [ -n "$answer" ]; then',
    '  same "permissions of the role"',
    "else",
    '  aws iam attach-role-policy --role-name "$role_name" --policy-arn "$role_policy"',
    '  changed "+ permissions of the role"',
    "fi",
  );
  return `${lines.join("\n")}\n`;
}

const BODY: Part = { variable: "template_body" };
const ROLE_ARN: Part[] = ['"', { variable: "role_arn" }, '"'];

/** An object of JSON whose values are written already: some are known to the running script only. */
function object(members: [name: string, ...value: Part[]][]): Part[] {
  return ["{", ...members.flatMap(([name, ...value], i): Part[] => [`${i === 0 ? "\n" : ",\n"}  ${asciiJson(name)}: `, ...value]), "\n}"];
}

/** A text in a query. Single quotes would need escapes in the shell. */
const jmesText = (text: string) => `\`${jmesLiteral(text)}\``;

/** Automatic registration is off. An answer without the member does not say so. */
const NO_REGISTRATION = `certificateDescription.autoRegistrationStatus == \`"DISABLE"\` && ${jmesText("autoRegistrationStatus")}, `;

/** A query that gives the names of the members with another value, separated by commas. `first` is a test before the others. */
function differences(members: [name: string, ...literal: Part[]][], first = ""): string {
  const tests = members.flatMap(([name, ...literal], i): Part[] => [
    `${i === 0 ? "" : ", "}${name} != \``,
    ...literal,
    `\` && ${jmesText(name.replace(/^.*\./, ""))}`,
  ]);
  return shellParts([`join(${jmesText(", ")}, [${first}`, ...tests, "] | [?@])"]);
}

function template({ flow, description, enabled, tags, hook }: Material, templateName: string): string {
  const type = flow === "fleet" ? "FLEET_PROVISIONING" : "JITP";
  const name: [string, ...Part[]] = ["templateName", asciiJson(templateName)];
  const settings: [string, ...Part[]][] = [
    ["enabled", String(enabled ?? true)],
    ...(description === undefined ? [] : [["description", asciiJson(description)] as [string, Part]]),
    ...(hook === undefined ? [] : [["preProvisioningHook", asciiJson(hook)] as [string, Part]]),
    ["provisioningRoleArn", ...ROLE_ARN],
  ];
  const made = object([
    name,
    ["templateBody", BODY],
    ["type", asciiJson(type)],
    ...(tags.length === 0 ? [] : [["tags", asciiJson(tags.map(({ key, value }) => ({ Key: key, Value: value })))] as [string, Part]]),
    ...settings,
  ]);
  const compared: [string, ...Part[]][] = [
    ["templateBody", BODY],
    ["enabled", String(enabled ?? true)],
    ...(description === undefined ? [] : [["description", jmesLiteral(description)] as [string, Part]]),
    ...(hook === undefined ? [] : [["preProvisioningHook.targetArn", jmesLiteral(hook.targetArn)] as [string, Part]]),
    ["provisioningRoleArn", ...ROLE_ARN],
  ];
  return [
    "# The provisioning template.",
    `template_name=${shellWord(asciiJson({ templateName }))}`,
    'if ask aws iot describe-provisioning-template --cli-input-json "$template_name" --query type --output text; then',
    `  [ "$answer" = ${type} ] || stop "The provisioning template has the type $answer. It must be ${type}."`,
    '  ask aws iot describe-provisioning-template --cli-input-json "$template_name" --output text \\',
    `    --query ${differences(compared)}`,
    "  case $answer in",
    '    "") same "provisioning template" ;;',
    "    *templateBody*)",
    `      aws iot create-provisioning-template-version --cli-input-json ${shellParts(object([name, ["templateBody", BODY], ["setAsDefault", "true"]]))} > /dev/null`,
    "      ;;",
    "  esac",
    '  case $answer in "" | templateBody) ;; *)',
    `      aws iot update-provisioning-template --cli-input-json ${shellParts(object([name, ...settings]))} > /dev/null`,
    "      ;;",
    "  esac",
    '  [ -z "$answer" ] || changed "~ provisioning template: $answer"',
    "else",
    `  aws iot create-provisioning-template --cli-input-json ${shellParts(made)} > /dev/null`,
    '  changed "+ provisioning template"',
    "fi",
    "",
  ].join("\n");
}

function registration({ body, templateName, mode }: Material): string {
  const named = templateName !== undefined;
  const config = named
    ? object([["templateName", asciiJson(templateName)]])
    : object([
        ["templateBody", ...(body === undefined ? ['""'] : [BODY])],
        ["roleArn", ...ROLE_ARN],
      ]);
  const compared: [string, ...Part[]][] = [
    ["certificateDescription.status", '"ACTIVE"'],
    ...(named
      ? [["registrationConfig.templateName", jmesLiteral(templateName)] as [string, Part]]
      : ([
          ["registrationConfig.templateBody", ...(body === undefined ? ['""'] : [BODY])],
          ["registrationConfig.roleArn", ...ROLE_ARN],
        ] as [string, ...Part[]][])),
  ];
  return [
    "# What the CA's devices are provisioned by.",
    `registration_config=${shellParts(config)}`,
    "",
    "# The CA: active, and with automatic registration, without which nothing is provisioned.",
    'if [ "$ca_exists" = yes ]; then',
    '  ask aws iot describe-ca-certificate --certificate-id "$ca_id" --output text \\',
    `    --query ${differences(compared, NO_REGISTRATION)}`,
    '  if [ -z "$answer" ]; then',
    '    same "CA $ca_id, registered already"',
    "  else",
    '    aws iot update-ca-certificate --certificate-id "$ca_id" \\',
    "      --new-status ACTIVE --new-auto-registration-status ENABLE \\",
    '      --registration-config "$registration_config"',
    '    changed "~ CA $ca_id, registered already: $answer"',
    "  fi",
    "else",
    "  aws iot register-ca-certificate \\",
    '    --ca-certificate "file://$CA_CERTIFICATE" \\',
    mode === "DEFAULT" ? '    --verification-certificate "file://$VERIFICATION_CERTIFICATE" \\' : "    --certificate-mode SNI_ONLY \\",
    "    --set-as-active --allow-auto-registration \\",
    '    --registration-config "$registration_config" > /dev/null',
    '  changed "+ CA $ca_id"',
    "fi",
    "",
  ].join("\n");
}
