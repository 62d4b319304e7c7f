//! Where each of millions of words was first.

use std::hash::{BuildHasher, RandomState};

/// Bytes of a word.
pub const SIZE: usize = 16;
/// What is remembered. It is compared whole.
pub type Word = [u8; SIZE];

/// The slots of a small table, as a power of 2.
const LEAST: u32 = 8;

/// The first position of each word.
///
/// A slot has half of a word's hash and the number of its entry, so that a look at an entry, far away in memory, is nearly always a look at
/// the right one. The slots are in the order of the hashes: a table that grows is read and written from one end to the other.
#[derive(Debug)]
pub struct Firsts {
    /// What the hash depends on, so that nobody can choose words for it.
    keys: [u64; 2],
    /// The hash in the upper half, 1 + the number of the entry in the lower one; 0: free. At most half of them are not.
    slots: Vec<u64>,
    /// The number of slots, as a power of 2.
    bits: u32,
    entries: Vec<(Word, u32)>,
}

impl Default for Firsts {
    fn default() -> Self {
        let state = RandomState::new();
        let keys = [state.hash_one(0), state.hash_one(1)];
        Self { keys, slots: vec![0; 1 << LEAST], bits: LEAST, entries: Vec::new() }
    }
}

impl Firsts {
    /// The position that the word had when it was first given; `None` if this is it. Positions differ, and there are less than 2^32.
    #[inline(always)]
    pub fn before(&mut self, word: Word, position: u32) -> Option<u32> {
        let hash = self.hash(&word);
        let mut at = place(hash, self.bits);
        loop {
            let slot = self.slots[at & (self.slots.len() - 1)];
            if slot == 0 {
                break;
            }
            if (slot >> 32) as u32 == hash
                && let Some((known, first)) = self.entries.get((slot as u32 - 1) as usize)
                && *known == word
            {
                return Some(*first);
            }
            at += 1;
        }
        self.entries.push((word, position));
        let here = at & (self.slots.len() - 1);
        self.slots[here] = u64::from(hash) << 32 | self.entries.len() as u64;
        if 2 * self.entries.len() > self.slots.len() {
            self.grow();
        }
        None
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.bits += 1;
        let mut slots = vec![0; 1 << self.bits];
        let last = slots.len() - 1;
        for slot in self.slots.iter().filter(|slot| **slot != 0) {
            let mut at = place((slot >> 32) as u32, self.bits);
            while slots[at & last] != 0 {
                at += 1;
            }
            slots[at & last] = *slot;
        }
        self.slots = slots;
    }

    #[inline(always)]
    fn hash(&self, word: &Word) -> u32 {
        let [low, high] = [0, 8].map(|at| word[at..].first_chunk().map_or(0, |half| u64::from_le_bytes(*half)));
        let mixed = (low ^ self.keys[0]).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ mixed >> 32 ^ high ^ self.keys[1]).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
        (mixed >> 32) as u32
    }
}

/// The slot where the search for a hash begins.
#[inline(always)]
fn place(hash: u32, bits: u32) -> usize {
    if bits > 32 { (hash as usize) << (bits - 32) } else { (hash >> (32 - bits)) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_in_a_row_are_spread_over_a_table() {
        const BITS: u32 = 14;
        let firsts = Firsts::default();
        for width in [4, 7, 12] {
            let word = |i: usize| {
                let mut word = [0; SIZE];
                let name = format!("d-{i:0width$}");
                word[..name.len()].copy_from_slice(name.as_bytes());
                word
            };
            let places: HashSet<usize> = (0..1 << BITS).map(|i| place(firsts.hash(&word(i)), BITS)).collect();
            // Random places would be 63 % of all.
            assert!(places.len() > 1 << (BITS - 1), "{} places for names of width {width}", places.len());
        }
    }
}
