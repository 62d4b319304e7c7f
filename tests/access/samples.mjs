// What the samples on AWS's pages allow and deny, as policies of our own that have the same structure.
//
// Basis: AWS IoT developer guide, the page that each sample names. The names, Regions, accounts and topics are ours, and the expected answers
// are what the page says of its sample. Left out is the sample of iot-data-plane-jobs that allows iot:Subscribe on a topic: the page's
// own table says that it needs a topic filter.
import { createHash } from "node:crypto";
import { makeCertificates } from "../bench/certificates.mjs";

export const REGION = "eu-central-1";
export const ACCOUNT = "444455556666";

const arn = (resource) => `arn:aws:iot:${REGION}:${ACCOUNT}:${resource}`;
const client = (id) => arn(`client/${id}`);
const topic = (name) => arn(`topic/${name}`);
const filter = (text) => arn(`topicfilter/${text}`);
const statement = (Effect) => (action, Resource, Condition) => ({
  Effect,
  Action: `iot:${action}`,
  Resource,
  ...(Condition && { Condition }),
});
const allow = statement("Allow");
const deny = statement("Deny");

const THING = "${iot:Connection.Thing.ThingName}";
const CLIENT = "${iot:ClientId}";
const asThing = allow("Connect", client(THING));
const features = (operator, ...list) => ({ [operator]: { "iot:ConnectAttributes": list } });

// The ways to connect, as contexts of a request.
const clean = {};
const persistent = { cleanSession: false };
const will = (willTopic = "pumps/gone") => ({ willTopic });
const both = { cleanSession: false, willTopic: "pumps/gone" };

const as = (clientId) => ({ clientId });
const yes = (request, context = {}) => ({ request, context, answer: "allowed" });
const no = (request, context = {}) => ({ request, context, answer: "denied", denial: "implicit" });
const refused = (request, context = {}) => ({ request, context, answer: "denied", denial: "explicit" });
const connect = { verb: "connect" };
const publish = (name) => ({ verb: "publish", topic: name });
const receive = (name) => ({ verb: "receive", topic: name });
const subscribe = (text) => ({ verb: "subscribe", filter: text });

const [{ pem, der, commonName }] = makeCertificates(1);
const certificateId = createHash("sha256").update(der).digest("hex");

/** The device of a sample that names none. */
const registered = { thing: { name: "pump-4" }, certificate: { subject: "/CN=pump-4" } };
const unregistered = { certificate: { subject: "/CN=pump-4" } };
const thingNamed = (name, subject = `/CN=${name}`) => ({ thing: { name }, certificate: { subject } });

