// What people take away: a template as script, CloudFormation or Terraform, a plan as text, Markdown or picture. Each is read again by
// what it is for: the shell, a reader of YAML, Terraform where there is one, a renderer of Markdown; whatever strings go in.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { marked } from "marked";
import { parse } from "yaml";
import * as jitp from "jitp";
import { hclValue } from "./hcl.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const fixture = (name) => readFileSync(join(root, "tests/fixtures", name), "utf8");
const sample = (name) => readFileSync(join(root, "www/samples", name), "utf8");
const MODES = ["DEFAULT", "SNI_ONLY"];
const ROLE = "arn:aws:iam::123456789012:role/service-role/JITPRole";

/** What people, and those who mean them harm, put into strings. */
const PIECES = [
  "'",
  '"',
  "`touch pwned`",
  "$(touch pwned)",
  "${iot:Connection.Thing.ThingName}",
  "$${x}",
  "%{if true}",
  "%%{",
  "\\",
  "\\n",
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\u001b[31m",
  "\u202e",
  "\u2028",
  "\u0085",
  "\ufeff",
  "\ud800",
  "é",
  "😀",
  "JSON",
  "EOT",
  " ",
  "  ",
  "|",
  "\\|",
  "#",
  "# ",
  ": ",
  "- ",
  "---",
  "*",
  "_",
  "~~",
  "<b>",
  "<script>alert(1)</script>",
  "</text></svg>",
  "]]>",
  "<!--",
  "-->",
  "&amp;",
  "@here",
  "[x](https://example.com)",
  "https://example.com",
  "www.example.com",
  "![i](x)",
  "{{resolve:ssm:x}}",
  "!Ref x",
  "*/",
  ";",
  "&&",
  "|-",
  "=cmd",
  ";=cmd",
  "\u200b",
  "\u3164",
  "a".repeat(50),
];
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "grapheme", maxLength: 4 })), { maxLength: 6 })
  .map((pieces) => pieces.join(""));
/** The same for a template: with half a surrogate pair, or U+FFFD, a text counts as not UTF-8, and is not exported. */
const inJson = nasty.map((text) => text.toWellFormed().replaceAll("\ufffd", "?"));
const runs = { numRuns: 60, seed: 417 };

/** A template body with a string of the reader's choice wherever one may stand. */
const bodyWith = (text) => ({
  Parameters: { "AWS::IoT::Certificate::Id": { Type: "String" }, "AWS::IoT::Certificate::CommonName": { Type: "String", Default: text } },
  Resources: {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: {
        ThingName: { Ref: "AWS::IoT::Certificate::CommonName" },
        ThingGroups: [text],
        AttributePayload: { text, [`key${text}`]: "x" },
      },
    },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" } },
    policy: {
      Type: "AWS::IoT::Policy",
      Properties: {
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "iot:Connect", Resource: `arn:${text}` }],
        }),
      },
    },
  },
});

let work;
before(() => {
  work = mkdtempSync(join(tmpdir(), "jitp-export-"));
  mkdirSync(join(work, "bin"));
  // Notes its arguments, and answers as the account would that has no role yet.
  const aws = `#!/bin/sh
printf '%s\\0' "$#" "$@" >> "$AWS_LOG"
case "$1 $2" in
  "iam get-role") [ -n "\${ROLE_EXISTS:-}" ] && echo "$ROLE_EXISTS" || { echo "NoSuchEntity" >&2; exit 254; } ;;
  "iam create-role") echo "\${ROLE_MADE:-${ROLE}}" ;;
esac
`;
  writeFileSync(join(work, "bin/aws"), aws, { mode: 0o755 });
  writeFileSync(join(work, "bin/sleep"), "#!/bin/sh\n", { mode: 0o755 });
  for (const name of ["ca.pem", "verification.pem"]) writeFileSync(join(work, name), name);
});
after(() => rmSync(work, { recursive: true, force: true }));

