//! Resources: the thing, the certificate, the policies, their overrides.

use super::sources::{CREATE_POLICY, FLEET, TEMPLATES};

rules! {
    NO_RESOURCES: "JITP050" "no-resources" Error Attach Documented TEMPLATES,
        "A template declares its resources in a Resources section.",
        "",
        Text "" => "";
    RESOURCE_TYPE: "JITP051" "resource-type" Error Attach Documented TEMPLATES,
        "A resource is an AWS::IoT::Thing, an AWS::IoT::Certificate or an AWS::IoT::Policy.",
        "",
        Text "" => "";
    CERTIFICATE_COUNT: "JITP052" "certificate-count" Error Attach Assumed TEMPLATES,
        "A template declares exactly one certificate.",
        "",
        Text "" => "";
    SEVERAL_THINGS: "JITP053" "several-things" Error Attach Assumed TEMPLATES,
        "A template declares at most one thing.",
        "",
        Text "" => "";
    NO_THING: "JITP054" "no-thing" Warning Connect Assumed TEMPLATES,
        "Without a thing resource the device gets a certificate and no entry in the registry.",
        "",
        Text "" => "";
    NO_POLICY: "JITP055" "no-policy" Warning Connect Observed TEMPLATES,
        "Without a policy resource nothing in the template lets the device connect.",
        "",
        Text "" => "";
    MISSING_THING_NAME: "JITP056" "missing-thing-name" Error Attach Documented TEMPLATES,
        "A thing resource needs a ThingName.",
        "",
        Text "" => "";
    MISSING_CERTIFICATE_ID: "JITP057" "missing-certificate-id" Error Attach Documented TEMPLATES,
        "A JITP template names its certificate by CertificateId.",
        "",
        Text "" => "";
    LITERAL_CERTIFICATE_ID: "JITP058" "literal-certificate-id" Error Connect Assumed TEMPLATES,
        "A CertificateId other than AWS::IoT::Certificate::Id is not the connecting device's own.",
        "",
        Text "" => "";
    OTHER_FLOW_CERTIFICATE: "JITP059" "other-flow-certificate" Error Attach Documented TEMPLATES,
        "CertificateSigningRequest, CertificatePem and CACertificatePem belong to other provisioning flows.",
        "",
        Text "" => "";
    STATUS: "JITP060" "status" Error Attach Documented TEMPLATES,
        "A certificate's Status is ACTIVE or INACTIVE.",
        "",
        Text "" => "";
    STATUS_CASE: "JITP061" "status-case" Hint Attach Observed FLEET,
        "AWS takes Active and Inactive too; ACTIVE and INACTIVE are documented.",
        "",
        Text "" => "";
    POLICY_NEITHER: "JITP062" "policy-neither" Error Attach Observed TEMPLATES,
        "A policy resource has a PolicyName or a PolicyDocument.",
        "",
        Text "" => "";
    POLICY_BOTH: "JITP063" "policy-both" Error Attach Documented TEMPLATES,
        "A policy resource has a PolicyName or a PolicyDocument, not both.",
        "",
        Text "" => "";
    POLICY_IS_OBJECT: "JITP064" "policy-is-object" Warning Attach Documented TEMPLATES,
        "PolicyDocument takes an escaped string; an object is documented for fleet templates only.",
        "",
        Text "" => "";
    POLICY_NOT_JSON: "JITP065" "policy-not-json" Error Connect Documented CREATE_POLICY,
        "A PolicyDocument is a policy in JSON.",
        "",
        Text "" => "";
    OVERRIDE_KEY: "JITP066" "override-key" Hint Attach Observed TEMPLATES,
        "OverrideSettings are keyed by property names in every AWS example.",
        "",
        Text "" => "";
    OVERRIDE_VALUE: "JITP067" "override-value" Error Attach Documented TEMPLATES,
        "The override is none that this property takes.",
        "",
        Text "" => "";
    OVERRIDE_ON_POLICY: "JITP068" "override-on-policy" Warning Attach Documented TEMPLATES,
        "OverrideSettings are not available for policy resources.",
        "",
        Text "" => "";
    POLICY_DUPLICATE_KEY: "JITP069" "policy-duplicate-key" Warning Connect Assumed CREATE_POLICY,
        "An object in a policy document has the same key twice; which of the two counts depends on the reader.",
        "",
        Text "" => "";
    STATUS_INACTIVE: "JITP070" "status-inactive" Warning Connect Documented TEMPLATES,
        "A device whose certificate ends INACTIVE cannot connect before someone activates it.",
        "",
        Text "" => "";
    CERTIFICATE_SOURCES: "JITP071" "certificate-sources" Error Attach Documented TEMPLATES,
        "A certificate is specified in one way: by a signing request, by its ID, or by its PEM.",
        "",
        Text "" => "";
}
