//! The oracle of what a sample's certificate is in DER: `x509-cert`'s builder, which writes the same octets.

use super::encode::{CLIENT_AUTH, ECDSA_WITH_SHA_256, hex, name};
use super::{CertificateSpec, PublicKeys, SampleOptions, sample};
use crate::template::Template;
use der::asn1::{BitString, GeneralizedTime};
use der::{Decode, Document, Encode};
use signature::Keypair;
use std::time::Duration;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder, Result};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{
    self, AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey, SubjectPublicKeyInfoOwned,
    SubjectPublicKeyInfoRef,
};
use x509_cert::time::{Time, Validity};

/// Public keys on P-256; the points need not be on the curve.
fn key(octet: u8) -> Vec<u8> {
    let mut key = vec![
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
        0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];
    key.extend((0..64).map(|at| at ^ octet));
    key
}

/// Samples of templates that want all kinds of subjects, and numbers whose first bits are set or zero.
#[test]
fn a_certificate_has_the_octets_that_a_builder_writes() {
    let (own, issuer) = (key(1), key(2));
    let keys = PublicKeys { own: &own, issuer: &issuer };
    let parameters =
        ["CommonName", "SerialNumber", "Country", "Organization", "DistinguishedName.Qualifier", "StateName"];
    for wanted in 0..1_u8 << parameters.len() {
        let wanted = (0..parameters.len()).filter(|at| wanted >> at & 1 == 1);
        let declared: Vec<String> =
            wanted.map(|at| format!(r#""AWS::IoT::Certificate::{}": {{"Type": "String"}}"#, parameters[at])).collect();
        let source = format!(r#"{{"Parameters": {{{}}}, "Resources": {{}}}}"#, declared.join(", "));
        let options = SampleOptions { random: (0..20).map(|n| 7 + 12 * n).collect(), now: 1_800_000_000 };
        let sample = sample(&Template::new(source.as_bytes()), &options);
        for spec in [&sample.ca, &sample.device] {
            assert_eq!(spec.to_be_signed(keys), Some(to_be_signed(spec, keys).expect("it builds")), "{spec:?}");
            for first in [0, 1, 0x7f, 0x80, 0xff] {
                let mut signature = [first; 64];
                signature[63] = 9;
                assert_eq!(spec.signed(keys, &signature), Some(signed(spec, keys, &signature).expect("it builds")));
            }
        }
    }
}

/// Octets that are not a key give no certificate.
#[test]
fn no_certificate_is_written_without_keys() {
    let options = SampleOptions { random: vec![1; 8], now: 1_800_000_000 };
    let spec = sample(&Template::new(b"{}"), &options).device;
    let key = key(1);
    for (own, issuer) in [(&b""[..], &key[..]), (&key, b""), (&key[1..], &key), (&key[..80], &key), (&key, &key[..80])]
    {
        let keys = PublicKeys { own, issuer };
        assert_eq!(spec.to_be_signed(keys), None);
        assert_eq!(spec.signed(keys, &[1; 64]), None);
    }
    let trailing = [&key[..], &[0]].concat();
    assert_eq!(spec.to_be_signed(PublicKeys { own: &trailing, issuer: &key }), None);
    assert!(spec.to_be_signed(PublicKeys { own: &key, issuer: &key }).is_some());
}

fn to_be_signed(spec: &CertificateSpec, keys: PublicKeys<'_>) -> Result<Vec<u8>> {
    builder(spec, keys)?.finalize(&Signer(keys.issuer))
}

fn signed(spec: &CertificateSpec, keys: PublicKeys<'_>, signature: &[u8]) -> Result<Vec<u8>> {
    let mut builder = builder(spec, keys)?;
    let signer = Signer(keys.issuer);
    builder.finalize(&signer)?;
    let (r, s) = signature.split_at(signature.len() / 2);
    let numbers = [der::asn1::Uint::new(r)?, der::asn1::Uint::new(s)?].to_vec();
    Ok(builder.assemble(BitString::from_bytes(&numbers.to_der()?)?, &signer)?.to_der()?)
}

fn builder(spec: &CertificateSpec, keys: PublicKeys<'_>) -> Result<CertificateBuilder<Profile>> {
    let time = |seconds: i64| -> Result<Time> {
        let since_1970 = Duration::from_secs(seconds.try_into().unwrap_or_default());
        Ok(Time::GeneralTime(GeneralizedTime::from_unix_duration(since_1970)?))
    };
    let octets: Vec<u8> = spec.serial.as_bytes().chunks(2).filter_map(hex).collect();
    let name = |parts| Ok::<_, der::Error>(Name::hazmat_from_rdn_sequence(name(parts)?));
    let profile = Profile { subject: name(&spec.subject)?, issuer: name(&spec.issuer)?, ca: spec.ca };
    CertificateBuilder::new(
        profile,
        SerialNumber::new(&octets)?,
        Validity::new(time(spec.not_before)?, time(spec.not_after)?),
        SubjectPublicKeyInfoOwned::from_der(keys.own)?,
    )
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
