// `jitp can`: what a device may do, in words, in exit codes, and in the shape of AWS's TestAuthorization.
import assert from "node:assert/strict";
import test from "node:test";
import { inSession } from "./session.mjs";

const NOW = ["--now", "2026-11-23T12:00:00Z"];
const ARN = "arn:aws:iot:eu-west-1:123456789012";
const NAME = "${iot:Connection.Thing.ThingName}";
const allow = (Action, Resource, Condition) => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
const document = (...Statement) => ({ Version: "2012-10-17", Statement });

/** What the device of these tests may do. Its subject has the common name sensor-0001. */
const SENSOR = document(
  allow("iot:Connect", `${ARN}:client/${NAME}`),
  allow(["iot:Publish", "iot:Receive"], `${ARN}:topic/sensors/${NAME}/*`),
  allow("iot:Subscribe", `${ARN}:topic/sensors/${NAME}/*`),
  allow("iot:Publish", `${ARN}:topic/alarms`, { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
  { Sid: "NoReset", Effect: "Deny", Action: "iot:Receive", Resource: `${ARN}:topic/sensors/*/reset` },
);

const body = (...policies) => ({
  Parameters: { "AWS::IoT::Certificate::CommonName": { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } },
  Resources: {
    thing: { Type: "AWS::IoT::Thing", Properties: { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" } } },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" } },
    ...Object.fromEntries(policies.map((Properties, i) => [`policy${i + 1}`, { Type: "AWS::IoT::Policy", Properties }])),
  },
});

const FILES = {
  "device.pem": "certificates/full.pem",
  "expired.pem": "certificates/expired.pem",
  "pss.pem": "certificates/pss-two-hashes.pem",
  "pss-ca.pem": "certificates/pss-ca.pem",
};

function withFiles(work) {
  return inSession(FILES, (session) => {
    const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;
    session.write("sensor.json", pretty(SENSOR));
    session.write("fence.json", pretty(document({ Effect: "Deny", Action: "iot:Connect", Resource: `${ARN}:client/*` })));
    session.write("broken.json", '{"Version": "2012-10-17", "Statement": [');
    session.write("template.json", pretty(body({ PolicyDocument: JSON.stringify(SENSOR) })));
    session.write("named.json", pretty(body({ PolicyDocument: JSON.stringify(SENSOR) }, { PolicyName: "fence" })));
    return work(session);
  });
}

test("can: policies alone, and what nearly allows what is denied", () =>
  withFiles((session) =>
    session.expect("can-policies", [
      ["can", "--policy", "sensor.json", "--thing", "sensor-0001", "connect"],
      ["can", "--policy", "sensor.json", "--thing", "sensor-0001", "connect", "--client-id", "other"],
      [
        "can",
        "--policy",
        "sensor.json",
        "--thing",
        "sensor-0001",
        "publish",
        "sensors/sensor-0001/t",
        "subscribe",
        "sensors/sensor-0001/t",
      ],
      ["can", "--policy", "sensor.json", "--thing", "sensor-0001", "publish", "alarms"],
      ["can", "--policy", "sensor.json", "--thing", "sensor-0001", "publish", "alarms", "--source-ip", "10.1.2.3"],
      ["can", "--policy", "sensor.json", "--thing", "sensor-0001", "receive", "sensors/sensor-0001/reset"],
      ["can", "--policy", "sensor.json", "--thing", "sensor-0001", "publish", "sensors/sensor-0001/t", "--retain"],
      ["can", "--policy", "sensor.json", "--thing", "sensor-0001", "--region", "us-east-1", "connect"],
      ["can", "--policy", "sensor.json", "--policy", "fence.json", "--thing", "sensor-0001", "connect"],
      ["can", "--policy", "sensor.json", "--group-policy", "fence.json", "--thing", "sensor-0001", "connect"],
      ["can", "--policy", "broken.json", "connect", "--client-id", "$a"],
      ["can", "--policy", "sensor.json", "call", "iot:GetThingShadow", "thing/sensor-0001"],
    ]),
  ));

test("can --expect: 0 as expected, 1 not", () =>
  withFiles(async (session) => {
    const words = ["can", "--policy", "sensor.json", "--thing", "sensor-0001"];
    const cases = [
      [["connect"], { allowed: 0, denied: 1, unknown: 1, "implicit-deny": 1, "explicit-deny": 1 }],
      [["publish", "x"], { allowed: 1, denied: 0, unknown: 1, "implicit-deny": 0, "explicit-deny": 1 }],
      [["receive", "sensors/a/reset"], { allowed: 1, denied: 0, unknown: 1, "implicit-deny": 1, "explicit-deny": 0 }],
      [["publish", "alarms"], { allowed: 1, denied: 1, unknown: 0, "implicit-deny": 1, "explicit-deny": 1 }],
      [["connect", "publish", "x"], { allowed: 1, denied: 1 }],
    ];
    for (const [request, codes] of cases) {
      for (const [answer, code] of Object.entries(codes)) {
        const run = [...words, ...request, "--expect", answer];
        const text = await session.run(run);
        const json = await session.run([...run, "--format", "json"]);
        assert.deepEqual([text.code, json.code, JSON.parse(json.stdout).ok], [code, code, code === 0], run.join(" "));
        assert.equal(/^not as expected: /m.test(text.stdout), code !== 0, run.join(" "));
      }
    }
  }));

test("can: one run, several requests: the worst answer is the exit code", () =>
  withFiles(async (session) => {
    const words = ["can", "--policy", "sensor.json", "--thing", "sensor-0001"];
    for (const [request, code] of [
      [["connect", "publish", "sensors/sensor-0001/t"], 0],
      [["connect", "publish", "alarms"], 3],
      [["connect", "publish", "alarms", "publish", "x"], 1],
      // The word after a verb is its topic, whatever it is.
      [["publish", "connect"], 1],
    ])
      assert.equal((await session.run([...words, ...request])).code, code, request.join(" "));
  }));

/** The input that `aws iot test-authorization --cli-input-json` reads. */
const INPUT = {
  principal: `${ARN}:cert/0a1b`,
  authInfos: [
    { actionType: "CONNECT", resources: [`${ARN}:client/sensor-0001`] },
    { actionType: "PUBLISH", resources: [`${ARN}:topic/sensors/sensor-0001/t`, `${ARN}:topic/alarms`] },
    { actionType: "RECEIVE", resources: ["arn:aws:iot:us-east-1:123456789012:topic/sensors/sensor-0001/t"] },
    { actionType: "RECEIVE", resources: [`${ARN}:topic/sensors/sensor-0001/reset`] },
  ],
  clientId: "sensor-0001",
  policyNamesToAdd: [],
  policyNamesToSkip: [],
};

test("can --cli-input-json: the file of aws iot test-authorization, and its answer", () =>
  withFiles(async (session) => {
    session.write("input.json", JSON.stringify(INPUT));
    const words = ["can", "--policy", "sensor.json", "--policy", "fence.json", "--thing", "sensor-0001", "--format", "json"];
    const asked = async (...more) => {
      const { stdout, code } = await session.run([...words, ...more]);
      return { ...JSON.parse(stdout), code };
    };
    const { authResults, code } = await asked("--cli-input-json", "file://input.json");
    assert.equal(code, 1);
    assert.deepEqual(
      authResults.map(({ authInfo }) => authInfo),
      INPUT.authInfos,
    );
    assert.deepEqual(
      authResults.map(({ authDecision, answer, missingContextValues }) => [authDecision, answer, missingContextValues]),
      [
        ["EXPLICIT_DENY", "denied", []],
        [undefined, "unknown", ["aws:SourceIp"]],
        ["IMPLICIT_DENY", "denied", []],
        ["EXPLICIT_DENY", "denied", []],
      ],
    );
    assert.ok(!("authDecision" in authResults[1]));
    const policy = (policyName) => ({ policyName, policyArn: `${ARN}:policy/${policyName}` });
    assert.deepEqual(
      [authResults[0].allowed, authResults[0].denied],
      [{ policies: [policy("sensor")] }, { implicitDeny: { policies: [] }, explicitDeny: { policies: [policy("fence")] } }],
    );
    assert.deepEqual(
      authResults[1].why.map(({ request, decision }) => [request, decision.answer]),
      [
        [{ verb: "publish", topic: "sensors/sensor-0001/t" }, "allowed"],
        [{ verb: "publish", topic: "alarms" }, "unknown"],
      ],
    );
    // Policies by their names: as if they were not attached, and as if they were.
    session.write("skip.json", JSON.stringify({ ...INPUT, policyNamesToSkip: ["fence"] }));
    assert.equal((await asked("--cli-input-json", "skip.json")).authResults[0].authDecision, "ALLOWED");
    session.write("add.json", JSON.stringify({ ...INPUT, policyNamesToSkip: ["fence"], policyNamesToAdd: ["elsewhere"] }));
    const { authResults: added } = await asked("--cli-input-json", "add.json");
    assert.deepEqual([added[0].answer, added[0].why[0].decision.missing], ["unknown", [{ kind: "policy", name: "elsewhere" }]]);
    // The JSON itself, as the AWS CLI accepts it.
    assert.deepEqual((await asked("--cli-input-json", JSON.stringify(INPUT))).authResults, authResults);
  }));

test("can: requests as words have AWS's shape, too; a call has no action type there", () =>
  withFiles(async (session) => {
    const { stdout } = await session.run(
      "can --policy sensor.json --thing sensor-0001 --format json connect publish a subscribe b/# receive c call iot:GetThingShadow thing/x".split(
        " ",
      ),
    );
    assert.deepEqual(
      JSON.parse(stdout).authResults.map(({ authInfo }) => authInfo),
      [
        { actionType: "CONNECT", resources: [`${ARN}:client/sensor-0001`] },
        { actionType: "PUBLISH", resources: [`${ARN}:topic/a`] },
        { actionType: "SUBSCRIBE", resources: [`${ARN}:topicfilter/b/#`] },
        { actionType: "RECEIVE", resources: [`${ARN}:topic/c`] },
        { resources: [`${ARN}:thing/x`] },
      ],
    );
  }));

test("can: a wrong command line says what would be right", () =>
  withFiles(async (session) => {
    const input = (change) => ["can", "--policy", "sensor.json", "--cli-input-json", JSON.stringify({ ...INPUT, ...change })];
    await session.expect("can-misuse", [
      ["can"],
      ["can", "connect"],
      ["can", "--policy", "sensor.json"],
      ["can", "--policy", "sensor.json", "publish"],
      ["can", "--policy", "sensor.json", "call", "iot:GetThingShadow"],
      ["can", "--policy", "sensor.json", "connect", "pub", "a"],
      ["can", "template.json", "device.pem", "fly"],
      ["can", "template.json", "connect"],
      ["can", "--policy", "sensor.json", "connect", "--retain"],
      ["can", "--policy", "sensor.json", "connect", "--thing-type", "sensor"],
      ["can", "--policy", "sensor.json", "connect", "--now", "2026-11-23T12:00:00Z"],
      ["can", "--policy", "sensor.json", "--policy", "sensor=fence.json", "connect"],
      ["can", "--policy", "-", "connect", "--cli-input-json", "-"],
      ["can", "--policy", "absent.json", "connect"],
      ["can", "--policy", "sensor.json", "connect", "--value", "aws:SourceIp"],
      ["can", "--policy", "sensor.json", "connect", "--group-policy", "fence.json", "--no-group-policies"],
      ["can", "--policy", "sensor.json", "connect", "--cli-input-json", "{}"],
      ["can", "--policy", "sensor.json", "--cli-input-json", "{"],
      input({ authInfos: [] }),
      input({ authInfos: [{ actionType: "PUBLISH" }] }),
      input({ authInfos: [{ actionType: "FLY", resources: ["a"] }] }),
      input({ authInfos: [{ actionType: "SUBSCRIBE", resources: [`${ARN}:topic/a`] }] }),
      input({ authInfos: [{ actionType: "CONNECT", resources: [`${ARN}:client/other`] }] }),
      input({ authInfos: [{ actionType: "PUBLISH", resources: ["arn:aws:s3:::topic/a"] }] }),
      input({ authInfos: [{ actionType: "PUBLISH", resources: ["arn:aws-cn:iot:eu-west-1:123456789012:topic/a"] }] }),
      input({ clientid: "a" }),
    ]);
  }));

test("can: the device that a template provisions; the statement is shown in the template", () =>
  withFiles((session) => {
    session.write("other.json", '{"Version": "2012-10-17", "Statement": []}');
    session.write(
      "grouped.json",
      JSON.stringify(body({ PolicyDocument: JSON.stringify(SENSOR) })).replace('"ThingName"', '"ThingGroups":["lamps"],"ThingName"'),
    );
    return session.expect("can-template", [
      ["can", "template.json", "device.pem", "connect", ...NOW],
      ["can", "template.json", "device.pem", "subscribe", "sensors/sensor-0001/t", ...NOW],
      ["can", "named.json", "device.pem", "connect", ...NOW],
      ["can", "named.json", "device.pem", "connect", "--policy", "fence.json", ...NOW],
      ["can", "named.json", "device.pem", "connect", "--policy", "fence=other.json", ...NOW],
      ["can", "template.json", "device.pem", "connect", "--policy", "fence.json", ...NOW],
      ["can", "grouped.json", "device.pem", "connect", ...NOW],
      ["can", "grouped.json", "device.pem", "connect", "--no-group-policies", ...NOW],
      ["can", "template.json", "expired.pem", "connect", ...NOW],
      ["can", "--policy", "sensor.json", "device.pem", "connect"],
      ["can", "template.json", "--subject", "/CN=sensor-0002", "connect", ...NOW],
      ["can", "template.json", "device.pem", "--subject", "/CN=sensor-0002", "connect", ...NOW],
      ["can", "template.json", "device.pem", "connect", "--thing", "a"],
      ["can", "broken.json", "device.pem", "connect", ...NOW],
    ]);
  }));

test("can: JSON of a template's device names the policies as AWS does, as far as their names are known", () =>
  withFiles(async (session) => {
    const { stdout, code } = await session.run([
      ..."can named.json device.pem connect --policy fence.json --format json --region eu-west-1 --account-id 123456789012".split(" "),
      ...NOW,
    ]);
    const [{ authDecision, allowed, denied }] = JSON.parse(stdout).authResults;
    assert.deepEqual([code, authDecision], [1, "EXPLICIT_DENY"]);
    assert.deepEqual(allowed, { policies: [{ policyName: "<hash of the document>" }] });
    assert.deepEqual(denied.explicitDeny, { policies: [{ policyName: "fence", policyArn: `${ARN}:policy/fence` }] });
  }));

const OPEN = document(
  allow("iot:Connect", `${ARN}:client/${NAME}`),
  allow("iot:Publish", `${ARN}:topic/sensors/${NAME}/*`),
  { Sid: "Everywhere", ...allow("iot:Subscribe", `${ARN}:topicfilter/sensors/*`) },
  allow("iot:Receive", `${ARN}:topic/sensors/*`),
);
const inactive = (text) => text.replace('"ACTIVE"', '"INACTIVE"');

/** Templates about whose devices there is something to say as a whole. */
function withTemplates(work) {
  return withFiles((session) => {
    const template = (Policy, change = (given) => given) =>
      `${JSON.stringify(change(body({ PolicyDocument: JSON.stringify(Policy) })), null, 2)}\n`;
    const thing = (given, Properties) => ({ ...given, Resources: { ...given.Resources, thing: { Type: "AWS::IoT::Thing", Properties } } });
    session.write("open.json", template(OPEN));
    session.write("inactive.json", inactive(template(OPEN)));
    session.write(
      "same.json",
      template(OPEN, (given) => thing(given, { ThingName: "one" })),
    );
    session.write(
      "by-id.json",
      template(OPEN, (given) => thing(given, { ThingName: { Ref: "AWS::IoT::Certificate::Id" } })),
    );
    session.write(
      "no-thing.json",
      template(OPEN, ({ Resources: { thing: _, ...Resources }, ...given }) => ({ ...given, Resources })),
    );
    session.write("only-named.json", JSON.stringify(body({ PolicyName: "fence" })));
    return work(session);
  });
}

test("can without a request: all that the plan says of access, and an exit code of the connection", () =>
  withTemplates((session) =>
    session.expect("can-whole", [
      ["can", "template.json", "device.pem", ...NOW],
      ["can", "template.json", "device.pem", "--client-id", "other", ...NOW],
      ["can", "inactive.json", "device.pem", ...NOW],
      ["can", "only-named.json", "device.pem", ...NOW],
      ["can", "only-named.json", "device.pem", "--policy", "fence.json", "--expect", "explicit-deny", ...NOW],
      ["can", "template.json", "device.pem", "--expect", "denied", ...NOW],
      ["can", "template.json", "expired.pem", ...NOW],
      ["can", "only-named.json", "device.pem", "--policy", "fence=broken.json", ...NOW],
      ["can", "template.json", "device.pem", "--source-ip", "10.1.2.3"],
      ["can", "--policy", "sensor.json", "device.pem"],
    ]),
  ));

test("can: an answer of a device of which it is not known whether it is provisioned is not yes", () =>
  withTemplates(async (session) => {
    const ca = ["--ca", "pss-ca.pem", ...NOW];
    await session.expect("can-unknown-plan", [
      ["can", "open.json", "pss.pem", "connect", ...ca],
      ["can", "open.json", "pss.pem", "publish", "alarms", ...ca],
      ["can", "open.json", "pss.pem", ...ca],
      ["can", "open.json", "pss.pem", "--as-other", ...ca],
      ["can", "template.json", "pss.pem", "--as-other", "--expect", "denied", ...ca],
    ]);
    for (const [request, expected] of [
      [["connect"], { allowed: 1, denied: 1, unknown: 0 }],
      [[], { allowed: 1, denied: 1, unknown: 0 }],
      [["publish", "alarms"], { allowed: 1, denied: 0, unknown: 1 }],
    ])
      for (const [answer, code] of Object.entries(expected))
        assert.equal((await session.run(["can", "open.json", "pss.pem", ...request, ...ca, "--expect", answer])).code, code, answer);
    const { stdout } = await session.run(["can", "open.json", "pss.pem", "--format", "json", ...ca]);
    const { ok, access, authResults } = JSON.parse(stdout);
    assert.deepEqual([ok, access, authResults[0].answer, authResults[0].authDecision], [false, undefined, "unknown", undefined]);
    // Without the CA nobody asked who signed the certificate.
    assert.equal((await session.run(["can", "open.json", "pss.pem", "connect", ...NOW])).code, 0);
  }));

test("can --as-other: the statement by which a device may act as another one", () =>
  withTemplates((session) =>
    session.expect("can-as-other", [
      ["can", "open.json", "device.pem", "--as-other", ...NOW],
      ["can", "open.json", "device.pem", "--as-other", "--expect", "denied", ...NOW],
      ["can", "template.json", "device.pem", "--as-other", ...NOW],
      ["can", "template.json", "--subject", "/CN=sensor-0002", "--as-other", "--expect", "denied", ...NOW],
      ["can", "only-named.json", "device.pem", "--as-other", ...NOW],
      ["can", "only-named.json", "device.pem", "--policy", "fence.json", "--as-other", ...NOW],
      ["can", "only-named.json", "device.pem", "--policy", "fence=broken.json", "--as-other", ...NOW],
      ["can", "named.json", "device.pem", "--as-other", ...NOW],
      ["can", "same.json", "device.pem", "--as-other", ...NOW],
      ["can", "by-id.json", "--subject", "/CN=sensor-0002", "--as-other", ...NOW],
      ["can", "no-thing.json", "device.pem", "--as-other", ...NOW],
      // A device that is not provisioned says nothing about those that are.
      ["can", "open.json", "expired.pem", "--as-other", "--expect", "denied", ...NOW],
      ["can", "open.json", "device.pem", "connect", "--as-other"],
      ["can", "open.json", "device.pem", "--as-other", "--cli-input-json", JSON.stringify(INPUT)],
      ["can", "open.json", "device.pem", "--as-other", "--expect", "explicit-deny"],
      ["can", "--policy", "sensor.json", "--as-other"],
      ["can", "--policy", "sensor.json", "device.pem", "--as-other"],
    ]),
  ));

test("can: JSON of a device as a whole is that of its plan", () =>
  withTemplates(async (session) => {
    const run = async (words) => {
      const { stdout, code } = await session.run([...words, ...NOW, "--format", "json"]);
      return { code, ...JSON.parse(stdout) };
    };
    for (const [template, certificate, ends] of [
      ["template.json", "device.pem", { connect: 0, other: 1 }],
      ["open.json", "device.pem", { connect: 0, other: 0 }],
      ["inactive.json", "device.pem", { connect: 1, other: 0 }],
      ["only-named.json", "device.pem", { connect: 3, other: 3 }],
      ["no-thing.json", "device.pem", { connect: 1, other: 3 }],
    ]) {
      const { access } = (await run(["plan", template, certificate])).plans[0].plan;
      const whole = await run(["can", template, certificate]);
      assert.deepEqual([whole.code, whole.ok, whole.authResults, whole.access], [ends.connect, ends.connect === 0, [], access], template);
      const { code, ok, asOther, access: absent } = await run(["can", template, certificate, "--as-other"]);
      assert.deepEqual([code, ok, asOther.isolation, absent], [ends.other, ends.other === 0, access.isolation, undefined], template);
      assert.equal(asOther.answer, access.isolation?.may ?? "unknown", template);
    }
    // A device that is not provisioned has no access. The answer is that to a request.
    const { authResults, access, code } = await run(["can", "open.json", "expired.pem"]);
    assert.deepEqual([code, access, authResults.length], [1, undefined, 1]);
    assert.deepEqual(authResults, (await run(["can", "open.json", "expired.pem", "connect"])).authResults);
  }));
