// Bodies of 10 kB with a slip, as they are while somebody types: ten policies and twenty parameters, and something wrong with the thing.
// The search for the one slip that explains all findings judges many changes of them.

const PARAMETERS = 20;
const POLICIES = 10;

const arn = (resource) => `arn:aws:iot:eu-west-1:123456789012:${resource}/\${iot:Connection.Thing.ThingName}`;
const allow = (Action, Resource) => ({ Effect: "Allow", Action, Resource });

const policy = (i) => ({
  Version: "2012-10-17",
  Statement: [
    allow("iot:Connect", arn("client")),
    allow(["iot:Publish", "iot:Receive"], arn(`topic/hall-${i}`)),
    allow("iot:Subscribe", arn(`topicfilter/hall-${i}`)),
  ],
});

const thing = {
  ThingName: { Ref: "AWS::IoT::Certificate::CommonName" },
  AttributePayload: Object.fromEntries(Array.from({ length: PARAMETERS }, (_, i) => [`site${i}`, { Ref: `Site${i}` }])),
  ThingTypeName: "meter",
  ThingGroups: ["meters", "field"],
};

const body = (members) => ({
  Parameters: {
    "AWS::IoT::Certificate::CommonName": { Type: "String" },
    "AWS::IoT::Certificate::Id": { Type: "String" },
    ...Object.fromEntries(Array.from({ length: PARAMETERS }, (_, i) => [`Site${i}`, { Type: "String", Default: `hall-${i}` }])),
  },
  Resources: {
    thing: { Type: "AWS::IoT::Thing", ...members },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" } },
    ...Object.fromEntries(
      Array.from({ length: POLICIES }, (_, i) => [
        `policy${i}`,
        { Type: "AWS::IoT::Policy", Properties: { PolicyDocument: JSON.stringify(policy(i)) } },
      ]),
    ),
  },
});

const text = (members) => JSON.stringify(body(members), null, 2);

/** The texts by what is wrong with them, and one in which nothing is. */
export const bodies = {
  sound: text({ Properties: thing }),
  "a level too high": text(thing),
  "a key in the wrong case": text({ properties: thing }),
  "cut short": text({ Properties: thing }).slice(0, 9_000),
};
