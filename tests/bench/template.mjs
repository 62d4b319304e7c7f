// The registration config of the benchmark: eight references, an inline policy, attributes, groups.

const policy = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "iot:Connect", Resource: "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}" },
    {
      Effect: "Allow",
      Action: ["iot:Publish", "iot:Receive"],
      Resource: "arn:aws:iot:eu-west-1:123456789012:topic/meters/${iot:Connection.Thing.ThingName}/*",
    },
    {
      Effect: "Allow",
      Action: "iot:Subscribe",
      Resource: "arn:aws:iot:eu-west-1:123456789012:topicfilter/meters/${iot:Connection.Thing.ThingName}/*",
    },
  ],
};

const names = ["CommonName", "Country", "StateName", "Organization", "OrganizationalUnit", "SerialNumber", "Id"];
const ref = (name) => ({ Ref: `AWS::IoT::Certificate::${name}` });

const body = {
  Parameters: Object.fromEntries(names.map((name) => [`AWS::IoT::Certificate::${name}`, { Type: "String" }])),
  Resources: {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: {
        ThingName: ref("CommonName"),
        AttributePayload: {
          country: ref("Country"),
          state: ref("StateName"),
          maker: ref("Organization"),
          unit: ref("OrganizationalUnit"),
          serialNumber: ref("SerialNumber"),
          certificate: ref("Id"),
        },
        ThingTypeName: "meter",
        ThingGroups: ["meters", "field"],
        BillingGroup: "meters",
      },
      OverrideSettings: { AttributePayload: "MERGE", ThingTypeName: "REPLACE", ThingGroups: "DO_NOTHING" },
    },
    certificate: {
      Type: "AWS::IoT::Certificate",
      Properties: { CertificateId: ref("Id"), Status: "ACTIVE" },
      OverrideSettings: { Status: "REPLACE" },
    },
    policy: { Type: "AWS::IoT::Policy", Properties: { PolicyDocument: JSON.stringify(policy) } },
  },
};

/** The config, as it is attached to a CA. */
export const config = JSON.stringify({ templateBody: JSON.stringify(body), roleArn: "arn:aws:iam::123456789012:role/JITPRole" }, null, 2);
