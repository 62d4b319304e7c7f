//! What stands in the resources: status, policies, overrides.

use super::sources::{CREATE_POLICY, FLEET, TEMPLATES};

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
    POLICY_NEITHER: "JITP062" "policy-neither" Error Attach Observed TEMPLATES,
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
    POLICY_NOT_JSON: "JITP065" "policy-not-json" Error Connect Documented CREATE_POLICY,
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
    CERTIFICATE_SOURCES: "JITP071" "certificate-sources" Error Attach Documented TEMPLATES,
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
}
