//! Compiles policy documents for many requests.

use super::answer::{Effect, StatementPart, StatementPlace};
use super::facts::DeviceLocation;
use super::key::PolicyKey;
use super::operators::Condition;
use super::resource::ResourcePattern;
use crate::policy::actions::documented;
use crate::policy::document::Texts;
use crate::policy::{Actions, PolicyDocument, matches, matches_exactly};
use crate::source::{Node, SourceMap, SourceRange, Span, Value};
use std::sync::Arc;

/// A policy whose document is known.
#[derive(Clone, Debug, Default)]
pub struct CompiledPolicy {
    /// Its name, for messages.
    pub name: Arc<str>,
    /// Its statements.
    pub statements: Vec<CompiledStatement>,
    /// Whether the document could be read. Otherwise nobody knows what it allows and denies.
    pub is_readable: bool,
    /// Whether it asks for a value of the certificate.
    pub asks_for_certificate: bool,
    /// Whether it allows something over MQTT.
    pub allows_mqtt: bool,
    /// Whether it allows a call over HTTPS.
    pub allows_https: bool,
}

/// A compiled statement.
#[derive(Clone, Debug)]
pub struct CompiledStatement {
    /// Its number, from 1.
    pub number: usize,
    /// `Sid`
    pub sid: Option<Arc<str>>,
    /// Where it is written.
    pub span: Option<Span>,
    /// Its effect.
    pub effect: Effect,
    /// `Action` or `NotAction`.
    pub actions: Vec<ActionPattern>,
    /// Whether it is `NotAction`.
    pub not_actions: bool,
    /// `Resource` or `NotResource`.
    pub resources: Vec<ResourcePattern>,
    /// Whether it is `NotResource`.
    pub not_resources: bool,
    /// `Condition`
    pub conditions: Vec<Condition>,
    /// The parts with an element that could not be read.
    pub open: Vec<StatementPart>,
    /// The documented actions that it names, a bit each in the order of [`documented`].
    pub named: u64,
}

/// An action of a statement.
#[derive(Clone, Debug)]
pub struct ActionPattern {
    /// In lower case: IAM compares actions without regard to letter case.
    lower: Box<str>,
    /// As written.
    pub text: Arc<str>,
    /// Where it is written.
    pub span: Option<Span>,
}

impl ActionPattern {
    /// Whether it matches an action as documented.
    fn names(&self, documented: &str) -> bool {
        matches(&self.lower, documented)
    }

    /// Whether it matches an action in lower case.
    pub fn matches(&self, lower: &str) -> bool {
        matches_exactly(&self.lower, lower)
    }
}

/// The documented actions that a statement names.
fn named(actions: &[ActionPattern], not_actions: bool) -> u64 {
    let mut found = 0;
    for (bit, (action, _)) in documented().enumerate() {
        found |= u64::from(actions.iter().any(|pattern| pattern.names(action)) != not_actions) << bit;
    }
    found
}

/// Finds the spans of what is compiled.
pub type Locate<'l> = &'l dyn Fn(SourceRange) -> Option<Span>;

