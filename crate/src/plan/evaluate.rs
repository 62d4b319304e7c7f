//! Evaluates the resources of a template with the values of one certificate (rules R3, R5).

use super::evaluated_policy::EvaluatedPolicies;
pub use super::expressions::HASH_NAME;
use super::expressions::{Evaluated, Evaluator};
use super::findings::PlanFindings;
use super::types::Parameter;
use crate::check::quoted;
use crate::check::value_limits::{self, Violation};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits;
use crate::rules;
use crate::template::PolicyKind;
use crate::template::Template;
use crate::template::certificate_resource::principal_type_problem;
use crate::template::expression::Expression;
use crate::template::property::Property;
use std::sync::Arc;

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
    /// What functions make of the documents, by the order of the template's policies.
    pub documents: EvaluatedPolicies,
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

/// Evaluates the template's resources.
pub fn evaluate(template: &Template, parameters: &[Parameter], id: &str, findings: &mut PlanFindings) -> Desired {
    let mut evaluator = Evaluator::new(template, parameters, id, findings);
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
    for (index, policy) in template.resources.policies.iter().enumerate() {
        let logical_name = policy.logical_name.clone();
        match &policy.kind {
            PolicyKind::Named(property) => {
                if let Some(name) = evaluator.checked(property, value_limits::policy_name) {
                    desired.policies.push(DesiredPolicy { logical_name, name, document: None });
                }
            }
            PolicyKind::Document(property) => {
                if let Some((document, evaluated)) = evaluator.document(&logical_name, property) {
                    if let Some(evaluated) = evaluated {
                        desired.documents.insert(index, evaluated);
                    }
                    let (name, document) = (HASH_NAME.into(), Some(document));
                    desired.policies.push(DesiredPolicy { logical_name, name, document });
                }
            }
            PolicyKind::Invalid => {}
        }
    }
    evaluator.conclude(&desired.documents);
    desired
}

/// The thing's name alone.
pub fn thing_name(template: &Template, parameters: &[Parameter], id: &str) -> Option<Arc<str>> {
    let mut findings = PlanFindings::errors_only();
    let thing = template.resources.thing.as_ref()?;
    Evaluator::new(template, parameters, id, &mut findings).text(&thing.name.value, thing.name.place)
}

impl Evaluator<'_> {
    /// A property's text, checked against a limit. A literal has been checked with the template.
    fn checked(&mut self, property: &Property, check: impl Fn(&str) -> Option<Violation>) -> Option<Arc<str>> {
        let text = self.text(&property.value, property.place)?;
        if property.value.literal().is_none() {
            self.check(&text, property, &check);
        }
        Some(text)
    }

    fn groups(&mut self, properties: &[Property]) -> Vec<Arc<str>> {
        let mut groups = Vec::with_capacity(properties.len());
        for property in properties {
            let first = groups.len();
            match self.value(&property.value, property.place) {
                Some(Evaluated::Text(text)) => groups.push(text.text),
                Some(Evaluated::List(list)) => groups.extend(list.into_iter().map(|text| text.text)),
                None => continue,
            }
            if property.value.literal().is_some() {
                continue;
            }
            for group in &groups[first..] {
                self.check(group, property, &|name| value_limits::resource_name("A thing group's name", name));
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
        if matches!(property.value, Expression::Text(..) | Expression::Parameter(..) | Expression::Invalid) {
            return;
        }
        if let Some(text) = self.text(&property.value, property.place).filter(|text| **text != *self.id) {
            let message = format!("CertificateId evaluates to {}, which is not this certificate's ID.", quoted(&text));
            self.findings.report(Finding::new(&rules::LITERAL_CERTIFICATE_ID, property.place, message));
        }
    }
}
