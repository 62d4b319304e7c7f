//! What kind of public key a certificate carries, and how large it is.

use super::der_reader::{BIT_STRING, DerReader, Element, INTEGER, OBJECT_IDENTIFIER, SEQUENCE};
use super::oid;
use crate::limits;
use serde::Serialize;

/// The kind and size of a public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Key {
    /// `RSA`, `EC`, `Ed25519`, ...; the dotted OID of an algorithm that has no name here.
    pub algorithm: String,
    /// The size in bits of an RSA or DSA modulus, or of the field of an elliptic curve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bits: Option<usize>,
    /// The curve of an EC key: `P-256`, or another name, or its dotted OID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<String>,
}

impl Key {
    /// Reads a `SubjectPublicKeyInfo`; what cannot be read is left out.
    pub(crate) fn read(info: &[u8]) -> Option<Key> {
        let mut info = DerReader::new(info).expect(SEQUENCE, "the public key").ok()?.reader();
        let mut identifier = info.expect(SEQUENCE, "the key's algorithm").ok()?.reader();
        let algorithm = oid::dotted(identifier.expect(OBJECT_IDENTIFIER, "the key's algorithm").ok()?.content);
        let parameters = identifier.any("the key's parameters").ok();
        let bits = info.expect(BIT_STRING, "the key's bits").ok().and_then(|bits| bits.content.split_first());
        let key = bits.map_or(&[][..], |(_unused, key)| key);
        let plain = |name: &str, bits| Key { algorithm: name.to_owned(), bits, curve: None };
        Some(match algorithm.as_str() {
            "1.2.840.113549.1.1.1" | "2.5.8.1.1" => plain("RSA", first_integer(key)),
            "1.2.840.113549.1.1.10" => plain("RSASSA-PSS", first_integer(key)),
            "1.2.840.10045.2.1" => elliptic(parameters),
            "1.2.840.10040.4.1" => plain("DSA", parameters.and_then(|group| first_integer(group.encoded))),
            "1.3.101.110" => plain("X25519", None),
            "1.3.101.111" => plain("X448", None),
            "1.3.101.112" => plain("Ed25519", None),
            "1.3.101.113" => plain("Ed448", None),
            "1.2.840.10046.2.1" | "1.2.840.113549.1.3.1" => {
                plain("DH", parameters.and_then(|group| first_integer(group.encoded)))
            }
            "1.2.643.2.2.19" => plain("GOST R 34.10-2001", None),
            "1.2.643.7.1.1.1.1" => plain("GOST R 34.10-2012", Some(256)),
            "1.2.643.7.1.1.1.2" => plain("GOST R 34.10-2012", Some(512)),
            other => plain(other, None),
        })
    }
}

/// The content octets of `rsaEncryption`, of X.500's older OID for the same, and of `id-ecPublicKey`.
pub(crate) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const X500_RSA: &[u8] = &[0x55, 8, 1, 1];
pub(crate) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];

/// The parts of a `SubjectPublicKeyInfo`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SubjectPublicKeyInfo<'a> {
    /// The content octets of the algorithm's OID.
    algorithm: &'a [u8],
    /// The `AlgorithmIdentifier` as encoded.
    pub identifier: &'a [u8],
    /// The first of the algorithm's parameters, if that is an OID: the curve.
    curve: Option<&'a [u8]>,
    /// The key itself.
    pub bits: &'a [u8],
}

impl<'a> SubjectPublicKeyInfo<'a> {
    pub fn read(info: &'a [u8]) -> Option<Self> {
        let mut info = DerReader::new(info).expect(SEQUENCE, "the public key").ok()?.reader();
        let identifier = info.expect(SEQUENCE, "the key's algorithm").ok()?;
        let mut parts = identifier.reader();
        let algorithm = parts.expect(OBJECT_IDENTIFIER, "the key's algorithm").ok()?.content;
        let curve = parts.expect(OBJECT_IDENTIFIER, "the curve").ok().map(|curve| curve.content);
        let (_unused, bits) = info.expect(BIT_STRING, "the key's bits").ok()?.content.split_first()?;
        Some(Self { algorithm, identifier: identifier.encoded, curve, bits })
    }

    pub fn is_rsa(&self) -> bool {
        self.algorithm == RSA || self.algorithm == X500_RSA
    }

    pub fn is_pss(&self) -> bool {
        self.algorithm == limits::RSASSA_PSS
    }

    pub fn is_ec(&self) -> bool {
        self.algorithm == EC
    }

