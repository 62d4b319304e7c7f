//! The walk over a text that derives the structure from the grammar alone.

use super::embedded::{Assumptions, Cause, EmbeddedJson, Guess};
use crate::source::json::{Node, Value};
use crate::source::parser::{self, MAX_DEPTH};
use crate::source::recover::recovery::{Recovery, apply};
use crate::source::recover::slip::{Certainty, Repair, Slip, SlipSet, push};

/// How many strings that begin like JSON may turn out to hold none.
const MOST_BACKTRACKS: usize = 16;

/// A walk over a text. What it looks at ahead is bounded, and so is how often it goes back.
pub struct LevelParser<'t> {
    pub text: &'t str,
    pub at: usize,
    pub guess: Guess,
    pub state: State,
    pub repairs: Vec<Repair>,
    pub causes: Vec<Cause>,
    /// The range of the latest key.
    pub key: (usize, usize),
    pub backtracks: usize,
    /// Whether signs and white space that JSON does not have are read as their JSON look-alikes.
    pub is_lenient: bool,
}

/// The part of the parser's state that is restored when it backtracks.
#[derive(Clone, Copy)]
pub struct State {
    /// How many arrays and objects are open.
    pub depth: usize,
    /// How many quotes may still be stray.
    pub stray: usize,
    /// How many texts inside strings have been read.
    pub embedded: usize,
    /// Whether something is not certain.
    pub is_guess: bool,
}

impl<'t> LevelParser<'t> {
    pub fn new(text: &'t str, assumptions: Assumptions, stray: usize) -> Self {
        let state = State { depth: 0, stray, embedded: 0, is_guess: false };
        let (guess, repairs, causes) = (Guess::new(assumptions), Vec::new(), Vec::new());
        Self { text, at: 0, guess, state, repairs, causes, key: (0, 0), backtracks: MOST_BACKTRACKS, is_lenient: false }
    }

