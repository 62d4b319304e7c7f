//! Parses strict JSON, and says of a text that is none where it stops being JSON, and why.

use super::json::Node;
use super::strict::{self, MAX_DEPTH};
use super::{LayerId, Place, offset};
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

/// Parses strict JSON.
pub fn parse(text: &str, layer: LayerId) -> Result<Node, SyntaxError> {
    strict::parse(text, layer).map_err(|bad_escape| {
        let of_escape = bad_escape.map(|bad| {
            let place = Place { layer, start: offset(bad.start), end: offset(bad.end) };
            SyntaxError::new(bad.reason, place)
        });
        of_escape.unwrap_or_else(|| why(text, layer))
    })
}

#[cold]
fn why(text: &str, layer: LayerId) -> SyntaxError {
    if let Err(error) = judge_grammar(text, layer) {
        return error;
    }
    let at = first_too_deep(text).unwrap_or_default();
    let place = Place { layer, start: offset(at), end: offset(at + 1) };
    SyntaxError::too_deep(&format!("arrays and objects nest more than {MAX_DEPTH} levels deep"), place)
}

/// The first bracket beyond [`MAX_DEPTH`] in a text that is JSON.
#[cold]
fn first_too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' if !in_string => depth -= 1,
            _ => {}
        }
    }
    None
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
