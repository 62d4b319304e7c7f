//! The text: what keeps any JSON, or any key or value, from being read.

use super::sources::{RFC8259, TEMPLATES};

rules! {
    MALFORMED_JSON: "JITP001" "malformed-json" Error Attach Observed RFC8259,
        "The text, a template body or a policy document inside it, is not well-formed JSON.",
        "AWS parses the `templateBody` when it is attached and refuses what is not JSON with `InvalidRequestException: \
         Invalid registration template. Template format error: JSON not well-formed…`; the report that this is known \
         from had sent a Python dict with its single quotes. A slip in the registration config around the body never \
         gets as far as AWS: the CLI or SDK reads that file itself. jitp names the first offence, says what the text \
         most likely is, and reads on as far as it can, so that one comma does not hide the other findings. Let a \
         serializer write the JSON (`json.dumps`, `JSON.stringify`, Terraform's `jsonencode`) rather than string \
         concatenation or a shell's here-document.",
        Thing r#""Properties": {'ThingName': 'sensor-0001'}"#
        => r#""Properties": {"ThingName": "sensor-0001"}"#;
    DUPLICATE_KEY: "JITP002" "duplicate-key" Error Attach Assumed RFC8259,
        "An object has the same key twice; which of the two counts depends on the reader.",
        "RFC 8259 asks for unique names and calls everything else unpredictable; AWS does not say what it does. Most \
         parsers keep the last value and lose the first without a word, and jitp reads on with the last one. In a \
         template the loss is seldom harmless: of two resources called `policy` one is gone, and the devices lack a \
         permission that anyone can see written in the file. Give the second resource a logical name of its own; \
         logical names are yours to choose.",
        Resources r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩,
"telemetryPolicy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#;
    TOO_DEEP: "JITP003" "too-deep" Error Attach Assumed RFC8259,
        "Arrays and objects nest deeper than any template needs, and deeper than jitp reads.",
        "RFC 8259 lets every parser limit how deep it reads, and how deep AWS reads is not known. A template with a \
         policy written out as an object and functions inside functions needs a dozen levels or two; jitp stops at \
         128, so that no text can exhaust the stack of what reads it. The same rule stops at a string inside of a \
         string inside of a string. A text like that comes from a program that has wrapped its own output again and \
         again.",
        Thing r#""Properties": {"ThingName": ⟨[ × 200⟩⟨] × 200⟩}"#
        => r#""Properties": {"ThingName": "sensor-0001"}"#;
    UNKNOWN_KEY: "JITP004" "unknown-key" Warning Attach Assumed TEMPLATES,
        "The key is none that AWS documents for this place, so it has no effect.",
        "AWS lists the keys of each part of a template and does not say whether others are refused or passed over. \
         jitp assumes the second, which is the more treacherous: the template is attached, every device is \
         provisioned, and what stood under the key is just not there. The usual causes are names from a neighbouring \
         API (CloudFormation's `Attributes` for `AttributePayload`), a key that stands one level too deep \
         (`OverrideSettings` belongs beside `Properties`), and notes to oneself. Where a known key is near, the \
         finding names it.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "Attributes": {"site": "hall-2"}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall-2"}
}"#;
    KEY_CASE: "JITP005" "key-case" Error Attach Assumed TEMPLATES,
        "The key is a known one in another spelling; keys are case-sensitive.",
        "A key in another case or in snake case is, to a JSON parser, another key, and what is required counts as \
         missing. AWS's own page invites the slip: its prose says `roleARN`, the member of the registration config is \
         `roleArn`. Envelopes are in camel case (`templateBody`, `roleArn`), everything inside the body in Pascal case \
         (`ThingName`, `PolicyDocument`), and code that converts keys for the whole file spoils one of the two. That \
         AWS does not forgive the spelling is assumed. jitp reads on as if the key were right, so that the one slip \
         gives one finding.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleARN": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    WRONG_TYPE: "JITP006" "wrong-type" Error Attach Documented TEMPLATES,
        "The value is of another JSON type than this place takes.",
        "The page says of each part whether it is an object, a list or a string. Where another type stands, there is \
         nothing that could be meant by it: a list of attributes has no names, a null is no thing name. \
         `AttributePayload` holds the names and values directly; the extra level `attributes` that the API's type of \
         the same name has would be an attribute called `attributes`.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": ["site", "hall-2"]
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "hall-2"}
}"#;
    NOT_A_STRING: "JITP007" "not-a-string" Error Attach Assumed TEMPLATES,
        "Property values are strings; a number or boolean has to be quoted.",
        "Everything in the registry is text: the names, and the attributes, which the service model types as strings. \
         Version numbers and flags are the classic slip, often after a converter from YAML has taken `version: 1` at \
         its word. Whether AWS would turn the number into text is not known, so jitp calls it an error and offers the \
         quotation marks.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"version": 1}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"version": "1"}
}"#;
    NOT_UTF_8: "JITP008" "not-utf-8" Error Attach Assumed RFC8259,
        "The text is not UTF-8: bytes in it stand for no character.",
        "RFC 8259 asks for UTF-8 wherever JSON is exchanged. A file in Latin-1, Windows-1252 or another encoding has bytes \
         that are not UTF-8 where it has letters beyond ASCII, and whatever reads it puts U+FFFD, the replacement \
         character, in their place. The name of a device or a site would reach AWS with that character in it. What stood \
         there cannot be told from the text any more, so that jitp names the first such byte, reads no further, and \
         writes nothing. Save the file as UTF-8.",
        Thing "\"Properties\": {\n  \"ThingName\": \"sensor-0001\",\n  \"AttributePayload\": {\"site\": \"M\u{fffd}nchen\"}\n}"
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"site": "Muenchen"}
}"#;
}
