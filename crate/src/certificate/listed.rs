//! The certificates of a large bundle, each with the few facts by which a list shows and groups them.

use super::attributes::Attribute;
use super::extension::Extensions;
use super::name;
use super::pem::{self, Entry};
use super::summary::CertificateSummary;
use super::x509::Certificate;
use serde::Serialize;

/// The attribute `commonName`: 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];

/// The facts of one certificate that a list needs, or why it cannot be read. They equal those of its [`CertificateSummary`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ListedCertificate {
    /// What the entry is, as in [`CertificateSummary::kind`].
    pub kind: &'static str,
    /// Why this entry is not a readable certificate. There are no facts then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The certificate ID that AWS IoT gives: lower-case hex SHA-256 of the DER.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_id: Option<String>,
    /// The first common name that is not empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// The subject as RFC 4514 writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The issuer in the same form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Whether `basicConstraints` says that it is a CA. Not so for an entry that is not read.
    pub is_ca: bool,
    /// The certificate as PEM: lines of 64 characters, each with a line feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
}

/// Reads the same entries as [`read_certificates`](crate::read_certificates), with few facts of each, many times faster.
///
/// ```
/// assert_eq!(jitp::list_certificates(b"not a certificate")[0].kind, jitp::read_certificates(b"not a certificate", None)[0].kind);
/// ```
pub fn list_certificates(bundle: &[u8]) -> Vec<ListedCertificate> {
    pem::find(bundle).map(|entry| listed(&entry)).collect()
}

fn listed(entry: &Entry<'_>) -> ListedCertificate {
    if let Entry::Certificate { der, .. } = entry
        && let Ok(certificate) = Certificate::parse(der)
    {
        return ListedCertificate {
            kind: "certificate",
            error: None,
            certificate_id: Some(certificate.id()),
            common_name: certificate.subject().find(is_named).map(|found| found.value.into_owned()),
            subject: Some(name::rfc4514(&certificate.subject().collect::<Vec<_>>())),
            issuer: Some(name::rfc4514(&certificate.issuer().collect::<Vec<_>>())),
            is_ca: Extensions::read(certificate.extensions_der()).basic_constraints.is_some_and(|read| read.ca),
            pem: Some(pem::encode(certificate.der())),
        };
    }
    let CertificateSummary { kind, error, .. } = CertificateSummary::of_entry(0, entry);
    ListedCertificate { kind, error, ..ListedCertificate::default() }
}

fn is_named(attribute: &Attribute<'_>) -> bool {
    attribute.oid == COMMON_NAME && !attribute.value.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::read_certificates;
    use std::fs;
    use std::path::Path;

    /// Holds a list to the summaries of the same bundle.
    fn assert_equal(bundle: &[u8]) {
        let (all, few) = (read_certificates(bundle, None), list_certificates(bundle));
        assert_eq!(all.len(), few.len());
        for (all, few) in all.into_iter().zip(few) {
            let is_whole = all.error.is_none();
            let common_name = all.subject.iter().flatten().find(|one| one.oid == "2.5.4.3" && !one.value.is_empty());
            let expected = ListedCertificate {
                kind: all.kind,
                certificate_id: all.certificate_id,
                common_name: common_name.filter(|_| is_whole).map(|one| one.value.clone()),
                subject: all.subject_text.filter(|_| is_whole).map(|text| text.rfc4514),
                issuer: all.issuer_text.map(|text| text.rfc4514),
                is_ca: all.basic_constraints.is_some_and(|read| read.ca),
                pem: all.pem,
                error: all.error,
            };
            assert_eq!(few, expected);
        }
    }

    #[test]
    fn a_list_says_what_the_summaries_say() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/certificates");
        let mut bundle = Vec::new();
        for file in
            fs::read_dir(folder).expect("the fixtures").filter_map(Result::ok).filter(|file| file.path().is_file())
        {
            let bytes = fs::read(file.path()).expect("a fixture");
            assert_equal(&bytes);
            bundle.extend(bytes);
            bundle.push(b'\n');
        }
        assert!(list_certificates(&bundle).len() > 20, "the fixtures were found");
        assert_equal(&bundle);
    }
}
