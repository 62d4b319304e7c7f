//! Writes certificates: first the part to be signed, then the whole with its signature.

use crate::certificate::der_reader::{
    BIT_STRING, DerReader, GENERALIZED_TIME, OBJECT_IDENTIFIER, OCTET_STRING, PRINTABLE_STRING, SEQUENCE, SET,
    UTC_TIME, UTF8_STRING,
};
use crate::certificate::der_writer::{element, integer};
use crate::certificate::key::SubjectPublicKeyInfo;
use crate::certificate::rfc3339;
use serde::Serialize;
use sha1::{Digest, Sha1};

/// The `AlgorithmIdentifier` of ECDSA with SHA-256.
const ECDSA_WITH_SHA_256: [u8; 12] = [SEQUENCE, 10, OBJECT_IDENTIFIER, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
/// The version of certificates with extensions: 3, which is written as 2.
const VERSION: [u8; 5] = [CONTEXT, 3, 2, 1, 2];
/// An extension that a reader must know.
const CRITICAL: [u8; 3] = [1, 1, 0xff];
/// The extended key usage of TLS clients.
const CLIENT_AUTH: [u8; 10] = [OBJECT_IDENTIFIER, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2];
/// The tag of a numbered member that has elements in it.
const CONTEXT: u8 = 0xa0;
/// The last octets of the OIDs of extensions, below `2.5.29`.
const SUBJECT_KEY: u8 = 14;
const KEY_USAGE: u8 = 15;
const BASIC_CONSTRAINTS: u8 = 19;
const AUTHORITY_KEY: u8 = 35;
const EXTENDED_KEY_USAGE: u8 = 37;
/// The most octets of a serial number (RFC 5280, section 4.1.2.2).
const SERIAL_OCTETS: usize = 20;
/// 2050-01-01. From here on, a time has four digits for the year (RFC 5280, section 4.1.2.5).
const FOUR_DIGITS_FROM: i64 = 2_524_608_000;
/// Attributes that are PrintableString by their definition: country, serialNumber, dnQualifier. The others are written
/// as UTF8String.
const PRINTABLE: [u8; 3] = [6, 5, 46];

/// One attribute of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubjectPart {
    /// The last arc of its OID, below `2.5.4`.
    pub arc: u8,
    /// Its short name as OpenSSL writes it.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

/// The contents of a certificate, except its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateSpec {
    /// Whether it is a CA's.
    pub ca: bool,
    /// The subject, in the order of its encoding.
    pub subject: Vec<SubjectPart>,
    /// The issuer.
    pub issuer: Vec<SubjectPart>,
    /// The serial number in hex.
    pub serial: String,
    /// Seconds since 1970.
    pub not_before: i64,
    /// Seconds since 1970, inclusive.
    pub not_after: i64,
}

/// The public keys for a certificate, each a `SubjectPublicKeyInfo` in DER.
#[derive(Clone, Copy, Debug)]
pub struct PublicKeys<'a> {
    /// The holder's key.
    pub own: &'a [u8],
    /// The issuer's key, on P-256.
    pub issuer: &'a [u8],
}

impl CertificateSpec {
    /// The octets that the issuer must sign, with ECDSA and SHA-256. `None` if the keys are not keys or the serial number is too long.
    pub fn to_be_signed(&self, keys: PublicKeys<'_>) -> Option<Vec<u8>> {
        let octets: Vec<u8> = self.serial.as_bytes().chunks(2).filter_map(hex).collect();
        let serial = integer(&octets);
        // Tag and length take two octets more.
        if serial.len() > SERIAL_OCTETS + 2 {
            return None;
        }
        let validity = element(SEQUENCE, &[&moment(self.not_before), &moment(self.not_after)]);
        let extensions = element(CONTEXT | 3, &[&element(SEQUENCE, &[&self.extensions(keys)?])]);
        let (issuer, subject) = (name(&self.issuer), name(&self.subject));
        let parts = [&VERSION, &serial[..], &ECDSA_WITH_SHA_256, &issuer, &validity, &subject, keys.own, &extensions];
        Some(element(SEQUENCE, &parts))
    }