impl CompiledPolicy {
    /// Compiles a document that has been read.
    pub fn compile(name: Arc<str>, document: &PolicyDocument<'_>, sources: &SourceMap, locate: Locate<'_>) -> Self {
        let statements = document.statements.iter().enumerate().map(|(index, statement)| {
            let substitutes = document.substitutes;
            let mut open = Vec::new();
            let mut note = |texts: &Texts<'_>, part| {
                if texts.open {
                    open.push(part);
                }
            };
            let (actions, not_actions) = either(&statement.actions, statement.not_actions.as_ref());
            note(actions, StatementPart::Action);
            let (resources, not_resources) = either(&statement.resources, statement.not_resources.as_ref());
            note(resources, StatementPart::Resource);
            if statement.condition.is_some_and(|condition| condition.as_object().is_none()) {
                open.push(StatementPart::Condition);
            }
            let action = |(node, text): &(&Node, &str)| ActionPattern {
                lower: text.to_ascii_lowercase().into(),
                text: (*text).into(),
                span: locate(node.place),
            };
            let resource =
                |(node, text): &(&Node, &str)| ResourcePattern::compile(text, substitutes, locate(node.place));
            let actions: Vec<ActionPattern> = actions.texts.iter().map(action).collect();
            CompiledStatement {
                named: named(&actions, not_actions),
                number: index + 1,
                sid: statement.sid.map(Arc::from),
                span: locate(statement.place),
                effect: if statement.allows { Effect::Allow } else { Effect::Deny },
                actions,
                not_actions,
                resources: resources.texts.iter().map(resource).collect(),
                not_resources,
                conditions: statement
                    .condition
                    .map_or_else(Vec::new, |node| conditions(node, substitutes, sources, locate)),
                open,
            }
        });
        let statements: Vec<CompiledStatement> = statements.collect();
        let allowing = || statements.iter().filter(|statement| statement.effect == Effect::Allow);
        Self {
            name,
            is_readable: true,
            asks_for_certificate: statements.iter().any(CompiledStatement::asks_for_certificate),
            allows_mqtt: allowing().any(CompiledStatement::is_for_mqtt),
            allows_https: allowing().any(CompiledStatement::is_for_https),
            statements,
        }
    }

    /// A policy whose document cannot be read.
    pub fn unreadable(name: Arc<str>) -> Self {
        Self { name, ..Self::default() }
    }

    /// The locations of its resources, those of statements that allow first.
    pub fn locations(&self) -> impl Iterator<Item = DeviceLocation> + Clone {
        let of = |effect| self.statements.iter().filter(move |statement| statement.effect == effect);
        of(Effect::Allow)
            .chain(of(Effect::Deny))
            .flat_map(|statement| statement.resources.iter().map(ResourcePattern::location))
    }
}

impl CompiledStatement {
    /// The place of the statement.
    pub fn place(&self, policy: &CompiledPolicy) -> StatementPlace {
        StatementPlace {
            policy: policy.name.clone(),
            statement: self.number,
            sid: self.sid.clone(),
            effect: self.effect,
            part: None,
            text: None,
            span: self.span,
        }
    }

    fn asks_for_certificate(&self) -> bool {
        let of_resources = self.resources.iter().flat_map(ResourcePattern::keys);
        of_resources.chain(self.conditions.iter().flat_map(Condition::keys)).any(PolicyKey::is_of_certificate)
    }

    /// Whether it names an MQTT action and a resource of its type.
    fn is_for_mqtt(&self) -> bool {
        const MQTT: [(&str, &str); 4] = [
            ("iot:connect", "client"),
            ("iot:publish", "topic"),
            ("iot:receive", "topic"),
            ("iot:subscribe", "topicfilter"),
        ];
        let may_be = |kind: &str| self.not_resources || self.resources.iter().any(|resource| resource.may_be(kind));
        MQTT.iter().any(|(action, kind)| self.covers_action(action) && may_be(kind))
    }

    /// Whether it names an action of HTTPS.
    fn is_for_https(&self) -> bool {
        self.not_actions || self.actions.iter().any(|action| Actions::matching(&action.text).have_https())
    }

    /// Whether its actions cover one in lower case.
    pub fn covers_action(&self, lower: &str) -> bool {
        self.actions.iter().any(|action| action.matches(lower)) != self.not_actions
    }
}

fn either<'t, 'n>(texts: &'t Texts<'n>, opposite: Option<&'t Texts<'n>>) -> (&'t Texts<'n>, bool) {
    opposite.map_or((texts, false), |opposite| (opposite, true))
}

fn conditions(condition: &Node, substitutes: bool, sources: &SourceMap, locate: Locate<'_>) -> Vec<Condition> {
    let mut found = Vec::new();
    for operator in condition.as_object().unwrap_or_default() {
        let Some(keys) = operator.value.as_object() else {
            let values = std::iter::once(None);
            found.push(Condition::compile((&operator.key, ""), values, substitutes, locate(operator.key_place)));
            continue;
        };
        for key in keys {
            let list = key.value.as_array().unwrap_or(std::slice::from_ref(&key.value));
            let values = list.iter().map(|value| match &value.value {
                Value::String(text) => Some(text.as_str()),
                Value::Number(_) | Value::Bool(_) => Some(sources.slice(value.place)),
                _ => None,
            });
            found.push(Condition::compile((&operator.key, &key.key), values, substitutes, locate(key.key_place)));
        }
    }
    found
}
