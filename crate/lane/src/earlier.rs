//! Which rows repeat an earlier one, in a few bytes a row.

use hashbrown::HashMap;
use sha2::{Digest, Sha256};

/// Bytes of a word.
const SIZE: usize = 16;
/// What is remembered. It is compared whole.
type Word = [u8; SIZE];

/// Where each certificate and each thing name was first. Positions are below 2^32.
#[derive(Debug, Default)]
pub struct EarlierRows {
    certificates: HashMap<Word, u32>,
    things: HashMap<Word, u32>,
}

impl EarlierRows {
    /// The earlier row with the same certificate or name. A certificate that is given twice is one device, which may
    /// have one name.
    #[inline(never)]
    pub fn compare(&mut self, index: u32, id: Option<&[u8]>, thing: Option<&[u8]>) -> [Option<u32>; 2] {
        let first = |seen: &mut HashMap<Word, u32>, word: Word| {
            let before = *seen.entry(word).or_insert(index);
            (before != index).then_some(before)
        };
        let Some(id) = id else { return [None, None] };
        let duplicate_of = first(&mut self.certificates, word_of_id(id));
        let thing = thing.filter(|_| duplicate_of.is_none());
        [duplicate_of, thing.and_then(|thing| first(&mut self.things, word_of(thing)))]
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
            assert_eq!(rows.compare(index, Some(&id(number)), Some(name.as_bytes())), [duplicate_of, same_thing_as]);
        }
        assert_eq!(rows.compare(50_000, None, Some(b"device-1")), [None, None]);
    }

    #[test]
    fn what_is_not_an_id_is_a_text_as_any_other() {
        let mut rows = EarlierRows::default();
        let upper = id(1).to_ascii_uppercase();
        let mut wrong = id(1);
        wrong[0] = b'g';
        for (index, word) in [&id(1)[..], &upper, &wrong, &id(1)[..63], b"", b"0"].into_iter().enumerate() {
            assert_eq!(rows.compare(index as u32, Some(word), None), [None, None]);
        }
        for (index, word) in [&id(1)[..], &upper, &wrong, &id(1)[..63], b"", b"0"].into_iter().enumerate() {
            assert_eq!(rows.compare(100, Some(word), None), [Some(index as u32), None]);
        }
    }
}
