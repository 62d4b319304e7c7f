//! What the policies give a device: the patterns of the statements that allow, with the device's values in their variables.

use super::answer::{Answer, Effect, StatementPart, StatementPlace};
use super::compile::CompiledStatement;
use super::device::Device;
use super::explain::{self, Asked, listed, text_of};
use super::glob::{Cover, cover};
use super::key::PolicyKey;
use super::operators::Condition;
use super::request::{RequestContext, Verb};
use super::resource::{ResourcePattern, Target};
use super::ruling::Ruling;
use super::values::Values;
use super::wanted::{RETAIN, Source, Wanted, all_of, kinds, verb_of};
use crate::check::quoted;
use crate::limits;
use crate::policy::actions::{ResourceTypes, documented};
use serde::Serialize;

/// A pattern of requests that a statement allows, and whether the device may make all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct AccessRight {
    /// What the device does.
    pub verb: Verb,
    /// The action.
    pub action: &'static str,
    /// The client ID, topic or topic filter; for a call the resource. `*` and `?` are wildcards; characters that are none are `${*}` and
    /// `${?}`.
    pub resource: String,
    /// Whether all of it is allowed.
    pub answer: Answer,
    /// Why not, or what is excepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The statement that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementPlace>,
}

/// What a device may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// The rights, in the order of the statements.
    pub may: Vec<AccessRight>,
    /// Whether there are more than are listed.
    pub more: bool,
}

/// The most rights that are listed.
pub const MOST_RIGHTS: usize = 64;

impl Device {
    /// What the policies give the device: each resource of each statement that allows, by action.
    ///
    /// ```
    /// use jitp::TemplateOptions;
    /// use jitp::access::{Device, RequestContext, compile_policy};
    ///
    /// let document = r#"{"Version": "2012-10-17", "Statement": [
    ///   {"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/*"}]}"#;
    /// let policy = compile_policy("lamps".into(), document, &TemplateOptions::default(), None);
    /// let device = Device { policies: vec![policy.into()], ..Device::default() };
    /// assert_eq!(device.rights(&RequestContext::default()).may.len(), 1);
    /// ```
    pub fn rights(&self, context: &RequestContext) -> Rights {
        let mut rights = Rights::default();
        let values = self.values(Verb::Publish, "", self.client_id(context), context);
        let only_allows = self.only_allows();
        for policy in self.counting(&values) {
            for statement in policy.statements.iter().filter(|statement| statement.allows()) {
                // Nothing can deny what such a statement allows, so that each of its resources is allowed.
                let is_plain = only_allows
                    && statement.conditions.is_empty()
                    && statement.open.is_empty()
                    && !statement.not_resources;
                let named = documented().enumerate().filter(|(bit, _)| statement.named >> bit & 1 == 1);
                for (_, (action, types)) in named {
                    let verb = verb_of(action);
                    for kind in kinds(types) {
                        let source = Source { found: (policy, statement), verb, action, kind, context, is_plain };
                        if self.add(&source, types, &mut rights).is_none() {
                            rights.more = true;
                            return rights;
                        }
                    }
                }
            }
        }
        rights
    }

    /// Adds the rights of one statement and action. `None` if there are too many.
    fn add(&self, source: &Source<'_>, types: ResourceTypes, rights: &mut Rights) -> Option<()> {
        let (_, statement) = source.found;
        if statement.not_resources {
            return self.add_opposite(source, types, rights);
        }
        for resource in &statement.resources {
            if source.is_plain && source.verb != Verb::Call && source.action != RETAIN {
                match self.plain(source, resource) {
                    Some(text) => {
                        if has_room(source, &text, rights)? {
                            rights.may.push(allowed(source, resource, text));
                        }
                        continue;
                    }
                    None if resource.is_of_other_type(source.kind) => continue,
                    None => {}
                }
            }
            let is_concerned = match resource.named() {
                _ if resource.is_invalid() => false,
                // Of another service there are components of Greengrass, which have no type.
                Some(_) if resource.is_of_another_service() => source.kind.is_empty(),
                Some(named) => !source.kind.is_empty() && named.may_begin_with(&[source.kind, "/"].concat()),
                None => true,
            } || resource.is_open();
            if !is_concerned {
                continue;
            }
            match self.wanted(source, types, resource) {
                Ok(Some(wanted)) => self.push(source, wanted, Some(resource), None, rights)?,
                Ok(None) => {}
                Err(key) => self.push_without_value(source, resource, key, rights)?,
            }
        }
        Some(())
    }

