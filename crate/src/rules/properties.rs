//! What stands in the resources: status, policies, overrides.

use super::sources::{ATTACH_PRINCIPAL, CREATE_POLICY, CREATE_THING, FLEET, TEMPLATES};
use crate::flow::Flow;

rules! {
    STATUS: "JITP060" "status" Error Attach Documented TEMPLATES,
        "A certificate's Status is ACTIVE or INACTIVE.",
        "These are the two that the page gives, and without the property it is ACTIVE. The API knows more states \
         (`PENDING_ACTIVATION`, `REVOKED`, `PENDING_TRANSFER`), none of which a template can ask for: a certificate in \
         JITP begins as PENDING_ACTIVATION by itself, and step 6 sets what stands here.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "PENDING_ACTIVATION"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    STATUS_CASE: "JITP061" "status-case" Hint Attach Observed FLEET,
        "AWS takes Active and Inactive too; ACTIVE and INACTIVE are documented.",
        "AWS's own example of a fleet template says `\"Status\" : \"Active\"`, a few pages below the sentence that \
         allows `ACTIVE` and `INACTIVE`, and templates copied from it provision devices. So it is a hint and no more. \
         In capitals the template agrees with what the API and the console show.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "Active"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    POLICY_NEITHER: "JITP062" "policy-neither" Error Attach Observed TEMPLATES { is_absence: true },
        "A policy resource has a PolicyName or a PolicyDocument.",
        "This is the best known of AWS's refusals, since it comes when the template is attached: \
         `InvalidRequestException: Invalid registration template. Neither policyName nor policyDocument is present in \
         the Template.` It proves that AWS looks into the resources at that moment, and not only when a device \
         connects. The properties may be there all the same and not be seen, under a key in another case or outside of \
         `Properties`.",
        Policy r#""Properties": {}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_BOTH: "JITP063" "policy-both" Error Attach Documented TEMPLATES,
        "A policy resource has a PolicyName or a PolicyDocument, not both.",
        "\"`PolicyName` or `PolicyDocument`, but not both, must be specified.\" The name is for a policy that exists, \
         the document is for one that is to be made, whose name AWS derives from a hash of the document; a template \
         cannot choose it. With a policy that exists, all devices share one, and a change reaches all of them; with a \
         document, a changed template makes a second policy, and devices that are provisioned already keep the \
         first.",
        Policy r#""Properties": {
  "PolicyName": "telemetry",
  "PolicyDocument": "⟨document⟩"
}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_IS_OBJECT: "JITP064" "policy-is-object" Warning Attach Documented TEMPLATES,
        "PolicyDocument takes an escaped string; an object is documented for fleet templates only.",
        "\"A JSON object specified as an escaped string\" is what the page asks for, and its JITP and bulk examples do \
         so; the fleet example has an object. Whether JITP takes the object too is not documented. The string is ugly, \
         being escaped twice once the body is a string itself, but it is the form that AWS shows for JITP; the fix of \
         this finding writes it.",
        Policy r#""Properties": {"PolicyDocument": ⟨document⟩}"#
        => r#""Properties": {"PolicyDocument": "⟨document⟩"}"#;
    POLICY_NOT_JSON: "JITP065" "policy-not-json" Error Connect Documented CREATE_POLICY { step: 3 },
        "A PolicyDocument is a policy in JSON.",
        "To the template the document is a string like any other, so a template with a broken one can be attached; \
         `CreatePolicy` refuses it at step 3, for each device anew, and by then the thing has been made. A policy's \
         name in this place belongs in `PolicyName`. Where the document is broken deep inside, the cause is mostly one \
         level of backslashes too few.",
        Policy r#""Properties": {"PolicyDocument": "telemetry"}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    OVERRIDE_KEY: "JITP066" "override-key" Hint Attach Observed TEMPLATES,
        "OverrideSettings are keyed by property names in every AWS example.",
        "The page lists `ATTRIBUTE_PAYLOAD`, `THING_TYPE_NAME` and `THING_GROUPS`, and then writes `AttributePayload`, \
         `ThingTypeName` and `ThingGroups` in each of its examples. Public templates follow the examples. Whether the \
         names in the list work too is not known; a setting that AWS does not recognise would show only when a device \
         comes a second time, so the form that is seen to work is the one to take.",
        Thing r#""Properties": {"ThingName": "sensor-0001", "AttributePayload": {"site": "hall-2"}},
"OverrideSettings": {"ATTRIBUTE_PAYLOAD": "MERGE"}"#
        => r#""Properties": {"ThingName": "sensor-0001", "AttributePayload": {"site": "hall-2"}},
"OverrideSettings": {"AttributePayload": "MERGE"}"#;
    OVERRIDE_VALUE: "JITP067" "override-value" Error Attach Documented TEMPLATES,
        "The override is none that this property takes.",
        "`DO_NOTHING` leaves what exists, `REPLACE` overwrites it, `FAIL` ends the provisioning with a \
         `ResourceConflictsException`. `MERGE` is \"valid only for the `ThingGroups` and `AttributePayload` properties \
         of a thing\": a thing has one type and a certificate one status, so there is nothing to merge. Overrides \
         matter when a device comes back with a new certificate under its old name. AWS documents no default, so say \
         what you want.",
        Thing r#""Properties": {"ThingName": "sensor-0001", "ThingTypeName": "sensor"},
"OverrideSettings": {"ThingTypeName": "MERGE"}"#
        => r#""Properties": {"ThingName": "sensor-0001", "ThingTypeName": "sensor"},
