//! The decision on one request: everything is denied, a matching Allow allows, and a matching Deny overrides every Allow.

use super::answer::{
    AccessCause, Answer, Decision, Denial, Effect, Missing, MissingKind, StatementPart, StatementPlace,
};
use super::broker;
use super::compile::CompiledStatement;
use super::device::Device;
use super::explain::{self, Asked};
use super::pattern::Match;
use super::request::{DeviceRequest, RequestContext, Transport, Verb};
use super::resource::{PARTS, Target};
use super::ruling::{Found, Ruling};
use super::truth::Truth;
use super::values::Values;
use crate::limits;
use std::sync::Arc;

/// Why a request or a policy is not compared.
const TOO_LONG: &str = "The request is longer than 2,048 bytes, and was not compared with the policies.";
/// The two pages on one action.
const TWO_PAGES: &str = "AWS's developer guide checks this action on \"*\", its authorization reference on the thing.";
/// A variable without a value in `NotResource`.
const NOT_RESOURCE: &str = "IAM documents two meanings of a NotResource with a variable that has no value: it matches nothing, or the whole statement is invalid.";
/// A part that was reported.
const UNREADABLE: &str = "A part of the statement cannot be read.";

impl Device {
    /// Says whether the device may do something.
    ///
    /// ```
    /// use jitp::TemplateOptions;
    /// use jitp::access::{Answer, Device, DeviceRequest, RequestContext, Verb, compile_policy};
    ///
    /// let document = r#"{"Version": "2012-10-17", "Statement": [
    ///   {"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/*"}]}"#;
    /// let policy = compile_policy("lamps".into(), document, &TemplateOptions::default(), None);
    /// let mut device = Device { policies: vec![policy.into()], ..Device::default() };
    /// device.assume_location();
    /// let may = |topic: &str| device.can(&DeviceRequest::new(Verb::Publish, topic), &RequestContext::default()).answer;
    /// assert_eq!((may("lamps/1"), may("doors/1")), (Answer::Allowed, Answer::Denied));
    /// ```
    pub fn can(&self, request: &DeviceRequest, context: &RequestContext) -> Decision {
        let (first, second) = request.actions();
        let mut decision = self.decision(first, request, context);
        if let Some(other) = second.map(|action| self.decision(action, request, context)) {
            // A Deny on one action decides, however little the other is allowed.
            let rank = |decision: &Decision| match (decision.answer, decision.denial) {
                (Answer::Denied, Some(Denial::Explicit)) => 3,
                (Answer::Denied, _) => 2,
                (Answer::Unknown, _) => 1,
                (Answer::Allowed, _) => 0,
            };
            if rank(&other) > rank(&decision) {
                decision = other;
            }
        }
        decision.broker = broker::refusals(request, self.client_id(context));
        self.doubt(request, context, decision)
    }

    fn decision(&self, action: &str, request: &DeviceRequest, context: &RequestContext) -> Decision {
        let client_id = self.client_id(context);
        let lower = action.to_ascii_lowercase();
        let mut values = self.values(request.verb, &lower, client_id, context);
        let target = self.target(request, client_id);
        let ruling = self.rule(&lower, &target, None, &mut values);
        explain::decision(self, ruling, &Asked { action, target: &target, lower: &lower }, &mut values)
    }

    /// The same without words: the answer, and the statement that allows.
    pub fn answer(&self, request: &DeviceRequest, context: &RequestContext) -> (Answer, Option<StatementPlace>) {
        let client_id = self.client_id(context);
        let (mut answer, mut place) = (Answer::Allowed, None);
        let (first, second) = request.actions();
        for action in std::iter::once(first).chain(second) {
            let lower = action.to_ascii_lowercase();
            let mut values = self.values(request.verb, &lower, client_id, context);
            let ruling = self.rule(&lower, &self.target(request, client_id), None, &mut values);
            if ruling.answer == Answer::Denied {
                return (Answer::Denied, None);
            }
            if ruling.answer == Answer::Unknown {
                answer = Answer::Unknown;
            }
            place = ruling.statement.map(|(policy, statement)| statement.place(policy));
        }
        (answer, place)
    }

