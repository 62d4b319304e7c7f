// The device that a template provisions: its policies, its thing and its certificate are those of the plan.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { simulate, Template, verifyIssuer } from "jitp";

const fixture = (name) => readFileSync(fileURLToPath(new URL(`../fixtures/certificates/${name}`, import.meta.url)), "utf8");
/** Its common name is sensor-0001. */
const device = fixture("full.pem");
const ARN = "arn:aws:iot:eu-west-1:123456789012";
const NAME = "${iot:Connection.Thing.ThingName}";
const allow = (Action, Resource) => ({ Effect: "Allow", Action, Resource });
const document = (...Statement) => ({ Version: "2012-10-17", Statement });
const SENSOR = document(
  allow("iot:Connect", `${ARN}:client/${NAME}`),
  allow("iot:Publish", `${ARN}:topic/\${iot:Connection.Thing.Attributes[site]}/\${iot:Certificate.Subject.CommonName}`),
);
const ref = (name) => ({ Ref: `AWS::IoT::Certificate::${name}` });

function template({ policies = [{ PolicyDocument: JSON.stringify(SENSOR) }], thing = {}, status = "ACTIVE" } = {}) {
  return {
    Parameters: { "AWS::IoT::Certificate::CommonName": { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } },
    Resources: {
      thing: {
        Type: "AWS::IoT::Thing",
        Properties: { ThingName: ref("CommonName"), AttributePayload: { site: "attic" }, ...thing },
      },
      certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: ref("Id"), Status: status } },
      ...Object.fromEntries(policies.map((Properties, i) => [`policy${i + 1}`, { Type: "AWS::IoT::Policy", Properties }])),
    },
  };
}

function withDevice(source, work, options = {}, changes = undefined, certificate = device) {
  const compiled = new Template(source);
  const asked = compiled.device(certificate, options, changes);
  compiled.free();
  try {
    return work(asked);
  } finally {
    asked.free();
  }
}

const CONNECT = { verb: "connect" };
const PUBLISH = { verb: "publish", topic: "attic/sensor-0001" };

test("thing, attributes and certificate are those of the plan, and places are in the template", () => {
  const source = JSON.stringify(template(), null, 2);
  withDevice(source, (asked) => {
    assert.equal(asked.can(CONNECT).answer, "allowed");
    assert.equal(asked.can(PUBLISH).answer, "allowed");
    const { answer, statement } = asked.can({ verb: "publish", topic: "cellar/sensor-0001" });
    assert.deepEqual([answer, statement.policy, statement.statement], ["denied", "policy1", 2]);
    assert.equal(
      source.slice(statement.span.start.offset, statement.span.end.offset),
      JSON.stringify(JSON.stringify(statement.text)).slice(1, -1),
    );
    assert.deepEqual(asked.simulate([CONNECT]).context.clientId, "sensor-0001");
  });
});

test("simulate with a template answers as its device", () => {
  const requests = [CONNECT, PUBLISH, { verb: "subscribe", filter: "#" }];
  const { answers } = simulate({ template: template(), certificate: device, requests, region: "eu-west-1" });
  withDevice(template(), (asked) => assert.deepEqual(answers, asked.simulate(requests).answers), { region: "eu-west-1" });
  assert.deepEqual(
    answers.map(({ answer }) => answer),
    ["allowed", "allowed", "denied"],
  );
});

test("a document that functions make is evaluated", () => {
  const Statement = [
    { Effect: "Allow", Action: "iot:Connect", Resource: { "Fn::Sub": ["arn:aws:iot:*:*:client/${name}", { name: ref("CommonName") }] } },
  ];
  for (const PolicyDocument of [
    { Version: "2012-10-17", Statement },
    {
      "Fn::Join": [
        "",
        [
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:*:*:client/',
          ref("CommonName"),
          '"}]}',
        ],
      ],
    },
  ])
    withDevice(template({ policies: [{ PolicyDocument }] }), (asked) => {
      assert.equal(asked.can(CONNECT).answer, "allowed");
      assert.equal(asked.can(CONNECT, { clientId: "sensor-0002" }).answer, "denied");
    });
});

