//! The statement that comes nearest to allowing what nothing allows, and the part of it that does not match.

use super::answer::{AccessCause, Effect, StatementPart, StatementPlace};
use super::compile::{CompiledPolicy, CompiledStatement};
use super::glob::{Cover, cover};
use super::key::PolicyKey;
use super::operators::Condition;
use super::pattern::Match;
use super::resource::{PARTS, ResourcePattern, Target};
use super::truth::Truth;
use super::values::Values;

/// The nearest statement.
pub struct Nearest<'d> {
    pub policy: &'d CompiledPolicy,
    pub statement: &'d CompiledStatement,
    pub cause: AccessCause,
    /// The resource or condition that does not match.
    pub element: NearestElement<'d>,
    /// How near it is.
    score: usize,
}

/// The element of a statement that does not match.
#[derive(Clone, Copy)]
pub enum NearestElement<'d> {
    None,
    Resource(&'d ResourcePattern, Option<&'d PolicyKey>),
    Condition(&'d Condition),
}

impl Nearest<'_> {
    /// The place of the part that does not match.
    pub fn place(&self) -> StatementPlace {
        let place = self.statement.place(self.policy);
        let (part, text, span) = match self.element {
            NearestElement::None => {
                let first = self.statement.actions.first();
                let (text, span) = (first.map(|action| action.text.clone()), first.and_then(|action| action.span));
                (StatementPart::Action, text, span)
            }
            NearestElement::Resource(resource, _) => {
                (StatementPart::Resource, Some(resource.text.clone()), resource.span)
            }
            NearestElement::Condition(condition) => (Condition::PART, Some(condition.text.clone()), condition.span),
        };
        StatementPlace { part: Some(part), text, span: span.or(place.span), ..place }
    }
}

/// The part of the ARN that comes before everything else in it.
const LOCATION: [AccessCause; PARTS] =
    [AccessCause::Partition, AccessCause::Resource, AccessCause::Region, AccessCause::Account];

/// Finds the nearest statement that allows; `None` if no statement allows the action, and none allows another one there.
#[cold]
pub fn nearest<'d>(
    policies: impl Iterator<Item = &'d CompiledPolicy>,
    (action, target): (&str, &Target),
    values: &mut Values<'_>,
) -> Option<Nearest<'d>> {
    let mut best: Option<Nearest<'d>> = None;
    let mut keep = |candidate: Nearest<'d>| {
        if best.as_ref().is_none_or(|before| candidate.score > before.score) {
            best = Some(candidate);
        }
    };
    for policy in policies {
        for statement in policy.statements.iter().filter(|statement| statement.effect == Effect::Allow) {
            let found = |cause, element, score| Nearest { policy, statement, cause, element, score };
            let covers = statement.covers_action(action);
            let on = statement.matches_resource(target, values) == Truth::Yes;
            if !covers {
                // Another action is allowed there: near only if the resource is meant, and not everything.
                if on && !statement.resources.iter().any(ResourcePattern::is_all) {
                    keep(found(AccessCause::Action, NearestElement::None, 1));
                }
                continue;
            }
            if on {
                let failing = statement.conditions.iter().find(|condition| condition.matches(values) == Truth::No);
                if let Some(condition) = failing {
                    keep(found(AccessCause::Condition, NearestElement::Condition(condition), usize::MAX));
                }
                continue;
            }
            for resource in statement.resources.iter().filter(|_| !statement.not_resources) {
                let (cause, key, score) = distance(resource, target, values);
                keep(found(cause, NearestElement::Resource(resource, key), score));
            }
            if statement.not_resources
                && let Some(resource) = statement.resources.first()
            {
                keep(found(AccessCause::Resource, NearestElement::Resource(resource, None), 2));
            }
        }
    }
    best
}

/// Why a resource does not cover the target, and how near it comes.
fn distance<'r>(
    resource: &'r ResourcePattern,
    target: &Target,
    values: &mut Values<'_>,
) -> (AccessCause, Option<&'r PolicyKey>, usize) {
    if let Match::NoValue(key) = resource.matches(target, values) {
        let cause = if values.https && key.is_of_thing() { AccessCause::HttpsVariable } else { AccessCause::Variable };
        return (cause, Some(key), 9_000);
    }
    let Some(parts) = resource.parts() else { return (AccessCause::Resource, None, 2) };
    let last = &parts[PARTS];
    let covers = match target {
        Target::Here(Some(wanted), _) => last.matches(wanted, values) == Match::Yes,
        Target::Like(inner, _) => last.symbols(values).is_ok_and(|outer| cover(&outer, inner) == Cover::All),
        _ => false,
    };
    if covers {
        let location = &values.facts.location;
        let here = [location.partition.clone(), Some("iot".into()), location.region.clone(), location.account.clone()];
        let differs = (0..PARTS)
            .find(|index| here[*index].as_deref().is_some_and(|text| parts[*index].matches(text, values) == Match::No));
        return (differs.map_or(AccessCause::Resource, |index| LOCATION[index]), None, 10_000);
    }
    let Target::Here(Some(wanted), kind) = target else { return (AccessCause::Resource, None, 2) };
    let Ok(written) = last.filled(values) else { return (AccessCause::Variable, None, 9_000) };
    if written.eq_ignore_ascii_case(wanted) {
        return (AccessCause::LetterCase, None, 9_500);
    }
    let (own, name) = written.split_once('/').unwrap_or((&written, ""));
    let (wanted_kind, wanted_name) = wanted.split_once('/').unwrap_or((wanted, ""));
    if own != wanted_kind {
        let is_same_name = !name.is_empty() && crate::policy::matches_exactly(name, wanted_name);
        return (AccessCause::ResourceType, None, if is_same_name { 8_000 } else { 3 });
    }
    let common = written.bytes().zip(wanted.bytes()).take_while(|(one, other)| one == other).count();
    (if *kind == "client" { AccessCause::ClientId } else { AccessCause::Resource }, None, 100 + common.min(4_000))
}
