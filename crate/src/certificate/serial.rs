//! Serial numbers: signed integers of any length.

use super::oid;
use std::fmt::Write;

/// The magnitude of a two's complement number, big-endian, and whether the number is negative.
fn magnitude(octets: &[u8]) -> (Vec<u8>, bool) {
    let negative = octets.first().is_some_and(|&first| first & 0x80 != 0);
    let mut magnitude = octets.to_vec();
    if negative {
        let mut carry = true;
        for octet in magnitude.iter_mut().rev() {
            let (sum, overflow) = (!*octet).overflowing_add(u8::from(carry));
            *octet = sum;
            carry = overflow;
        }
    }
    let zeros = magnitude.iter().take_while(|&&octet| octet == 0).count();
    magnitude.drain(..zeros);
    (magnitude, negative)
}

/// The number in decimal.
pub(crate) fn decimal(octets: &[u8]) -> String {
    let (magnitude, negative) = magnitude(octets);
    // Nine decimal digits a limb, the least significant first. Four octets are added at a time.
    let mut limbs: Vec<u32> = Vec::with_capacity(magnitude.len() / 3 + 1);
    let head = magnitude.len() % 4;
    for chunk in std::iter::once(&magnitude[..head]).chain(magnitude[head..].chunks(4)) {
        let mut carry = chunk.iter().fold(0_u64, |n, &octet| n << 8 | u64::from(octet));
        for limb in &mut limbs {
            let value = (u64::from(*limb) << 32) + carry;
            *limb = (value % 1_000_000_000) as u32;
            carry = value / 1_000_000_000;
        }
        while carry > 0 {
            limbs.push((carry % 1_000_000_000) as u32);
            carry /= 1_000_000_000;
        }
    }
    let mut text = String::with_capacity(limbs.len() * 9 + 1);
    if negative {
        text.push('-');
    }
    let mut limbs = limbs.iter().rev();
    // Writing to a String cannot fail.
    let _ = write!(text, "{}", limbs.next().copied().unwrap_or(0));
    for limb in limbs {
        let _ = write!(text, "{limb:09}");
    }
    text
}

/// The number in upper-case hex, two digits an octet.
pub(crate) fn hex(octets: &[u8]) -> String {
    let (magnitude, negative) = magnitude(octets);
    let sign = if negative { "-" } else { "" };
    let digits = if magnitude.is_empty() { oid::hex(&[0]) } else { oid::hex(&magnitude) };
    format!("{sign}{}", digits.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::{decimal, hex};

    #[test]
    fn small_numbers_agree_with_i128() {
        let mut number: i128 = 1;
        for step in 0..124 {
            for value in [number, -number, number - 1, 1 - number] {
                let bytes = value.to_be_bytes();
                assert_eq!(decimal(&bytes), value.to_string());
                let skip = step % 3;
                let short = (value as i64).to_be_bytes();
                if value == i128::from(value as i64) {
                    assert_eq!(decimal(&short[..]), value.to_string(), "{skip}");
                }
            }
            number = number * 2 + i128::from(step % 2);
        }
    }

    #[test]
    fn long_zero_and_empty() {
        assert_eq!(decimal(&[]), "0");
        assert_eq!(decimal(&[0]), "0");
        assert_eq!(decimal(&[0, 0, 0]), "0");
        assert_eq!(decimal(&[0xff]), "-1");
        assert_eq!(decimal(&[0x80, 0]), "-32768");
        // 2^256
        let mut octets = [0; 33];
        octets[0] = 1;
        let expected = "115792089237316195423570985008687907853269984665640564039457584007913129639936";
        assert_eq!(decimal(&octets), expected);
    }

    #[test]
    fn hex_as_openssl_prints_it() {
        assert_eq!(hex(&[0]), "00");
        assert_eq!(hex(&[0, 0xab, 0x01]), "AB01");
        assert_eq!(hex(&[0xff]), "-01");
        assert_eq!(hex(&[0x80]), "-80");
    }
}
