// Random conditions, of every family of operators, on keys that every request gives a value or that are certain to have none.
//
// Left out is what the judge decides otherwise than IAM's pages: judge.test.mjs lists it.

const STRINGS = ["StringEquals", "StringEqualsIgnoreCase", "StringLike"];
const NOT_STRINGS = ["StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike"];
const COMPARED = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

const SINGLE = [
  "iot:Certificate.Subject.CommonName",
  "iot:Certificate.Subject.CommonName.1",
  "iot:Certificate.Subject.Organization",
  "iot:Connection.Thing.ThingName",
  "iot:Connection.Thing.ThingTypeName",
  "iot:Connection.Thing.Attributes[site]",
  "iot:DomainName",
];
const SEVERAL = [
  "iot:Certificate.Subject.OrganizationalUnit.List",
  "iot:Certificate.Subject.CommonName.List",
  "iot:ConnectAttributes",
  "example:Tags",
];
const WORDS = ["hall", "north", "lamp-7", "lamps", "state", "HALL", "Lamps", "mqtt.example.com", "PersistentConnect", "LastWill"];

/** IAM ignores the letter case of a key; the key of an attribute is the thing's. */
const spelled = (draw, key) => (draw.chance(10) && !key.includes("[") ? key.toUpperCase() : key);
const listed = (draw, make) => (draw.chance(50) ? make() : draw.many(1, 3, make));

function words(draw, operator, variables) {
  return listed(draw, () => {
    if (draw.chance(12)) return draw.one(variables);
    if (operator.includes("Like") && draw.chance(50)) return draw.one(["ha*", "*", "l?mp-?", "*h*", "hall?", "${*}all", "n*h"]);
    if (draw.chance(4)) return draw.one(["ha*", "hall?"]);
    return draw.one(WORDS);
  });
}

function strings(draw, certain, variables) {
  const negated = draw.chance(40);
  const operator = draw.one(negated ? NOT_STRINGS : STRINGS);
  const several = draw.chance(45);
  const set = several || draw.chance(15) ? draw.one(["ForAllValues:", "ForAnyValue:"]) : "";
  const key = draw.one(several ? SEVERAL : SINGLE);
  const end = draw.chance(20) && set !== "ForAnyValue:" ? "IfExists" : "";
  return [`${set}${operator}${end}`, key, words(draw, operator, negated ? certain : variables)];
}

/** One condition: operator, key, values. */
function condition(draw, certain, variables) {
  const end = draw.chance(20) ? "IfExists" : "";
  switch (draw.below(11)) {
    case 0: {
      const numbers = () => draw.one(["7", "12.5", "-3", "0", "7.0", "100"]);
      return [`Numeric${draw.one(COMPARED)}${end}`, "example:Load", listed(draw, numbers)];
    }
    case 1: {
      const dates = () => draw.one(["2026-11-23T12:00:00Z", "2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-12-01"]);
      return [`Date${draw.one(COMPARED)}${end}`, "aws:CurrentTime", listed(draw, dates)];
    }
    case 2:
      // AWS documents no value of IsAttached but true.
      if (draw.chance(50)) return ["Bool", "iot:Connection.Thing.IsAttached", draw.one(["true", "True"])];
      return [`Bool${end}`, "aws:SecureTransport", draw.one(["true", "false", "True"])];
    case 3:
      return [`BinaryEquals${end}`, "example:Blob", listed(draw, () => draw.one(["AAEC", "/+8=", "AAED"]))];
    case 4: {
      const ranges = () => draw.one(["10.0.0.0/8", "192.0.2.0/24", "192.0.2.44/32", "128.0.0.0/1", "2001:db8::/32", "10.1.2.0/31"]);
      return [`${draw.one(["IpAddress", "NotIpAddress"])}${end}`, "aws:SourceIp", listed(draw, ranges)];
    }
    case 5: {
      const arns = () =>
        draw.one([
          "arn:aws:iot:eu-west-1:444455556666:thing/hall",
          "arn:aws:*:eu-west-1:*:*hall",
          "arn:aws:iot:*:444455556666:thing/*",
          "arn:aws:sns:eu-west-1:444455556666:h?ll",
          "arn:aws:iot:eu-west-1:444455556666:thing/${iot:Certificate.Subject.CommonName}",
          "arn:aws:iot:*:*:topic/lamps/*",
          "arn:aws:iot:eu-west-1:444455556666:topic/hall",
        ]);
      const key = draw.one(["example:Owner", "iot:LastWillTopic"]);
      return [`Arn${draw.one(["Equals", "Like", "NotEquals", "NotLike"])}${end}`, key, listed(draw, arns)];
    }
    case 6:
      return ["Null", draw.one([...SINGLE, ...SEVERAL]), draw.one(["true", "false"])];
    default:
      return strings(draw, certain, variables);
  }
}

/** A Condition of one to three conditions. */
export function conditions(draw, certain, variables) {
  const made = {};
  for (const [operator, key, values] of draw.many(1, 3, () => condition(draw, certain, variables))) {
    made[operator] = { ...made[operator], [spelled(draw, key)]: values };
  }
  return made;
}
