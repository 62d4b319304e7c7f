// A template as a script: a shell runs it, whatever strings are in it. And texts that cannot be exported.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import * as jitp from "jitp";
import { option, useShell } from "./shell.mjs";
import { bodyWith, fixture, inJson, MODES, ROLE, runs, sample } from "./texts.mjs";

const { folder, run } = useShell();

test("the script registers the CA with the registration config, in both modes", () => {
  for (const certificateMode of MODES) {
    const { text, fileName, mediaType } = jitp.exportTemplate(sample("no-country.json"), "cli", {
      certificateMode,
      region: "eu-west-1",
      roleArn: ROLE,
    });
    assert.deepEqual([fileName, mediaType], ["register-ca.sh", "application/x-sh"]);
    // The template names a policy, which must exist.
    const { status, commands, changes } = run(text, { EXISTS: "get-policy" });
    assert.equal(status, 0);
    assert.deepEqual(
      changes.map((command) => command.slice(0, 2).join(" ")),
      ["iot create-thing-group", "iam create-role", "iam attach-role-policy", "iot register-ca-certificate"],
    );
    const [, create, attach, register] = changes;
    assert.equal(option(commands[1], "--certificate-id"), jitp.readCertificates(fixture("certificates/ca.pem"))[0].certificateId);
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
  const { changes, status } = run(jitp.exportTemplate(source, "cli").text, { ROLE_EXISTS: ROLE });
  assert.equal(status, 0);
  const verbs = changes.map(([, verb]) => verb);
  assert.deepEqual(verbs.slice(-3), ["attach-role-policy", "create-provisioning-template", "register-ca-certificate"]);
  const { templateBody, ...rest } = JSON.parse(option(changes.at(-2), "--cli-input-json"));
  assert.deepEqual(rest, {
    templateName: "meters",
    type: "JITP",
    enabled: false,
    description: "Größe 'M'",
    tags: [{ Key: "a", Value: "b" }],
    provisioningRoleArn: ROLE,
  });
  assert.deepEqual(JSON.parse(templateBody), JSON.parse(sample("provisions.json")));
  assert.deepEqual(JSON.parse(option(changes.at(-1), "--registration-config")), { templateName: "meters" });
});

test("the script stops if a file is missing, or if the account is another one", () => {
  const { text } = jitp.exportTemplate(sample("no-country.json"), "cli", { roleArn: ROLE });
  const missing = run(text, { CA_CERTIFICATE: "not there.pem" });
  assert.deepEqual([missing.status, missing.changes], [1, []]);
  assert.match(missing.stderr, /There is no not there\.pem/);
  const other = run(text, { ACCOUNT: "210987654321" });
  assert.deepEqual([other.status, other.changes], [1, []]);
  assert.match(other.stderr, /The account is 210987654321, and the template names 123456789012: is this the right account\?/);
  const role = run(text, { ROLE_EXISTS: ROLE.replace("service-role", "other"), EXISTS: "get-policy" });
  assert.equal(role.status, 1);
  assert.match(role.stderr, /The template names another role than arn:aws:iam::123456789012:role\/other\/JITPRole\./);
  assert.ok(!role.changes.some((command) => command.includes("register-ca-certificate")));
});

test("a shell keeps any string as it is", () => {
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
      assert.deepEqual(readdirSync(folder()).sort(), ["bin", "ca.pem", "log", "script.sh", "verification.pem"]);
    }),
    runs,
  );
});

test("the notes say why a text cannot be exported, and misuse throws", () => {
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
  const { changes } = run(fleet.text);
  assert.deepEqual(changes.map(([, verb]) => verb).slice(-3), ["create-role", "attach-role-policy", "create-provisioning-template"]);
  assert.equal(JSON.parse(option(changes.at(-1), "--cli-input-json")).type, "FLEET_PROVISIONING");
  const named = jitp.exportTemplate('{"templateName": "meters"}', "cli");
  assert.match(named.notes[0], /must exist in the account/);
  const absent = run(named.text);
  assert.deepEqual([absent.status, absent.changes], [1, []]);
  assert.match(absent.stderr, /There is no provisioning template meters/);
  assert.deepEqual(
    run(named.text, { EXISTS: "describe-provisioning-template" }).changes.map(([, verb]) => verb),
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
  const body = fixture("templates/ok-everything.json");
  for (const [region, partition] of Object.entries(partitions)) {
    assert.equal(jitp.regionPartition(region), partition, region);
    const { text } = jitp.exportTemplate(body, "cli", { region });
    assert.ok(text.includes(`arn:${partition}:iam::aws:policy/`), `${region}: ${text}`);
  }
  for (const other of ["", "moon-1", "moon-east-1", "us-gov", "eu-west-1 ", "EU-WEST-1", "eu-west-1a", "xeu-west-1"])
    assert.equal(jitp.regionPartition(other), undefined, other);
});
