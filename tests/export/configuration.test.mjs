// A template as CloudFormation or Terraform: parsers of YAML and HCL read the same strings, whatever they are. CloudFormation's linter and
// Terraform itself check the files too, if they are installed.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import * as jitp from "jitp";
import { hclValue } from "../hcl.mjs";
import { bodyWith, inJson, MODES, PIECES, ROLE, runs, sample } from "./texts.mjs";

const CFN_TAGS = ["!Ref", "!Sub", "!GetAtt"]
  .map((tag) => ({ tag, resolve: (value) => ({ [tag]: value }) }))
  .concat(["!If", "!Equals"].map((tag) => ({ tag, collection: "seq", resolve: (seq) => ({ [tag]: seq.toJSON() }) })));
const yaml = (text) => parse(text, { customTags: CFN_TAGS });

test("the CloudFormation template has the documented resources, and the policy's variables stay literal", () => {
  const source = sample("provisions.json");
  for (const certificateMode of MODES) {
    const { text } = jitp.exportTemplate(source, "cloudformation", { certificateMode, roleArn: ROLE });
    const { Resources, Parameters, Conditions } = yaml(text);
    const isDefault = certificateMode === "DEFAULT";
    assert.deepEqual(Object.keys(Parameters), [
      "CACertificatePem",
      ...(isDefault ? ["VerificationCertificatePem"] : []),
      "ProvisioningRoleArn",
      "CreatesThingType1",
      "CreatesBillingGroup1",
    ]);
    assert.equal(Parameters.ProvisioningRoleArn.Default, ROLE);
    assert.deepEqual(Conditions.MakesRole, { "!Equals": [{ "!Ref": "ProvisioningRoleArn" }, ""] });
    assert.deepEqual(Resources.ProvisioningRole.Properties.ManagedPolicyArns, [
      { "!Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSIoTThingsRegistration" },
    ]);
    const { RegistrationConfig, ...properties } = Resources.CACertificate.Properties;
    assert.deepEqual(properties, {
      CACertificatePem: { "!Ref": "CACertificatePem" },
      ...(isDefault && { VerificationCertificatePem: { "!Ref": "VerificationCertificatePem" } }),
      CertificateMode: certificateMode,
      Status: "ACTIVE",
      AutoRegistrationStatus: "ENABLE",
    });
    assert.deepEqual(JSON.parse(RegistrationConfig.TemplateBody), JSON.parse(source));
    assert.match(RegistrationConfig.TemplateBody, /\$\{iot:Connection\.Thing\.ThingName\}/);
    assert.deepEqual(RegistrationConfig.RoleArn, {
      "!If": ["MakesRole", { "!GetAtt": "ProvisioningRole.Arn" }, { "!Ref": "ProvisioningRoleArn" }],
    });
  }
  const named = yaml(jitp.exportTemplate(source, "cloudformation", { templateName: "meters" }).text).Resources;
  assert.deepEqual(Object.keys(named), ["ThingType1", "BillingGroup1", "ProvisioningRole", "ProvisioningTemplate", "CACertificate"]);
  const { TemplateBody, ProvisioningRoleArn, ...rest } = named.ProvisioningTemplate.Properties;
  assert.deepEqual(rest, { TemplateName: "meters", TemplateType: "JITP", Enabled: true });
  assert.deepEqual(named.CACertificate.Properties.RegistrationConfig, { TemplateName: { "!Ref": "ProvisioningTemplate" } });
});

const linter = spawnSync("cfn-lint", ["--version"]).status === 0;
test("CloudFormation's linter finds nothing", {
  skip: !linter && "there is no cfn-lint here: the test before covers what it would see",
}, () => {
  for (const certificateMode of MODES) {
    for (const named of [{}, { templateName: "meters" }]) {
      const folder = mkdtempSync(join(tmpdir(), "jitp-cloudformation-"));
      const file = join(folder, "template.yaml");
      writeFileSync(file, jitp.exportTemplate(sample("provisions.json"), "cloudformation", { certificateMode, ...named }).text);
      const { stdout, status } = spawnSync("cfn-lint", [file], { encoding: "utf8" });
      rmSync(folder, { recursive: true });
      assert.deepEqual([stdout, status], ["", 0]);
    }
  }
});

