//! ECDSA signatures as X.509 carries them: the DER of `ECDSA-Sig-Value` (RFC 3279, section 2.2.3), and nothing but DER.
//!
//! A signature that can be written in several ways is several signatures. Readers of certificates therefore refuse
//! every form but one, and so does this reader.

use der::asn1::UintRef;
use der::{Decode, ErrorKind, Reader, SliceReader};

/// Why octets are not an ECDSA signature on a curve, as the end of a sentence that begins with "The signature".
pub(super) type SignatureProblem = &'static str;

/// The two numbers of a signature one after the other, each as long as the order of the curve: the form that WebCrypto
/// accepts.
pub(super) fn numbers(signature: &[u8], order: &[u8]) -> Result<Vec<u8>, SignatureProblem> {
    let (r, s) = read(signature).map_err(|error| problem(error.kind()))?;
    let mut joined = Vec::with_capacity(2 * order.len());
    for number in [r.as_bytes(), s.as_bytes()] {
        let Some(zeros) = order.len().checked_sub(number.len()) else { return Err(OUT_OF_RANGE) };
        let start = joined.len();
        joined.resize(start + zeros, 0);
        joined.extend_from_slice(number);
        // Both are big-endian and equally long, so that they compare as the numbers do.
        if joined[start..] >= *order || number.iter().all(|&octet| octet == 0) {
            return Err(OUT_OF_RANGE);
        }
    }
    Ok(joined)
}

const OUT_OF_RANGE: SignatureProblem = "holds a number that is zero, or not below the order of the curve";

fn read(signature: &[u8]) -> der::Result<(UintRef<'_>, UintRef<'_>)> {
    let mut reader = SliceReader::new(signature)?;
    let numbers =
        reader.sequence(|numbers| Ok::<_, der::Error>((UintRef::decode(numbers)?, UintRef::decode(numbers)?)))?;
    reader.finish()?;
    Ok(numbers)
}

fn problem(kind: ErrorKind) -> SignatureProblem {
    match kind {
        ErrorKind::Noncanonical { .. } | ErrorKind::Length { .. } | ErrorKind::IndefiniteLength => {
            "is not in DER: a number or a length in it is empty, or not written in its shortest form"
        }
        ErrorKind::TrailingData { .. } => "is not in DER: more bytes follow its two numbers",
        ErrorKind::Value { .. } => "holds a negative number: the zero octet before a high first bit is missing",
        _ => "is not in DER: it is not a SEQUENCE of two INTEGERs",
    }
}

/// The order of the group on a NIST curve, big-endian (FIPS 186-4, appendix D.1.2).
pub(super) fn order(curve: &str) -> Option<&'static [u8]> {
    Some(match curve {
        "P-256" => &P256,
        "P-384" => &P384,
        "P-521" => &P521,
        _ => return None,
    })
}

const P256: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
    0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

const P384: [u8; 48] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf, 0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0,
    0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73,
];

const P521: [u8; 66] = [
    0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfa, 0x51, 0x86, 0x87, 0x83,
    0xbf, 0x2f, 0x96, 0x6b, 0x7f, 0xcc, 0x01, 0x48, 0xf7, 0x09, 0xa5, 0xd0, 0x3b, 0xb5, 0xc9, 0xb8, 0x89, 0x9c, 0x47,
    0xae, 0xbb, 0x6f, 0xb7, 0x1e, 0x91, 0x38, 0x64, 0x09,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// An order of two octets, so that the cases can be read.
    const SMALL: [u8; 2] = [0x90, 0x01];

    #[test]
    fn numbers_are_padded_to_the_order() {
        assert_eq!(numbers(&[0x30, 6, 2, 1, 1, 2, 1, 2], &SMALL), Ok(vec![0, 1, 0, 2]));
        assert_eq!(numbers(&[0x30, 8, 2, 3, 0, 0x90, 0, 2, 1, 2], &SMALL), Ok(vec![0x90, 0, 0, 2]));
    }

    #[test]
    fn numbers_are_from_one_to_below_the_order() {
        for numbers_of in [
            &[0x30, 6, 2, 1, 0, 2, 1, 2][..],
            &[0x30, 6, 2, 1, 1, 2, 1, 0],
            &[0x30, 8, 2, 3, 0, 0x90, 1, 2, 1, 2],
            &[0x30, 8, 2, 1, 2, 2, 3, 0, 0x90, 1],
            &[0x30, 8, 2, 3, 1, 0, 0, 2, 1, 2],
        ] {
            assert_eq!(numbers(numbers_of, &SMALL), Err(OUT_OF_RANGE), "{numbers_of:x?}");
        }
    }

    #[test]
    fn only_der_is_a_signature() {
        let is = |signature: &[u8], part: &str| {
            let problem = numbers(signature, &SMALL).expect_err("it is refused");
            assert!(problem.contains(part), "{signature:x?}: {problem}");
        };
        is(&[0x30, 7, 2, 2, 0x80, 1, 2, 1, 2], "negative");
        is(&[0x30, 7, 2, 2, 0, 1, 2, 1, 2], "shortest");
        is(&[0x30, 0x81, 6, 2, 1, 1, 2, 1, 2], "shortest");
        is(&[0x30, 7, 2, 0x81, 1, 1, 2, 1, 2], "shortest");
        is(&[0x30, 0x80, 2, 1, 1, 2, 1, 2, 0, 0], "shortest");
        is(&[0x30, 9, 2, 1, 1, 2, 1, 2, 2, 1, 3], "follow");
        is(&[0x30, 6, 2, 1, 1, 2, 1, 2, 0], "follow");
        is(&[0x30, 3, 2, 1, 1], "two INTEGERs");
        is(&[0x30, 5, 2, 0, 2, 1, 2], "empty");
        is(&[0x31, 6, 2, 1, 1, 2, 1, 2], "two INTEGERs");
        is(&[0x30, 6, 4, 1, 1, 4, 1, 2], "two INTEGERs");
        is(&[0x30, 0], "two INTEGERs");
        is(&[], "two INTEGERs");
        is(&[1, 0, 2, 0], "two INTEGERs");
    }
}