/** Runs a script beside a fake AWS CLI, and gives the commands that reached it. */
function run(script, env = {}) {
  const log = join(work, "log");
  writeFileSync(log, "");
  writeFileSync(join(work, "script.sh"), script);
  execFileSync("sh", ["-n", "script.sh"], { cwd: work });
  const { status, stderr } = spawnSync("sh", ["script.sh"], {
    cwd: work,
    encoding: "utf8",
    env: { PATH: `${work}/bin:${process.env.PATH}`, AWS_LOG: log, ...env },
  });
  const words = readFileSync(log, "utf8").split("\0");
  const commands = [];
  for (let at = 0; at < words.length - 1; ) {
    const count = Number(words[at]);
    commands.push(words.slice(at + 1, at + 1 + count));
    at += 1 + count;
  }
  return { status, stderr, commands };
}

/** The value of an option of a command. */
const option = (command, name) => command[command.indexOf(name) + 1];
const CFN_TAGS = ["!Ref", "!Sub", "!GetAtt"]
  .map((tag) => ({ tag, resolve: (value) => ({ [tag]: value }) }))
  .concat(["!If", "!Equals"].map((tag) => ({ tag, collection: "seq", resolve: (seq) => ({ [tag]: seq.toJSON() }) })));
const yaml = (text) => parse(text, { customTags: CFN_TAGS });

