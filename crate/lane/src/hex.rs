//! Bytes in lower-case hex.

/// The digits of each byte.
static DIGITS: [[u8; 2]; 256] = {
    let (mut digits, mut at) = ([[0; 2]; 256], 0);
    while at < 256 {
        digits[at] = [b"0123456789abcdef"[at >> 4], b"0123456789abcdef"[at & 15]];
        at += 1;
    }
    digits
};

/// Writes 32 bytes.
#[inline]
pub fn write(bytes: &[u8; 32], hex: &mut [u8; 64]) {
    for (byte, pair) in bytes.iter().zip(hex.chunks_exact_mut(2)) {
        pair.copy_from_slice(&DIGITS[usize::from(*byte)]);
    }
}
