//! Evaluates expressions with the values of one certificate (rules R2, R4), and the resources made of them (R3, R5).

use super::findings::PlanFindings;
use super::types::Parameter;
use crate::certificate::known::may_divide;
use crate::check::value_limits::{self, Violation};
use crate::check::{Context, quoted};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits;
use crate::policy::{self, Actions};
use crate::rules::{self, Severity};
use crate::source::{Node, SourceRange};
use crate::template::Template;
use crate::template::certificate_resource::principal_type_problem;
use crate::template::expression::Expression;
use crate::template::property::Property;
use crate::template::{PolicyKind, no_connect};
use std::sync::Arc;

/// A policy made from a document is named by a hash of it; AWS does not say which, so no value is made up.
pub const HASH_NAME: &str = "<hash of the document>";

/// How many references to resources are followed one inside the other before they count as a circle. Each uses stack.
const MAX_REFERENCES: u32 = 4;

/// The most bytes of all values together: far beyond what AWS accepts, and a limit for what a short template can ask
/// for (a long delimiter between many values).
const MAX_BYTES: usize = 512 << 10;

/// The resources for this certificate. A value that could not be evaluated is absent.
#[derive(Debug, Default)]
pub struct Desired {
    /// The thing's name.
    pub thing_name: Option<Arc<str>>,
    /// Its type.
    pub type_name: Option<Arc<str>>,
    /// Its attributes.
    pub attributes: Vec<(Arc<str>, Arc<str>)>,
    /// Its groups.
    pub groups: Vec<Arc<str>>,
    /// Its billing group.
    pub billing_group: Option<Arc<str>>,
    /// ACTIVE or INACTIVE.
    pub status: Option<Arc<str>>,
    /// EXCLUSIVE_THING or NON_EXCLUSIVE_THING, if the template says.
    pub principal_type: Option<Arc<str>>,
    /// The policies.
    pub policies: Vec<DesiredPolicy>,
}

/// A policy as this certificate makes it.
#[derive(Debug)]
pub struct DesiredPolicy {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// The name.
    pub name: Arc<str>,
    /// The document, if the template carries it.
    pub document: Option<Arc<str>>,
}

enum Evaluated {
    Text(Arc<str>),
    List(Vec<Arc<str>>),
}

/// Evaluates the template's resources.
pub fn evaluate(template: &Template, parameters: &[Parameter], id: &str, findings: &mut PlanFindings) -> Desired {
    let mut evaluator = Evaluator { template, parameters, id, findings, references: 0, bytes: 0 };
    let mut desired = Desired::default();
    if template.report().size.template_body > limits::TEMPLATE_BODY {
        // AWS refuses it, and evaluating megabytes helps nobody.
        return desired;
    }
    if let Some(thing) = &template.resources.thing {
        desired.thing_name =
            evaluator.checked(&thing.name, |text| value_limits::resource_name("The thing's name", text));
        desired.type_name = thing.type_name.as_ref().and_then(|property| {
            evaluator.checked(property, |text| value_limits::resource_name("The thing type's name", text))
        });
        desired.billing_group = thing.billing_group.as_ref().and_then(|property| {
            evaluator.checked(property, |text| value_limits::resource_name("The billing group's name", text))
        });
        for (name, property) in &thing.attributes {
            if let Some(value) = evaluator.checked(property, |text| value_limits::attribute_value(name, text)) {
                desired.attributes.push((name.clone(), value));
            }
        }
        desired.groups = evaluator.groups(&thing.groups);
    }
    if let Some(certificate) = &template.resources.certificate {
        desired.status = match &certificate.status {
            None => Some("ACTIVE".into()),
            Some(status) => evaluator.status(status),
        };
        if let Some(property) = &certificate.principal_type {
            desired.principal_type = evaluator.checked(property, |text| {
                let message = principal_type_problem(text)?;
                Some(Violation { rule: &rules::PRINCIPAL_TYPE, message, help: None })
            });
        }
        if let Some(property) = &certificate.id {
            evaluator.certificate_id(property);
        }
    }
    for policy in &template.resources.policies {
        let logical_name = policy.logical_name.clone();
        match &policy.kind {
            PolicyKind::Named(property) => {
                if let Some(name) = evaluator.checked(property, value_limits::policy_name) {
                    desired.policies.push(DesiredPolicy { logical_name, name, document: None });
                }
            }
            PolicyKind::Document(property) => {
                if let Some(document) = evaluator.document(property) {
                    let (name, document) = (HASH_NAME.into(), Some(document));
                    desired.policies.push(DesiredPolicy { logical_name, name, document });
                }
            }
            PolicyKind::Invalid => {}
        }
    }
    desired
}

pub(super) struct Evaluator<'a> {
    template: &'a Template,
    pub(super) parameters: &'a [Parameter],
    pub(super) id: &'a str,
    pub(super) findings: &'a mut PlanFindings,
    references: u32,
    bytes: usize,
}

