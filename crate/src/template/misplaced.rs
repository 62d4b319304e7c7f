//! Keys in a wrong place: one level up or down, in another resource, in the overrides. Each is reported once and read
//! where it belongs, so that a key that is present is never reported as missing.

use super::expression::is_function;
use super::overrides;
use crate::check::{Context, get_as_meant, nearest, quoted, same_but_spelling};
use crate::diagnostic::{Edits, Finding};
use crate::rules::{self, Rule};
use crate::source::{InsertAt, Member, Node, SourceRange, Value};
use crate::vocabulary::{
    BODY_KEYS, OTHER_FLOW_KEYS, OVERRIDES, PARAMETER_KEYS, POLICY_KEYS, PROPERTIES, RESOURCE_KEYS, STATUSES, TYPES,
    is_predefined,
};

/// At most this many are read in their places. Others are not reported either.
const MOST: usize = 500;

/// Where a key belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// In the body.
    Body,
    /// In the Parameters section.
    Parameters,
    /// In the declaration of the parameter whose name is here.
    Declaration(SourceRange),
    /// In the resource whose logical name is here.
    Resource(SourceRange),
    /// In the Properties of that resource.
    Properties(SourceRange),
}

/// A key that is read in another place than its own.
pub struct MisplacedKey<'n> {
    /// Where it belongs.
    pub destination: Destination,
    /// The key that is meant.
    pub key: &'n str,
    /// The key and its value as they are written.
    pub member: &'n Member,
}

/// The keys of a template that are in a wrong place.
#[derive(Default)]
pub struct MisplacedKeys<'n>(Vec<MisplacedKey<'n>>);

impl<'n> MisplacedKeys<'n> {
    /// Those that belong to one place.
    pub fn of(&self, destination: Destination) -> impl Iterator<Item = (&'n str, &'n Member)> {
        self.0.iter().filter(move |stray| stray.destination == destination).map(|stray| (stray.key, stray.member))
    }

    /// Finds and reports them.
    pub fn find(context: &mut Context, body: &'n Node) -> Self {
        let section = |key: &str| get_as_meant(body, key).filter(|node| node.as_object().is_some());
        let mut finder = Finder {
            context,
            body,
            parameters: section("Parameters"),
            resources: section("Resources"),
            kinds: Vec::new(),
            asked: Vec::new(),
            found: MisplacedKeys::default(),
        };
        finder.kinds = finder.kinds();
        finder.body();
        finder.parameters();
        finder.resources();
        finder.found
    }
}

fn means(member: &Member, key: &str) -> bool {
    member.key == key || same_but_spelling(&member.key, key)
}

/// The property that a key means, with the place of its type.
fn property(member: &Member) -> Option<(usize, &'static str)> {
    let own = |(kind, keys): (usize, &'static [&'static str])| {
        keys.iter().find(|key| means(member, key)).map(|key| (kind, *key))
    };
    // Keys that only other flows have are not missed anywhere.
    PROPERTIES.into_iter().find_map(own).filter(|(_, key)| !OTHER_FLOW_KEYS.contains(key))
}

fn members(node: Option<&Node>) -> &[Member] {
    node.and_then(Node::as_object).unwrap_or_default()
}

/// Whether a value looks like a resource of its own.
fn is_meant_as_resource(node: &Node) -> bool {
    get_as_meant(node, "Type").is_some() || get_as_meant(node, "Properties").is_some()
}

struct Finder<'j, 'n> {
    context: &'j mut Context,
    body: &'n Node,
    parameters: Option<&'n Node>,
    resources: Option<&'n Node>,
    /// The type of each resource, by its place among [`TYPES`].
    kinds: Vec<Option<usize>>,
    /// The properties that have been searched for.
    asked: Vec<&'static str>,
    found: MisplacedKeys<'n>,
}

