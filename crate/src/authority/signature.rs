//! The values for verifying one signature, in the form that WebCrypto accepts.

use super::ecdsa;
use crate::certificate::der_reader::{BIT_STRING, DerReader, OBJECT_IDENTIFIER, SEQUENCE};
use crate::certificate::pss::PssParameters;
use crate::certificate::{Certificate, Key, key, oid, strict};
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
    /// The issuer's key: a `SubjectPublicKeyInfo`. An RSA key always has the OID `rsaEncryption`, since WebCrypto
    /// accepts no other. Base64 in JSON.
    #[serde(serialize_with = "base64")]
    pub key: Vec<u8>,
    /// The signature. For ECDSA the two numbers one after the other, each as long as the curve's field. Base64 in JSON.
    #[serde(serialize_with = "base64")]
    pub signature: Vec<u8>,
    /// The signed octets. Base64 in JSON.
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

/// Prepares the signature of a certificate for verification with the key of its issuer. A signature whose form OpenSSL
/// refuses is never passed on: WebCrypto takes the numbers of a signature and would not see its encoding.
pub(super) fn prepare(certificate: &Certificate<'_>, issuer: &Certificate<'_>) -> Prepared {
    let impossible = |why: &str| Prepared::Impossible(why.to_owned());
    if !certificate.algorithms_agree() {
        // RFC 5280, section 4.1.1.2: who signed did not sign this algorithm.
        return impossible(
            "The certificate names one signature algorithm in its signed part and another next to its signature.",
        );
    }
    match certificate.unused_bits() {
        Some(0) => {}
        Some(_) => {
            return impossible("The signature is a BIT STRING with unused bits, and a signature must have none.");
        }
        None => return impossible("The signature is empty."),
    }
    for (whose, der) in [("certificate", certificate.der()), ("CA certificate", issuer.der())] {
        if !strict::is_well_formed(der) {
            return Prepared::Unsupported(format!(
                "The {whose} is not well-formed: strict parsers such as OpenSSL do not read it, so its signature is not verified."
            ));
        }
    }
    let Some(key) = key::SubjectPublicKeyInfo::read(issuer.public_key_der()) else {
        return Prepared::Unsupported("The issuer's public key cannot be read.".to_owned());
    };
    Attempt { certificate, issuer, key }.prepare()
}

/// A signature and the key that may have made it.
struct Attempt<'a> {
    certificate: &'a Certificate<'a>,
    issuer: &'a Certificate<'a>,
    key: key::SubjectPublicKeyInfo<'a>,
}

impl Attempt<'_> {
    fn prepare(&self) -> Prepared {
        let dotted = oid::dotted(self.certificate.signature_algorithm());
        let name = oid::signature_algorithm_name(&dotted).unwrap_or(&dotted);
        let scheme = Scheme::of(&dotted);
        if !scheme.suits(&self.key) {
            let key = Key::read(self.issuer.public_key_der()).map_or_else(|| self.key.dotted(), |key| key.algorithm);
            return Prepared::Impossible(format!(
                "The signature is made with {name}, and the issuer's {key} key cannot make such a signature."
            ));
        }
        let unsupported = || Prepared::Unsupported(format!("jitp does not verify signatures with {name}."));
        match scheme {
            Scheme::Rsa(Some(hash)) => self.rsa(hash, None),
            Scheme::Pss => self.pss(),
            Scheme::Ecdsa(Some(hash)) => match self.key.nist_curve() {
                Some(curve) => self.ecdsa(hash, curve),
                None => Prepared::Unsupported("jitp verifies ECDSA on P-256, P-384 and P-521 only.".to_owned()),
            },
            Scheme::Rsa(None) | Scheme::Ecdsa(None) | Scheme::Of(_) | Scheme::Unknown => unsupported(),
        }
    }

    fn ecdsa(&self, hash: &'static str, curve: &'static str) -> Prepared {
        let order = ecdsa::order(curve).unwrap_or_default();
        match ecdsa::numbers(self.certificate.signature(), order) {
            Ok(signature) => Prepared::Check(SignatureCheck {
                algorithm: "ECDSA",
                hash,
                curve: Some(curve),
                salt_length: None,
                key: self.issuer.public_key_der().to_vec(),
                signature,
                signed: self.certificate.signed_der().to_vec(),
            }),
            Err(problem) => Prepared::Impossible(format!("The signature {problem}.")),
        }
    }

    fn pss(&self) -> Prepared {
        let Some(made) = PssParameters::read(self.certificate.outer_algorithm()) else {
            return Prepared::Impossible(
                "The parameters of the signature algorithm RSASSA-PSS are missing or malformed.".to_owned(),
            );
        };
        if self.key.is_pss() && !allows(self.key.identifier, &made) {
            return Prepared::Impossible("The issuer's key is for RSASSA-PSS with other parameters only.".to_owned());
        }
        match webcrypto_hash(made.hash) {
            Some(hash) if made.hash == made.mask_hash => self.rsa(hash, Some(made.salt)),
            _ => Prepared::Unsupported(format!(
                "jitp does not verify signatures with RSASSA-PSS, {} and MGF1 with {}.",
                PssParameters::name(made.hash),
                PssParameters::name(made.mask_hash)
            )),
        }
    }

    fn rsa(&self, hash: &'static str, salt_length: Option<usize>) -> Prepared {
        let Some(modulus) = self.key.modulus() else {
            return Prepared::Unsupported("The issuer's public key cannot be read.".to_owned());
        };
        let signature = self.certificate.signature();
        if signature.len() != modulus.len() {
            return Prepared::Impossible(format!(
                "The signature has {} bytes, and one by the issuer's RSA key has {}.",
                signature.len(),
                modulus.len()
            ));
        }
        if signature >= modulus {
            return Prepared::Impossible(
                "The signature is a number above the modulus of the issuer's RSA key.".to_owned(),
            );
        }
        Prepared::Check(SignatureCheck {
            algorithm: if salt_length.is_some() { "RSA-PSS" } else { "RSASSA-PKCS1-v1_5" },
            hash,
            curve: None,
            salt_length,
            key: rsa_key(self.key.bits),
            signature: signature.to_vec(),
            signed: self.certificate.signed_der().to_vec(),
        })
    }
}

