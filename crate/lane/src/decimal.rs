//! Serial numbers in decimal.

/// Octets of the longest serial number that is written here, which is the longest of RFC 5280.
pub const LONGEST: usize = 20;
/// Decimal digits of a limb, and what a limb is less than.
const DIGITS_OF_LIMB: usize = 9;
const LIMB: u64 = 1_000_000_000;
/// Limbs that hold 2^160.
const LIMBS: usize = 6;
/// The room for the digits.
pub const ROOM: usize = LIMBS * DIGITS_OF_LIMB;

/// Writes a number that is not negative, given by at most [`LONGEST`] octets, the most significant first. Returns its digits.
pub fn write<'d>(octets: &[u8], digits: &'d mut [u8; ROOM]) -> &'d [u8] {
    // The least significant limb first.
    let mut limbs = [0_u32; LIMBS];
    for four in octets.rchunks(4).rev() {
        let mut carry = four.iter().fold(0_u64, |number, octet| number << 8 | u64::from(*octet));
        for limb in &mut limbs {
            let value = (u64::from(*limb) << 32) + carry;
            *limb = (value % LIMB) as u32;
            carry = value / LIMB;
        }
    }
    for (limb, digits) in limbs.into_iter().zip(digits.rchunks_exact_mut(DIGITS_OF_LIMB)) {
        let mut rest = limb;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[zeros.min(ROOM - 1)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(octets: &[u8]) -> String {
        String::from_utf8_lossy(write(octets, &mut [0; ROOM])).into_owned()
    }

    #[test]
    fn numbers_of_all_lengths_agree_with_u128() {
        let mut number: u128 = 1;
        for _ in 0..127 {
            for value in [number, number - 1, number + 1, u128::MAX - number] {
                let octets = value.to_be_bytes();
                assert_eq!(text(&octets), value.to_string());
                let short = octets.iter().position(|octet| *octet > 0).map_or(&[][..], |at| &octets[at..]);
                assert_eq!(text(short), value.to_string());
            }
            number = number * 2 + u128::from(number.is_multiple_of(3));
        }
    }

    #[test]
    fn the_longest_number_has_49_digits() {
        assert_eq!(text(&[0xff; 20]), "1461501637330902918203684832716283019655932542975");
        assert_eq!(text(&[]), "0");
        assert_eq!(text(&[0, 0, 10]), "10");
    }
}
