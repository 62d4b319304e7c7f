//! What it takes to verify one signature, in the form in which WebCrypto takes it.

use crate::certificate::Certificate;
use crate::certificate::key;
use crate::certificate::oid;
use crate::certificate::tlv::{BIT_STRING, INTEGER, OBJECT_IDENTIFIER, Reader, SEQUENCE, elements};
use base64::Engine;
use serde::{Serialize, Serializer};

/// A signature, made ready to be verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureCheck {
    /// WebCrypto's name of the algorithm: `RSASSA-PKCS1-v1_5`, `RSA-PSS` or `ECDSA`.
    pub algorithm: &'static str,
    /// WebCrypto's name of the hash: `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`.
    pub hash: &'static str,
    /// WebCrypto's name of an ECDSA key's curve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<&'static str>,
    /// Octets of the salt of RSA-PSS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt_length: Option<usize>,
    /// The issuer's key: a `SubjectPublicKeyInfo`, for RSA always of `rsaEncryption`, since WebCrypto takes no other. Base64 in JSON.
    #[serde(serialize_with = "base64")]
    pub key: Vec<u8>,
    /// The signature; of ECDSA the two numbers side by side, each as long as the curve's field. Base64 in JSON.
    #[serde(serialize_with = "base64")]
    pub signature: Vec<u8>,
    /// What is signed. Base64 in JSON.
    #[serde(serialize_with = "base64")]
    pub signed: Vec<u8>,
}

fn base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&base64::engine::general_purpose::STANDARD.encode(bytes))
}

/// Whether a signature can be verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// It can.
    Check(SignatureCheck),
    /// It need not be: this key cannot have made it. Why, as a sentence.
    Impossible(String),
    /// Not by WebCrypto. Why, as a sentence.
    Unsupported(String),
}

/// Prepares the signature of a certificate to be verified with the key of its issuer.
pub(super) fn prepare(certificate: &Certificate<'_>, issuer: &Certificate<'_>) -> Prepared {
    if certificate.inner_algorithm() != certificate.outer_algorithm() {
        // RFC 5280, section 4.1.1.2: who signed did not sign this algorithm.
        let why = "The certificate names one signature algorithm where it is signed, and another beside its signature.";
        return Prepared::Impossible(why.to_owned());
    }
    let dotted = oid::dotted(certificate.signature_algorithm());
    let name = oid::signature_algorithm_name(&dotted).unwrap_or(&dotted);
    let unsupported = || Prepared::Unsupported(format!("Signatures with {name} are not verified by jitp."));
    let key = key::Parts::read(issuer.public_key_der());
    let Some(key) = key else { return Prepared::Unsupported("The issuer's public key cannot be read.".to_owned()) };
    let impossible = || {
        Prepared::Impossible(format!(
            "The signature is made with {name}, which the issuer's {} key cannot do.",
            key.name()
        ))
    };
    let rsa = |hash, salt_length: Option<usize>| {
        let algorithm = if salt_length.is_some() { "RSA-PSS" } else { "RSASSA-PKCS1-v1_5" };
        let signature = certificate.signature().to_vec();
        let key = rsa_key(key.bits);
        SignatureCheck {
            algorithm,
            hash,
            curve: None,
            salt_length,
            key,
            signature,
            signed: certificate.signed_der().to_vec(),
        }
    };
    match Scheme::of(&dotted) {
        Scheme::Rsa(Some(hash)) if key.is_rsa() => Prepared::Check(rsa(hash, None)),
        Scheme::Pss if key.is_rsa() || key.is_pss() => match pss(certificate.outer_algorithm()) {
            Some((hash, salt)) if !key.is_pss() || allows(issuer, hash, salt) => Prepared::Check(rsa(hash, Some(salt))),
            Some(_) => {
                Prepared::Impossible("The issuer's key is for RSASSA-PSS with other parameters only.".to_owned())
            }
            None => unsupported(),
        },
        Scheme::Ecdsa(Some(hash)) if key.is_ec() => {
            let Some((curve, length)) = key.nist_curve() else { return unsupported() };
            let Some(signature) = two_numbers(certificate.signature(), length) else { return impossible() };
            let signed = certificate.signed_der().to_vec();
            let key = issuer.public_key_der().to_vec();
            Prepared::Check(SignatureCheck {
                algorithm: "ECDSA",
                hash,
                curve: Some(curve),
                salt_length: None,
                key,
                signature,
                signed,
            })
        }
        Scheme::Rsa(_) | Scheme::Pss if key.is_ec() => impossible(),
        Scheme::Ecdsa(_) if key.is_rsa() => impossible(),
        _ => unsupported(),
    }
}