const connecting = [
  {
    says: "one client ID may connect",
    device: unregistered,
    statements: [allow("Connect", client("pump-4"))],
    asks: [yes(connect, as("pump-4")), no(connect, as("pump-5"))],
  },
  {
    says: "two client IDs may not connect, all others if they are thing names",
    device: thingNamed("pump-1"),
    statements: [deny("Connect", [client("pump-1"), client("pump-2")]), asThing],
    asks: [refused(connect), refused(connect, as("pump-2")), no(connect, as("pump-3"))],
  },
  {
    says: "the same policy, and a thing that it does not deny",
    device: thingNamed("pump-3"),
    statements: [deny("Connect", [client("pump-1"), client("pump-2")]), asThing],
    asks: [yes(connect), refused(connect, as("pump-1"))],
  },
  {
    says: "connections may be persistent",
    statements: [allow("Connect", "*", features("ForAllValues:StringEquals", "PersistentConnect"))],
    asks: [yes(connect, persistent)],
  },
  {
    says: "connections may not be persistent, anything else is allowed",
    statements: [allow("Connect", "*", features("ForAllValues:StringNotEquals", "PersistentConnect"))],
    asks: [no(connect, persistent), yes(connect, clean), yes(connect, will())],
  },
  {
    says: "the same, by a Deny",
    statements: [allow("Connect", "*"), deny("Connect", "*", features("ForAnyValue:StringEquals", "PersistentConnect"))],
    asks: [refused(connect, persistent), refused(connect, both), yes(connect, clean), yes(connect, will())],
  },
  {
    says: "connections may be persistent and have a last will",
    statements: [allow("Connect", "*", features("ForAllValues:StringEquals", "PersistentConnect", "LastWill"))],
    asks: [yes(connect, both)],
  },
  {
    says: "connections are clean, with or without a last will",
    statements: [allow("Connect", "*", features("ForAllValues:StringEquals", "LastWill"))],
    asks: [yes(connect, clean), yes(connect, will()), no(connect, persistent), no(connect, both)],
  },
  {
    says: "connections use default features only",
    statements: [allow("Connect", "*", features("ForAllValues:StringEquals"))],
    asks: [yes(connect, clean), no(connect, persistent), no(connect, will())],
  },
  {
    says: "connections must be persistent, and may have other features",
    statements: [allow("Connect", "*", features("ForAnyValue:StringEquals", "PersistentConnect"))],
    asks: [yes(connect, persistent), yes(connect, both), no(connect, clean), no(connect, will())],
  },
  {
    says: "connections must be persistent and have a last will",
    statements: [
      allow("Connect", "*", features("ForAllValues:StringEquals", "PersistentConnect", "LastWill")),
      deny("Connect", "*", features("ForAllValues:StringEquals", "PersistentConnect")),
      deny("Connect", "*", features("ForAllValues:StringEquals", "LastWill")),
      deny("Connect", "*", features("ForAllValues:StringEquals")),
    ],
    asks: [yes(connect, both), refused(connect, persistent), refused(connect, will()), refused(connect, clean)],
  },
  {
    says: "connections may not be persistent, and may have a last will",
    statements: [
      deny("Connect", "*", features("ForAnyValue:StringEquals", "PersistentConnect")),
      allow("Connect", "*", features("ForAllValues:StringEquals", "LastWill")),
    ],
    asks: [yes(connect, clean), yes(connect, will()), refused(connect, persistent), refused(connect, both)],
  },
  {
    says: "connections must have a last will to one topic, and may have other features",
    statements: [allow("Connect", "*", { ArnEquals: { "iot:LastWillTopic": topic("pumps/gone") } })],
    asks: [yes(connect, will()), yes(connect, both), no(connect, will("pumps/else")), no(connect, clean)],
  },
  {
    says: "connections are clean and have a last will to one topic",
    statements: [
      allow("Connect", "*", { ArnEquals: { "iot:LastWillTopic": topic("pumps/gone") } }),
      deny("Connect", "*", features("ForAnyValue:StringEquals", "PersistentConnect")),
    ],
    asks: [yes(connect, will()), refused(connect, both)],
  },
  {
    says: "a thing connects under its name and subscribes to one filter",
    statements: [asThing, allow("Subscribe", filter("site/alarms"))],
    asks: [yes(connect), no(connect, as("pump-5")), yes(subscribe("site/alarms"))],
  },
  {
    says: "one client ID without a thing connects and subscribes to one filter",
    device: unregistered,
    statements: [allow("Connect", client("pump-4")), allow("Subscribe", filter("site/alarms"))],
    asks: [yes(connect, as("pump-4")), yes(subscribe("site/alarms"), as("pump-4"))],
  },
];

const clients = allow("Connect", ["pump-4", "pump-5", "pump-6"].map(client));

