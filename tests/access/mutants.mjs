// Sound templates, and named ways to break the access of the device that each makes.

const REGION = "eu-west-1";
const ACCOUNT = "444455556666";
export const options = { region: REGION, accountId: ACCOUNT, now: "2026-11-23T12:00:00Z" };

const arn = (resource) => `arn:aws:iot:${REGION}:${ACCOUNT}:${resource}`;
const THING = "${iot:Connection.Thing.ThingName}";
const document = (...Statement) => ({ Version: "2012-10-17", Statement });
const allow = (Action, Resource, Condition) => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
const asThing = () => allow("iot:Connect", arn(`client/${THING}`));

/** The sound ones: a thing, the status of its certificate, its policies and the certificate. */
const SOUND = {
  "by the thing's name": () => ({
    thing: {},
    policies: [
      document(
        asThing(),
        allow("iot:Publish", arn(`topic/lamps/${THING}/state`)),
        allow("iot:Subscribe", arn(`topicfilter/lamps/${THING}/set`)),
        allow("iot:Receive", arn(`topic/lamps/${THING}/set`)),
      ),
    ],
    subject: "/O=Lumen Works/CN=lamp-7",
  }),
  "by the thing's type and attribute": () => ({
    thing: { ThingTypeName: "lamp", AttributePayload: { site: "hall" } },
    policies: [
      document(
        allow("iot:Connect", arn(`client/${THING}`), { StringEquals: { "iot:Connection.Thing.ThingTypeName": "lamp" } }),
        allow(["iot:Publish", "iot:Receive"], arn(`topic/\${iot:Connection.Thing.Attributes[site]}/${THING}/*`)),
        allow("iot:Subscribe", arn(`topicfilter/\${iot:Connection.Thing.Attributes[site]}/${THING}/*`)),
      ),
    ],
    subject: "/O=Lumen Works/CN=lamp-7",
  }),
  "by the certificate, in two policies": () => ({
    thing: {},
    policies: [
      document(allow("iot:Connect", arn(`client/${THING}`), { StringEquals: { "iot:Certificate.Subject.Organization": "Lumen Works" } })),
      document(
        allow("iot:Publish", arn("topic/reports/${iot:Certificate.Subject.CommonName}/*")),
        allow("iot:Subscribe", arn("topicfilter/orders/${iot:Certificate.Subject.CommonName}")),
        allow("iot:Receive", arn("topic/orders/${iot:Certificate.Subject.CommonName}")),
      ),
    ],
    subject: "/O=Lumen Works/CN=lamp-7",
  }),
};
export const sound = Object.entries(SOUND);

/** The text of a template. Policy documents are strings in it, as AWS demands. */
export function textOf({ thing, status = "ACTIVE", policies, named = [], noThing }) {
  const resource = (Type, Properties) => ({ Type, Properties });
  const Resources = {
    ...(!noThing && { thing: resource("AWS::IoT::Thing", { ThingName: { Ref: "AWS::IoT::Certificate::CommonName" }, ...thing }) }),
    certificate: resource("AWS::IoT::Certificate", { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: status }),
  };
  for (const [i, policy] of policies.entries()) {
    Resources[`policy${i + 1}`] = resource("AWS::IoT::Policy", { PolicyDocument: JSON.stringify(policy) });
  }
  for (const [i, name] of named.entries()) Resources[`named${i + 1}`] = resource("AWS::IoT::Policy", { PolicyName: name });
  const Parameters = { "AWS::IoT::Certificate::CommonName": { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } };
  return JSON.stringify({ Parameters, Resources }, null, 1);
}

const statements = ({ policies }) => policies.flatMap(({ Statement }) => Statement);
const connect = (model) => statements(model).find(({ Action }) => Action === "iot:Connect");
const having = (model, action) => statements(model).find(({ Action }) => [Action].flat().includes(`iot:${action}`));
/** Changes the resource of the statement that has an action. */
const moved = (action, from, to) => (model) => {
  const one = having(model, action);
  one.Resource = one.Resource.replace(from, to);
};

/**
 * The ways to break it. `apply` changes a model; `false` says that this one has nothing of the kind. `near` is how far from the change
 * the answer may point: at the change (the default), in its statement, in its policy, `elsewhere`: at what asks for the thing or the value that
 * is gone, and `nowhere`: the cause is not a policy.
 */
