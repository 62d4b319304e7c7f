//! Walks over a text that means to be JSON and notes what keeps it from being that.

use super::recovery::Recovery;
use super::slip::{Certainty, Repair, Slip, SlipSet};
use super::word;
use std::borrow::Cow;

/// The next token in correct JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// A key.
    Key,
    /// The colon after a key.
    Colon,
    /// A comma, or the end of what is open.
    Comma,
    /// Nothing more.
    End,
}

/// An array, an object or a parenthesis that is open.
#[derive(Clone, Copy, Debug)]
pub struct OpenBracket {
    /// What closes it.
    pub close: u8,
    /// Where it was opened.
    pub start: usize,
    /// Its latest comma.
    pub comma: Option<usize>,
    /// Where its latest key starts.
    pub key: usize,
    /// Where a comma is missing, and what is after it. It counts only once that is known to be an element.
    pub missing: Option<(usize, usize)>,
}

/// A walk over a text. It never goes back, and what it looks at ahead is bounded.
pub struct Scan<'t> {
    pub text: &'t str,
    /// Where the walk is; always between two characters.
    pub at: usize,
    /// Where the latest token ended.
    pub last: usize,
    pub expected: Expected,
    pub stack: Vec<OpenBracket>,
    /// Where the first token starts.
    pub beginning: usize,
    /// Where the root starts, and what closes it.
    pub root: Option<(usize, u8)>,
    pub repairs: Vec<Repair>,
    pub seen: SlipSet,
    /// How many strings have straight double quotes, how many have single quotes, and how many keys have none.
    pub counts: [usize; 3],
    /// The closing quote of the latest token, if that is a string.
    pub closing_quote: Option<(usize, usize)>,
    /// What was opened and not closed.
    pub opened: Option<(usize, usize)>,
    /// The values that only the machine knows that fills in the text.
    pub unknown: Vec<(usize, usize)>,
    /// Whether what is still to come has been searched for a closing bracket in vain.
    pub no_extent: bool,
    /// How often the rest of the text may still be counted.
    pub counts_left: u8,
    pub is_hopeless: bool,
    /// Whether a word is right after a string. Then one of the two ends or begins at the wrong place, and so does
    /// everything after them.
    pub is_torn: bool,
}

