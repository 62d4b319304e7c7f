//! Writes certificates: first the part to be signed, then the whole with its signature.

use der::asn1::{Any, BitString, GeneralizedTime, ObjectIdentifier, SetOfVec, Uint};
use der::{Decode, Document, Encode, Tag};
use serde::Serialize;
use signature::Keypair;
use std::time::Duration;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder, Result};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{
    self, AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey, SubjectPublicKeyInfoOwned,
    SubjectPublicKeyInfoRef,
};
use x509_cert::time::{Time, Validity};

const ECDSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
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
        self.builder(keys).ok()?.finalize(&Signer(keys.issuer)).ok()
    }

    /// The certificate in DER. The signature is the two numbers of ECDSA one after the other, as WebCrypto returns
    /// them.
    pub fn signed(&self, keys: PublicKeys<'_>, signature: &[u8]) -> Option<Vec<u8>> {
        self.assemble(keys, signature).ok()
    }

    fn assemble(&self, keys: PublicKeys<'_>, signature: &[u8]) -> Result<Vec<u8>> {
        let mut builder = self.builder(keys)?;
        let signer = Signer(keys.issuer);
        builder.finalize(&signer)?;
        let (r, s) = signature.split_at(signature.len() / 2);
        let numbers = [Uint::new(r)?.to_der()?, Uint::new(s)?.to_der()?].concat();
        let signature = Any::new(Tag::Sequence, numbers)?.to_der()?;
        Ok(builder.assemble(BitString::from_bytes(&signature)?, &signer)?.to_der()?)
    }

    fn builder(&self, keys: PublicKeys<'_>) -> Result<CertificateBuilder<Profile>> {
        let time = |seconds: i64| -> Result<Time> {
            let since_1970 = Duration::from_secs(seconds.try_into().unwrap_or_default());
            Ok(Time::GeneralTime(GeneralizedTime::from_unix_duration(since_1970)?))
        };
        let octets: Vec<u8> = self.serial.as_bytes().chunks(2).filter_map(hex).collect();
        let profile = Profile { subject: name(&self.subject)?, issuer: name(&self.issuer)?, ca: self.ca };
        CertificateBuilder::new(
            profile,
            SerialNumber::new(&octets)?,
            Validity::new(time(self.not_before)?, time(self.not_after)?),
            SubjectPublicKeyInfoOwned::from_der(keys.own)?,
        )
    }
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn name(parts: &[SubjectPart]) -> Result<Name> {
    let mut names = RdnSequence::default();
    for part in parts {
        // 2.5.4 in its encoding. The arcs in use fit into an octet each.
        let oid = ObjectIdentifier::from_bytes(&[0x55, 4, part.arc]).map_err(der::Error::from)?;
        let tag = if PRINTABLE.contains(&part.arc) { Tag::PrintableString } else { Tag::Utf8String };
        let mut attributes = SetOfVec::new();
        attributes.insert(AttributeTypeAndValue { oid, value: Any::new(tag, part.value.as_bytes())? })?;
        names.push(RelativeDistinguishedName::from(attributes));
    }
    // Nothing to check again: the values are made for the types that they have here.
    Ok(Name::hazmat_from_rdn_sequence(names))
}

/// The extensions of a CA, and of a device.
struct Profile {
    subject: Name,
    issuer: Name,
    ca: bool,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        own: SubjectPublicKeyInfoRef<'_>,
        issuer: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> Result<Vec<Extension>> {
        let mut all = Vec::new();
        let subject = tbs.subject();
        let usages =
            if self.ca { KeyUsages::KeyCertSign | KeyUsages::CRLSign } else { KeyUsages::DigitalSignature.into() };
        all.push((true, &BasicConstraints { ca: self.ca, path_len_constraint: None }).to_extension(subject, &all)?);
        all.push((true, &KeyUsage(usages)).to_extension(subject, &all)?);
        if !self.ca {
            all.push((false, &ExtendedKeyUsage(vec![CLIENT_AUTH])).to_extension(subject, &all)?);
        }
        all.push((false, &SubjectKeyIdentifier::try_from(own)?).to_extension(subject, &all)?);
        all.push((false, &AuthorityKeyIdentifier::try_from(issuer)?).to_extension(subject, &all)?);
        Ok(all)
    }
}

/// Takes the role of the issuer that `x509-cert` asks to sign. It signs nothing, but knows its public key.
struct Signer<'a>(&'a [u8]);

/// The public key of who signs.
#[derive(Clone)]
struct PublicKey(Vec<u8>);

impl EncodePublicKey for PublicKey {
    fn to_public_key_der(&self) -> spki::Result<Document> {
        Ok(Document::try_from(self.0.as_slice())?)
    }
}

impl Keypair for Signer<'_> {
    type VerifyingKey = PublicKey;

    fn verifying_key(&self) -> PublicKey {
        PublicKey(self.0.to_vec())
    }
}

impl DynSignatureAlgorithmIdentifier for Signer<'_> {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        Ok(AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None })
    }
}
