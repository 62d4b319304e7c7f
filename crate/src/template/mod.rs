//! Turns the tree of a text into a typed template and says what is wrong with it. Knows nothing of certificates.

pub(crate) mod certificate_resource;
mod cloudformation;
mod declared_and_used;
pub(crate) mod expression;
mod fleet_sections;
mod identity;
mod misplaced;
mod missing_policy;
pub(crate) mod names;
mod one_slip;
pub(crate) mod overrides;
pub(crate) mod parameters;
mod parts;
mod policies;
mod policy_object;
pub(crate) mod policy_resource;
pub(crate) mod property;
pub(crate) mod resource_declaration;
mod resource_types;
pub(crate) mod resources;
mod slip_changes;
pub(crate) mod thing_resource;
mod value;

use crate::check::{CheckDepth, Context, KnownKeys};
use crate::diagnostic::{Diagnostic, Finding};
use crate::flow::{Flow, TemplateOptions};
pub use crate::input::InputKind;
use crate::input::{InputDocument, account};
use crate::limits;
use crate::role::Role;
use crate::rules::Severity;
use crate::source::{Node, SourceRange, Span};
use crate::vocabulary::BODY_KEYS;
pub(crate) use certificate_resource::CertificateResource;
use misplaced::{Destination, MisplacedKeys};
use names::DeclaredNames;
pub(crate) use policies::together;
pub(crate) use policy_resource::PolicyKind;
use resources::Resources;
use serde::Serialize;
use std::sync::Arc;

/// A resource that a template declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ResourceSummary {
    /// The logical name.
    pub logical_name: String,
    /// The declared type, if there is one.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Where the logical name is written.
    pub span: Span,
}

/// How long a template body is, in characters as AWS counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Size {
    /// Characters of the `templateBody` string.
    pub template_body: usize,
    /// The most that AWS accepts.
    pub limit: usize,
}

/// The result for a template before any device connects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ValidationReport {
    /// Whether no finding is an error.
    pub ok: bool,
    /// The kind of text.
    pub kind: InputKind,
    /// The flow that it was checked for.
    pub flow: Flow,
    /// The flow that it is written for, if that is certainly another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_for: Option<Flow>,
    /// The findings in the order of the text.
    pub diagnostics: Vec<Arc<Diagnostic>>,
    /// The names of the declared parameters in order.
    pub parameters: Vec<String>,
    /// The declared resources in order.
    pub resources: Vec<ResourceSummary>,
    /// How long the template body is.
    pub size: Size,
    /// The provisioning role, if the text names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Arc<Role>>,
    /// The template's name, if the text gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_name: Option<String>,
    /// The certificate of the CA that the registration config belongs to, in PEM, if the text carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_certificate_pem: Option<String>,
    /// The kind of text that carries it, in words: `an output of DescribeCACertificate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_certificate_from: Option<&'static str>,
}

/// A template, parsed and checked once, to be dry-run against any number of certificates.
pub struct Template {
    pub(crate) context: Context,
    pub(crate) document: InputDocument,
    pub(crate) names: DeclaredNames,
    pub(crate) resources: Resources,
    pub(crate) mappings: Option<Node>,
    /// Where each parameter of `names` is declared.
    pub(crate) declared_spans: Vec<Option<Span>>,
    report: ValidationReport,
}

impl Template {
    /// Reads a text of any kind, or its bytes. Never fails: what is wrong is in the [report](Self::report).
    ///
    /// ```
    /// let template = jitp::Template::new("{}");
    /// assert!(!template.report().ok);
    /// ```
    pub fn new(source: impl AsRef<[u8]>) -> Self {
        Self::with_options(source, &TemplateOptions::default())
    }

    /// Reads a text of any kind as a template for a given flow, Region and account.
    pub fn with_options(source: impl AsRef<[u8]>, options: &TemplateOptions) -> Self {
        Self::checked(Context::new(source.as_ref(), options))
    }

    /// Reads a text of any kind. The context has no findings yet.
    pub(crate) fn checked(mut context: Context) -> Self {
        let ReadTemplate { document, names, resources, declared, mappings } = ReadTemplate::read(&mut context);
        let diagnostics = one_slip::gather(&context, context.diagnostics(document.body.as_ref()), Self::tried);
        let diagnostics = diagnostics.into_iter().map(Arc::new).collect();
        let report = report(&context, &document, &names, &declared, diagnostics);
        let declared_spans = names
            .parameters
            .iter()
            .map(|parameter| parameter.declared.map(|place| context.sources.locate(place)))
            .collect();
        Self { context, document, names, resources, mappings, declared_spans, report }
    }

    /// What is found in a text that is checked on trial, without the places, which nobody sees.
    pub(crate) fn tried(mut context: Context) -> Vec<Finding> {
        ReadTemplate::read(&mut context);
        context.into_findings()
    }

    /// The result before any device connects.
    pub fn report(&self) -> &ValidationReport {
        &self.report
    }

