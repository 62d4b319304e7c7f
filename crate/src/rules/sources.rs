//! The pages that the rules come from.

pub const JITP: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html";
pub const TEMPLATES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html";
pub const FLEET: &str =
    "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html#fleet-provision-template";
pub const CONFIG: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_RegistrationConfig.html";
pub const CREATE_TEMPLATE: &str =
    "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html";
pub const REGISTER_THING: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterThing.html";
pub const CREATE_THING: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThing.html";
pub const CREATE_POLICY: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicy.html";
pub const POLICY_ACTIONS: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html";
pub const PASS_ROLE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html";
pub const ARNS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html";
pub const ATTACH_PRINCIPAL: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_AttachThingPrincipal.html";
pub const DEPRECATE_TYPE: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/deprecate-thing-type.html";
pub const DYNAMIC_GROUPS: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/dynamic-thing-groups.html";
pub const TYPE_NOT_FOUND: &str = "https://github.com/yilmaznaslan/aws-iot-core-registering-things-in-bulk/issues/3";
pub const ACTION_RESOURCES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-action-resources.html";
pub const JOBS: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-data-plane-jobs.html";
pub const MISCONFIGURED: &str =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-misconfigured-policies.html";
pub const IAM_ELEMENTS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";
pub const IAM_ACTION: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html";
pub const IAM_CONDITIONS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
pub const IAM_SEVERAL_VALUES: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html";
pub const IAM_VARIABLES: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html";
pub const REGISTER_CA: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCACertificate.html";
pub const DESCRIBE_TEMPLATE: &str =
    "https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeProvisioningTemplate.html";
pub const CREATE_VERSION: &str =
    "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplateVersion.html";
pub const CFN_TEMPLATE: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iot-provisioningtemplate.html";
pub const DESCRIBE_THING: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeThing.html";
pub const LIST_THINGS: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_ListThings.html";
pub const LIST_GROUPS_FOR_THING: &str =
    "https://docs.aws.amazon.com/iot/latest/apireference/API_ListThingGroupsForThing.html";
pub const CLI_OUTPUT: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html";
pub const QUOTAS: &str = "https://docs.aws.amazon.com/general/latest/gr/iot-core.html";
pub const RFC8259: &str = "https://www.rfc-editor.org/rfc/rfc8259";
pub const X509: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html";
pub const KEY_QUALITY: &str =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-device-cert-key-quality.html";
pub const AUTHORITY: &str =
    "https://docs.aws.amazon.com/iot/latest/developerguide/manage-your-CA-certs.html#register-CA-cert";
pub const RFC5280: &str = "https://www.rfc-editor.org/rfc/rfc5280";
pub const RFC4514: &str = "https://www.rfc-editor.org/rfc/rfc4514";
pub const FUNCTIONS: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html";
pub const POLICIES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html";
pub const PERMISSIVE: &str =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html";
pub const VARIABLES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-variables.html";
pub const THING_VARIABLES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/thing-policy-variables.html";
/// The variables are listed on `cert-policy-variables.html`, their limits on this page.
pub const CERTIFICATE_VARIABLES: &str =
    "https://docs.aws.amazon.com/iot/latest/developerguide/use-policy-variables.html";

