//! A JSON tree that keeps the order of keys and their duplicates, can hold text that is not JSON, and writes itself with the
//! range of everything that is marked, through every level of escaping.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::ops::Range;

/// A value, marked if a mutation has touched it.
#[derive(Clone, Debug)]
pub struct Node {
    pub value: Value,
    pub marked: bool,
}

/// A key with its value, marked if a mutation has touched both.
#[derive(Clone, Debug)]
pub struct Member {
    pub key: String,
    pub value: Node,
    pub marked: bool,
}

#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, a boolean or a number, as it is written.
    Word(String),
    Text(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
    /// A string that holds JSON.
    Inner(Box<Node>),
    /// Written as it is, with the range that a mutation has touched.
    Raw(String, Range<usize>),
}

impl Node {
    pub fn new(value: Value) -> Self {
        Self { value, marked: false }
    }

    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    pub fn members(&self) -> &[Member] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members().iter().find(|member| member.key == key).map(|member| &member.value)
    }

    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// Turns a string that holds an object into that object, to be changed in place.
    pub fn unwrap(&mut self) {
        if let Value::Text(text) = &self.value
            && text.trim_start().starts_with('{')
            && let Ok(inner) = serde_json::from_str::<Node>(text)
        {
            self.value = Value::Inner(Box::new(inner));
        }
    }

    /// The text of the tree, and the ranges of what is marked, in UTF-16 units as spans count.
    pub fn write(&self) -> (String, Vec<Range<usize>>) {
        let mut marks = Vec::new();
        let mut text = String::new();
        self.write_to(&mut text, &mut marks);
        let units = |at: usize| text[..at].encode_utf16().count();
        let marks = marks.iter().map(|mark| units(mark.start)..units(mark.end)).collect();
        (text, marks)
    }

    fn write_to(&self, out: &mut String, marks: &mut Vec<Range<usize>>) {
        let start = out.len();
        match &self.value {
            Value::Word(word) => out.push_str(word),
            Value::Text(text) => quote(text, out, &mut []),
            Value::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    element.write_to(out, marks);
                }
                out.push(']');
            }
            Value::Object(members) => {
                out.push('{');
                for (index, member) in members.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    let start = out.len();
                    quote(&member.key, out, &mut []);
                    out.push_str(": ");
                    member.value.write_to(out, marks);
                    if member.marked {
                        marks.push(start..out.len());
                    }
                }
                out.push('}');
            }
            Value::Inner(inner) => {
                let (mut text, mut within) = (String::new(), Vec::new());
                inner.write_to(&mut text, &mut within);
                quote(&text, out, &mut within);
                marks.extend(within);
            }
            Value::Raw(text, touched) => {
                marks.push(start + touched.start..start + touched.end);
                out.push_str(text);
            }
        }
        if self.marked {
            marks.push(start..out.len());
        }
    }
}

/// Writes a JSON string, and maps ranges of its content to their written form.
fn quote(content: &str, out: &mut String, ranges: &mut [Range<usize>]) {
    let mut places = vec![0; content.len() + 1];
    out.push('"');
    for (at, character) in content.char_indices() {
        places[at] = out.len();
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    places[content.len()] = out.len();
    out.push('"');
    for range in ranges {
        *range = places[range.start]..places[range.end];
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Node::new)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Word("null".to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(element) = elements.next_element()? {
            read.push(element);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some((key, value)) = members.next_entry()? {
            read.push(Member { key, value, marked: false });
        }
        Ok(Value::Object(read))
    }
}