    /// The certificate in DER. The signature is the two numbers of ECDSA one after the other, as WebCrypto returns
    /// them.
    pub fn signed(&self, keys: PublicKeys<'_>, signature: &[u8]) -> Option<Vec<u8>> {
        let signed = self.to_be_signed(keys)?;
        let (r, s) = signature.split_at(signature.len() / 2);
        let numbers = element(SEQUENCE, &[&integer(r), &integer(s)]);
        Some(element(SEQUENCE, &[&signed, &ECDSA_WITH_SHA_256, &element(BIT_STRING, &[&[0], &numbers])]))
    }

    /// The extensions of a CA, and of a device.
    fn extensions(&self, keys: PublicKeys<'_>) -> Option<Vec<u8>> {
        let (own, issuer) = (key_identifier(keys.own)?, key_identifier(keys.issuer)?);
        // The bits that follow the last one that is set are left out; the first octet is their number.
        let (ca, usage): (&[u8], _) = if self.ca { (&CRITICAL, [1, 0b0000_0110]) } else { (&[], [7, 0b1000_0000]) };
        let mut all = vec![
            extension(BASIC_CONSTRAINTS, &CRITICAL, &element(SEQUENCE, &[ca])),
            extension(KEY_USAGE, &CRITICAL, &element(BIT_STRING, &[&usage])),
        ];
        if !self.ca {
            all.push(extension(EXTENDED_KEY_USAGE, &[], &element(SEQUENCE, &[&CLIENT_AUTH])));
        }
        all.push(extension(SUBJECT_KEY, &[], &element(OCTET_STRING, &[&own])));
        // The first numbered member, without elements in it.
        all.push(extension(AUTHORITY_KEY, &[], &element(SEQUENCE, &[&element(0x80, &[&issuer])])));
        Some(all.concat())
    }
}

fn extension(arc: u8, critical: &[u8], value: &[u8]) -> Vec<u8> {
    element(SEQUENCE, &[&[OBJECT_IDENTIFIER, 3, 0x55, 29, arc], critical, &element(OCTET_STRING, &[value])])
}

