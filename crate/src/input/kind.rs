//! The kinds of text that people have (rule R1).

use serde::Serialize;

/// The kind of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// `{"Parameters": {...}, "Resources": {...}}`
    TemplateBody,
    /// `{"templateBody": "...", "roleArn": "..."}`
    RegistrationConfig,
    /// `{"templateName": "..."}`, a registration config that names a template.
    TemplateName,
    /// The input of `CreateProvisioningTemplate`.
    CreateTemplateInput,
    /// The input of `CreateProvisioningTemplateVersion`.
    CreateVersionInput,
    /// The input of `UpdateProvisioningTemplate`, which carries no template.
    UpdateTemplateInput,
    /// The input of `RegisterThing` or `StartThingRegistrationTask`.
    RegisterThingInput,
    /// The output of `DescribeProvisioningTemplate`, `DescribeProvisioningTemplateVersion` or `DescribeCACertificate`.
    DescribeOutput,
    /// The properties of CloudFormation's `AWS::IoT::ProvisioningTemplate` or `AWS::IoT::CACertificate`.
    CloudformationProperties,
    /// None of them.
    Unknown,
}

impl InputKind {
    /// Whether the text names a template and does not carry it.
    pub fn only_names(self) -> bool {
        matches!(self, InputKind::TemplateName | InputKind::UpdateTemplateInput)
    }
}
