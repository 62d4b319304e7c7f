//! Numbers for the keys of objects. A key is a literal of the program, so its address is enough to know it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The keys that have crossed, by address and length.
#[derive(Default)]
pub struct KeyNumbers(HashMap<(usize, usize), u32, BuildHasherDefault<AddressHasher>>);

impl KeyNumbers {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of a key, and whether it has just been given.
    pub fn number(&mut self, key: &'static str) -> (u32, bool) {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        let number = *self.0.entry((key.as_ptr() as usize, key.len())).or_insert(next);
        (number, number == next)
    }
}

/// Mixes an address and a length.
#[derive(Default)]
pub struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, value: usize) {
        self.0 = (self.0.rotate_left(5) ^ value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