    /// The values that a request is judged with.
    pub(super) fn values<'a>(
        &'a self,
        verb: Verb,
        lower: &str,
        client_id: Option<&'a str>,
        context: &'a RequestContext,
    ) -> Values<'a> {
        let https = verb == Verb::Call || verb == Verb::Publish && context.transport == Transport::Https;
        Values {
            facts: &self.facts,
            context,
            client_id: client_id.filter(|_| !https),
            https,
            for_credentials: lower == "iot:assumerolewithcertificate",
            connects: verb == Verb::Connect,
            missing: Vec::new(),
            undecided: None,
            partly: false,
        }
    }

    /// What a request is checked on.
    fn target(&self, request: &DeviceRequest, client_id: Option<&str>) -> Target {
        let named = |kind: &'static str, name: &str| Target::Here(Some([kind, "/", name].concat()), kind);
        match request.verb {
            Verb::Connect => match client_id {
                Some(id) => named("client", id),
                None => Target::Here(None, "client"),
            },
            Verb::Publish | Verb::Receive => named("topic", &request.on),
            Verb::Subscribe => named("topicfilter", &request.on),
            Verb::Call if request.on == "*" => Target::Star,
            Verb::Call => match request.on.strip_prefix("arn:") {
                Some(rest) => {
                    let mut parts = rest.splitn(PARTS + 1, ':').map(str::to_owned);
                    Target::Arn(std::array::from_fn(|_| parts.next().unwrap_or_default()))
                }
                None => Target::Here(Some(request.on.clone()), ""),
            },
        }
    }

    /// What the policies say of an action. With `only`, that statement is taken as the one that allows, if it allows a part.
    pub(super) fn rule<'d>(
        &'d self,
        action: &str,
        target: &Target,
        only: Option<&CompiledStatement>,
        values: &mut Values<'_>,
    ) -> Ruling<'d> {
        if matches!(target, Target::Here(Some(name), _) if name.len() > limits::REQUEST) {
            return Ruling { undecided: Some(TOO_LONG), ..Ruling::of(Answer::Unknown, AccessCause::Undecided, None) };
        }
        // The two pages disagree on this action: an answer that both give is certain.
        if action == "iot:listnamedshadowsforthing" && *target != Target::Star {
            let (here, star) =
                (self.rule_on(action, target, only, values), self.rule_on(action, &Target::Star, only, values));
            if here.answer == star.answer {
                return here;
            }
            let statement = here.statement.or(star.statement);
            return Ruling {
                undecided: Some(TWO_PAGES),
                ..Ruling::of(Answer::Unknown, AccessCause::Undecided, statement)
            };
        }
        self.rule_on(action, target, only, values)
    }

    fn rule_on<'d>(
        &'d self,
        action: &str,
        target: &Target,
        only: Option<&CompiledStatement>,
        values: &mut Values<'_>,
    ) -> Ruling<'d> {
        let mut exceptions: Vec<Found<'d>> = Vec::new();
        let (mut allow, mut deny): ([Option<Found<'d>>; 2], Option<Found<'d>>) = ([None, None], None);
        let mut open = Open::default();
        for policy in self.counting(values) {
            if !policy.is_readable {
                open.lacks(MissingKind::Unreadable, &policy.name);
            }
            for statement in &policy.statements {
                let denies = statement.effect == Effect::Deny;
                // One Allow is enough. Each Deny counts.
                if !denies && (allow[0].is_some() || only.is_some_and(|only| !std::ptr::eq(only, statement))) {
                    continue;
                }
                values.missing.clear();
                values.undecided = None;
                values.partly = false;
                match statement.matches(action, target, values) {
                    Truth::No => {}
                    // To allow a part of what is asked is not enough.
                    _ if values.partly && !denies && only.is_none() => {}
                    Truth::Yes if denies && values.partly => exceptions.push((policy, statement)),
                    Truth::Yes if denies => {
                        return Ruling {
                            denial: Some(Denial::Explicit),
                            ..Ruling::of(Answer::Denied, AccessCause::ExplicitDeny, Some((policy, statement)))
                        };
                    }
                    Truth::Yes => allow[0] = Some((policy, statement)),
                    Truth::Unknown => {
                        let found = if denies { &mut deny } else { &mut allow[1] };
                        found.get_or_insert((policy, statement));
                        open.take(values, denies);
                    }
                }
            }
        }
        for name in &self.unseen {
            open.lacks(MissingKind::Policy, name);
        }
        if self.groups_count(values) {
            for name in &self.groups {
                open.lacks(MissingKind::Group, name);
            }
        }
        Ruling { exceptions, ..open.ruling(allow, deny) }
    }
}

/// What keeps an answer open.
#[derive(Default)]
struct Open {
    /// What may allow.
    allow: Vec<Missing>,
    /// What may deny.
    deny: Vec<Missing>,
    /// Policies that nobody has seen.
    unseen: Vec<Missing>,
    /// What AWS documents nothing about, in statements that may allow, and in those that may deny.
    undecided: [Option<&'static str>; 2],
}

impl Open {
    #[cold]
    fn lacks(&mut self, kind: MissingKind, name: &Arc<str>) {
        self.unseen.push(Missing { kind, name: name.clone() });
    }

