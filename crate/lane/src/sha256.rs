//! SHA-256 (FIPS 180-4) of four texts at once.

/// Bytes of a block.
pub const BLOCK: usize = 64;

/// How many bytes a text has with its padding: a multiple of [`BLOCK`].
pub const fn padded(length: usize) -> usize {
    (length + 9).next_multiple_of(BLOCK)
}

/// What a padding may write over: its room is cleared whole.
pub const PADDING: usize = BLOCK + 8;

/// Writes the padding of a text that begins with this many of these bytes. `None` if there is no room for it.
pub fn pad(bytes: &mut [u8], length: usize) -> Option<()> {
    let padding = bytes.get_mut(length..)?.first_chunk_mut::<PADDING>()?;
    *padding = [0; PADDING];
    padding[0] = 0x80;
    *bytes.get_mut(..padded(length))?.last_chunk_mut()? = (8 * length as u64).to_be_bytes();
    Some(())
}

/// The SHA-256 of four padded texts; an empty one has none that means anything.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub fn of_four(texts: [&[u8]; 4]) -> [[u8; 32]; 4] {
    use sha2::{Digest, Sha256};
    texts.map(|text| {
        let length = text.last_chunk::<8>().map_or(0, |bits| u64::from_be_bytes(*bits) / 8);
        let text = usize::try_from(length).ok().and_then(|length| text.get(..length)).unwrap_or_default();
        Sha256::digest(text).into()
    })
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use simd::of_four;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use super::BLOCK;
    use crate::vector::{load, store};
    use core::arch::wasm32::*;

    static CONSTANTS: [u32; 64] = [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
        0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
        0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
        0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
        0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
        0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2,
    ];
    const START: [u32; 8] =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    /// The SHA-256 of four padded texts; an empty one has none that means anything. Each lane of a vector is a text.
    pub fn of_four(texts: [&[u8]; 4]) -> [[u8; 32]; 4] {
        static NOTHING: [u8; BLOCK] = [0; BLOCK];
        let blocks = texts.map(|text| text.as_chunks::<BLOCK>().0);
        let longest = blocks.iter().map(|blocks| blocks.len()).max().unwrap_or(0);
        let mut state = START.map(|word| u32x4_splat(word));
        let mut digests = [[0; 32]; 4];
        for at in 0..longest {
            compress(&mut state, blocks.map(|blocks| blocks.get(at).unwrap_or(&NOTHING)));
            if blocks.iter().any(|blocks| blocks.len() == at + 1) {
                let [a, b, c, d, e, f, g, h] = state;
                let (first, second) = (transposed([a, b, c, d]), transposed([e, f, g, h]));
                for (lane, digest) in digests.iter_mut().enumerate() {
                    if blocks[lane].len() == at + 1 {
                        let (halves, _) = digest.as_chunks_mut::<16>();
                        store(big_endian(first[lane]), &mut halves[0]);
                        store(big_endian(second[lane]), &mut halves[1]);
                    }
                }
            }
        }
        digests
    }

    /// The words of four vectors by their lanes.
    #[inline(always)]
    fn transposed([a, b, c, d]: [v128; 4]) -> [v128; 4] {
        let (low, high) = (u32x4_shuffle::<0, 4, 1, 5>(a, b), u32x4_shuffle::<2, 6, 3, 7>(a, b));
        let (other_low, other_high) = (u32x4_shuffle::<0, 4, 1, 5>(c, d), u32x4_shuffle::<2, 6, 3, 7>(c, d));
        [
            u64x2_shuffle::<0, 2>(low, other_low),
            u64x2_shuffle::<1, 3>(low, other_low),
            u64x2_shuffle::<0, 2>(high, other_high),
            u64x2_shuffle::<1, 3>(high, other_high),
        ]
    }

    #[inline(always)]
    fn big_endian(words: v128) -> v128 {
        u8x16_swizzle(words, u8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12))
    }

    #[inline(always)]
    fn rotated<const BITS: u32, const REST: u32>(words: v128) -> v128 {
        v128_or(u32x4_shr(words, BITS), u32x4_shl(words, REST))
    }

    #[inline(always)]
    fn xor3(a: v128, b: v128, c: v128) -> v128 {
        v128_xor(v128_xor(a, b), c)
    }

    fn compress(state: &mut [v128; 8], blocks: [&[u8; BLOCK]; 4]) {
        let mut words = [u32x4_splat(0); 16];
        let parts = blocks.map(|block| block.as_chunks::<16>().0);
        for quarter in 0..4 {
            let four = transposed(parts.map(|parts| big_endian(load(&parts[quarter]))));
            words[4 * quarter..4 * quarter + 4].copy_from_slice(&four);
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
        // The letters change places from round to round instead of the values.
        macro_rules! round {
            ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $constant:expr, $word:expr) => {
                let sum = xor3(rotated::<6, 26>($e), rotated::<11, 21>($e), rotated::<25, 7>($e));
                let choice = v128_xor($g, v128_and($e, v128_xor($f, $g)));
                let added = u32x4_add(u32x4_add(u32x4_splat($constant), $word), u32x4_add($h, u32x4_add(sum, choice)));
                $d = u32x4_add($d, added);
                let sum = xor3(rotated::<2, 30>($a), rotated::<13, 19>($a), rotated::<22, 10>($a));
                let most = v128_xor(v128_and(v128_xor($a, $b), $c), v128_and($a, $b));
                $h = u32x4_add(added, u32x4_add(sum, most));
            };
        }
        macro_rules! eight {
            ($word:ident, $first:expr, $at:expr) => {
                round!(a b c d e f g h, CONSTANTS[$first + $at], $word!($at));
                round!(h a b c d e f g, CONSTANTS[$first + $at + 1], $word!($at + 1));
                round!(g h a b c d e f, CONSTANTS[$first + $at + 2], $word!($at + 2));
                round!(f g h a b c d e, CONSTANTS[$first + $at + 3], $word!($at + 3));
                round!(e f g h a b c d, CONSTANTS[$first + $at + 4], $word!($at + 4));
                round!(d e f g h a b c, CONSTANTS[$first + $at + 5], $word!($at + 5));
                round!(c d e f g h a b, CONSTANTS[$first + $at + 6], $word!($at + 6));
                round!(b c d e f g h a, CONSTANTS[$first + $at + 7], $word!($at + 7));
            };
        }
        macro_rules! given {
            ($at:expr) => {
                words[$at]
            };
        }
        macro_rules! made {
            ($at:expr) => {{
                let (early, late) = (words[($at + 1) & 15], words[($at + 14) & 15]);
                let early = xor3(rotated::<7, 25>(early), rotated::<18, 14>(early), u32x4_shr(early, 3));
                let late = xor3(rotated::<17, 15>(late), rotated::<19, 13>(late), u32x4_shr(late, 10));
                words[$at] = u32x4_add(u32x4_add(words[$at], early), u32x4_add(words[($at + 9) & 15], late));
                words[$at]
            }};
        }
        eight!(given, 0, 0);
        eight!(given, 0, 8);
        for first in [16, 32, 48] {
            eight!(made, first, 0);
            eight!(made, first, 8);
        }
        for (before, after) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *before = u32x4_add(*before, after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn texts_of_all_lengths_have_the_digests_of_sha2() {
        let text = |length: usize| (0..length).map(|at| (at * 7 + length) as u8).collect::<Vec<u8>>();
        for length in 0..300 {
            let texts = [text(length), text(length / 2), text(length + 61), text(700 - length)];
            let padded = texts.each_ref().map(|text| {
                let mut bytes = vec![0xaa; text.len() + PADDING];
                bytes[..text.len()].copy_from_slice(text);
                assert_eq!(pad(&mut bytes, text.len()), Some(()));
                bytes[..padded(text.len())].to_vec()
            });
            let expected = texts.map(|text| <[u8; 32]>::from(Sha256::digest(text)));
            assert_eq!(of_four(padded.each_ref().map(Vec::as_slice)), expected, "{length}");
        }
    }
}