test("the script registers the CA with the registration config, in both modes", () => {
  for (const certificateMode of MODES) {
    const { text, fileName, mediaType } = jitp.exportTemplate(sample("no-country.json"), "cli", {
      certificateMode,
      region: "eu-west-1",
      roleArn: ROLE,
    });
    assert.deepEqual([fileName, mediaType], ["register-ca.sh", "application/x-sh"]);
    const { status, commands } = run(text);
    assert.equal(status, 0);
    assert.deepEqual(
      commands.map((command) => command.slice(0, 2).join(" ")),
      ["iam get-role", "iam create-role", "iam attach-role-policy", "iot register-ca-certificate"],
    );
    const [, create, attach, register] = commands;
    assert.equal(option(create, "--path"), "/service-role/");
    assert.equal(option(create, "--role-name"), "JITPRole");
    assert.deepEqual(JSON.parse(option(create, "--assume-role-policy-document")).Statement, [
      { Effect: "Allow", Principal: { Service: "iot.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    assert.equal(option(attach, "--policy-arn"), "arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration");
    assert.equal(option(register, "--ca-certificate"), "file://ca.pem");
    assert.ok(register.includes("--set-as-active") && register.includes("--allow-auto-registration"));
    assert.equal(register.includes("--verification-certificate"), certificateMode === "DEFAULT");
    assert.equal(register.includes("SNI_ONLY"), certificateMode === "SNI_ONLY");
    const config = JSON.parse(option(register, "--registration-config"));
    assert.equal(config.roleArn, ROLE);
    assert.deepEqual(JSON.parse(config.templateBody), JSON.parse(JSON.parse(sample("no-country.json")).templateBody));
  }
});

test("with a name the script creates the template, and the CA refers to it", () => {
  const source = JSON.stringify({
    templateName: "meters",
    templateBody: sample("provisions.json"),
    provisioningRoleArn: ROLE,
    description: "Größe 'M'",
    type: "JITP",
    enabled: false,
    tags: [{ Key: "a", Value: "b" }],
  });
  const { commands, status } = run(jitp.exportTemplate(source, "cli").text, { ROLE_EXISTS: ROLE });
  assert.equal(status, 0);
  assert.deepEqual(
    commands.map(([, verb]) => verb),
    ["get-role", "attach-role-policy", "create-provisioning-template", "register-ca-certificate"],
  );
  const { templateBody, ...rest } = JSON.parse(option(commands[2], "--cli-input-json"));
  assert.deepEqual(rest, {
    templateName: "meters",
    type: "JITP",
    enabled: false,
    description: "Größe 'M'",
    tags: [{ Key: "a", Value: "b" }],
    provisioningRoleArn: ROLE,
  });
  assert.deepEqual(JSON.parse(templateBody), JSON.parse(sample("provisions.json")));
  assert.deepEqual(JSON.parse(option(commands[3], "--registration-config")), { templateName: "meters" });
});

test("the script stops where a file is missing, or where the account is another one", () => {
  const { text } = jitp.exportTemplate(sample("no-country.json"), "cli", { roleArn: ROLE });
  const missing = run(text, { CA_CERTIFICATE: "not there.pem" });
  assert.deepEqual([missing.status, missing.commands], [1, []]);
  assert.match(missing.stderr, /There is no not there\.pem/);
  const other = run(text, { ROLE_MADE: ROLE.replace("123456789012", "210987654321") });
  assert.equal(other.status, 1);
  assert.match(other.stderr, /is this the right account\?/);
  assert.ok(!other.commands.some((command) => command.includes("register-ca-certificate")));
});

test("a shell takes any string as it is", () => {
  fc.assert(
    fc.property(inJson, inJson, inJson, (text, name, region) => {
      const body = bodyWith(text);
      const source = JSON.stringify({
        templateName: name || "x",
        templateBody: JSON.stringify(body),
        provisioningRoleArn: text,
        description: name,
        tags: [{ Key: name, Value: text }],
      });
      const { commands, status } = run(jitp.exportTemplate(source, "cli", { region }).text);
      assert.equal(status, 0);
      const request = JSON.parse(
        option(
          commands.find(([, verb]) => verb === "create-provisioning-template"),
          "--cli-input-json",
        ),
      );
      assert.deepEqual(JSON.parse(request.templateBody), body);
      assert.equal(request.templateName, name || "x");
      assert.equal(request.provisioningRoleArn, ROLE);
      assert.deepEqual(readdirSync(work).sort(), ["bin", "ca.pem", "log", "script.sh", "verification.pem"]);
    }),
    runs,
  );
});

test("CloudFormation gets the resources that it documents, and the policy's variables stay literal", () => {
  const source = sample("provisions.json");
  for (const certificateMode of MODES) {
    const { text } = jitp.exportTemplate(source, "cloudformation", { certificateMode, roleArn: ROLE });
    const { Resources, Parameters, Conditions } = yaml(text);
    const isDefault = certificateMode === "DEFAULT";
    assert.deepEqual(Object.keys(Parameters), [
      "CACertificatePem",
      ...(isDefault ? ["VerificationCertificatePem"] : []),
      "ProvisioningRoleArn",
    ]);
    assert.equal(Parameters.ProvisioningRoleArn.Default, ROLE);
    assert.deepEqual(Conditions, { MakesRole: { "!Equals": [{ "!Ref": "ProvisioningRoleArn" }, ""] } });
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
  assert.deepEqual(Object.keys(named), ["ProvisioningRole", "ProvisioningTemplate", "CACertificate"]);
  const { TemplateBody, ProvisioningRoleArn, ...rest } = named.ProvisioningTemplate.Properties;
  assert.deepEqual(rest, { TemplateName: "meters", TemplateType: "JITP", Enabled: true });
  assert.deepEqual(named.CACertificate.Properties.RegistrationConfig, { TemplateName: { "!Ref": "ProvisioningTemplate" } });
});

const linter = spawnSync("cfn-lint", ["--version"]).status === 0;
test("CloudFormation's linter finds nothing", {
  skip: !linter && "there is no cfn-lint here: the test before says what it would see",
}, () => {
  for (const certificateMode of MODES) {
    for (const named of [{}, { templateName: "meters" }]) {
      const file = join(work, "template.yaml");
      writeFileSync(file, jitp.exportTemplate(sample("provisions.json"), "cloudformation", { certificateMode, ...named }).text);
      const { stdout, status } = spawnSync("cfn-lint", [file], { encoding: "utf8" });
      rmSync(file);
      assert.deepEqual([stdout, status], ["", 0]);
    }
  }
});

test("YAML takes any string as it is", () => {
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
    }),
    runs,
  );
});

test("Terraform gets the resources of its provider, laid out as it would", () => {
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

test("HCL takes any string as it is", () => {
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
  skip: !terraform && "there is no terraform here: the reader of the other test stands for it",
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
    // The bodies alone: what else the files say needs the provider.
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

test("what cannot be exported says why, and misuse throws", () => {
  for (const source of ["", "{", "nonsense", '{"a": 1}', "[".repeat(1000)]) {
    for (const to of ["cli", "cloudformation", "terraform"]) {
      const { text, notes } = jitp.exportTemplate(source, to);
      assert.equal(text, "", source);
      assert.match(notes[0], /cannot be read/);
    }
  }
  assert.match(jitp.exportTemplate("{}", "cli", { flow: "register-thing" }).notes[0], /nothing to set up/);
  assert.match(jitp.exportTemplate(fixture("templates/ok-fleet+fleet.json"), "cli", { flow: "fleet" }).notes.join(" "), /needs a name/);
  const fleet = jitp.exportTemplate(fixture("templates/ok-fleet+fleet.json"), "cli", { flow: "fleet", templateName: "lamps" });
  assert.equal(fleet.fileName, "create-template.sh");
  const { commands } = run(fleet.text);
  assert.deepEqual(
    commands.map(([, verb]) => verb),
    ["get-role", "create-role", "attach-role-policy", "create-provisioning-template"],
  );
  assert.equal(JSON.parse(option(commands[3], "--cli-input-json")).type, "FLEET_PROVISIONING");
  const named = jitp.exportTemplate('{"templateName": "meters"}', "cli");
  assert.match(named.notes[0], /has to exist in the account/);
  assert.deepEqual(
    run(named.text).commands.map(([, verb]) => verb),
    ["register-ca-certificate"],
  );
  assert.match(jitp.exportTemplate(sample("empty-policy.json"), "terraform").notes[0], /has an error: see JITP062/);
  for (const call of [
    () => jitp.exportTemplate("{}", "pulumi"),
    () => jitp.exportTemplate("{}", "toString"),
    () => jitp.exportTemplate(1, "cli"),
    () => jitp.exportTemplate("{}", "cli", { certificateMode: "BOTH" }),
    () => jitp.exportTemplate("{}", "cli", { mode: "DEFAULT" }),
    () => jitp.exportTemplate("{}", "cli", { region: 1 }),
  ])
    assert.throws(call, TypeError);
});

/** A plan of a certificate that is not what it says, with a string of the reader's choice in it wherever one may stand. */
function planWith(text) {
  const plan = jitp.dryRun(JSON.stringify(bodyWith(text)), sample("water-meter.pem"), { region: "eu-west-1" });
  plan.certificate.subject.find(({ oid }) => oid === "2.5.4.3").value = text;
  for (const parameter of plan.parameters) if (parameter.value !== undefined) parameter.value = text;
  return {
    ...plan,
    issuer: { signature: "verified", reason: text, ca: text },
    thing: { ...plan.thing, name: text, typeName: text, groups: [text, text], billingGroup: text },
    summary: `The thing ${text}`,
  };
}

test("a plan in text reads like Terraform's, and nothing in it moves a terminal", () => {
  const fails = jitp.dryRun(sample("no-country.json"), sample("cold-chain-sensor.pem"));
  const text = jitp.planText(fails);
  assert.match(text, /^Fails at step 2: /);
  assert.match(text, /\n {2}\+ 1\. Register the certificate\n/);
  assert.match(text, /\n {2}✗ 2\. Create the thing\n[^\n]*\n {6}✗ JITP100: /);
  assert.match(text, /\n {2}= thing group cold-chain\n/);
  assert.match(text, /\n {2}✗ Country has no value\n/);
  assert.match(text, /\nPlan: stops at step 2; 1 done, 4 never reached\.\n$/);
  const provisions = jitp.planText(jitp.dryRun(sample("provisions.json"), sample("water-meter.pem")));
  assert.match(provisions, /\n {2}~ 6\. Set the certificate's status\n/);
  assert.match(provisions, /\nPlan: 5 to create, 1 to change, 3 to exist already\.\n$/);
  const rejected = jitp.planText(jitp.dryRun(sample("empty-policy.json"), sample("gateway.pem")));
  assert.match(rejected, /\nPlan: nothing happens\. AWS has been seen to refuse this template when it is attached\.\n$/);
  fc.assert(
    fc.property(nasty, (text) => {
      for (const { text: line, reason = "" } of jitp.planLines(planWith(text)))
        assert.doesNotMatch(
          line + reason,
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\u3164]|\u{e0041}/u,
        );
    }),
    runs,
  );
});

test("a plan in Markdown keeps its shape whatever stands in it", () => {
  const shape = (html) =>
    html
      .match(/<\/?[a-z][^>]*>|<!--.*?-->/g)
      .filter((tag) => tag !== "<!-- -->")
      .map((tag) => tag.replace(/ .*/, ">"));
  const allowed = /^<\/?(h2|h3|p|ul|li|table|thead|tbody|tr|th|td|code|pre|strong)>$/;
  fc.assert(
    fc.property(nasty, (text) => {
      const tags = shape(marked.parse(jitp.planMarkdown(planWith(text)), { gfm: true }));
      assert.deepEqual(
        tags.filter((tag) => !allowed.test(tag)),
        [],
      );
      assert.equal(tags.filter((tag) => tag === "<tr>").length, 1 + planWith(text).parameters.length + 7);
    }),
    { ...runs, numRuns: 150 },
  );
  const html = marked.parse(jitp.planMarkdown(jitp.dryRun(sample("no-country.json"), sample("cold-chain-sensor.pem"))));
  assert.match(html, /<h2>Fails at step 2<\/h2>/);
  assert.match(html, /<td><code>Country<\/code><\/td>\s*<td><strong>no value<\/strong><\/td>/);
});

/** Reads CSV as RFC 4180 says. */
function csv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

test("a fleet as CSV holds no formula, and as NDJSON an object a line", () => {
  const template = new jitp.Template(sample("no-country.json"));
  const { rows } = template.dryRunFleet(sample("cold-chain-sensor.pem") + sample("water-meter.pem"));
  template.free();
  const [head, first, second] = csv(jitp.fleetCsv(rows));
  assert.deepEqual(head, [
    "entry",
    "file",
    "certificate",
    "certificateId",
    "verdict",
    "thingName",
    "stoppedAt",
    "codes",
    "cause",
    "basis",
    "duplicateOf",
    "sameThingAs",
  ]);
  assert.deepEqual([first[0], first[4], first[5], first[6], first[7]], ["1", "fails", "sensor-0071", "2", "JITP100"]);
  assert.deepEqual([second[0], second[4], second[6]], ["2", "provisions", ""]);
  assert.deepEqual(
    jitp
      .fleetNdjson(rows)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
    rows,
  );
  assert.deepEqual(
    csv(jitp.fleetCsv([{ ...rows[0], thingName: "=HYPERLINK(1)", file: " +1", certificate: "\t@x", cause: 'plain, "quoted"' }]))[1].slice(
      1,
      9,
    ),
    ["' +1", "<U+0009>@x", rows[0].certificateId, "fails", "'=HYPERLINK(1)", "2", "JITP100", 'plain, "quoted"'],
  );
  fc.assert(
    fc.property(nasty, (text) => {
      const [, row, ...more] = csv(jitp.fleetCsv([{ ...rows[0], thingName: text, file: text, certificate: text, cause: text }]));
      assert.deepEqual([row.length, more], [12, []]);
      for (const cell of row) assert.doesNotMatch(cell, /(^|;)\s*[=+\-@]|[\r\n\t]/);
      const [line, ...rest] = jitp.fleetNdjson([{ ...rows[0], cause: text }]).split("\n");
      assert.deepEqual([JSON.parse(line).cause, rest], [text, [""]]);
    }),
    runs,
  );
});

test("the picture is well-formed whatever stands in it, and says the same in words", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const svg = jitp.planSvg(planWith(text));
      const open = [];
      const rest = svg.replace(
        /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<>&]*(?:&#\d+;[^"<>&]*)*")*)(\/?)>/g,
        (_, closes, tag, _attributes, empty) => {
          assert.ok(["svg", "title", "desc", "rect", "path", "circle", "g", "text"].includes(tag), tag);
          if (closes) assert.equal(open.pop(), tag);
          else if (!empty) open.push(tag);
          return "";
        },
      );
      assert.deepEqual(open, []);
      assert.doesNotMatch(rest, /[<>]|&(?!#\d+;)/);
      assert.doesNotMatch(rest, /[\u0000-\u0009\u000b-\u001f]/);
    }),
    runs,
  );
  const fails = jitp.dryRun(sample("no-country.json"), sample("cold-chain-sensor.pem"));
  assert.deepEqual(jitp.pictureSentences(fails), [
    "The certificate sensor-0071 ends up PENDING_ACTIVATION.",
    "The thing sensor-0071 cannot be made.",
    "The certificate sensor-0071 is never attached to it (step 5).",
    "The thing would be put into the thing group cold-chain.",
    "The policy ColdChainSensor has to exist; it is never attached to the certificate (step 4).",
    "The plan stops at step 2: Create the thing.",
  ]);
  const picture = jitp.planPicture(fails, { standalone: false, idPrefix: "here" });
  assert.equal(picture.attributes["aria-labelledby"], "here-title");
  assert.match(JSON.stringify(picture), /var\(--picture-bad, #b42318\)/);
  assert.doesNotMatch(jitp.planSvg(fails), /var\(/);
  // A CA that was given stands above, with whether it signed the certificate.
  const issuer = { signature: "not-verified", reason: "The signature was not made with the CA's key.", ca: "CN=Other CA" };
  const [top] = JSON.stringify(jitp.planPicture({ ...fails, issuer })).matchAll(/"data-part":"(\w+)"/g);
  assert.equal(top[1], "ca");
  assert.equal(jitp.pictureSentences({ ...fails, issuer })[1], "The CA CN=Other CA did not sign it.");
  assert.match(jitp.planText({ ...fails, issuer }), /\n {2}✗ The CA CN=Other CA did not sign it\.\n {6}The signature was not made/);
  assert.match(jitp.planMarkdown({ ...fails, issuer }), /\n- The CA CN=Other CA did not sign it\. The signature/);
  // Every resource of every template of the corpus of fixtures can be drawn.
  for (const name of readdirSync(join(root, "tests/fixtures/templates"))) {
    const plan = jitp.dryRun(fixture(`templates/${name}`), fixture("certificates/full.pem"));
    assert.match(jitp.planSvg(plan), /^<svg [^]*<\/svg>\n$/);
    assert.ok(jitp.planText(plan).length > 100 && jitp.planMarkdown(plan).startsWith("## "));
  }
});

test("the partition of the Region is that of the ARNs, for every partition", () => {
  const partitions = {
    "eu-west-1": "aws",
    "mx-central-1": "aws",
    "cn-north-1": "aws-cn",
    "us-gov-east-1": "aws-us-gov",
    "us-iso-east-1": "aws-iso",
    "us-isob-east-1": "aws-iso-b",
    "eu-isoe-west-1": "aws-iso-e",
    "us-isof-south-1": "aws-iso-f",
    "eusc-de-east-1": "aws-eusc",
  };
  const body = readFileSync(new URL("fixtures/templates/ok-everything.json", import.meta.url), "utf8");
  for (const [region, partition] of Object.entries(partitions)) {
    assert.equal(jitp.regionPartition(region), partition, region);
    const { text } = jitp.exportTemplate(body, "cli", { region });
    assert.ok(text.includes(`arn:${partition}:iam::aws:policy/`), `${region}: ${text}`);
  }
  for (const other of ["", "moon-1", "moon-east-1", "us-gov", "eu-west-1 ", "EU-WEST-1", "eu-west-1a", "xeu-west-1"])
    assert.equal(jitp.regionPartition(other), undefined, other);
});
