//! Which of the inputs that people have a text is (rule R1), and where its template body stands.

use super::account::NamedArn;
use super::api_input::Shape;
use super::ca_input::CaInput;
use super::envelope::report_name_and_body;
use super::other_flow::{self, Evidence};
use super::resources::report_breach;
use super::unwrap::{
    RefusedBy, guess_kind, read_inner_config, read_root, report_malformed, report_unrecognised, unwrap_all,
};
use crate::arn;
use crate::check::{
    Judge, Known, is_body, nearest, opening, quoted, report_duplicates, report_type, same_but_spelling, values,
};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits;
use crate::role;
use crate::rules;
use crate::source::{Member, Node, Surety, quote, write_compact};
use serde::Serialize;
use std::sync::Arc;

/// What a text is.
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

/// A text, recognised and unwrapped.
pub struct Document {
    /// What the text is.
    pub kind: InputKind,
    /// The object that carries the members of a registration config or the like; absent for a bare body.
    pub envelope: Option<Node>,
    /// The template body.
    pub body: Option<Node>,
    /// Characters of the template body as a string.
    pub body_size: usize,
    /// The provisioning role.
    pub role_arn: Option<String>,
    /// Whether CloudFormation reads the text, by keys of its own.
    pub embedded: bool,
    /// The certificate of the CA that the config belongs to, where the text carries it.
    pub ca_certificate_pem: Option<String>,
    /// The ID of that CA's certificate, where the text names it.
    pub ca_id: Option<String>,
    /// What the text is that names or carries the CA, with its article.
    pub ca_from: &'static str,
    /// The parameters that the text gives to RegisterThing.
    pub given_parameters: Vec<(Arc<str>, Arc<str>)>,
    /// The flow that the kind of the text is for, where that is another one than is asked for.
    pub written_for: Option<Flow>,
    /// The other ARNs that stand around the body.
    pub arns: Vec<NamedArn>,
    /// The template's name.
    pub template_name: Option<String>,
    /// What shows that the template is written for another flow than JITP, where that is asked for.
    pub other_flow: Option<Evidence>,
}

/// Keys of a registration config as CloudFormation has them.
pub const CLOUDFORMATION_CONFIG_KEYS: [&str; 3] = ["TemplateBody", "RoleArn", "TemplateName"];
/// Keys of a registration config.
pub const CONFIG_KEYS: [&str; 3] = ["templateBody", "roleArn", "templateName"];
/// Keys of an input of `CreateProvisioningTemplate`.
#[cfg(not(target_arch = "wasm32"))]
pub const CREATE_KEYS: &[&str] = super::api_input::CREATE.keys;
/// What only an input of `CreateProvisioningTemplate` has.
pub const CREATE_ONLY: [&str; 5] = ["provisioningRoleArn", "type", "enabled", "description", "preProvisioningHook"];
/// What marks a CloudFormation template.
pub const CLOUDFORMATION_ONLY: [&str; 6] =
    ["AWSTemplateFormatVersion", "Outputs", "Conditions", "Transform", "Metadata", "Rules"];