    /// Reads signs and white space that JSON does not have as their JSON look-alikes.
    pub fn lenient(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// What was read. If that is not JSON, what was assumed for it.
    pub fn recover(mut self) -> Result<Self, Guess> {
        match self.read() {
            Some(()) => Ok(self),
            None => Err(self.guess),
        }
    }

    fn read(&mut self) -> Option<()> {
        let (root, stray) = (self.root()?, self.state.stray);
        self.skip_white_space(&root);
        self.value(&root)?;
        self.skip_white_space(&root);
        if self.at < self.text.len() || self.repairs.is_empty() {
            return None;
        }
        let repaired = apply(self.text, &self.repairs);
        let (read, unread) = embedded_in(&repaired)?;
        if read < self.state.embedded {
            return None;
        }
        // A text inside a string is wrong in another way: the purpose of the stray quote is unknown.
        self.state.is_guess |= unread > 0 && self.state.stray < stray;
        Some(())
    }

    /// The first quote that is wrong for the main cause is the first thing to see.
    pub fn recovery(mut self) -> Recovery {
        let main = self.causes.first().map(|cause| cause.slip);
        let mut wrong = self.repairs.iter().filter(|repair| main.is_some_and(|main| repair.slip == main));
        let quote = wrong.clone().find(|repair| repair.text.ends_with('"'));
        let first = quote.or_else(|| wrong.next()).map(|repair| (repair.slip, repair.place));
        if let (Some((slip, place)), Some(repair)) = (first, self.repairs.first_mut()) {
            (repair.slip, repair.place) = (slip, place);
        }
        let mut repairs: Vec<Repair> = Vec::with_capacity(self.repairs.len());
        std::mem::take(&mut self.repairs).into_iter().for_each(|repair| push(&mut repairs, repair));
        self.repairs = repairs;
        let mut seen = SlipSet::default();
        self.repairs.iter().for_each(|repair| seen.note(repair.slip));
        let reason = self.causes.first().and_then(|cause| cause.words(self.text));
        Recovery {
            repairs: self.repairs,
            format: seen.format(),
            reason,
            certainty: if self.state.is_guess { Certainty::Guess } else { Certainty::Sure },
            opened: None,
            unknown: Vec::new(),
            readable: true,
        }
    }

    pub fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub fn take(&mut self, byte: u8) -> Option<()> {
        (self.byte() == Some(byte)).then(|| self.at += 1)
    }

    /// Goes past a sign, which may be as wide as a letter of Chinese or Japanese.
    pub fn sign(&mut self, sign: u8, wide: char) -> Option<()> {
        if self.take(sign).is_some() {
            return Some(());
        }
        let start = self.at;
        self.text.get(start..).filter(|_| self.is_lenient)?.starts_with(wide).then(|| self.at += wide.len_utf8())?;
        self.write(Slip::Wide, start, char::from(sign).to_string());
        Some(())
    }

    /// Replaces the text from `start` to here.
    pub fn write(&mut self, slip: Slip, start: usize, text: String) {
        self.repairs.push(Repair { slip, start, end: self.at, text: text.into(), place: (start, self.at) });
    }

    pub fn value(&mut self, document: &EmbeddedJson) -> Option<()> {
        self.skip_white_space(document);
        match self.byte()? {
            b'{' | b'[' if self.state.stray > 0 && self.run_inside() == document.before + document.factor => {
                self.without_first_quote(document)
            }
            b'{' => self.object(document),
            b'[' => self.array(document),
            b'"' | b'\\' => self.string(document, false),
            _ if self.state.stray > 0 => self.word_or_string(document),
            _ => self.word(),
        }
    }

    /// A word of JSON, or a string without its first quote.
    pub fn word_or_string(&mut self, document: &EmbeddedJson) -> Option<()> {
        let start = self.at;
        self.word()?;
        let word = self.text.get(start..self.at)?;
        if parser::parse(word, 0).is_some() && !matches!(self.byte(), Some(b'"' | b'\\')) {
            return Some(());
        }
        self.at = start;
        self.string(document, false)
    }

    pub fn object(&mut self, document: &EmbeddedJson) -> Option<()> {
        self.open()?;
        self.skip_white_space(document);
        if self.take(b'}').is_none() {
            loop {
                self.skip_white_space(document);
                self.string(document, true)?;
                self.skip_white_space(document);
                self.sign(b':', '\u{ff1a}')?;
                self.value(document)?;
                self.skip_white_space(document);
                if self.take(b'}').is_some() {
                    break;
                }
                self.sign(b',', '\u{ff0c}')?;
            }
        }
        self.state.depth -= 1;
        Some(())
    }

    pub fn array(&mut self, document: &EmbeddedJson) -> Option<()> {
        self.open()?;
        self.skip_white_space(document);
        if self.take(b']').is_none() {
            loop {
                self.value(document)?;
                self.skip_white_space(document);
                if self.take(b']').is_some() {
                    break;
                }
                self.sign(b',', '\u{ff0c}')?;
            }
        }
        self.state.depth -= 1;
        Some(())
    }

    pub fn open(&mut self) -> Option<()> {
        self.at += 1;
        self.state.depth += 1;
        (self.state.depth < MAX_DEPTH).then_some(())
    }

    /// A number, or a word of JSON. The strict parser decides which.
    pub fn word(&mut self) -> Option<()> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

/// How many strings of a text hold JSON, at any depth, and how many begin like JSON and hold none. `None` if the text
/// itself is not JSON.
pub fn embedded_in(text: &str) -> Option<(usize, usize)> {
    pub fn count(node: &Node) -> (usize, usize) {
        let sum = |one: (usize, usize), other: (usize, usize)| (one.0 + other.0, one.1 + other.1);
        match &node.value {
            Value::Object(members) => members.iter().map(|member| count(&member.value)).fold((0, 0), sum),
            Value::Array(elements) => elements.iter().map(count).fold((0, 0), sum),
            // A string of a string.
            Value::String(text) if text.starts_with('"') => embedded_in(text).unwrap_or_default(),
            Value::String(text) if text.trim_ascii_start().starts_with(['{', '[']) => match embedded_in(text) {
                Some((read, unread)) => (read + 1, unread),
                None => (0, usize::from(text.trim_start_matches(['{', '[', ' ', '\n', '\r', '\t']).starts_with('"'))),
            },
            _ => (0, 0),
        }
    }
    parser::parse(text, 0).map(|node| count(&node))
}
