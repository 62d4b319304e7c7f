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
pub const ACTION_RESOURCES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-action-resources.html";
pub const JOBS: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-data-plane-jobs.html";
pub const MISCONFIGURED: &str =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-misconfigured-policies.html";
pub const IAM_ELEMENTS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";
pub const IAM_CONDITIONS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
pub const REGISTER_CA: &str = "https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCACertificate.html";
pub const DESCRIBE_TEMPLATE: &str =
    "https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeProvisioningTemplate.html";
pub const CREATE_VERSION: &str =
    "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplateVersion.html";
pub const CFN_TEMPLATE: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iot-provisioningtemplate.html";
pub const QUOTAS: &str = "https://docs.aws.amazon.com/general/latest/gr/iot-core.html";
pub const RFC8259: &str = "https://www.rfc-editor.org/rfc/rfc8259";
pub const X509: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html";
pub const KEY_QUALITY: &str =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-device-cert-key-quality.html";
pub const AUTHORITY: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/register-CA-cert.html";
pub const RFC5280: &str = "https://www.rfc-editor.org/rfc/rfc5280";
pub const FUNCTIONS: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html";
pub const POLICIES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html";
pub const PERMISSIVE: &str =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html";
pub const VARIABLES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-variables.html";
pub const THING_VARIABLES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/thing-policy-variables.html";
pub const CERTIFICATE_VARIABLES: &str =
    "https://docs.aws.amazon.com/iot/latest/developerguide/cert-policy-variables.html";

#[cfg(not(target_arch = "wasm32"))]
/// What each page is called.
const TITLES: &[(&str, &str)] = &[
    (JITP, "AWS IoT Core: Just-in-time provisioning"),
    (TEMPLATES, "AWS IoT Core: Provisioning templates"),
    (FLEET, "AWS IoT Core: Fleet provisioning templates"),
    (CONFIG, "AWS IoT API: RegistrationConfig"),
    (CREATE_TEMPLATE, "AWS IoT API: CreateProvisioningTemplate"),
    (REGISTER_THING, "AWS IoT API: RegisterThing"),
    (CREATE_THING, "AWS IoT API: CreateThing"),
    (CREATE_POLICY, "AWS IoT API: CreatePolicy"),
    (POLICY_ACTIONS, "AWS IoT Core: Policy actions"),
    (REGISTER_CA, "AWS IoT API: RegisterCACertificate"),
    (DESCRIBE_TEMPLATE, "AWS IoT API: DescribeProvisioningTemplate"),
    (CREATE_VERSION, "AWS IoT API: CreateProvisioningTemplateVersion"),
    (CFN_TEMPLATE, "AWS CloudFormation: AWS::IoT::ProvisioningTemplate"),
    (ATTACH_PRINCIPAL, "AWS IoT API: AttachThingPrincipal"),
    (PASS_ROLE, "AWS IAM: Grant permissions to pass a role to an AWS service"),
    (ARNS, "AWS IAM: Amazon Resource Names (ARNs)"),
    (ACTION_RESOURCES, "AWS IoT Core: Action resources"),
    (JOBS, "AWS IoT Core: Authorizing devices for jobs on the data plane"),
    (MISCONFIGURED, "AWS IoT Device Defender: AWS IoT policy potentially misconfigured"),
    (IAM_ELEMENTS, "AWS IAM: Grammar of the JSON policy language"),
    (IAM_CONDITIONS, "AWS IAM: Condition operators"),
    (QUOTAS, "AWS IoT Core: Endpoints and quotas"),
    (RFC8259, "RFC 8259: The JSON data interchange format"),
    (X509, "AWS IoT Core: X.509 client certificates"),
    (KEY_QUALITY, "AWS IoT Device Defender: Device certificate key quality"),
    (AUTHORITY, "AWS IoT Core: Register your CA certificate"),
    (RFC5280, "RFC 5280: X.509 certificates and CRLs"),
    (FUNCTIONS, "AWS CloudFormation: Intrinsic functions"),
    (POLICIES, "AWS IoT Core: Policies"),
    (PERMISSIVE, "AWS IoT Device Defender: AWS IoT policies overly permissive"),
    (VARIABLES, "AWS IoT Core: Policy variables"),
    (THING_VARIABLES, "AWS IoT Core: Thing policy variables"),
    (CERTIFICATE_VARIABLES, "AWS IoT Core: X.509 certificate policy variables"),
];

#[cfg(not(target_arch = "wasm32"))]
/// The title of one of these pages, or its address where it has none.
pub fn title(source: &'static str) -> &'static str {
    TITLES.iter().find(|(page, _)| *page == source).map_or(source, |(_, title)| title)
}
