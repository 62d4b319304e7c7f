//! The lean path: one walk over a certificate, everything borrowed.

use super::attributes::{self, Attributes};
use super::der_reader::{BIT_STRING, DerReader, Element, INTEGER, OBJECT_IDENTIFIER, SEQUENCE};
use super::error::{DerProblem, ReadError};
use super::non_certificate::NonCertificate;
use super::{oid, serial, time};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The explicit tags of `TBSCertificate`: version and extensions.
const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;

/// Longer than any serial number in the world. Writing it in decimal takes time in the square of its length.
const SERIAL_LIMIT: usize = 4096;

/// The parts of an X.509 certificate, borrowed from its DER.
#[derive(Debug, Clone, Copy)]
pub struct Certificate<'a> {
    der: &'a [u8],
    version: u32,
    serial: &'a [u8],
    signed: &'a [u8],
    signature_algorithm: &'a [u8],
    /// The encoded `AlgorithmIdentifier` that accompanies the signature, and the one that is signed.
    algorithms: [&'a [u8]; 2],
    signature: &'a [u8],
    issuer: &'a [u8],
    validity: &'a [u8],
    subject: &'a [u8],
    public_key: &'a [u8],
    extensions: Option<&'a [u8]>,
}

impl<'a> Certificate<'a> {
    /// Reads a certificate leniently: lengths need not be minimal, serial numbers may be long, zero or negative, and
    /// the contents of dates, keys and extensions are not checked. Names are checked, so that their attributes can be
    /// listed.
    pub fn parse(der: &'a [u8]) -> Result<Self, ReadError> {
        Self::walk(der).map_err(|error| match NonCertificate::of_der(der) {
            Some(kind) => ReadError { problem: DerProblem::OtherKind(kind), ..error },
            None => error,
        })
    }

    fn walk(der: &'a [u8]) -> Result<Self, ReadError> {
        let mut input = DerReader::new(der);
        let certificate = input.expect(SEQUENCE, "the certificate (a SEQUENCE)")?;
        input.end("the end of the certificate")?;

        let mut outer = certificate.reader();
        let signed = outer.expect(SEQUENCE, "the part that is signed (a SEQUENCE)")?;
        let algorithm = outer.expect(SEQUENCE, "the signature algorithm (a SEQUENCE)")?;
        let signature_algorithm =
            algorithm.reader().expect(OBJECT_IDENTIFIER, "the signature algorithm's OID")?.content;
        let signature = outer.expect(BIT_STRING, "the signature (a BIT STRING)")?;
        outer.end("the end of the certificate after its signature")?;

        let mut tbs = signed.reader();
        let mut version = 1;
        if tbs.peek() == Some(VERSION) {
            let number = tbs.any("the version")?.reader().expect(INTEGER, "the version (an INTEGER)")?;
            version = number.content.iter().fold(0_u32, |n, &byte| n.wrapping_shl(8) | u32::from(byte)).wrapping_add(1);
        }
        let number = tbs.expect(INTEGER, "the serial number (an INTEGER)")?;
        if number.content.len() > SERIAL_LIMIT {
            let problem = DerProblem::SerialTooLong(number.content.len());
            return Err(ReadError { expected: "the serial number", offset: number.offset, problem });
        }
        let inner = tbs.expect(SEQUENCE, "the signature algorithm (a SEQUENCE)")?;
        let issuer = tbs.expect(SEQUENCE, "the issuer (a SEQUENCE)")?;
        attributes::check(issuer)?;
        let validity = tbs.expect(SEQUENCE, "the validity (a SEQUENCE)")?;
        let subject = tbs.expect(SEQUENCE, "the subject (a SEQUENCE)")?;
        attributes::check(subject)?;
        let public_key = tbs.expect(SEQUENCE, "the public key (a SEQUENCE)")?;
        let mut extensions = None;
        while !tbs.is_empty() {
            let part = tbs.any("the extensions or a unique identifier")?;
            if part.tag == EXTENSIONS {
                extensions = Some(part.content);
            }
        }
        Ok(Certificate {
            der,
            version,
            serial: number.content,
            signed: signed.encoded,
            signature_algorithm,
            algorithms: [algorithm.encoded, inner.encoded],
            signature: signature.content,
            issuer: issuer.encoded,
            validity: validity.content,
            subject: subject.encoded,
            public_key: public_key.encoded,
            extensions,
        })
    }

