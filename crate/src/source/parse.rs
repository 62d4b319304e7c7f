//! Parses strict JSON (RFC 8259) into a tree that remembers where each node is written.
//!
//! jsonc-parser builds the tree with its ranges. It reads escapes one character at a time, and an escaped template body is
//! little else: so it is given a text in which two characters of each escape are masked by plain ones, which leaves every
//! range where it was, and the strings are unescaped here. Since it is made for JSONC it is lax about white space and
//! control characters: a text with any that are out of place goes through serde_json's grammar first.

use super::escape::unescape;
use super::json::{Member, Node, Value};
use super::{LayerId, Place, offset};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, ast};
use std::borrow::Cow;

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

impl SyntaxError {
    fn new(reason: &str, place: Place) -> Self {
        Self { reason: reason.to_owned(), place, superfluous: false, too_deep: false }
    }

    /// JSON, but nested too deep to read on.
    pub fn too_deep(reason: &str, place: Place) -> Self {
        Self { too_deep: true, ..Self::new(reason, place) }
    }
}

/// How deep arrays and objects may nest: far beyond any template, well within the stack of a wasm instance.
const MAX_DEPTH: usize = 128;

/// Parses strict JSON.
pub fn parse(text: &str, layer: LayerId) -> Result<Node, SyntaxError> {
    let surface = Surface::of(text);
    if surface.doubtful {
        judge_grammar(text, layer)?;
    }
    if let Some(at) = surface.too_deep {
        let place = Place { layer, start: offset(at), end: offset(at + 1) };
        let reason = format!("arrays and objects nest more than {MAX_DEPTH} levels deep");
        return Err(SyntaxError::too_deep(&reason, place));
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
    let value = match jsonc_parser::parse_to_ast(&surface.masked, &CollectOptions::default(), &strict) {
        Ok(parsed) => parsed.value,
        Err(error) => {
            judge_grammar(text, layer)?;
            // serde_json has no objection: what is left is jsonc-parser's own.
            let range = error.range();
            let place = Place { layer, start: offset(range.start), end: offset(range.end) };
            return Err(SyntaxError::new(&error.kind().to_string(), place));
        }
    };
    let Some(value) = value else {
        judge_grammar(text, layer)?;
        let place = Place { layer, start: 0, end: 0 };
        return Err(SyntaxError::new("the text is empty", place));
    };
    Builder { text, layer }.node(value)
}

/// What one look over a text tells.
struct Surface<'t> {
    /// The text with its escapes masked.
    masked: Cow<'t, str>,
    /// Whether there is anything that jsonc-parser takes and JSON does not.
    doubtful: bool,
    /// The first bracket beyond [`MAX_DEPTH`].
    too_deep: Option<usize>,
}

impl<'t> Surface<'t> {
    fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let (mut depth, mut too_deep, mut doubtful) = (0usize, None, false);
        let (mut in_string, mut masked, mut copied, mut at) = (false, String::new(), 0, 0);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => in_string = !in_string,
                b'\\' if in_string && bytes.get(at + 1).is_some_and(u8::is_ascii) => {
                    masked.push_str(&text[copied..at]);
                    masked.push_str("xx");
                    at += 2;
                    copied = at;
                    continue;
                }
                0x00..0x20 if in_string => doubtful = true,
                _ if in_string => {}
                b'[' | b'{' => {
                    depth += 1;
                    if depth > MAX_DEPTH && too_deep.is_none() {
                        too_deep = Some(at);
                    }
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'\n' | b'\r' | b'\t' => {}
                0x00..0x20 | 0x80.. => doubtful = true,
                _ => {}
            }
            at += 1;
        }
        let masked = if copied == 0 {
            Cow::Borrowed(text)
        } else {
            masked.push_str(&text[copied..]);
            Cow::Owned(masked)
        };
        Self { masked, doubtful: doubtful || too_deep.is_some(), too_deep }
    }
}