    /// A resource that is allowed for sure, as text: without a wildcard among its values, and without a doubt where it is.
    fn plain(&self, source: &Source<'_>, resource: &ResourcePattern) -> Option<String> {
        let named = resource.named()?;
        let thing = self.facts.thing.as_ref().map(|thing| &*thing.name).filter(|_| source.verb == Verb::Connect);
        let id = thing.or_else(|| self.client_id(source.context));
        let mut values = self.values(source.verb, "", id, source.context);
        let text = named.plain_name(source.kind, &values)?;
        // Longer texts are not compared at all.
        (text.len() <= limits::TOPIC && resource.is_here(&mut values)).then_some(text)
    }

    /// Whether nothing denies anything, and nothing is left open.
    fn only_allows(&self) -> bool {
        let mut policies = self.policies.iter().chain(&self.group_policies);
        self.unseen.is_empty()
            && self.groups.is_empty()
            && policies.all(|policy| policy.is_readable && policy.statements.iter().all(CompiledStatement::allows))
    }

    /// What a statement allows that names what it does not allow.
    #[cold]
    fn add_opposite(&self, source: &Source<'_>, types: ResourceTypes, rights: &mut Rights) -> Option<()> {
        let (_, statement) = source.found;
        let begin = [source.kind, "/"].concat();
        let concerned = |resource: &&ResourcePattern| resource.named().is_none_or(|named| named.may_begin_with(&begin));
        let names: Vec<&str> = statement.resources.iter().filter(concerned).map(ResourcePattern::name).collect();
        let text = if names.is_empty() { "*".to_owned() } else { ["everything but ", &listed(&names)].concat() };
        let wanted = Wanted { target: all_of(source.kind, types), text };
        self.push(source, wanted, None, Some(statement), rights)
    }

    fn push(
        &self,
        source: &Source<'_>,
        Wanted { target, text }: Wanted,
        resource: Option<&ResourcePattern>,
        only: Option<&CompiledStatement>,
        rights: &mut Rights,
    ) -> Option<()> {
        if !has_room(source, &text, rights)? {
            return Some(());
        }
        let (policy, statement) = source.found;
        let mut right = self.judge(source, source.action, &target, only);
        if source.action == RETAIN {
            // Both actions must be allowed.
            let publish = self.judge(source, "iot:Publish", &target, only);
            right.reason = match (right.answer, right.reason, publish.reason.clone()) {
                (Answer::Allowed, Some(own), Some(other)) if own != other => Some(format!("{other}; {own}")),
                (_, own, other) => own.or(other),
            };
            if publish.answer != Answer::Allowed && rank(&publish) >= rank(&right) {
                right = publish;
            }
        }
        // The place of the resource, if it is the statement's own that decides.
        if let (Some(place), Some(resource)) = (&mut right.statement, resource)
            && right.answer == Answer::Allowed
            && place.statement == statement.number
            && place.policy == policy.name
        {
            place.part = Some(StatementPart::Resource);
            place.span = resource.span.or(place.span);
        }
        right.resource = text;
        rights.may.push(right);
        Some(())
    }

    fn judge(
        &self,
        source: &Source<'_>,
        action: &str,
        target: &Target,
        only: Option<&CompiledStatement>,
    ) -> AccessRight {
        let lower = action.to_ascii_lowercase();
        let id = match target {
            Target::Here(Some(name), _) if source.verb == Verb::Connect => name.get("client/".len()..),
            _ if source.verb == Verb::Connect && self.facts.thing.is_some() => {
                self.facts.thing.as_ref().map(|thing| &*thing.name)
            }
            _ => self.client_id(source.context),
        };
        let mut values = self.values(source.verb, &lower, id, source.context);
        let ruling = self.rule(&lower, target, only, &mut values);
        let right = |answer, reason, statement| AccessRight {
            verb: source.verb,
            action: source.action,
            resource: String::new(),
            answer,
            reason,
            statement,
        };
        if ruling.answer == Answer::Allowed {
            let place = ruling.statement.map(|(policy, statement)| statement.place(policy));
            let reason =
                exceptions(&ruling, source, target, &values).or_else(|| self.depends(&ruling, source, target, &values));
            return right(Answer::Allowed, reason, place);
        }
        let asked = Asked { action, lower: &lower, target };
        let decision = explain::decision(self, ruling, &asked, &mut values);
        right(decision.answer, Some(decision.reason), decision.statement)
    }

