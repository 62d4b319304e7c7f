//! Limits of the service.

use super::sources::{CREATE_POLICY, CREATE_TEMPLATE, CREATE_THING, QUOTAS, REGISTER_THING};

rules! {
    RESOURCE_NAME: "JITP080" "invalid-name" Error Connect Documented CREATE_THING,
        "The name of a thing, type or group has a character that is not allowed, is empty, or is longer than 128 characters.",
        "The service model has the pattern `[a-zA-Z0-9:_-]+` and a length of 1 to 128 for `ThingName`, `ThingTypeName`, \
         `ThingGroupName` and `BillingGroupName`. A common name with a space, a dot or a comma is the most frequent reason that \
         a device cannot be provisioned: X.509 allows all of them, and host names contain dots. jitp names the first character \
         that is not allowed, and its position. A template cannot replace characters, so change the certificates, or use \
         another attribute for the name.",
        Thing r#""Properties": {"ThingName": "sensor-0001.hall-2.example.com"}"#
        => r#""Properties": {"ThingName": "sensor-0001"}"#;
    ATTRIBUTE: "JITP081" "invalid-attribute" Error Connect Documented CREATE_THING,
        "The attribute's name or value has a character that is not allowed, such as a space, or is too long.",
        "The service model has `[a-zA-Z0-9_.,@/:#-]+` for an attribute's name, 1 to 128 characters, and the same with `=` and \
         square brackets for its value, at most 800. Spaces, umlauts and parentheses are not allowed, so `Example GmbH` from a \
         subject's organization is refused. `CreateThing` refuses the whole thing because of one attribute, and the device \
         stays PENDING_ACTIVATION. Keep text for people in a database next to the registry.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall 2"}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall-2"}
}"#;
    TOO_MANY_ATTRIBUTES: "JITP082" "too-many-attributes" Error Connect Documented QUOTAS,
        "The thing has more than 3 attributes without a thing type, or more than 50 with one.",
        "AWS's quota is 3 without a thing type and 50 with one; the type says what kind of thing it is and which of its \
         attributes are searchable. The type must exist before the first device connects: a template names it and cannot create \
         it, and neither can the role's managed policy.",
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
        "The thing belongs to more than 10 groups.",
        "A thing cannot be in two groups of one hierarchy, so ten groups are ten hierarchies, or groups outside any hierarchy. \
         With `MERGE` in the overrides, groups that the thing is in already count too, which no text can show. Groups that \
         select by an attribute are better dynamic thing groups, which find their things by a query.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "ThingGroups": ["g01", "g02", "g03", "g04", "g05", "g06", "g07", "g08", "g09", "g10", "g11"]
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "ThingGroups": ["sensors"],
  "AttributePayload": {"site": "hall-2"}
}"#;
    POLICY_NAME: "JITP084" "invalid-policy-name" Error Connect Documented CREATE_POLICY { step: 3 },
        "The PolicyName has a character that is not allowed, is empty, or is longer than 128 characters.",
        "The service model allows letters, digits and `_ + = , . @ -`, 1 to 128 characters: dots unlike in a thing's name, and no colons. A slash mostly means that an ARN or a path was given; `PolicyName` is the bare name of an AWS IoT policy. IAM policies cannot be named here, although their names look the same.",
        Policy r#""Properties": {"PolicyName": "arn:aws:iot:eu-west-1:123456789012:policy/telemetry"}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_TOO_LONG: "JITP085" "policy-too-long" Error Connect Documented QUOTAS { step: 3 },
        "The policy document has more than 2,048 characters, not counting white space.",
        "The quota leaves out white space, so minifying does not help. The service model's limit is far larger, so a document \
         can pass every check of its form and still be refused by `CreatePolicy` at step 3. To shorten it without granting \
         more, use policy variables instead of lists of things, or a common prefix of topics with `*` after it. Move the rest \
         to a second policy resource; a certificate can have ten.",
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
        "The certificate would have more than 10 policies.",
        "Each policy resource of the template is attached to the device's certificate at step 4, and the eleventh is refused; those \
         that the certificate has already count. \
         By then the thing and the policies exist and must be cleaned up. A policy document holds many statements, and a policy \
         that all devices share can be attached to a thing group once, where it does not count.",
        Resources r#""thing": ⟨thing⟩, "certificate": ⟨certificate⟩,
"p01": ⟨policy⟩, "p02": ⟨policy⟩, "p03": ⟨policy⟩, "p04": ⟨policy⟩,
"p05": ⟨policy⟩, "p06": ⟨policy⟩, "p07": ⟨policy⟩, "p08": ⟨policy⟩,
"p09": ⟨policy⟩, "p10": ⟨policy⟩, "p11": ⟨policy⟩"#
        => r#""thing": ⟨thing⟩, "certificate": ⟨certificate⟩,
"p01": ⟨policy⟩"#;
    VALUE_TOO_LONG: "JITP087" "value-too-long" Error Connect Documented REGISTER_THING,
        "A value passed to RegisterThing has more than 4,096 characters.",
        "JITP calls `RegisterThing` with the values of the parameters, and the service model limits the length of each. A \
         certificate's subject hardly reaches that limit: X.520 suggests at most 64 characters for a common name, and issuers \
         follow it. The usual cause is a `Default` that holds a document, a certificate for example.",
        Parameters r#""Site": {"Type": "String", "Default": "⟨x × 5000⟩"}"#
        => r#""Site": {"Type": "String", "Default": "hall-2"}"#;
    DESCRIPTION: "JITP088" "invalid-description" Error Attach Documented CREATE_TEMPLATE,
        "The template's description has more than 500 characters, or a control character.",
        "The service model gives the length and the pattern `[^\\p{C}]*`. A line break is a control character, so a text of \
         several lines is refused. Keep longer notes next to the template, not in it. The AWS CLI checks the length before it \
         sends the request, the service checks both.",
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