    /// The flow that was asked for.
    pub(crate) fn flow(&self) -> Flow {
        self.context.options.flow
    }

    /// Whether the body is an object in a place that requires a string.
    pub(crate) fn has_object_body(&self) -> bool {
        let envelope = self.document.envelope.as_ref().map(|envelope| envelope.place.layer);
        envelope.is_some() && envelope == self.document.body.as_ref().map(|body| body.place.layer)
    }
}

/// What a text says, before anything is shown of it.
struct ReadTemplate {
    document: InputDocument,
    names: DeclaredNames,
    resources: Resources,
    declared: names::Declared,
    mappings: Option<Node>,
}

impl ReadTemplate {
    /// Reads a text, and reports what is wrong with it.
    fn read(context: &mut Context) -> Self {
        let mut document = InputDocument::read(context);
        account::report(context, &document.arns);
        let mut names = DeclaredNames::default();
        let mut resources = Resources::default();
        let mut declared = Vec::new();
        let mut mappings = None;
        if let Some(body) = &document.body {
            declared = names::declared(body.get("Resources"));
            if cloudformation::report(context, body, &declared) {
                document.other_flow = None;
            } else {
                document.report_flow(context);
                let misplaced = MisplacedKeys::find(context, body);
                let mut known = KnownKeys::read(context, body, &BODY_KEYS, "a template");
                misplaced.of(Destination::Body).for_each(|(key, member)| known.add(key, member));
                declared = names::declared(known.get("Resources"));
                declared.retain(|(_, _, place)| !context.is_taken(*place));
                names = DeclaredNames::read(context, body, known.get("Parameters"), &declared, &misplaced);
                fleet_sections::read(context, &mut names, &known);
                mappings = known.get("Mappings").cloned();
                resources = resources::read(context, &mut names, known.get("Resources"), body, &misplaced);
                names.report(context, &known, body, &resources);
                identity::report(context, &names, &resources);
                fleet_sections::check_lookups(context, &names, known.member("Mappings"));
                policies::report_together(context, &names, &resources);
            }
        }
        Self { document, names, resources, declared, mappings }
    }
}

fn report(
    context: &Context,
    document: &InputDocument,
    names: &DeclaredNames,
    declared: &names::Declared,
    diagnostics: Vec<Arc<Diagnostic>>,
) -> ValidationReport {
    let summary = |(name, kind, place): &(String, Option<String>, SourceRange)| ResourceSummary {
        logical_name: name.clone(),
        kind: kind.clone(),
        span: context.sources.locate(*place),
    };
    let parameters = names.parameters.iter().filter(|parameter| parameter.declared.is_some());
    ValidationReport {
        ok: diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error),
        kind: document.kind,
        flow: context.options.flow,
        written_for: document.other_flow.as_ref().map(|evidence| evidence.flow).or(document.written_for),
        diagnostics,
        parameters: parameters.map(|parameter| parameter.name.to_string()).collect(),
        resources: declared.iter().map(summary).collect(),
        size: Size { template_body: document.body_size, limit: limits::TEMPLATE_BODY },
        role: document.role_arn.as_deref().map(|arn| Arc::new(Role::new(arn))),
        template_name: document.template_name.clone(),
        ca_certificate_pem: document.ca_certificate_pem.clone(),
        ca_certificate_from: document.ca_certificate_pem.is_some().then_some(document.ca_from),
    }
}

/// Reads a text of any kind and says what is wrong with it, before any device connects.
///
/// ```
/// let report = jitp::validate("{\"Resources\": {\"thing\": {\"Type\": \"AWS::Iot::Thing\"}}}");
/// assert!(!report.ok);
/// let codes: Vec<&str> = report.diagnostics.iter().map(|found| found.code).collect();
/// assert!(codes.contains(&"JITP051"));
/// ```
pub fn validate(source: impl AsRef<[u8]>) -> ValidationReport {
    validate_with(source, &TemplateOptions::default())
}

/// Reads a text of any kind as a template for a given flow, Region and account, and says what is wrong with it.
///
/// ```
/// use jitp::{Flow, TemplateOptions, validate_with};
///
/// # let template = r#"{
/// #   "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
/// #   "Resources": {
/// #     "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
/// #     "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}
/// #   }
/// # }"#;
/// let options = TemplateOptions { flow: Flow::Fleet, ..TemplateOptions::default() };
/// assert_eq!(validate_with(template, &options).flow, Flow::Fleet);
/// ```
pub fn validate_with(source: impl AsRef<[u8]>, options: &TemplateOptions) -> ValidationReport {
    let mut context = Context::new(source.as_ref(), options);
    context.depth = CheckDepth::Report;
    Template::checked(context).report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_the_same_without_what_plans_need() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/templates");
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut read = false;
        for path in files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "json")) {
            let Ok(text) = std::fs::read(&path) else { continue };
            assert_eq!(&validate(&text), Template::new(&text).report(), "{}", path.display());
            read = true;
        }
        assert!(read, "no template in {folder}");
    }
}
