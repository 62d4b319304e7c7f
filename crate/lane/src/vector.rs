//! Vectors from bytes and back. The intrinsics that load and store through pointers are unsafe; these compile to the same instructions, or to
//! two for one.

use core::arch::wasm32::{i64x2, i64x2_extract_lane, v128};

/// The vector of sixteen bytes.
#[inline(always)]
pub fn load(bytes: &[u8; 16]) -> v128 {
    let [low, high] = halves(bytes);
    i64x2(i64::from_le_bytes(low), i64::from_le_bytes(high))
}

/// Writes a vector.
#[inline(always)]
pub fn store(vector: v128, bytes: &mut [u8; 16]) {
    let (low, high) = bytes.split_at_mut(8);
    low.copy_from_slice(&i64x2_extract_lane::<0>(vector).to_le_bytes());
    high.copy_from_slice(&i64x2_extract_lane::<1>(vector).to_le_bytes());
}

#[inline(always)]
fn halves(bytes: &[u8; 16]) -> [[u8; 8]; 2] {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *bytes;
    [[a, b, c, d, e, f, g, h], [i, j, k, l, m, n, o, p]]
}