    #[cold]
    fn take(&mut self, values: &mut Values<'_>, denies: bool) {
        let list = if denies { &mut self.deny } else { &mut self.allow };
        values.missing.drain(..).for_each(|missing| missing.note_in(list));
        let undecided = &mut self.undecided[usize::from(denies)];
        *undecided = undecided.or(values.undecided);
    }

    fn ruling<'d>(self, [allow, may_allow]: [Option<Found<'d>>; 2], may_deny: Option<Found<'d>>) -> Ruling<'d> {
        let is_open = may_deny.is_some() || !self.unseen.is_empty();
        if let (Some(found), false) = (allow, is_open) {
            return Ruling { cause: None, ..Ruling::of(Answer::Allowed, AccessCause::Undecided, Some(found)) };
        }
        if allow.is_none() && may_allow.is_none() && self.unseen.is_empty() {
            return Ruling {
                denial: Some(Denial::Implicit),
                ..Ruling::of(Answer::Denied, AccessCause::Resource, None)
            };
        }
        let (mut missing, [of_allow, of_deny]) = (self.deny, self.undecided);
        if allow.is_none() {
            self.allow.into_iter().for_each(|other| other.note_in(&mut missing));
        }
        let undecided = of_deny.or(of_allow.filter(|_| allow.is_none()));
        let cause = match (missing.is_empty(), self.unseen.first()) {
            (false, _) => AccessCause::MissingValue,
            (true, _) if may_deny.is_some() || allow.is_none() && may_allow.is_some() => AccessCause::Undecided,
            (true, Some(Missing { kind: MissingKind::Group, .. })) => AccessCause::GroupPolicy,
            (true, Some(_)) => AccessCause::UnseenPolicy,
            (true, None) => AccessCause::Undecided,
        };
        missing.extend(self.unseen);
        let statement = may_deny.or(if allow.is_none() { may_allow } else { None }).or(allow);
        Ruling { allowed_by: allow, missing, undecided, ..Ruling::of(Answer::Unknown, cause, statement) }
    }
}

impl CompiledStatement {
    /// Whether the statement is about a request.
    pub fn matches(&self, action: &str, target: &Target, values: &mut Values<'_>) -> Truth {
        let open = |part: StatementPart, found: Truth, values: &mut Values<'_>| {
            if found != Truth::Yes && self.open.contains(&part) {
                values.undecided = Some(UNREADABLE);
                return Truth::Unknown;
            }
            found
        };
        let covers = Truth::from(self.actions.iter().any(|pattern| pattern.matches(action)));
        let covers = open(StatementPart::Action, covers, values);
        let covers = if self.not_actions { covers.not() } else { covers };
        if covers == Truth::No {
            return Truth::No;
        }
        let on = self.matches_resource(target, values);
        let on = if self.not_resources {
            open(StatementPart::Resource, on.not(), values).not()
        } else {
            open(StatementPart::Resource, on, values)
        };
        if on == Truth::No {
            return Truth::No;
        }
        let when = self.matches_conditions(values);
        covers.and(on).and(when)
    }

    /// Whether its resources cover what the request is checked on.
    pub fn matches_resource(&self, target: &Target, values: &mut Values<'_>) -> Truth {
        let denies = self.effect == Effect::Deny;
        let (mut found, mut partly) = (Truth::No, false);
        for resource in &self.resources {
            let one = match resource.matches(target, values) {
                Match::Part => {
                    partly = true;
                    continue;
                }
                Match::NoValue(_) if self.not_resources => {
                    values.undecided = Some(NOT_RESOURCE);
                    Truth::Unknown
                }
                Match::No => resource.doubt(denies, values),
                found => found.truth(),
            };
            found = found.or(one);
            if found == Truth::Yes {
                break;
            }
        }
        // What is covered in part is left in part, too.
        if partly && found != Truth::Yes {
            values.partly = true;
            return if found == Truth::Unknown { found } else { Truth::Yes };
        }
        if self.not_resources { found.not() } else { found }
    }

    /// Whether all of its conditions match. Every open value is noted, so that giving them all decides.
    pub fn matches_conditions(&self, values: &mut Values<'_>) -> Truth {
        let mut found = if self.open.contains(&StatementPart::Condition) { Truth::Unknown } else { Truth::Yes };
        for condition in &self.conditions {
            found = found.and(condition.matches(values));
            if found == Truth::No {
                break;
            }
        }
        found
    }
}
