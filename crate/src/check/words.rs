//! Words: how they are quoted, which ones are alike, which one was meant.

use crate::diagnostic::Finding;
use crate::source::{SourceRange, quote};
use std::collections::BTreeMap;
use strsim::osa_distance;

/// A word as JSON would quote it, cut if it is too long for a message.
#[cold]
pub fn quoted(word: &str) -> String {
    const LONGEST: usize = 80;
    if word.chars().count() <= LONGEST {
        return quote(word);
    }
    let cut: String = word.chars().take(LONGEST).collect();
    quote(&format!("{cut}…"))
}

/// Whether two keys are the same once case, hyphens and underscores are left aside.
pub fn same_but_spelling(one: &str, other: &str) -> bool {
    // Lengths differ by separators only, and there are few. Both are compared as they are read: this is asked for every key and each of the
    // keys that it may mean.
    one.len().abs_diff(other.len()) <= 8 && may_begin_alike(one, other) && plain(one).eq(plain(other))
}

/// Whether the first letters do not tell that two keys differ.
fn may_begin_alike(one: &str, other: &str) -> bool {
    let is_letter = u8::is_ascii_alphanumeric;
    match (one.as_bytes().first(), other.as_bytes().first()) {
        (Some(one), Some(other)) if is_letter(one) && is_letter(other) => one.eq_ignore_ascii_case(other),
        _ => true,
    }
}

/// The letters that count.
fn plain(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ')).map(|byte| byte.to_ascii_lowercase())
}

/// The candidate nearest to `word`, if one is near enough to be meant and no other is as near.
#[cold]
pub fn nearest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    // A comparison takes the product of the lengths. A longer word is not a slip of the finger, and a text with more
    // names than these was made by a machine.
    const LONGEST: usize = 64;
    const MOST: usize = 256;
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let length = lower.chars().count();
    let mut best: Option<(usize, Option<&str>)> = None;
    for candidate in candidates.iter().take(MOST).filter(|candidate| candidate.len() <= LONGEST) {
        let most = (candidate.len() / 4).max(1);
        // No fewer letters differ than one word has more.
        if length.abs_diff(candidate.chars().count()) > most {
            continue;
        }
        let distance = osa_distance(&lower, &candidate.to_ascii_lowercase());
        if distance > most {
            continue;
        }
        best = match best {
            Some((before, _)) if before < distance => best,
            Some((before, Some(other))) if before == distance && other != *candidate => Some((distance, None)),
            Some((before, _)) if before == distance => best,
            _ => Some((distance, Some(candidate))),
        };
    }
    best?.1
}

/// The title of a fix that writes a word in another's place.
#[cold]
pub fn write(word: &str) -> String {
    format!("Write {}", quoted(word))
}

/// Adds the word that was most likely meant, and the fix that writes it.
#[cold]
pub fn did_you_mean(finding: Finding, near: &str, place: SourceRange) -> Finding {
    finding.help(format!("Did you mean {}?", quoted(near))).fix(write(near), place, quoted(near))
}

/// Finds names by number. One type serves all uses, to keep the wasm small.
#[derive(Default)]
pub struct NameIndex(BTreeMap<Box<str>, usize>);

impl NameIndex {
    /// Gives a name a number, and returns the number that it had.
    pub fn insert(&mut self, name: &str, number: usize) -> Option<usize> {
        self.0.insert(name.into(), number)
    }

    /// The number of a name.
    pub fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_by_their_letters() {
        let keys =
            ["", "-", "_a", "a", "A-", "-b", "ThingName", "thing_name", "THING-NAME", "Thing Names", "éa", "É-a", "éA"];
        for one in keys {
            for other in keys {
                let same = plain(one).eq(plain(other));
                assert_eq!(same_but_spelling(one, other), same, "{one:?} and {other:?}");
            }
        }
    }
}
