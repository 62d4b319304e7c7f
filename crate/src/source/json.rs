//! A strict JSON tree that remembers where each node is written and keeps duplicate keys.

use super::{LayerId, Place, offset};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, ast};
use std::fmt::Write;

/// A JSON value and where it is written, quotes and brackets included.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it stands in its layer.
    pub place: Place,
}

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// The content of a string, unescaped.
    String(String),
    /// The elements of an array.
    Array(Vec<Node>),
    /// The members of an object in the order of the text, duplicate keys included.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key, unescaped.
    pub key: String,
    /// Where the key is written, quotes included.
    pub key_place: Place,
    /// The value.
    pub value: Node,
}

impl Member {
    /// Key and value together.
    pub fn place(&self) -> Place {
        Place { end: self.value.place.end, ..self.key_place }
    }
}

impl Node {
    /// The content, where the node is a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The members, where the node is an object.
    pub fn as_object(&self) -> Option<&[Member]> {
        if let Value::Object(members) = &self.value { Some(members) } else { None }
    }

    /// The elements, where the node is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        if let Value::Array(elements) = &self.value { Some(elements) } else { None }
    }

    /// The last member with this key, as most JSON readers take it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// What the value is, with its article, for messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// Where a text stops being JSON, and why.
#[derive(Debug)]
pub struct SyntaxError {
    /// What is wrong, as a clause: "expected `:`".
    pub reason: String,
    /// The offending characters; empty at the end of the text.
    pub place: Place,
    /// Whether the offending characters only have to go.
    pub superfluous: bool,
    /// Whether the text is JSON but nests deeper than this reader goes.
    pub too_deep: bool,
}

/// How deep arrays and objects may nest: far beyond any template, well within the stack of a wasm instance.
const MAX_DEPTH: usize = 128;

/// Parses strict JSON.
///
/// serde_json judges the grammar (the tree builder is made for JSONC and lets a form feed pass as white space), then
/// jsonc-parser builds the tree with its ranges.
pub fn parse(text: &str, layer: LayerId) -> Result<Node, SyntaxError> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        return Err(grammar_error(text, layer, &error));
    }
    if let Some(at) = too_deep(text) {
        let place = Place { layer, start: offset(at), end: offset(at + 1) };
        let reason = format!("arrays and objects nest more than {MAX_DEPTH} levels deep");
        return Err(SyntaxError { reason, place, superfluous: false, too_deep: true });
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &strict) {
        Ok(parsed) => parsed.value.map(|value| node(value, layer)).ok_or_else(|| SyntaxError {
            reason: "the text is empty".to_owned(),
            place: Place { layer, start: 0, end: 0 },
            superfluous: false,
            too_deep: false,
        }),
        // What the grammar allows and the tree cannot hold: `\ud800` with no partner.
        Err(error) => {
            let range = error.range();
            let place = Place { layer, start: offset(range.start), end: offset(range.end) };
            Err(SyntaxError {
                reason: lower_first(&error.kind().to_string()),
                place,
                superfluous: false,
                too_deep: false,
            })
        }
    }
}

fn grammar_error(text: &str, layer: LayerId, error: &serde_json::Error) -> SyntaxError {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    let control = error.to_string().starts_with("control character");
    // serde_json's column counts bytes and names the last byte that it has read; a control character it has only seen.
    let read = if control { error.column() } else { error.column().saturating_sub(1) };
    let mut at = (line_start + read).min(text.len());
    if error.is_eof() {
        at = text.len();
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    let raw_break = control && matches!(&text[at..end], "\n" | "\r");
    if raw_break {
        let reason = "a line break stands inside a string, where it has to be written \\n".to_owned();
        return SyntaxError {
            reason,
            place: Place { layer, start: offset(at), end: offset(end) },
            superfluous: false,
            too_deep: false,
        };
    }
    if matches!(&text[at..end], "}" | "]") && text[..at].trim_end().ends_with(',') {
        let comma = text[..at].trim_end().len() - 1;
        let place = Place { layer, start: offset(comma), end: offset(comma + 1) };
        let reason = "a comma stands behind the last element".to_owned();
        return SyntaxError { reason, place, superfluous: true, too_deep: false };
    }
    let full = error.to_string();
    let reason = full.rsplit_once(" at line ").map_or(full.as_str(), |(reason, _)| reason).to_owned();
    SyntaxError {
        reason: lower_first(&reason),
        place: Place { layer, start: offset(at), end: offset(end) },
        superfluous: false,
        too_deep: false,
    }
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), text.starts_with("EOF")) {
        (Some(first), false) => std::iter::once(first.to_ascii_lowercase()).chain(characters).collect(),
        _ => text.replacen("EOF", "the text ends", 1),
    }
}

/// The offset of the first bracket beyond [`MAX_DEPTH`], in a text that is valid JSON.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn node(value: ast::Value<'_>, layer: LayerId) -> Node {
    let range = value.range();
    let place = Place { layer, start: offset(range.start), end: offset(range.end) };
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
        ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
        ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
        ast::Value::Array(array) => Value::Array(array.elements.into_iter().map(|value| node(value, layer)).collect()),
        ast::Value::Object(object) => {
            Value::Object(object.properties.into_iter().map(|property| member(property, layer)).collect())
        }
    };
    Node { value, place }
}

fn member(property: ast::ObjectProp<'_>, layer: LayerId) -> Member {
    let range = property.name.range();
    let key_place = Place { layer, start: offset(range.start), end: offset(range.end) };
    let key = match property.name {
        ast::ObjectPropName::String(literal) => literal.value.into_owned(),
        ast::ObjectPropName::Word(word) => word.value.to_owned(),
    };
    Member { key, key_place, value: node(property.value, layer) }
}

/// A text as a JSON string, quotes included.
pub fn quote(text: &str) -> String {
    // Writing a string to memory cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// Writes a tree without any white space; strings and numbers as they are written in `text`, their layer's text.
pub fn write_compact(node: &Node, text: &str) -> String {
    let mut out = String::new();
    write(node, text, &mut out, None, 0);
    out
}

/// Writes a tree with each element on its own line, indented by `indent` blanks a level.
pub fn write_pretty(node: &Node, text: &str, indent: usize) -> String {
    let mut out = String::new();
    write(node, text, &mut out, Some(indent), 0);
    out
}

fn write(node: &Node, text: &str, out: &mut String, indent: Option<usize>, level: usize) {
    let raw = |place: Place| &text[place.start as usize..place.end as usize];
    let new_line = |out: &mut String, level: usize| {
        if let Some(width) = indent {
            let _ = write!(out, "\n{:1$}", "", width * level);
        }
    };
    match &node.value {
        Value::Array(elements) if !elements.is_empty() => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                new_line(out, level + 1);
                write(element, text, out, indent, level + 1);
            }
            new_line(out, level);
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                new_line(out, level + 1);
                out.push_str(raw(member.key_place));
                out.push_str(if indent.is_some() { ": " } else { ":" });
                write(&member.value, text, out, indent, level + 1);
            }
            new_line(out, level);
            out.push('}');
        }
        Value::Array(_) => out.push_str("[]"),
        Value::Object(_) => out.push_str("{}"),
        _ => out.push_str(raw(node.place)),
    }
}
