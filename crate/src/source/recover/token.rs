//! Keys and values that are strings or words, and what is neither.

use super::scan::{Expected, Scan};
use super::slip::{Repair, Slip};
use super::string::{QUOTES, Quote};
use super::word;
use crate::source::{json, parser};

impl Scan<'_> {
    /// A string, or a word without quotes.
    pub fn scalar(&mut self) {
        let quote = QUOTES.iter().find(|quote| self.starts_with(quote.open));
        let touches = self.closing_quote.is_some_and(|(_, end)| end == self.at);
        let is_word = self.byte(0).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'\\');
        self.is_torn |= touches && is_word && matches!(self.expected, Expected::Comma | Expected::Colon);
        if self.expected != Expected::End && quote.is_none() && self.junk() {
            return;
        }
        match self.expected {
            Expected::End => return self.skip_end(),
            Expected::Comma => {
                let adjacent = self.stack.last().is_some_and(|frame| frame.close == b')');
                if adjacent {
                    return if quote.is_some() { self.plus() } else { self.delete_char(Slip::Junk) };
                }
                self.miss_comma();
            }
            Expected::Colon => {
                self.repair(Slip::NoColon, self.last, self.last, ":");
                self.expected = Expected::Value;
            }
            Expected::Value | Expected::Key => {}
        }
        if self.expected == Expected::Key {
            let key = self.at;
            self.stack.last_mut().into_iter().for_each(|frame| frame.key = key);
        }
        self.token(quote);
    }

    fn delete_char(&mut self, slip: Slip) {
        let length = self.char_end(self.at).saturating_sub(self.at).max(1);
        self.delete(slip, length);
    }

    /// Removes characters that cannot be part of a word; returns whether there were any.
    fn junk(&mut self) -> bool {
        let dots = self.rest().bytes().take_while(|byte| *byte == b'.').count();
        if dots > 1 || self.starts_with("…") {
            self.delete(Slip::Ellipsis, if dots > 1 { dots } else { "…".len() });
        } else if self.starts_with("\\") {
            self.delete(Slip::Markdown, 1);
        } else if self.starts_with("```") {
            self.delete(Slip::Junk, 3);
        } else if !word::starts(self.rest()) {
            self.delete_char(Slip::Junk);
        } else {
            return false;
        }
        true
    }

    /// Joins a string with the next one.
    pub fn plus(&mut self) {
        let plus = if self.byte(0) == Some(b'+') { 1 } else { 0 };
        let spaces = self.rest().get(plus..).map_or(0, |rest| rest.len() - rest.trim_ascii_start().len());
        let next = self.at + plus + spaces;
        let quote = QUOTES.iter().find(|quote| self.text.get(next..).is_some_and(|rest| rest.starts_with(quote.open)));
        match (self.expected, quote, self.closing_quote) {
            (Expected::Comma, Some(quote), Some((closing, end))) if end == self.last => {
                let end = next + quote.open.len();
                self.cut(Slip::Plus, closing, end, (self.at, self.char_end(self.at)));
                self.at = end;
                self.string_content(quote, next);
                self.end_value();
            }
            (Expected::Value, ..) => self.scalar(),
            (Expected::Comma, ..) if plus == 1 => {
                let length = plus + spaces + self.text.get(next..).map_or(0, |rest| word::length(rest, true));
                self.delete(Slip::PlusWord, length);
            }
            _ => self.delete_char(Slip::Junk),
        }
    }

    /// Leaves out an array or object in the place of a key.
    pub fn lose(&mut self) {
        let end = word::extent(self.text, self.at).unwrap_or(self.text.len());
        let place = (self.at, self.char_end(self.at));
        self.note(Repair { slip: Slip::Lost, start: self.at, end, text: "".into(), place });
        self.at = end;
    }

    /// Reads a string, or a word without quotes, as a key or value.
    pub fn token(&mut self, quote: Option<&'static Quote>) {
        let (start, is_key) = (self.at, self.expected == Expected::Key);
        let mut quote = quote;
        if quote.is_none() {
            let end = start + word::length(self.rest(), is_key);
            let word = self.text.get(start..end).unwrap_or_default();
            let after = self.text.get(end..).unwrap_or_default();
            if word.len() < 3 && word.bytes().all(|byte| b"bfru".contains(&byte.to_ascii_lowercase())) {
                quote = QUOTES.iter().find(|quote| after.starts_with(quote.open));
            }
            if quote.is_some() {
                self.repair(Slip::PyWord, start, end, "");
                self.at = end;
            } else if !is_key && after.starts_with('(') {
                self.at = end;
                return self.open_paren(start);
            } else {
                self.word(word, is_key);
                self.at = end;
                self.closing_quote = None;
            }
        }
        if quote.is_none_or(|quote| self.string(quote)) {
            self.end_token(is_key);
        }
    }

    fn word(&mut self, word: &str, is_key: bool) {
        let end = self.at + word.len();
        let first = word.bytes().next().unwrap_or_default();
        let (slip, text) = match word {
            _ if is_key => (Slip::BareKey, json::quote(word)),
            "True" => (Slip::PyWord, "true".to_owned()),
            "False" => (Slip::PyWord, "false".to_owned()),
            "None" => (Slip::PyWord, "null".to_owned()),
            _ if parser::parse(word, 0).is_some() => return,
            _ if first == b'$' || word::bracketed(word).is_some() => (Slip::Variable, json::quote(word)),
            _ if first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.') => (Slip::Number, json::quote(word)),
            _ => (Slip::BareWord, json::quote(word)),
        };
        self.counts[2] += usize::from(is_key);
        if slip == Slip::Variable {
            self.unknown.push((self.at, end));
        }
        self.repair(slip, self.at, end, text);
    }
}
