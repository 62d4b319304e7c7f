//! The values of members, as they are written.

use super::kinds::{Kind, MemberTable, Shape};
use super::state::{AccountPrincipal, EXCLUSIVE, NON_EXCLUSIVE};
use super::told::Fact;
use crate::check::{Context, nearest, quoted, write};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{Node, Value, write_compact};
use std::sync::Arc;

/// The value of a member. A wrong one is reported, and not read.
pub fn fact(context: &mut Context, node: &Node, member: &MemberTable) -> Option<Fact> {
    match member.shape {
        Shape::Word(words) => word(context, node, member.key, words).map(Fact::Text),
        Shape::OptionalText if matches!(node.value, Value::Null) => Some(Fact::Nothing),
        Shape::OptionalText => text(context, node, member.key, "a string or null").map(Fact::Text),
        Shape::Document { optional: true } if matches!(node.value, Value::Null) => Some(Fact::Nothing),
        Shape::Document { .. } => match &node.value {
            Value::Object(_) => Some(Fact::Text(write_compact(node, context.sources.text(node.place.layer)).into())),
            _ => text(context, node, member.key, "a string or an object").map(Fact::Text),
        },
        Shape::Flag => match node.value {
            Value::Bool(flag) => Some(Fact::Flag(flag)),
            _ => wrong(context, node, member.key, "true or false"),
        },
        Shape::Names => {
            let elements = list(context, node, member.key)?;
            let names = elements.iter().map(|element| text(context, element, member.key, "a list of strings"));
            names.collect::<Option<_>>().map(Fact::Names)
        }
        Shape::Texts => {
            let Some(members) = node.as_object() else { return wrong(context, node, member.key, "an object") };
            let texts = members.iter().map(|member| {
                Some((member.key.as_str().into(), text(context, &member.value, &member.key, "a string")?))
            });
            texts.collect::<Option<_>>().map(Fact::Texts)
        }
        Shape::Principals => {
            let elements = list(context, node, member.key)?;
            elements.iter().map(|element| principal(context, element)).collect::<Option<_>>().map(Fact::Principals)
        }
    }
}

/// A principal: an ARN, or an object with it.
fn principal(context: &mut Context, node: &Node) -> Option<AccountPrincipal> {
    let (arn, kind) = match node.as_object() {
        Some(_) => (node.get("principal").unwrap_or(node), node.get(PRINCIPAL_TYPE)),
        None => (node, None),
    };
    let principal = text(context, arn, "A principal", "an ARN, or an object with \"principal\"")?;
    Some(AccountPrincipal { principal, is_exclusive: is_exclusive(context, kind) })
}

/// How a principal is attached, if that is told.
pub fn is_exclusive(context: &mut Context, kind: Option<&Node>) -> Option<bool> {
    word(context, kind?, PRINCIPAL_TYPE, &[EXCLUSIVE, NON_EXCLUSIVE]).map(|word| *word == *EXCLUSIVE)
}

/// The key of how a principal is attached.
const PRINCIPAL_TYPE: &str = "thingPrincipalType";

/// The elements of a list. Anything else is reported.
pub fn list<'n>(context: &mut Context, node: &'n Node, what: &str) -> Option<&'n [Node]> {
    match &node.value {
        Value::Array(elements) => Some(elements),
        _ => wrong(context, node, what, "a list"),
    }
}

/// A text. Anything else is reported.
pub fn text(context: &mut Context, node: &Node, what: &str, expected: &str) -> Option<Arc<str>> {
    match node.as_str() {
        Some(text) => Some(text.into()),
        None => wrong(context, node, what, expected),
    }
}

fn word(context: &mut Context, node: &Node, what: &str, words: &[&'static str]) -> Option<Arc<str>> {
    let word = text(context, node, what, "a string")?;
    if words.contains(&&*word) {
        return Some(word);
    }
    if !context.is_full() {
        let message = format!("{what} must be {}, not {}.", words.join(" or "), quoted(&word));
        let finding = Finding::new(&rules::ACCOUNT_WRONG_VALUE, node.place, message);
        context.report(match nearest(&word, words) {
            Some(near) => finding.fix(write(near), node.place, quoted(near)),
            None => finding,
        });
    }
    None
}

/// Reports a value of the wrong type.
#[cold]
pub fn wrong<T>(context: &mut Context, node: &Node, what: &str, expected: &str) -> Option<T> {
    if !context.is_full() {
        let message = format!("{} must be {expected}, not {}.", shown(what), node.kind());
        context.report(Finding::new(&rules::ACCOUNT_WRONG_VALUE, node.place, message));
    }
    None
}

/// A key of somebody's can be long, and hold anything.
fn shown(what: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphabetic() || byte == b' ';
    if what.len() < 40 && what.bytes().all(is_plain) { what.to_owned() } else { quoted(what) }
}

/// What is wrong with a key that is not known here.
#[cold]
pub fn report_unknown_key(context: &mut Context, member: &crate::source::Member, keys: &[&'static str], what: &str) {
    if context.is_full() {
        return;
    }
    let message = format!("Unknown key {} in {what}.", quoted(&member.key));
    let finding = Finding::new(&rules::ACCOUNT_UNKNOWN_KEY, member.key_place, message);
    context.report(match nearest(&member.key, keys) {
        Some(near) => crate::check::did_you_mean(finding, near, member.key_place),
        None if keys.is_empty() => finding.help("It has no members here: `{}`."),
        None => finding.help(format!("Known keys: {}.", keys.join(", "))),
    });
}

/// A kind by its key.
pub fn kind_of(key: &str) -> Option<Kind> {
    super::kinds::KINDS.iter().find(|table| table.key == key).map(|table| table.kind)
}
