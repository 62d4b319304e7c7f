//! What a block or a DER structure is, when it is not a certificate.

use super::tlv::{
    BIT_STRING, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, UTC_TIME, elements,
};

/// What stands in the place of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A private key, of whatever format.
    PrivateKey,
    /// A certificate signing request (PKCS#10).
    CertificateRequest,
    /// A public key without a certificate around it.
    PublicKey,
    /// A certificate revocation list.
    RevocationList,
    /// A PKCS#7 or CMS structure, which may hold certificates.
    Pkcs7,
    /// A PKCS#12 archive (.p12, .pfx).
    Pkcs12,
    /// Parameters of a key (DH, DSA, EC).
    Parameters,
    /// A block with a label that is none of these.
    UnknownBlock,
    /// A certificate block whose armor or base64 is damaged.
    DamagedBlock,
    /// Neither an armored block nor DER.
    NoPem,
    /// Nothing but white space.
    Empty,
}

impl Kind {
    /// The kind in kebab case, as JavaScript gets it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::PrivateKey => "private-key",
            Kind::CertificateRequest => "certificate-request",
            Kind::PublicKey => "public-key",
            Kind::RevocationList => "revocation-list",
            Kind::Pkcs7 => "pkcs7",
            Kind::Pkcs12 => "pkcs12",
            Kind::Parameters => "parameters",
            Kind::UnknownBlock => "unknown",
            Kind::DamagedBlock => "damaged",
            Kind::NoPem => "nothing",
            Kind::Empty => "empty",
        }
    }

    /// One plain sentence or two for the user.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Kind::PrivateKey => {
                "This is a private key. It was refused and not read: a dry run needs the certificate only."
            }
            Kind::CertificateRequest => {
                "This is a certificate signing request, not a certificate: have the CA sign it, and give the certificate."
            }
            Kind::PublicKey => "This is a public key, not a certificate.",
            Kind::RevocationList => "This is a certificate revocation list, not a certificate.",
            Kind::Pkcs7 => {
                "This is a PKCS#7 structure without certificates: a bundle that was made for certificates has them in its \
                 SignedData."
            }
            Kind::Pkcs12 => {
                "This is a PKCS#12 archive, which may hold a private key. It was refused and not read: take the \
                 certificate out with `openssl pkcs12 -nokeys`."
            }
            Kind::Parameters => "These are key parameters, not a certificate.",
            Kind::UnknownBlock => "This block is not a certificate.",
            Kind::DamagedBlock => "This certificate block is damaged.",
            Kind::NoPem => {
                "No certificate was found: neither a `-----BEGIN CERTIFICATE-----` line nor the bytes of a DER certificate."
            }
            Kind::Empty => "The input is empty.",
        }
    }

    /// What the label of an armored block says; `None` for a certificate.
    pub(super) fn of_label(label: &str) -> Option<Kind> {
        match label {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => None,
            "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" => Some(Kind::Pkcs7),
            "PKCS12" => Some(Kind::Pkcs12),
            _ if label.contains("PRIVATE KEY") => Some(Kind::PrivateKey),
            _ if label.contains("CERTIFICATE REQUEST") => Some(Kind::CertificateRequest),
            _ if label.ends_with("CRL") => Some(Kind::RevocationList),
            _ if label.contains("PUBLIC KEY") => Some(Kind::PublicKey),
            _ if label.ends_with("PARAMETERS") => Some(Kind::Parameters),
            _ => Some(Kind::UnknownBlock),
        }
    }

    /// What a DER structure is by its shape, where it is one of the known ones and not a certificate. Only tags, lengths,
    /// version numbers and object identifiers are looked at, never the octets of a key.
    pub(super) fn of_der(der: &[u8]) -> Option<Kind> {
        let outer = elements(der).next().filter(|outer| outer.tag == SEQUENCE)?;
        let mut parts = [None; 7];
        let mut count = 0;
        for (slot, part) in parts.iter_mut().zip(elements(outer.content)) {
            *slot = Some(part);
            count += 1;
        }
        let tag = |index: usize| parts.get(index).copied().flatten().map_or(0, |part: Element<'_>| part.tag);
        match (tag(0), tag(1), tag(2)) {
            (OBJECT_IDENTIFIER, ..) => parts[0]?.content.starts_with(PKCS7).then_some(Kind::Pkcs7),
            (INTEGER, SEQUENCE, OCTET_STRING) | (INTEGER, OCTET_STRING, _) => Some(Kind::PrivateKey),
            (INTEGER, SEQUENCE, _) if parts[0]?.content == [3] => Some(Kind::Pkcs12),
            (INTEGER, SEQUENCE, BIT_STRING) => None,
            (INTEGER, INTEGER, INTEGER) if count >= 6 => Some(Kind::PrivateKey),
            (INTEGER, INTEGER, INTEGER) => Some(Kind::Parameters),
            // An RSA exponent is odd and rarely 5; 2 and 5 are the usual generators of DH.
            (INTEGER, INTEGER, 0) => {
                Some(if matches!(parts[1]?.content, [2] | [5]) { Kind::Parameters } else { Kind::PublicKey })
            }
            (SEQUENCE, OCTET_STRING, 0) => Some(Kind::PrivateKey),
            (SEQUENCE, BIT_STRING, 0) => Some(Kind::PublicKey),
            (SEQUENCE, SEQUENCE, BIT_STRING) => of_signed(parts[0]?),
            _ => None,
        }
    }
}

/// The arc 1.2.840.113549.1.7.
const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/// Which signed structure has this to-be-signed part, where it is not a certificate.
fn of_signed(signed: Element<'_>) -> Option<Kind> {
    let mut tags = [0; 5];
    for (slot, part) in tags.iter_mut().zip(elements(signed.content)) {
        *slot = part.tag;
    }
    let time = |tag| matches!(tag, UTC_TIME | GENERALIZED_TIME);
    match tags {
        [INTEGER, SEQUENCE, SEQUENCE, this_update, _] if time(this_update) => Some(Kind::RevocationList),
        [SEQUENCE, SEQUENCE, this_update, ..] if time(this_update) => Some(Kind::RevocationList),
        [INTEGER, SEQUENCE, SEQUENCE, 0 | 0xa0, 0] => Some(Kind::CertificateRequest),
        _ => None,
    }
}
