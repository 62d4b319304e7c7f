//! A strict JSON tree that remembers where each node is written and keeps duplicate keys.

use super::range::SourceRange;
use std::fmt::Write;

/// A JSON value and where it is written, quotes and brackets included.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its range in its layer.
    pub place: SourceRange,
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
    pub key_place: SourceRange,
    /// The value.
    pub value: Node,
}

impl Member {
    /// Key and value together.
    pub fn place(&self) -> SourceRange {
        SourceRange { end: self.value.place.end, ..self.key_place }
    }
}

impl Node {
    /// The content, if the node is a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The members, if the node is an object.
    pub fn as_object(&self) -> Option<&[Member]> {
        if let Value::Object(members) = &self.value { Some(members) } else { None }
    }

    /// The elements, if the node is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        if let Value::Array(elements) = &self.value { Some(elements) } else { None }
    }

    /// The last member with this key, which is the one that most JSON readers use.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The type of the value with its article, for messages.
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

/// A text as a JSON string, quotes included.
pub fn quote(text: &str) -> String {
    // Writing a string to memory cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// Writes a tree without any white space. Strings and numbers stay as they are in `text`, the text of their layer.
pub fn write_compact(node: &Node, text: &str) -> String {
    let mut out = String::new();
    write(node, text, &mut out, None, 0);
    out
}

/// Writes a tree with each element on its own line, indented by `indent` spaces a level.
pub fn write_pretty(node: &Node, text: &str, indent: usize) -> String {
    let mut out = String::new();
    write(node, text, &mut out, Some(indent), 0);
    out
}

#[cold]
fn write(node: &Node, text: &str, out: &mut String, indent: Option<usize>, level: usize) {
    let raw = |place: SourceRange| &text[place.start as usize..place.end as usize];
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
