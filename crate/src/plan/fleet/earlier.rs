//! Which rows repeat an earlier one, in a few bytes a row.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

/// The first row of each.
type Seen = HashMap<Word, u32, WordHashes>;

/// Where each certificate and each thing name was first. Positions are below 2^32.
#[derive(Debug, Default)]
pub struct EarlierRows {
    certificates: Seen,
    things: Seen,
}

impl EarlierRows {
    /// The earlier row with the same certificate or name. A certificate that is given twice is one device, which may
    /// have one name.
    pub fn compare(&mut self, index: u32, id: Option<&[u8]>, thing: Option<&[u8]>) -> [Option<u32>; 2] {
        let first = |seen: &mut Seen, word: Word| {
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
#[derive(Debug, PartialEq, Eq)]
struct Word([u8; SIZE]);

impl Hash for Word {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let word = u128::from_le_bytes(self.0);
        state.write_u64(word as u64);
        state.write_u64((word >> 64) as u64);
    }
}

/// Makes hashers that nobody outside can foresee, if the platform has random numbers. The standard ones take several times as long.
#[derive(Debug)]
struct WordHashes(u64);

impl Default for WordHashes {
    fn default() -> Self {
        Self(RandomState::new().hash_one(()))
    }
}

impl BuildHasher for WordHashes {
    type Hasher = WordHasher;

    fn build_hasher(&self) -> WordHasher {
        WordHasher(self.0)
    }
}

/// Mixes the two halves of a word.
#[derive(Debug)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64((*byte).into()));
    }

    fn write_u64(&mut self, half: u64) {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        // The table looks at the highest and the lowest bits.
        let mixed = (self.0 ^ half).wrapping_mul(FACTOR);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

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

#[cfg(test)]
mod tests {
    use super::{Word, WordHashes};
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    #[test]
    fn names_in_a_row_are_spread_over_a_table() {
        const NAMES: usize = 1 << 14;
        let hashes = WordHashes::default();
        for width in [4, 7, 12, 20] {
            let low = |i: usize| hashes.hash_one(Word::of(format!("d-{i:0width$}").as_bytes())) as usize % NAMES;
            let places: HashSet<usize> = (0..NAMES).map(low).collect();
            // Random places would be 63 % of all.
            assert!(places.len() > NAMES / 2, "{} places for names of width {width}", places.len());
        }
    }
}
