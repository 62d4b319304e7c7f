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
pub const QUOTAS: &str = "https://docs.aws.amazon.com/general/latest/gr/iot-core.html";
pub const RFC8259: &str = "https://www.rfc-editor.org/rfc/rfc8259";
pub const X509: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html";
pub const FUNCTIONS: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html";
pub const POLICIES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html";
pub const PERMISSIVE: &str =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html";
pub const VARIABLES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-variables.html";
pub const THING_VARIABLES: &str = "https://docs.aws.amazon.com/iot/latest/developerguide/thing-policy-variables.html";
pub const CERTIFICATE_VARIABLES: &str =
    "https://docs.aws.amazon.com/iot/latest/developerguide/cert-policy-variables.html";