    /// A variable has no value: the resource matches nothing.
    #[cold]
    fn push_without_value(
        &self,
        source: &Source<'_>,
        resource: &ResourcePattern,
        key: &PolicyKey,
        rights: &mut Rights,
    ) -> Option<()> {
        let begin = [source.kind, "/"].concat();
        let name = resource.name();
        let text = if source.verb == Verb::Call { name } else { name.strip_prefix(&*begin).unwrap_or(name) };
        if !has_room(source, text, rights)? {
            return Some(());
        }
        let lower = source.action.to_ascii_lowercase();
        let values = self.values(source.verb, &lower, self.client_id(source.context), source.context);
        let reason = match key {
            PolicyKey::ClientId if source.verb == Verb::Connect => {
                "No client ID matches: the pattern has the client ID itself, and more.".to_owned()
            }
            key => match explain::no_value(key, &values) {
                // The name of a key stays as it is.
                why if why.starts_with("iot:") => ["The variable ", &why, "."].concat(),
                why => explain::capital(&why) + ".",
            },
        };
        let (policy, statement) = source.found;
        let place = statement.place(policy);
        rights.may.push(AccessRight {
            verb: source.verb,
            action: source.action,
            resource: text.to_owned(),
            answer: Answer::Denied,
            reason: Some(reason),
            statement: Some(StatementPlace {
                part: Some(StatementPart::Resource),
                text: Some(resource.text.clone()),
                span: resource.span.or(place.span),
                ..place
            }),
        });
        Some(())
    }
}

/// Whether a right is not listed yet. `None` if there is no room for it.
fn has_room(source: &Source<'_>, text: &str, rights: &mut Rights) -> Option<bool> {
    let same = |right: &AccessRight| right.resource == text && right.action == source.action;
    if rights.may.iter().any(same) {
        return Some(false);
    }
    (rights.may.len() < MOST_RIGHTS).then_some(true)
}

fn allowed(source: &Source<'_>, resource: &ResourcePattern, text: String) -> AccessRight {
    let (policy, statement) = source.found;
    let mut place = statement.place(policy);
    place.part = Some(StatementPart::Resource);
    place.span = resource.span.or(place.span);
    AccessRight {
        verb: source.verb,
        action: source.action,
        resource: text,
        answer: Answer::Allowed,
        reason: None,
        statement: Some(place),
    }
}

/// What is denied of what is allowed.
fn exceptions(ruling: &Ruling<'_>, source: &Source<'_>, target: &Target, values: &Values<'_>) -> Option<String> {
    if ruling.exceptions.is_empty() {
        return None;
    }
    let Target::Like(inner, _) = target else { return None };
    let begin = if source.verb == Verb::Call { String::new() } else { [source.kind, "/"].concat() };
    let words = ruling.exceptions.iter().map(|(policy, statement)| {
        let names = statement.resources.iter().filter_map(|resource| {
            let Some(named) = resource.named() else { return Some(resource.text.to_string()) };
            let symbols = named.symbols(values).ok().filter(|symbols| cover(symbols, inner) != Cover::Nothing)?;
            let name = text_of(&symbols);
            Some(name.strip_prefix(&*begin).unwrap_or(&name).to_owned())
        });
        let names: Vec<String> = names.collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let but = if statement.not_resources { "everything but " } else { "" };
        format!("{but}{}, which {} denies", listed(&names), explain::of((policy, statement)))
    });
    Some(["except ", &words.collect::<Vec<_>>().join("; ")].concat())
}

/// As for single requests: a Deny is the worst of all answers.
fn rank(right: &AccessRight) -> u8 {
    let by_deny = right.statement.as_ref().is_some_and(|place| place.effect == Effect::Deny);
    match right.answer {
        Answer::Allowed => 0,
        Answer::Unknown => 1,
        Answer::Denied => 2 + u8::from(by_deny),
    }
}

impl Device {
    /// Connections with any client ID are judged as the thing's. Says so if a statement that decides has other values for other client IDs.
    fn depends(
        &self,
        ruling: &Ruling<'_>,
        source: &Source<'_>,
        target: &Target,
        values: &Values<'_>,
    ) -> Option<String> {
        if source.verb != Verb::Connect || !matches!(target, Target::Like(..)) {
            return None;
        }
        let denies =
            self.counting(values).flat_map(|policy| policy.statements.iter().map(move |found| (policy, found)));
        let denies = denies.filter(|(_, statement)| !statement.allows() && statement.covers_action("iot:connect"));
        let found = ruling.statement.into_iter().chain(denies).find(|(_, statement)| statement.depends_on_client())?;
        let id = quoted(values.client_id.unwrap_or_default());
        Some(format!("as {id}: {} depends on the client ID", explain::of(found)))
    }
}

impl CompiledStatement {
    fn allows(&self) -> bool {
        self.effect == Effect::Allow
    }

    /// Whether it has other values for other client IDs, besides a resource that it allows.
    fn depends_on_client(&self) -> bool {
        let looks = self.not_resources || !self.allows();
        self.conditions.iter().any(Condition::depends_on_client)
            || looks && self.resources.iter().flat_map(ResourcePattern::keys).any(PolicyKey::depends_on_client)
    }
}
