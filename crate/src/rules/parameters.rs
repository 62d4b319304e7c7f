//! Parameters, references, functions, and the sections of other flows.

use super::sources::{FLEET, FUNCTIONS, JITP, TEMPLATES};
use crate::flow::Flow;

rules! {
    UNKNOWN_PARAMETER: "JITP030" "parameter-not-filled" Error Connect Documented JITP,
        "JITP does not fill this parameter, and it has no Default.",
        "In JITP nobody passes parameters: the values are \"limited to what JITP can extract from the subject field of the \
         certificate\". AWS lists eight names, all of which begin with `AWS::IoT::Certificate::`. A parameter of another name \
         has no value, and a declared parameter without a value fails every device. Some names look right and are not among the \
         eight: `…::State` (it is `StateName`), `…::Locality`, `…::EmailAddress`, `…::Surname`. With a `Default` such a \
         parameter is a named constant.",
        Parameters r#""DeviceLocation": {"Type": "String"}"#
        => r#""DeviceLocation": {"Type": "String", "Default": "hall-2"}"#;
    PARAMETER_TYPE: "JITP031" "parameter-type-not-string" Error Attach Assumed TEMPLATES,
        "The parameter is not declared with Type String.",
        "AWS's page says that a declaration has a name, a type and an optional default, and shows no type but `String`. It does \
         not mention CloudFormation's `Number` and `CommaDelimitedList`. How AWS treats them, `string`, or a missing `Type` is \
         not known; it is assumed that it refuses them. `String` loses nothing: every value from a certificate's subject is \
         text.",
        Parameters r#""AWS::IoT::Certificate::CommonName": {"Type": "string"}"#
        => r#""AWS::IoT::Certificate::CommonName": {"Type": "String"}"#;
    UNUSED_PARAMETER: "JITP032" "unused-parameter" Hint Connect Documented JITP { is_absence: true },
        "A declared parameter is not used and still fails the devices whose certificates lack it.",
        "AWS checks what is declared, not what is used: \"the device provisioning fails if the certificate doesn't have all of \
         the properties mentioned in the `Parameters` section\". A template that declares all eight fails each device whose \
         certificate has no `dnQualifier`, which is nearly every one. Remove unused parameters. If it is left in on purpose, an \
         unused parameter is a simple filter: only certificates with that attribute are provisioned.",
        Body r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"},
  "AWS::IoT::Certificate::DistinguishedNameQualifier": {"Type": "String"},
  "AWS::IoT::Certificate::Id": {"Type": "String"}
}"#
        => r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"},
  "AWS::IoT::Certificate::Id": {"Type": "String"}
}"#;
    UNDECLARED_PREDEFINED: "JITP033" "undeclared-predefined" Warning Connect Observed TEMPLATES { is_absence: true },
        "A Ref names one of the eight predefined parameters, which is not declared.",
        "AWS's own fleet template refers to `AWS::IoT::Certificate::Id` without declaring it, and works. For JITP the page \
         speaks of parameters \"that you can declare and reference\", and its sample declares all that it uses. jitp fills the \
         value in and warns, because AWS does not promise it. Declare the parameter: the `Ref` needs the attribute in the \
         certificate with or without the declaration.",
        Body r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"}
}"#
        => r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"},
  "AWS::IoT::Certificate::Id": {"Type": "String"}
}"#;
    UNDECLARED_REF: "JITP034" "undeclared-ref" Error Connect Assumed TEMPLATES { is_absence: true },
        "A Ref names a parameter that is not declared.",
        "The Ref has no value. Most often the name is one of the eight without its prefix (`CommonName`), has a slip in it, or \
         belongs to a parameter that was renamed only in its declaration. It is assumed that the template is attached and every \
         device then fails at step 2, when `RegisterThing` fills the template; AWS may refuse it earlier.",
        Thing r#""Properties": {"ThingName": {"Ref": "CommonName"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    REF_TO_RESOURCE: "JITP035" "ref-to-resource" Warning Connect Assumed TEMPLATES,
        "A Ref names a resource, and AWS does not specify its value.",
        "In CloudFormation a `Ref` to a resource gives its name or ID. AWS mentions for provisioning templates that one can \
         refer to a resource elsewhere, and does not say what the value is. jitp reads it as CloudFormation does (the thing's \
         or policy's name, the certificate's ID) and warns. Use the parameter that gives the resource its name instead.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"certificate": {"Ref": "certificate"}}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"certificate": {"Ref": "AWS::IoT::Certificate::Id"}}
}"#;
    BAD_EXPRESSION: "JITP036" "bad-expression" Error Attach Assumed TEMPLATES,
        "The object is not a Ref or a function that provisioning templates support.",
        "A value is a string, an object with the one key `Ref`, or one of the functions `Fn::Join`, `Fn::Select`, `Fn::Split`, \
         `Fn::Sub` and `Fn::FindInMap`. CloudFormation's others (`Fn::GetAtt`, `Fn::If`, `Fn::ImportValue`) and YAML's short \
         forms (`!Ref`) do not exist here. `ref` in lower case is a different key from `Ref`, and with a second key in the \
         object it is not clear which of the two counts. It is assumed that AWS checks this when the template is attached; no \
         device could be provisioned in any case.",
        Thing r#""Properties": {"ThingName": {"ref": "AWS::IoT::Certificate::CommonName"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    FUNCTION_SHAPE: "JITP037" "function-arguments" Error Attach Documented FUNCTIONS,
        "The function's arguments do not have the form that CloudFormation documents.",
        "AWS IoT borrows the functions from CloudFormation, with their arguments, which are lists in a fixed order: the \
         delimiter comes first in `Fn::Join` and `Fn::Split`, the index in `Fn::Select`. The values of `Fn::Join` are a second \
         list inside the list, which is often forgotten. `Fn::Split` gives a list, so it belongs inside `Fn::Select` or \
         `Fn::Join` if a single text is needed.",
        Thing r#""Properties": {
  "ThingName": {"Fn::Join": ["-", "sensor", {"Ref": "AWS::IoT::Certificate::CommonName"}]}
}"#
        => r#""Properties": {
  "ThingName": {"Fn::Join": ["-", ["sensor", {"Ref": "AWS::IoT::Certificate::CommonName"}]]}
}"#;
    FUNCTION_FLEET_ONLY: "JITP038" "function-fleet-only" Warning Attach Documented FLEET,
        "The function is documented for fleet provisioning templates only.",
        "AWS's page describes the intrinsic functions in its part on fleet provisioning, and the part on JITP mentions only \
         parameters. It is not documented whether JITP evaluates them, refuses them, or uses the object as a value. jitp \
         evaluates them as CloudFormation does, shows the result in the plan, and warns at each use. To be safe, put the exact \
         thing name into the certificate's common name: a CA can do with a subject what a template cannot.",
        Thing r#""Properties": {
  "ThingName": {"Fn::Join": ["-", ["sensor", {"Ref": "AWS::IoT::Certificate::CommonName"}]]}
}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    SECTION_FLEET_ONLY: "JITP039" "section-fleet-only" Warning Attach Documented FLEET,
        "The section is documented for fleet provisioning templates only.",
        "`Mappings` serves `Fn::FindInMap`, which belongs to fleet provisioning as all functions do. `DeviceConfiguration` is \
         returned to the device in the response to its `RegisterThing` request over MQTT. In JITP there is no such request, the \
         connection is dropped, and nobody receives the values. Put settings for the device into the thing's attributes or its \
         shadow, which it can read once it is connected.",
        Body r#""DeviceConfiguration": {"telemetryTopic": "sensors/hall-2"},
