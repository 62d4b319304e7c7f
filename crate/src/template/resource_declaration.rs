//! One resource: its type, its properties wherever they are, its overrides.

use super::misplaced::{Destination, MisplacedKeys};
use super::names::{DeclaredNames, reference};
use super::resource_types::near_type;
use crate::check::{Context, KnownKeys, get_as_meant, moved, opening, quoted, report_type, same_but_spelling, write};
use crate::diagnostic::{Edits, Finding};
use crate::rules;
use crate::source::{InsertAt, Member, Node, SourceRange};
use crate::vocabulary::{CERTIFICATE_KEYS, OVERRIDES, POLICY_KEYS, RESOURCE_KEYS, THING_KEYS, TYPES};

/// One resource with its keys sorted.
pub struct ResourceDeclaration<'n> {
    /// The logical name and all that belongs to it.
    pub member: &'n Member,
    /// One of the three types.
    pub kind: &'static str,
    /// `Properties`
    properties: Option<&'n Node>,
    /// Whether Properties are there and no object.
    pub unreadable: bool,
    /// Properties that are in the resource itself.
    outside: Vec<&'n Member>,
    /// `OverrideSettings`
    pub overrides: Option<&'n Member>,
}

impl<'n> ResourceDeclaration<'n> {
    /// Reads a resource. `None` if its type is unknown.
    pub fn read(context: &mut Context, member: &'n Member, misplaced: &MisplacedKeys<'n>) -> Option<Self> {
        let Some(members) = member.value.as_object() else {
            report_type(context, &member.value, &format!("The resource {}", quoted(&member.key)), "an object");
            return None;
        };
        // A key in another place that belongs here has been reported.
        let here = |key: &str| {
            let found = misplaced.of(Destination::Resource(member.key_place)).find(|(known, _)| *known == key);
            found.map(|(_, member)| member)
        };
        let written = get_as_meant(&member.value, "Type").or(here("Type").map(|member| &member.value));
        let kind = read_type(context, member, written);
        let properties = get_as_meant(&member.value, "Properties").or(here("Properties").map(|member| &member.value));
        // Nearly all resources have these keys only.
        let outside = if members.iter().all(|member| RESOURCE_KEYS.contains(&member.key.as_str())) {
            Vec::new()
        } else {
            outside(members, properties, properties_of(kind))
        };
        outside.iter().for_each(|property| context.take(property.key_place));
        let known = KnownKeys::read(context, &member.value, &RESOURCE_KEYS, "a resource");
        let kind = kind?;
        let properties = known.get("Properties").or(properties);
        if !outside.is_empty() {
            report_outside(context, &member.value, properties, &outside, properties_of(Some(kind)));
        }
        let outside = outside
            .into_iter()
            .chain(misplaced.of(Destination::Properties(member.key_place)).map(|(_, member)| member));
        let outside: Vec<&Member> = outside.collect();
        let readable = properties.filter(|node| {
            if node.as_object().is_none() {
                report_type(context, node, "Properties", "an object");
            }
            node.as_object().is_some()
        });
        let unreadable = properties.is_some() && readable.is_none();
        let overrides = known.member(OVERRIDES).or(here(OVERRIDES));
        Some(Self { member, kind, properties: readable, unreadable, outside, overrides })
    }

