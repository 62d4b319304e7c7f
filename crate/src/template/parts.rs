//! The objects of a text by the part that each plays in a template: which keys belong in it, and which are in it without belonging.

use super::expression::is_function;
use super::overrides;
use crate::check::quoted;
use crate::input::api_input::is_input_key;
use crate::input::ca_input::{CaInput, is_ca_key};
use crate::source::{Certainty, LayerId, Member, Node, SourceMap, Value};
use crate::vocabulary::{
    BODY_KEYS, CLOUDFORMATION_CONFIG_KEYS, CONFIG_KEYS, DOCUMENT_KEYS, PARAMETER_KEYS, PROPERTIES, STATEMENT_KEYS,
};

/// The kind of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A registration config, or an input of the API that carries a template.
    Envelope,
    /// An input about a CA, which carries a registration config.
    CaEnvelope,
    /// The template body.
    Body,
    /// The Parameters section.
    Parameters,
    /// The declaration of a parameter.
    Declaration,
    /// The Resources section.
    Resources,
    /// A resource.
    Resource,
    /// The Properties of a resource.
    Properties,
    /// The OverrideSettings of a resource.
    Overrides,
    /// The attributes of a thing, or the parameters of RegisterThing.
    Payload,
    /// A policy document.
    PolicyResource,
    /// A statement of a policy document.
    Statement,
    /// The Mappings section.
    Mappings,
    /// A map of the Mappings.
    Map,
    /// The value of a key in a map.
    Entry,
    /// None of these.
    Other,
}

/// An object of the text.
pub struct TemplatePart {
    /// The object.
    pub node: Node,
    /// Its kind.
    pub role: PartKind,
    /// The key that it is under.
    pub name: String,
    /// The part that it is in.
    pub parent: Option<usize>,
    /// Whether it is in a string.
    pub is_text: bool,
}

/// Texts nest so deep: a string, an input, a config, a body, a resource, its Properties, a policy, its statements, and one too many.
const DEEPEST: usize = 12;
/// A template with more objects than these is not examined.
const MOST: usize = 400;

/// All objects of a text, the outer ones first. None if there are too many.
pub fn parts(sources: &mut SourceMap, root: &Node) -> Vec<TemplatePart> {
    let mut parts = Vec::new();
    walk(sources, &mut parts, Member { key: String::new(), key_place: root.place, value: root.clone() }, None, 0);
    if parts.len() > MOST { Vec::new() } else { parts }
}

fn walk(sources: &mut SourceMap, parts: &mut Vec<TemplatePart>, member: Member, parent: Option<usize>, depth: usize) {
    if depth > DEEPEST || parts.len() > MOST {
        return;
    }
    let Member { key, value, .. } = member;
    if let Value::Array(elements) = value.value {
        for value in elements.into_iter().filter(|_| key == "Statement") {
            walk(sources, parts, Member { key: key.clone(), key_place: value.place, value }, parent, depth + 1);
        }
        return;
    }
    let is_text = value.as_str().is_some_and(|text| text.trim_ascii_start().starts_with(['{', '"']));
    let node = if is_text {
        let Some(inner) = sources.unwrap_string(&value).and_then(|layer| read(sources, layer)) else { return };
        if inner.as_str().is_some() {
            return walk(sources, parts, Member { key, key_place: inner.place, value: inner }, parent, depth + 1);
        }
        inner
    } else {
        value
    };
    let Some(members) = node.as_object() else { return };
    let role = role(parent.map(|parent| parts[parent].role), &key, &node);
    let own = parts.len();
    let members = members.to_vec();
    parts.push(TemplatePart { node, role, name: key, parent, is_text });
    for inner in members {
        walk(sources, parts, inner, Some(own), depth + 1);
    }
}

/// The content of a layer, or its likely meaning.
pub fn read(sources: &mut SourceMap, layer: LayerId) -> Option<Node> {
    match sources.parse(layer) {
        Ok(node) => Some(node),
        Err(error) => {
            sources.recover(&error).filter(|(_, certainty)| *certainty != Certainty::Loss).map(|(node, _)| node)
        }
    }
}

fn has(node: &Node, keys: &[&str]) -> bool {
    keys.iter().any(|key| node.get(key).is_some())
}

fn role(parent: Option<PartKind>, key: &str, node: &Node) -> PartKind {
    let named = match key {
        "templateBody" | "TemplateBody" => PartKind::Body,
        "registrationConfig" | "RegistrationConfig" => PartKind::Envelope,
        "Parameters" => PartKind::Parameters,
        "Resources" => PartKind::Resources,
        "Properties" => PartKind::Properties,
        "OverrideSettings" => PartKind::Overrides,
        "AttributePayload" | "parameters" => PartKind::Payload,
        "PolicyDocument" => PartKind::PolicyResource,
        "Statement" => PartKind::Statement,
        "Mappings" => PartKind::Mappings,
        _ => PartKind::Other,
    };
    match parent {
        None if CaInput::of(node).is_some() => PartKind::CaEnvelope,
        None if node.as_object().unwrap_or_default().iter().any(|member| is_input_key(&member.key)) => {
            PartKind::Envelope
        }
        None => PartKind::Body,
        _ if named != PartKind::Other => named,
        Some(PartKind::Parameters) => PartKind::Declaration,
        Some(PartKind::Resources) => PartKind::Resource,
        Some(PartKind::Mappings) => PartKind::Map,
        Some(PartKind::Map) => PartKind::Entry,
        _ if is_resource(node) => PartKind::Resource,
        _ => PartKind::Other,
    }
}

