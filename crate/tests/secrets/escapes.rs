//! Keys in strings with any character escaped, at several levels, each in a different way.

use crate::dice::Dice;
use crate::escape::quote_somehow;
use crate::forms::forms;
use crate::made::{keys, leak, pieces};
use crate::others::files;
use crate::places::assert_gone;
use std::collections::HashSet;

/// The searched text stays JSON, and no level of it holds a piece.
fn assert_gone_at_each_level(at: &str, form: &str, levels: usize, dice: &mut Dice, pieces: &HashSet<String>) {
    let mut text = form.to_owned();
    for level in 0..levels {
        // A key of an object, or a value: what is inside a string is a document itself.
        let string = quote_somehow(&text, dice);
        let around = if dice.roll(2) == 0 { format!("{{{string}: 1}}") } else { format!("{{\"a\": {string}}}") };
        text = if level + 1 == levels && dice.roll(2) == 0 { string } else { around };
    }
    let mut inner = assert_gone(at, &text, pieces);
    for level in 0..levels {
        let read = serde_json::from_str(&inner).unwrap_or_else(|error| panic!("{at}: {error}, level {level}: {inner}"));
        inner = match read {
            serde_json::Value::String(text) => text,
            serde_json::Value::Object(members) => {
                let (key, value) = members.into_iter().next().expect("a member");
                value.as_str().map_or(key, str::to_owned)
            }
            other => panic!("{at}: {other}"),
        };
        assert_eq!(leak(&inner, pieces), None, "{at}: level {level}: {inner}");
    }
}

#[test]
fn no_piece_is_left_whatever_is_escaped() {
    for key in keys("escapes") {
        let pieces = pieces(&key.private);
        for (form, text) in forms(&key) {
            let mut dice = Dice::of(&format!("{} {form}", key.name));
            for levels in 1..=3 {
                let at = format!("{} as {form}, escaped {levels} times", key.name);
                assert_gone_at_each_level(&at, &text, levels, &mut dice, &pieces);
            }
        }
    }
}

#[test]
fn no_piece_of_other_files_is_left_whatever_is_escaped() {
    let octets = Dice::of("escaped files").bytes(700);
    let pieces = pieces(&octets);
    for (form, text) in files(&octets) {
        let mut dice = Dice::of(form);
        for levels in 1..=4 {
            assert_gone_at_each_level(&format!("{form}, escaped {levels} times"), &text, levels, &mut dice, &pieces);
        }
    }
}