/// The hash of a public key (RFC 5280, section 4.2.1.2, the first method). `None` if it is not one key and nothing else.
fn key_identifier(info: &[u8]) -> Option<[u8; 20]> {
    let mut reader = DerReader::new(info);
    reader.any("the public key").ok().filter(|_| reader.is_empty())?;
    Some(Sha1::digest(SubjectPublicKeyInfo::read(info)?.bits).into())
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// A time, in seconds since 1970.
fn moment(seconds: i64) -> Vec<u8> {
    let seconds = seconds.max(0);
    let digits: Vec<u8> = rfc3339(seconds).bytes().filter(u8::is_ascii_digit).collect();
    let (tag, digits) =
        if seconds < FOUR_DIGITS_FROM { (UTC_TIME, &digits[2..]) } else { (GENERALIZED_TIME, &digits[..]) };
    element(tag, &[digits, b"Z"])
}

fn name(parts: &[SubjectPart]) -> Vec<u8> {
    let attribute = |part: &SubjectPart| {
        let tag = if PRINTABLE.contains(&part.arc) { PRINTABLE_STRING } else { UTF8_STRING };
        let value = element(tag, &[part.value.as_bytes()]);
        element(SET, &[&element(SEQUENCE, &[&[OBJECT_IDENTIFIER, 3, 0x55, 4, part.arc], &value])])
    };
    element(SEQUENCE, &[&parts.iter().map(attribute).collect::<Vec<_>>().concat()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use x509_cert::Certificate;
    use x509_cert::der::{Decode, Encode};
    use x509_cert::ext::pkix::{
        AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier,
    };

    fn key(first: u8) -> Vec<u8> {
        const BEFORE: [u8; 27] = [
            0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1,
            7, 3, 0x42, 0, 4,
        ];
        BEFORE.into_iter().chain([first; 64]).collect()
    }

    fn spec(ca: bool, serial: &str, not_before: i64) -> CertificateSpec {
        let part = |arc, value: &str| SubjectPart { arc, name: "", value: value.to_owned() };
        let subject = vec![part(6, "DE"), part(3, &"lämp".repeat(40))];
        let (issuer, serial) = (vec![part(10, "Maker")], serial.to_owned());
        CertificateSpec { ca, subject, issuer, serial, not_before, not_after: not_before + 86_399 }
    }

    /// The certificate as `x509-cert` reads it, which reads only DER. Written by it again, it has the same octets.
    fn read(spec: &CertificateSpec, signature: &[u8]) -> Certificate {
        let (own, issuer) = (key(1), key(2));
        let der = spec.signed(PublicKeys { own: &own, issuer: &issuer }, signature).expect("it can be written");
        let certificate = Certificate::from_der(&der).expect("it is a certificate");
        assert_eq!(certificate.to_der().expect("it can be written again"), der);
        certificate
    }

    #[test]
    fn a_device_s_certificate_is_read_as_it_was_meant() {
        let certificate = read(&spec(false, "80aa", 1_700_000_000), &[0x80; 64]);
        let tbs = certificate.tbs_certificate();
        assert_eq!(tbs.serial_number().as_bytes(), [0, 0x80, 0xaa]);
        assert_eq!(tbs.issuer().to_string(), "O=Maker");
        assert_eq!(tbs.subject().to_string(), format!("CN={},C=DE", "lämp".repeat(40)));
        assert_eq!(tbs.validity().not_before.to_unix_duration().as_secs(), 1_700_000_000);
        assert_eq!(tbs.validity().not_after.to_unix_duration().as_secs(), 1_700_086_399);
        let (critical, constraints) =
            tbs.get_extension::<BasicConstraints>().expect("it is read").expect("it is there");
        assert!(critical && !constraints.ca);
        let (critical, usage) = tbs.get_extension::<KeyUsage>().expect("it is read").expect("it is there");
        assert!(critical && usage.digital_signature() && !usage.key_cert_sign());
        let (_, purposes) = tbs.get_extension::<ExtendedKeyUsage>().expect("it is read").expect("it is there");
        assert_eq!(purposes.0.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1.3.6.1.5.5.7.3.2"]);
        let (_, own) = tbs.get_extension::<SubjectKeyIdentifier>().expect("it is read").expect("it is there");
        let (_, issuer) = tbs.get_extension::<AuthorityKeyIdentifier>().expect("it is read").expect("it is there");
        let hash = |first| Sha1::digest(&key(first)[26..]).to_vec();
        assert_eq!(own.0.as_bytes(), hash(1));
        assert_eq!(issuer.key_identifier.expect("it names the key").as_bytes(), hash(2));
    }

    #[test]
    fn a_ca_s_certificate_is_read_as_it_was_meant() {
        let certificate = read(&spec(true, "4000", 0), &[1; 64]);
        let tbs = certificate.tbs_certificate();
        let (critical, constraints) =
            tbs.get_extension::<BasicConstraints>().expect("it is read").expect("it is there");
        assert!(critical && constraints.ca);
        let (_, usage) = tbs.get_extension::<KeyUsage>().expect("it is read").expect("it is there");
        assert!(usage.key_cert_sign() && usage.crl_sign() && !usage.digital_signature());
        assert!(tbs.get_extension::<ExtendedKeyUsage>().expect("it is read").is_none());
    }

    #[test]
    fn times_from_2050_on_have_four_digits_for_the_year() {
        for (from, tag) in [(FOUR_DIGITS_FROM - 1, UTC_TIME), (FOUR_DIGITS_FROM, GENERALIZED_TIME)] {
            let certificate = read(&spec(false, "41", from), &[1; 64]);
            let not_before = certificate.tbs_certificate().validity().not_before;
            assert_eq!(not_before.to_unix_duration().as_secs(), u64::try_from(from).expect("after 1970"));
            assert_eq!(not_before.to_der().expect("it can be written")[0], tag);
        }
    }

    #[test]
    fn what_is_not_a_key_or_too_long_is_refused() {
        let (own, issuer) = (key(1), key(2));
        let is_written = |own: &[u8], issuer: &[u8], serial: &str| {
            spec(false, serial, 0).to_be_signed(PublicKeys { own, issuer }).is_some()
        };
        assert!(is_written(&own, &issuer, &"7f".repeat(20)));
        assert!(!is_written(&own, &issuer, &"7f".repeat(21)));
        assert!(!is_written(&own[1..], &issuer, "41"));
        assert!(!is_written(&[&own[..], &[0]].concat(), &issuer, "41"));
        assert!(!is_written(&own, b"no key", "41"));
    }
}