    /// Reads the properties by the keys that the type knows.
    pub fn known(&self, context: &mut Context, keys: &[&'static str], what: &str) -> KnownKeys<'n> {
        let mut known = self.properties.map_or_else(KnownKeys::default, |properties| {
            KnownKeys::read_inside(context, Some(&self.member.value), properties, keys, what)
        });
        for property in &self.outside {
            keys.iter().filter(|key| is_key(property, key)).for_each(|key| known.add(key, property));
        }
        known
    }

    /// The place to report if something is missing from the properties.
    pub fn missing_place(&self) -> SourceRange {
        self.properties.map_or(self.member.key_place, opening)
    }

    /// Whether a property is in the resource itself.
    #[cold]
    pub fn is_outside(&self, member: &Member) -> bool {
        self.outside.iter().any(|property| property.key_place == member.key_place)
    }

    /// Whether a property is among the others more than once.
    #[cold]
    pub fn has_twice(&self, member: &Member) -> bool {
        let members = self.properties.and_then(Node::as_object).unwrap_or_default();
        members.iter().filter(|other| other.key == member.key).count() > 1
    }

    /// The edits that add a property; `value` is JSON.
    #[cold]
    pub fn add(&self, context: &Context, key: &str, value: &str) -> Edits {
        let slot = |object, at| context.sources.insertion_point(object, at);
        match self.properties {
            Some(properties) => vec![slot(properties, InsertAt::Front).fill(key, value)],
            None if self.unreadable => Vec::new(),
            None => {
                vec![
                    slot(&self.member.value, InsertAt::Back)
                        .fill("Properties", &format!("{{{}: {value}}}", quoted(key))),
                ]
            }
        }
    }

    /// The edits that remove a property or the overrides, wherever they are.
    #[cold]
    pub fn remove(&self, context: &Context, member: &Member) -> Edits {
        let object = self.properties.filter(|node| node.place.contains(&member.place())).unwrap_or(&self.member.value);
        // A key in another place must be moved first.
        if !object.place.contains(&member.place()) {
            return Edits::new();
        }
        // With its duplicates, or the one before would count.
        context.sources.remove_members(object, &|own| own.key == member.key)
    }
}

fn is_key(member: &Member, key: &str) -> bool {
    member.key == key || same_but_spelling(&member.key, key)
}

fn properties_of(kind: Option<&str>) -> &'static [&'static str] {
    match kind {
        Some("AWS::IoT::Thing") => &THING_KEYS,
        Some("AWS::IoT::Certificate") => &CERTIFICATE_KEYS,
        Some(_) => &POLICY_KEYS,
        None => &[],
    }
}

/// The members of a resource that are properties of its type and are in no Properties.
#[cold]
fn outside<'n>(members: &'n [Member], properties: Option<&Node>, keys: &[&str]) -> Vec<&'n Member> {
    let has = |node: &Node, key: &str| node.as_object().unwrap_or_default().iter().any(|member| is_key(member, key));
    // A policy has one of its two properties. The other one is then too much.
    let is_rival = |other: &str, key: &str| other == key || keys.len() == 2;
    let within = |key: &str| {
        let has_rival = |node: &Node| keys.iter().any(|other| is_rival(other, key) && has(node, other));
        properties.is_some_and(|node| node.as_object().is_none() || has_rival(node))
    };
    let mut taken: Vec<&str> = Vec::new();
    let mut outside: Vec<&Member> = Vec::new();
    for member in members {
        if let Some(key) = keys.iter().find(|key| is_key(member, key) && !within(key) && !taken.contains(*key)) {
            taken.push(key);
            outside.push(member);
        }
    }
    outside
}

