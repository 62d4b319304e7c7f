//! Arrays, objects and parentheses, and the signs between their elements.

use super::scan::{Expected, OpenBracket, Scan};
use super::slip::{Repair, Slip};
use crate::source::parser::MAX_DEPTH;

impl Scan<'_> {
    pub fn open(&mut self, byte: u8) {
        match self.expected {
            Expected::End => return self.skip_end(),
            Expected::Key => return self.lose(),
            Expected::Comma if self.in_object() => return self.lose(),
            Expected::Comma => self.miss_comma(),
            Expected::Colon => self.repair(Slip::NoColon, self.last, self.last, ":"),
            Expected::Value => {}
        }
        self.push(byte + 2, self.at);
        self.at += 1;
        self.last = self.at;
    }

    /// Opens a frame; `close` is what closes it.
    pub fn push(&mut self, close: u8, start: usize) {
        if self.stack.len() >= MAX_DEPTH {
            let place = (start, self.char_end(start));
            self.note(Repair { slip: Slip::Deep, start, end: start, text: "".into(), place });
            self.is_hopeless = true;
        }
        if self.root.is_none() && close != b')' {
            self.root = Some((start, close));
        }
        if close != b')' {
            self.add_comma();
        }
        self.stack.push(OpenBracket { close, start, comma: None, key: start, missing: None });
        self.expected = if close == b'}' { Expected::Key } else { Expected::Value };
    }

    /// A parenthesis around a value, with the name of the function that may be before it.
    pub fn open_paren(&mut self, start: usize) {
        let length = self.at + 1 - start;
        self.at = start;
        self.delete(if self.expected == Expected::Value { Slip::Paren } else { Slip::Junk }, length);
        if self.expected == Expected::Value {
            self.push(b')', start);
        }
    }

    /// Reads on as if there had been a comma.
    pub fn miss_comma(&mut self) {
        let missing = Some((self.last, self.at));
        self.stack.last_mut().into_iter().for_each(|frame| frame.missing = missing);
        self.expected = if self.in_object() { Expected::Key } else { Expected::Value };
    }

    /// Adds the comma that is missing before the latest element, now that there is one.
    pub fn add_comma(&mut self) {
        let frame = self.stack.iter_mut().rev().find(|frame| frame.close != b')');
        if let Some((start, next)) = frame.and_then(|frame| frame.missing.take()) {
            let place = (next, self.char_end(next));
            self.note(Repair { slip: Slip::NoComma, start, end: start, text: ",".into(), place });
        }
    }

    fn in_object(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.close == b'}')
    }

    pub fn close(&mut self, byte: u8) {
        // The end of an array or object also closes the parentheses in it, which the repaired text does not have.
        while byte != b')' && self.stack.last().is_some_and(|frame| frame.close == b')') {
            self.stack.pop();
            self.end_if_whole();
        }
        let Some(frame) = self.stack.last().copied() else {
            return if self.expected == Expected::End && byte == b')' {
                self.skip_end()
            } else {
                self.delete(Slip::ExtraClose, 1)
            };
        };
        if byte == b')' {
            self.delete(if frame.close == b')' { Slip::Paren } else { Slip::Junk }, 1);
            if frame.close == b')' {
                self.unknown.push((frame.start, self.last));
                self.stack.pop();
                self.end_if_whole();
            }
            return;
        }
        self.tidy(Slip::NoValue);
        if frame.close != byte {
            let right = if frame.close == b'}' { "}" } else { "]" };
            let around = self.stack.iter().rev().any(|frame| frame.close == byte);
            let closed = self.stack.len().saturating_sub(1);
            if around && (self.counts_left == 0 || self.ahead() != closed) {
                self.repair(Slip::WrongClose, self.at, self.at, right);
                self.stack.pop();
                return self.end_value();
            }
            self.repair(Slip::WrongClose, self.at, self.at + 1, right);
        }
        self.at += 1;
        self.stack.pop();
        self.end_value();
    }

    /// After the last parenthesis there is nothing more.
    fn end_if_whole(&mut self) {
        if self.expected == Expected::Comma && self.stack.is_empty() {
            self.expected = Expected::End;
        }
    }

    /// How many brackets after the next byte close something that is open here.
    fn ahead(&mut self) -> usize {
        self.counts_left -= 1;
        let (mut open, mut closed, mut in_string) = (0usize, 0usize, false);
        for byte in self.text.bytes().skip(self.at + 1) {
            match byte {
                b'"' => in_string = !in_string,
                _ if in_string => {}
                b'{' | b'[' => open += 1,
                b'}' | b']' if open > 0 => open -= 1,
                b'}' | b']' => closed += 1,
                _ => {}
            }
        }
        closed
    }

    /// Makes the innermost frame ready to be closed: without a comma at its end, or a key without a value.
    pub fn tidy(&mut self, slip: Slip) {
        let Some(frame) = self.stack.last_mut() else { return };
        let (comma, key) = (frame.comma.take().filter(|_| frame.missing.take().is_none()), frame.key);
        match (self.expected, frame.close) {
            (Expected::Colon | Expected::Value, b'}') => {
                let place = if slip == Slip::CutShort { (self.at, self.at) } else { (key, self.last) };
                self.cut(slip, comma.unwrap_or(key), self.at, place);
            }
            (Expected::Key, _) | (Expected::Value, b']') => {
                if let Some(comma) = comma {
                    let (slip, place) = match (slip, self.repairs.last()) {
                        (Slip::CutShort, _) => (slip, (self.at, self.at)),
                        // The comma before the omitted elements goes with them.
                        (_, Some(last)) if last.slip == Slip::Ellipsis && last.start > comma => (last.slip, last.place),
                        _ => (Slip::TrailingComma, (comma, comma + 1)),
                    };
                    self.note(Repair { slip, start: comma, end: comma + 1, text: "".into(), place });
                }
            }
            _ => {}
        }
        self.expected = Expected::Comma;
    }

    pub fn comma(&mut self, byte: u8) {
        let at = self.at;
        let Some(frame) = self.stack.last().copied() else {
            return match self.expected {
                Expected::End if byte == b';' => self.delete(Slip::Semicolon, 1),
                Expected::End => self.comma_after_root(),
                _ => self.delete(Slip::Comma, 1),
            };
        };
        match (self.expected, frame.close) {
            (Expected::Comma, b')') => {
                // The other arguments of a function.
                let end = self.rest().find(')').map_or(self.text.len(), |length| at + length);
                self.cut(Slip::Paren, at, end, (at, end));
                self.at = end;
            }
            (Expected::Comma, _) if byte == b';' => self.delete(Slip::Junk, 1),
            (Expected::Comma, close) => {
                self.at += 1;
                self.last = self.at;
                if let Some(frame) = self.stack.last_mut() {
                    frame.comma = Some(at);
                }
                self.expected = if close == b'}' { Expected::Key } else { Expected::Value };
            }
            (Expected::Colon | Expected::Value, b'}') => {
                // A key without a value goes, and one of the commas around it.
                let is_first = frame.comma.is_none() && frame.missing.is_none();
                let start = frame.comma.filter(|_| frame.missing.is_none()).unwrap_or(frame.key);
                let end = if is_first { at + 1 } else { at };
                self.cut(Slip::NoValue, start, end, (frame.key, self.last));
                (self.at, self.last) = (end, end);
                self.expected = if is_first { Expected::Key } else { Expected::Comma };
                self.stack.last_mut().into_iter().for_each(|frame| frame.missing = None);
            }
            _ => self.delete(Slip::Comma, 1),
        }
    }

    /// A comma after the root: the root was closed too early, and another member follows.
    fn comma_after_root(&mut self) {
        let inside = self.rest().get(1..).unwrap_or_default().trim_start();
        match self.root {
            Some((start, b'}'))
                if self.last > start
                    && inside.starts_with('"')
                    && self.text.as_bytes().get(self.last - 1) == Some(&b'}') =>
            {
                let brace = (self.last - 1, self.last);
                self.note(Repair {
                    slip: Slip::EarlyClose,
                    start: brace.0,
                    end: brace.1,
                    text: "".into(),
                    place: brace,
                });
                self.push(b'}', start);
                self.expected = Expected::Comma;
            }
            _ if inside.is_empty() => self.delete(Slip::TrailingComma, 1),
            _ => self.skip_end(),
        }
    }

    pub fn colon(&mut self) {
        let length = if self.starts_with("=>") || self.starts_with(":=") { 2 } else { 1 };
        match self.expected {
            Expected::Colon => {
                if length == 2 || self.byte(0) == Some(b'=') {
                    self.repair(Slip::Equals, self.at, self.at + length, ":");
                }
                self.at += length;
                self.last = self.at;
                self.expected = Expected::Value;
            }
            Expected::End => match (self.root, self.closing_quote) {
                // Members without the braces around them.
                (None, Some(_)) => {
                    let key = self.beginning;
                    let place = (key, self.last);
                    self.note(Repair { slip: Slip::NoBraces, start: key, end: key, text: "{".into(), place });
                    self.push(b'}', key);
                    self.expected = Expected::Colon;
                }
                _ => self.skip_end(),
            },
            _ => self.delete(Slip::Junk, length),
        }
    }
}
