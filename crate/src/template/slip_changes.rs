//! The single changes that may correct a text: a member moved to where it fits, a level removed or added.

use super::expression::is_function;
use super::parts::{PartKind, TemplatePart, called, fits, is_plain, is_setting};
use crate::check::quoted;
use crate::diagnostic::Edits;
use crate::source::{InsertAt, Member, Node, SourceMap, SourceRange, quote};
use crate::vocabulary::{OTHER_FLOW_KEYS, PROPERTIES, TYPES};

/// So many changes are tried.
const TRIES: usize = 32;

/// One change of the text, and what to say of it.
pub struct Change {
    /// The key to name.
    pub place: SourceRange,
    /// What is wrong.
    pub message: String,
    /// What the change does.
    pub title: String,
    /// How it does it.
    pub edits: Edits,
    /// Which kind of change it is.
    pub kind: ChangeKind,
    /// Whether it makes sense only if Fn::FindInMap finds something by it.
    pub is_looked_up: bool,
}

/// What a change does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Moves a member.
    Move,
    /// Takes a level out.
    Out,
    /// Puts a level around members.
    Around,
}

/// The changes that may make the text right.
pub fn changes(sources: &SourceMap, parts: &[TemplatePart]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        wraps(sources, parts, at, &mut changes);
        for member in members(part) {
            let is_own = match part.role {
                PartKind::Payload => member.key != "templateBody",
                PartKind::Overrides => is_setting(&member.key),
                role => fits(role, member),
            };
            if !is_own {
                moves(sources, parts, at, member, &mut changes);
            }
            flatten(sources, parts, at, member, &mut changes);
        }
        if changes.len() > TRIES {
            changes.truncate(TRIES);
            break;
        }
    }
    changes
}

fn members(part: &TemplatePart) -> &[Member] {
    part.node.as_object().unwrap_or_default()
}

/// Moves a member to each part that it fits into and that lacks it.
fn moves(sources: &SourceMap, parts: &[TemplatePart], from: usize, member: &Member, changes: &mut Vec<Change>) {
    for (to, target) in parts.iter().enumerate() {
        // Any member fits into a payload. A value has one function.
        if to == from
            || target.role == PartKind::Payload
            || !fits(target.role, member)
            || target.node.get(&member.key).is_some()
            || target.node.place == member.value.place
            || is_of_another_type(parts, target, &member.key)
        {
            continue;
        }
        let add =
            sources.insertion_point(&target.node, InsertAt::Back).fill(&member.key, sources.slice(member.value.place));
        changes.push(Change {
            place: member.key_place,
            message: format!(
                "{} belongs in {}, not in {}.",
                quoted(&member.key),
                called(parts, to),
                called(parts, from)
            ),
            title: format!("Move {} to {}", member.key, called(parts, to)),
            edits: vec![sources.remove_member(&parts[from].node, member), add],
            kind: ChangeKind::Move,
            is_looked_up: target.role.is_free(),
        });
    }
}

/// Whether a part is the Properties of a resource whose type has no such property. A property there would be one more error.
fn is_of_another_type(parts: &[TemplatePart], part: &TemplatePart, key: &str) -> bool {
    let owner = part.parent.filter(|_| part.role == PartKind::Properties).map(|owner| &parts[owner].node);
    let Some(kind) = owner.and_then(|owner| owner.get("Type")).and_then(Node::as_str) else { return false };
    PROPERTIES.iter().any(|(of, keys)| TYPES[*of] == kind && !keys.contains(&key))
}

