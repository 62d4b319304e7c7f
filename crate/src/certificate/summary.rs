//! What people are shown of each certificate in a bundle.

use super::attributes::{Attributes, NOT_KNOWN};
use super::extension::{self, AlternativeName, BasicConstraints, ExtensionSummary, Extensions, NamedOid};
use super::key::Key;
use super::name::NameText;
use super::non_certificate::NonCertificate;
use super::pem::{self, Entry};
use super::x509::Certificate;
use super::{oid, requirements, time};
use crate::diagnostic::Diagnostic;
use serde::Serialize;

/// The facts of one certificate, or why it cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct CertificateSummary {
    /// Position in the bundle, from 0.
    pub index: usize,
    /// What the entry is: `certificate`, the word of its [`NonCertificate`], or `subject` for a subject without a certificate.
    pub kind: &'static str,
    /// Why this entry is not a readable certificate or subject. All facts below are absent then, except the subject of a
    /// signing request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The certificate ID that AWS IoT gives: lower-case hex SHA-256 of the DER.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_id: Option<String>,
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
    /// The subject as people write it. Absent in a plan for a certificate, as all that follows `bytes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_text: Option<NameText>,
    /// The issuer as people write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_text: Option<NameText>,
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
    /// The hashes of the DER.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprints: Option<Fingerprints>,
    /// The names in `subjectAltName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_alt_name: Option<Vec<AlternativeName>>,
    /// The purposes in `keyUsage`, as RFC 5280 names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_usage: Option<Vec<&'static str>>,
    /// The purposes in `extendedKeyUsage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extended_key_usage: Option<Vec<NamedOid>>,
    /// What `basicConstraints` says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basic_constraints: Option<BasicConstraints>,
    /// `subjectKeyIdentifier`: upper-case hex, a colon between octets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_key_id: Option<String>,
    /// The key identifier in `authorityKeyIdentifier`, in the same form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_key_id: Option<String>,
    /// Every extension, in encoded order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<ExtensionSummary>>,
    /// Oddities of the certificate, and what AWS IoT does not accept in it, whoever holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<Vec<Diagnostic>>,
}

/// The hashes of a certificate's DER: upper-case hex, a colon between octets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Fingerprints {
    /// SHA-256, 32 octets. The certificate ID is the same without colons, in lower case.
    pub sha256: String,
    /// SHA-1, 20 octets.
    pub sha1: String,
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
    /// The short name as OpenSSL prints it, or the dotted OID if it has none.
    pub name: String,
    /// The value as text.
    pub value: String,
    /// ASN.1 string type, for example `UTF8String`; `not known` without a certificate.
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
    /// The name as OpenSSL prints it, or the dotted OID if it has none.
    pub name: String,
}

/// Reads every certificate of a bundle (PEM, base64 alone, DER, PKCS#7): one summary for each block that was found, in order. What is no
/// readable certificate has its place too, with the reason. `now`, in seconds since 1970, is what the dates are checked against;
/// without it they are not.
///
/// ```
/// # const PEM: &str = "\
/// # -----BEGIN CERTIFICATE-----\n\
/// # MIIBozCCAUmgAwIBAgICEjYwCgYIKoZIzj0EAwIwOzELMAkGA1UEBhMCREUxEDAO\n\
/// # BgNVBAoMB0V4YW1wbGUxGjAYBgNVBAMMEUV4YW1wbGUgRGV2aWNlIENBMB4XDTIw\n\
/// # MDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowFjEUMBIGA1UEAwwLc2Vuc29yLTAw\n\
/// # MDIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASKboMaBs8wpQ0b9SyjrI11lyVP\n\
/// # hJnyoRNgerEBmLYTi0KRH1SgILSIBtvWSmQkeZefesEDPDORsiJYjCyVgxG8o2Iw\n\
/// # YDAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBTdVcUh\n\
/// # n1lWpkvzEOWcUTMKaWBxazAfBgNVHSMEGDAWgBQYv/Xb7yImNVwCpT46C6P9ZOUG\n\
/// # lTAKBggqhkjOPQQDAgNIADBFAiEA5ylfksEY3vQyqguCZx8tGlz4Z6cYBhazXqje\n\
/// # BeKzVIgCIDcKKIEvsFGjWiMQsriY5IDxlUrz0ANiyss2jVOL6EX6\n\
/// # -----END CERTIFICATE-----";
/// let read = jitp::read_certificates(PEM.as_bytes(), None);
/// assert_eq!(read[0].kind, "certificate");
/// assert_eq!(read[0].certificate_id.as_ref().map(String::len), Some(64));
/// ```
pub fn read_certificates(bundle: &[u8], now: Option<i64>) -> Vec<CertificateSummary> {
    pem::find(bundle).enumerate().map(|(index, entry)| CertificateSummary::details(index, &entry, now)).collect()
}

