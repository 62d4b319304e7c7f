/** A CloudFormation template in YAML: the role, the provisioning template, the CA. */

import { MANAGED_POLICY, type Material } from "./material.js";
import { isCreated, neededBy, type Prerequisite } from "./prerequisites.js";
import { yamlBlock, yamlString } from "./quote.js";
import { PRECONDITIONS } from "./words.js";

/** The template. `${…}` in a policy means AWS IoT's variables, so that the body is a plain string, never in `Fn::Sub`. */
export function cloudFormation(material: Material): string {
  const { flow, body, templateName } = material;
  const registersCa = flow === "jitp";
  const created = needed(material);
  return [
    ...head(material, registersCa),
    'AWSTemplateFormatVersion: "2010-09-09"',
    `Description: ${registersCa ? "AWS IoT just-in-time provisioning" : "AWS IoT fleet provisioning"}`,
    ...parameters(material, registersCa),
    ...created.flatMap(({ id, label, one }) => [
      `  Creates${id}:`,
      "    Type: String",
      '    Default: "true"',
      '    AllowedValues: ["true", "false"]',
      `    Description: ${yamlString(`Whether the ${label} is created, which ${neededBy(one, material.needs)} needs; false if it exists already`)}`,
    ]),
    ...(body === undefined ? [] : ["Conditions:", '  MakesRole: !Equals [!Ref ProvisioningRoleArn, ""]']),
    ...created.map(({ id }) => `  Creates${id}: !Equals [!Ref Creates${id}, "true"]`),
    "Resources:",
    ...created.flatMap(resource),
    ...(body === undefined ? [] : role()),
    ...(body !== undefined && templateName !== undefined ? template(material, body, templateName) : []),
    ...(registersCa ? certificate(material) : []),
    ...(registersCa ? ["Outputs:", "  CACertificateId:", "    Value: !GetAtt CACertificate.Id"] : []),
    "",
  ].join("\n");
}

/** A resource that must exist before a device connects, with its logical ID. */
interface Needed {
  id: string;
  label: string;
  one: Prerequisite;
}

const TYPES: Record<Prerequisite["kind"], { type: string; name: string }> = {
  "thing-type": { type: "ThingType", name: "ThingTypeName" },
  "thing-group": { type: "ThingGroup", name: "ThingGroupName" },
  "billing-group": { type: "BillingGroup", name: "BillingGroupName" },
  policy: { type: "Policy", name: "PolicyName" },
};

/** What the stack creates, numbered within each kind. */
function needed({ needs }: Material): Needed[] {
  const numbers = new Map<string, number>();
  return needs.all.filter(isCreated).map((one) => {
    const { type } = TYPES[one.kind];
    const number = (numbers.get(type) ?? 0) + 1;
    numbers.set(type, number);
    return { id: `${type}${number}`, label: `${PRECONDITIONS[one.kind]} ${one.name}`, one };
  });
}

function resource({ id, one }: Needed): string[] {
  const { type, name } = TYPES[one.kind];
  return [
    `  ${id}:`,
    `    Type: AWS::IoT::${type}`,
    `    Condition: Creates${id}`,
    "    Properties:",
    `      ${name}: ${yamlString(one.name)}`,
    ...(one.document === undefined ? [] : [`      PolicyDocument: ${yamlBlock(one.document, 8)}`]),
  ];
}

function head(material: Material, registersCa: boolean): string[] {
  const { body, mode, region } = material;
  const values = [
    ...(registersCa ? ['"CACertificatePem=$(cat ca.pem)"'] : []),
    ...(registersCa && mode === "DEFAULT" ? ['"VerificationCertificatePem=$(cat verification.pem)"'] : []),
  ];
  const command = [
    "aws cloudformation deploy --stack-name jitp --template-file provisioning.yaml",
    ...(region === undefined ? [] : [`--region ${region.replace(/[^\w-]/g, "")}`]),
    ...(body === undefined ? [] : ["--capabilities CAPABILITY_IAM"]),
    "--no-fail-on-empty-changeset",
  ];
  const lines = ["# To create it:", `#   ${command.join(" ")}${values.length > 0 ? " \\" : ""}`];
  if (values.length > 0) lines.push(`#     --parameter-overrides ${values.join(" ")}`);
  if (registersCa && mode === "DEFAULT") {
    lines.push(
      "# verification.pem proves that you hold the CA's key: a certificate signed by the CA, whose common name is the answer of",
      "#   aws iot get-registration-code --query registrationCode --output text",
    );
  }
  if (needed(material).length > 0) {
    lines.push(
      "# If a thing type, a thing group, a billing group or a policy exists already, set its parameter to false, for example CreatesThingGroup1=false:",
      "# CloudFormation cannot see what was created without it.",
    );
  }
  return lines;
}

