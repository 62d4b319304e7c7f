/** A CloudFormation template in YAML: the role, the provisioning template, the CA. */

import { MANAGED_POLICY, type Material } from "./material.js";
import { yamlBlock, yamlString } from "./quote.js";

/** The template. `${…}` in a policy means AWS IoT's variables, so that the body is a plain string, never in `Fn::Sub`. */
export function cloudFormation(material: Material): string {
  const { flow, body, templateName } = material;
  const registersCa = flow === "jitp";
  return [
    ...head(material, registersCa),
    'AWSTemplateFormatVersion: "2010-09-09"',
    `Description: ${registersCa ? "AWS IoT just-in-time provisioning" : "AWS IoT fleet provisioning"}`,
    ...parameters(material, registersCa),
    ...(body === undefined ? [] : ["Conditions:", '  MakesRole: !Equals [!Ref ProvisioningRoleArn, ""]']),
    "Resources:",
    ...(body === undefined ? [] : role()),
    ...(body !== undefined && templateName !== undefined ? template(material, body, templateName) : []),
    ...(registersCa ? certificate(material) : []),
    ...(registersCa ? ["Outputs:", "  CACertificateId:", "    Value: !GetAtt CACertificate.Id"] : []),
    "",
  ].join("\n");
}

function head({ body, mode, region }: Material, registersCa: boolean): string[] {
  const values = [
    ...(registersCa ? ['"CACertificatePem=$(cat ca.pem)"'] : []),
    ...(registersCa && mode === "DEFAULT" ? ['"VerificationCertificatePem=$(cat verification.pem)"'] : []),
  ];
  const command = [
    "aws cloudformation deploy --stack-name jitp --template-file provisioning.yaml",
    ...(region === undefined ? [] : [`--region ${region.replace(/[^\w-]/g, "")}`]),
    ...(body === undefined ? [] : ["--capabilities CAPABILITY_IAM"]),
  ];
  const lines = ["# To create it:", `#   ${command.join(" ")}${values.length > 0 ? " \\" : ""}`];
  if (values.length > 0) lines.push(`#     --parameter-overrides ${values.join(" ")}`);
  if (registersCa && mode === "DEFAULT") {
    lines.push(
      "# verification.pem proves that you hold the CA's key: a certificate signed by the CA, whose common name is the answer of",
      "#   aws iot get-registration-code --query registrationCode --output text",
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
