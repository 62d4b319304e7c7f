//! White space between the tokens, which inside a string is escaped as often as the text around it.

use super::embedded::EmbeddedJson;
use super::level_parser::LevelParser;
use crate::source::recover::slip::Slip;
use crate::source::recover::word::is_odd_space;

impl LevelParser<'_> {
    /// Goes to the next token, and writes white space as the document's depth asks.
    pub fn skip_white_space(&mut self, document: &EmbeddedJson) {
        while let Some(byte) = self.byte() {
            match byte {
                b' ' => self.at += 1,
                b'\n' | b'\r' | b'\t' if document.depth == 0 => self.at += 1,
                b'\n' => self.line_break(document, 1, 'n', self.slip(document, Slip::Break)),
                b'\r' => self.line_break(document, 1, 'r', self.slip(document, Slip::Break)),
                b'\t' => self.line_break(document, 1, 't', self.slip(document, Slip::Control)),
                b'\\' | b'n' | b'r' | b't' => {
                    if !self.escaped_white_space(document) {
                        return;
                    }
                }
                0x80.. => {
                    let next = self.text.get(self.at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
                    if !is_odd_space(next) || !self.is_lenient {
                        return;
                    }
                    let start = self.at;
                    self.at += next.len_utf8();
                    self.write(Slip::OddSpace, start, " ".to_owned());
                }
                _ => return,
            }
        }
    }

    /// Reads white space that is written as an escape; returns whether there was any.
    fn escaped_white_space(&mut self, document: &EmbeddedJson) -> bool {
        let (run, next) = self.run();
        let letter = match next {
            Some(b'n') => 'n',
            Some(b'r') => 'r',
            Some(b't') => 't',
            _ => return false,
        };
        if run == 0 {
            if self.state.stray == 0 || !self.is_bare_white_space(self.at) {
                return false;
            }
            self.state.stray -= 1;
        }
        let right = match document.depth {
            0 => 0,
            depth => 1 << (depth - 1),
        };
        if document.depth > 0 && run == right {
            self.at += run + 1;
        } else {
            self.line_break(document, run + 1, letter, self.slip(document, Slip::Stray));
        }
        true
    }

    /// Whether the letter at a place is white space that has lost its backslash, and begins no word.
    pub fn is_bare_white_space(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let after = bytes.get(at + 1).copied().unwrap_or_default();
        matches!(bytes.get(at), Some(b'n' | b'r' | b't')) && b" \n\\\"{}[],:".contains(&after)
    }

    /// Writes white space of `length` characters as the document's depth requires.
    fn line_break(&mut self, document: &EmbeddedJson, length: usize, letter: char, slip: Slip) {
        let start = self.at;
        self.at += length;
        let text = match (document.depth, letter) {
            (0, 't') => "\t".to_owned(),
            (0, 'r') => String::new(),
            (0, _) => "\n".to_owned(),
            (depth, letter) => format!("{}{letter}", "\\".repeat(1 << (depth - 1))),
        };
        self.write(slip, start, text);
    }
}