/// The algorithm of a signature. The hash is absent if WebCrypto does not have it.
enum Scheme {
    Rsa(Option<&'static str>),
    Pss,
    Ecdsa(Option<&'static str>),
    /// Another algorithm, for keys of one kind. This is the dotted OID of that kind.
    Of(&'static str),
    Unknown,
}

impl Scheme {
    fn of(dotted: &str) -> Self {
        match dotted {
            "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" => Scheme::Rsa(Some("SHA-1")),
            "1.2.840.113549.1.1.11" => Scheme::Rsa(Some("SHA-256")),
            "1.2.840.113549.1.1.12" => Scheme::Rsa(Some("SHA-384")),
            "1.2.840.113549.1.1.13" => Scheme::Rsa(Some("SHA-512")),
            "1.2.840.113549.1.1.2"
            | "1.2.840.113549.1.1.3"
            | "1.2.840.113549.1.1.4"
            | "1.2.840.113549.1.1.14"
            | "2.16.840.1.101.3.4.3.13"
            | "2.16.840.1.101.3.4.3.14"
            | "2.16.840.1.101.3.4.3.15"
            | "2.16.840.1.101.3.4.3.16" => Scheme::Rsa(None),
            "1.2.840.113549.1.1.10" => Scheme::Pss,
            "1.2.840.10045.4.1" => Scheme::Ecdsa(Some("SHA-1")),
            "1.2.840.10045.4.3.2" => Scheme::Ecdsa(Some("SHA-256")),
            "1.2.840.10045.4.3.3" => Scheme::Ecdsa(Some("SHA-384")),
            "1.2.840.10045.4.3.4" => Scheme::Ecdsa(Some("SHA-512")),
            "1.2.840.10045.4.3.1"
            | "2.16.840.1.101.3.4.3.9"
            | "2.16.840.1.101.3.4.3.10"
            | "2.16.840.1.101.3.4.3.11"
            | "2.16.840.1.101.3.4.3.12" => Scheme::Ecdsa(None),
            "1.2.840.10040.4.3"
            | "2.16.840.1.101.3.4.3.1"
            | "2.16.840.1.101.3.4.3.2"
            | "2.16.840.1.101.3.4.3.3"
            | "2.16.840.1.101.3.4.3.4" => Scheme::Of("1.2.840.10040.4.1"),
            "1.3.101.112" => Scheme::Of("1.3.101.112"),
            "1.3.101.113" => Scheme::Of("1.3.101.113"),
            _ => Scheme::Unknown,
        }
    }

    /// Whether a key can make such signatures. A key for RSASSA-PSS makes no others.
    fn suits(&self, key: &key::SubjectPublicKeyInfo<'_>) -> bool {
        match self {
            Scheme::Rsa(_) => key.is_rsa(),
            Scheme::Pss => key.is_rsa() || key.is_pss(),
            Scheme::Ecdsa(_) => key.is_ec(),
            Scheme::Of(kind) => key.dotted() == *kind,
            Scheme::Unknown => true,
        }
    }
}

/// Whether a key for RSASSA-PSS, which may be restricted to a hash and to a shortest salt (RFC 4055, section 3.3), can have made a
/// signature. One whose restrictions cannot be read makes none.
fn allows(key_algorithm: &[u8], made: &PssParameters<'_>) -> bool {
    let mut identifier = DerReader::new(key_algorithm).expect(SEQUENCE, "the key's algorithm").map(|all| all.reader());
    let is_free = identifier.as_mut().is_ok_and(|parts| parts.any("its OID").is_ok() && parts.is_empty());
    let fits =
        |only: PssParameters<'_>| only.hash == made.hash && only.mask_hash == made.mask_hash && made.salt >= only.salt;
    is_free || PssParameters::read(key_algorithm).is_some_and(fits)
}

/// WebCrypto's name of a hash that it has.
fn webcrypto_hash(oid: &[u8]) -> Option<&'static str> {
    let name = PssParameters::name(oid);
    ["SHA-1", "SHA-256", "SHA-384", "SHA-512"].into_iter().find(|known| *known == name)
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
        // A length that fits into seven bits is written as it is. The cast cannot cut it.
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
    fn lengths_of_elements() {
        assert_eq!(tlv(4, &[7; 2]), [4, 2, 7, 7]);
        assert_eq!(tlv(4, &[0; 0x80])[..3], [4, 0x81, 0x80]);
        assert_eq!(tlv(4, &[0; 0x1234])[..4], [4, 0x82, 0x12, 0x34]);
    }
}
