//! The keys that an object may have: known ones, known ones misspelt, and unknown ones.

use super::context::Context;
use super::words::{NameIndex, did_you_mean, nearest, quoted, same_but_spelling, write};
use crate::diagnostic::{Edits, Finding};
use crate::rules::{self, Rule};
use crate::source::{InsertAt, Member, Node, SourceRange, write_compact};
use crate::vocabulary::OVERRIDES;

/// Reports duplicate keys in an object, at any depth below `node`, by the given rule.
pub fn report_duplicates(context: &mut Context, node: &Node, rule: &'static Rule) {
    if let Some(elements) = node.as_array() {
        elements.iter().for_each(|element| report_duplicates(context, element, rule));
    }
    let Some(members) = node.as_object() else { return };
    // Most objects are small: comparing all pairs is faster than any index.
    let mut seen = (members.len() > 32).then(NameIndex::default);
    for (at, member) in members.iter().enumerate() {
        let first = match &mut seen {
            Some(seen) => seen.insert(&member.key, at),
            None => members[..at].iter().rposition(|earlier| earlier.key == member.key),
        };
        if let Some(first) = first {
            report_duplicate(context, node, [&members[first], member], rule);
        }
        report_duplicates(context, &member.value, rule);
    }
}

#[cold]
fn report_duplicate(context: &mut Context, object: &Node, [first, second]: [&Member; 2], rule: &'static Rule) {
    if context.is_full() {
        return;
    }
    let message = format!("Duplicate key {} in this object.", quoted(&second.key));
    let finding = Finding::new(rule, second.key_place, message)
        .help("Keep one of them, or rename the second.")
        .related("First used here.", first.key_place);
    let remove = |member| vec![context.sources.remove_member(object, member)];
    let finding = if is_same(context, first, second) {
        finding.fix_all("Remove the second", remove(second))
    } else {
        finding.choice("Keep the first", remove(second)).choice("Keep the second", remove(first))
    };
    context.report(finding);
}

/// Whether two members have the same value, white space aside.
#[cold]
fn is_same(context: &Context, one: &Member, other: &Member) -> bool {
    let compact = |member: &Member| write_compact(&member.value, context.sources.text(member.value.place.layer));
    compact(one) == compact(other)
}

/// Sorts an object's members by the keys that are known here. The last of duplicates counts.
///
/// A key in another case, or in snake case, is reported and then read as the known one, so that one slip gives one
/// finding. Any other key is reported with the nearest known one.
#[derive(Default)]
pub struct KnownKeys<'n> {
    found: Vec<(&'n str, &'n Member)>,
}

impl<'n> KnownKeys<'n> {
    /// Reads the members of `object`; `what` names it in messages ("a thing resource").
    pub fn read(context: &mut Context, object: &'n Node, keys: &[&'static str], what: &str) -> Self {
        Self::read_inside(context, None, object, keys, what)
    }

    /// The same, if one key is also known by its name elsewhere: (that name, its name here).
    pub fn read_with_alias(
        context: &mut Context,
        object: &'n Node,
        keys: &[&'static str],
        what: &str,
        (alias, key): (&str, &'static str),
    ) -> Self {
        let members = object.as_object().unwrap_or_default();
        let known = members.iter().find(|member| same_but_spelling(&member.key, key));
        let other = members.iter().find(|member| member.key == alias && !keys.contains(&alias));
        let Some(other) = other.filter(|_| known.is_none() && keys.contains(&key)) else {
            return Self::read(context, object, keys, what);
        };
        report_spelling(context, object, other, key, None);
        context.take(other.key_place);
        let mut read = Self::read(context, object, keys, what);
        read.found.push((key, other));
        read
    }

    /// The same for an object inside `outer`, in which a key may belong.
    pub fn read_inside(
        context: &mut Context,
        outer: Option<&Node>,
        object: &'n Node,
        keys: &[&'static str],
        what: &str,
    ) -> Self {
        let members = object.as_object().unwrap_or_default();
        let mut found: Vec<(&'n str, &'n Member)> = Vec::new();
        for member in members {
            if let Some(key) = keys.iter().find(|key| **key == member.key) {
                found.push((key, member));
            } else if context.is_taken(member.key_place) {
                // It is reported where it is read.
            } else if let Some(key) = keys.iter().find(|key| same_but_spelling(key, &member.key)) {
                // A misspelt key has no effect if the correct key is present. Otherwise it is read as it was meant.
                let beside = members.iter().find(|other| other.key == **key);
                report_spelling(context, object, member, key, beside);
                if beside.is_none() {
                    found.push((key, member));
                }
            } else if let Some(key) = needed_key(member, members, keys) {
                report_spelling(context, object, member, key, None);
                found.push((key, member));
            } else {
                report_unknown(context, outer, object, member, keys, what);
            }
        }
        Self { found }
    }

    /// Takes a member from elsewhere, unless the key is there already.
    pub fn add(&mut self, key: &'n str, member: &'n Member) {
        if self.member(key).is_none() {
            self.found.push((key, member));
        }
    }

    /// The member with this key.
    pub fn member(&self, key: &str) -> Option<&'n Member> {
        self.found.iter().rev().find(|(known, _)| *known == key).map(|(_, member)| *member)
    }

    /// The value at this key.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.member(key).map(|member| &member.value)
    }
}