/// Replaces a member by its own value.
fn flatten(sources: &SourceMap, parts: &[TemplatePart], at: usize, member: &Member, changes: &mut Vec<Change>) {
    let part = &parts[at];
    let own = members(part);
    // The one key of an object is the key that the object is under, or the object is around a function.
    let inner = parts.iter().find(|inner| inner.parent == Some(at) && inner.name == member.key);
    let is_call = part.role == PartKind::Other && member.value.as_object().is_some() && is_plain(&member.value);
    if part.role.is_free() && own.len() > 1 {
        return;
    }
    let edits = if own.len() == 1 && (member.key == part.name || is_call && !member.key.starts_with("Fn::")) {
        // A text in a text stays one text.
        let kept =
            inner.filter(|inner| inner.is_text && part.is_text).map_or(member.value.place, |inner| inner.node.place);
        vec![(part.node.place, sources.slice(kept).to_owned())]
    } else {
        let Some(inner) = inner else { return };
        let role = |inner: &Member| {
            fits(part.role, inner)
                || part.parent.is_none()
                    && [PartKind::Body, PartKind::Envelope, PartKind::CaEnvelope].iter().any(|role| fits(*role, inner))
        };
        let content = members(inner);
        let is_new = |inner: &Member| own.iter().all(|other| other.key != inner.key || other.key == member.key);
        // An attribute with one thing inside may have been meant as a value.
        let is_value = part.role == PartKind::Payload && content.len() == 1;
        if is_value
            || part.role == PartKind::Other
            || fits(part.role, member)
            || content.is_empty()
            || !content.iter().all(|inner| role(inner) && is_new(inner))
        {
            return;
        }
        vec![(member.place(), between(sources, content))]
    };
    changes.push(Change {
        place: member.key_place,
        message: format!("{} in {} is one level too many.", quoted(&member.key), called(parts, at)),
        title: format!("Remove the level {}", quoted(&member.key)),
        edits,
        kind: ChangeKind::Out,
        is_looked_up: part.role.is_free() && part.role != PartKind::Payload,
    });
}

/// The text of a run of members, with the commas between them.
fn between(sources: &SourceMap, run: &[Member]) -> String {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return String::new() };
    sources.slice(SourceRange { end: last.value.place.end, ..first.key_place }).to_owned()
}

/// Puts the level around members that is missing there.
fn wraps(sources: &SourceMap, parts: &[TemplatePart], at: usize, changes: &mut Vec<Change>) {
    let part = &parts[at];
    let levels: &[(&str, PartKind)] = match part.role {
        PartKind::Envelope => &[("templateBody", PartKind::Body), ("parameters", PartKind::Payload)],
        PartKind::CaEnvelope => &[("registrationConfig", PartKind::Envelope)],
        PartKind::Body => &[
            ("Parameters", PartKind::Parameters),
            ("Resources", PartKind::Resources),
            ("Mappings", PartKind::Mappings),
        ],
        PartKind::Parameters => &[("", PartKind::Declaration)],
        PartKind::Resources => &[("", PartKind::Resource)],
        PartKind::Resource => &[("Properties", PartKind::Properties), ("OverrideSettings", PartKind::Overrides)],
        PartKind::Properties => &[
            ("PolicyDocument", PartKind::PolicyResource),
            ("AttributePayload", PartKind::Payload),
            ("", PartKind::Other),
        ],
        PartKind::PolicyResource => &[("Statement", PartKind::Statement)],
        PartKind::Mappings => &[("", PartKind::Map)],
        PartKind::Map => &[("", PartKind::Entry)],
        _ => &[],
    };
    for (key, role) in levels {
        let own = |member: &&Member| match role {
            PartKind::Other => is_function(&member.key),
            _ => !fits(part.role, member) && fits(*role, member) && !is_function(&member.key),
        };
        let run: Vec<&Member> = members(part).iter().filter(own).collect();
        let ([first, ..], true) = (&run[..], part.node.get(key).is_none()) else { continue };
        for (key, words) in names(parts, at, *role, key, &run) {
            let inner = run.iter().map(|member| sources.slice(member.place())).collect::<Vec<_>>().join(", ");
            let mut value = format!("{{{inner}}}");
            if matches!(role, PartKind::Body | PartKind::PolicyResource) {
                value = quote(&value);
            }
            let mut edits = sources.remove_members(&part.node, &|member| {
                member.key_place != first.key_place && run.iter().any(|own| own.key_place == member.key_place)
            });
            edits.insert(0, (first.place(), format!("{}: {value}", quote(&key))));
            let keys: Vec<String> = run.iter().take(3).map(|member| quoted(&member.key)).collect();
            let more = if run.len() > 3 { ", …" } else { "" };
            let verb = if run.len() == 1 { "belongs" } else { "belong" };
            changes.push(Change {
                place: first.key_place,
                message: format!(
                    "{}{more} {verb} inside {words}, not in {} itself.",
                    keys.join(", "),
                    called(parts, at)
                ),
                title: format!("Wrap in {}", quoted(&key)),
                edits,
                kind: ChangeKind::Around,
                is_looked_up: matches!(role, PartKind::Map | PartKind::Entry),
            });
        }
    }
}

