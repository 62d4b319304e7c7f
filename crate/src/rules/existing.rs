//! What the account has already, for one device.

use super::sources::{
    ATTACH_PRINCIPAL, AUTHORITY, DEPRECATE_TYPE, DYNAMIC_GROUPS, JITP, QUOTAS, TEMPLATES, TYPE_NOT_FOUND,
};

rules! {
    CERTIFICATE_REGISTERED: "JITP170" "certificate-registered" Error Connect Observed JITP { step: 1 },
        "The certificate is registered already, and its status is not ACTIVE.",
        "JITP runs when a certificate connects that AWS IoT does not know. A certificate that stayed PENDING_ACTIVATION after a failure is known: users report \
         that its next connections start nothing. One that is INACTIVE or REVOKED cannot connect either. Correct the cause of the failure, delete \
         the certificate from AWS IoT, and let the device connect again.",
        Existing r#"{"certificates": {"⟨certificate ID⟩": {"status": "PENDING_ACTIVATION"}}}"#
        => r#"{"certificates": {}}"#;
    REGISTERED_STATUS_UNKNOWN: "JITP171" "registered-status-unknown" Warning Connect Assumed JITP { step: 1, leaves_open: true },
        "The certificate is registered already, and its status is not known.",
        "An ACTIVE certificate connects, and nothing is provisioned. One that is PENDING_ACTIVATION or INACTIVE does not connect. The account does not \
         tell the status, so that the verdict is `unknown`. Add the output of `aws iot describe-certificate` to the account.",
        Existing r#"{"certificates": {"⟨certificate ID⟩": {}}}"#
        => r#"{"certificates": {"⟨certificate ID⟩": {"status": "ACTIVE"}}}"#;
    CA_NOT_READY: "JITP172" "ca-not-ready" Error Connect Documented AUTHORITY { step: 1 },
        "The CA certificate is not registered, is not ACTIVE, or does not register certificates automatically.",
        "AWS IoT registers a device's certificate by itself only if its CA is registered and ACTIVE, and if its auto-registration is enabled. Otherwise \
         the connection is dropped, and nothing is registered. Register the CA, or set `--new-status ACTIVE` and \
         `--new-auto-registration-status ENABLE` by `aws iot update-ca-certificate`.",
        Existing r#"{"caCertificates": {"⟨CA ID⟩": {"status": "INACTIVE", "autoRegistrationStatus": "ENABLE"}}}"#
        => r#"{"caCertificates": {"⟨CA ID⟩": {"status": "ACTIVE", "autoRegistrationStatus": "ENABLE"}}}"#;
    RESOURCE_MISSING: "JITP173" "resource-missing" Error Connect Observed TYPE_NOT_FOUND,
        "The account does not have a thing type, thing group, billing group or provisioning template that the plan needs.",
        "A report of a bulk registration shows ResourceRegistrationFailureException for a thing type that does not exist. The managed policy of the \
         provisioning role allows no call that creates thing types or groups, so that groups and billing groups are assumed to be the same. The \
         certificate stays PENDING_ACTIVATION. Create what is missing. A provisioning template must also be enabled and have the type of its flow.",
        Existing r#"{"thingTypes": {}}"#
        => r#"{"thingTypes": {"sensor": {"deprecated": false}}}"#;
    POLICY_MISSING: "JITP174" "policy-missing" Error Connect Documented TEMPLATES { step: 3 },
        "The account does not have a policy that the template names.",
        "AWS's page says that a policy without a document in the template must already be created. RegisterThing fails, and the certificate stays \
         PENDING_ACTIVATION. Create the policy, or put its document into the template.",
        Existing r#"{"policies": {}}"#
        => r#"{"policies": {"common": {"policyDocument": {"Version": "2012-10-17", "Statement": []}}}}"#;
    TYPE_DEPRECATED: "JITP175" "type-deprecated" Error Connect Documented DEPRECATE_TYPE,
        "The thing type is deprecated, and no thing can get it.",
        "A deprecated thing type stays with the things that have it, and no other thing can be associated with it. RegisterThing fails. Undo the deprecation \
         (`aws iot deprecate-thing-type --undo-deprecate`), or use another type.",
        Existing r#"{"thingTypes": {"sensor": {"deprecated": true}}}"#
        => r#"{"thingTypes": {"sensor": {"deprecated": false}}}"#;
    DYNAMIC_GROUP: "JITP176" "dynamic-group" Error Connect Assumed DYNAMIC_GROUPS,
        "The thing group is dynamic, and no thing can be added to it by name.",
        "A dynamic group has the things that its query finds: AWS's page says that membership is not explicitly defined. What AddThingToThingGroup does \
         with such a group is not documented. It is assumed to fail, and RegisterThing with it. Use a static group.",
        Existing r#"{"thingGroups": {"hall-2": {"dynamic": true}}}"#
        => r#"{"thingGroups": {"hall-2": {"dynamic": false}}}"#;
    RESOURCE_CONFLICT: "JITP177" "resource-conflict" Error Connect Documented TEMPLATES,
        "The resource exists with another value, and the override is FAIL.",
        "AWS's page of templates says of the override FAIL: \"Cause the request to fail with a ResourceConflictsException\". If several devices have one \
         thing name, the first is provisioned and the next stays PENDING_ACTIVATION. Give each device another name, or set REPLACE, MERGE or DO_NOTHING.",
        Existing r#"{"things": {"sensor-0001": {"thingTypeName": "sensor", "thingGroups": ["hall-2"], "attributes": {"site": "hall-9"}}}}"#
        => r#"{"things": {}}"#;
    OVERRIDE_OPEN: "JITP178" "override-open" Warning Connect Assumed TEMPLATES { leaves_open: true },
        "The resource exists, and AWS does not document what happens to its value.",
        "Without a setting in `OverrideSettings`, AWS documents no default for a property of a thing that exists with another value. Neither does it say \
         whether FAIL stops a device if the values are equal, nor what happens to a billing group. The verdict is `unknown`. Set REPLACE, MERGE or \
         DO_NOTHING for the property.",
        Existing r#"{"things": {"sensor-0001": {"thingTypeName": "meter", "thingGroups": ["hall-2"], "attributes": {}}}}"#
        => r#"{"things": {}}"#;
    MERGED_TOO_MANY: "JITP179" "merged-too-many" Error Connect Documented QUOTAS,
        "The thing exceeds a limit after a merge.",
        "With the override MERGE the thing keeps its attributes and groups, and gets those of the template besides. AWS's limits count for all of them: ten \
         groups, three attributes without a thing type, fifty with one. Remove what the thing does not need, or use REPLACE.",
        Existing r#"{"things": {"sensor-0001": {"thingTypeName": "sensor", "attributes": {"site": "hall-2"},
  "thingGroups": ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10"]}}}"#
        => r#"{"things": {}}"#;
    EXCLUSIVE_PRINCIPAL: "JITP180" "exclusive-principal" Error Connect Assumed ATTACH_PRINCIPAL { step: 5 },
        "The certificate is attached to another thing exclusively.",
        "A principal that is attached as EXCLUSIVE_THING belongs to one thing only. AWS's page of AttachThingPrincipal says so, and it is assumed that \
         RegisterThing fails then. Detach the certificate from the other thing by `aws iot detach-thing-principal`.",
        Existing r#"{"things": {"meter-7": {"principals": [{"principal": "arn:aws:iot:eu-west-1:123456789012:cert/⟨certificate ID⟩", "thingPrincipalType": "EXCLUSIVE_THING"}]}}}"#
        => r#"{"things": {}}"#;
}
