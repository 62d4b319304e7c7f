//! The lines of an armored certificate: 64 characters of base64 become 48 bytes.

/// Characters of a line, and the bytes that it holds.
pub const LINE: usize = 64;
pub const BYTES: usize = 48;
/// What a decoded line may write over: vectors are stored whole.
pub const ROOM: usize = BYTES + 4;

/// What each character stands for; 255 for those that base64 does not have.
static VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut at = 0;
    while at < letters.len() {
        values[letters[at] as usize] = at as u8;
        at += 1;
    }
    values
};

/// Decodes four characters, if all of them are base64.
#[inline(always)]
fn four([a, b, c, d]: [u8; 4]) -> Option<[u8; 3]> {
    let [a, b, c, d] = [a, b, c, d].map(|letter| u32::from(VALUES[usize::from(letter)]));
    let [_, bytes @ ..] = (a << 18 | b << 12 | c << 6 | d).to_be_bytes();
    ((a | b | c | d) < 64).then_some(bytes)
}

/// Decodes the last line, of at most 64 characters with their padding, and returns how many bytes it holds. `None` if it is not well
/// formed. Bits beyond the last byte are ignored.
pub fn last_line(line: &[u8], out: &mut [u8; ROOM]) -> Option<usize> {
    let (whole, rest) = line.as_chunks::<4>();
    if !rest.is_empty() || line.len() > LINE {
        return None;
    }
    let (last, before) = whole.split_last()?;
    let (chunks, _) = out.as_chunks_mut::<3>();
    let mut chunks = chunks.iter_mut();
    for letters in before {
        *chunks.next()? = four(*letters)?;
    }
    let (letters, count) = match *last {
        [a, b, b'=', b'='] => ([a, b, b'A', b'A'], 1),
        [a, b, c, b'='] => ([a, b, c, b'A'], 2),
        whole => (whole, 3),
    };
    *chunks.next()? = four(letters)?;
    Some(3 * before.len() + count)
}

/// Decodes a whole line. `false` if a character is not base64.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
pub fn line(line: &[u8; LINE], out: &mut [u8; ROOM]) -> bool {
    let (letters, _) = line.as_chunks::<4>();
    let (bytes, _) = out.as_chunks_mut::<3>();
    let mut all = 0;
    for (letters, bytes) in letters.iter().zip(bytes) {
        let [a, b, c, d] = letters.map(|letter| u32::from(VALUES[usize::from(letter)]));
        all |= a | b | c | d;
        let [_, three @ ..] = (a << 18 | b << 12 | c << 6 | d).to_be_bytes();
        *bytes = three;
    }
    all < 64
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use simd::line;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use super::{BYTES, LINE, ROOM};
    use crate::vector::{load, store};
    use core::arch::wasm32::*;

    /// Decodes a whole line. `false` if a character is not base64.
    #[inline(always)]
    pub fn line(line: &[u8; LINE], out: &mut [u8; ROOM]) -> bool {
        let (letters, _) = line.as_chunks::<16>();
        let mut wrong = u8x16_splat(0);
        let mut at = 0;
        while at < BYTES {
            let (bytes, not_base64) = sixteen(load(&letters[at / 12]));
            wrong = v128_or(wrong, not_base64);
            if let Some(out) = out[at..].first_chunk_mut() {
                store(bytes, out);
            }
            at += 12;
        }
        !v128_any_true(wrong)
    }

    /// Decodes sixteen characters to twelve bytes, with four zeros after them. The second vector is not zero if a character is not base64.
    ///
    /// A character's high and low halves tell together whether it is base64: each half looks up a set of bits, and the sets of a wrong
    /// character share one. The high half, corrected for `/`, looks up the distance from the character to its value.
    #[inline(always)]
    fn sixteen(letters: v128) -> (v128, v128) {
        let high = u8x16_shr(letters, 4);
        let low = v128_and(letters, u8x16_splat(15));
        let by_low =
            u8x16(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
        let by_high =
            u8x16(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
        let distances = i8x16(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
        let wrong = v128_and(u8x16_swizzle(by_low, low), u8x16_swizzle(by_high, high));
        let distance = u8x16_swizzle(distances, u8x16_add(high, u8x16_eq(letters, u8x16_splat(b'/'))));
        let six = u8x16_add(letters, distance);
        let twelve = v128_or(u16x8_shl(v128_and(six, u16x8_splat(0x3f)), 6), u16x8_shr(six, 8));
        let bits = v128_or(u32x4_shl(v128_and(twelve, u32x4_splat(0xfff)), 12), u32x4_shr(twelve, 16));
        (u8x16_swizzle(bits, u8x16(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255)), wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_in_each_place_is_base64_or_is_not() {
        for at in 0..LINE {
            for byte in 0..=u8::MAX {
                let mut text = [b'A'; LINE];
                text[at] = byte;
                let is_base64 = byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
                assert_eq!(line(&text, &mut [0; ROOM]), is_base64, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn lines_decode_as_their_characters_do() {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let (mut whole, mut last) = ([0; ROOM], [0; ROOM]);
        assert!(line(letters, &mut whole));
        assert_eq!(last_line(letters, &mut last), Some(BYTES));
        assert_eq!(whole[..BYTES], last[..BYTES]);
        assert_eq!(whole[..6], [0x00, 0x10, 0x83, 0x10, 0x51, 0x87]);
    }

    #[test]
    fn padding_is_where_it_must_be() {
        let decode = |text: &str| {
            let mut out = [0; ROOM];
            last_line(text.as_bytes(), &mut out).map(|count| out[..count].to_vec())
        };
        assert_eq!(decode("Zg=="), Some(b"f".to_vec()));
        assert_eq!(decode("Zm8="), Some(b"fo".to_vec()));
        assert_eq!(decode("Zm9vYmFy"), Some(b"foobar".to_vec()));
        for wrong in ["", "Zg=", "Zg", "Z===", "Zg==Zg==", "Zm=v", "====", "Zm9 "] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