/// The keys that a missing level can have, each with words for it.
fn names(parts: &[TemplatePart], at: usize, role: PartKind, key: &str, run: &[&Member]) -> Vec<(String, String)> {
    let part = &parts[at];
    let has = |key: &str| part.node.get(key).is_some();
    match role {
        PartKind::Declaration => {
            let body = part.parent.map(|body| &parts[body].node);
            let undeclared = body.and_then(|body| undeclared(body, &part.node));
            undeclared.map(|name| (name.clone(), format!("the declaration of {}", quoted(&name)))).into_iter().collect()
        }
        PartKind::Resource => {
            let kind = run.iter().find(|member| member.key == "Type").and_then(|member| member.value.as_str());
            let name = kind.and_then(|kind| kind.rsplit(':').next()).unwrap_or("resource").to_ascii_lowercase();
            let name = if has(&name) { format!("another-{name}") } else { name };
            vec![(name, "a resource with a name".to_owned())]
        }
        PartKind::Map | PartKind::Entry => {
            let body = parts.iter().find(|part| part.role == PartKind::Body).map(|part| &part.node);
            let mut found = Vec::new();
            body.into_iter().for_each(|body| looked_up(body, usize::from(role == PartKind::Entry), &mut found));
            found.into_iter().map(|name| (name.clone(), quoted(&name))).collect()
        }
        PartKind::Other => {
            let keys =
                ["ThingName", "PolicyName", "CertificateId"].into_iter().chain(OTHER_FLOW_KEYS).filter(|key| !has(key));
            keys.map(|key| (key.to_owned(), key.to_owned())).collect()
        }
        _ => {
            // CloudFormation begins them with a capital letter.
            let key = match key {
                "templateBody" if has("RoleArn") || has("ProvisioningRoleArn") => "TemplateBody",
                "registrationConfig" if has("CACertificatePem") || has("AutoRegistrationStatus") => {
                    "RegistrationConfig"
                }
                key => key,
            };
            vec![(key.to_owned(), key.to_owned())]
        }
    }
}

/// The one name that a Ref has and no parameter.
fn undeclared(body: &Node, declared: &Node) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut open = vec![body];
    while let Some(node) = open.pop() {
        open.extend(node.as_array().unwrap_or_default());
        for member in node.as_object().unwrap_or_default() {
            let name = member.value.as_str().filter(|name| member.key == "Ref" && declared.get(name).is_none());
            names.extend(name);
            open.push(&member.value);
        }
    }
    let name = *names.first()?;
    names.iter().all(|other| *other == name).then(|| name.to_owned())
}

/// The names that Fn::FindInMap has at one level, each once.
fn looked_up(node: &Node, level: usize, found: &mut Vec<String>) {
    for member in node.as_object().unwrap_or_default() {
        let keys = member.value.as_array().filter(|_| member.key == "Fn::FindInMap").unwrap_or_default();
        if let Some(name) =
            keys.get(level).and_then(Node::as_str).filter(|name| !found.iter().any(|other| other == name))
        {
            found.push(name.to_owned());
        }
        looked_up(&member.value, level, found);
    }
    node.as_array().unwrap_or_default().iter().for_each(|element| looked_up(element, level, found));
}

#[cfg(test)]
mod tests {
    use super::super::parts::{parts, read};
    use super::*;

    /// The titles of the changes of a text with a thing's name in a wrong place and a certificate of this type.
    fn titles(kind: &str) -> Vec<String> {
        let text = format!(
            r#"{{"Resources": {{"thing": {{"Type": "AWS::IoT::Thing", "ThingName": "a"}}, "other": {{"Type": "{kind}", "Properties": {{}}}}}}}}"#
        );
        let mut sources = SourceMap::new(&text);
        let root = read(&mut sources, 0).expect("JSON");
        let parts = parts(&mut sources, &root);
        changes(&sources, &parts).into_iter().map(|change| change.title).collect()
    }

    #[test]
    fn a_property_moves_only_to_a_resource_that_may_have_it() {
        let move_to_other = "Move ThingName to the Properties of \"other\"";
        let moves = |kind| titles(kind).iter().any(|title| title == move_to_other);
        assert!(moves("AWS::IoT::Thing"));
        assert!(!moves("AWS::IoT::Certificate") && !moves("AWS::IoT::Policy"));
        // Nobody knows what a type that does not exist should be.
        assert!(moves("AWS::Iot::Certificate") && moves(""));
        assert!(titles("AWS::IoT::Policy").iter().any(|title| title == "Wrap in \"Properties\""));
    }
}
