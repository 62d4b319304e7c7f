//! A text that is JSON, and how it is escaped at its depth.

use crate::source::recover::slip::Slip;

/// A text that is JSON, at some depth of strings inside strings.
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedJson {
    /// How many strings it is in.
    pub depth: u32,
    /// How many backslashes are before each of its quotes.
    pub before: usize,
    /// The same of the document around it.
    pub outer: Option<usize>,
    /// How many backslashes in the text mean one of its own.
    pub factor: usize,
    /// Why its escapes are wrong, as a number of the reader's causes.
    pub cause: Option<usize>,
}

impl EmbeddedJson {
    /// How many backslashes belong before each of its quotes.
    pub fn right(&self) -> usize {
        (1 << self.depth) - 1
    }
}

/// Why the escapes of a text are wrong.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// What is wrong.
    pub slip: Slip,
    /// The key of the string that holds the text.
    pub key: (usize, usize),
}

impl Cause {
    /// What is wrong, with the key at which it is wrong. `None` if the slip's own words are enough.
    pub fn words(&self, text: &str) -> Option<String> {
        let key = text.get(self.key.0..self.key.1).unwrap_or_default();
        let plain = !key.is_empty() && key.len() <= 40 && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let inside = if plain { format!("the string at \"{key}\"") } else { "a string".to_owned() };
        Some(match self.slip {
            Slip::Inner => format!("the quotes inside {inside} are not escaped"),
            Slip::Halfway => format!("inside {inside} the quotes are escaped and the backslashes are not"),
            Slip::TooOften => format!("the JSON inside {inside} is escaped too often"),
            Slip::Doubled => format!("the JSON inside {inside} has a second pair of quotes"),
            _ => return None,
        })
    }
}

/// Whether quotes alone were escaped, by the depth of the text. The number of backslashes before a quote does not show
/// it.
#[derive(Clone, Copy, Debug)]
pub struct Assumptions([bool; DEPTHS]);

/// Texts that are deeper are assumed to be like the deepest of these.
const DEPTHS: usize = 3;

impl Assumptions {
    /// The likely ones first.
    pub const ALL: &[Self] = &[
        Self([false, false, false]),
        Self([false, true, false]),
        Self([true, false, false]),
        Self([false, false, true]),
        Self([true, true, false]),
        Self([false, true, true]),
        Self([true, true, true]),
    ];
}

/// Assumptions, and for which depths they were looked at.
#[derive(Clone, Copy, Debug)]
pub struct Guess {
    assumptions: Assumptions,
    asked: [bool; DEPTHS],
}

impl Guess {
    /// They were not looked at yet.
    pub fn new(assumptions: Assumptions) -> Self {
        Self { assumptions, asked: [false; DEPTHS] }
    }

    /// Whether quotes alone were escaped in texts at this depth.
    pub fn quotes_alone(&mut self, depth: u32) -> bool {
        let place = (depth as usize).min(DEPTHS - 1);
        self.asked[place] = true;
        self.assumptions.0[place]
    }

    /// Whether a reading with other assumptions would be the same in every step.
    pub fn is_same(&self, other: Assumptions) -> bool {
        (0..DEPTHS).all(|place| !self.asked[place] || self.assumptions.0[place] == other.0[place])
    }
}