impl<'t> Scan<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            last: 0,
            expected: Expected::Value,
            stack: Vec::new(),
            beginning: 0,
            root: None,
            repairs: Vec::new(),
            seen: SlipSet::default(),
            counts: [0; 3],
            closing_quote: None,
            opened: None,
            unknown: Vec::new(),
            no_extent: false,
            counts_left: 16,
            is_hopeless: false,
            is_torn: false,
        }
    }

    /// Walks to the end.
    pub fn run(mut self) -> Recovery {
        self.skip_beginning();
        self.skip_white_space();
        self.beginning = self.at;
        while !self.is_hopeless {
            self.skip_white_space();
            let Some(byte) = self.byte(0) else { break };
            match byte {
                b'{' | b'[' if !self.starts_with("{{") || word::bracketed(self.rest()).is_none() => self.open(byte),
                b'(' => self.open_paren(self.at),
                b'}' | b']' | b')' => self.close(byte),
                b',' | b';' => self.comma(byte),
                b':' | b'=' => self.colon(),
                b'+' => self.plus(),
                _ => self.scalar(),
            }
        }
        self.finish()
    }

    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The byte so far ahead.
    pub fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    pub fn starts_with(&self, what: &str) -> bool {
        self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(what.as_bytes()))
    }

    /// The end of the character at `at`.
    pub fn char_end(&self, at: usize) -> usize {
        at + self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }

    /// Notes a replacement for a piece of the text. An insertion points at the next character.
    pub fn repair(&mut self, slip: Slip, start: usize, end: usize, text: impl Into<Cow<'static, str>>) {
        let place = if start < end { (start, end) } else { (self.at, self.char_end(self.at)) };
        self.note(Repair { slip, start, end, text: text.into(), place });
    }

    /// Adds a repair in order. Two that touch become one if either inserts.
    pub fn note(&mut self, mut repair: Repair) {
        self.seen.note(repair.slip);
        let index = self.repairs.iter().rposition(|other| other.end <= repair.start).map_or(0, |before| before + 1);
        if let Some(before) = index.checked_sub(1).and_then(|before| self.repairs.get_mut(before))
            && before.end == repair.start
            && before.start == before.end
        {
            before.text = Cow::Owned(format!("{}{}", before.text, repair.text));
            before.end = repair.end;
        } else if let Some(next) = self.repairs.get_mut(index)
            && next.start == repair.end
            && repair.start == repair.end
        {
            repair.text.to_mut().push_str(&next.text);
            repair.end = next.end;
            *next = repair;
        } else {
            self.repairs.insert(index, repair);
        }
    }

    /// Takes a piece out of the text, with whatever was to be repaired in it; `place` is what to point at.
    pub fn cut(&mut self, slip: Slip, start: usize, end: usize, place: (usize, usize)) {
        let text = if self.forget(start) { "{" } else { "" };
        self.note(Repair { slip, start, end, text: text.into(), place });
    }

    /// Removes the repairs from a place on; returns whether one of them opened the object without braces.
    pub fn forget(&mut self, start: usize) -> bool {
        let mut opened = false;
        while let Some(repair) = self.repairs.pop_if(|repair| repair.start >= start) {
            opened |= repair.slip == Slip::NoBraces;
        }
        opened
    }

    pub fn delete(&mut self, slip: Slip, length: usize) {
        self.repair(slip, self.at, self.at + length, "");
        self.at += length;
    }

    /// Notes that a value has ended here.
    pub fn end_value(&mut self) {
        self.end_token(false);
    }

    /// Notes that a key or value has ended here.
    pub fn end_token(&mut self, is_key: bool) {
        self.last = self.at;
        if !is_key {
            self.add_comma();
        }
        self.expected = match (is_key, self.stack.is_empty()) {
            (true, _) => Expected::Colon,
            (_, true) => Expected::End,
            _ => Expected::Comma,
        };
    }

    /// Closes what is open at the end of the text.
    fn finish(mut self) -> Recovery {
        if !self.is_hopeless {
            let whole = matches!(self.expected, Expected::Comma | Expected::End) && !self.seen.has(Slip::CutShort);
            let mut slip = if whole { Slip::NotClosed } else { Slip::CutShort };
            let mut closers = String::new();
            while let Some(frame) = self.stack.last().copied() {
                if frame.close != b')' {
                    self.tidy(Slip::CutShort);
                    self.opened = self.opened.or(Some((frame.start, self.char_end(frame.start))));
                    closers.push(char::from(frame.close));
                }
                self.stack.pop();
            }
            if !closers.is_empty() {
                if whole && closers == "}" && self.seen.has(Slip::NoBraces) {
                    slip = Slip::NoBraces;
                    self.opened = None;
                }
                let end = self.text.len();
                self.note(Repair { slip, start: end, end, text: closers.into(), place: (end, end) });
            }
        }
        // One word in single quotes makes no dict, and one key without any no object of JavaScript.
        let [double, single, bare] = self.counts;
        let mut seen = self.seen;
        if single < double {
            seen.forget(Slip::Single);
        }
        if bare * 2 < double {
            seen.forget(Slip::BareKey);
        }
        let readable = !self.is_hopeless && !self.is_torn && (self.root.is_some() || self.expected == Expected::End);
        let certainty = match (self.seen.certainty(), seen.format()) {
            (Certainty::Likely, Some(_)) => Certainty::Guess,
            (Certainty::Likely, None) => Certainty::Sure,
            (certainty, _) => certainty,
        };
        Recovery {
            repairs: self.repairs,
            format: seen.format(),
            reason: None,
            certainty,
            opened: self.opened,
            unknown: self.unknown,
            readable,
        }
    }
}
