// `Device` and `simulate` as their callers meet them: what is misuse and throws, what is a value, and what outlives a call.
import assert from "node:assert/strict";
import test from "node:test";
import { Device, simulate } from "jitp";

const ARN = "arn:aws:iot:eu-west-1:123456789012";
const allow = (Action, Resource, more = {}) => ({ Effect: "Allow", Action, Resource, ...more });
const policy = (...Statement) => ({ Version: "2012-10-17", Statement });
const NAME = "${iot:Connection.Thing.ThingName}";
const LAMP = policy(
  allow("iot:Connect", `${ARN}:client/${NAME}`),
  allow(["iot:Publish", "iot:Receive"], `${ARN}:topic/lamps/${NAME}/*`),
  allow("iot:Subscribe", `${ARN}:topicfilter/lamps/${NAME}/*`, { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
);
const thing = { name: "lamp-1" };

function withDevice(options, work) {
  const device = new Device(options);
  try {
    return work(device);
  } finally {
    device.free();
  }
}

test("a device answers, says why, and names the statement and its place", () =>
  withDevice({ policies: [JSON.stringify(LAMP, null, 2)], thing }, (device) => {
    const connect = device.can({ verb: "connect" });
    assert.deepEqual(
      [connect.answer, connect.statement.policy, connect.statement.statement, connect.missing],
      ["allowed", "policy 1", 1, []],
    );
    const other = device.can({ verb: "publish", topic: "lamps/lamp-2/state" });
    assert.deepEqual([other.answer, other.denial, other.statement.part], ["denied", "implicit", "Resource"]);
    const text = JSON.stringify(LAMP, null, 2);
    const { start, end } = other.statement.span;
    assert.equal(JSON.parse(text.slice(start.offset, end.offset)), other.statement.text);
    const unknown = device.can({ verb: "subscribe", filter: "lamps/lamp-1/#" });
    assert.deepEqual([unknown.answer, unknown.missing], ["unknown", [{ kind: "value", name: "aws:SourceIp" }]]);
    const from = (address) => device.can({ verb: "subscribe", filter: "lamps/lamp-1/#" }, { values: { "AWS:sourceip": address } }).answer;
    assert.deepEqual([from("10.1.2.3"), from("192.0.2.1"), from(["10.1.2.3"]), from([])], ["allowed", "denied", "allowed", "denied"]);
    assert.equal(device.can({ verb: "connect" }, { clientId: "lamp-2" }).cause, "variable");
    assert.deepEqual(device.can({ verb: "connect" }, { clientId: "$lamp" }).broker.length, 1);
  }));

test("a subject alone gives the values of the certificate's subject, and no others", () => {
  const policies = [
    policy(
      allow("iot:Connect", `${ARN}:client/\${iot:Certificate.Subject.CommonName}`),
      allow("iot:Publish", `${ARN}:topic/by/\${iot:Certificate.Issuer.CommonName}`),
    ),
  ];
  for (const subject of ["/C=DE/CN=lamp-1", "CN=lamp-1,C=DE", "subject=C = DE, CN = lamp-1\n"]) {
    withDevice({ policies, thing, certificate: { subject } }, (device) => {
      assert.equal(device.can({ verb: "connect" }).answer, "allowed", subject);
      assert.equal(device.can({ verb: "connect" }, { clientId: "lamp-2" }).answer, "denied", subject);
      assert.equal(device.can({ verb: "publish", topic: "by/ca" }).answer, "unknown", subject);
    });
  }
  withDevice({ policies, thing, certificate: { subject: "/CN" } }, (device) => {
    const { answers, context } = device.simulate([{ verb: "connect" }]);
    assert.equal(answers[0].answer, "unknown");
    assert.ok(
      context.assumed.some((sentence) => sentence.startsWith("The subject cannot be read")),
      context.assumed.join("\n"),
    );
  });
});

test("a retained message, calls, and each protocol cross as they are", () => {
  const policies = [
    policy(
      allow("iot:Publish", `${ARN}:topic/a`),
      allow("iot:GetThingShadow", `${ARN}:thing/lamp-1`),
      allow("iot:Publish", `${ARN}:topic/by/\${iot:ClientId}`),
      allow("iot:Connect", "*", { Condition: { Null: { "iot:LastWillTopic": "true" } } }),
      allow("iot:Connect", "*", { Condition: { StringEquals: { "iot:LastWillTopic": `${ARN}:topic/gone` } } }),
    ),
  ];
  withDevice({ policies, thing, region: "eu-west-1", accountId: "123456789012" }, (device) => {
    const answer = (request, context) => device.can(request, context).answer;
    assert.equal(answer({ verb: "publish", topic: "a" }), "allowed");
    assert.equal(answer({ verb: "publish", topic: "a", retain: true }), "denied");
    assert.equal(answer({ verb: "call", action: "iot:GetThingShadow", resource: "thing/lamp-1" }), "allowed");
    assert.equal(answer({ verb: "call", action: "iot:GetThingShadow", resource: `${ARN}:thing/lamp-2` }), "denied");
    assert.equal(answer({ verb: "publish", topic: "by/lamp-1" }), "allowed");
    assert.equal(answer({ verb: "publish", topic: "by/lamp-1" }, { protocol: "wss" }), "allowed");
    assert.equal(answer({ verb: "publish", topic: "by/lamp-1" }, { protocol: "https" }), "denied");
    assert.equal(answer({ verb: "connect" }), "allowed");
    assert.equal(answer({ verb: "connect" }, { willTopic: "gone" }), "allowed");
    assert.equal(answer({ verb: "connect" }, { willTopic: "other" }), "denied");
  });
});

test("simulate repeats its context, says what it assumed, and answers as a device does", () => {
  const requests = [{ verb: "connect" }, { verb: "receive", topic: "lamps/lamp-1/x" }, { verb: "subscribe", filter: "#" }];
  const { context, answers, documents } = simulate({ policies: [{ name: "lamp", document: LAMP }], thing, requests });
  assert.deepEqual(
    { ...context, assumed: context.assumed.length },
    {
      clientId: "lamp-1",
      protocol: "mqtt",
      cleanSession: true,
      region: "eu-west-1",
      accountId: "123456789012",
      assumed: 3,
    },
  );
  withDevice({ policies: [{ name: "lamp", document: LAMP }], thing }, (device) =>
    assert.deepEqual(
      answers,
      requests.map((request) => device.can(request)),
    ),
  );
  assert.deepEqual(
    documents.map(({ name }) => name),
    ["lamp"],
  );
  const given = simulate({ policies: [LAMP], thing, requests, region: "us-east-1", accountId: "123456789012" });
  assert.deepEqual([given.context.region, given.context.assumed], ["us-east-1", ["The client ID is assumed to be the thing's name."]]);
  assert.equal(given.answers[0].cause, "region");
});

test("policies can be texts, bytes, objects, outputs of get-policy; groups' policies and unseen ones count as they do", () => {
  const text = JSON.stringify(LAMP);
  for (const document of [text, LAMP, new TextEncoder().encode(text), JSON.stringify({ policyName: "lamp", policyDocument: text })]) {
    assert.equal(simulate({ policies: [document], thing, requests: [{ verb: "connect" }] }).answers[0].answer, "allowed");
  }
  const deny = policy({ Effect: "Deny", Action: "iot:Connect", Resource: "*" });
  const asked = (more, context) =>
    simulate({
      policies: [policy(allow("iot:Connect", "*"))],
      thing,
      requests: [{ verb: "connect" }],
      ...more,
      ...(context && { context }),
    }).answers[0];
  assert.equal(asked({ groupPolicies: [deny] }).denial, "explicit");
  assert.equal(asked({ groupPolicies: [deny] }, { clientId: "other" }).answer, "allowed");
  assert.deepEqual(asked({ unseenPolicies: ["fence"] }).missing, [{ kind: "policy", name: "fence" }]);
});

test("each policy by itself answers, too", () =>
  withDevice(
    {
      policies: [
        { name: "all", document: policy(allow("*", "*")) },
        { name: "none", document: policy({ Effect: "Deny", Action: "*", Resource: "*" }) },
        { name: "lamp", document: LAMP },
      ],
    },
    (device) => {
      const request = { verb: "publish", topic: "x" };
      assert.equal(device.can(request).denial, "explicit");
      assert.deepEqual(
        device.canByPolicy(request).map(({ policy, decision }) => [policy, decision.answer, decision.denial]),
        [
          ["all", "allowed", undefined],
          ["none", "denied", "explicit"],
          ["lamp", "denied", "implicit"],
        ],
      );
    },
  ));

test("any text as a policy or in a request gives an answer, never an exception", () => {
  const texts = [
    "",
    " ",
    "{",
    "[]",
    "17",
    '"text"',
    "null",
    "{}",
    '{"Statement": 1}',
    '{"Statement": [{}]}',
    "\ud800",
    "a\u0000b",
    "\u202e",
    "x".repeat(100_000),
    "*",
    "${",
    "${iot:ClientId",
    "+/#/+",
    "arn:",
    "arn:::::",
  ];
  for (const text of texts) {
    const { answers, documents } = simulate({
      policies: [text, { name: `${text} `, document: policy(allow(text, text, { Condition: { [text]: { [text]: text } } })) }],
      thing: { name: text, typeName: text, attributes: { [text]: text } },
      certificate: text,
      requests: [
        { verb: "connect" },
        { verb: "publish", topic: text },
        { verb: "subscribe", filter: text },
        { verb: "receive", topic: text },
        { verb: "call", action: text, resource: text },
      ],
      context: { clientId: text, willTopic: text, thingNameHeader: text, values: { [text]: [text, text] } },
      region: text,
      accountId: text,
    });
    const about = JSON.stringify(text.slice(0, 20));
    assert.equal(answers.length, 5, about);
    assert.equal(documents.length, 2, about);
    // A policy that cannot be read allows nobody knows what.
    for (const { answer, reason, broker } of answers) assert.ok(answer !== "allowed" && reason !== "" && Array.isArray(broker), about);
    assert.ok(documents[0].diagnostics.length > 0, about);
  }
});

test("half a surrogate pair does not lose the rest of what was given", () => {
  const { answers } = simulate({
    policies: [policy(allow("iot:Connect", "*"))],
    thing: { name: "a\ud800\\ud800" },
    requests: [{ verb: "connect" }],
  });
  assert.equal(answers[0].answer, "allowed");
  assert.match(answers[0].reason, /client\/a\ufffd\\ud800/);
});

const matches = (message) => (error) => error instanceof TypeError && error.message.startsWith("jitp: ") && message.test(error.message);

const MISUSES = [
  ["no options", () => new Device(), /policies/],
  ["no policies", () => new Device({}), /options\.policies is a list/],
  ["policies that are not a list", () => new Device({ policies: "{}" }), /options\.policies is a list/],
  ["a policy that is a number", () => new Device({ policies: [1] }), /options\.policies has policy documents/],
  ["a policy that is a Promise", () => new Device({ policies: [Promise.resolve("{}")] }), /options\.policies has policy documents/],
  ["two policies of one name", () => new Device({ policies: ["{}", { name: "policy 1", document: "{}" }] }), /two policies of one name/],
  ["an unknown option", () => new Device({ policies: [], polices: [] }), /no option "polices"/],
  ["a thing without a name", () => new Device({ policies: [], thing: {} }), /options\.thing has a name/],
  ["an unknown member of the thing", () => new Device({ policies: [], thing: { name: "a", group: "b" } }), /no option "group"/],
  ["attributes that are not strings", () => new Device({ policies: [], thing: { name: "a", attributes: { b: 1 } } }), /thing\.attributes/],
  ["a certificate that is a number", () => new Device({ policies: [], certificate: 1 }), /a certificate is a string/],
  ["names that are not strings", () => new Device({ policies: [], unseenPolicies: [1] }), /unseenPolicies/],
  ["simulate without an object", () => simulate(), /needs an object/],
  ["simulate without requests", () => simulate({ policies: [] }), /requests is a list/],
];
const device = () => new Device({ policies: [] });
const REQUESTS = [
  ["no request", undefined, undefined, /a request is an object/],
  ["a request that is a word", "connect", undefined, /a request is an object/],
  ["an unknown verb", { verb: "fly" }, undefined, /one of connect, publish, subscribe, receive, call/],
  ["a topic for a filter", { verb: "subscribe", topic: "a" }, undefined, /verb "subscribe" has a filter/],
  ["a topic that is a number", { verb: "publish", topic: 1 }, undefined, /verb "publish" has a topic/],
  ["a call without a resource", { verb: "call", action: "iot:GetThingShadow" }, undefined, /has a resource/],
  ["retain that is a word", { verb: "publish", topic: "a", retain: "yes" }, undefined, /"retain"/],
  ["an unknown member of the context", { verb: "connect" }, { client: "a" }, /no option "client"/],
  ["a client ID that is a number", { verb: "connect" }, { clientId: 1 }, /context\.clientId/],
  ["an unknown protocol", { verb: "connect" }, { protocol: "coap" }, /context\.protocol is one of mqtt, wss, https/],
  ["a flag that is a word", { verb: "connect" }, { cleanSession: "no" }, /context\.cleanSession/],
  ["values that are numbers", { verb: "connect" }, { values: { a: [1] } }, /context\.values/],
];

for (const [name, call, message] of MISUSES) test(`misuse throws: ${name}`, () => assert.throws(call, matches(message)));
for (const [name, request, context, message] of REQUESTS) {
  test(`misuse throws: ${name}`, () => {
    for (const ask of [
      (asked) => asked.can(request, context),
      (asked) => asked.canByPolicy(request, context),
      (asked) => asked.simulate([request], context),
    ])
      withDevice({ policies: [] }, (asked) => assert.throws(() => ask(asked), matches(message)));
  });
}

test("a device that is freed says so, and can be freed again", () => {
  const asked = device();
  asked.free();
  asked.free();
  asked[Symbol.dispose]();
  assert.throws(() => asked.can({ verb: "connect" }), /this Device has been freed/);
});

test("the caller's objects can change afterwards", () => {
  const document = structuredClone(LAMP);
  const bytes = new TextEncoder().encode(JSON.stringify(LAMP));
  withDevice({ policies: [document, bytes], thing }, (asked) => {
    document.Statement.length = 0;
    bytes.fill(0);
    assert.equal(
      asked.canByPolicy({ verb: "connect" }).every(({ decision }) => decision.answer === "allowed"),
      true,
    );
  });
});
