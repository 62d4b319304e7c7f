//! The kind of a text, and the place of its template body.

use super::api_input::ApiShape;
use super::ca_input::CaInput;
use super::envelope::report_name_and_body;
use super::input_document::{InputDocument, report_missing};
use super::kind::InputKind;
use super::other_flow;
use super::unwrap::{guess_kind, read_inner_config, read_root, report_unrecognised};
use crate::check::{Context, KnownKeys, is_body, nearest, report_duplicates, report_type, same_but_spelling};
use crate::flow::Flow;
use crate::rules;
use crate::source::{Certainty, Member, Node};
use crate::vocabulary::{CLOUDFORMATION_CONFIG_KEYS, CONFIG_KEYS};

impl InputDocument {
    /// Recognises the text of `context`.
    pub fn read(context: &mut Context) -> Self {
        let mut document = Self {
            kind: InputKind::Unknown,
            envelope: None,
            body: None,
            body_size: 0,
            role_arn: None,
            arns: Vec::new(),
            embedded: false,
            ca_certificate_pem: None,
            ca_certificate_id: None,
            ca_from: "",
            given_parameters: Vec::new(),
            written_for: None,
            template_name: None,
            other_flow: None,
        };
        if context.is_unreadable() {
            document.kind = guess_kind(context.sources.text(0));
            return document;
        }
        let Some(root) = read_root(context) else {
            document.kind = guess_kind(context.sources.text(0));
            return document;
        };
        report_duplicates(context, &root, &rules::DUPLICATE_KEY);
        let Some(members) = root.as_object() else {
            report_unrecognised(context, &root);
            return document;
        };
        let has = |key: &str| members.iter().any(|member| same_but_spelling(&member.key, key));
        if let Some(properties) = root.get("Properties").filter(|_| is_template_resource(&root)) {
            // One resource of a CloudFormation template, alone.
            document.read_object(context, properties.clone());
        } else if CaInput::of(&root).is_some() || members.iter().any(is_body) || has("templateName") {
            document.read_object(context, root);
        } else if has("Parameters") || has("Resources") {
            document.kind = InputKind::TemplateBody;
            document.body_size = context.sources.text(root.place.layer).chars().count();
            document.body = Some(root);
        } else if has("roleArn") || has("provisioningRoleArn") || misspelt_config(&root) {
            document.read_config(context, root);
        } else if context.certainty != Certainty::Sure {
            document.kind = guess_kind(context.sources.text(0));
        } else {
            report_unrecognised(context, &root);
        }
        let envelope = document.envelope.take();
        document.recognise_flow(context, envelope.as_ref());
        document.envelope = envelope;
        document.check_size(context);
        document
    }

    /// Reads an object that carries a template, or names one.
    fn read_object(&mut self, context: &mut Context, root: Node) {
        let Some(input) = CaInput::of(&root) else {
            return match ApiShape::of(&root, context.options.flow) {
                Some(shape) => self.read_api_input(context, root, shape),
                None => self.read_config(context, root),
            };
        };
        // An input of RegisterCACertificate or the like: the config in it is what counts.
        self.kind = match input {
            CaInput::Described => InputKind::DescribeOutput,
            CaInput::Cloudformation => InputKind::CloudformationProperties,
            _ => InputKind::RegistrationConfig,
        };
        let kind = self.kind;
        self.read_around_config(context, &root, input);
        let members = root.as_object().unwrap_or_default();
        let is_config = |member: &&Member| same_but_spelling(&member.key, "registrationConfig");
        let slip = |member: &&Member| nearest(&member.key, &["registrationConfig"]).is_some();
        let Some(member) = members.iter().find(is_config).or_else(|| members.iter().find(slip)) else { return };
        match read_inner_config(context, &member.value) {
            Ok(Some(config)) => {
                self.read_config(context, config);
                if kind != InputKind::RegistrationConfig && self.kind != InputKind::TemplateName {
                    self.kind = kind;
                }
            }
            Ok(None) => report_type(context, &member.value, &member.key, "an object"),
            Err(()) => {}
        }
    }

    fn read_config(&mut self, context: &mut Context, root: Node) {
        let keys = if self.embedded { &CLOUDFORMATION_CONFIG_KEYS } else { &CONFIG_KEYS };
        let [body_key, role_key, name_key] = *keys;
        let alias = ("provisioningRoleArn", role_key);
        let known = KnownKeys::read_with_alias(context, &root, keys, "a registration config", alias);
        let (body, role, name) = (known.member(body_key), known.get(role_key), known.member(name_key));
        if let Some(member) = body.or(name)
            && context.flow != Flow::Jitp
        {
            other_flow::report_envelope(context, member.key_place);
        }
        self.kind =
            if body.is_none() && name.is_some() { InputKind::TemplateName } else { InputKind::RegistrationConfig };
        self.read_role(context, role);
        self.read_name(context, name.map(|member| &member.value));
        match (body, name) {
            (Some(body), _) => self.read_body(context, body),
            (None, None) => report_missing(context, &root, body_key, "A registration config"),
            (None, Some(_)) => {}
        }
        if body.is_some() && role.is_none() && name.is_none() && !context.supplied.role {
            report_missing(context, &root, role_key, "A registration config with a templateBody");
        }
        // An empty name has its finding.
        let is_named = |member: &&Member| member.value.as_str() != Some("");
        if let Some(name) = name.filter(is_named).filter(|_| body.is_some() || role.is_some()) {
            report_name_and_body(context, &root, name, body, role.is_some());
        }
        self.envelope = Some(root);
    }
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
