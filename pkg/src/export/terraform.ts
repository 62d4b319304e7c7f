/** A Terraform configuration: the role, the provisioning template, the CA. */

import { MANAGED_POLICY, type Material } from "./material.js";
import { composed, hclBlock, hclString } from "./quote.js";
import { terraformNeeds } from "./terraform-needs.js";

/** The configuration, laid out as `terraform fmt` would. */
export function terraform(material: Material): string {
  const { flow, body, templateName } = material;
  const registersCa = flow === "jitp";
  const blocks = [
    REQUIRED,
    ...(registersCa ? [variable("ca_certificate_file", "The file with the CA's certificate, in PEM", '"ca.pem"')] : []),
    ...(registersCa && material.mode === "DEFAULT" ? [VERIFICATION] : []),
    ...terraformNeeds(material.needs),
    ...(body === undefined ? [] : role(material, body)),
    ...(body !== undefined && templateName !== undefined ? [template(material, templateName)] : []),
    ...(registersCa ? [certificate(material)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const REQUIRED = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.64"
    }
  }
}`;

const VERIFICATION = `# The registration code that AWS IoT gives goes into the verification certificate as its common name:
#   aws iot get-registration-code --query registrationCode --output text
${variable("verification_certificate_file", "The file with the verification certificate, which proves that you hold the CA's key, in PEM", '"verification.pem"')}`;

function variable(name: string, description: string, otherwise: string): string {
  return `variable "${name}" {
  type        = string
  description = ${hclString(description)}
  default     = ${otherwise}
}`;
}

const MAKES_ROLE = "var.provisioning_role_arn == null ? 1 : 0";

function role({ role: { arn } }: Material, body: string): string[] {
  return [
    variable(
      "provisioning_role_arn",
      "The role that AWS IoT assumes to provision; if null, one is created",
      arn === undefined ? "null" : hclString(arn),
    ),
    'data "aws_partition" "current" {}',
    `resource "aws_iam_role" "provisioning" {
  count       = ${MAKES_ROLE}
  name_prefix = "jitp-provisioning-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "iot.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}`,
    `resource "aws_iam_role_policy_attachment" "provisioning" {
  count      = ${MAKES_ROLE}
  role       = aws_iam_role.provisioning[0].name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/${MANAGED_POLICY}"
}`,
    `locals {
  provisioning_role_arn = var.provisioning_role_arn == null ? one(aws_iam_role.provisioning[*].arn) : var.provisioning_role_arn

  template_body = ${hclBlock(composed(body), 4)}
}`,
  ];
}

function template({ flow, description, enabled, tags, hook }: Material, templateName: string): string {
  const attributes = [
    ["name", hclString(templateName)],
    ["type", flow === "fleet" ? '"FLEET_PROVISIONING"' : '"JITP"'],
    ...(description === undefined ? [] : [["description", hclString(description)]]),
    ["enabled", String(enabled ?? true)],
    ["provisioning_role_arn", "local.provisioning_role_arn"],
    ["template_body", "local.template_body"],
  ] as [string, string][];
  const hooked =
    hook &&
    ([
      ...(hook.payloadVersion === undefined ? [] : [["payload_version", hclString(hook.payloadVersion)]]),
      ["target_arn", hclString(hook.targetArn)],
    ] as [string, string][]);
  return [
    'resource "aws_iot_provisioning_template" "this" {',
    ...aligned(attributes, 2),
    ...(tags.length === 0
      ? []
      : [
          "  tags = {",
          ...aligned(
            tags.map(({ key, value }) => [hclString(key), hclString(value)]),
            4,
          ),
          "  }",
        ]),
    ...(hooked ? ["", "  pre_provisioning_hook {", ...aligned(hooked, 4), "  }"] : []),
    "}",
  ].join("\n");
}

/** Attributes with their equals signs aligned. */
function aligned(attributes: [string, string][], indent: number): string[] {
  const width = Math.max(...attributes.map(([name]) => [...name].length));
  return attributes.map(([name, value]) => `${" ".repeat(indent)}${name}${" ".repeat(width - [...name].length)} = ${value}`);
}

function certificate({ body, templateName, mode }: Material): string {
  const config: [string, string][] =
    templateName === undefined
      ? [
          ["role_arn", "local.provisioning_role_arn"],
          ["template_body", "local.template_body"],
        ]
      : [["template_name", body === undefined ? hclString(templateName) : "aws_iot_provisioning_template.this.name"]];
  return [
    'resource "aws_iot_ca_certificate" "this" {',
    ...aligned(
      [
        ["active", "true"],
        ["allow_auto_registration", "true"],
        ["certificate_mode", `"${mode}"`],
        ["ca_certificate_pem", "file(var.ca_certificate_file)"],
        ...(mode === "DEFAULT" ? [["verification_certificate_pem", "file(var.verification_certificate_file)"] as [string, string]] : []),
      ],
      2,
    ),
    "",
    "  registration_config {",
    ...aligned(config, 4),
    "  }",
    // Without its permissions the role provisions nothing, although the CA can be registered with it.
    ...(body === undefined ? [] : ["", "  depends_on = [aws_iam_role_policy_attachment.provisioning]"]),
    "}",
  ].join("\n");
}