/// How a signature is made; without a hash that WebCrypto has not.
enum Scheme {
    Rsa(Option<&'static str>),
    Pss,
    Ecdsa(Option<&'static str>),
    Other,
}

impl Scheme {
    fn of(dotted: &str) -> Self {
        match dotted {
            "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" => Scheme::Rsa(Some("SHA-1")),
            "1.2.840.113549.1.1.11" => Scheme::Rsa(Some("SHA-256")),
            "1.2.840.113549.1.1.12" => Scheme::Rsa(Some("SHA-384")),
            "1.2.840.113549.1.1.13" => Scheme::Rsa(Some("SHA-512")),
            "1.2.840.113549.1.1.2" | "1.2.840.113549.1.1.3" | "1.2.840.113549.1.1.4" | "1.2.840.113549.1.1.14" => {
                Scheme::Rsa(None)
            }
            "1.2.840.113549.1.1.10" => Scheme::Pss,
            "1.2.840.10045.4.1" => Scheme::Ecdsa(Some("SHA-1")),
            "1.2.840.10045.4.3.2" => Scheme::Ecdsa(Some("SHA-256")),
            "1.2.840.10045.4.3.3" => Scheme::Ecdsa(Some("SHA-384")),
            "1.2.840.10045.4.3.4" => Scheme::Ecdsa(Some("SHA-512")),
            "1.2.840.10045.4.3.1" => Scheme::Ecdsa(None),
            _ => Scheme::Other,
        }
    }
}

/// The hash and the length of the salt in the parameters of RSASSA-PSS (RFC 4055, section 3.1); `None` where WebCrypto cannot do it.
fn pss(algorithm: &[u8]) -> Option<(&'static str, usize)> {
    let mut identifier = Reader::new(algorithm).expect(SEQUENCE, "the algorithm").ok()?.reader();
    identifier.expect(OBJECT_IDENTIFIER, "the algorithm's OID").ok()?;
    let parameters = identifier.expect(SEQUENCE, "the algorithm's parameters").ok()?;
    let (mut hash, mut mask_hash, mut salt) = ("SHA-1", "SHA-1", 20);
    for parameter in elements(parameters.content) {
        let inner = parameter.reader().any("a parameter").ok()?;
        match parameter.tag {
            0xa0 => hash = hash_of(inner.encoded)?,
            0xa1 => {
                // The mask generation function is always MGF1; its parameter is its hash.
                let mut function = inner.reader();
                function.expect(OBJECT_IDENTIFIER, "the mask generation function").ok()?;
                mask_hash = hash_of(function.expect(SEQUENCE, "its hash").ok()?.encoded)?;
            }
            0xa2 => {
                salt =
                    inner.content.iter().try_fold(0_usize, |n, &octet| n.checked_mul(256)?.checked_add(octet.into()))?
            }
            _ => {}
        }
    }
    (hash == mask_hash).then_some((hash, salt))
}

/// Whether a key for RSASSA-PSS, which may be restricted to a hash and to a shortest salt (RFC 4055, section 3.3), can have made a
/// signature.
fn allows(issuer: &Certificate<'_>, hash: &str, salt: usize) -> bool {
    let info = Reader::new(issuer.public_key_der()).expect(SEQUENCE, "the key").map(|info| info.content);
    let algorithm = info.map_or(&[][..], |info| elements(info).next().map_or(&[][..], |algorithm| algorithm.encoded));
    pss(algorithm).is_none_or(|(only, shortest)| only == hash && salt >= shortest)
}

fn hash_of(algorithm: &[u8]) -> Option<&'static str> {
    let mut identifier = Reader::new(algorithm).expect(SEQUENCE, "the hash").ok()?.reader();
    match oid::dotted(identifier.expect(OBJECT_IDENTIFIER, "the hash's OID").ok()?.content).as_str() {
        "1.3.14.3.2.26" => Some("SHA-1"),
        "2.16.840.1.101.3.4.2.1" => Some("SHA-256"),
        "2.16.840.1.101.3.4.2.2" => Some("SHA-384"),
        "2.16.840.1.101.3.4.2.3" => Some("SHA-512"),
        _ => None,
    }
}

/// The two INTEGERs of an ECDSA signature side by side; `None` where they are not two numbers of that size.
fn two_numbers(signature: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut numbers = Reader::new(signature).expect(SEQUENCE, "the signature").ok()?.reader();
    let mut joined = Vec::with_capacity(2 * length);
    for _ in 0..2 {
        let octets = numbers.expect(INTEGER, "a number").ok()?.content;
        let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
        let number = &octets[zeros..];
        joined.resize(joined.len() + length.checked_sub(number.len())?, 0);
        joined.extend_from_slice(number);
    }
    numbers.is_empty().then_some(joined)
}

/// A `SubjectPublicKeyInfo` of `rsaEncryption` around an `RSAPublicKey`.
fn rsa_key(key: &[u8]) -> Vec<u8> {
    const ALGORITHM: [u8; 15] = [SEQUENCE, 13, OBJECT_IDENTIFIER, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
    let mut info = ALGORITHM.to_vec();
    info.extend(tlv(BIT_STRING, &[&[0], key].concat()));
    tlv(SEQUENCE, &info)
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut element = vec![tag];
    match content.len() {
        // A length that fits into seven bits stands for itself; the cast cannot cut it.
        length @ 0..0x80 => element.push(length as u8),
        length => {
            let octets = length.to_be_bytes();
            let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
            element.push(0x80 | (octets.len() - zeros) as u8);
            element.extend_from_slice(&octets[zeros..]);
        }
    }
    element.extend_from_slice(content);
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_padded_and_cut_to_the_field() {
        assert_eq!(two_numbers(&[0x30, 6, 2, 1, 1, 2, 1, 2], 2), Some(vec![0, 1, 0, 2]));
        assert_eq!(two_numbers(&[0x30, 7, 2, 2, 0, 0x80, 2, 1, 2], 1), Some(vec![0x80, 2]));
        assert_eq!(two_numbers(&[0x30, 7, 2, 2, 1, 0x80, 2, 1, 2], 1), None, "too large for the field");
        assert_eq!(two_numbers(&[0x30, 3, 2, 1, 1], 1), None, "one number");
        assert_eq!(two_numbers(&[4, 0], 1), None);
    }

    #[test]
    fn lengths_of_elements() {
        assert_eq!(tlv(4, &[7; 2]), [4, 2, 7, 7]);
        assert_eq!(tlv(4, &[0; 0x80])[..3], [4, 0x81, 0x80]);
        assert_eq!(tlv(4, &[0; 0x1234])[..4], [4, 0x82, 0x12, 0x34]);
    }
}