    /// The DER that was read.
    pub fn der(&self) -> &'a [u8] {
        self.der
    }

    /// The certificate ID that AWS IoT gives: the lower-case hex SHA-256 of the DER.
    pub fn id(&self) -> String {
        oid::hex(&Sha256::digest(self.der))
    }

    /// The version, counted as people do: 1, 2 or 3. Absurd versions are given as they are.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The octets of the serial number's INTEGER: big-endian two's complement, of any length.
    pub fn serial(&self) -> &'a [u8] {
        self.serial
    }

    /// The serial number in decimal, signed.
    pub fn serial_decimal(&self) -> String {
        serial::decimal(self.serial)
    }

    /// The serial number in upper-case hex, two digits an octet, signed: as `openssl x509 -serial` prints it.
    pub fn serial_hex(&self) -> String {
        serial::hex(self.serial)
    }

    /// The content octets of the signature algorithm's object identifier.
    pub fn signature_algorithm(&self) -> &'a [u8] {
        self.signature_algorithm
    }

    /// The part that is signed, as encoded.
    pub fn signed_der(&self) -> &'a [u8] {
        self.signed
    }

    /// The encoded `AlgorithmIdentifier` that accompanies the signature.
    pub fn outer_algorithm(&self) -> &'a [u8] {
        self.algorithms[0]
    }

    /// The `AlgorithmIdentifier` in the part that is signed, as encoded.
    pub fn inner_algorithm(&self) -> &'a [u8] {
        self.algorithms[1]
    }

    /// The signature: the content of the BIT STRING without its first octet, which counts unused bits.
    pub fn signature(&self) -> &'a [u8] {
        self.signature.get(1..).unwrap_or_default()
    }

    /// How many bits of the signature's last octet are unused, by its own count: zero in a sound one. `None` if even
    /// the count is missing.
    pub fn unused_bits(&self) -> Option<u8> {
        self.signature.first().copied()
    }

    /// Whether the two places that name the signature algorithm name one (RFC 5280, section 4.1.1.2).
    pub fn algorithms_agree(&self) -> bool {
        algorithm(self.outer_algorithm()) == algorithm(self.inner_algorithm())
    }

    /// The issuer's name as encoded.
    pub fn issuer_der(&self) -> &'a [u8] {
        self.issuer
    }

    /// The subject's name as encoded.
    pub fn subject_der(&self) -> &'a [u8] {
        self.subject
    }

    /// Whether the certificate names itself as its issuer.
    pub fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }

    /// The `SubjectPublicKeyInfo` as encoded.
    pub fn public_key_der(&self) -> &'a [u8] {
        self.public_key
    }

    /// The `Extensions` SEQUENCE as encoded, if there is one.
    pub fn extensions_der(&self) -> Option<&'a [u8]> {
        self.extensions
    }

    /// The attributes of the issuer, in encoded order.
    pub fn issuer(&self) -> Attributes<'a> {
        Attributes::new(self.issuer)
    }

    /// The attributes of the subject, in encoded order.
    pub fn subject(&self) -> Attributes<'a> {
        Attributes::new(self.subject)
    }

    /// The SHA-1 of the DER, lower-case hex.
    pub fn sha1(&self) -> String {
        oid::hex(&Sha1::digest(self.der))
    }

    /// The time from which the certificate is valid, in seconds since 1970. `None` if it is not a date.
    pub fn not_before(&self) -> Option<i64> {
        self.times()[0].and_then(time::read)
    }

    /// The time until which, inclusive, the certificate is valid, in seconds since 1970. `None` if it is not a date.
    pub fn not_after(&self) -> Option<i64> {
        self.times()[1].and_then(time::read)
    }

    /// The elements of notBefore and notAfter.
    pub(super) fn times(&self) -> [Option<Element<'a>>; 2] {
        let mut validity = DerReader::new(self.validity);
        let before = validity.any("notBefore").ok();
        [before, validity.any("notAfter").ok()]
    }
}

/// The parts of an `AlgorithmIdentifier` that are compared: the octets of its OID, and the encoding of the rest.
fn algorithm(encoded: &[u8]) -> Option<(&[u8], &[u8])> {
    let identifier = DerReader::new(encoded).expect(SEQUENCE, "the algorithm").ok()?;
    let oid = identifier.reader().expect(OBJECT_IDENTIFIER, "the algorithm's OID").ok()?;
    Some((oid.content, &identifier.content[oid.encoded.len()..]))
}
