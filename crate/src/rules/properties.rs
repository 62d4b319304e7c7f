//! What is in the resources: status, policies, overrides.

use super::sources::{ATTACH_PRINCIPAL, CREATE_POLICY, CREATE_THING, FLEET, TEMPLATES};
use crate::flow::Flow;

rules! {
    STATUS: "JITP060" "unknown-status" Error Attach Documented TEMPLATES,
        "The certificate's Status is not ACTIVE or INACTIVE.",
        "AWS's page gives these two values, and without the property the status is ACTIVE. The API knows more states \
         (`PENDING_ACTIVATION`, `REVOKED`, `PENDING_TRANSFER`), and a template cannot ask for any of them: in JITP a \
         certificate begins as PENDING_ACTIVATION in any case, and step 6 sets the status of the template.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "PENDING_ACTIVATION"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    STATUS_CASE: "JITP061" "undocumented-status-case" Hint Attach Observed FLEET,
        "The Status is in another letter case than the documented ACTIVE and INACTIVE; AWS accepts it.",
        "AWS's own example of a fleet template says `\"Status\" : \"Active\"`, although the same page documents `ACTIVE` and \
         `INACTIVE`, and templates copied from it provision devices. So it is only a hint. In capitals the template agrees with \
         what the API and the console show.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "Active"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    POLICY_NEITHER: "JITP062" "policy-without-name-or-document" Error Attach Observed TEMPLATES { is_absence: true },
        "The policy resource has no PolicyName and no PolicyDocument.",
        "This is the best known refusal, because it comes when the template is attached: `InvalidRequestException: Invalid \
         registration template. Neither policyName nor policyDocument is present in the Template.` It proves that AWS checks \
         the resources at that time, and not only when a device connects. The properties may be present and not be found, under \
         a key in another case or outside `Properties`.",
        Policy r#""Properties": {}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_BOTH: "JITP063" "policy-name-and-document" Error Attach Documented TEMPLATES,
        "The policy resource has both a PolicyName and a PolicyDocument.",
        "\"`PolicyName` or `PolicyDocument`, but not both, must be specified.\" The name is for an existing policy, the \
         document for a new one, whose name AWS derives from a hash of the document; a template cannot choose it. With an \
         existing policy all devices share one, and a change reaches all of them. With a document a changed template creates a \
         second policy, and devices that are provisioned already keep the first.",
        Policy r#""Properties": {
  "PolicyName": "telemetry",
  "PolicyDocument": "⟨document⟩"
}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_IS_OBJECT: "JITP064" "policy-is-object" Warning Attach Documented TEMPLATES,
        "PolicyDocument is an object, which is documented for fleet templates only.",
        "\"A JSON object specified as an escaped string\" is what AWS's page requires, and its JITP and bulk examples have a \
         string; the fleet example has an object. Whether JITP accepts the object is not documented. The string is hard to \
         read, because it is escaped twice once the body is a string itself, but it is the form that AWS shows for JITP. The \
         fix of this finding writes it.",
        Policy r#""Properties": {"PolicyDocument": ⟨document⟩}"#
        => r#""Properties": {"PolicyDocument": "⟨document⟩"}"#;
    POLICY_NOT_JSON: "JITP065" "policy-not-json" Error Connect Documented CREATE_POLICY { step: 3 },
        "The PolicyDocument is not a policy in JSON.",
        "To the template the document is a string like any other, so a template with a broken one can be attached. \
         `CreatePolicy` refuses it at step 3, for each device, after the thing has been created. A policy's name belongs in \
         `PolicyName`. If the document is broken deep inside, the cause is mostly a missing level of backslashes.",
        Policy r#""Properties": {"PolicyDocument": "telemetry"}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    OVERRIDE_KEY: "JITP066" "override-key-form" Hint Attach Observed TEMPLATES,
        "The key of OverrideSettings is not in the form that every AWS example uses.",
        "AWS's page lists `ATTRIBUTE_PAYLOAD`, `THING_TYPE_NAME` and `THING_GROUPS`, and then writes `AttributePayload`, \
         `ThingTypeName` and `ThingGroups` in each of its examples. Public templates follow the examples. Whether the names in \
         the list work is not known. A setting that AWS does not recognise would show only when a device is provisioned a \
         second time, so use the form that is seen to work.",
        Thing r#""Properties": {"ThingName": "sensor-0001", "AttributePayload": {"site": "hall-2"}},