#[cfg(not(target_arch = "wasm32"))]
/// The name of each page, and the date of its text with which the rules were last compared: the year of a page without
/// a date of its own, the month of publication of an RFC.
const PAGES: &[(&str, &str, &str)] = &[
    (JITP, "AWS IoT Core: Just-in-time provisioning", "2026"),
    (TEMPLATES, "AWS IoT Core: Provisioning templates", "2026"),
    (FLEET, "AWS IoT Core: Fleet provisioning templates", "2026"),
    (CONFIG, "AWS IoT API: RegistrationConfig", "2026"),
    (CREATE_TEMPLATE, "AWS IoT API: CreateProvisioningTemplate", "2026"),
    (REGISTER_THING, "AWS IoT API: RegisterThing", "2026"),
    (CREATE_THING, "AWS IoT API: CreateThing", "2026"),
    (DESCRIBE_THING, "AWS IoT API: DescribeThing", "2026"),
    (LIST_THINGS, "AWS IoT API: ListThings", "2026"),
    (LIST_GROUPS_FOR_THING, "AWS IoT API: ListThingGroupsForThing", "2026"),
    (CLI_OUTPUT, "AWS CLI: Setting the output format", "2026"),
    (CREATE_POLICY, "AWS IoT API: CreatePolicy", "2026"),
    (POLICY_ACTIONS, "AWS IoT Core: Policy actions", "2026"),
    (REGISTER_CA, "AWS IoT API: RegisterCACertificate", "2026"),
    (DESCRIBE_TEMPLATE, "AWS IoT API: DescribeProvisioningTemplate", "2026"),
    (CREATE_VERSION, "AWS IoT API: CreateProvisioningTemplateVersion", "2026"),
    (CFN_TEMPLATE, "AWS CloudFormation: AWS::IoT::ProvisioningTemplate", "2026"),
    (ATTACH_PRINCIPAL, "AWS IoT API: AttachThingPrincipal", "2026"),
    (PASS_ROLE, "AWS IAM: Grant permissions to pass a role to an AWS service", "2026"),
    (ARNS, "AWS IAM: Amazon Resource Names (ARNs)", "2026"),
    (DEPRECATE_TYPE, "AWS IoT Core: Deprecate a thing type", "2026"),
    (DYNAMIC_GROUPS, "AWS IoT Core: Dynamic thing groups", "2026"),
    (TYPE_NOT_FOUND, "A report: ResourceRegistrationFailureException, thing type not found", "2023-09"),
    (ACTION_RESOURCES, "AWS IoT Core: Action resources", "2026"),
    (JOBS, "AWS IoT Core: Authorizing devices for jobs on the data plane", "2026"),
    (MISCONFIGURED, "AWS IoT Device Defender: AWS IoT policy potentially misconfigured", "2026"),
    (IAM_ELEMENTS, "AWS IAM: Grammar of the JSON policy language", "2026"),
    (IAM_ACTION, "AWS IAM: The policy element Action", "2026"),
    (IAM_CONDITIONS, "AWS IAM: Condition operators", "2026"),
    (IAM_SEVERAL_VALUES, "AWS IAM: Single-valued and multivalued context keys", "2026"),
    (IAM_VARIABLES, "AWS IAM: Policy variables", "2026"),
    (QUOTAS, "AWS IoT Core: Endpoints and quotas", "2026"),
    (RFC8259, "RFC 8259: The JSON data interchange format", "2017-12"),
    (X509, "AWS IoT Core: X.509 client certificates", "2026"),
    (KEY_QUALITY, "AWS IoT Device Defender: Device certificate key quality", "2026"),
    (AUTHORITY, "AWS IoT Core: Register your CA certificate", "2026"),
    (RFC5280, "RFC 5280: X.509 certificates and CRLs", "2008-05"),
    (RFC4514, "RFC 4514: LDAP string representation of distinguished names", "2006-06"),
    (FUNCTIONS, "AWS CloudFormation: Intrinsic functions", "2026"),
    (POLICIES, "AWS IoT Core: Policies", "2026"),
    (PERMISSIVE, "AWS IoT Device Defender: AWS IoT policies overly permissive", "2026"),
    (VARIABLES, "AWS IoT Core: Policy variables", "2026"),
    (THING_VARIABLES, "AWS IoT Core: Thing policy variables", "2026"),
    (CERTIFICATE_VARIABLES, "AWS IoT Core: Using X.509 certificate policy variables", "2026"),
];

#[cfg(not(target_arch = "wasm32"))]
/// The title of one of these pages, or its address if it has none.
pub fn title(source: &'static str) -> &'static str {
    PAGES.iter().find(|(page, ..)| *page == source).map_or(source, |(_, title, _)| title)
}

#[cfg(not(target_arch = "wasm32"))]
/// The date of the text of one of these pages; empty if it has none.
pub fn date(source: &'static str) -> &'static str {
    PAGES.iter().find(|(page, ..)| *page == source).map_or("", |(.., date)| date)
}

#[cfg(not(target_arch = "wasm32"))]
/// Whether a page is an RFC, which never changes.
pub fn is_rfc(source: &str) -> bool {
    [RFC8259, RFC5280, RFC4514].contains(&source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::catalogue;

    #[test]
    fn every_rule_stands_on_a_page_with_a_title_and_a_date() {
        for entry in catalogue() {
            assert_ne!(title(entry.source), entry.source, "{}", entry.rule.code);
            let date = date(entry.source);
            let (year, month) = date.split_once('-').unwrap_or((date, "01"));
            assert!((2006..2100).contains(&year.parse().unwrap_or(0)), "{}: {date}", entry.rule.code);
            assert!((1..=12).contains(&month.parse().unwrap_or(0)), "{}: {date}", entry.rule.code);
        }
    }
}
