// `jitp account`: what texts say of an account, and the script that asks for it, run by a shell with a fake AWS CLI.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readCertificates } from "jitp";
import { inSession } from "./session.mjs";

const FILES = { "device.pem": "certificates/full.pem", "records.json": "account/records.json", "wrong.json": "account/JITP162-word.json" };

/** Answers as AWS does, for one thing in one group; all else is not found. `--query` prints what the script asks for. */
const AWS = String.raw`#!/bin/sh
printf '%s\n' "$*" >> "$CALLS"
ARN=arn:aws:iot:eu-west-1:123456789012
case "$2 $*" in
  "describe-thing-group "*query*) echo "$ARN:thinggroup/it's" ;;
  "describe-thing-group "*) echo '{"thingGroupName": "it'"'"'s", "thingGroupArn": "'$ARN':thinggroup/g", "thingGroupMetadata": {}}' ;;
  "list-attached-policies "*query*) echo rights ;;
  "list-attached-policies "*) echo '{"policies": [{"policyName": "rights", "policyArn": "'$ARN':policy/rights"}]}' ;;
  "get-policy "*rights*) echo '{"policyName": "rights", "policyDocument": "{}"}' ;;
  "describe-thing "*) echo '{"thingName": "sensor-0001", "attributes": {}}' ;;
  "list-thing-groups-for-thing "*query*) echo None ;;
  "list-thing-groups-for-thing "*) echo '{"thingGroups": []}' ;;
  "list-thing-principals-v2 "*) echo '{"thingPrincipalObjects": []}' ;;
  "describe-billing-group "*) echo 'An error occurred (UnauthorizedException) when calling "x"' >&2; exit 254 ;;
  *) echo 'An error occurred (ResourceNotFoundException) when calling the operation: "not found"' >&2; exit 254 ;;
esac`;

const TEMPLATE = {
  Parameters: { "AWS::IoT::Certificate::CommonName": { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } },
  Resources: {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: {
        ThingName: { Ref: "AWS::IoT::Certificate::CommonName" },
        ThingTypeName: "bulb",
        ThingGroups: ["attic"],
        BillingGroup: "home",
      },
    },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" } },
    policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "named" } },
  },
};

test("prints the account in jitp's own form, which it reads again", () =>
  inSession(FILES, async (session) => {
    const { code, stdout: out } = await session.run(["account", "records.json"]);
    assert.equal(code, 0);
    session.write("own.json", out);
    assert.equal((await session.run(["account", "own.json"])).stdout, out);
    const { jitp: _, ...output } = JSON.parse((await session.run(["account", "records.json", "--format", "json"])).stdout);
    assert.deepEqual(output.account, JSON.parse(out));
  }));

test("a wrong value is a finding with its place, and exit code 1", () =>
  inSession(FILES, async (session) => {
    const { code, stderr: err } = await session.run(["account", "wrong.json"]);
    assert.equal(code, 1);
    assert.match(err, /error\[JITP162\].*\n.*wrong\.json:/);
  }));

test("the script asks for what a plan needs, and jitp reads what it prints", () =>
  inSession(FILES, async (session) => {
    session.write("template.json", JSON.stringify(TEMPLATE));
    const { code, stdout: script } = await session.run(["account", "--script", "template.json", "device.pem"]);
    assert.equal(code, 0);
    mkdirSync(join(session.folder, "bin"));
    session.write("bin/aws", AWS);
    chmodSync(join(session.folder, "bin/aws"), 0o755);
    const calls = join(session.folder, "calls");
    const env = { ...process.env, CALLS: calls, PATH: `${join(session.folder, "bin")}:${process.env.PATH}` };
    const run = spawnSync("sh", ["-c", script], { encoding: "utf8", env });
    assert.equal(run.stderr, "");
    session.write("account.json", run.stdout);
    const read = await session.run(["account", "account.json"]);
    const account = JSON.parse(read.stdout);
    assert.equal(account.things["sensor-0001"].attributes !== undefined, true);
    assert.deepEqual(account.things["sensor-0001"].thingGroups, []);
    assert.deepEqual(account.policies, { named: null, rights: { policyDocument: "{}" } });
    assert.deepEqual(account.thingTypes, { bulb: null });
    assert.equal(account.billingGroups, undefined, "what was not answered is not known");
    assert.match(read.stderr, /JITP168/);
    assert.equal(Object.values(account.certificates)[0], null);
    const called = new Set(
      session
        .read("calls")
        .split("\n")
        .map((line) => line.split(" ")[1]),
    );
    assert.ok(
      [...called].every((action) => action === undefined || /^(describe|list|get)-/.test(action)),
      [...called].join(),
    );
  }));

test("the script asks for the CA that --ca names, and for the one in the template's text", () =>
  inSession({ ...FILES, "ca.pem": "certificates/ca.pem" }, async (session) => {
    const asked = async (...words) => {
      const { code, stdout } = await session.run(["account", "--script", "template.json", "device.pem", ...words]);
      assert.equal(code, 0);
      return stdout.split("\n").filter((line) => line.startsWith("record describe-ca-certificate"));
    };
    session.write("template.json", JSON.stringify(TEMPLATE));
    const [{ certificateId: id }] = readCertificates(session.read("ca.pem"));
    const line = `record describe-ca-certificate '{"certificateId":"${id}"}'`;
    assert.deepEqual(await asked(), []);
    assert.deepEqual(await asked("--ca", "ca.pem"), [line]);
    const certificateDescription = { certificateId: id, certificatePem: session.read("ca.pem"), status: "ACTIVE" };
    const registrationConfig = { templateBody: JSON.stringify(TEMPLATE) };
    session.write("template.json", JSON.stringify({ certificateDescription, registrationConfig }));
    assert.deepEqual(await asked(), [line]);
    assert.equal((await session.run(["account", "records.json", "--ca", "ca.pem"])).code, 2);
    assert.equal((await session.run(["account", "--script", "template.json", "--flow", "fleet", "--ca", "ca.pem"])).code, 2);
  }));

test("a name cannot leave its quotes in the script", () =>
  inSession(FILES, async (session) => {
    const evil = "'; touch pwned; $(touch pwned) `touch pwned` \"";
    const resources = structuredClone(TEMPLATE);
    resources.Resources.thing.Properties.ThingTypeName = evil;
    resources.Resources.thing.Properties.ThingGroups = [evil];
    session.write("template.json", JSON.stringify(resources));
    const { stdout: script } = await session.run(["account", "--script", "template.json", "device.pem"]);
    assert.match(script, /touch pwned/);
    mkdirSync(join(session.folder, "bin"));
    session.write("bin/aws", "#!/bin/sh\necho '{}'");
    chmodSync(join(session.folder, "bin/aws"), 0o755);
    spawnSync("sh", ["-c", script], { cwd: session.folder, env: { PATH: `${join(session.folder, "bin")}:${process.env.PATH}` } });
    assert.equal(session.has("pwned"), false);
  }));