test("YAML keeps any string as it is", () => {
  fc.assert(
    fc.property(inJson, inJson, inJson, (text, name, region) => {
      const body = bodyWith(text);
      const source = JSON.stringify({
        templateName: name || "x",
        templateBody: JSON.stringify(body),
        description: text,
        tags: [{ Key: name, Value: text }],
      });
      const read = yaml(jitp.exportTemplate(source, "cloudformation", { region }).text);
      assert.deepEqual(Object.keys(read), ["AWSTemplateFormatVersion", "Description", "Parameters", "Conditions", "Resources", "Outputs"]);
      const { TemplateBody, TemplateName, Description, Tags } = read.Resources.ProvisioningTemplate.Properties;
      assert.deepEqual(JSON.parse(TemplateBody), body);
      assert.equal(TemplateName, name || "x");
      if (text !== "") assert.equal(Description, text);
      assert.deepEqual(Tags, [{ Key: name, Value: text }]);
      // The body puts the thing into a group with the text as its name.
      if (text !== "") assert.equal(read.Resources.ThingGroup1.Properties.ThingGroupName, text);
    }),
    runs,
  );
});

test("the Terraform configuration has the provider's resources, laid out as Terraform would", () => {
  const expected = {
    DEFAULT: ["active", "allow_auto_registration", "certificate_mode", "ca_certificate_pem", "verification_certificate_pem"],
    SNI_ONLY: ["active", "allow_auto_registration", "certificate_mode", "ca_certificate_pem"],
  };
  for (const certificateMode of MODES) {
    const { text } = jitp.exportTemplate(sample("provisions.json"), "terraform", { certificateMode });
    const [, block] = /resource "aws_iot_ca_certificate" "this" \{\n([\s\S]*?)\n\n/.exec(text);
    assert.deepEqual(
      block.split("\n").map((line) => line.trim().split(/\s*=/)[0]),
      expected[certificateMode],
    );
    assert.match(
      text,
      /registration_config \{\n {4}role_arn {6}= local\.provisioning_role_arn\n {4}template_body = local\.template_body\n {2}\}/,
    );
    assert.match(text, /resource "aws_iam_role" "provisioning"/);
    assert.deepEqual(JSON.parse(hclValue(text, "template_body")), JSON.parse(sample("provisions.json")));
  }
  const named = jitp.exportTemplate(sample("provisions.json"), "terraform", { templateName: "meters" }).text;
  assert.match(named, /resource "aws_iot_provisioning_template" "this" \{\n {2}name +=/);
  assert.equal(hclValue(named, "type", /resource "aws_iot_provisioning_template"/), "JITP");
  assert.match(named, /template_name = aws_iot_provisioning_template\.this\.name/);
});

test("HCL keeps any string as it is", () => {
  fc.assert(
    fc.property(inJson, inJson, (text, name) => {
      const body = bodyWith(text);
      const source = JSON.stringify({ templateName: name || "x", templateBody: JSON.stringify(body), description: text });
      const written = jitp.exportTemplate(source, "terraform").text;
      assert.deepEqual(JSON.parse(hclValue(written, "template_body")), body);
      assert.equal(hclValue(written, "name", /resource "aws_iot_provisioning_template"/), name || "x");
    }),
    runs,
  );
});

const terraform = spawnSync("terraform", ["version"], { encoding: "utf8" }).status === 0;
test("Terraform itself reads the same, and would lay nothing out otherwise", {
  skip: !terraform && "there is no terraform here: the parser of the other test stands for it",
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "jitp-terraform-"));
  try {
    writeFileSync(join(folder, "rc"), "");
    const env = { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "rc"), CHECKPOINT_DISABLE: "1" };
    const call = (args, input) => execFileSync("terraform", args, { cwd: folder, env, input, encoding: "utf8" });
    const texts = PIECES.filter((text) => text.isWellFormed()).concat(fc.sample(inJson, { numRuns: 40, seed: 9 }));
    const bodies = texts.map((text) => bodyWith(text));
    const whole = bodies.map((body) => jitp.exportTemplate(JSON.stringify(body), "terraform").text);
    for (const named of [{}, { templateName: "meters" }]) {
      writeFileSync(join(folder, "main.tf"), jitp.exportTemplate(sample("provisions.json"), "terraform", named).text);
      assert.equal(call(["fmt", "-check", "-diff"]), "");
    }
    // Only the bodies are compared, because the rest of the files needs the provider.
    const values = whole.map((text, i) => `  v${i} = ${/\n {2}template_body = ([\s\S]*?)\n\}\n\nresource "aws_iot_ca/.exec(text)[1]}\n`);
    writeFileSync(join(folder, "main.tf"), `locals {\n${values.join("")}}\n`);
    const answer = call(["console"], `jsonencode([${values.map((_, i) => `local.v${i}`).join(", ")}])\n`);
    const read = JSON.parse(JSON.parse(answer));
    assert.deepEqual(
      read.map((text) => JSON.parse(text)),
      bodies,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
