//! What is wrong with a text that is not JSON, and the text without that.

use super::slip::{Certainty, FormatGuess, Repair};

/// What is wrong with a text that is not JSON.
#[derive(Debug)]
pub struct Recovery {
    /// In the order of the text, without overlap; never empty.
    pub repairs: Vec<Repair>,
    /// The format that they suggest.
    pub format: Option<&'static FormatGuess>,
    /// What is wrong first, if there is more to say than the slip's own words.
    pub reason: Option<String>,
    /// How certain it is that all repairs together give what was meant.
    pub certainty: Certainty,
    /// The range of something that was opened and not closed.
    pub opened: Option<(usize, usize)>,
    /// The ranges of values that are unknown: placeholders, and results of functions.
    pub unknown: Vec<(usize, usize)>,
    /// Whether the repairs leave something to read.
    pub readable: bool,
}

/// The text with its repairs.
#[cold]
pub fn apply(text: &str, repairs: &[Repair]) -> String {
    let mut repaired = String::with_capacity(text.len() + repairs.len());
    let mut copied = 0;
    for repair in repairs {
        repaired.push_str(text.get(copied..repair.start).unwrap_or_default());
        repaired.push_str(&repair.text);
        copied = repair.end;
    }
    repaired.push_str(text.get(copied..).unwrap_or_default());
    repaired
}