impl Document {
    /// Recognises the text of `judge`.
    pub fn read(judge: &mut Judge) -> Self {
        let mut document = Self {
            kind: InputKind::Unknown,
            envelope: None,
            body: None,
            body_size: 0,
            role_arn: None,
            arns: Vec::new(),
            embedded: false,
            ca_certificate_pem: None,
            ca_id: None,
            ca_from: "",
            given_parameters: Vec::new(),
            written_for: None,
            template_name: None,
            other_flow: None,
        };
        if judge.is_unreadable() {
            document.kind = guess_kind(judge.sources.text(0));
            return document;
        }
        let Some(root) = read_root(judge) else {
            document.kind = guess_kind(judge.sources.text(0));
            return document;
        };
        report_duplicates(judge, &root, &rules::DUPLICATE_KEY);
        let Some(members) = root.as_object() else {
            report_unrecognised(judge, &root);
            return document;
        };
        let has = |key: &str| members.iter().any(|member| same_but_spelling(&member.key, key));
        if let Some(properties) = root.get("Properties").filter(|_| is_template_resource(&root)) {
            // One resource of a CloudFormation template, alone.
            document.read_object(judge, properties.clone());
        } else if CaInput::of(&root).is_some() || members.iter().any(is_body) || has("templateName") {
            document.read_object(judge, root);
        } else if has("Parameters") || has("Resources") {
            document.kind = InputKind::TemplateBody;
            document.body_size = judge.sources.text(root.place.layer).chars().count();
            document.body = Some(root);
        } else if has("roleArn") || has("provisioningRoleArn") || misspelt_config(&root) {
            document.read_config(judge, root);
        } else if judge.surety != Surety::Sure {
            document.kind = guess_kind(judge.sources.text(0));
        } else {
            report_unrecognised(judge, &root);
        }
        let envelope = document.envelope.take();
        document.recognise_flow(judge, envelope.as_ref());
        document.envelope = envelope;
        document.check_size(judge);
        document
    }

    /// Reads an object that carries a template, or names one.
    fn read_object(&mut self, judge: &mut Judge, root: Node) {
        let Some(input) = CaInput::of(&root) else {
            return match Shape::of(&root, judge.options.flow) {
                Some(shape) => self.read_api_input(judge, root, shape),
                None => self.read_config(judge, root),
            };
        };
        // An input of RegisterCACertificate or the like: the config in it is what counts.
        self.kind = match input {
            CaInput::Described => InputKind::DescribeOutput,
            CaInput::Cloudformation => InputKind::CloudformationProperties,
            _ => InputKind::RegistrationConfig,
        };
        let kind = self.kind;
        self.read_around_config(judge, &root, input);
        let members = root.as_object().unwrap_or_default();
        let is_config = |member: &&Member| same_but_spelling(&member.key, "registrationConfig");
        let slip = |member: &&Member| nearest(&member.key, &["registrationConfig"]).is_some();
        let Some(member) = members.iter().find(is_config).or_else(|| members.iter().find(slip)) else { return };
        match read_inner_config(judge, &member.value) {
            Ok(Some(config)) => {
                self.read_config(judge, config);
                if kind != InputKind::RegistrationConfig && self.kind != InputKind::TemplateName {
                    self.kind = kind;
                }
            }
            Ok(None) => report_type(judge, &member.value, &member.key, "an object"),
            Err(()) => {}
        }
    }

    /// Judges a template that is certainly written for another flow by that flow's rules; that it is has to be reported.
    pub fn recognise_flow(&mut self, judge: &mut Judge, envelope: Option<&Node>) {
        if judge.flow == Flow::Jitp
            && let Some(body) = &self.body
        {
            self.other_flow = other_flow::recognise(body, envelope);
            judge.flow = self.other_flow.as_ref().map_or(judge.flow, |evidence| evidence.flow);
        }
    }

    /// Says what the template is written for, where that is not what it is judged for.
    pub fn report_flow(&self, judge: &mut Judge) {
        if let Some(evidence) = &self.other_flow {
            other_flow::report(judge, evidence);
        }
    }

    fn read_config(&mut self, judge: &mut Judge, root: Node) {
        let keys = if self.embedded { &CLOUDFORMATION_CONFIG_KEYS } else { &CONFIG_KEYS };
        let [body_key, role_key, name_key] = *keys;
        let alias = ("provisioningRoleArn", role_key);
        let known = Known::read_with_alias(judge, &root, keys, "a registration config", alias);
        let (body, role, name) = (known.member(body_key), known.get(role_key), known.member(name_key));
        if let Some(member) = body.or(name)
            && judge.flow != Flow::Jitp
        {
            other_flow::report_envelope(judge, member.key_place);
        }
        self.kind =
            if body.is_none() && name.is_some() { InputKind::TemplateName } else { InputKind::RegistrationConfig };
        self.read_role(judge, role);
        self.read_name(judge, name.map(|member| &member.value));
        match (body, name) {
            (Some(body), _) => self.read_body(judge, body),
            (None, None) => report_missing(judge, &root, body_key, "A registration config"),
            (None, Some(_)) => {}
        }
        if body.is_some() && role.is_none() && name.is_none() && !judge.given.role {
            report_missing(judge, &root, role_key, "A registration config with a templateBody");
        }
        // An empty name has its finding.
        let is_named = |member: &&Member| member.value.as_str() != Some("");
        if let Some(name) = name.filter(is_named).filter(|_| body.is_some() || role.is_some()) {
            report_name_and_body(judge, &root, name, body, role.is_some());
        }
        self.envelope = Some(root);
    }