"OverrideSettings": {"ATTRIBUTE_PAYLOAD": "MERGE"}"#
        => r#""Properties": {"ThingName": "sensor-0001", "AttributePayload": {"site": "hall-2"}},
"OverrideSettings": {"AttributePayload": "MERGE"}"#;
    OVERRIDE_VALUE: "JITP067" "unknown-override" Error Attach Documented TEMPLATES,
        "The property does not support this override.",
        "`DO_NOTHING` keeps what exists, `REPLACE` overwrites it, `FAIL` ends the provisioning with a \
         `ResourceConflictsException`. `MERGE` is \"valid only for the `ThingGroups` and `AttributePayload` properties of a \
         thing\": a thing has one type and a certificate one status, so there is nothing to merge. Overrides apply when a \
         device comes back with a new certificate under its old name. AWS documents no default, so state the override.",
        Thing r#""Properties": {"ThingName": "sensor-0001", "ThingTypeName": "sensor"},
"OverrideSettings": {"ThingTypeName": "MERGE"}"#
        => r#""Properties": {"ThingName": "sensor-0001", "ThingTypeName": "sensor"},
"OverrideSettings": {"ThingTypeName": "REPLACE"}"#;
    OVERRIDE_ON_POLICY: "JITP068" "override-on-policy" Warning Attach Documented TEMPLATES,
        "The policy resource has OverrideSettings, which policies do not support.",
        "AWS's page says so in one line. A policy needs none: a named one is attached unchanged, and one that is created from a \
         document is named by its hash, so that the same name always means the same document. To change what provisioned \
         devices may do, give the existing policy a new default version.",
        Policy r#""Properties": {"PolicyName": "telemetry"},
