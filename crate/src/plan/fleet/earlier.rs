//! Which rows repeat an earlier one, in a few bytes a row.

use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Where each certificate and each thing name was first. Positions are below 2^32.
#[derive(Debug, Default)]
pub struct EarlierRows {
    certificates: HashMap<Word, u32>,
    things: HashMap<Word, u32>,
}

impl EarlierRows {
    /// The earlier row with the same certificate or name. A certificate that is given twice is one device, which may
    /// have one name.
    pub fn compare(&mut self, index: u32, id: Option<&[u8]>, thing: Option<&[u8]>) -> [Option<u32>; 2] {
        let first = |seen: &mut HashMap<Word, u32>, word: Word| {
            let before = *seen.entry(word).or_insert(index);
            (before != index).then_some(before)
        };
        let Some(id) = id else { return [None, None] };
        let duplicate_of = first(&mut self.certificates, Word::of_id(id));
        let thing = thing.filter(|_| duplicate_of.is_none());
        [duplicate_of, thing.and_then(|thing| first(&mut self.things, Word::of(thing)))]
    }
}

/// A text, in sixteen bytes: the text itself if it is short, the beginning of its SHA-256 otherwise. Two different texts have the same
/// with a probability of 2^-120.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Word([u8; SIZE]);

const SIZE: usize = 16;

impl Word {
    fn of(text: &[u8]) -> Self {
        let mut word = [0; SIZE];
        match text.len() {
            length @ 0..SIZE => {
                word[..length].copy_from_slice(text);
                word[SIZE - 1] = length as u8;
            }
            _ => {
                word.copy_from_slice(&Sha256::digest(text)[..SIZE]);
                word[SIZE - 1] = u8::MAX;
            }
        }
        Self(word)
    }

    /// A certificate ID is a SHA-256 already.
    fn of_id(id: &[u8]) -> Self {
        const DIGITS: usize = 64;
        let mut word = [0; SIZE];
        let is_hex = id.len() == DIGITS
            && id.chunks_exact(2).zip(&mut word).all(|(pair, byte)| match [digit(pair[0]), digit(pair[1])] {
                [Some(high), Some(low)] => {
                    *byte = high << 4 | low;
                    true
                }
                _ => false,
            });
        if is_hex { Self(word) } else { Self::of(id) }
    }
}

/// The value of a digit as certificate IDs have them.
fn digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
