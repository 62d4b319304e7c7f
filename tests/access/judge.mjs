// A second opinion: IAM's rules as `@cloud-copilot/iam-simulate` has them, which knows neither things nor certificates. It is told as context
// values what they give. Its licence is the AGPL: it is used here, by tests, and in nothing that we distribute.
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

const ANSWERS = { Allowed: "allowed", ExplicitlyDenied: "explicit", ImplicitlyDenied: "implicit" };

/** What a device of `generate.mjs` has as values of context keys when it asks for something. Keys without a value are left out. */
export function valuesFor({ thing, subject }, request, context, { region, accountId }) {
  const https = request.verb === "call";
  const clientId = https ? undefined : (context.clientId ?? thing.name);
  const values = { ...context.values };
  const add = (key, value) => {
    if (value !== undefined) values[key] = value;
  };
  add("iot:ClientId", clientId);
  // Thing variables exist over MQTT only, and under the thing's own name. The call for credentials names the thing in a header.
  const named = request.action === "iot:AssumeRoleWithCertificate" ? context.thingNameHeader : clientId;
  if (named === thing.name) {
    add("iot:Connection.Thing.ThingName", thing.name);
    add("iot:Connection.Thing.ThingTypeName", thing.typeName);
    add("iot:Connection.Thing.IsAttached", "true");
    for (const [key, value] of Object.entries(thing.attributes)) add(`iot:Connection.Thing.Attributes[${key}]`, value);
  }
  for (const [field, list] of Object.entries(subject)) {
    const name = `iot:Certificate.Subject.${field}`;
    add(name, list[0]);
    for (const [i, value] of list.entries()) add(`${name}.${i}`, value);
    if (list.length > 0) add(`${name}.List`, list);
  }
  if (request.verb === "connect") {
    const attributes = [...(context.cleanSession === false ? ["PersistentConnect"] : []), ...(context.willTopic ? ["LastWill"] : [])];
    if (attributes.length > 0) add("iot:ConnectAttributes", attributes);
    if (context.willTopic) add("iot:LastWillTopic", `arn:aws:iot:${region}:${accountId}:topic/${context.willTopic}`);
  }
  return values;
}

/** What AWS is asked when a device asks for something: actions, and the resource of all of them. */
export function asked(request, clientId) {
  switch (request.verb) {
    case "connect":
      return [["iot:Connect"], `client/${clientId}`];
    case "publish":
      return [request.retain ? ["iot:Publish", "iot:RetainPublish"] : ["iot:Publish"], `topic/${request.topic}`];
    case "receive":
      return [["iot:Receive"], `topic/${request.topic}`];
    case "subscribe":
      return [["iot:Subscribe"], `topicfilter/${request.filter}`];
    default:
      return [[request.action], request.resource];
  }
}

/** The judge's answer: `allowed`, `explicit` (a Deny) or `implicit`. What needs two actions needs both. */
export function judged(policies, device, request, context, { region, accountId }) {
  const [actions, resource] = asked(request, context.clientId ?? device.thing.name);
  const answers = actions.map((action) => {
    const answer = runUnsafeSimulation(
      {
        request: {
          principal: `arn:aws:iam::${accountId}:user/device`,
          action,
          resource: { resource: `arn:aws:iot:${region}:${accountId}:${resource}`, accountId },
          contextVariables: valuesFor(device, request, context, { region, accountId }),
        },
        identityPolicies: policies.map((policy, i) => ({ name: `p${i + 1}`, policy })),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    return ANSWERS[answer];
  });
  if (answers.includes(undefined)) throw new Error("the judge gave another kind of answer");
  return ["explicit", "implicit"].find((answer) => answers.includes(answer)) ?? "allowed";
}
