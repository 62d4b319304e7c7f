//! Bytes in lower-case hex.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use simd::write;

/// Writes 32 bytes.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub fn write(bytes: &[u8; 32], hex: &mut [u8; 64]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for (byte, pair) in bytes.iter().zip(hex.as_chunks_mut::<2>().0) {
        *pair = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use crate::vector::{load, store};
    use core::arch::wasm32::*;

    /// Writes 32 bytes.
    #[inline(always)]
    pub fn write(bytes: &[u8; 32], hex: &mut [u8; 64]) {
        let digits = load(b"0123456789abcdef");
        for (bytes, hex) in bytes.as_chunks::<16>().0.iter().zip(hex.as_chunks_mut::<32>().0) {
            let bytes = load(bytes);
            let high = u8x16_swizzle(digits, u8x16_shr(bytes, 4));
            let low = u8x16_swizzle(digits, v128_and(bytes, u8x16_splat(15)));
            let [first, second] = hex.as_chunks_mut::<16>().0 else { return };
            store(u8x16_shuffle::<0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23>(high, low), first);
            store(u8x16_shuffle::<8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31>(high, low), second);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn each_byte_has_two_digits() {
        let bytes = std::array::from_fn(|at| (at * 8 + at % 8) as u8);
        let mut hex = [0; 64];
        write(&bytes, &mut hex);
        let expected: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(String::from_utf8_lossy(&hex), expected);
    }
}
