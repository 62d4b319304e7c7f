//! What the text is, and what stands around the template body.

use super::sources::{CONFIG, CREATE_TEMPLATE, JITP, TEMPLATES};

rules! {
    UNRECOGNISED: "JITP010" "unrecognised-input" Error Attach Documented JITP,
        "The text is neither a template body nor a registration config nor an input for CreateProvisioningTemplate.",
        "",
        Text "" => "";
    BODY_AS_STRING: "JITP011" "body-as-string" Hint Attach Assumed JITP,
        "The whole text is one JSON string; it is read as the text inside.",
        "",
        Text "" => "";
    DOUBLE_ENCODED: "JITP012" "double-encoded-body" Error Attach Observed JITP,
        "The templateBody was turned into a string more than once, so AWS finds a string where the template should be.",
        "",
        Text "" => "";
    BODY_IS_OBJECT: "JITP013" "body-is-object" Error Attach Documented CONFIG,
        "templateBody takes the template as an escaped string, not as an object.",
        "",
        Text "" => "";
    MISSING_MEMBER: "JITP014" "missing-member" Error Attach Documented CONFIG,
        "A member that this input needs is not there.",
        "",
        Text "" => "";
    ROLE_ARN: "JITP015" "role-arn" Error Attach Documented CONFIG,
        "roleArn is the ARN of an IAM role, 20 to 2,048 characters.",
        "",
        Text "" => "";
    TEMPLATE_NAME: "JITP016" "template-name" Error Attach Documented CREATE_TEMPLATE,
        "A template's name has 1 to 36 letters, digits, hyphens and underscores.",
        "",
        Text "" => "";
    NAME_AND_BODY: "JITP017" "name-and-body" Warning Attach Observed CONFIG,
        "A registration config names a template or carries a body with a role, not both.",
        "",
        Text "" => "";
    TEMPLATE_TYPE: "JITP018" "template-type" Warning Attach Documented CREATE_TEMPLATE,
        "A template for JITP is created with type JITP; the default is FLEET_PROVISIONING and cannot be changed later.",
        "",
        Text "" => "";
    PRE_PROVISIONING_HOOK: "JITP019" "pre-provisioning-hook" Warning Attach Documented CREATE_TEMPLATE,
        "Pre-provisioning hooks serve templates of type FLEET_PROVISIONING only.",
        "",
        Text "" => "";
    BODY_TOO_LONG: "JITP020" "body-too-long" Error Attach Documented CONFIG,
        "A template body has at most 10,240 characters.",
        "",
        Text "" => "";
    CLOUDFORMATION: "JITP021" "cloudformation-template" Error Attach Documented TEMPLATES,
        "The text is a CloudFormation template, not a provisioning template.",
        "",
        Text "" => "";
    NOTHING_TO_RUN: "JITP022" "nothing-to-run" Error Connect Documented CREATE_TEMPLATE,
        "The text names a template instead of carrying it, so there is no body to dry-run.",
        "",
        Text "" => "";
    TEMPLATE_DISABLED: "JITP023" "template-disabled" Warning Connect Documented CREATE_TEMPLATE,
        "A template that is created without \"enabled\": true provisions nothing until it is enabled.",
        "",
        Text "" => "";
}
