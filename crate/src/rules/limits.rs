//! Limits of the service.

use super::sources::{CREATE_POLICY, CREATE_TEMPLATE, CREATE_THING, QUOTAS, REGISTER_THING};

rules! {
    RESOURCE_NAME: "JITP080" "resource-name" Error Connect Documented CREATE_THING,
        "Names of things, types and groups have 1 to 128 characters of [a-zA-Z0-9:_-].",
        "The service model has this pattern for `ThingName`, `ThingTypeName`, `ThingGroupName` and `BillingGroupName`. \
         A common name with a blank, a dot or a comma is the most frequent reason that a device cannot be provisioned: \
         X.509 allows all of them there, host names have dots by nature, and the pattern has none. jitp names the \
         first character that does not fit, and its position. A template cannot replace characters, so the \
         certificates have to change, or the template takes another attribute for the name.",
        Thing r#""Properties": {"ThingName": "sensor-0001.hall-2.example.com"}"#
        => r#""Properties": {"ThingName": "sensor-0001"}"#;
    ATTRIBUTE: "JITP081" "attribute" Error Connect Documented CREATE_THING,
        "Attribute names and values take a narrow set of characters, no blanks among them.",
        "The service model has `[a-zA-Z0-9_.,@/:#-]+` for an attribute's name, 1 to 128 characters, and the same with \
         `=` and square brackets for its value, at most 800. No blank, no umlaut, no parenthesis, so `Example GmbH` \
         from a subject's organization does not pass. `CreateThing` refuses the thing as a whole, and the device stays \
         PENDING_ACTIVATION for the sake of one attribute. What people are to read belongs in a database beside the \
         registry.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall 2"}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall-2"}
}"#;
    TOO_MANY_ATTRIBUTES: "JITP082" "too-many-attributes" Error Connect Documented QUOTAS,
        "A thing has at most 3 attributes without a thing type, 50 with one.",
        "The quota is AWS's way of asking for a thing type, which says what kind of thing this is and which of its \
         attributes are searchable. The type has to exist before the first device connects: a template names it and \
         cannot create it, and the role's managed policy could not either.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall-2", "line": "4", "model": "q7", "batch": "2026-11"}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "ThingTypeName": "sensor",
  "AttributePayload": {"site": "hall-2", "line": "4", "model": "q7", "batch": "2026-11"}
}"#;
    TOO_MANY_GROUPS: "JITP083" "too-many-groups" Error Connect Documented QUOTAS,
        "A thing belongs to at most 10 groups.",
        "A thing cannot be in two groups of one hierarchy, so ten groups are ten hierarchies, or groups that stand \
         alone. With `MERGE` in the overrides, groups that the thing is in already count too, which no text can show. \
         Groups that select by an attribute are better dynamic thing groups, which find their things by a query.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "ThingGroups": ["g01", "g02", "g03", "g04", "g05", "g06", "g07", "g08", "g09", "g10", "g11"]
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "ThingGroups": ["sensors"],
  "AttributePayload": {"site": "hall-2"}
}"#;
    POLICY_NAME: "JITP084" "policy-name" Error Connect Documented CREATE_POLICY { step: 3 },
        r"A policy's name has 1 to 128 characters of [\w+=,.@-].",
        "The pattern of the service model allows letters, digits and `_ + = , . @ -`: dots unlike a thing's name, and \
         no colons. A slash means most often that an ARN or a path has been given; `PolicyName` is the bare name of an \
         AWS IoT policy. IAM policies cannot be named here, even though their names look the same.",
        Policy r#""Properties": {"PolicyName": "arn:aws:iot:eu-west-1:123456789012:policy/telemetry"}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_TOO_LONG: "JITP085" "policy-too-long" Error Connect Documented QUOTAS { step: 3 },
        "A policy document has at most 2,048 characters, white space not counted.",
        "The quota leaves out white space, so minifying does not help. The service model's bound is far larger, which \
         is why a document can pass every check of form and still be refused by `CreatePolicy` at step 3. Shorter \
         without giving away more: policy variables in place of lists of things, a common prefix of topics with `*` \
         behind it, and a second policy resource for what is left, up to ten on a certificate.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": ["iot:Connect", "iot:Publish"],
    "Resource": [
      "arn:aws:iot:eu-west-1:123456789012:client/sensor-0001",
      "arn:aws:iot:eu-west-1:123456789012:topic/⟨sensors/ × 300⟩data"
    ]
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": ["iot:Connect", "iot:Publish"],
    "Resource": [
      "arn:aws:iot:eu-west-1:123456789012:client/sensor-0001",
      "arn:aws:iot:eu-west-1:123456789012:topic/sensors/sensor-0001/data"
    ]
  }]
}"#;
    TOO_MANY_POLICIES: "JITP086" "too-many-policies" Error Connect Documented QUOTAS { step: 4 },
        "At most 10 policies are attached to a certificate.",
        "Each policy resource of the template is attached to the device's certificate at step 4, and the eleventh is \
         refused. By then the thing and the policies exist, so what is left behind has to be tidied up. A policy \
         document holds many statements, and what is common to all devices can be attached to a thing group once, \
         where it does not count.",
        Resources r#""thing": ⟨thing⟩, "certificate": ⟨certificate⟩,
"p01": ⟨policy⟩, "p02": ⟨policy⟩, "p03": ⟨policy⟩, "p04": ⟨policy⟩,
"p05": ⟨policy⟩, "p06": ⟨policy⟩, "p07": ⟨policy⟩, "p08": ⟨policy⟩,
"p09": ⟨policy⟩, "p10": ⟨policy⟩, "p11": ⟨policy⟩"#
        => r#""thing": ⟨thing⟩, "certificate": ⟨certificate⟩,
"p01": ⟨policy⟩"#;
    VALUE_TOO_LONG: "JITP087" "value-too-long" Error Connect Documented REGISTER_THING,
        "A value passed to RegisterThing has at most 4,096 characters.",
        "JITP calls `RegisterThing` with the values of the parameters, and the service model bounds each. A \
         certificate's subject hardly reaches that far: X.520 suggests at most 64 characters for a common name, and \
         issuers hold to it. What does reach it is a `Default` into which somebody has put a document, a certificate \
         for example.",
        Parameters r#""Site": {"Type": "String", "Default": "⟨x × 5000⟩"}"#
        => r#""Site": {"Type": "String", "Default": "hall-2"}"#;
    DESCRIPTION: "JITP088" "description" Error Attach Documented CREATE_TEMPLATE,
        "The description of a provisioning template has at most 500 characters, and no control characters.",
        "The service model gives the length and the pattern `[^\\p{C}]*`. A line break is a control character, so a text of \
         several lines is refused. Notes that need more room belong beside the template, not in it. The AWS CLI checks the \
         length before it sends the request, the service checks both.",
        Text r#"{
  "templateName": "sensors",
  "description": "⟨sensors of hall 2, × 30⟩",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#
        => r#"{
  "templateName": "sensors",
  "description": "Sensors of hall 2",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#;
}