    /// The dotted OID of the algorithm.
    pub fn dotted(&self) -> String {
        oid::dotted(self.algorithm)
    }

    /// The octets of an RSA key's modulus, without zeros in front.
    pub fn modulus(&self) -> Option<&'a [u8]> {
        let mut key = DerReader::new(self.bits).expect(SEQUENCE, "the key").ok()?.reader();
        let octets = key.expect(INTEGER, "the modulus").ok()?.content;
        Some(&octets[octets.iter().take_while(|&&octet| octet == 0).count()..])
    }

    /// Whether the key has the form of a point of its NIST curve: both coordinates, or one and a sign.
    fn is_point(&self) -> bool {
        let at = limits::NIST_CURVES.iter().position(|curve| Some(*curve) == self.curve);
        let octets = at.map_or(0, |at| limits::NIST_CURVE_OCTETS[at]);
        match self.bits {
            [4, both @ ..] => both.len() == 2 * octets,
            [2 | 3, one @ ..] => one.len() == octets,
            _ => false,
        }
    }

    /// The name of the NIST curve that the key is on.
    pub fn nist_curve(&self) -> Option<&'static str> {
        let at = limits::NIST_CURVES.iter().position(|curve| Some(*curve) == self.curve)?;
        Some(limits::NIST_CURVE_NAMES[at])
    }
}

/// Whether a `SubjectPublicKeyInfo` is one of the two kinds that nearly every device has and AWS IoT accepts: an EC key
/// on a NIST curve, or an RSA key that is long enough. `false` decides nothing: [`Key::read`] says what the key is.
pub(super) fn is_usual(info: &[u8]) -> bool {
    SubjectPublicKeyInfo::read(info).is_some_and(|key| match key.is_ec() {
        true => key.nist_curve().is_some() && key.is_point(),
        false => key.is_rsa() && first_integer(key.bits).is_some_and(|bits| bits >= limits::RSA_BITS),
    })
}

/// The size of the first INTEGER of a SEQUENCE: the modulus of an RSA key, the prime of a DSA group.
fn first_integer(sequence: &[u8]) -> Option<usize> {
    let mut sequence = DerReader::new(sequence).expect(SEQUENCE, "a SEQUENCE").ok()?.reader();
    Some(size(sequence.expect(INTEGER, "an INTEGER").ok()?.content))
}

/// Bits of a big-endian number.
fn size(octets: &[u8]) -> usize {
    let octets = &octets[octets.iter().take_while(|&&octet| octet == 0).count()..];
    octets.first().map_or(0, |first| octets.len() * 8 - first.leading_zeros() as usize)
}

/// An EC key by its parameters: a named curve, or the equation written out.
fn elliptic(parameters: Option<Element<'_>>) -> Key {
    let (curve, bits) = match parameters {
        Some(name) if name.tag == OBJECT_IDENTIFIER => {
            let dotted = oid::dotted(name.content);
            let named = named_curve(&dotted);
            (Some(named.map_or(dotted, |(name, _)| name.to_owned())), named.map(|(_, bits)| bits))
        }
        Some(explicit) if explicit.tag == SEQUENCE => (None, prime(explicit)),
        _ => (None, None),
    };
    Key { algorithm: "EC".to_owned(), bits, curve }
}

/// The size of the prime field in explicit `ECParameters`.
fn prime(parameters: Element<'_>) -> Option<usize> {
    let mut parameters = parameters.reader();
    parameters.expect(INTEGER, "the version").ok()?;
    let mut field = parameters.expect(SEQUENCE, "the field").ok()?.reader();
    field.expect(OBJECT_IDENTIFIER, "the kind of field").ok()?;
    Some(size(field.expect(INTEGER, "the prime").ok()?.content))
}

fn named_curve(dotted: &str) -> Option<(&'static str, usize)> {
    Some(match dotted {
        "1.2.840.10045.3.1.1" => ("P-192", 192),
        "1.3.132.0.33" => ("P-224", 224),
        "1.2.840.10045.3.1.7" => ("P-256", 256),
        "1.3.132.0.34" => ("P-384", 384),
        "1.3.132.0.35" => ("P-521", 521),
        "1.3.132.0.10" => ("secp256k1", 256),
        "1.3.36.3.3.2.8.1.1.7" => ("brainpoolP256r1", 256),
        "1.3.36.3.3.2.8.1.1.11" => ("brainpoolP384r1", 384),
        "1.3.36.3.3.2.8.1.1.13" => ("brainpoolP512r1", 512),
        "1.2.156.10197.1.301" => ("SM2", 256),
        _ => return None,
    })
}
