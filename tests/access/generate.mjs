// Random policies, devices and requests that IAM's own rules decide.
//
// Left out, because IAM's page says nothing, or two things, of them: `*` in a request, policies of 2008, a variable without a value in
// NotResource or in a negated condition, a wildcard in a field of an ARN that is not all of the field, and a key of several values under an
// operator for one value.
import { conditions } from "./generate-conditions.mjs";
import { asked } from "./judge.mjs";

export const location = { region: "eu-west-1", accountId: "444455556666" };

const SEGMENTS = ["lamps", "lamp-7", "lamp-8", "state", "set", "hall", "north", "+", "#", "Lamps"];
const ACTIONS = ["Connect", "Publish", "Subscribe", "Receive", "RetainPublish", "GetThingShadow", "UpdateThingShadow"].map(
  (a) => `iot:${a}`,
);
const CALLS = [
  ["iot:GetThingShadow", "thing/lamp-7"],
  ["iot:GetThingShadow", "thing/lamp-7/colour"],
  ["iot:UpdateThingShadow", "thing/lamp-8"],
  ["iot:AssumeRoleWithCertificate", "rolealias/cameras"],
  ["greengrass:Discover", "thing/lamp-7"],
  ["iotjobsdata:DescribeJobExecution", "thing/lamp-7"],
];
/** Variables that have a value in every request. */
const CERTAIN = ["${iot:Certificate.Subject.CommonName}", "${iot:Certificate.Subject.CommonName.0}", "${iot:DomainName}"];
const VARIABLES = [
  ...CERTAIN,
  "${iot:ClientId}",
  "${iot:Connection.Thing.ThingName}",
  "${iot:Connection.Thing.ThingTypeName}",
  "${iot:Connection.Thing.Attributes[site]}",
  "${iot:Connection.Thing.Attributes[absent]}",
  "${iot:Certificate.Subject.Organization}",
  "${iot:Certificate.Subject.OrganizationalUnit.1}",
];

/** A device: a thing and the subject of its certificate, each field a list. */
function device(draw) {
  return {
    thing: {
      name: "lamp-7",
      attributes: draw.chance(70) ? { site: draw.one(["hall", "north"]) } : {},
      ...(draw.chance(60) && { typeName: draw.one(["lamps", "Lamps"]) }),
    },
    subject: {
      CommonName: draw.chance(80) ? ["lamp-7"] : ["lamp-7", "hall"],
      Organization: draw.chance(60) ? [draw.one(["hall", "north"])] : [],
      OrganizationalUnit: draw.some(["hall", "north", "state"], draw.below(4)),
    },
  };
}

/** How `simulate` is told of a device. */
export const given = ({ thing, subject }) => ({
  thing,
  certificate: {
    subject: Object.entries(subject)
      .flatMap(([field, list]) => list.map((value) => `/${NAMES[field]}=${value}`))
      .join(""),
  },
});
const NAMES = { CommonName: "CN", Organization: "O", OrganizationalUnit: "OU" };

function request(draw) {
  const path = () => draw.many(1, 4, () => draw.one(SEGMENTS)).join("/");
  const topic = () => draw.many(1, 4, () => draw.one(SEGMENTS.slice(0, 7))).join("/");
  switch (draw.below(6)) {
    case 0:
      return { verb: "connect" };
    case 1:
      return { verb: "subscribe", filter: path() };
    case 2:
      return { verb: "receive", topic: topic() };
    case 3: {
      const [action, resource] = draw.one(CALLS);
      return { verb: "call", action, resource };
    }
    case 4:
      return { verb: "publish", topic: topic(), retain: true };
    default:
      return { verb: "publish", topic: topic() };
  }
}