    pub fn read_body(&mut self, judge: &mut Judge, member: &Member) {
        let node = &member.value;
        if self.embedded && node.as_object().is_some_and(|members| members.iter().any(is_call)) {
            let message = "CloudFormation computes the template: jitp does not know it.";
            judge.report(
                Finding::new(&rules::UNRECOGNISED, node.place, message)
                    .help("Give the template as CloudFormation computes it, for example from the output of describe-provisioning-template."),
            );
            return;
        }
        if node.as_object().is_some() {
            let compact = write_compact(node, judge.sources.text(node.place.layer));
            self.body_size = compact.chars().count();
            let message = "templateBody is an object; AWS takes the template as an escaped string here.";
            judge.report(
                Finding::new(&rules::BODY_IS_OBJECT, node.place, message)
                    .help("Turn the object into a string, as JSON.stringify or json.dumps do, or let stringify do it.")
                    .fix("Write the template as a string", node.place, quote(&compact)),
            );
            self.body = Some(node.clone());
            return;
        }
        let Some(layer) = judge.sources.unwrap_string(node) else {
            report_type(judge, node, "templateBody", "a string");
            return;
        };
        self.body_size = judge.sources.text(layer).chars().count();
        let inner = match judge.sources.parse(layer) {
            Err(error) => {
                let Some(meant) = report_malformed(judge, &error, "The templateBody", RefusedBy::Aws) else { return };
                self.body_size = judge.sources.text(meant.place.layer).chars().count();
                meant
            }
            Ok(inner) => inner,
        };
        if inner.as_str().is_some() {
            return self.read_double_encoded(judge, node, inner);
        }
        report_duplicates(judge, &inner, &rules::DUPLICATE_KEY);
        if inner.as_object().is_some() {
            self.body = Some(inner);
        } else if judge.surety == Surety::Sure {
            report_type(judge, &inner, "The template body", "an object");
        }
    }

    #[cold]
    fn read_double_encoded(&mut self, judge: &mut Judge, node: &Node, inner: Node) {
        let (times, innermost) = unwrap_all(judge, inner);
        let times = times + 1;
        let mut finding = Finding::new(
            &rules::DOUBLE_ENCODED,
            node.place,
            format!(
                "The templateBody was turned into a string {times} times; AWS finds a string where the template should be."
            ),
        );
        match innermost {
            Ok(body) if body.as_object().is_some() => {
                let text = judge.sources.text(body.place.layer).to_owned();
                let once = quote(&text);
                finding =
                    finding.help("Turn the template into a string once only.").fix("Encode it once", node.place, once);
                judge.report(finding);
                report_duplicates(judge, &body, &rules::DUPLICATE_KEY);
                self.body_size = text.chars().count();
                self.body = Some(body);
            }
            Ok(_) => judge.report(finding.help("There is no template inside the string.")),
            Err(error)
                if error.place.start == error.place.end && judge.sources.text(error.place.layer).trim().is_empty() =>
            {
                judge.report(
                    finding.help("The string inside is empty: most likely a file that had been read to its end."),
                );
            }
            Err(error) => {
                // A text that is certain is written right at once.
                if let Some((body, Surety::Sure)) = judge.sources.mend(&error)
                    && body.as_object().is_some()
                {
                    let once = quote(judge.sources.text(body.place.layer));
                    let what = ["Here ", &error.reason, "."].concat();
                    judge.report(
                        finding.help("Turn the template into a string once only.").related(what, error.place).fix(
                            "Encode it once",
                            node.place,
                            once,
                        ),
                    );
                    report_duplicates(judge, &body, &rules::DUPLICATE_KEY);
                    self.body_size = judge.sources.text(body.place.layer).chars().count();
                    self.body = Some(body);
                    return;
                }
                judge.report(finding);
                let meant = report_malformed(judge, &error, "The text inside the templateBody", RefusedBy::Aws);
                self.body = meant.filter(|meant| meant.as_object().is_some());
            }
        }
    }

