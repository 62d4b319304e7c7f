//! From a template body to the registration config that carries it as an escaped string, and back.

use crate::check::{Context, SuppliedMembers, get_as_meant, resolve, value_limits};
use crate::diagnostic::{Diagnostic, Finding};
use crate::flow::{Flow, TemplateOptions};
use crate::limits;
use crate::role;
use crate::rules;
use crate::source::{Certainty, Node, quote, write_compact, write_pretty};
use crate::template::{InputKind, Template};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How to stringify.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StringifyOptions {
    /// The provisioning role. Default: the source's own.
    pub role_arn: Option<String>,
    /// White space inside the body: `None` keeps the body's text exactly, 0 removes all of it, more indents.
    pub indent: Option<u8>,
    /// With a name, the result is an input for `CreateProvisioningTemplate`.
    pub template_name: Option<String>,
    /// The flow that the template is for. It decides the template's type, and the findings.
    pub flow: Flow,
}

/// The most spaces a level that a body is indented by.
const MAX_INDENT: u8 = 8;

/// A template as a text to send, or to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Stringified {
    /// The result. Empty if the source carries no template that can be read.
    pub text: String,
    /// Characters of the template body, as AWS counts them.
    pub size: usize,
    /// The most that AWS accepts.
    pub limit: usize,
    /// Findings about the source and about the result.
    pub diagnostics: Vec<Arc<Diagnostic>>,
}

/// Writes a template of any kind in the form in which it is sent to AWS: a registration config, or an input for
/// `CreateProvisioningTemplate` if the source is one or the options name the template. The result is the same for the
/// same source, and stringifying it again changes nothing.
///
/// ```
/// use jitp::{StringifyOptions, stringify, unstringify};
///
/// # let template = r#"{
/// #   "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
/// #   "Resources": {
/// #     "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
/// #     "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}
/// #   }
/// # }"#;
/// let options = StringifyOptions { indent: Some(0), ..StringifyOptions::default() };
/// let config = stringify(template, &options);
/// assert!(config.text.contains("\"templateBody\""));
/// assert!(config.size <= config.limit);
/// assert_eq!(unstringify(&config.text).text, unstringify(template).text);
/// ```
#[cold]
pub fn stringify(source: impl AsRef<[u8]>, options: &StringifyOptions) -> Stringified {
    written(source.as_ref(), options)
}

fn written(source: &[u8], options: &StringifyOptions) -> Stringified {
    let mut context = Context::new(source, &TemplateOptions { flow: options.flow, ..TemplateOptions::default() });
    context.supplied = SuppliedMembers { role: options.role_arn.is_some(), name: options.template_name.is_some() };
    let template = Template::checked(context);
    let mut findings = Vec::new();
    let body = body(&template).map(|node| body_text(&template, node, options.indent));
    let envelope = template.document.envelope.as_ref();
    let role = options.role_arn.clone().or_else(|| template.document.role_arn.clone());
    let name = options.template_name.clone().or_else(|| template.document.template_name.clone());
    if let Some(problem) = options.role_arn.as_deref().and_then(role::arn_problem) {
        findings.push(Finding::new_at(&rules::ROLE_ARN, None, problem));
    }
    if let Some(violation) = options.template_name.as_deref().and_then(value_limits::template_name) {
        findings.push(Finding::new_at(violation.rule, None, violation.message));
    }
    let mut members: Vec<(&str, String)> = Vec::new();
    let text_member = |key: &'static str, text: &Option<String>| text.as_ref().map(|text| (key, quote(text)));
    if options.template_name.is_some() || template.report().kind == InputKind::CreateTemplateInput {
        let own = |key: &'static str| {
            let node = envelope.and_then(|envelope| get_as_meant(envelope, key))?;
            Some((key, write_compact(node, template.context.sources.text(node.place.layer))))
        };
        let fresh = template.report().kind != InputKind::CreateTemplateInput;
        members.extend(text_member("templateName", &name));
        members.extend(own("description"));
        members.extend(text_member("templateBody", &body));
        members.extend(text_member("provisioningRoleArn", &role));
        // The type cannot be changed later: what is certainly written for a fleet is not made a template for JITP.
        let kind = if template.context.flow == Flow::Fleet { "FLEET_PROVISIONING" } else { "JITP" };
        members.extend(if fresh { Some(("type", quote(kind))) } else { own("type") });
        members.extend(if fresh { Some(("enabled", "true".to_owned())) } else { own("enabled") });
        members.extend(own("preProvisioningHook"));
        members.extend(own("tags"));
    } else {
        members.extend(text_member("templateBody", &body));
        members.extend(text_member("roleArn", &role));
        members.extend(text_member("templateName", &name));
    }
    let readable = body.is_some() || template.report().kind == InputKind::TemplateName && name.is_some();
    if body.is_some() && role.is_none() && envelope.is_none() {
        let message = "The template has no role: AWS needs the ARN of a provisioning role with it.";
        findings.push(
            Finding::new_at(&rules::MISSING_MEMBER, None, message)
                .help("Name the provisioning role.")
                .option("roleArn"),
        );
    }
    let text = if readable { write_object(&members) } else { String::new() };
    finish(&template, text, body.as_deref(), findings)
}

/// Returns the template body of a text of any kind, indented by two spaces.
///
/// ```
/// let body = jitp::unstringify(r#"{"templateBody": "{\"Resources\":{}}"}"#);
/// assert_eq!(body.text, "{\n  \"Resources\": {}\n}");
/// ```
#[cold]
pub fn unstringify(source: impl AsRef<[u8]>) -> Stringified {
    let template = Template::new(source);
    let body = body(&template).map(|node| body_text(&template, node, Some(2)));
    finish(&template, body.clone().unwrap_or_default(), body.as_deref(), Vec::new())
}

/// The template body, unless it is only guessed what it says, or private keys in it have been written over.
#[cold]
fn body(template: &Template) -> Option<&Node> {
    let context = &template.context;
    template.document.body.as_ref().filter(|_| context.certainty == Certainty::Sure && !context.redacted)
}

#[cold]
fn finish(template: &Template, text: String, body: Option<&str>, mut findings: Vec<Finding>) -> Stringified {
    let size = body.map_or(0, |body| body.chars().count());
    if size > limits::TEMPLATE_BODY {
        let message = format!("The template body has {size} characters; AWS allows {}.", limits::TEMPLATE_BODY);
        findings.push(Finding::new_at(&rules::BODY_TOO_LONG, None, message));
    }
    // The length that counts is the result's.
    let kept = template.report().diagnostics.iter();
    let kept = kept.filter(|found| body.is_none() || found.code != rules::BODY_TOO_LONG.code).cloned();
    let found = findings.iter().map(|finding| Arc::new(resolve(finding, &template.context.sources, None)));
    Stringified { text, size, limit: limits::TEMPLATE_BODY, diagnostics: kept.chain(found).collect() }
}

#[cold]
fn body_text(template: &Template, node: &Node, indent: Option<u8>) -> String {
    let text = template.context.sources.text(node.place.layer);
    match indent {
        Some(0) => write_compact(node, text),
        Some(width) => write_pretty(node, text, usize::from(width.min(MAX_INDENT))),
        // An object instead of the string has no text of its own.
        None if template.has_object_body() => write_compact(node, text),
        None => text.to_owned(),
    }
}

#[cold]
fn write_object(members: &[(&str, String)]) -> String {
    let lines: Vec<String> = members.iter().map(|(key, value)| format!("  \"{key}\": {value}")).collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}