/// Keys without which something else counts as missing: with a slip they are read as they were meant. Any other key
/// with a slip has no effect, as far as anybody knows, and is only reported.
const NEEDED: [&str; 23] = [
    "Parameters",
    "Resources",
    "Mappings",
    "Type",
    "Default",
    "Properties",
    "ThingName",
    "ThingTypeName",
    "AttributePayload",
    "ThingPrincipalType",
    "CertificateId",
    "PolicyName",
    "PolicyDocument",
    "templateBody",
    "templateName",
    "roleArn",
    "provisioningRoleArn",
    "type",
    "enabled",
    "registrationConfig",
    "setAsActive",
    "allowAutoRegistration",
    "verificationCertificate",
];

/// The key that was meant by one that has a slip, if the object needs it and does not have it.
#[cold]
fn needed_key(member: &Member, members: &[Member], keys: &[&'static str]) -> Option<&'static str> {
    let near = nearest(&member.key, keys)?;
    let is_missing = members.iter().all(|other| other.key != near);
    keys.iter().copied().find(|key| *key == near && is_missing && NEEDED.contains(key))
}

/// Reports a key of `object` in another spelling than `key`. `beside` is the correctly spelt one, if it is present.
#[cold]
pub fn report_spelling(context: &mut Context, object: &Node, member: &Member, key: &str, beside: Option<&Member>) {
    let message = format!("The key {} must be spelled {}.", quoted(&member.key), quoted(key));
    let finding = Finding::new(&rules::KEY_CASE, member.key_place, message);
    let Some(right) = beside else {
        context.report(finding.fix(write(key), member.key_place, quoted(key)));
        return;
    };
    let finding = finding
        .help(format!("The object already has {}: remove one of them.", quoted(key)))
        .related("The right key.", right.key_place);
    let (remove, other) = (format!("Remove {}", quoted(&member.key)), context.sources.remove_member(object, member));
    context.report(if is_same(context, member, right) {
        finding.fix_all(remove, vec![other])
    } else {
        let rename = vec![context.sources.remove_member(object, right), (member.key_place, quoted(key))];
        finding.choice(remove, vec![other]).choice(format!("Keep it as {}", quoted(key)), rename)
    });
}

#[cold]
fn report_unknown(
    context: &mut Context,
    outer: Option<&Node>,
    object: &Node,
    member: &Member,
    keys: &[&'static str],
    what: &str,
) {
    if context.is_full() {
        return;
    }
    let message = format!("Unknown key {} in {what}.", quoted(&member.key));
    let finding = Finding::new(&rules::UNKNOWN_KEY, member.key_place, message);
    let is_resource = keys.contains(&"Resources")
        && member.value.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.starts_with("AWS::IoT::"));
    let find = |key: &str| object.as_object().unwrap_or_default().iter().find(|other| other.key == key);
    context.report(match nearest(&member.key, keys) {
        Some(near) => match find(near) {
            Some(right) => finding
                .help(format!("It is similar to {}, which the object has too.", quoted(near)))
                .related("The known key.", right.key_place),
            None => did_you_mean(finding, near, member.key_place),
        },
        None if is_resource => {
            let edits = match find("Resources") {
                Some(resources) => moved(context, object, member, (&resources.value, &member.key)),
                None => {
                    vec![(member.place(), format!("\"Resources\": {{{}}}", context.sources.slice(member.place())))]
                }
            };
            finding
                .help("It looks like a resource: it belongs inside Resources.")
                .fix_all("Move it into Resources", edits)
        }
        None if member.key == OVERRIDES && outer.is_some() => {
            finding.help("It belongs next to Properties, not inside.")
        }
        None if member.key == "$schema" => finding.help(
            "AWS would get this key, too: let the editor map the schema by the file's name (json.schemas) instead.",
        ),
        None => finding.help(format!("Known keys: {}.", keys.join(", "))),
    });
}

/// The edits that move a member from one object into another. None if the other cannot hold it.
#[cold]
pub fn moved(context: &Context, from: &Node, member: &Member, (to, key): (&Node, &str)) -> Edits {
    if to.as_object().is_none() || to.get(key).is_some() {
        return Vec::new();
    }
    let value = context.sources.slice(member.value.place);
    vec![
        context.sources.remove_member(from, member),
        context.sources.insertion_point(to, InsertAt::Back).fill(key, value),
    ]
}

/// The value at a key, or at the same key in another spelling or with a slip.
pub fn get_as_meant<'n>(object: &'n Node, key: &str) -> Option<&'n Node> {
    let members = object.as_object()?;
    let spelt = || members.iter().find(|member| same_but_spelling(&member.key, key));
    let slip = || members.iter().find(|member| nearest(&member.key, &[key]).is_some());
    object.get(key).or_else(|| Some(&spelt().or_else(slip)?.value))
}

/// Whether a member is `templateBody`, in any spelling, or with a slip if it can only be a template.
#[cold]
pub fn is_body(member: &Member) -> bool {
    let is_template = || member.value.as_str().is_some_and(|text| text.trim_ascii_start().starts_with('{'));
    same_but_spelling(&member.key, "templateBody") || is_template() && nearest(&member.key, &["templateBody"]).is_some()
}

/// Reports a value of the wrong JSON type.
#[cold]
pub fn report_type(context: &mut Context, node: &Node, what: &str, expected: &str) {
    let finding = wrong_type(node, what, expected);
    context.report(finding);
}

/// A finding about a value of the wrong JSON type.
#[cold]
pub fn wrong_type(node: &Node, what: &str, expected: &str) -> Finding {
    let message = format!("{what} must be {expected}, not {}.", node.kind());
    Finding::new(&rules::WRONG_TYPE, node.place, message)
}

/// The first character of an object or array: the place to report if something is missing from it.
pub fn opening(node: &Node) -> SourceRange {
    SourceRange { end: node.place.start + 1, ..node.place }
}
