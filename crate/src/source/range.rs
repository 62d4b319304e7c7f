//! Byte ranges, each in one layer.

/// The number of a layer. 0 is the original text.
pub type LayerId = u16;

/// A byte range of one layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceRange {
    /// The layer that the offsets count in.
    pub layer: LayerId,
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset after the last byte.
    pub end: u32,
}

impl SourceRange {
    /// Whether `other` lies within this place, in the same layer.
    pub fn contains(&self, other: &SourceRange) -> bool {
        self.layer == other.layer && self.start <= other.start && other.end <= self.end
    }

    /// Whether something lies between this place and `other` of the same layer, so that edits of both do not touch.
    pub fn is_apart_from(&self, other: &SourceRange) -> bool {
        self.end < other.start || other.end < self.start
    }
}

/// Byte offsets are kept in 32 bits: a text beyond 4 GiB cannot reach this code in wasm, and natively saturates.
pub fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
