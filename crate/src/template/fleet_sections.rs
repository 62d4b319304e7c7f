//! `Mappings` and `DeviceConfiguration`, the sections that are documented for fleet templates only (rule R4).

use super::expression;
use super::names::DeclaredNames;
use super::value;
use crate::check::{Context, KnownKeys, did_you_mean, nearest, quoted, report_type, write};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::rules;
use crate::source::{Member, Node, SourceRange, Value, quote};
use crate::vocabulary::FLEET_SECTIONS;

/// Reads both sections.
pub fn read(context: &mut Context, names: &mut DeclaredNames, known: &KnownKeys<'_>) {
    for section in FLEET_SECTIONS {
        let Some(member) = known.member(section) else { continue };
        if context.flow != Flow::Fleet {
            let message = format!("{section} is documented for fleet provisioning templates only.");
            context.report(Finding::new(&rules::SECTION_FLEET_ONLY, member.key_place, message));
        }
        if member.value.as_object().is_none() {
            report_type(context, &member.value, section, "an object");
        }
    }
    let maps = known.get("Mappings").and_then(Node::as_object).unwrap_or_default();
    for map in maps {
        check_level(context, map, 2);
    }
    let settings = known.get("DeviceConfiguration").and_then(Node::as_object).unwrap_or_default();
    for setting in settings {
        let own = std::slice::from_ref(&setting.value);
        for value in setting.value.as_array().unwrap_or(own) {
            read_setting(context, names, value);
        }
    }
}

/// A value of DeviceConfiguration, which the device receives in fleet provisioning. Reading it marks its parameters as
/// used.
fn read_setting(context: &mut Context, names: &mut DeclaredNames, value: &Node) {
    let Some(members) = value.as_object() else { return };
    let calls = |member: &Member| member.key.eq_ignore_ascii_case("Ref") || member.key.starts_with("Fn::");
    if members.iter().any(calls) {
        value::read_value(context, names, value, "A value of DeviceConfiguration");
    } else {
        let message = "DeviceConfiguration does not support nested objects.";
        context.report(
            Finding::new(&rules::DEVICE_CONFIGURATION, value.place, message)
                .help("Give each value its own name, or write the object as a string."),
        );
    }
}

/// A map holds keys, a key holds names, a name holds a text: `levels` of objects must be below this member.
fn check_level(context: &mut Context, member: &Member, levels: usize) {
    let node = &member.value;
    match (&node.value, levels) {
        (Value::String(_), 0) => {}
        (Value::Object(members), 1..) if !members.iter().any(|inner| expression::is_function(&inner.key)) => {
            members.iter().for_each(|inner| check_level(context, inner, levels - 1));
        }
        _ => report_level(context, member, levels),
    }
}

#[cold]
fn report_level(context: &mut Context, member: &Member, levels: usize) {
    let node = &member.value;
    let function = node.as_object().unwrap_or_default().iter().find(|inner| expression::is_function(&inner.key));
    let finding = match function {
        Some(inner) => Finding::new(
            &rules::MAPPINGS,
            inner.key_place,
            format!("Mappings does not support {}, only plain strings.", inner.key),
        ),
        None => {
            let due = if levels == 0 { "a text" } else { "an object" };
            let message = format!("{} in Mappings must be {due}, not {}.", quoted(&member.key), node.kind());
            Finding::new(&rules::MAPPINGS, node.place, message)
        }
    };
    context.report(match &node.value {
        Value::Number(_) | Value::Bool(_) if levels == 0 => {
            let raw = context.sources.slice(node.place);
            finding.fix(write(raw), node.place, quote(raw))
        }
        _ => finding.help("Mappings holds maps, a map holds keys, and a key holds names with plain strings."),
    });
}

/// Reports the written keys of Fn::FindInMap that Mappings does not have.
pub fn check_lookups(context: &mut Context, names: &DeclaredNames, mappings: Option<&Member>) {
    // No body that AWS accepts has room for more. Comparing all of them with many keys takes the product.
    const MOST: usize = 400;
    for (keys, places) in names.lookups.iter().take(MOST) {
        let Some(section) = mappings else {
            let message = "The template has no Mappings section for Fn::FindInMap.";
            context.report(Finding::new(&rules::EVALUATION, places[0], message));
            continue;
        };
        let (mut level, mut above) = (&section.value, section);
        for (key, place) in keys.iter().zip(places) {
            let (Some(key), Some(members)) = (key, level.as_object()) else { break };
            let Some(next) = members.iter().rev().find(|member| *member.key == **key) else {
                report_lookup(context, key, *place, above);
                break;
            };
            (level, above) = (&next.value, next);
        }
    }
}

#[cold]
fn report_lookup(context: &mut Context, key: &str, place: SourceRange, above: &Member) {
    if context.is_full() {
        return;
    }
    let message = format!("{} has no {}.", quoted(&above.key), quoted(key));
    let finding = Finding::new(&rules::EVALUATION, place, message).related("Looked up here.", above.key_place);
    let members = above.value.as_object().unwrap_or_default();
    let known: Vec<&str> = members.iter().map(|member| member.key.as_str()).collect();
    context.report(match nearest(key, &known) {
        Some(near) => did_you_mean(finding, near, place),
        None => finding,
    });
}
