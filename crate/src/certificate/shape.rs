//! Tells by its shape what a DER structure is that is not a certificate.

use super::der_reader::{
    BIT_STRING, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, UTC_TIME, elements,
};
use super::non_certificate::NonCertificate;

impl NonCertificate {
    /// The kind of a DER structure by its shape, if it is a known kind and not a certificate. Only tags, lengths,
    /// version numbers and object identifiers are read, never the octets of a key.
    pub(super) fn of_der(der: &[u8]) -> Option<NonCertificate> {
        let outer = elements(der).next().filter(|outer| outer.tag == SEQUENCE)?;
        let mut parts = [None; 7];
        let mut count = 0;
        for (slot, part) in parts.iter_mut().zip(elements(outer.content)) {
            *slot = Some(part);
            count += 1;
        }
        let tag = |index: usize| parts.get(index).copied().flatten().map_or(0, |part: Element<'_>| part.tag);
        match (tag(0), tag(1), tag(2)) {
            (OBJECT_IDENTIFIER, ..) => parts[0]?.content.starts_with(PKCS7).then_some(NonCertificate::Pkcs7),
            (INTEGER, SEQUENCE, OCTET_STRING) | (INTEGER, OCTET_STRING, _) => Some(NonCertificate::PrivateKey),
            (INTEGER, SEQUENCE, _) if parts[0]?.content == [3] => Some(NonCertificate::Pkcs12),
            (INTEGER, SEQUENCE, BIT_STRING) => None,
            (INTEGER, INTEGER, INTEGER) if count >= 6 => Some(NonCertificate::PrivateKey),
            (INTEGER, INTEGER, INTEGER) => Some(NonCertificate::Parameters),
            // An RSA exponent is odd and rarely 5; 2 and 5 are the usual generators of DH.
            (INTEGER, INTEGER, 0) => Some(if matches!(parts[1]?.content, [2] | [5]) {
                NonCertificate::Parameters
            } else {
                NonCertificate::PublicKey
            }),
            (SEQUENCE, OCTET_STRING, 0) => Some(NonCertificate::PrivateKey),
            (SEQUENCE, BIT_STRING, 0) => Some(NonCertificate::PublicKey),
            (SEQUENCE, SEQUENCE, BIT_STRING) => of_signed(parts[0]?),
            _ => None,
        }
    }
}

/// The arc 1.2.840.113549.1.7.
const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/// The kind of the signed structure that has this to-be-signed part, if it is not a certificate.
fn of_signed(signed: Element<'_>) -> Option<NonCertificate> {
    let mut tags = [0; 5];
    for (slot, part) in tags.iter_mut().zip(elements(signed.content)) {
        *slot = part.tag;
    }
    let time = |tag| matches!(tag, UTC_TIME | GENERALIZED_TIME);
    match tags {
        [INTEGER, SEQUENCE, SEQUENCE, this_update, _] if time(this_update) => Some(NonCertificate::RevocationList),
        [SEQUENCE, SEQUENCE, this_update, ..] if time(this_update) => Some(NonCertificate::RevocationList),
        [INTEGER, SEQUENCE, SEQUENCE, 0 | 0xa0, 0] => Some(NonCertificate::CertificateRequest),
        _ => None,
    }
}
