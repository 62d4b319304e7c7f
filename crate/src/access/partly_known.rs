//! Values of which a part is not known, because only the whole certificate tells it: answers that rest on it stay open.

use super::answer::{AccessCause, Answer, Decision, Denial, Effect, Missing, MissingKind, StatementPlace};
use super::compile::CompiledStatement;
use super::device::Device;
use super::explain;
use super::facts::DeviceThing;
use super::glob::Symbol;
use super::key::PolicyKey;
use super::pattern::Match;
use super::request::{DeviceRequest, RequestContext, Verb};
use super::resource::{ResourcePattern, Target};
use super::ruling::Found;
use super::truth::Truth;
use super::values::Values;
use crate::certificate::known::{UNKNOWN_ID, UNKNOWN_SERIAL, has_unknown};

const CONNECT: &str = "iot:connect";

impl Device {
    /// Leaves a decision open that rests on what is not known of the client ID, or of a value of the thing.
    pub(super) fn doubt(&self, request: &DeviceRequest, context: &RequestContext, decision: Decision) -> Decision {
        if self.client_id(context).is_some_and(has_unknown)
            || self.facts.thing.as_ref().is_some_and(DeviceThing::has_unknown)
        {
            return self.doubtful(request, context, decision);
        }
        decision
    }

    #[cold]
    fn doubtful(&self, request: &DeviceRequest, context: &RequestContext, decision: Decision) -> Decision {
        let connects = request.verb == Verb::Connect && self.client_id(context).is_some_and(has_unknown);
        let by_variable = || {
            decision.statement.as_ref().and_then(|place| place.text.as_deref()).is_some_and(|text| text.contains("${"))
        };
        match (decision.answer, decision.denial) {
            (Answer::Denied, Some(Denial::Implicit)) if rests_on_text(&decision) && (connects || by_variable()) => {
                open(decision)
            }
            (Answer::Denied, Some(Denial::Explicit)) if connects && !self.denies_all_clients(context) => open(decision),
            (Answer::Allowed, _) if connects => match self.may_deny_client(context) {
                Some((deny, place)) => {
                    let allowed = decision.reason.trim_end_matches('.');
                    let reason = format!("{allowed}, unless {deny} denies it.");
                    open(Decision { reason, statement: Some(place), ..decision })
                }
                None => decision,
            },
            _ => decision,
        }
    }

    /// A Deny that can match the connection, depending on the part of the client ID that is not known: the statement in words, and its
    /// place.
    fn may_deny_client(&self, context: &RequestContext) -> Option<(String, StatementPlace)> {
        let (targets, mut values) = self.of_client(context)?;
        let (policy, statement) =
            self.denies(&values).find(|(_, statement)| statement.may_concern(&targets, &mut values))?;
        Some((explain::of((policy, statement)), statement.place(policy)))
    }

    /// Whether a Deny matches the connection, whatever the part is that is not known.
    fn denies_all_clients(&self, context: &RequestContext) -> bool {
        let Some(([plain, open], mut values)) = self.of_client(context) else { return false };
        self.denies(&values).any(|(_, statement)| {
            let covers = |resource: &ResourcePattern, values: &mut Values<'_>| {
                let target = if resource.keys().any(PolicyKey::depends_on_client) { &plain } else { &open };
                resource.matches(target, values) == Match::Yes
            };
            !statement.not_resources
                && statement.conditions.is_empty()
                && statement.resources.iter().any(|resource| covers(resource, &mut values))
        })
    }

    /// The connection with what stands for the unknown part, and with any text there.
    fn of_client<'a>(&'a self, context: &'a RequestContext) -> Option<([Target; 2], Values<'a>)> {
        let id = self.client_id(context)?;
        let name = ["client/", id].concat();
        let open = Target::Like(symbols(&name), "client");
        Some(([Target::Here(Some(name), "client"), open], self.values(Verb::Connect, CONNECT, Some(id), context)))
    }

    fn denies<'d>(&'d self, values: &Values<'_>) -> impl Iterator<Item = Found<'d>> + use<'d> {
        let statements =
            self.counting(values).flat_map(|policy| policy.statements.iter().map(move |one| (policy, one)));
        statements.filter(|(_, statement)| statement.effect == Effect::Deny && statement.covers_action(CONNECT))
    }
}

impl DeviceThing {
    /// Whether a value of it depends on one that is not known.
    fn has_unknown(&self) -> bool {
        has_unknown(&self.name)
            || self.type_name.as_deref().is_some_and(has_unknown)
            || self.attributes.iter().any(|(_, value)| has_unknown(value))
    }
}

/// Whether nothing allows the request because of a text that another value would change.
fn rests_on_text(decision: &Decision) -> bool {
    use AccessCause::{ClientId, Condition, LetterCase, Resource, Variable};
    decision.cause.is_some_and(|cause| matches!(cause, ClientId | LetterCase | Resource | Variable | Condition))
}

/// Leaves a decision open until the certificate is given.
fn open(decision: Decision) -> Decision {
    Decision {
        answer: Answer::Unknown,
        denial: None,
        cause: Some(AccessCause::MissingValue),
        reason: decision.reason + " A value is not known without the certificate.",
        missing: vec![Missing { kind: MissingKind::Option, name: "certificate".into() }],
        ..decision
    }
}

impl CompiledStatement {
    /// Whether resources and conditions can match, given the name with what stands for the unknown part, and with any text there.
    fn may_concern(&self, [plain, open]: &[Target; 2], values: &mut Values<'_>) -> bool {
        // A variable that holds the client ID is compared with itself.
        let mut found = self.resources.iter().map(|resource| {
            let target = if resource.keys().any(PolicyKey::depends_on_client) { plain } else { open };
            resource.matches(target, values)
        });
        let may_be = if self.not_resources {
            !found.any(|one| one == Match::Yes)
        } else {
            found.any(|one| matches!(one, Match::Yes | Match::Part | Match::Unknown))
        };
        may_be
            && self
                .conditions
                .iter()
                .all(|condition| condition.matches(values) != Truth::No || condition.rests_on_unknown(values))
    }
}

/// A text in which what stands for an unknown value is any text.
fn symbols(text: &str) -> Vec<Symbol> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = [UNKNOWN_ID, UNKNOWN_SERIAL].into_iter().find_map(|unknown| rest.strip_prefix(unknown));
        found.push(if after.is_some() { Symbol::Hidden } else { Symbol::Char(first) });
        rest = after.unwrap_or(&rest[first.len_utf8()..]);
    }
    found
}
