//! Elements in DER, written from the inside out. Nothing here is large or often written, so every element is a copy of its parts.

use crate::der_tag::INTEGER;

/// An element of these parts. A text in memory needs no more than four octets for its length.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut der = vec![tag];
    let skipped = length.iter().take(3).take_while(|octet| **octet == 0).count();
    if content.len() >= 0x80 {
        der.push(0x84 - skipped as u8);
    }
    der.extend_from_slice(&length[skipped..]);
    der.extend_from_slice(&content);
    der
}

/// A number that is not negative, of its octets from the highest on.
pub(crate) fn integer(octets: &[u8]) -> Vec<u8> {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let octets = &octets[zeros..];
    // A first bit that is set would make the number negative, and zero needs an octet too.
    let is_bare = octets.first().is_some_and(|first| *first < 0x80);
    element(INTEGER, &[if is_bare { &[] } else { &[0] }, octets])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_elements() {
        assert_eq!(element(4, &[&[7], &[7]]), [4, 2, 7, 7]);
        assert_eq!(element(4, &[]), [4, 0]);
        assert_eq!(element(4, &[&[0; 0x7f]])[..3], [4, 0x7f, 0]);
        assert_eq!(element(4, &[&[0; 0x80]])[..3], [4, 0x81, 0x80]);
        assert_eq!(element(4, &[&[0; 0x1234]])[..4], [4, 0x82, 0x12, 0x34]);
    }

    #[test]
    fn numbers_in_their_shortest_form() {
        assert_eq!(integer(&[0, 0, 0x7f]), [2, 1, 0x7f]);
        assert_eq!(integer(&[0, 0x80, 1]), [2, 3, 0, 0x80, 1]);
        assert_eq!(integer(&[0, 0]), [2, 1, 0]);
        assert_eq!(integer(&[]), [2, 1, 0]);
    }
}