export const mutations = [
  { name: "connects as another client ID only", apply: moved("Connect", THING, "lamp-8") },
  { name: "connects below a prefix that the name lacks", apply: moved("Connect", "client/", "client/site-") },
  {
    name: "a Deny on connecting is added",
    apply: (model) => void model.policies[0].Statement.push({ Effect: "Deny", Action: "iot:Connect", Resource: "*" }),
  },
  {
    name: "a policy that denies everything is added",
    apply: (model) => void model.policies.push(document({ Effect: "Deny", Action: "iot:*", Resource: arn("*") })),
  },
  {
    name: "a condition is flipped",
    apply: (model) => {
      const one = connect(model);
      if (!one.Condition) return false;
      one.Condition = { StringNotEquals: one.Condition.StringEquals };
    },
    near: "statement",
  },
  {
    name: "a condition asks for another value",
    apply: (model) => {
      const [key] = Object.keys(connect(model).Condition?.StringEquals ?? {});
      if (!key) return false;
      connect(model).Condition.StringEquals[key] = "tower";
    },
    near: "statement",
  },
  {
    name: "a condition asks for a value that nobody gives",
    apply: (model) => void (connect(model).Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
    near: "statement",
  },
  {
    name: "the attribute is renamed",
    apply: (model) => {
      if (!model.thing.AttributePayload) return false;
      model.thing.AttributePayload = { Site: "hall" };
    },
    near: "elsewhere",
  },
  {
    name: "the thing type is removed",
    apply: (model) => {
      if (!model.thing.ThingTypeName) return false;
      delete model.thing.ThingTypeName;
    },
    near: "elsewhere",
  },
  { name: "the thing is removed", apply: (model) => void (model.noThing = true), near: "elsewhere" },
  { name: "a topic in place of a topic filter", apply: moved("Subscribe", "topicfilter/", "topic/") },
  { name: "a prefix of the topic is cut", apply: moved("Publish", /topic\/[^/]+\//, "topic/") },
  {
    name: "a topic in another letter case",
    apply: moved("Publish", /topic\/(.)/, (_, first) => `topic/${first === "$" ? "X$" : first.toUpperCase()}`),
  },
  { name: "another Region", apply: moved("Connect", REGION, "eu-west-2") },
  { name: "another account", apply: moved("Connect", ACCOUNT, "111122223333") },
  { name: "another partition", apply: moved("Connect", "arn:aws:", "arn:aws-cn:") },
  { name: "a colon of the ARN is lost", apply: moved("Connect", `${ACCOUNT}:`, ACCOUNT) },
  {
    name: "Receive is removed",
    apply: (model) => {
      const one = having(model, "Receive");
      if (Array.isArray(one.Action)) one.Action = "iot:Publish";
      else for (const policy of model.policies) policy.Statement = policy.Statement.filter((each) => each !== one);
    },
    near: "policy",
  },
  { name: "the action is misspelled", apply: (model) => void (connect(model).Action = "iot:Conect") },
  { name: "the prefix of the action is missing", apply: (model) => void (connect(model).Action = "Connect") },
  { name: "only a call over HTTPS is allowed", apply: (model) => void (connect(model).Action = "iot:GetThingShadow"), near: "statement" },
  {
    name: "Version is removed",
    apply: (model) => void delete model.policies[0].Version,
    near: "policy",
  },
  { name: "Version is the old one", apply: (model) => void (model.policies[0].Version = "2008-10-17"), near: "policy" },
  { name: "a variable in another letter case", apply: moved("Connect", "Thing.ThingName", "Thing.thingName") },
  { name: "a variable in parentheses", apply: moved("Connect", THING, "$(iot:Connection.Thing.ThingName)") },
  { name: "the Effect is flipped", apply: (model) => void (connect(model).Effect = "Deny"), near: "statement" },
  {
    name: "NotAction in place of Action",
    apply: (model) => {
      const one = connect(model);
      one.NotAction = one.Action;
      delete one.Action;
    },
    near: "statement",
  },
  {
    name: "NotResource in place of Resource",
    apply: (model) => {
      const one = connect(model);
      one.NotResource = one.Resource;
      delete one.Resource;
    },
    near: "statement",
  },
  { name: "a policy is named and not given", apply: (model) => void (model.named = ["Guardrails"]), near: "nowhere" },
  { name: "the thing joins a group", apply: (model) => void (model.thing.ThingGroups = ["hall-lamps"]), near: "nowhere" },
  { name: "the certificate becomes INACTIVE", apply: (model) => void (model.status = "INACTIVE"), near: "nowhere" },
  {
    name: "the certificate has another organization",
    apply: (model) => {
      if (!JSON.stringify(model.policies).includes("Subject.Organization")) return false;
      model.subject = model.subject.replace("Lumen Works", "Lumen Words");
    },
    near: "elsewhere",
  },
];
