//! Readings of one text with different assumptions.

use super::embedded::{Assumptions, Guess};
use super::level_parser::LevelParser;

/// The first reading that succeeds. A reading is skipped if it would fail as one in `failed` did.
pub fn first<'t>(
    guesses: &[Assumptions],
    failed: &mut Vec<Guess>,
    reader: &dyn Fn(Assumptions) -> LevelParser<'t>,
) -> Option<LevelParser<'t>> {
    for guess in guesses {
        if failed.iter().any(|failed| failed.is_same(*guess)) {
            continue;
        }
        match reader(*guess).recover() {
            Ok(found) => return Some(found),
            Err(guess) => failed.push(guess),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// How many readings are made, and whether one is JSON.
    fn readings(text: &str, stray: usize) -> (usize, bool) {
        let count = Cell::new(0);
        let reader = |guess| {
            count.set(count.get() + 1);
            LevelParser::new(text, guess, stray)
        };
        let found =
            first(Assumptions::ALL, &mut Vec::new(), &reader).map(|found| (found.repairs, found.state.is_guess));
        let all = Assumptions::ALL.iter().find_map(|guess| LevelParser::new(text, *guess, stray).recover().ok());
        assert_eq!(
            format!("{found:?}"),
            format!("{:?}", all.map(|found| (found.repairs, found.state.is_guess))),
            "{text}"
        );
        (count.get(), found.is_some())
    }

    #[test]
    fn a_reading_that_would_be_the_same_is_passed_over() {
        // Nothing is in a string, so that nothing is assumed.
        assert_eq!(readings(r#"{"a": {"b": 1}"#, 3), (1, false));
        // A string in a string, as in a policy of a template: one depth counts.
        assert_eq!(readings(r#"{"a": "{\"b\": 1}""#, 0), (2, false));
        // One more string around: two depths count.
        assert_eq!(readings(r#"{"a": "{\"b\": \"{\\\"c\\\": 1}\"}""#, 0), (3, false));
        // Quotes alone were escaped inside, which another reading finds.
        let (count, is_json) = readings(r#"{"a": "{\"b\": \"c\n\"}", "d": "{\"e\": \"{\\"f\\": 1}\"}"}"#, 0);
        assert!(is_json && count > 1, "{count}");
    }
}
