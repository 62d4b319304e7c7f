//! A text, recognised and unwrapped, and what all kinds of text have in common: a role, a name, ARNs, a flow.

use super::account::NamedArn;
use super::kind::InputKind;
use super::other_flow::{self, Evidence};
use crate::arn;
use crate::check::value_limits;
use crate::check::{Context, opening, quoted, report_type, report_violation};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::role;
use crate::rules;
use crate::source::Node;
use std::sync::Arc;

/// A text, recognised and unwrapped.
pub struct InputDocument {
    /// What the text is.
    pub kind: InputKind,
    /// The object with the members of a registration config or the like. Absent for a bare body.
    pub envelope: Option<Node>,
    /// The template body.
    pub body: Option<Node>,
    /// Characters of the template body as a string.
    pub body_size: usize,
    /// The provisioning role.
    pub role_arn: Option<String>,
    /// Whether CloudFormation reads the text, by keys of its own.
    pub embedded: bool,
    /// The certificate of the CA that the config belongs to, if the text carries it.
    pub ca_certificate_pem: Option<String>,
    /// The ID of that CA's certificate, if the text names it.
    pub ca_certificate_id: Option<String>,
    /// The kind of text that names or carries the CA, with its article.
    pub ca_from: &'static str,
    /// The parameters in the text of a RegisterThing input.
    pub given_parameters: Vec<(Arc<str>, Arc<str>)>,
    /// The flow of this kind of text, if it differs from the flow in the options.
    pub written_for: Option<Flow>,
    /// The other ARNs that are around the body.
    pub arns: Vec<NamedArn>,
    /// The template's name.
    pub template_name: Option<String>,
    /// The evidence that the template is written for another flow than JITP, if the options name JITP.
    pub other_flow: Option<Evidence>,
}

impl InputDocument {
    /// Checks a template that is certainly written for another flow by that flow's rules. The caller reports that it
    /// is.
    pub fn recognise_flow(&mut self, context: &mut Context, envelope: Option<&Node>) {
        if context.flow == Flow::Jitp
            && let Some(body) = &self.body
        {
            self.other_flow = other_flow::recognise(body, envelope);
            context.flow = self.other_flow.as_ref().map_or(context.flow, |evidence| evidence.flow);
        }
    }

    /// Says what the template is written for, if that is not what it is checked for.
    pub fn report_flow(&self, context: &mut Context) {
        if let Some(evidence) = &self.other_flow {
            other_flow::report(context, evidence);
        }
    }

    /// Keeps an ARN to compare it with where the devices connect.
    pub fn name_arn(&mut self, what: &'static str, node: &Node) {
        if let Some(arn) = node.as_str() {
            self.arns.push(NamedArn { what, arn: arn.to_owned(), place: node.place });
        }
    }

    pub fn read_role(&mut self, context: &mut Context, node: Option<&Node>) {
        let Some(node) = node else { return };
        let Some(arn) = node.as_str() else {
            report_type(context, node, "The role ARN", "a string");
            return;
        };
        if let Some(problem) = role::arn_problem(arn).filter(|_| !context.supplied.role) {
            let help = value_limits::placeholder_help(arn::account_part(arn)).unwrap_or_else(|| {
                "An IAM role's ARN has the form arn:aws:iam::123456789012:role/NAME, with the account in twelve digits.".to_owned()
            });
            context.report(Finding::new(&rules::ROLE_ARN, node.place, problem).help(help));
        }
        self.role_arn = Some(arn.to_owned());
        context.role = Some((arn.to_owned(), node.place));
    }

    pub fn read_name(&mut self, context: &mut Context, node: Option<&Node>) {
        let Some(node) = node else { return };
        let Some(name) = node.as_str() else {
            report_type(context, node, "templateName", "a string");
            return;
        };
        if let Some(violation) = value_limits::template_name(name).filter(|_| !context.supplied.name) {
            report_violation(context, violation, node.place);
        }
        self.template_name = Some(name.to_owned());
    }
}

/// Reports that a member is missing.
#[cold]
pub fn report_missing(context: &mut Context, object: &Node, key: &str, what: &str) {
    let message = format!("{what} needs {}.", quoted(key));
    context.report(Finding::new(&rules::MISSING_MEMBER, opening(object), message));
}
