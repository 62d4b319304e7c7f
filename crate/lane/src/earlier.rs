//! Which rows repeat an earlier one, in a few bytes a row.

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use sha2::{Digest, Sha256};
use std::hash::BuildHasher;

/// Bytes of a word.
const SIZE: usize = 16;
/// What is remembered. It is compared whole.
type Word = [u8; SIZE];

/// Where each certificate and each thing name was first. Positions are below 2^32.
#[derive(Debug, Default)]
pub struct EarlierRows {
    certificates: FirstRows,
    things: FirstRows,
    asked: Vec<[Option<Asked>; 2]>,
}

/// The first row with each word.
#[derive(Debug, Default)]
struct FirstRows {
    rows: HashTable<(Word, u32)>,
    hasher: DefaultHashBuilder,
}

/// A word to look for.
#[derive(Clone, Copy, Debug)]
struct Asked {
    word: Word,
    hash: u64,
}

/// The certificate ID and the thing name of a row.
pub type Names<'a> = [Option<&'a [u8]>; 2];

impl EarlierRows {
    /// Adds for each of some rows, of which the first has this position, the earlier row with the same certificate or name. A certificate
    /// that is given twice is one device, which may have one name.
    pub fn compare<'a>(
        &mut self,
        index: u32,
        rows: impl Iterator<Item = Names<'a>>,
        found: &mut Vec<[Option<u32>; 2]>,
    ) {
        let Self { certificates, things, asked } = self;
        asked.clear();
        asked.extend(rows.map(|[id, thing]| {
            [id.map(|id| certificates.asked(word_of_id(id))), thing.map(|thing| things.asked(word_of(thing)))]
        }));
        // In a large fleet each look is at memory that is not in a cache. Looks that do not depend on each other wait together.
        let mut known = 0;
        for [id, thing] in &*asked {
            known += usize::from(id.is_some_and(|id| certificates.get(&id).is_some()));
            known += usize::from(thing.is_some_and(|thing| things.get(&thing).is_some()));
        }
        std::hint::black_box(known);
        for (index, [id, thing]) in (index..).zip(&*asked) {
            let Some(id) = id else {
                found.push([None, None]);
                continue;
            };
            let duplicate_of = certificates.first(id, index);
            let thing = thing.filter(|_| duplicate_of.is_none());
            found.push([duplicate_of, thing.and_then(|thing| things.first(&thing, index))]);
        }
    }
}

impl FirstRows {
    fn asked(&self, word: Word) -> Asked {
        Asked { word, hash: self.hasher.hash_one(word) }
    }

    fn get(&self, asked: &Asked) -> Option<&(Word, u32)> {
        self.rows.find(asked.hash, |(word, _)| *word == asked.word)
    }

    /// The first row with a word, if it is not this one.
    fn first(&mut self, asked: &Asked, index: u32) -> Option<u32> {
        let Self { rows, hasher } = self;
        match rows.entry(asked.hash, |(word, _)| *word == asked.word, |(word, _)| hasher.hash_one(word)) {
            Entry::Occupied(entry) => Some(entry.get().1),
            Entry::Vacant(entry) => {
                entry.insert((asked.word, index));
                None
            }
        }
    }
}

/// A text, in sixteen bytes: the text itself if it is short, the beginning of its SHA-256 otherwise. Two different texts have the same
/// with a probability of 2^-120.
fn word_of(text: &[u8]) -> Word {
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
    word
}

/// A certificate ID is a SHA-256 already.
fn word_of_id(id: &[u8]) -> Word {
    const DIGITS: usize = 64;
    let (mut word, mut all) = ([0; SIZE], 0);
    for (pair, byte) in id.as_chunks::<2>().0.iter().zip(&mut word) {
        let [high, low] = pair.map(|digit| VALUES[usize::from(digit)]);
        all |= high | low;
        *byte = high << 4 | low & 15;
    }
    if id.len() == DIGITS && all < 16 { word } else { word_of(id) }
}

/// The value of each digit as certificate IDs have them; 255 for other characters.
static VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut at = 0;
    while at < 16 {
        values[b"0123456789abcdef"[at] as usize] = at as u8;
        at += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn id(number: u32) -> Vec<u8> {
        let digest = Sha256::digest(number.to_le_bytes());
        digest.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
    }

    fn compare(rows: &mut EarlierRows, index: u32, id: Option<&[u8]>, thing: Option<&[u8]>) -> [Option<u32>; 2] {
        let mut found = Vec::new();
        rows.compare(index, std::iter::once([id, thing]), &mut found);
        found[0]
    }

    #[test]
    fn the_first_of_each_is_found_whatever_comes_between() {
        let mut rows = EarlierRows::default();
        let (mut ids, mut things) = (HashMap::new(), HashMap::new());
        let mut dice = 1_u32;
        for index in 0..50_000 {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (number, name) = (dice >> 16, format!("device-{}", dice >> 17));
            let name = if dice.is_multiple_of(3) { format!("a longer name: {name}") } else { name };
            let before = *ids.entry(number).or_insert(index);
            let duplicate_of = (before != index).then_some(before);
            let same = if duplicate_of.is_none() { *things.entry(name.clone()).or_insert(index) } else { index };
            let same_thing_as = (same != index).then_some(same);
            assert_eq!(
                compare(&mut rows, index, Some(&id(number)), Some(name.as_bytes())),
                [duplicate_of, same_thing_as]
            );
        }
        assert_eq!(compare(&mut rows, 50_000, None, Some(b"device-1")), [None, None]);
    }

    #[test]
    fn rows_that_are_compared_together_are_compared_in_their_order() {
        let ids: Vec<Vec<u8>> = (0..40).map(id).collect();
        // Certificates twice in a piece and over pieces, names twice, rows without a certificate or a name.
        let row = |at: usize| -> Names<'_> {
            let name: &[u8] = if at.is_multiple_of(7) { b"seven" } else { &ids[at % 31][..20] };
            [(!at.is_multiple_of(11)).then_some(&ids[at % 37][..]), (!at.is_multiple_of(13)).then_some(name)]
        };
        let mut alone = EarlierRows::default();
        let expected: Vec<_> = (0..200).map(|at| compare(&mut alone, at as u32, row(at)[0], row(at)[1])).collect();
        assert!(expected.iter().any(|[_, thing]| thing.is_some()) && expected.contains(&[None, None]));
        for size in [2, 3, 50, 200] {
            let (mut together, mut found) = (EarlierRows::default(), Vec::new());
            for first in (0..200).step_by(size) {
                together.compare(first as u32, (first..200.min(first + size)).map(row), &mut found);
            }
            assert_eq!(found, expected, "{size} at a time");
        }
    }

    #[test]
    fn what_is_not_an_id_is_a_text_as_any_other() {
        let mut rows = EarlierRows::default();
        let upper = id(1).to_ascii_uppercase();
        let mut wrong = id(1);
        wrong[0] = b'g';
        for (index, word) in [&id(1)[..], &upper, &wrong, &id(1)[..63], b"", b"0"].into_iter().enumerate() {
            assert_eq!(compare(&mut rows, index as u32, Some(word), None), [None, None]);
        }
        for (index, word) in [&id(1)[..], &upper, &wrong, &id(1)[..63], b"", b"0"].into_iter().enumerate() {
            assert_eq!(compare(&mut rows, 100, Some(word), None), [Some(index as u32), None]);
        }
    }
}
