//! What people are shown of each certificate in a bundle.

use super::key::Key;
use super::pem::{self, Entry};
use super::subject::Attributes;
use super::x509::Certificate;
use super::{moment, oid};
use serde::Serialize;

/// What was read from one certificate, or why it could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct CertificateSummary {
    /// Position in the bundle, from 0.
    pub index: usize,
    /// Why this entry is no readable certificate. All facts below are absent then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The certificate ID that AWS IoT gives: lower-case hex SHA-256 of the DER.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// 1, 2 or 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The certificate's own serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<SerialNumber>,
    /// The attributes of the subject, in encoded order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Vec<NameAttribute>>,
    /// The attributes of the issuer, in encoded order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Vec<NameAttribute>>,
    /// RFC 3339, UTC, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// RFC 3339, UTC, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_after: Option<String>,
    /// The public key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// The algorithm with which the CA signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature_algorithm: Option<SignatureAlgorithm>,
    /// The certificate as PEM: lines of 64 characters, each with a line feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
    /// The length of the DER in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<usize>,
}

/// A serial number, written in two ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct SerialNumber {
    /// Signed decimal.
    pub decimal: String,
    /// Upper-case hex, signed, two digits an octet.
    pub hex: String,
}

/// One attribute of a distinguished name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct NameAttribute {
    /// Dotted, for example `2.5.4.3`.
    pub oid: String,
    /// Short name as OpenSSL prints it; the dotted OID where it has none.
    pub name: String,
    /// The value as text.
    pub value: String,
    /// ASN.1 string type, for example `UTF8String`.
    pub encoding: String,
    /// Position in the encoded name, from 0, counted over all attributes.
    pub index: usize,
}

/// A signature algorithm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct SignatureAlgorithm {
    /// Dotted.
    pub oid: String,
    /// As OpenSSL prints it; the dotted OID where it has none.
    pub name: String,
}

/// Reads every certificate of a bundle, PEM or DER: one summary for each block that was found, in order. What is no
/// readable certificate has its place too, with the reason.
pub fn read_certificates(bundle: &[u8]) -> Vec<CertificateSummary> {
    pem::find(bundle).enumerate().map(|(index, entry)| CertificateSummary::of_entry(index, &entry)).collect()
}

impl CertificateSummary {
    /// The summary of one entry of a bundle.
    pub fn of_entry(index: usize, entry: &Entry<'_>) -> Self {
        match entry {
            Entry::Certificate { der, .. } => match Certificate::parse(der) {
                Ok(certificate) => Self::of(index, &certificate),
                Err(error) => Self::unreadable(index, error.to_string()),
            },
            Entry::Other { reason, .. } => Self::unreadable(index, reason.clone().into_owned()),
        }
    }

    /// The summary of a certificate that was read.
    pub fn of(index: usize, certificate: &Certificate<'_>) -> Self {
        CertificateSummary {
            index,
            error: None,
            id: Some(certificate.id()),
            version: Some(certificate.version()),
            serial_number: Some(SerialNumber { decimal: certificate.serial_decimal(), hex: certificate.serial_hex() }),
            subject: Some(name(certificate.subject())),
            issuer: Some(name(certificate.issuer())),
            not_before: certificate.not_before().map(moment::rfc3339),
            not_after: certificate.not_after().map(moment::rfc3339),
            key: Key::read(certificate.public_key_der()),
            signature_algorithm: Some(signature_algorithm(certificate.signature_algorithm())),
            pem: Some(pem::encode(certificate.der())),
            bytes: Some(certificate.der().len()),
        }
    }

    /// The summary of an entry that is no readable certificate.
    pub fn unreadable(index: usize, error: String) -> Self {
        CertificateSummary { index, error: Some(error), ..Self::default() }
    }
}

fn name(attributes: Attributes<'_>) -> Vec<NameAttribute> {
    attributes
        .map(|attribute| NameAttribute {
            oid: attribute.dotted(),
            name: attribute.name(),
            encoding: attribute.encoding_name().into_owned(),
            index: attribute.index,
            value: attribute.value.into_owned(),
        })
        .collect()
}

fn signature_algorithm(algorithm: &[u8]) -> SignatureAlgorithm {
    let oid = oid::dotted(algorithm);
    let name = oid::signature_algorithm_name(&oid).map_or_else(|| oid.clone(), str::to_owned);
    SignatureAlgorithm { oid, name }
}