"OverrideSettings": {"ThingTypeName": "REPLACE"}"#;
    OVERRIDE_ON_POLICY: "JITP068" "override-on-policy" Warning Attach Documented TEMPLATES,
        "OverrideSettings are not available for policy resources.",
        "The page says so in one line. A policy needs none: one that is named is attached as it is, and one that is \
         made from a document is named by a hash of it, so that the same name always means the same document. To \
         change what devices may do that are in the field already, give the existing policy a new default version.",
        Policy r#""Properties": {"PolicyName": "telemetry"},
"OverrideSettings": {"PolicyName": "REPLACE"}"#
        => r#""Properties": {"PolicyName": "telemetry"}"#;
    POLICY_DUPLICATE_KEY: "JITP069" "policy-duplicate-key" Warning Connect Assumed CREATE_POLICY,
        "An object in a policy document has the same key twice; which of the two counts depends on the reader.",
        "It is what comes of adding a permission by copying a line: a second `Action` or `Resource` in a statement \
         that has one. If AWS keeps the last one, as most parsers do and jitp does, the first permission is gone; if \
         it refuses the document, no device is provisioned. Which of the two it does is not known. Make a list of the \
         values, or a statement of its own of the second.",
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
    STATUS_INACTIVE: "JITP070" "status-inactive" Warning Connect Documented TEMPLATES,
        "A device whose certificate ends INACTIVE cannot connect before someone activates it.",
        "`INACTIVE` is documented and provisions the thing and the policy in full. The device's connection is dropped \
         after provisioning in any case, and its next attempt is refused as well, as would be all that follow. It is \
         the right choice where a person or a program checks new devices and calls `UpdateCertificate` for those that \
         may come in, and a fault that looks like a broken network where it was copied by mistake.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "INACTIVE"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    CERTIFICATE_SOURCES: "JITP071" "certificate-sources" Error Attach Documented TEMPLATES { flow: Flow::RegisterThing },
        "A certificate is specified in one way: by a signing request, by its ID, or by its PEM.",
        "\"When you declare a certificate in a template, use only one of these methods.\" The ID means a certificate \
         that AWS IoT has, the PEM one that the caller has and AWS IoT has not, the signing request one that AWS IoT \
         is to issue. `CACertificatePem` is no method of its own: it goes with `CertificatePem`, where several \
         registered CAs have the same subject. In JITP only the ID is left (JITP059).",
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
        "A thing's name is unique in an account and Region. If the name is a plain text, comes from a parameter's `Default`, or \
         from an attribute such as the country that many certificates share, the first device creates the thing and every other \
         one finds it: they share its attributes, groups and shadow, and a policy that goes by the thing's name cannot tell them \
         apart. Nothing fails, so nobody is told. Name the thing by the common name, by the serial number, or by the \
         certificate ID.",
        Thing r#""Properties": {"ThingName": "sensor"}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    EMPTY_PROPERTY: "JITP073" "empty-property" Warning Attach Observed TEMPLATES,
        "An empty PolicyName or PolicyDocument counts as absent.",
        "A script with an unset variable was refused with the words for a policy that has neither, so AWS reads an empty text as \
         no text. Beside the other property an empty one has no effect, and the policy is the other one. It most often means \
         that a variable was not filled in: fill it in, or remove the property.",
        Policy r#""Properties": {
  "PolicyName": "",
  "PolicyDocument": "⟨document⟩"
}"#
        => r#""Properties": {"PolicyDocument": "⟨document⟩"}"#;
    PRINCIPAL_TYPE: "JITP074" "thing-principal-type" Error Connect Documented ATTACH_PRINCIPAL { step: 5 },
        "ThingPrincipalType is EXCLUSIVE_THING or NON_EXCLUSIVE_THING.",
        "`AttachThingPrincipal` has these two values: with `EXCLUSIVE_THING` the certificate belongs to this thing alone, with \
         `NON_EXCLUSIVE_THING` it can be attached to others as well, which is the default. Any other value fails the step that \
         attaches the certificate to the thing. That a template with such a value is accepted when it is attached to the CA is \
         assumed.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "ThingPrincipalType": "EXCLUSIVE"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "ThingPrincipalType": "EXCLUSIVE_THING"
}"#;
    PACKAGE_VERSIONS: "JITP075" "package-versions" Hint Connect Assumed TEMPLATES,
        "The form of a thing's PackageVersions is not documented.",
        "AWS's page has listed the property since 2024, as a text with the names of software packages and their versions, and \
         shows no example. jitp accepts any value and does not check it. Whether the packages and versions must exist is not \
         documented either. Try the template with one device before you rely on it.",
        Thing r#""Properties": {
  "ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"},
  "PackageVersions": {"firmware": "1.0.0"}
}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    STATUS_FAIL: "JITP076" "status-fail" Warning Connect Assumed TEMPLATES,
        "The override FAIL of Status meets a certificate that exists already.",
        "`FAIL` ends the provisioning with a `ResourceConflictsException` if the resource exists. In JITP the certificate always \
         exists: its registration as PENDING_ACTIVATION is the first step, before the template is used. That AWS then refuses \
         every device is assumed; whether it compares the status first is not documented. `REPLACE` sets the status that the \
         template gives.",
        Certificate r#""Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"},
"OverrideSettings": {"Status": "FAIL"}"#
        => r#""Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"},
"OverrideSettings": {"Status": "REPLACE"}"#;
}