test("a policy that is only named is unknown until its document is given", () => {
  const named = template({ policies: [{ PolicyDocument: JSON.stringify(SENSOR) }, { PolicyName: "fence" }] });
  withDevice(named, (asked) => {
    const { answer, cause, missing } = asked.can(CONNECT);
    assert.deepEqual([answer, cause, missing], ["unknown", "unseen-policy", [{ kind: "policy", name: "fence" }]]);
  });
  const deny = document({ Effect: "Deny", Action: "iot:Connect", Resource: "*" });
  const policies = { fence: deny };
  withDevice(named, (asked) => assert.equal(asked.can(CONNECT).denial, "explicit"), { policies });
  withDevice(named, (asked) => assert.equal(asked.can(CONNECT).answer, "allowed"), {
    policies: { fence: JSON.stringify(document(allow("iot:Publish", "*"))) },
  });
  // Names to add and to skip, as TestAuthorization has them.
  withDevice(named, (asked) => assert.equal(asked.can(CONNECT).answer, "allowed"), { policies }, { policyNamesToSkip: ["fence"] });
  withDevice(template(), (asked) => assert.equal(asked.can(CONNECT).denial, "explicit"), { policies }, { policyNamesToAdd: ["fence"] });
  withDevice(template(), (asked) => assert.equal(asked.can(CONNECT).answer, "unknown"), {}, { policyNamesToAdd: ["elsewhere"] });
  withDevice(template(), (asked) => assert.equal(asked.can(CONNECT).cause, "no-policy"), {}, { policyNamesToSkip: ["policy1"] });
});

test("policies of the thing's groups are unknown until they are given, and count for the thing's name only", () => {
  const grouped = template({ thing: { ThingGroups: ["lamps"] } });
  withDevice(grouped, (asked) => {
    assert.deepEqual(asked.can(CONNECT).missing, [{ kind: "group", name: "lamps" }]);
    assert.equal(asked.can(CONNECT, { clientId: "other" }).answer, "denied");
  });
  withDevice(grouped, (asked) => assert.equal(asked.can(CONNECT).answer, "allowed"), { groupPolicies: {} });
  const deny = document({ Effect: "Deny", Action: "*", Resource: "*" });
  withDevice(grouped, (asked) => assert.equal(asked.can(CONNECT).denial, "explicit"), { groupPolicies: { deny } });
});

test("a device that is not provisioned, or whose certificate becomes INACTIVE, may do nothing", () => {
  for (const [source, certificate] of [
    [template({ status: "INACTIVE" }), device],
    [template(), fixture("expired.pem")],
    [template(), "nothing"],
    [template({ thing: { ThingTypeName: 17 } }), device],
    ["no template", device],
  ])
    withDevice(
      source,
      (asked) => {
        const { answer, cause, reason } = asked.can(CONNECT);
        assert.deepEqual([answer, cause], ["denied", "inactive"], reason);
        assert.match(reason, /INACTIVE|not provisioned/);
        for (const { decision } of asked.canByPolicy(CONNECT)) assert.equal(decision.cause, "inactive");
      },
      { now: "2026-11-23T12:00:00Z" },
      undefined,
      certificate,
    );
});

