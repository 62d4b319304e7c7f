//! The text: what keeps any JSON, or any key or value, from being read.

use super::sources::{RFC8259, TEMPLATES};

rules! {
    MALFORMED_JSON: "JITP001" "malformed-json" Error Attach Observed RFC8259,
        "The text, or a template body or policy document inside it, is not well-formed JSON.",
        "AWS parses the `templateBody` when it is attached and refuses text that is not JSON with `InvalidRequestException: \
         Invalid registration template. Template format error: JSON not well-formed…`. The report that this is known from had \
         sent a Python dict with its single quotes. A slip in the registration config around the body never reaches AWS: the \
         CLI or SDK reads that file itself. jitp reports the first syntax error, says what the text most likely is, and reads \
         on as far as it can, so that one comma does not hide the other findings. Write the JSON with a serializer \
         (`json.dumps`, `JSON.stringify`, Terraform's `jsonencode`), not with string concatenation or a shell's here-document.",
        Thing r#""Properties": {'ThingName': 'sensor-0001'}"#
        => r#""Properties": {"ThingName": "sensor-0001"}"#;
    DUPLICATE_KEY: "JITP002" "duplicate-key" Error Attach Assumed RFC8259,
        "An object has the same key twice, and only one of the two values counts.",
        "RFC 8259 asks for unique names and calls the behaviour of everything else unpredictable. AWS does not say which value \
         it uses. Most parsers keep the last value and drop the first silently, and jitp does the same. The loss matters: if \
         two resources are called `policy`, one of them is gone, and the devices lack a permission that anyone can see in the \
         file. Give the second resource a different logical name.",
        Resources r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩,
"telemetryPolicy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#;
    TOO_DEEP: "JITP003" "too-deep" Error Attach Assumed RFC8259,
        "Arrays and objects are nested deeper than any template needs, and deeper than jitp reads.",
        "RFC 8259 lets every parser limit its depth, and AWS's limit is not known. A template with a policy written as an \
         object and functions inside functions needs a dozen levels or two. jitp stops at 128, so that no text can exhaust the \
         stack of a parser. The same limit applies to a string inside a string inside a string. Such a text comes from a \
         program that wraps its own output again and again.",
        Thing r#""Properties": {"ThingName": ⟨[ × 200⟩⟨] × 200⟩}"#
        => r#""Properties": {"ThingName": "sensor-0001"}"#;
    UNKNOWN_KEY: "JITP004" "unknown-key" Warning Attach Assumed TEMPLATES,
        "The key is not one that AWS documents for this part of the template, so it has no effect.",
        "AWS lists the keys of each part of a template and does not say whether it refuses or ignores other keys. jitp assumes \
         that it ignores them, which is the more dangerous case: the template is attached, every device is provisioned, and the \
         value under the key is missing. The usual causes are names from a neighbouring API (CloudFormation's `Attributes` for \
         `AttributePayload`), a key that is one level too deep (`OverrideSettings` belongs next to `Properties`), and notes. If \
         a known key is similar, the finding names it.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "Attributes": {"site": "hall-2"}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall-2"}
}"#;
    KEY_CASE: "JITP005" "misspelled-key" Error Attach Assumed TEMPLATES,
        "The key is a known one in another spelling; keys are case-sensitive.",
        "To a JSON parser, a key in another case or in snake case is a different key, and the required key is missing. AWS's \
         own page invites the slip: its prose says `roleARN`, the member of the registration config is `roleArn`. Envelopes use \
         camel case (`templateBody`, `roleArn`) and everything inside the body uses Pascal case (`ThingName`, \
         `PolicyDocument`), so code that converts the keys of the whole file breaks one of the two. It is assumed that AWS does \
         not accept the other spelling. jitp reads on as if the key were right, so that one slip gives one finding.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleARN": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    WRONG_TYPE: "JITP006" "wrong-type" Error Attach Documented TEMPLATES,
        "The value has a JSON type that is not allowed here.",
        "AWS's page says of each part whether it is an object, a list or a string. A value of another type has no meaning: a \
         list of attributes has no names, and null is not a thing name. `AttributePayload` holds the names and values directly. \
         The extra level `attributes`, which the API's type of the same name has, would be an attribute called `attributes`.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": ["site", "hall-2"]
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall-2"}
}"#;
    NOT_A_STRING: "JITP007" "not-a-string" Error Attach Assumed TEMPLATES,
        "The property value is a number or a boolean, not a string.",
        "Everything in the registry is text: the names, and the attributes, which the service model types as strings. Version \
         numbers and flags are the usual case, often after a YAML converter has read `version: 1` as a number. It is not known \
         whether AWS converts the number to text, so jitp reports an error and offers the quotation marks as a fix.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"version": 1}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"version": "1"}
}"#;
    NOT_UTF_8: "JITP008" "not-utf-8" Error Attach Assumed RFC8259,
        "The text is not UTF-8: it has bytes that encode no character.",
        "RFC 8259 asks for UTF-8 for all JSON that is exchanged. A file in Latin-1, Windows-1252 or another encoding has bytes that \
         are not UTF-8 in place of letters beyond ASCII, and every parser replaces them by U+FFFD, the replacement character. \
         The name of a device or a site would reach AWS with that character in it. The original character can no longer be told \
         from the text, so jitp names the first such byte, reads no further, and writes nothing. Save the file as UTF-8.",
        Thing "\"Properties\": {\n  \"ThingName\": \"sensor-0001\",\n  \"AttributePayload\": {\"site\": \"M\u{fffd}nchen\"}\n}"
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "Muenchen"}
}"#;
}
