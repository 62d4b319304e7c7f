// What must exist before the first device connects: the exports create it, and a script that runs again changes nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import * as jitp from "jitp";
import { option, useShell } from "./shell.mjs";
import { inJson, ROLE, runs } from "./texts.mjs";

const { run } = useShell();
const REF = (name) => ({ Ref: `AWS::IoT::Certificate::${name}` });

/** A template that needs all kinds. */
const needy = ({ groups = ["lamps", REF("Country")], policies = ["lampPolicy"], billing = REF("Organization") } = {}) =>
  JSON.stringify({
    Parameters: Object.fromEntries(["CommonName", "Country", "Organization", "Id"].map((name) => [REF(name).Ref, { Type: "String" }])),
    Resources: {
      thing: {
        Type: "AWS::IoT::Thing",
        Properties: { ThingName: REF("CommonName"), ThingTypeName: "bulb", ThingGroups: groups, BillingGroup: billing },
      },
      certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: REF("Id"), Status: "ACTIVE" } },
      ...Object.fromEntries(policies.map((name, i) => [`policy${i}`, { Type: "AWS::IoT::Policy", Properties: { PolicyName: name } }])),
    },
  });
const DOCUMENT = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:Connect", Resource: "*" }] };
const DEVICES = [{ subject: "/C=DE/O=plant-1/CN=a" }, { subject: "/C=FR/O=plant-1/CN=b" }, { subject: "/C=DE/O=plant-1/CN=c" }];
const GIVEN = { certificates: DEVICES, policies: { lampPolicy: DOCUMENT } };
const requests = (changes, verb) =>
  changes.filter(([, name]) => name === verb).map((command) => JSON.parse(option(command, "--cli-input-json")));