test("if nobody knows whether the device is provisioned, nothing is allowed, and what the policies deny is denied", async () => {
  // jitp does not verify this kind of signature.
  const certificate = fixture("pss-two-hashes.pem");
  const unchecked = { issuer: await verifyIssuer(certificate, fixture("pss-ca.pem")) };
  const answers = (options, source = template()) =>
    withDevice(
      source,
      (asked) => {
        const [first] = asked.canByPolicy(CONNECT);
        return [...asked.simulate([CONNECT, { verb: "publish", topic: "cellar/sensor-0001" }]).answers, first.decision];
      },
      { now: "2026-11-23T12:00:00Z", ...options },
      undefined,
      certificate,
    ).map(({ answer, cause, reason }) => [answer, cause, /It is not known whether the device is provisioned: /.test(reason)]);
  const open = ["unknown", "provisioning", true];
  assert.deepEqual(answers(unchecked), [open, ["denied", "resource", false], open]);
  assert.deepEqual(answers({}), [
    ["allowed", undefined, false],
    ["denied", "resource", false],
    ["allowed", undefined, false],
  ]);
  assert.deepEqual(answers(unchecked, template({ policies: [{ PolicyName: "fence" }, { PolicyDocument: JSON.stringify(SENSOR) }] }))[0], [
    "unknown",
    "unseen-policy",
    true,
  ]);
  assert.deepEqual(answers(unchecked, template({ status: "INACTIVE" }))[0], ["denied", "inactive", false]);
});

test("a client ID that is not known in full is answered as in the plan", () => {
  const join = { "Fn::Join": ["", ["lamp-", ref("Id")]] };
  for (const [statements, expected] of [
    [[allow("iot:Connect", `${ARN}:client/lamp-*`)], "allowed"],
    [[allow("iot:Connect", `${ARN}:client/lamp-00*`)], "unknown"],
    [
      [allow("iot:Connect", `${ARN}:client/lamp-*`), { Effect: "Deny", Action: "iot:Connect", Resource: `${ARN}:client/lamp-00*` }],
      "unknown",
    ],
    [[allow("iot:Publish", `${ARN}:topic/lamp-00*`)], "denied"],
  ]) {
    const policies = [{ PolicyDocument: JSON.stringify(document(...statements)) }];
    const compiled = new Template(template({ policies, thing: { ThingName: join } }));
    const asked = compiled.device({ subject: "/CN=sensor-0001" });
    const { connects, connect } = compiled.dryRun({ subject: "/CN=sensor-0001" }).access;
    assert.equal(connects, expected);
    assert.deepEqual(asked.can(CONNECT), connect);
    asked.free();
    compiled.free();
  }
});

test("a template that is only named leaves everything unknown", () =>
  withDevice('{"roleArn": "arn:aws:iam::123456789012:role/JITPRole", "templateName": "lamps"}', (asked) => {
    const { answer, missing } = asked.can(CONNECT);
    assert.equal(answer, "unknown");
    assert.ok(missing.length > 0);
  }));

test("misuse of the documents' options throws", () => {
  const compiled = new Template(template());
  const throws = (options, changes, message) => assert.throws(() => compiled.device(device, options, changes), message);
  throws({ policies: ["{}"] }, undefined, /options\.policies is an object/);
  throws({ policies: { a: 1 } }, undefined, /options\.policies has policy documents/);
  throws({ groupPolicies: [] }, undefined, /options\.groupPolicies is an object/);
  throws({}, { policyNamesToAdd: "a" }, /policyNamesToAdd is a list of names/);
  throws({}, { add: [] }, /no option "add"/);
  compiled.free();
  assert.throws(() => compiled.device(device), /this Template has been freed/);
});

test("a subject is enough, and what only a certificate has is unknown", () => {
  withDevice(
    template(),
    (asked) => assert.deepEqual([asked.can(CONNECT).answer, asked.can(PUBLISH).answer], ["allowed", "allowed"]),
    {},
    undefined,
    {
      subject: "/CN=sensor-0001",
    },
  );
  const byId = template({
    policies: [{ PolicyDocument: JSON.stringify(document(allow("iot:Connect", `${ARN}:client/\${iot:CertificateId}`))) }],
  });
  withDevice(byId, (asked) => assert.deepEqual(asked.can(CONNECT).missing, [{ kind: "value", name: "iot:CertificateId" }]), {}, undefined, {
    subject: "/CN=sensor-0001",
  });
});
