//! Reads JSON inside strings, whatever the number of backslashes before its quotes.
//!
//! A template inside a config has one backslash before each quote, a policy inside that template three. Shell
//! replacements, templating and copies give other numbers: none, two, seven, or one number for all. The grammar decides
//! what a quote is for, so the structure can be read by it alone. The correct number of backslashes follows from the
//! depth of a text.

mod curly_quotes;
mod embedded;
mod escapes;
mod level_parser;
mod readings;
mod string;
mod white_space;

use super::recovery::Recovery;
use embedded::Assumptions;
use level_parser::{LevelParser, embedded_in};
use readings::first;

/// How many quotes may have another number of backslashes than their document's.
const MOST_STRAY: usize = 3;

/// Finds the one correct way to escape a text, if nothing else is wrong with it.
#[cold]
pub fn read(text: &str) -> Option<Recovery> {
    let usual = LevelParser::new(text, *Assumptions::ALL.first()?, 0).recover();
    usual.ok().map(LevelParser::recovery).or_else(|| curly_quotes::read(text))
}

/// The same for a text with a few wrong quotes, or whose quotes alone were escaped. With `is_lenient` it may also have
/// odd signs and white space.
#[cold]
pub fn read_further(text: &str, is_lenient: bool) -> Option<Recovery> {
    let (usual, others) = Assumptions::ALL.split_at_checked(1)?;
    let reader = |guess, stray| {
        let reader = LevelParser::new(text, guess, stray);
        if is_lenient { reader.lenient() } else { reader }
    };
    // One stray quote in a text that is otherwise correct is more likely than a text that is wrong throughout. Two are
    // not. This parser does not see a quote that is written by its number.
    let most = if text.contains("u0022") { 0 } else { MOST_STRAY };
    let mut loose = Vec::new();
    let mut read_loosely =
        |guesses| if most > 0 { first(guesses, &mut loose, &|guess| reader(guess, most)) } else { None };
    let few = read_loosely(usual);
    let is_single = few.as_ref().is_some_and(|few| few.state.stray + 1 == most && !few.state.is_guess);
    let throughout = if is_single { None } else { first(others, &mut Vec::new(), &|guess| reader(guess, 0)) };
    let best = throughout.or(few).or_else(|| read_loosely(others));
    best.map(LevelParser::recovery)
}

/// Whether a text is JSON, and each string in it that begins as JSON does is that as well.
#[cold]
pub fn is_whole(text: &str) -> bool {
    embedded_in(text).is_some_and(|(_, unread)| unread == 0)
}