    /// Keeps an ARN, to be compared with where the devices connect.
    pub fn name_arn(&mut self, what: &'static str, node: &Node) {
        if let Some(arn) = node.as_str() {
            self.arns.push(NamedArn { what, arn: arn.to_owned(), place: node.place });
        }
    }

    pub fn read_role(&mut self, judge: &mut Judge, node: Option<&Node>) {
        let Some(node) = node else { return };
        let Some(arn) = node.as_str() else {
            report_type(judge, node, "The role ARN", "a string");
            return;
        };
        if let Some(problem) = role::arn_problem(arn).filter(|_| !judge.given.role) {
            let help = values::placeholder_help(arn::account_part(arn)).unwrap_or_else(|| {
                "An IAM role's ARN reads arn:aws:iam::123456789012:role/NAME, the account in twelve digits.".to_owned()
            });
            judge.report(Finding::new(&rules::ROLE_ARN, node.place, problem).help(help));
        }
        self.role_arn = Some(arn.to_owned());
        judge.role = Some((arn.to_owned(), node.place));
    }

    pub fn read_name(&mut self, judge: &mut Judge, node: Option<&Node>) {
        let Some(node) = node else { return };
        let Some(name) = node.as_str() else {
            report_type(judge, node, "templateName", "a string");
            return;
        };
        if let Some(breach) = values::template_name(name).filter(|_| !judge.given.name) {
            report_breach(judge, breach, node.place);
        }
        self.template_name = Some(name.to_owned());
    }

    #[cold]
    fn check_size(&self, judge: &mut Judge) {
        let Some(body) = self.body.as_ref().filter(|_| self.body_size > limits::TEMPLATE_BODY) else { return };
        let compact = write_compact(body, judge.sources.text(body.place.layer));
        let message =
            format!("The template body has {} characters; AWS takes {}.", self.body_size, limits::TEMPLATE_BODY);
        let length = compact.chars().count();
        let finding = Finding::new(&rules::BODY_TOO_LONG, opening(body), message);
        judge.report(if length <= limits::TEMPLATE_BODY {
            let whole = judge.sources.whole(body.place.layer);
            finding.help(format!("Without its white space it has {length}.")).fix(
                "Take out the white space",
                whole,
                compact,
            )
        } else {
            finding.help(format!("Without its white space it still has {length}."))
        });
    }
}

/// Reports that a member is missing.
#[cold]
pub fn report_missing(judge: &mut Judge, object: &Node, key: &str, what: &str) {
    let message = format!("{what} needs {}.", quoted(key));
    judge.report(Finding::new(&rules::MISSING_MEMBER, opening(object), message));
}

/// Whether a member calls a function of CloudFormation.
fn is_call(member: &Member) -> bool {
    member.key == "Ref" || member.key.starts_with("Fn::")
}

/// Whether an object is one of CloudFormation's resources that carry a template.
fn is_template_resource(root: &Node) -> bool {
    let kind = root.get("Type").and_then(Node::as_str);
    matches!(kind, Some("AWS::IoT::ProvisioningTemplate" | "AWS::IoT::CACertificate"))
}

/// Whether an object is a registration config whose only key has a slip.
fn misspelt_config(root: &Node) -> bool {
    let members = root.as_object().unwrap_or_default();
    members.len() == 1 && members.iter().any(|member| nearest(&member.key, &["templateBody", "templateName"]).is_some())
}