test("the script creates what the plans of the devices need, before it registers the CA", () => {
  const source = needy();
  const { text, notes } = jitp.exportTemplate(source, "cli", GIVEN);
  const { status, stdout, changes } = run(text);
  assert.equal(status, 0);
  const created = new Set([
    ...requests(changes, "create-thing-type").map(({ thingTypeName }) => `thing-type ${thingTypeName}`),
    ...requests(changes, "create-thing-group").map(({ thingGroupName }) => `thing-group ${thingGroupName}`),
    ...requests(changes, "create-billing-group").map(({ billingGroupName }) => `billing-group ${billingGroupName}`),
    ...requests(changes, "create-policy").map(({ policyName }) => `policy ${policyName}`),
  ]);
  const needed = DEVICES.flatMap((device) => jitp.dryRun(source, device).preconditions.map(({ kind, name }) => `${kind} ${name}`));
  assert.deepEqual(created, new Set(needed));
  assert.deepEqual(JSON.parse(requests(changes, "create-policy")[0].policyDocument), DOCUMENT);
  assert.deepEqual(changes.at(-1).slice(0, 2), ["iot", "register-ca-certificate"]);
  assert.match(stdout, /^\+ thing type bulb\n\+ thing group lamps\n\+ thing group DE\n\+ thing group FR\n\+ billing group plant-1\n/);
  assert.match(stdout, /\nChanges: 9\.\n$/);
  assert.match(text, /^thing_group lamps .* # needed by every device$/m);
  assert.match(text, /^thing_group DE .* # needed by 2 of 3 given certificates$/m);
  assert.deepEqual(notes.slice(0, 1), [
    "These must exist, and are created if they are absent: thing type bulb, thing group lamps, thing group DE, thing group FR, billing group plant-1, policy lampPolicy.",
  ]);
});

test("a script that runs again says what exists, and changes nothing", () => {
  const { text } = jitp.exportTemplate(needy(), "cli", { ...GIVEN, templateName: "lamps" });
  const EXISTS =
    "describe-thing-type describe-thing-group describe-billing-group get-policy describe-provisioning-template describe-ca-certificate";
  const there = { EXISTS, ROLE_EXISTS: ROLE, ATTACHED: "AWSIoTThingsRegistration" };
  const again = run(text, there);
  assert.deepEqual([again.status, again.changes], [0, []]);
  assert.match(again.stdout, /^(= .*\n)+Everything exists already\. Nothing was changed\.\n$/);
  assert.match(again.stdout, /^= CA [0-9a-f]{64}, registered already$/m);
  // A registered CA needs no proof of its key.
  assert.equal(run(text, { ...there, VERIFICATION_CERTIFICATE: "not there.pem" }).status, 0);
  assert.deepEqual(run(text, { ...there, EXISTS: "describe-thing-type", VERIFICATION_CERTIFICATE: "not there.pem" }).changes, []);
  // What differs is updated, and nothing else.
  const updates = (differs) => run(text, { ...there, DIFFERS: differs }).changes.map(([, verb]) => verb);
  assert.deepEqual(updates("templateBody"), ["create-provisioning-template-version", "update-ca-certificate"]);
  assert.deepEqual(updates("enabled"), ["update-provisioning-template", "update-ca-certificate"]);
  assert.deepEqual(updates("templateBody, enabled"), [
    "create-provisioning-template-version",
    "update-provisioning-template",
    "update-ca-certificate",
  ]);
  const differs = run(text, { ...there, DIFFERS: "status" });
  assert.match(differs.stdout, /^~ CA [0-9a-f]{64}, registered already: status$/m);
  // A policy of the account is never replaced.
  const other = run(text, { ...there, SAME: "False" });
  assert.deepEqual(other.changes, []);
  assert.match(other.stdout, /^= policy lampPolicy\. Its document differs from the given one, and is not changed$/m);
});

test("the script stops before it changes anything if a device cannot work", () => {
  const { text } = jitp.exportTemplate(needy(), "cli", { certificates: DEVICES });
  const stops = (env, message) => {
    const { status, stderr, changes } = run(text, env);
    assert.deepEqual([status, changes], [1, []]);
    assert.match(stderr, message);
  };
  stops({}, /There is no policy lampPolicy, and this script has no document/);
  const EXISTS = "get-policy describe-thing-type describe-thing-group describe-ca-certificate";
  stops({ EXISTS, DEPRECATED: "True" }, /The thing type bulb is deprecated/);
  stops({ EXISTS, DYNAMIC: "a:b" }, /The thing group lamps is dynamic/);
  stops({ EXISTS: "", REFUSED: "get-policy" }, /UnauthorizedException/);
  stops({ EXISTS, MODE: "SNI_ONLY" }, /is registered in the mode SNI_ONLY\. It must be DEFAULT/);
});

test("without certificates the names that depend on them are not guessed, and a note says so", () => {
  for (const [source, depends] of [
    [needy(), true],
    [needy({ groups: ["lamps", REF("Id")], billing: "plant" }), true],
    [needy({ groups: ["lamps"], billing: "plant" }), false],
  ]) {
    const { text, notes } = jitp.exportTemplate(source, "cli");
    assert.equal(
      notes.some((note) => note.startsWith("What else must exist depends on the certificate")),
      depends,
    );
    assert.deepEqual(
      [...text.matchAll(/^thing_group ([^ ]+)/gm)].map(([, name]) => name),
      ["lamps"],
    );
  }
  const unused = jitp.exportTemplate(needy(), "cli", { policies: { lamppolicy: DOCUMENT } });
  assert.ok(unused.notes.includes('The template does not name the policy "lamppolicy".'));
  assert.ok(unused.notes.includes("These must exist, and the template has no document to create them: policy lampPolicy."));
  const stopped = jitp.exportTemplate(needy(), "cli", { certificates: [...DEVICES, { subject: "/CN=d" }] });
  assert.ok(stopped.notes.includes("The template does not provision 1 of 4 devices: see the plan."));
  for (const certificates of [1, [null], [[]]]) assert.throws(() => jitp.exportTemplate(needy(), "cli", { certificates }), TypeError);
  assert.throws(() => jitp.exportTemplate(needy(), "cli", { policies: [] }), /options\.policies/);
  assert.match(jitp.exportTemplate(needy(), "cli", { certificates: "x" }).notes.join(" "), /There is no certificate in/);
});

test("CloudFormation creates each one unless its parameter says that it exists", () => {
  const { text } = jitp.exportTemplate(needy(), "cloudformation", GIVEN);
  const tag = (name) => ({ tag: `!${name}`, resolve: (value) => ({ [name]: value }) });
  const seq = (name) => ({ tag: `!${name}`, collection: "seq", resolve: (value) => ({ [name]: value.toJSON() }) });
  const read = parse(text, { customTags: [tag("Ref"), tag("Sub"), tag("GetAtt"), seq("If"), seq("Equals")] });
  const made = Object.entries(read.Resources).filter(([id]) => read.Conditions[`Creates${id}`]);
  assert.deepEqual(
    made.map(([, { Type, Properties }]) => [Type, Properties[Object.keys(Properties)[0]]]),
    [
      ["AWS::IoT::ThingType", "bulb"],
      ["AWS::IoT::ThingGroup", "lamps"],
      ["AWS::IoT::ThingGroup", "DE"],
      ["AWS::IoT::ThingGroup", "FR"],
      ["AWS::IoT::BillingGroup", "plant-1"],
      ["AWS::IoT::Policy", "lampPolicy"],
    ],
  );
  for (const [id, { Condition }] of made) {
    assert.equal(Condition, `Creates${id}`);
    assert.deepEqual(read.Conditions[Condition], { Equals: [{ Ref: Condition }, "true"] });
    assert.equal(read.Parameters[Condition].Default, "true");
  }
  assert.deepEqual(JSON.parse(read.Resources.Policy1.Properties.PolicyDocument), DOCUMENT);
});

test("Terraform creates each one unless a variable names it", () => {
  const { text } = jitp.exportTemplate(needy(), "terraform", GIVEN);
  for (const [kind, several] of [
    ["thing_type", "thing_types"],
    ["thing_group", "thing_groups"],
    ["billing_group", "billing_groups"],
  ]) {
    assert.match(
      text,
      new RegExp(`resource "aws_iot_${kind}" "this" \\{\\n  for_each = setsubtract\\(local.${several}, var.existing_${several}\\)`),
    );
  }
  const groups = /thing_groups = toset\(\[\n([^]*?)\n {2}\]\)/.exec(text)[1];
  assert.deepEqual(
    [...groups.matchAll(/"([^"]*)",/g)].map(([, name]) => name),
    ["lamps", "DE", "FR"],
  );
  assert.match(text, /resource "aws_iot_policy" "this" \{\n {2}for_each = \{ for name, document in local\.policies/);
});

test("a shell, YAML and HCL keep any name and any document as it is", () => {
  fc.assert(
    fc.property(inJson, inJson, (name, text) => {
      const policy = name || "x";
      const source = needy({ groups: [policy], policies: [policy], billing: "b" });
      const document = JSON.stringify({ Version: text, Statement: [] });
      const options = { policies: { [policy]: document } };
      const { status, changes } = run(jitp.exportTemplate(source, "cli", options).text);
      const needed = jitp.dryRun(source, DEVICES[0]).preconditions;
      assert.equal(status, 0);
      assert.deepEqual(
        requests(changes, "create-thing-group").map(({ thingGroupName }) => thingGroupName),
        needed.filter(({ kind }) => kind === "thing-group").map((one) => one.name),
      );
      for (const made of requests(changes, "create-policy")) assert.equal(made.policyDocument, document);
      const yaml = parse(jitp.exportTemplate(source, "cloudformation", options).text, { logLevel: "silent" }).Resources;
      for (const one of needed.filter(({ kind }) => kind === "policy")) assert.equal(yaml.Policy1.Properties.PolicyName, one.name);
      if (yaml.Policy1) assert.equal(yaml.Policy1.Properties.PolicyDocument, document);
    }),
    runs,
  );
});
