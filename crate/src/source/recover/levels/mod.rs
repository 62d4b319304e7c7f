//! Reads JSON inside strings, whatever the number of backslashes before its quotes.
//!
//! A template inside a config has one backslash before each quote, a policy inside that template three. Shell replacements,
//! templating and copies give other numbers: none, two, seven, or one number for all. The grammar tells what a quote is for, so
//! that the structure can be read by it alone; the right number of backslashes follows from how deep a text is.

mod curly_quotes;
mod embedded;
mod escapes;
mod level_parser;
mod string;
mod white_space;

use super::recovery::Recovery;
use embedded::Assumptions;
use level_parser::{LevelParser, embedded_in};

/// How many quotes may have another number of backslashes than their document's.
const MOST_STRAY: usize = 3;

/// Finds the one way to escape a text right, where nothing else is wrong with it.
#[cold]
pub fn read(text: &str) -> Option<Recovery> {
    let usual = LevelParser::new(text, *Assumptions::ALL.first()?, 0).recover();
    usual.map(LevelParser::recovery).or_else(|| curly_quotes::read(text))
}

/// The same for a text that few quotes are wrong in, or that had its quotes escaped alone; `is_lenient` where it may have odd signs
/// and white space besides.
#[cold]
pub fn read_further(text: &str, is_lenient: bool) -> Option<Recovery> {
    let read = |guess: &Assumptions, stray: usize| {
        let reader = LevelParser::new(text, *guess, stray);
        if is_lenient { reader.lenient().recover() } else { reader.recover() }
    };
    let (usual, others) = Assumptions::ALL.split_first()?;
    // One stray quote in a text that is right otherwise is more likely than a text that is wrong throughout; two are not. A quote
    // that is written by its number is none to this reader.
    let most = if text.contains("u0022") { 0 } else { MOST_STRAY };
    let few = if most > 0 { read(usual, most) } else { None };
    let is_single = few.as_ref().is_some_and(|few| few.state.stray + 1 == most && !few.state.is_guess);
    let throughout = if is_single { None } else { others.iter().find_map(|guess| read(guess, 0)) };
    let best = throughout.or(few).or_else(|| others.iter().find_map(|guess| read(guess, most)));
    best.map(LevelParser::recovery)
}

/// Whether a text is JSON, and each string in it that begins as JSON does is that as well.
#[cold]
pub fn is_whole(text: &str) -> bool {
    embedded_in(text).is_some_and(|(_, unread)| unread == 0)
}
