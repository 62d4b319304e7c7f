//! Parameters, references, functions, and the sections of other flows.

use super::sources::{FLEET, FUNCTIONS, JITP, TEMPLATES};
use crate::flow::Flow;

rules! {
    UNKNOWN_PARAMETER: "JITP030" "unknown-parameter" Error Connect Documented JITP,
        "JITP fills eight parameters from the certificate; any other one needs a Default.",
        "In JITP nobody passes parameters: the values are \"limited to what JITP can extract from the subject field of \
         the certificate\", and AWS lists the eight names, all of which begin with `AWS::IoT::Certificate::`. A \
         parameter of another name stays without a value, and a declared parameter without a value fails every device. \
         Names that look right and are none of the eight: `…::State` (it is `StateName`), `…::Locality`, \
         `…::EmailAddress`, `…::Surname`. With a `Default` such a parameter is a constant that has a name.",
        Parameters r#""DeviceLocation": {"Type": "String"}"#
        => r#""DeviceLocation": {"Type": "String", "Default": "hall-2"}"#;
    PARAMETER_TYPE: "JITP031" "parameter-type" Error Attach Assumed TEMPLATES,
        "A parameter is declared with Type String.",
        "The page says that a declaration has a name, a type and an optional default, and shows no type but `String`. \
         CloudFormation's `Number` and `CommaDelimitedList` are not mentioned anywhere, and what AWS says to them, to \
         `string`, or to a missing `Type` is not known; that it refuses them is assumed. Nothing is lost by `String`: \
         all that a certificate's subject gives is text.",
        Parameters r#""AWS::IoT::Certificate::CommonName": {"Type": "string"}"#
        => r#""AWS::IoT::Certificate::CommonName": {"Type": "String"}"#;
    UNUSED_PARAMETER: "JITP032" "unused-parameter" Hint Connect Documented JITP { is_absence: true },
        "A declared parameter that nothing uses still fails the devices whose certificates lack it.",
        "AWS counts what is declared, not what is used: \"the device provisioning fails if the certificate doesn't \
         have all of the properties mentioned in the `Parameters` section\". Whoever declares all eight, to be on the \
         safe side, fails each device whose certificate has no `dnQualifier`, which is nearly every one. Remove what \
         is not used. Left in on purpose, an unused parameter is a cheap filter: only certificates with that attribute \
         are provisioned.",
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
        "A Ref to one of the eight parameters that is not declared is accepted in fleet templates; declare it.",
        "AWS's own fleet template refers to `AWS::IoT::Certificate::Id` without declaring it, and works. For JITP the \
         page speaks of parameters \"that you can declare and reference\", and its sample declares all that it uses. \
         jitp fills the value in and warns, since nobody promises it. The declaration is one line and costs nothing: a \
         `Ref` needs the attribute in the certificate with or without it.",
        Body r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"}
}"#
        => r#""Parameters": {
  "AWS::IoT::Certificate::CommonName": {"Type": "String"},
  "AWS::IoT::Certificate::Id": {"Type": "String"}
}"#;
    UNDECLARED_REF: "JITP034" "undeclared-ref" Error Connect Assumed TEMPLATES { is_absence: true },
        "A Ref names a parameter that is not declared.",
        "There is nothing to put in its place. Most often the name is one of the eight without its prefix \
         (`CommonName`), with a slip in it, or a parameter that was renamed where it is declared and not where it is \
         used. jitp assumes that the template is attached and every device then fails at step 2, where `RegisterThing` \
         fills the template; it may be refused earlier.",
        Thing r#""Properties": {"ThingName": {"Ref": "CommonName"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    REF_TO_RESOURCE: "JITP035" "ref-to-resource" Warning Connect Assumed TEMPLATES,
        "A Ref to a resource's logical name is mentioned but not specified by AWS.",
        "In CloudFormation a `Ref` to a resource gives its name or ID. Of provisioning templates AWS says only in \
         passing that one can refer to a resource elsewhere, not what comes out. jitp reads it as CloudFormation does \
         (the thing's or policy's name, the certificate's ID) and warns. What such a `Ref` is wanted for can be had \
         from the parameter that the resource is made of.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"certificate": {"Ref": "certificate"}}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"certificate": {"Ref": "AWS::IoT::Certificate::Id"}}
}"#;
    BAD_EXPRESSION: "JITP036" "bad-expression" Error Attach Assumed TEMPLATES,
        "An object in place of a value is a Ref or one function, spelt exactly.",
        "A value is a string, or an object with the one key `Ref`, or one of the functions `Fn::Join`, `Fn::Select`, \
         `Fn::Split`, `Fn::Sub` and `Fn::FindInMap`. CloudFormation's others (`Fn::GetAtt`, `Fn::If`, \
         `Fn::ImportValue`) and YAML's short forms (`!Ref`) do not exist here. `ref` in small letters is another key \
         than `Ref`, and a second key beside it leaves open which of the two counts. The check is assumed to come when \
         the template is attached; no device could be provisioned in any case.",
        Thing r#""Properties": {"ThingName": {"ref": "AWS::IoT::Certificate::CommonName"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    FUNCTION_SHAPE: "JITP037" "function-shape" Error Attach Documented FUNCTIONS,
        "A function takes the arguments that CloudFormation documents for it.",
        "AWS IoT borrows the functions from CloudFormation and with them their arguments, which are lists with a fixed \
         order: the delimiter comes first in `Fn::Join` and `Fn::Split`, the index in `Fn::Select`. What `Fn::Join` \
         joins is a list of its own inside of the list, which is the part that gets forgotten. `Fn::Split` gives a \
         list, so it stands inside `Fn::Select` or `Fn::Join`, where one text is wanted.",
        Thing r#""Properties": {
  "ThingName": {"Fn::Join": ["-", "sensor", {"Ref": "AWS::IoT::Certificate::CommonName"}]}
}"#
        => r#""Properties": {
  "ThingName": {"Fn::Join": ["-", ["sensor", {"Ref": "AWS::IoT::Certificate::CommonName"}]]}
}"#;
    FUNCTION_FLEET_ONLY: "JITP038" "function-fleet-only" Warning Attach Documented FLEET,
        "Functions other than Ref are documented for fleet provisioning templates only.",
        "The page describes the intrinsic functions in its part on fleet provisioning, and the one on JITP mentions \
         parameters and nothing else. Whether JITP evaluates them, refuses them, or takes the object for a value is \
         not documented; jitp evaluates them as CloudFormation does, shows the result in the plan, and warns at each \
         use. To be safe put into the certificate's common name exactly what the thing is to be called: a CA can do \
         with a subject what a template cannot.",
        Thing r#""Properties": {
  "ThingName": {"Fn::Join": ["-", ["sensor", {"Ref": "AWS::IoT::Certificate::CommonName"}]]}
}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    SECTION_FLEET_ONLY: "JITP039" "section-fleet-only" Warning Attach Documented FLEET,
        "The section is documented for fleet provisioning templates only.",
        "`Mappings` feeds `Fn::FindInMap`, which belongs to fleet provisioning as all functions do. \
         `DeviceConfiguration` is sent back to the device in the answer to its `RegisterThing` request over MQTT; in \
         JITP there is no such request, the connection is dropped, and the values have nobody to go to. Settings for \
         the device can stand in the thing's attributes or in its shadow, where it can read them once it is \
         connected.",
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
    EVALUATION: "JITP040" "evaluation" Error Connect Documented FLEET,
        "A function cannot be evaluated with these values.",
        "AWS warns that `Fn::Select` \"does not check for null values or if the index is out of bounds of the array\" \
         and that both end in a provisioning error; a key that `Mappings` lacks can end no better. Such a template \
         works for some devices and not for others, since the values come from each certificate: splitting \
         `sensor-0001` at the hyphen gives two parts, splitting `sensor0001` one. Indices count from 0. Run the \
         template against a certificate of every series that you issue.",
        Thing r#""Properties": {
  "ThingName": {"Fn::Select": ["2", {"Fn::Split": ["-", {"Ref": "AWS::IoT::Certificate::CommonName"}]}]}
}"#
        => r#""Properties": {
  "ThingName": {"Fn::Select": ["1", {"Fn::Split": ["-", {"Ref": "AWS::IoT::Certificate::CommonName"}]}]}
}"#;
    OTHER_FLOW: "JITP041" "other-flow" Error Connect Documented TEMPLATES,
        "The template is written for another provisioning flow than the one that it is judged for.",
        "One language serves several flows. In single-thing and bulk registration the caller passes parameters of any \
         name, often a `CSR`; in fleet provisioning the device passes them; in JITP the certificate is all there is. A \
         template for one of them fails in another at every second line, so jitp says this once and judges the rest by \
         the rules of the flow that the template is for. To judge it for that flow altogether give the option `flow` (`--flow`); \
         for JITP rewrite it: the parameters become the eight, and the certificate is named by its ID.",
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
        "In fleet provisioning AWS is known to fill AWS::IoT::Certificate::Id only; the caller has to give the others.",
        "AWS's fleet template takes the certificate's ID from `AWS::IoT::Certificate::Id`, without anybody passing it. \
         That the other seven are filled from a subject is documented for JITP alone, and in fleet provisioning the \
         certificate is often one that AWS has just made, whose subject says nothing about the device. jitp assumes \
         that they stay empty unless they are passed. Give the parameter a name of your own and let the device send \
         it.",
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
    DEVICE_CONFIGURATION: "JITP043" "device-configuration" Error Attach Documented FLEET,
        "DeviceConfiguration holds names and values; it does not take nested objects.",
        "The page calls it arbitrary data and then draws the line: the section \"doesn't support nested JSON \
         objects\". A value may be a function, which is an object to look at and a text once it is evaluated. What has \
         structure can be flattened into names with a prefix, or sent as one string of JSON that the device parses.",
        Body r#""DeviceConfiguration": {"telemetry": {"topic": "sensors/hall-2", "interval": "60"}}"#
        => r#""DeviceConfiguration": {"telemetryTopic": "sensors/hall-2", "telemetryInterval": "60"}"#;
    MAPPINGS: "JITP044" "mappings" Error Attach Documented FLEET,
        "Mappings is a map of maps of texts, without parameters or functions.",
        "`Fn::FindInMap` takes three names: the map, a key, a key under that. So each map has exactly two levels, and \
         at the second stand plain texts: \"You cannot include parameters, pseudo parameters, or call intrinsic \
         functions in the `Mappings` section.\" The keys of the lookup may come from parameters, the table itself may \
         not.",
        Body r#""Mappings": {"Sites": {"DE": "hall-2", "FR": "hall-7"}}"#
        => r#""Mappings": {"Sites": {"DE": {"group": "hall-2"}, "FR": {"group": "hall-7"}}}"#;
    LITERAL_REFERENCE: "JITP045" "literal-reference" Warning Connect Assumed TEMPLATES,
        "A plain string that names a parameter is not replaced by the parameter's value.",
        "AWS documents one way to use a parameter's value: an object with the single key `Ref`. A plain string is taken as it \
         stands, so that a thing named `\"AWS::IoT::Certificate::CommonName\"` gets that very name (its characters are all \
         allowed), and the second device finds the first one's thing. Where the characters around the name are not allowed, as \
         in `${…}`, jitp says so by the rule of that name, with the same mend.",
        Thing r#""Properties": {"ThingName": "AWS::IoT::Certificate::CommonName"}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
}