impl CertificateSummary {
    /// The summary of one entry of a bundle, with all facts.
    pub fn details(index: usize, entry: &Entry<'_>, now: Option<i64>) -> Self {
        match entry {
            Entry::Certificate { der, trailing } => match Certificate::parse(der) {
                Ok(certificate) => Self::of(index, &certificate).with_details(&certificate, now, *trailing),
                Err(_) => Self::of_entry(index, entry),
            },
            Entry::Other { .. } => Self::of_entry(index, entry),
        }
    }

    /// The summary of one entry of a bundle, as a plan has it.
    pub fn of_entry(index: usize, entry: &Entry<'_>) -> Self {
        match entry {
            Entry::Certificate { der, .. } => match Certificate::parse(der) {
                Ok(certificate) => Self::of(index, &certificate),
                Err(error) => {
                    let kind = error.kind().unwrap_or(NonCertificate::DamagedBlock);
                    let subject =
                        super::signing_request::subject(der).filter(|_| kind == NonCertificate::CertificateRequest);
                    Self::unreadable(index, kind, error.to_string()).asking_for(subject)
                }
            },
            Entry::Other { kind, reason, subject } => {
                Self::unreadable(index, *kind, reason.clone().into_owned()).asking_for(subject.as_deref())
            }
        }
    }

    /// The summary of a certificate that was read, as a plan has it.
    pub fn of(index: usize, certificate: &Certificate<'_>) -> Self {
        CertificateSummary {
            index,
            kind: "certificate",
            certificate_id: Some(certificate.id()),
            version: Some(certificate.version()),
            serial_number: Some(SerialNumber { decimal: certificate.serial_decimal(), hex: certificate.serial_hex() }),
            subject: Some(name(certificate.subject())),
            issuer: Some(name(certificate.issuer())),
            not_before: certificate.not_before().map(time::rfc3339),
            not_after: certificate.not_after().map(time::rfc3339),
            key: Key::read(certificate.public_key_der()),
            signature_algorithm: Some(signature_algorithm(certificate.signature_algorithm())),
            pem: Some(pem::encode(certificate.der())),
            bytes: Some(certificate.der().len()),
            ..Self::default()
        }
    }

    /// The kind of a subject that is given without a certificate.
    pub const SUBJECT: &'static str = "subject";

    /// The summary of an encoded subject.
    #[cold]
    pub fn of_subject(subject: &[u8]) -> Self {
        let mut summary = Self { kind: Self::SUBJECT, ..Self::default() }.asking_for(Some(subject));
        for attribute in summary.subject.iter_mut().flatten() {
            NOT_KNOWN.clone_into(&mut attribute.encoding);
        }
        summary
    }

    /// The summary of an entry that is not a readable certificate.
    pub fn unreadable(index: usize, kind: NonCertificate, error: String) -> Self {
        CertificateSummary { index, kind: kind.word(), error: Some(error), ..Self::default() }
    }

    /// Adds the subject of a signing request, or one that is given alone.
    fn asking_for(mut self, subject: Option<&[u8]>) -> Self {
        self.subject = subject.map(|subject| name(Attributes::new(subject)));
        self.subject_text = subject.map(|subject| NameText::of(Attributes::new(subject)));
        self
    }

    #[cold]
    fn with_details(self, certificate: &Certificate<'_>, now: Option<i64>, trailing: usize) -> Self {
        let read = Extensions::read(certificate.extensions_der());
        CertificateSummary {
            subject_text: Some(NameText::of(certificate.subject())),
            issuer_text: Some(NameText::of(certificate.issuer())),
            fingerprints: Some(Fingerprints {
                sha256: colons(self.certificate_id.as_deref().unwrap_or_default()),
                sha1: colons(&certificate.sha1()),
            }),
            subject_alt_name: read.alternative_names,
            key_usage: read.key_usage,
            extended_key_usage: read.extended_key_usage,
            basic_constraints: read.basic_constraints,
            subject_key_id: read.subject_key_id.map(|id| colons(&oid::hex(&id))),
            authority_key_id: read.authority_key_id.map(|id| colons(&oid::hex(&id))),
            extensions: Some(extension::summaries(certificate.extensions_der())),
            diagnostics: Some(requirements::diagnostics(certificate, now, trailing)),
            ..self
        }
    }
}

/// Hex with a colon between octets, in upper case.
fn colons(hex: &str) -> String {
    let mut text = String::with_capacity(hex.len() * 3 / 2);
    for (at, digit) in hex.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            text.push(':');
        }
        text.push(digit.to_ascii_uppercase());
    }
    text
}

fn name(attributes: Attributes<'_>) -> Vec<NameAttribute> {
    attributes
        .map(|attribute| (attribute.dotted(), attribute))
        .map(|(oid, attribute)| NameAttribute {
            name: oid::attribute_name(&oid).map_or_else(|| oid.clone(), str::to_owned),
            oid,
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