"OverrideSettings": {"PolicyName": "REPLACE"}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_DUPLICATE_KEY: "JITP069" "policy-duplicate-key" Warning Connect Assumed CREATE_POLICY,
        "An object in the policy document has the same key twice, and only one of the two values counts.",
        "It happens when a permission is added by copying a line: a second `Action` or `Resource` in a statement that has one. \
         If AWS keeps the last one, as most parsers and jitp do, the first permission is gone. If it refuses the document, no \
         device is provisioned. Which of the two it does is not known. Make a list of the values, or put the second value into \
         a separate statement.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/sensor-0001",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/sensor-0001-update"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": [
      "arn:aws:iot:eu-west-1:123456789012:client/sensor-0001",
      "arn:aws:iot:eu-west-1:123456789012:client/sensor-0001-update"
    ]
  }]
}"#;
    STATUS_INACTIVE: "JITP070" "inactive-certificate" Warning Connect Documented TEMPLATES,
        "The certificate ends INACTIVE, so the device cannot connect until someone activates it.",
        "`INACTIVE` is documented, and the thing and the policy are provisioned in full. The device's connection is dropped \
         after provisioning in any case, and its next attempts are refused. It is right if a person or a program checks new \
         devices and calls `UpdateCertificate` for those that are admitted. If it was copied by mistake, it looks like a broken \
         network.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "INACTIVE"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    CERTIFICATE_SOURCES: "JITP071" "several-certificate-sources" Error Attach Documented TEMPLATES { flow: Flow::RegisterThing },
        "The certificate is specified in more than one way.",
        "\"When you declare a certificate in a template, use only one of these methods.\" The ID means a certificate that AWS \
         IoT has, the PEM one that only the caller has, the signing request one that AWS IoT issues. `CACertificatePem` is not \
         a separate method: it goes with `CertificatePem`, if several registered CAs have the same subject. JITP supports only \
         the ID (JITP059).",
        Body r#""Parameters": {
  "ThingName": {"Type": "String"},
  "CSR": {"Type": "String"},
  "CertificateId": {"Type": "String"}
},
"Resources": {
  "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "ThingName"}}},
  "certificate": {
    "Type": "AWS::IoT::Certificate",
    "Properties": {
      "CertificateSigningRequest": {"Ref": "CSR"},
      "CertificateId": {"Ref": "CertificateId"}
    }
  },
  "policy": ⟨policy⟩
}"#
        => r#""Parameters": {
  "ThingName": {"Type": "String"},
  "CSR": {"Type": "String"}
},
"Resources": {
  "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "ThingName"}}},
  "certificate": {
    "Type": "AWS::IoT::Certificate",
    "Properties": {"CertificateSigningRequest": {"Ref": "CSR"}}
  },
  "policy": ⟨policy⟩
}"#;
    SHARED_THING_NAME: "JITP072" "shared-thing-name" Warning Connect Documented CREATE_THING,
        "The thing's name is the same for many devices, which all become one thing.",
        "A thing's name is unique in an account and Region. The name may be a plain text, come from a parameter's `Default`, or \
         come from an attribute such as the country that many certificates share. Then the first device creates the thing and \
         every other one finds it: they share its attributes, groups and shadow, and a policy that uses the thing's name cannot \
         tell them apart. Nothing fails, so nobody notices. Name the thing by the common name, the serial number, or the \
         certificate ID.",
        Thing r#""Properties": {"ThingName": "sensor"}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    EMPTY_PROPERTY: "JITP073" "empty-property" Warning Attach Observed TEMPLATES,
        "The PolicyName or PolicyDocument is empty, which counts as absent.",
        "A script with an unset variable was refused with the message for a policy that has neither, so AWS reads an empty text \
         as no text. If the other property is present, an empty one has no effect. It most often means that a variable was not \
         filled in: fill it in, or remove the property.",
        Policy r#""Properties": {
  "PolicyName": "",
  "PolicyDocument": "⟨document⟩"
}"#
        => r#""Properties": {"PolicyDocument": "⟨document⟩"}"#;
    PRINCIPAL_TYPE: "JITP074" "unknown-thing-principal-type" Error Connect Documented ATTACH_PRINCIPAL { step: 5 },
        "The ThingPrincipalType is not EXCLUSIVE_THING or NON_EXCLUSIVE_THING.",
        "`AttachThingPrincipal` has these two values. With `EXCLUSIVE_THING` the certificate belongs to this thing alone; with \
         `NON_EXCLUSIVE_THING`, the default, it can be attached to others as well. Any other value fails the step that attaches \
         the certificate to the thing. It is assumed that a template with such a value can be attached to the CA.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "ThingPrincipalType": "EXCLUSIVE"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "ThingPrincipalType": "EXCLUSIVE_THING"
}"#;
    PACKAGE_VERSIONS: "JITP075" "undocumented-package-versions" Hint Connect Assumed TEMPLATES,
        "AWS does not document the form of PackageVersions, so jitp does not check it.",
        "AWS's page has listed the property since 2024, as a text with the names of software packages and their versions, and \
         shows no example. jitp accepts any value and does not check it. Whether the packages and versions must exist is not \
         documented either. Try the template with one device before you rely on it.",
        Thing r#""Properties": {
  "ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"},
  "PackageVersions": {"firmware": "1.0.0"}
}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    STATUS_FAIL: "JITP076" "status-override-fail" Warning Connect Assumed TEMPLATES,
        "The override of Status is FAIL, and in JITP the certificate always exists already.",
        "`FAIL` ends the provisioning with a `ResourceConflictsException` if the resource exists. In JITP the certificate \
         always exists: its registration as PENDING_ACTIVATION is the first step, before the template is used. It is assumed \
         that AWS then refuses every device; whether it compares the status first is not documented. `REPLACE` sets the status \
         that the template gives.",
        Certificate r#""Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"},
"OverrideSettings": {"Status": "FAIL"}"#
        => r#""Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"},
"OverrideSettings": {"Status": "REPLACE"}"#;
}