impl<'n> Finder<'_, 'n> {
    fn kinds(&self) -> Vec<Option<usize>> {
        let kind = |member: &Member| {
            let own = get_as_meant(&member.value, "Type");
            let inner = || get_as_meant(&member.value, "Properties")?.get("Type");
            let text = own.or_else(inner).and_then(Node::as_str)?;
            TYPES.iter().position(|kind| *kind == text)
        };
        members(self.resources).iter().map(kind).collect()
    }

    /// The one resource of a type that has no such property, and no substitute for it. A second call finds that it has.
    fn target(&mut self, kind: usize, key: &'static str) -> Option<&'n Member> {
        if self.asked.contains(&key) {
            return None;
        }
        self.asked.push(key);
        let mut own = members(self.resources).iter().zip(&self.kinds).filter(|(_, found)| **found == Some(kind));
        let (resource, None) = (own.next()?.0, own.next()) else { return None };
        self.lacks(resource, kind, key).then_some(resource)
    }

    fn lacks(&self, resource: &Member, kind: usize, key: &str) -> bool {
        // A policy has one of its two properties.
        let keys = if kind == 2 { &POLICY_KEYS[..] } else { &[key][..] };
        let properties = get_as_meant(&resource.value, "Properties");
        let has = |object: &Node, key: &&str| members(Some(object)).iter().any(|member| means(member, key));
        let taken = self.found.of(Destination::Properties(resource.key_place)).any(|(known, _)| keys.contains(&known));
        let readable = properties.is_none_or(|properties| properties.as_object().is_some());
        readable
            && !taken
            && !keys.iter().any(|key| properties.is_some_and(|own| has(own, key)) || has(&resource.value, key))
    }

    fn body(&mut self) {
        for member in members(Some(self.body)) {
            if BODY_KEYS.iter().any(|key| means(member, key)) {
                continue;
            }
            self.property(self.body, member, &rules::UNKNOWN_KEY);
            self.declaration(self.body, member, &rules::UNKNOWN_KEY);
        }
    }

    fn parameters(&mut self) {
        let Some(section) = self.parameters else { return };
        let mut before: Option<&'n Member> = None;
        for member in members(self.parameters) {
            let holds_resources = members(Some(&member.value)).iter().any(|inner| is_meant_as_resource(&inner.value));
            if means(member, "Resources") && self.resources.is_none() && holds_resources {
                let place = "next to Parameters, not inside";
                self.report(
                    &rules::NO_RESOURCES,
                    section,
                    member,
                    ("Resources", place),
                    Destination::Body,
                    Some(self.body),
                );
                self.resources = Some(&member.value);
                self.kinds = self.kinds();
            } else if member.value.as_str().is_some()
                && let Some(key) = PARAMETER_KEYS.iter().find(|key| means(member, key))
                && let Some(declared) = before.filter(|declared| declared.value.as_object().is_some())
                && declared.value.get(key).is_none()
            {
                let place = format!("in the declaration of {}", quoted(&declared.key));
                let destination = Destination::Declaration(declared.key_place);
                let rule = if *key == "Type" { &rules::PARAMETER_TYPE } else { &rules::WRONG_TYPE };
                self.report(rule, section, member, (key, &place), destination, Some(&declared.value));
            } else {
                if member.value.get("Ref").is_some() {
                    self.property(section, member, &rules::WRONG_TYPE);
                }
                before = Some(member);
            }
        }
    }

    fn resources(&mut self) {
        let Some(section) = self.resources else { return };
        let mut before: Option<&'n Member> = None;
        for (index, member) in members(self.resources).iter().enumerate() {
            let is_own = is_meant_as_resource(&member.value);
            let section_key = BODY_KEYS.iter().find(|key| means(member, key) && get_as_meant(self.body, key).is_none());
            if let Some(key) = section_key.filter(|_| !is_own && member.value.as_object().is_some()) {
                let place = "next to Resources, not inside";
                self.report(&rules::RESOURCE_TYPE, section, member, (key, place), Destination::Body, Some(self.body));
                continue;
            }
            if self.declaration(section, member, &rules::RESOURCE_TYPE)
                || !is_own && self.property(section, member, &rules::RESOURCE_TYPE)
            {
                continue;
            }
            let own_key = RESOURCE_KEYS.into_iter().find(|key| means(member, key));
            if let Some(key) = own_key.filter(|_| get_as_meant(&member.value, "Type").is_none())
                && let Some(resource) = before.filter(|resource| get_as_meant(&resource.value, key).is_none())
                && resource.value.as_object().is_some()
                && (member.value.as_str().is_some() == (key == "Type"))
            {
                let place = format!("in the resource {}", quoted(&resource.key));
                let destination = Destination::Resource(resource.key_place);
                self.report(&rules::RESOURCE_TYPE, section, member, (key, &place), destination, Some(&resource.value));
                continue;
            }
            before = Some(member);
            self.resource(member, self.kinds.get(index).copied().flatten());
        }
    }

    fn resource(&mut self, resource: &'n Member, kind: Option<usize>) {
        for member in members(Some(&resource.value)) {
            // Its own properties are reported with the resource.
            if property(member).is_some_and(|(other, _)| Some(other) != kind) && kind.is_some() {
                self.property(&resource.value, member, &rules::UNKNOWN_KEY);
            }
        }
        if let Some(properties) = get_as_meant(&resource.value, "Properties") {
            for member in members(Some(properties)) {
                self.inside(resource, properties, member, kind);
            }
        }
        if let Some(settings) = get_as_meant(&resource.value, OVERRIDES) {
            self.overrides(resource, settings, kind);
        }
    }

    /// A member of the Properties that belongs to the resource itself, or to another one.
    fn inside(&mut self, resource: &'n Member, properties: &'n Node, member: &'n Member, kind: Option<usize>) {
        if property(member).is_some_and(|(other, _)| Some(other) == kind) {
            return;
        }
        let lacks = |key: &str| !members(Some(&resource.value)).iter().any(|other| means(other, key));
        let destination = Destination::Resource(resource.key_place);
        let text = member.value.as_str();
        if means(member, "Type") && text.is_some_and(|text| TYPES.contains(&text)) && lacks("Type") {
            let place = "next to Properties, not inside";
            self.report(&rules::RESOURCE_TYPE, properties, member, ("Type", place), destination, Some(&resource.value));
        } else if kind != Some(2) && means(member, OVERRIDES) && member.value.as_object().is_some() && lacks(OVERRIDES)
        {
            let place = "next to Properties, not inside";
            self.report(
                &rules::UNKNOWN_KEY,
                properties,
                member,
                (OVERRIDES, place),
                destination,
                Some(&resource.value),
            );
        } else if kind.is_some() {
            self.property(properties, member, &rules::UNKNOWN_KEY);
        }
    }

    /// A property among the overrides of its resource.
    fn overrides(&mut self, resource: &'n Member, settings: &'n Node, kind: Option<usize>) {
        let known: &[overrides::OverrideSetting] = match kind {
            Some(0) => &overrides::THING,
            Some(1) => &overrides::CERTIFICATE,
            _ => return,
        };
        let mut seen: Vec<&str> = Vec::new();
        for member in members(Some(settings)) {
            let setting = known.iter().find(|(name, _, _)| means(member, name));
            let Some((other, key)) =
                property(member).filter(|_| setting.is_none_or(|setting| is_value(setting, member)))
            else {
                continue;
            };
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            if Some(other) == kind && self.lacks(resource, other, key) {
                let place = "inside Properties";
                let rule = rule_of(key).unwrap_or(&rules::UNKNOWN_KEY);
                self.report_property(rule, settings, member, (key, place), resource);
            } else if Some(other) != kind {
                self.property(settings, member, &rules::UNKNOWN_KEY);
            }
        }
    }

    /// Reads a property as that of the one resource of its type; returns whether there is one that needs it.
    fn property(&mut self, from: &'n Node, member: &'n Member, rule: &'static Rule) -> bool {
        let Some((kind, key)) = property(member) else { return false };
        let Some(resource) = self.target(kind, key) else { return false };
        let place = format!("in the Properties of {}", quoted(&resource.key));
        self.report_property(rule_of(key).unwrap_or(rule), from, member, (key, &place), resource);
        true
    }

    /// Takes the declaration of a parameter for the Parameters section.
    fn declaration(&mut self, from: &'n Node, member: &'n Member, rule: &'static Rule) -> bool {
        let is_string = member.value.get("Type").and_then(Node::as_str) == Some("String");
        let missing = self.parameters.is_some_and(|section| section.get(&member.key).is_none());
        // One without a source of a value has another fault too.
        let is_filled = is_predefined(&member.key) || member.value.get("Default").is_some();
        if !is_string || !missing || !is_filled {
            return false;
        }
        self.report(rule, from, member, (&member.key, "in Parameters"), Destination::Parameters, self.parameters);
        true
    }

    fn report_property(
        &mut self,
        rule: &'static Rule,
        from: &Node,
        member: &'n Member,
        (key, place): (&'n str, &str),
        resource: &'n Member,
    ) {
        let destination = Destination::Properties(resource.key_place);
        let Some(properties) = get_as_meant(&resource.value, "Properties") else {
            // They come with it.
            let value = self.context.sources.slice(member.value.place);
            let all = format!("{{{}: {value}}}", quoted(key));
            let add = self.context.sources.insertion_point(&resource.value, InsertAt::Back).fill("Properties", &all);
            let remove = self.context.sources.remove_member(from, member);
            let edits = if add.0.is_apart_from(&remove.0) { vec![remove, add] } else { Edits::new() };
            return self.note(rule, member, (key, place), destination, edits);
        };
        self.report(rule, from, member, (key, place), destination, Some(properties));
    }

    fn report(
        &mut self,
        rule: &'static Rule,
        from: &Node,
        member: &'n Member,
        (key, place): (&'n str, &str),
        destination: Destination,
        to: Option<&Node>,
    ) {
        let value = self.context.sources.slice(member.value.place);
        let add = to.map(|to| self.context.sources.insertion_point(to, InsertAt::Back).fill(key, value));
        let remove = self.context.sources.remove_member(from, member);
        let edits = match add {
            Some(add) if add.0.is_apart_from(&remove.0) => vec![remove, add],
            _ => Edits::new(),
        };
        self.note(rule, member, (key, place), destination, edits);
    }

    fn note(
        &mut self,
        rule: &'static Rule,
        member: &'n Member,
        (key, place): (&'n str, &str),
        destination: Destination,
        edits: Edits,
    ) {
        let message = match member.key == key {
            true => format!("{} belongs {place}.", quoted(key)),
            false => format!("{} must be spelled {}, and belongs {place}.", quoted(&member.key), quoted(key)),
        };
        self.context
            .report(Finding::new(rule, member.key_place, message).fix_all(format!("Move {key} to its place"), edits));
        if self.found.0.len() < MOST {
            self.context.take(member.key_place);
            self.found.0.push(MisplacedKey { destination, key, member });
        }
    }
}

/// Whether what is under the name of an override is the value of the property itself.
fn is_value((name, _, values): &overrides::OverrideSetting, member: &Member) -> bool {
    let is_call = || members(Some(&member.value)).iter().any(|inner| is_function(&inner.key));
    match &member.value.value {
        // Words in capitals are meant as overrides.
        Value::String(_) if *name == "ThingGroups" => false,
        Value::String(text) => match *name {
            "Status" => STATUSES.contains(&text.as_str()),
            _ => text.bytes().any(|byte| byte.is_ascii_lowercase()) && nearest(text, values).is_none(),
        },
        Value::Object(_) => is_call(),
        _ => false,
    }
}

/// The rule for the most important key of each type, if that is missing in its place.
fn rule_of(key: &str) -> Option<&'static Rule> {
    Some(match key {
        "ThingName" => &rules::MISSING_THING_NAME,
        "CertificateId" => &rules::MISSING_CERTIFICATE_ID,
        "PolicyName" | "PolicyDocument" => &rules::POLICY_NEITHER,
        _ => return None,
    })
}