/// Reports properties next to Type: each that can go into the Properties, or all that must be put into new ones.
#[cold]
fn report_outside(
    context: &mut Context,
    resource: &Node,
    properties: Option<&Node>,
    outside: &[&Member],
    keys: &[&'static str],
) {
    let meant = |property: &Member| keys.iter().copied().find(|key| is_key(property, key)).unwrap_or_default();
    let message = |property: &Member| match meant(property) {
        key if key == property.key => {
            format!("{} belongs inside Properties; outside it has no effect.", quoted(key))
        }
        key => format!("{} must be spelled {}, and belongs inside Properties.", quoted(&property.key), quoted(key)),
    };
    // The most important key of each type is missing in its place.
    let rule = |property: &Member| match meant(property) {
        "ThingName" => &rules::MISSING_THING_NAME,
        "CertificateId" => &rules::MISSING_CERTIFICATE_ID,
        "PolicyName" | "PolicyDocument" => &rules::POLICY_NEITHER,
        _ => &rules::UNKNOWN_KEY,
    };
    if let Some(properties) = properties {
        for property in outside {
            let edits = moved(context, resource, property, (properties, meant(property)));
            let finding = Finding::new(rule(property), property.key_place, message(property));
            context.report(finding.fix_all("Move it into Properties", edits));
        }
        return;
    }
    let Some(worst) = outside.iter().find(|property| *rule(property) != rules::UNKNOWN_KEY).or(outside.first()) else {
        return;
    };
    let mut finding = Finding::new(rule(worst), worst.key_place, message(worst));
    for property in outside.iter().filter(|property| property.key_place != worst.key_place) {
        finding = finding.related("Also here.", property.key_place);
    }
    let members = resource.as_object().unwrap_or_default();
    let (Some(first), Some(last)) = (outside.first(), outside.last()) else { return };
    let run = SourceRange { end: last.value.place.end, ..first.key_place };
    // Only if nothing else is between them can braces be put around them.
    let edits = if members.iter().filter(|member| run.contains(&member.place())).count() == outside.len() {
        let at = |offset: u32| SourceRange { start: offset, end: offset, ..run };
        if outside.iter().all(|property| property.key == meant(property)) {
            vec![(at(run.start), "\"Properties\": {".to_owned()), (at(run.end), "}".to_owned())]
        } else {
            let own = |property: &&Member| {
                [&quoted(meant(property)), ": ", context.sources.slice(property.value.place)].concat()
            };
            let own: Vec<String> = outside.iter().map(own).collect();
            vec![(run, format!("\"Properties\": {{{}}}", own.join(", ")))]
        }
    } else {
        Vec::new()
    };
    context.report(finding.fix_all("Wrap in Properties", edits));
}

fn read_type(context: &mut Context, member: &Member, node: Option<&Node>) -> Option<&'static str> {
    let Some(node) = node else { return report_no_type(context, member) };
    let Some(text) = node.as_str() else {
        report_type(context, node, "A resource's Type", "a string");
        return None;
    };
    match TYPES.into_iter().find(|kind| *kind == text) {
        Some(kind) => Some(kind),
        None => report_other_type(context, node, text),
    }
}

/// Reports a resource without a type; returns the type that its properties suggest.
#[cold]
fn report_no_type(context: &mut Context, member: &Member) -> Option<&'static str> {
    let message = format!("The resource {} has no Type.", quoted(&member.key));
    let finding = Finding::new(&rules::RESOURCE_TYPE, member.key_place, message)
        .help(format!("It must be one of {}.", TYPES.join(", ")));
    let own = get_as_meant(&member.value, "Properties");
    let has = |kind: &&str| properties_of(Some(kind)).iter().any(|key| own.is_some_and(|own| own.get(key).is_some()));
    let mut kinds = TYPES.into_iter().filter(|kind| has(kind));
    let kind = kinds.next().filter(|_| kinds.next().is_none());
    context.report(match kind {
        Some(kind) => {
            let edit = context.sources.insertion_point(&member.value, InsertAt::Front).fill("Type", &quoted(kind));
            finding.fix_all(format!("Add the Type {kind}"), vec![edit])
        }
        None => finding,
    });
    kind
}

/// The help for a resource that AWS IoT has, and provisioning templates do not create.
#[cold]
fn other_type(text: &str) -> Option<&'static str> {
    Some(match text {
        "AWS::IoT::ThingGroup" => "A thing group must exist: name it in the thing's ThingGroups.",
        "AWS::IoT::ThingType" => "A thing type must exist: name it as the thing's ThingTypeName.",
        "AWS::IoT::BillingGroup" => "A billing group must exist: name it as the thing's BillingGroup.",
        _ => return None,
    })
}

/// Reports an unknown type; returns the nearest one, which is most likely meant.
#[cold]
fn report_other_type(context: &mut Context, node: &Node, text: &str) -> Option<&'static str> {
    let message = format!("{} is not a resource type of provisioning templates.", quoted(text));
    let finding = Finding::new(&rules::RESOURCE_TYPE, node.place, message)
        .help(format!("It must be one of {}.", TYPES.join(", ")));
    let near = near_type(text);
    context.report(match (near, other_type(text)) {
        (Some(near), _) => finding.fix(write(near), node.place, quoted(near)),
        (None, Some(help)) => finding.help(help),
        (None, None) => finding,
    });
    TYPES.into_iter().find(|kind| Some(*kind) == near)
}

impl DeclaredNames {
    /// The edits that add a property with a Ref to one of the eight, and declare that.
    #[cold]
    pub fn reference(&self, context: &Context, resource: &ResourceDeclaration<'_>, key: &str, name: &str) -> Edits {
        let mut edits = resource.add(context, key, &reference(name));
        edits.extend(self.declare(name));
        edits
    }
}
