//! What a person can do about a parameter that a certificate has no value for, as edits of the template.

use super::types::SerialNumberReading;
use crate::certificate::KnownCertificate;
use crate::check::{get_as_meant, value_limits};
use crate::diagnostic::{Edits, Finding};
use crate::limits::{ID_PARAMETER, PREDEFINED_PREFIX, SERIAL_PARAMETER};
use crate::policy;
use crate::source::{InsertAt, Node, SourceMap, SourceRange, Value, quote};
use crate::template::Template;
use crate::template::names::{ParameterDeclaration, Use};
use std::ops::Range;

/// Adds the choices to the finding that the parameter has no value.
#[cold]
pub fn offer(
    finding: Finding,
    template: &Template,
    declaration: &ParameterDeclaration,
    (certificate, reading): (KnownCertificate<'_>, SerialNumberReading),
) -> Finding {
    let Some(body) = template.document.body.as_ref() else { return finding };
    let Some(section) = get_as_meant(body, "Parameters") else { return finding };
    let name = &*declaration.name;
    let members = section.as_object().unwrap_or_default();
    let Some(member) = members.iter().find(|member| member.key == name) else { return finding };
    let sources = &template.context.sources;
    let search = ReferenceSearch { sources, name };
    let uses = search.uses(body);
    let remove = sources.remove_members(section, &|other| other.key == name);
    let mut choices: Vec<(String, Edits)> = Vec::new();
    // A thing name that differs between devices only by this parameter needs another one.
    let named = thing_names(body).find(|value| !search.uses(value).is_empty());
    if let Some(thing_name) = named.filter(|value| !search.has_another(template, value)) {
        let in_name = search.uses(thing_name).len();
        for other in other_names(certificate, reading, name) {
            let short = other.trim_start_matches(PREDEFINED_PREFIX);
            let (before, after) =
                if in_name == uses.len() { ("Name the thing by ", "") } else { ("Refer to ", " everywhere instead") };
            let mut edits = Edits::new();
            for used in &uses {
                edits.push(used.rename(other));
            }
            // An unused declaration must be removed too, or the device would still fail.
            if section.get(other).is_some() {
                edits.extend_from_slice(&remove);
            } else {
                edits.push((member.key_place, quote(other)));
            }
            choices.push(([before, short, after].concat(), edits));
        }
    } else {
        if uses.is_empty() && !declaration.used {
            choices.push(("Remove the parameter".to_owned(), remove));
        } else if let Some(mut edits) = search.without(body, "").filter(|_| !uses.is_empty()) {
            edits.extend_from_slice(&remove);
            choices.push(("Remove the parameter and what refers to it".to_owned(), edits));
        }
        if member.value.as_object().is_some() && member.value.get("Default").is_none() {
            let edit = sources.insertion_point(&member.value, InsertAt::Back).fill("Default", "\"unknown\"");
            choices.push(("Add a Default, \"unknown\"".to_owned(), vec![edit]));
        }
    }
    // A single choice is in the finding's help.
    if choices.len() < 2 {
        return finding;
    }
    choices.into_iter().fold(finding, |finding, (title, edits)| finding.choice(title, edits))
}

/// Other names for the thing of this certificate's device.
fn other_names(certificate: KnownCertificate<'_>, reading: SerialNumberReading, name: &str) -> Vec<&'static str> {
    // Whether an attribute is there, and whether its value can be a name.
    let attribute = |arc: u8| {
        let mut subject = certificate.subject().filter(|attribute| attribute.oid == [0x55, 0x04, arc]);
        let found = subject.find(|attribute| !attribute.value.is_empty());
        (found.is_some(), found.is_some_and(|found| value_limits::resource_name("", &found.value).is_none()))
    };
    let (has_serial, serial_fits) = attribute(5);
    let serial_fits = match reading {
        SerialNumberReading::Certificate => true,
        SerialNumberReading::Subject => serial_fits,
        SerialNumberReading::Auto => serial_fits || !has_serial,
    };
    let mut others = Vec::new();
    for (other, fits) in
        [("AWS::IoT::Certificate::CommonName", attribute(3).1), (SERIAL_PARAMETER, serial_fits), (ID_PARAMETER, true)]
    {
        if fits && other != name {
            others.push(other);
        }
    }
    others
}

/// The values of `ThingName` in a body.
fn thing_names(body: &Node) -> impl Iterator<Item = &Node> {
    let resources = get_as_meant(body, "Resources").and_then(Node::as_object).unwrap_or_default();
    resources.iter().filter_map(|member| member.value.get("Properties")?.get("ThingName"))
}

/// Looks for what refers to a parameter.
struct ReferenceSearch<'t> {
    sources: &'t SourceMap,
    name: &'t str,
}

/// Properties that a resource can do without.
const OPTIONAL: [&str; 5] = ["ThingTypeName", "BillingGroup", "Status", "AttributePayload", "ThingGroups"];
/// A list that can do without some of its elements: of groups, and of what is joined.
const LISTS: [&str; 2] = ["ThingGroups", "list"];

impl ReferenceSearch<'_> {
    /// Every place that names the parameter.
    fn uses(&self, node: &Node) -> Vec<Use> {
        let mut found = Vec::new();
        self.each(node, "", &mut |name, used| {
            if name == self.name {
                found.push(used);
            }
        });
        found
    }

    /// Whether a value refers to another parameter that differs between devices.
    fn has_another(&self, template: &Template, node: &Node) -> bool {
        let tells = |name: &str| {
            let mut declared = template.names.parameters.iter();
            declared.any(|parameter| *parameter.name == *name && parameter.source.tells_devices())
        };
        let mut found = false;
        self.each(node, "", &mut |name, _| found |= name != self.name && tells(name));
        found
    }

    /// Calls `found` with each name that a Ref or the text of Fn::Sub has.
    fn each(&self, node: &Node, key: &str, found: &mut dyn FnMut(&str, Use)) {
        match &node.value {
            Value::String(text) if key == "Ref" => found(text, Use { place: node.place, is_ref: true }),
            Value::String(text) if key == "Fn::Sub" => {
                let parts = self.sources.parts(node);
                for range in names_in(text) {
                    found(&text[range.clone()], Use { place: parts.at(range), is_ref: false });
                }
            }
            Value::Object(members) => members.iter().for_each(|member| self.each(&member.value, &member.key, found)),
            Value::Array(elements) => elements.iter().for_each(|element| self.each(element, key, found)),
            _ => {}
        }
    }

    /// The edits after which a value no longer refers to the parameter. None if the value cannot do without it. `key`
    /// is the key of the value.
    fn without(&self, node: &Node, key: &str) -> Option<Edits> {
        let mut edits = Edits::new();
        match &node.value {
            Value::String(text) if key == "Ref" => return (text != self.name).then_some(edits),
            Value::String(text) if key == "Fn::Sub" => return self.without_name(node, text),
            Value::Object(members) => {
                let mut gone = Vec::new();
                for member in members {
                    match self.without(&member.value, &member.key) {
                        Some(more) => edits.extend(more),
                        None if key == "AttributePayload" || OPTIONAL.contains(&member.key.as_str()) => {
                            gone.push(member.key_place);
                        }
                        None => return None,
                    }
                }
                if key == "AttributePayload" && gone.len() == members.len() && !gone.is_empty() {
                    return None;
                }
                edits.extend(self.sources.remove_members(node, &|member| gone.contains(&member.key_place)));
            }
            Value::Array(elements) => {
                let mut gone = Vec::new();
                for (at, element) in elements.iter().enumerate() {
                    // The second argument of Fn::Join holds the values. The others are arguments.
                    let inner = match (key, at) {
                        ("Fn::Join", 1) => "list",
                        ("Fn::Sub", 0) => key,
                        _ => "",
                    };
                    match self.without(element, inner) {
                        Some(more) => edits.extend(more),
                        None if LISTS.contains(&key) => gone.push(at),
                        None => return None,
                    }
                }
                if gone.len() == elements.len() && !gone.is_empty() {
                    return None;
                }
                // Those at the end go with the comma before them, any other with the one after it.
                let tail = (0..elements.len()).rev().find(|at| !gone.contains(at)).map_or(0, |kept| kept + 1);
                for at in gone.into_iter().filter(|at| *at <= tail) {
                    let (start, end) = match elements.get(at + 1) {
                        Some(next) if at < tail => (elements[at].place.start, next.place.start),
                        _ => (elements[at - 1].place.end, elements[elements.len() - 1].place.end),
                    };
                    edits.push((SourceRange { start, end, ..node.place }, String::new()));
                }
            }
            _ => {}
        }
        Some(edits)
    }

    /// The same for the text of Fn::Sub: the name goes with what sets it apart.
    fn without_name(&self, node: &Node, text: &str) -> Option<Edits> {
        let is_separator =
            |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(|byte| b"-_./:".contains(byte));
        let parts = self.sources.parts(node);
        let (mut edits, mut kept, mut at) = (Edits::new(), 0, 0);
        for name in names_in(text) {
            if text[name.clone()] != *self.name {
                continue;
            }
            let (mut start, mut end) = (name.start - 2, name.end + 1);
            if start > at && is_separator(start.checked_sub(1)) {
                start -= 1;
            } else if start == 0 && is_separator(Some(end)) {
                end += 1;
            }
            kept += start - at;
            at = end;
            edits.push((parts.at(start..end), String::new()));
        }
        (kept + text.len() > at).then_some(edits)
    }
}

/// The names that Fn::Sub replaces in a text. One without a closing brace is reported where the function is read.
fn names_in(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_name = |name: &Range<usize>| text[name.end..].starts_with('}') && !text[name.clone()].starts_with('!');
    policy::variables_in(text).into_iter().filter(is_name)
}
