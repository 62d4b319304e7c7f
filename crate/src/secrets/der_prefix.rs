//! Recognises DER by its first bytes: only tags, lengths, version numbers and object identifiers are read.

use crate::der_tag::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};

/// This many bytes identify a private key. In a DSA key the parameters come before the part that identifies it, and
/// need not be seen.
pub const ENOUGH: usize = 48;

/// The structure that bytes begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerStart {
    /// A private key, or a store of keys, and its length in bytes. `usize::MAX` if that is unknown.
    Key(usize),
    /// A certificate and its length in bytes.
    Certificate(usize),
}

/// The structure that some bytes begin, if it is one of these.
pub fn begins(bytes: &[u8]) -> Option<DerStart> {
    if let Some(&SEQUENCE) = bytes.first() {
        return sequence(bytes);
    }
    let store = [
        &b"openssh-key-v1\0"[..],
        // Java's key stores.
        &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0],
        &[0xce, 0xce, 0xce, 0xce, 0, 0, 0],
        // Microsoft's: PVK, and blobs for RSA and DSA.
        &[0x1e, 0xf1, 0xb5, 0xb0, 0, 0, 0, 0],
        &[7, 2, 0, 0, 0, 0xa4, 0, 0, b'R', b'S', b'A', b'2'],
        &[7, 2, 0, 0, 0, 0x24, 0, 0, b'R', b'S', b'A', b'2'],
        &[7, 2, 0, 0, 0, 0x22, 0, 0, b'D', b'S', b'S', b'2'],
    ];
    store.iter().any(|magic| bytes.starts_with(magic)).then_some(DerStart::Key(usize::MAX))
}

fn sequence(bytes: &[u8]) -> Option<DerStart> {
    let (length, content) = length(bytes, 1)?;
    let total = length.saturating_add(content);
    let key = |is: bool| (is && length >= 16).then_some(DerStart::Key(total));
    match bytes.get(content..)? {
        // The version of PKCS#8, PKCS#1, SEC 1, and of OpenSSL's own form of DSA keys.
        [INTEGER, 1, version @ (0 | 1), rest @ ..] => match rest {
            [INTEGER, ..] => key(self::length(rest, 1)?.0 >= 32),
            [OCTET_STRING, ..] => key(*version == 1 && self::length(rest, 1)?.0 >= 14),
            [SEQUENCE, ..] => {
                let (algorithm, at) = self::length(rest, 1)?;
                let next = at.checked_add(algorithm).and_then(|next| rest.get(next));
                key(rest.get(at) == Some(&OBJECT_IDENTIFIER) && next.is_none_or(|tag| *tag == OCTET_STRING))
            }
            _ => None,
        },
        // PKCS#12: the version 3, and a content of PKCS#7.
        [INTEGER, 1, 3, rest @ ..] if rest.first() == Some(&SEQUENCE) => {
            let (_, at) = self::length(rest, 1)?;
            key(rest.get(at..)?.starts_with(PKCS7))
        }
        // An encrypted key: password-based encryption, and the octets. Or the signed part of a certificate.
        [SEQUENCE, rest @ ..] => {
            let (_, at) = self::length(rest, 0)?;
            let inner = rest.get(at..)?;
            if PASSWORD_BASED.iter().any(|oid| inner.starts_with(oid)) {
                return key(true);
            }
            let is_certificate =
                inner.starts_with(&[0xa0, 3, INTEGER, 1]) || inner.starts_with(&[INTEGER]) && length >= 128;
            (is_certificate && length <= LONGEST_CERTIFICATE).then_some(DerStart::Certificate(total))
        }
        _ => None,
    }
}

/// A certificate that says that it is longer is not believed.
const LONGEST_CERTIFICATE: usize = 16_384;

/// The beginning of OIDs in the arc of PKCS#7 (1.2.840.113549.1.7), as encoded.
const PKCS7: &[u8] = &[OBJECT_IDENTIFIER, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7];

/// PKCS#5 (1.2.840.113549.1.5) and the algorithms of PKCS#12 (1.2.840.113549.1.12.1), as the beginning of encoded OIDs.
const PASSWORD_BASED: [&[u8]; 2] = [
    &[OBJECT_IDENTIFIER, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5],
    &[OBJECT_IDENTIFIER, 10, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 1],
];

/// A length, and where its content begins. A missing length counts as the greatest possible.
fn length(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    match *bytes.get(at)? {
        0x80 => Some((usize::MAX / 16, at + 1)),
        short @ 0..0x80 => Some((usize::from(short), at + 1)),
        long @ 0x81..=0x84 => {
            let count = usize::from(long & 0x7f);
            let digits = bytes.get(at + 1..at + 1 + count)?;
            let length = digits.iter().fold(0_usize, |length, digit| length << 8 | usize::from(*digit));
            Some((length, at + 1 + count))
        }
        _ => None,
    }
}

/// Whether bytes begin with a secret key of OpenPGP (RFC 9580, packet 5), which has no marks that are plain: the header, the version, the
/// algorithm and the size of the first number all must be likely.
pub fn begins_pgp(bytes: &[u8]) -> bool {
    let header = match bytes {
        [0x94, ..] => 2,
        [0x95, ..] => 3,
        [0x96, ..] => 5,
        [0xc5, 0..=191, ..] => 2,
        [0xc5, 192..=223, ..] => 3,
        [0xc5, 255, ..] => 6,
        _ => return false,
    };
    match bytes.get(header..) {
        Some([4, 0x30..=0x80, _, _, _, algorithm, first, second, ..]) => match algorithm {
            // The bits of the modulus or the prime.
            1 | 2 | 3 | 16 | 17 => matches!((first, second), (2..=0x20, 0 | 0xf8..=0xff)),
            // The length of the curve's OID, and its first arc.
            18 | 19 | 22 => matches!((first, second), (4..=10, 0x2a..=0x2b)),
            25..=28 => true,
            _ => false,
        },
        _ => false,
    }
}