fn is_resource(node: &Node) -> bool {
    node.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.starts_with("AWS::IoT::"))
        || has(node, &["Properties"])
}

impl PartKind {
    /// Whether the names in such an object are anybody's own.
    pub fn is_free(self) -> bool {
        matches!(self, PartKind::Payload | PartKind::Mappings | PartKind::Map | PartKind::Entry)
    }
}

/// Whether a value is a string, or a function that returns one.
pub fn is_plain(node: &Node) -> bool {
    node.as_str().is_some() || matches!(node.as_object(), Some([call]) if is_function(&call.key))
}

/// Whether a member belongs in an object of this role.
pub fn fits(role: PartKind, member: &Member) -> bool {
    let (key, value) = (member.key.as_str(), &member.value);
    let is_object = value.as_object().is_some();
    match role {
        PartKind::Envelope => {
            CONFIG_KEYS.contains(&key) || CLOUDFORMATION_CONFIG_KEYS.contains(&key) || is_input_key(key)
        }
        PartKind::CaEnvelope => is_ca_key(key),
        PartKind::Body => BODY_KEYS.contains(&key) && is_object,
        PartKind::Parameters => value.get("Type").and_then(Node::as_str) == Some("String"),
        PartKind::Declaration => {
            PARAMETER_KEYS.contains(&key) && value.as_str().is_some_and(|text| !text.starts_with("AWS::"))
        }
        PartKind::Resources => is_resource(value),
        PartKind::Resource => match key {
            "Type" => value.as_str().is_some_and(|kind| kind.starts_with("AWS::")),
            "Properties" | "OverrideSettings" => is_object,
            _ => false,
        },
        PartKind::Properties => PROPERTIES.iter().any(|(_, keys)| keys.contains(&key)) && !is_override(member),
        PartKind::Overrides => is_override(member),
        PartKind::Payload => is_plain(value) && key != "templateBody",
        PartKind::PolicyResource => DOCUMENT_KEYS.contains(&key),
        PartKind::Statement => STATEMENT_KEYS.contains(&key),
        PartKind::Mappings => !BODY_KEYS.contains(&key) && holds(value, |map| holds(map, is_plain)),
        PartKind::Map => holds(value, is_plain),
        PartKind::Entry => is_plain(value) || value.as_array().is_some(),
        PartKind::Other => is_function(key),
    }
}

/// An override is a word of its own. Whether it fits the property is checked elsewhere.
fn is_override(member: &Member) -> bool {
    is_setting(&member.key) && overrides::THING[0].2.contains(&member.value.as_str().unwrap_or_default())
}

/// Whether a property of this name can be overridden.
pub fn is_setting(key: &str) -> bool {
    overrides::THING.iter().chain(&overrides::CERTIFICATE).any(|(name, _, _)| *name == key)
}

/// Whether a value is an object, and all that it holds is of a kind.
fn holds(node: &Node, kind: fn(&Node) -> bool) -> bool {
    node.as_object().is_some_and(|members| !members.is_empty() && members.iter().all(|member| kind(&member.value)))
}

/// The description of a part in a message.
pub fn called(parts: &[TemplatePart], at: usize) -> String {
    let part = &parts[at];
    let owner = || part.parent.map_or_else(String::new, |owner| quoted(&parts[owner].name));
    match part.role {
        PartKind::Envelope | PartKind::CaEnvelope if part.parent.is_some() => part.name.clone(),
        PartKind::Envelope | PartKind::CaEnvelope => "the outermost object".to_owned(),
        PartKind::Body => "the template body".to_owned(),
        PartKind::Parameters => "Parameters".to_owned(),
        PartKind::Declaration => format!("the declaration of {}", quoted(&part.name)),
        PartKind::Resources => "Resources".to_owned(),
        PartKind::Resource => format!("the resource {}", quoted(&part.name)),
        PartKind::Properties => format!("the Properties of {}", owner()),
        PartKind::Overrides => format!("the OverrideSettings of {}", owner()),
        PartKind::Payload => part.name.clone(),
        PartKind::PolicyResource => "the policy document".to_owned(),
        PartKind::Statement => "the policy's statement".to_owned(),
        PartKind::Mappings => "Mappings".to_owned(),
        PartKind::Map | PartKind::Entry | PartKind::Other => quoted(&part.name),
    }
}