/** How a device asks: every key that a condition may ask for has a value. */
function context(draw) {
  return {
    ...(draw.chance(30) && { clientId: draw.one(["lamp-8", "hall"]) }),
    ...(draw.chance(30) && { cleanSession: false }),
    thingNameHeader: draw.one(["lamp-7", "hall"]),
    ...(draw.chance(30) && { willTopic: draw.one(["lamps/gone", "hall"]) }),
    values: {
      "aws:SourceIp": draw.one(["10.1.2.3", "192.0.2.44", "2001:db8::7"]),
      "aws:CurrentTime": draw.one(["2026-11-23T12:00:00Z", "2027-01-01T00:00:00Z"]),
      "aws:SecureTransport": draw.one(["true", "false"]),
      "iot:DomainName": draw.one(["hall", "mqtt.example.com"]),
      "example:Load": draw.one(["7", "12.5", "-3"]),
      "example:Blob": draw.one(["AAEC", "/+8="]),
      "example:Owner": draw.one(["arn:aws:iot:eu-west-1:444455556666:thing/hall", "arn:aws:sns:eu-west-1:444455556666:hall"]),
      "example:Tags": draw.some(["hall", "north", "lamp-7"], 1 + draw.below(3)),
    },
  };
}

/** A pattern for a resource part, from one that is asked for: segments become wildcards and variables, or others. */
function pattern(draw, resource, variables) {
  if (draw.chance(6)) return "*";
  const [kind, ...segments] = resource.split("/");
  const made = segments.map((segment) => {
    switch (draw.below(9)) {
      case 0:
        return "*";
      case 1:
        return segment.replace(/.$/u, "?");
      case 2:
        return `${segment.slice(0, 2)}*`;
      case 3:
      case 4:
        return draw.one(variables);
      case 5:
        return draw.chance(30) ? draw.one(SEGMENTS) : draw.one(["${*}", "${?}", "${$}", `?${segment.slice(1)}`]);
      default:
        return segment;
    }
  });
  if (draw.chance(15)) made.splice(1 + draw.below(made.length), made.length, "*");
  if (draw.chance(5)) made.push(draw.one(SEGMENTS));
  return `${draw.chance(7) ? draw.one(["topic", "topicfilter", "client"]) : kind}/${made.join("/")}`;
}

function resource(draw, wanted, variables) {
  if (draw.chance(10)) return "*";
  const field = (value, other) => (draw.chance(15) ? "*" : draw.chance(4) ? other : value);
  const fields = [field("aws", "aws-cn"), "iot", field(location.region, "eu-west-2"), field(location.accountId, "111122223333")];
  return `arn:${fields.join(":")}:${pattern(draw, draw.one(wanted), variables)}`;
}

function action(draw, wanted) {
  const name = draw.one(draw.chance(80) ? wanted : ACTIONS);
  const [service, verb] = name.split(":");
  switch (draw.below(12)) {
    case 0:
      return "*";
    case 1:
      return `${service}:*`;
    case 2:
      return `${service}:${verb.slice(0, 3)}*`;
    case 3:
      return `${service}:?${verb.slice(1)}`;
    case 4:
      return `${service}:*${verb.slice(-4)}`;
    case 5:
      return `${service}:${verb.toLowerCase()}`;
    default:
      return name;
  }
}

const oneOrMore = (draw, make) => (draw.chance(50) ? make() : draw.many(1, 3, make));

function statement(draw, asks, who) {
  const wanted = asks.map(({ request: of, context: how }) => asked(of, how.clientId ?? who.thing.name));
  const actions = wanted.flatMap(([list]) => list);
  const resources = wanted.map(([, one]) => one);
  const not = draw.chance(12);
  return {
    Effect: draw.chance(72) ? "Allow" : "Deny",
    ...(draw.chance(12)
      ? { NotAction: oneOrMore(draw, () => action(draw, ACTIONS)) }
      : { Action: oneOrMore(draw, () => action(draw, actions)) }),
    [not ? "NotResource" : "Resource"]: oneOrMore(draw, () => resource(draw, resources, not ? CERTAIN : VARIABLES)),
    ...(draw.chance(45) && { Condition: conditions(draw, CERTAIN, VARIABLES) }),
  };
}

/** One case: policies, a device, and requests each with its context. */
export function generated(draw, requests) {
  const who = device(draw);
  const how = context(draw);
  const asks = draw.many(requests, requests, () => ({ request: request(draw), context: how }));
  const policies = draw.many(1, 3, () => ({ Version: "2012-10-17", Statement: draw.many(1, 4, () => statement(draw, asks, who)) }));
  return { device: who, policies, context: how, requests: asks.map((ask) => ask.request) };
}