/// Asks serde_json whether the text is JSON at all.
#[cold]
fn judge_grammar(text: &str, layer: LayerId) -> Result<(), SyntaxError> {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(grammar_error(text, layer, &error)),
    }
}

#[cold]
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
    let place = Place { layer, start: offset(at), end: offset(end) };
    if control && matches!(&text[at..end], "\n" | "\r") {
        return SyntaxError::new("a line break stands inside a string, where it has to be written \\n", place);
    }
    if matches!(&text[at..end], "}" | "]") && text[..at].trim_end().ends_with(',') {
        let comma = text[..at].trim_end().len() - 1;
        let place = Place { layer, start: offset(comma), end: offset(comma + 1) };
        return SyntaxError { superfluous: true, ..SyntaxError::new("a comma stands behind the last element", place) };
    }
    if text[at..end] == *"\u{feff}" {
        let reason = "a byte order mark stands before the JSON";
        return SyntaxError { superfluous: true, ..SyntaxError::new(reason, place) };
    }
    if text[at..end] == *"'" {
        let reason = "it has single quotes where JSON takes double ones (of a Python dict, json.dumps makes JSON)";
        return SyntaxError::new(reason, place);
    }
    let full = error.to_string();
    let reason = full.rsplit_once(" at line ").map_or(full.as_str(), |(reason, _)| reason);
    SyntaxError::new(&plain_words(reason), place)
}

/// What serde_json says, as a person would.
#[cold]
fn plain_words(reason: &str) -> Cow<'_, str> {
    match reason {
        "expected value" => "a value is expected here".into(),
        "key must be a string" => "a key has to stand in double quotes".into(),
        "trailing characters" => "there is more behind the end of the JSON".into(),
        "invalid number" => "this is no number as JSON writes it".into(),
        "EOF while parsing a value" => "the text ends where a value is expected".into(),
        "EOF while parsing a string" => "the text ends inside a string".into(),
        "EOF while parsing an object" => "the text ends inside an object".into(),
        "EOF while parsing a list" => "the text ends inside a list".into(),
        "control character (\\u0000-\\u001F) found while parsing a string" => {
            "a control character stands inside a string, where it has to be escaped".into()
        }
        other => other.into(),
    }
}

/// Turns jsonc-parser's tree of the masked text into ours of the text.
struct Builder<'t> {
    text: &'t str,
    layer: LayerId,
}

impl Builder<'_> {
    fn place(&self, range: jsonc_parser::common::Range) -> Place {
        Place { layer: self.layer, start: offset(range.start), end: offset(range.end) }
    }

    fn node(&self, value: ast::Value<'_>) -> Result<Node, SyntaxError> {
        let place = self.place(value.range());
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
            ast::Value::StringLit(_) => Value::String(self.content(place)?),
            ast::Value::Array(array) => {
                Value::Array(array.elements.into_iter().map(|value| self.node(value)).collect::<Result<_, _>>()?)
            }
            ast::Value::Object(object) => Value::Object(
                object.properties.into_iter().map(|property| self.member(property)).collect::<Result<_, _>>()?,
            ),
        };
        Ok(Node { value, place })
    }

    fn member(&self, property: ast::ObjectProp<'_>) -> Result<Member, SyntaxError> {
        let key_place = self.place(property.name.range());
        Ok(Member { key: self.content(key_place)?, key_place, value: self.node(property.value)? })
    }

    /// What a string says, by its place with the quotes.
    fn content(&self, place: Place) -> Result<String, SyntaxError> {
        let raw = &self.text[place.start as usize..place.end as usize];
        if !raw.contains('\\') {
            return Ok(raw[1..raw.len() - 1].to_owned());
        }
        let inside = &raw[1..raw.len() - 1];
        unescape(inside).map_err(|bad| {
            let at = |inside: usize| place.start + 1 + offset(inside);
            let place = Place { start: at(bad.start), end: at(bad.end), ..place };
            SyntaxError::new(bad.reason, place)
        })
    }
}