const messages = [
  {
    says: "a thing publishes to any topic below its name",
    statements: [asThing, allow("Publish", topic(`${THING}/*`))],
    asks: [yes(connect), yes(publish("pump-4/flow")), yes(publish("pump-4/flow/day/1")), no(publish("pump-5/flow"))],
  },
  {
    says: "three client IDs publish to any topic below their own ID",
    device: unregistered,
    statements: [clients, allow("Publish", topic(`${CLIENT}/*`))],
    asks: [yes(connect, as("pump-5")), yes(publish("pump-5/flow"), as("pump-5")), no(publish("pump-5/flow"), as("pump-6"))],
  },
  {
    says: "a thing subscribes to and receives what begins with its name and a word",
    statements: [asThing, allow("Subscribe", filter(`${THING}/valve*`)), allow("Receive", topic(`${THING}/valve*`))],
    asks: [yes(subscribe("pump-4/valve2")), yes(receive("pump-4/valve12")), no(subscribe("pump-5/valve2")), no(subscribe("pump-4/motor"))],
  },
  {
    says: "a client ID subscribes to and receives what begins with the ID and a word",
    device: unregistered,
    statements: [clients, allow("Subscribe", filter(`${CLIENT}/valve*`)), allow("Receive", topic(`${CLIENT}/valve*`))],
    asks: [yes(subscribe("pump-6/valve2"), as("pump-6")), yes(receive("pump-6/valve2"), as("pump-6"))],
  },
  {
    says: "a wildcard of MQTT in a policy is a plain character",
    statements: [asThing, allow("Subscribe", filter("site/+/alarms"))],
    asks: [yes(subscribe("site/+/alarms")), no(subscribe("site/hall/alarms"))],
  },
  {
    says: "a thing subscribes to two topics",
    statements: [asThing, allow("Subscribe", [filter("site/alarms"), filter("site/clock")])],
    asks: [yes(subscribe("site/alarms")), yes(subscribe("site/clock")), no(subscribe("site/doors"))],
  },
  {
    says: "a client ID publishes to a topic that only it has",
    device: unregistered,
    statements: [allow("Connect", client("pump-4")), allow("Publish", topic(`reports/${CLIENT}`))],
    asks: [yes(publish("reports/pump-4"), as("pump-4")), no(publish("reports/pump-5"), as("pump-4"))],
  },
  {
    says: "a thing publishes below its name, but for one topic",
    statements: [asThing, allow("Publish", topic(`${THING}/*`)), deny("Publish", topic(`${THING}/secret`))],
    asks: [yes(publish("pump-4/flow")), refused(publish("pump-4/secret")), no(publish("pump-5/secret"))],
  },
  {
    says: "two client IDs publish below their ID, but for one topic",
    device: unregistered,
    statements: [clients, allow("Publish", topic(`${CLIENT}/*`)), deny("Publish", topic(`${CLIENT}/secret`))],
    asks: [yes(publish("pump-4/flow"), as("pump-4")), refused(publish("pump-4/secret"), as("pump-4"))],
  },
  {
    says: "a thing subscribes to a topic and may not publish to another",
    statements: [asThing, allow("Subscribe", filter("site/alarms")), deny("Publish", topic(`${THING}/secret`))],
    asks: [yes(connect), yes(subscribe("site/alarms")), refused(publish("pump-4/secret"))],
  },
  {
    says: "one client ID publishes, receives and subscribes on one topic",
    device: unregistered,
    statements: [
      allow("Connect", client("pump-4")),
      { ...allow("Publish", topic("setup/7")), Action: ["iot:Publish", "iot:Receive"] },
      allow("Subscribe", filter("setup/7")),
    ],
    asks: [publish, receive, subscribe].map((ask) => yes(ask("setup/7"), as("pump-4"))),
  },
  {
    says: "a thing subscribes to a topic and receives its messages",
    statements: [asThing, allow("Subscribe", filter("site/alarms")), allow("Receive", topic("site/alarms"))],
    asks: [yes(connect), yes(subscribe("site/alarms")), yes(receive("site/alarms"))],
  },
];

const attached = allow("Connect", "*", { Bool: { "iot:Connection.Thing.IsAttached": ["true"] } });

const things = [
  { says: "a device connects if its certificate is attached to the thing", statements: [attached], asks: [yes(connect)] },
  {
    says: "a device does not connect if its certificate is not attached to the thing",
    device: { thing: { name: "pump-4", attached: false }, certificate: { subject: "/CN=pump-4" } },
    statements: [attached],
    asks: [no(connect)],
  },
];

