//! Parses strict JSON (RFC 8259) into a tree that remembers where each node is written.
//!
//! One pass over the bytes. A string without escapes is copied. Property tests hold the grammar to that of serde_json,
//! which keeps no places and drops duplicate keys. `recover` explains why a text is not JSON.

use super::escape::unescape;
use super::json::{Member, Node, Value};
use super::range::{LayerId, SourceRange, offset};

/// The deepest nesting of arrays and objects: far beyond any template, well within the stack of a wasm instance.
pub const MAX_DEPTH: usize = 128;

/// The tree of a text. `None` if the text is not JSON, or nests deeper than [`MAX_DEPTH`].
pub fn parse(text: &str, layer: LayerId) -> Option<Node> {
    let mut parser = Parser { text, at: 0, layer, depth: 0 };
    let node = parser.value();
    parser.skip_white_space();
    node.filter(|_| parser.at == text.len())
}

/// The trees of values that are written one after another, and where reading stopped: at the end of the text, or at the first value that
/// is not JSON.
pub fn parse_all(text: &str, layer: LayerId) -> (Vec<Node>, usize) {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut parser = Parser { text, at: start, layer, depth: 0 };
    let mut nodes = Vec::new();
    loop {
        parser.skip_white_space();
        let start = parser.at;
        match parser.value() {
            Some(node) if start < text.len() => nodes.push(node),
            _ => return (nodes, start),
        }
    }
}

/// The bytes of a string that are not simply its content: its end, escapes, and control characters.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut i = 0;
    while i < 0x20 {
        stops[i] = true;
        i += 1;
    }
    stops[b'"' as usize] = true;
    stops[b'\\' as usize] = true;
    stops
};

struct Parser<'t> {
    text: &'t str,
    at: usize,
    layer: LayerId,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Skips a character, if it is the next one.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn place(&self, start: usize) -> SourceRange {
        SourceRange { layer: self.layer, start: offset(start), end: offset(self.at) }
    }

    fn value(&mut self) -> Option<Node> {
        self.skip_white_space();
        let start = self.at;
        let value = match self.peek()? {
            b'"' => Value::String(self.string()?),
            b'{' => self.object()?,
            b'[' => self.array()?,
            b'-' | b'0'..=b'9' => self.number()?,
            _ => self.word()?,
        };
        Some(Node { value, place: self.place(start) })
    }

    fn object(&mut self) -> Option<Value> {
        let mut members = Vec::new();
        if self.open(b'}')? {
            return Some(Value::Object(members));
        }
        loop {
            self.skip_white_space();
            let start = self.at;
            let key = self.string()?;
            let key_place = self.place(start);
            self.skip_white_space();
            if !self.take(b':') {
                return None;
            }
            members.push(Member { key, key_place, value: self.value()? });
            if self.close(b'}')? {
                return Some(Value::Object(members));
            }
        }
    }

    fn array(&mut self) -> Option<Value> {
        let mut elements = Vec::new();
        if self.open(b']')? {
            return Some(Value::Array(elements));
        }
        loop {
            elements.push(self.value()?);
            if self.close(b']')? {
                return Some(Value::Array(elements));
            }
        }
    }

    /// Enters brackets, and returns whether nothing is between them.
    fn open(&mut self, closing: u8) -> Option<bool> {
        self.depth += 1;
        self.at += 1;
        self.skip_white_space();
        if self.depth > MAX_DEPTH {
            return None;
        }
        let empty = self.take(closing);
        self.depth -= usize::from(empty);
        Some(empty)
    }

    /// Skips a comma, or leaves the brackets; returns whether it left them.
    fn close(&mut self, closing: u8) -> Option<bool> {
        self.skip_white_space();
        let closed = self.take(closing);
        self.depth -= usize::from(closed);
        (closed || self.take(b',')).then_some(closed)
    }

    /// The content of a string that begins with the next character, its opening quote.
    fn string(&mut self) -> Option<String> {
        if !self.take(b'"') {
            return None;
        }
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            self.at += rest.iter().position(|byte| STOPS[usize::from(*byte)])?;
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.at += 2;
                }
                _ => return None,
            }
        }
        let raw = self.text.get(start..self.at)?;
        self.at += 1;
        if escaped { unescape(raw) } else { Some(raw.to_owned()) }
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Some(Value::Number(self.text.get(start..self.at)?.to_owned()))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn word(&mut self) -> Option<Value> {
        let rest = self.text.get(self.at..)?;
        let words = [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)];
        let (word, value) = words.into_iter().find(|(word, _)| rest.starts_with(word))?;
        self.at += word.len();
        Some(value)
    }
}