"Resources": {
  "thing": ⟨thing⟩,
  "certificate": ⟨certificate⟩,
  "policy": ⟨policy⟩
}"#
        => r#""Resources": {
  "thing": ⟨thing⟩,
  "certificate": ⟨certificate⟩,
  "policy": ⟨policy⟩
}"#;
    EVALUATION: "JITP040" "evaluation-fails" Error Connect Documented FLEET,
        "A function cannot be evaluated with these values.",
        "AWS warns that `Fn::Select` \"does not check for null values or if the index is out of bounds of the array\" and that \
         both end in a provisioning error. A key that `Mappings` lacks is assumed to end the same way. Such a template works \
         for some devices and not for others, because the values come from each certificate: splitting `sensor-0001` at the \
         hyphen gives two parts, splitting `sensor0001` one. Indices count from 0. Run the template against a certificate of \
         every series that you issue.",
        Thing r#""Properties": {
  "ThingName": {"Fn::Select": ["2", {"Fn::Split": ["-", {"Ref": "AWS::IoT::Certificate::CommonName"}]}]}
}"#
        => r#""Properties": {
  "ThingName": {"Fn::Select": ["1", {"Fn::Split": ["-", {"Ref": "AWS::IoT::Certificate::CommonName"}]}]}
}"#;
    OTHER_FLOW: "JITP041" "other-flow" Error Connect Documented TEMPLATES,
        "The template is written for another provisioning flow than the one that it is judged for.",
        "One language serves several flows. In single-thing and bulk registration the caller passes parameters of any name, \
         often a `CSR`; in fleet provisioning the device passes them; in JITP all values come from the certificate. A template \
         for one flow fails in another in many places, so jitp reports this once and judges the rest by the rules of the flow \
         that the template is for. To judge it for that flow, give the option `flow` (`--flow`). To use it for JITP, rewrite \
         it: replace the parameters by the eight, and name the certificate by its ID.",
        Body r#""Parameters": {
  "ThingName": {"Type": "String"},
  "SerialNumber": {"Type": "String"},
  "CSR": {"Type": "String"}
},
"Resources": {
  "thing": {
    "Type": "AWS::IoT::Thing",
    "Properties": {
      "ThingName": {"Ref": "ThingName"},
      "AttributePayload": {"serial": {"Ref": "SerialNumber"}}
    }
  },
  "certificate": {
    "Type": "AWS::IoT::Certificate",
    "Properties": {"CertificateSigningRequest": {"Ref": "CSR"}}
  },
  "policy": ⟨policy⟩
}"#
        => r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"},
  "AWS::IoT::Certificate::SerialNumber": {"Type": "String"},
  "AWS::IoT::Certificate::Id": {"Type": "String"}
},
"Resources": {
  "thing": {
    "Type": "AWS::IoT::Thing",
    "Properties": {
      "ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"},
      "AttributePayload": {"serial": {"Ref": "AWS::IoT::Certificate::SerialNumber"}}
    }
  },
  "certificate": {
    "Type": "AWS::IoT::Certificate",
    "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}
  },
  "policy": ⟨policy⟩
}"#;
    PREDEFINED_IN_OTHER_FLOW: "JITP042" "predefined-in-other-flow" Warning Connect Assumed FLEET { flow: Flow::Fleet },
        "Fleet provisioning is not known to fill this parameter; it fills only AWS::IoT::Certificate::Id.",
        "AWS's fleet template reads the certificate's ID from `AWS::IoT::Certificate::Id`, without anybody passing it. AWS \
         documents for JITP alone that the other seven are filled from a subject. In fleet provisioning the certificate is \
         often one that AWS has just created, whose subject says nothing about the device. It is assumed that they stay empty \
         unless they are passed. Choose another parameter name and let the device send it.",
        Body r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"},
  "AWS::IoT::Certificate::Id": {"Type": "String"}
}"#
        => r#""Parameters": {
  "SerialNumber": {"Type": "String", "Default": "unknown"},
  "AWS::IoT::Certificate::Id": {"Type": "String"}
},
"Resources": {
  "thing": {
    "Type": "AWS::IoT::Thing",
    "Properties": {"ThingName": {"Ref": "SerialNumber"}}
  },
  "certificate": ⟨certificate⟩,
  "policy": ⟨policy⟩
}"#;
    DEVICE_CONFIGURATION: "JITP043" "nested-device-configuration" Error Attach Documented FLEET,
        "A value in DeviceConfiguration is a nested object, which AWS does not support.",
        "The page calls the section arbitrary data and then limits it: it \"doesn't support nested JSON objects\". A value may \
         be a function, which looks like an object and evaluates to a text. Flatten structured values into names with a prefix, \
         or send them as one string of JSON that the device parses.",
        Body r#""DeviceConfiguration": {"telemetry": {"topic": "sensors/hall-2", "interval": "60"}}"#
        => r#""DeviceConfiguration": {"telemetryTopic": "sensors/hall-2", "telemetryInterval": "60"}"#;
    MAPPINGS: "JITP044" "invalid-mappings" Error Attach Documented FLEET,
        "The Mappings section is not a map of maps of plain strings.",
        "`Fn::FindInMap` needs three names: the map, a key, and a second key. So each map has exactly two levels, and the \
         values at the second level are plain strings: \"You cannot include parameters, pseudo parameters, or call intrinsic \
         functions in the `Mappings` section.\" The keys of the lookup may come from parameters, the table itself may not.",
        Body r#""Mappings": {"Sites": {"DE": "hall-2", "FR": "hall-7"}}"#
        => r#""Mappings": {"Sites": {"DE": {"group": "hall-2"}, "FR": {"group": "hall-7"}}}"#;
    LITERAL_REFERENCE: "JITP045" "literal-reference" Warning Connect Assumed TEMPLATES,
        "A plain string names a parameter, and AWS does not replace it by the parameter's value.",
        "AWS documents one way to use a parameter's value: an object with the single key `Ref`. A plain string is used \
         unchanged, so a thing named `\"AWS::IoT::Certificate::CommonName\"` gets that very name (its characters are all \
         allowed), and the second device finds the first one's thing. If the characters around the name are not allowed, as in \
         `${…}`, jitp reports the rule of that name, with the same fix.",
        Thing r#""Properties": {"ThingName": "AWS::IoT::Certificate::CommonName"}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
}
