//! The keys and types of templates and of the texts around them. Each is written once, for all code that checks,
//! completes or moves them.

use crate::limits::PREDEFINED;

/// Keys of a template body.
pub const BODY_KEYS: [&str; 4] = ["Parameters", "Resources", "Mappings", "DeviceConfiguration"];

/// Keys of a parameter's declaration.
pub const PARAMETER_KEYS: [&str; 3] = ["Type", "Default", "Description"];

/// Keys of a resource.
pub const RESOURCE_KEYS: [&str; 3] = ["Type", "Properties", OVERRIDES];

/// The types that a provisioning template knows.
pub const TYPES: [&str; 3] = ["AWS::IoT::Thing", "AWS::IoT::Certificate", "AWS::IoT::Policy"];

/// The properties of a thing.
pub const THING_KEYS: [&str; 6] =
    ["ThingName", "AttributePayload", "ThingTypeName", "ThingGroups", "BillingGroup", "PackageVersions"];

/// Keys that only `RegisterThing` with the caller's own certificate accepts.
pub const OTHER_FLOW_KEYS: [&str; 3] = ["CertificateSigningRequest", "CertificatePem", "CACertificatePem"];

/// The properties of a certificate. `ThingPrincipalType` appears in a public AWS sample; the service model has it for
/// `AttachThingPrincipal`.
pub const CERTIFICATE_KEYS: [&str; 6] =
    ["CertificateId", "Status", "ThingPrincipalType", OTHER_FLOW_KEYS[0], OTHER_FLOW_KEYS[1], OTHER_FLOW_KEYS[2]];

/// The properties of a policy.
pub const POLICY_KEYS: [&str; 2] = ["PolicyName", "PolicyDocument"];

/// The properties that the three types have, with the type's place among [`TYPES`].
pub const PROPERTIES: [(usize, &[&str]); 3] = [(0, &THING_KEYS), (1, &CERTIFICATE_KEYS), (2, &POLICY_KEYS)];

/// Sections that only fleet templates have.
pub const FLEET_SECTIONS: [&str; 2] = ["Mappings", "DeviceConfiguration"];

/// Keys of a registration config as CloudFormation has them.
pub const CLOUDFORMATION_CONFIG_KEYS: [&str; 3] = ["TemplateBody", "RoleArn", "TemplateName"];

/// Keys of a registration config.
pub const CONFIG_KEYS: [&str; 3] = ["templateBody", "roleArn", "templateName"];

/// Keys that only an input of `CreateProvisioningTemplate` has.
pub const CREATE_ONLY: [&str; 5] = ["provisioningRoleArn", "type", "enabled", "description", "preProvisioningHook"];

/// Sections that mark a CloudFormation template.
pub const CLOUDFORMATION_ONLY: [&str; 6] =
    ["AWSTemplateFormatVersion", "Outputs", "Conditions", "Transform", "Metadata", "Rules"];

/// Keys of a policy document.
pub const DOCUMENT_KEYS: [&str; 3] = ["Version", "Id", "Statement"];
/// Keys of a statement of a policy document.
pub const STATEMENT_KEYS: [&str; 9] =
    ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal", "NotPrincipal"];

/// The key of a resource's overrides.
pub const OVERRIDES: &str = "OverrideSettings";

/// The values of a certificate's `Status`.
pub const STATUSES: [&str; 2] = ["ACTIVE", "INACTIVE"];

/// Whether a certificate belongs to one thing only. Model, `ThingPrincipalType`.
pub const PRINCIPAL_TYPES: [&str; 2] = ["EXCLUSIVE_THING", "NON_EXCLUSIVE_THING"];

/// Whether a name is one of the eight that JITP fills.
pub fn is_predefined(name: &str) -> bool {
    PREDEFINED.iter().any(|(predefined, _)| *predefined == name)
}

/// The names of the eight parameters of JITP.
pub fn predefined_names() -> [&'static str; PREDEFINED.len()] {
    PREDEFINED.map(|(name, _)| name)
}