function parameters({ body, role: { arn }, mode }: Material, registersCa: boolean): string[] {
  const lines = ["Parameters:"];
  if (registersCa) lines.push("  CACertificatePem:", "    Type: String", "    Description: The CA's certificate, in PEM");
  if (registersCa && mode === "DEFAULT") {
    lines.push("  VerificationCertificatePem:", "    Type: String", "    Description: Proves that you hold the CA's key, in PEM");
  }
  if (body !== undefined) {
    lines.push(
      "  ProvisioningRoleArn:",
      "    Type: String",
      `    Default: ${yamlString(arn ?? "")}`,
      "    Description: The role that AWS IoT assumes to provision; if empty, one is created",
    );
  }
  return lines;
}

function role(): string[] {
  return [
    "  ProvisioningRole:",
    "    Type: AWS::IAM::Role",
    "    Condition: MakesRole",
    "    Properties:",
    "      AssumeRolePolicyDocument:",
    '        Version: "2012-10-17"',
    "        Statement:",
    "          - Effect: Allow",
    "            Principal: { Service: iot.amazonaws.com }",
    "            Action: sts:AssumeRole",
    "      ManagedPolicyArns:",
    `        - !Sub "arn:\${AWS::Partition}:iam::aws:policy/${MANAGED_POLICY}"`,
  ];
}

const ROLE_ARN = "!If [MakesRole, !GetAtt ProvisioningRole.Arn, !Ref ProvisioningRoleArn]";

function template({ flow, description, enabled, tags, hook }: Material, body: string, templateName: string): string[] {
  return [
    "  ProvisioningTemplate:",
    "    Type: AWS::IoT::ProvisioningTemplate",
    "    Properties:",
    `      TemplateName: ${yamlString(templateName)}`,
    `      TemplateType: ${flow === "fleet" ? "FLEET_PROVISIONING" : "JITP"}`,
    ...(description === undefined ? [] : [`      Description: ${yamlString(description)}`]),
    `      Enabled: ${enabled ?? true}`,
    `      ProvisioningRoleArn: ${ROLE_ARN}`,
    ...(hook === undefined
      ? []
      : [
          "      PreProvisioningHook:",
          `        TargetArn: ${yamlString(hook.targetArn)}`,
          ...(hook.payloadVersion === undefined ? [] : [`        PayloadVersion: ${yamlString(hook.payloadVersion)}`]),
        ]),
    ...(tags.length === 0 ? [] : ["      Tags:"]),
    ...tags.flatMap(({ key, value }) => [`        - Key: ${yamlString(key)}`, `          Value: ${yamlString(value)}`]),
    `      TemplateBody: ${yamlBlock(body, 8)}`,
  ];
}

function certificate({ body, templateName, mode }: Material): string[] {
  const config =
    templateName === undefined
      ? [`        RoleArn: ${ROLE_ARN}`, `        TemplateBody: ${yamlBlock(body ?? "", 10)}`]
      : [`        TemplateName: ${body === undefined ? yamlString(templateName) : "!Ref ProvisioningTemplate"}`];
  return [
    "  CACertificate:",
    "    Type: AWS::IoT::CACertificate",
    "    Properties:",
    "      CACertificatePem: !Ref CACertificatePem",
    ...(mode === "DEFAULT" ? ["      VerificationCertificatePem: !Ref VerificationCertificatePem"] : []),
    `      CertificateMode: ${mode}`,
    "      Status: ACTIVE",
    "      AutoRegistrationStatus: ENABLE",
    "      RegistrationConfig:",
    ...config,
  ];
}
