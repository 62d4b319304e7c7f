//! Words of four bytes, in which lists and plans cross.

/// A length as a word. Lengths are within the memory of wasm, which has addresses of 32 bits.
pub fn word(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Adds bytes, filled up to whole words.
pub fn pack(mut bytes: Vec<u8>, words: &mut Vec<u32>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    words.extend(bytes.as_chunks().0.iter().map(|four| u32::from_le_bytes(*four)));
}