const third = { StringEquals: { "iot:Certificate.Subject.CommonName.2": "Operator" } };
const any = { "ForAnyValue:StringEquals": { "iot:Certificate.Subject.CommonName.List": "Operator" } };
const ownId = allow("Publish", topic("${iot:CertificateId}"));
const ownCommonName = allow("Publish", topic("${iot:Certificate.Subject.CommonName}"));

const certificates = [
  {
    says: "a thing publishes to the topic that is the ID of its certificate",
    device: { thing: { name: commonName }, certificate: pem },
    statements: [ownId, asThing],
    asks: [yes(connect), yes(publish(certificateId)), no(publish("0".repeat(64)))],
  },
  {
    says: "three client IDs publish to the topic that is the ID of the certificate",
    device: { certificate: pem },
    statements: [ownId, clients],
    asks: [yes(connect, as("pump-6")), yes(publish(certificateId), as("pump-6"))],
  },
  {
    says: "a thing publishes to the topic that is its common name",
    statements: [ownCommonName, asThing],
    asks: [yes(connect), yes(publish("pump-4")), no(publish("pump-5"))],
  },
  {
    says: "three client IDs publish to the topic that is the common name",
    device: unregistered,
    statements: [ownCommonName, clients],
    asks: [yes(connect, as("pump-5")), yes(publish("pump-4"), as("pump-5")), no(publish("pump-5"), as("pump-5"))],
  },
  {
    says: "a thing whose third common name is the one demanded publishes to the topics of operators",
    device: thingNamed("pump-4", "/CN=pump-4/CN=Pump/CN=Operator"),
    statements: [asThing, allow("Publish", topic("operators/*"), third)],
    asks: [yes(publish("operators/log"))],
  },
  {
    says: "the same policy, and the name demanded is the second one",
    device: thingNamed("pump-4", "/CN=pump-4/CN=Operator"),
    statements: [asThing, allow("Publish", topic("operators/*"), third)],
    asks: [yes(connect), no(publish("operators/log"))],
  },
  {
    says: "a thing with the name demanded among its common names publishes to its topic of operators",
    device: thingNamed("pump-4", "/CN=pump-4/CN=Operator"),
    statements: [asThing, allow("Publish", topic(`operators/${THING}`), any)],
    asks: [yes(publish("operators/pump-4")), no(publish("operators/pump-5"))],
  },
  {
    says: "the same policy, and a certificate without that name",
    statements: [asThing, allow("Publish", topic(`operators/${THING}`), any)],
    asks: [yes(connect), no(publish("operators/pump-4"))],
  },
  {
    says: "client IDs with the name demanded among the common names publish to one topic",
    device: { certificate: { subject: "/CN=Operator/CN=pump-4" } },
    statements: [clients, allow("Publish", topic("operators"), any)],
    asks: [yes(publish("operators"), as("pump-4"))],
  },
];

const listed = { "ForAllValues:StringEquals": { "iot:Certificate.Subject.Organization.List": ["Weir Works", "Lock Ltd"] } };
const organizations = ["Weir Works", "Another"].map((name) => ({
  says: `devices of listed organizations publish to a topic of their thing's name: ${name}`,
  device: thingNamed("pump-4", `/O=${name}/CN=pump-4`),
  statements: [asThing, allow("Publish", topic(`levels/${THING}`), listed)],
  asks: [yes(connect), (name === "Another" ? no : yes)(publish("levels/pump-4"))],
}));

const of = (page, samples) =>
  samples.map(({ device = registered, statements, ...rest }) => ({
    page,
    ...rest,
    ...device,
    policy: { Version: "2012-10-17", Statement: statements },
  }));

/** Each: the page, what it says of its sample, our policy, the device (`thing`, `certificate`), and requests with the answers expected. */
export const samples = [
  ...of("connect-policy", connecting),
  ...of("pub-sub-policy", messages),
  ...of("thing-policy-examples", things),
  ...of("certificate-policy-examples", certificates),
  ...of("cert-policy-variables", organizations),
];
