//! Writes certificates: first the part to be signed, then the whole with its signature.

use crate::certificate::der_reader::{DerReader, SEQUENCE};
use crate::certificate::key::SubjectPublicKeyInfo;
use der::asn1::{Any, AnyRef, BitStringRef, GeneralizedTime, ObjectIdentifier, OctetString, SetOfVec, UintRef};
use der::{Encode, Result, Tag, TagNumber};
use serde::Serialize;
use sha1::{Digest, Sha1};
use std::time::Duration;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::certificate::Rfc5280;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::name::{RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::{Time, Validity};

pub(super) const ECDSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
pub(super) const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
/// The INTEGER that stands for version 3.
const VERSION_3: [u8; 3] = [2, 1, 2];
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
    /// The octets that the issuer must sign, with ECDSA and SHA-256. `None` if the keys are not keys or a value cannot
    /// be encoded.
    pub fn to_be_signed(&self, keys: PublicKeys<'_>) -> Option<Vec<u8>> {
        let (own, issuer) = (key_identifier(keys.own)?, key_identifier(keys.issuer)?);
        self.encode(keys.own, own, issuer).ok()
    }

    /// The certificate in DER. The signature is the two numbers of ECDSA one after the other, as WebCrypto returns
    /// them.
    pub fn signed(&self, keys: PublicKeys<'_>, signature: &[u8]) -> Option<Vec<u8>> {
        assemble(self.to_be_signed(keys)?, signature).ok()
    }

    /// A `TBSCertificate`. `x509-cert` has that, too, but only its builder makes one, which would be most of what samples cost the wasm.
    fn encode(&self, key: &[u8], own: OctetString, issuer: OctetString) -> Result<Vec<u8>> {
        let time = |seconds: i64| -> Result<Time> {
            let since_1970 = Duration::from_secs(seconds.try_into().unwrap_or_default());
            Ok(Time::GeneralTime(GeneralizedTime::from_unix_duration(since_1970)?))
        };
        let octets: Vec<u8> = self.serial.as_bytes().chunks(2).filter_map(hex).collect();
        let mut parts = tagged(0, true, &VERSION_3)?;
        SerialNumber::<Rfc5280>::new(&octets)?.encode_to_vec(&mut parts)?;
        algorithm(&mut parts)?;
        name(&self.issuer)?.encode_to_vec(&mut parts)?;
        Validity::<Rfc5280>::new(time(self.not_before)?, time(self.not_after)?).encode_to_vec(&mut parts)?;
        name(&self.subject)?.encode_to_vec(&mut parts)?;
        parts.extend(key);
        parts.extend(tagged(3, true, &self.extensions(own, issuer)?)?);
        sequence(&parts)
    }

    /// The extensions of a CA, or of a device.
    fn extensions(&self, own: OctetString, issuer: OctetString) -> Result<Vec<u8>> {
        let usages =
            if self.ca { KeyUsages::KeyCertSign | KeyUsages::CRLSign } else { KeyUsages::DigitalSignature.into() };
        let mut all = Vec::new();
        let constraints = BasicConstraints { ca: self.ca, path_len_constraint: None };
        extension(&mut all, BASIC_CONSTRAINTS, true, constraints.to_der()?)?;
        extension(&mut all, KEY_USAGE, true, KeyUsage(usages).to_der()?)?;
        if !self.ca {
            extension(&mut all, EXTENDED_KEY_USAGE, false, ExtendedKeyUsage(vec![CLIENT_AUTH]).to_der()?)?;
        }
        extension(&mut all, SUBJECT_KEY_IDENTIFIER, false, SubjectKeyIdentifier(own).to_der()?)?;
        extension(&mut all, AUTHORITY_KEY_IDENTIFIER, false, sequence(&tagged(0, false, issuer.as_bytes())?)?)?;
        sequence(&all)
    }
}

fn assemble(mut signed: Vec<u8>, signature: &[u8]) -> Result<Vec<u8>> {
    let (r, s) = signature.split_at(signature.len() / 2);
    let mut numbers = UintRef::new(r)?.to_der()?;
    UintRef::new(s)?.encode_to_vec(&mut numbers)?;
    algorithm(&mut signed)?;
    BitStringRef::from_bytes(&sequence(&numbers)?)?.encode_to_vec(&mut signed)?;
    sequence(&signed)
}

fn sequence(content: &[u8]) -> Result<Vec<u8>> {
    AnyRef::new(Tag::Sequence, content)?.to_der()
}

fn tagged(number: u32, constructed: bool, content: &[u8]) -> Result<Vec<u8>> {
    AnyRef::new(Tag::ContextSpecific { constructed, number: TagNumber(number) }, content)?.to_der()
}

fn algorithm(into: &mut Vec<u8>) -> Result<()> {
    AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None }.encode_to_vec(into)?;
    Ok(())
}

fn extension(into: &mut Vec<u8>, extn_id: ObjectIdentifier, critical: bool, value: Vec<u8>) -> Result<()> {
    Extension { extn_id, critical, extn_value: OctetString::new(value)? }.encode_to_vec(into)?;
    Ok(())
}

/// The identifier of a public key that RFC 5280 proposes first: the SHA-1 of its bits.
fn key_identifier(key: &[u8]) -> Option<OctetString> {
    let whole = DerReader::new(key).expect(SEQUENCE, "the public key").ok()?;
    let key = SubjectPublicKeyInfo::read(key).filter(|_| whole.encoded.len() == key.len())?;
    OctetString::new(Sha1::digest(key.bits).as_slice()).ok()
}

pub(super) fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

pub(super) fn name(parts: &[SubjectPart]) -> Result<RdnSequence> {
    let mut names = RdnSequence::default();
    for part in parts {
        // 2.5.4 in its encoding. The arcs in use fit into an octet each.
        let oid = ObjectIdentifier::from_bytes(&[0x55, 4, part.arc])?;
        let tag = if PRINTABLE.contains(&part.arc) { Tag::PrintableString } else { Tag::Utf8String };
        let mut attributes = SetOfVec::new();
        attributes.insert(AttributeTypeAndValue { oid, value: Any::new(tag, part.value.as_bytes())? })?;
        names.push(RelativeDistinguishedName::from(attributes));
    }
    Ok(names)
}
