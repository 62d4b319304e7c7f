//! Inputs and outputs of the API around a template.

use super::sources::{CFN_TEMPLATE, CREATE_VERSION, DESCRIBE_TEMPLATE};

rules! {
    OUTPUT_OF_AWS: "JITP046" "output-of-aws" Hint Attach Documented DESCRIBE_TEMPLATE,
        "The text is an output of AWS, with keys that no request accepts.",
        "`describe-provisioning-template`, `describe-provisioning-template-version` and `describe-ca-certificate` print the \
         template together with its ARN, dates and versions. People keep such outputs and send them again. jitp judges the \
         template in them. No request has the keys that AWS added, so the AWS CLI refuses a file that still has them.",
        Text r#"{
  "templateName": "sensors",
  "templateArn": "arn:aws:iot:eu-west-1:123456789012:provisioningtemplate/sensors",
  "creationDate": "2026-05-01T10:00:00+00:00",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#
        => r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#;
    NOT_IN_FORCE: "JITP047" "not-in-force" Warning Connect Documented CREATE_VERSION,
        "The request does not put the template into force.",
        "A new version of a provisioning template is used only once it is the default. A registration config that \
         `UpdateCACertificate` or `RegisterCACertificate` attaches is used only if automatic registration is enabled, which the \
         same request can do. Otherwise the call succeeds and devices meet the previous state. That is right if the switch is \
         planned for later.",
        Text r#"{"templateName": "sensors", "templateBody": "⟨template⟩"}"#
        => r#"{"templateName": "sensors", "templateBody": "⟨template⟩", "setAsDefault": true}"#;
    CLOUDFORMATION_PROPERTIES: "JITP049" "cloudformation-properties" Hint Attach Documented CFN_TEMPLATE,
        "The text is the properties of a CloudFormation resource, which the AWS CLI and the SDKs do not accept.",
        "`AWS::IoT::ProvisioningTemplate` and `AWS::IoT::CACertificate` have the same content as the API under other keys: \
         `TemplateBody`, `RoleArn`, `AutoRegistrationStatus`. jitp judges it by its meaning. The AWS CLI and the SDKs do not \
         accept these keys, and CloudFormation does not accept theirs.",
        Text r#"{
  "TemplateName": "sensors",
  "TemplateType": "JITP",
  "TemplateBody": "⟨template⟩",
  "ProvisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "Enabled": true
}"#
        => r#"{
  "templateName": "sensors",
  "type": "JITP",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "enabled": true
}"#;
}