impl Evaluator<'_> {
    /// A property's text, checked against a limit. A literal has been checked with the template.
    fn checked(&mut self, property: &Property, check: impl Fn(&str) -> Option<Violation>) -> Option<Arc<str>> {
        let text = self.text(&property.value, property.place)?;
        if property.value.literal().is_none() {
            self.check(&text, property, check);
        }
        Some(text)
    }

    #[cold]
    pub(super) fn violation(&mut self, violation: Violation, property: &Property) {
        let help = match &property.value {
            Expression::Parameter(index, _) => Some(format!(
                "The value comes from {}: issue certificates with an allowed value, or refer to another parameter.",
                self.parameters[*index].name
            )),
            _ => violation.help,
        };
        let finding = Finding::new(violation.rule, property.place, violation.message);
        self.findings.report(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    fn groups(&mut self, properties: &[Property]) -> Vec<Arc<str>> {
        let mut groups = Vec::with_capacity(properties.len());
        for property in properties {
            let first = groups.len();
            match self.value(&property.value, property.place) {
                Some(Evaluated::Text(text)) => groups.push(text),
                Some(Evaluated::List(list)) => groups.extend(list),
                None => continue,
            }
            if property.value.literal().is_some() {
                continue;
            }
            for group in &groups[first..] {
                self.check(group, property, |name| value_limits::resource_name("A thing group's name", name));
            }
        }
        if groups.len() > limits::GROUPS_PER_THING && properties.len() <= limits::GROUPS_PER_THING {
            let message =
                format!("The thing is added to {} groups; AWS allows {}.", groups.len(), limits::GROUPS_PER_THING);
            self.findings.report(Finding::new(&rules::TOO_MANY_GROUPS, properties[0].place, message));
        }
        groups
    }

    /// ACTIVE or INACTIVE, whatever the case it is written in.
    fn status(&mut self, property: &Property) -> Option<Arc<str>> {
        let text = self.text(&property.value, property.place)?;
        if matches!(&*text, "ACTIVE" | "INACTIVE") {
            return Some(text);
        }
        let upper = text.to_ascii_uppercase();
        if matches!(upper.as_str(), "ACTIVE" | "INACTIVE") {
            return Some(upper.into());
        }
        if property.value.literal().is_none() {
            let message = format!("The Status evaluates to {}; it must be ACTIVE or INACTIVE.", quoted(&upper));
            self.findings.report(Finding::new(&rules::EVALUATION, property.place, message));
        }
        None
    }

    fn certificate_id(&mut self, property: &Property) {
        if self.template.flow() != Flow::Jitp {
            return;
        }
        if matches!(property.value, Expression::Text(_) | Expression::Parameter(..) | Expression::Invalid) {
            return;
        }
        if let Some(text) = self.text(&property.value, property.place).filter(|text| **text != *self.id) {
            let message = format!("CertificateId evaluates to {}, which is not this certificate's ID.", quoted(&text));
            self.findings.report(Finding::new(&rules::LITERAL_CERTIFICATE_ID, property.place, message));
        }
    }

    fn document(&mut self, property: &Property) -> Option<Arc<str>> {
        let text = self.checked(property, value_limits::policy_length)?;
        if property.value.literal().is_some() {
            return Some(text);
        }
        let mut context = Context::new(text.as_bytes(), &self.template.context.options);
        let node = context.sources.parse(0).ok().filter(|node| node.as_object().is_some());
        let read = node.as_ref().and_then(|node| policy::read(&mut context, node, false));
        let facts = read.map(|read| policy::check(&mut context, &read, false));
        // Errors stop the device. The other findings are read for one device, and not for ten thousand.
        let wants = |finding: &&Finding| finding.rule.severity == Severity::Error || self.findings.wants(finding.rule);
        let found: Vec<Finding> = context
            .findings()
            .iter()
            .filter(wants)
            .map(|finding| {
                let message = format!("In the evaluated policy document: {}", finding.message);
                Finding::new(finding.rule, property.place, message)
            })
            .collect();
        found.into_iter().for_each(|finding| self.findings.report(finding));
        match facts {
            Some(facts)
                if !facts.allowed.has(Actions::CONNECT)
                    && self.template.resources.policies.len() == 1
                    && self.findings.wants(&rules::POLICY_NO_CONNECT) =>
            {
                let (message, help) = no_connect(facts.allowed);
                self.findings.report(Finding::new(&rules::POLICY_NO_CONNECT, property.place, message).help(help));
            }
            None if context.findings().is_empty() => {
                let message = "The policy document does not evaluate to a policy in JSON.";
                self.findings.report(Finding::new(&rules::POLICY_NOT_JSON, property.place, message));
            }
            _ => {}
        }
        Some(text)
    }

    fn text(&mut self, expression: &Expression, place: SourceRange) -> Option<Arc<str>> {
        match self.value(expression, place)? {
            Evaluated::Text(text) => Some(text),
            Evaluated::List(_) => self.fail(place, "the value evaluates to a list, not to a text"),
        }
    }

    fn list(&mut self, expression: &Expression, place: SourceRange) -> Option<Vec<Arc<str>>> {
        match self.value(expression, place)? {
            Evaluated::List(list) => Some(list),
            Evaluated::Text(_) => self.fail(place, "the value evaluates to a text, not to a list"),
        }
    }

    /// `None` if there is no value. That has been reported, here or with the template or with the parameter.
    fn value(&mut self, expression: &Expression, place: SourceRange) -> Option<Evaluated> {
        // A value costs its bytes, and one for itself: few letters can ask for very many empty values.
        self.spend(1, place)?;
        let text = match expression {
            Expression::Text(text) => text.clone(),
            Expression::Parameter(index, _) => self.parameters[*index].value.clone()?,
            Expression::Resource(name, at) => self.resource(name, *at)?,
            Expression::Join(delimiter, list) => {
                let texts = self.list(list, place)?;
                self.join(&texts, delimiter, place)?
            }
            Expression::Select(index, list, at) => {
                let index = self.text(index, *at)?;
                if self.is_unknown(&index) {
                    return self.not_known(*at, "the index of Fn::Select");
                }
                let list = self.list(list, place)?;
                match index.parse::<usize>().ok().and_then(|index| list.get(index)) {
                    Some(element) => element.clone(),
                    None => {
                        let problem =
                            format!("Fn::Select asks for element {index} of a list of {}, counted from 0", list.len());
                        return self.fail(*at, &problem);
                    }
                }
            }
            Expression::Split(delimiter, text) => {
                let text = self.text(text, place)?;
                if may_divide(delimiter) && self.is_unknown(&text) {
                    return self.not_known(place, "the text that Fn::Split splits");
                }
                self.spend(text.len(), place)?;
                return Some(Evaluated::List(text.split(delimiter.as_str()).map(Arc::from).collect()));
            }
            Expression::Concat(pieces) => {
                let pieces: Option<Vec<Arc<str>>> = pieces.iter().map(|piece| self.text(piece, place)).collect();
                self.join(&pieces?, "", place)?
            }
            Expression::FindInMap(keys, at) => self.find_in_map(keys, *at)?,
            Expression::List(elements) => {
                let elements: Option<Vec<Arc<str>>> =
                    elements.iter().map(|element| self.text(element, place)).collect();
                return elements.map(Evaluated::List);
            }
            Expression::Invalid => return None,
        };
        self.spend(text.len(), place)?;
        Some(Evaluated::Text(text))
    }

    fn find_in_map(&mut self, keys: &[Box<Expression>; 3], at: SourceRange) -> Option<Arc<str>> {
        let texts: Option<Vec<Arc<str>>> = keys.iter().map(|key| self.text(key, at)).collect();
        let texts = texts?;
        let mut node = Some(self.template.mappings.as_ref()?);
        let mut is_written = true;
        for (key, text) in keys.iter().zip(&texts) {
            is_written &= key.literal().is_some();
            node = node.and_then(|node| node.get(text));
            if node.is_none() && is_written {
                // An argument that is written out has been reported with the template.
                return None;
            }
        }
        match node.and_then(Node::as_str) {
            Some(text) => Some(text.into()),
            None if texts.iter().any(|text| self.is_unknown(text)) => self.not_known(at, "a key of Fn::FindInMap"),
            None => self.fail(at, &format!("Mappings has no text at {}", texts.join(" → "))),
        }
    }

    fn resource(&mut self, name: &str, at: SourceRange) -> Option<Arc<str>> {
        if self.references == MAX_REFERENCES {
            return self.fail(at, "the resources refer to each other in a circle");
        }
        self.references += 1;
        let resources = &self.template.resources;
        let text = {
            if let Some(thing) = resources.thing.as_ref().filter(|thing| *thing.logical_name == *name) {
                self.text(&thing.name.value, at)
            } else if let Some(policy) = resources.policies.iter().find(|policy| *policy.logical_name == *name) {
                match &policy.kind {
                    PolicyKind::Named(property) => self.text(&property.value, at),
                    _ => Some(HASH_NAME.into()),
                }
            } else {
                Some(self.id.into())
            }
        };
        self.references -= 1;
        text
    }

    /// Joins texts, unless the values have grown beyond all sense.
    fn join(&mut self, texts: &[Arc<str>], delimiter: &str, place: SourceRange) -> Option<Arc<str>> {
        let bytes = texts.iter().map(|text| text.len()).sum::<usize>() + delimiter.len() * texts.len();
        self.spend(bytes, place)?;
        Some(texts.join(delimiter).into())
    }

    /// Counts the bytes of values. Reports once that there are too many, and returns no value from then on.
    fn spend(&mut self, bytes: usize, place: SourceRange) -> Option<()> {
        if self.bytes > MAX_BYTES {
            return None;
        }
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MAX_BYTES {
            return self.fail(place, "the values of this template are longer than any that AWS accepts");
        }
        Some(())
    }

    #[cold]
    fn fail<T>(&mut self, place: SourceRange, problem: &str) -> Option<T> {
        let mut message = format!("{problem}.");
        message[..1].make_ascii_uppercase();
        self.findings.report(Finding::new(&rules::EVALUATION, place, message));
        None
    }
}
