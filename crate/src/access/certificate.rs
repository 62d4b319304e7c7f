//! The values of a certificate that policies can ask for (page of X.509 certificate policy variables).

use super::facts::CertificateValues;
use crate::certificate::attributes::Attributes;
use crate::certificate::extension::{Extensions, extensions};
use crate::certificate::known::KnownCertificate;
use crate::certificate::{Certificate, Entry, pem};

/// The beginning of the object identifiers of names' attributes, 2.5.4.
const ATTRIBUTE_TYPE: [u8; 2] = [0x55, 0x04];
/// The object identifier of `issuerAltName`, 2.5.29.18.
const ISSUER_ALT_NAME: [u8; 3] = [0x55, 0x1d, 0x12];

/// The kinds of alternative names, each with its variable.
const ALTERNATIVE: [(&str, &str); 4] = [
    ("email", "iot:Certificate.Subject.AlternativeName.RFC822Name"),
    ("dns", "iot:Certificate.Subject.AlternativeName.DNSName"),
    ("uri", "iot:Certificate.Subject.AlternativeName.UniformResourceIdentifier"),
    ("ip", "iot:Certificate.Subject.AlternativeName.IPAddress"),
];

impl CertificateValues {
    /// The values of a certificate. Of a subject alone only those of the subject are known.
    pub fn of(known: KnownCertificate<'_>) -> Self {
        let whole = known.whole();
        Self {
            certificate_id: whole.map(|certificate| certificate.id().into()),
            subject: names(known.subject()),
            issuer: known.issuer().map(names),
            others: whole.and_then(others),
        }
    }

    /// The values of the first certificate that can be read in PEM, whatever is around it, or DER.
    pub fn first_in(input: &[u8]) -> Option<Self> {
        pem::find(input).find_map(|entry| match entry {
            Entry::Certificate { der, .. } => {
                Certificate::parse(&der).ok().map(|found| Self::of(KnownCertificate::Whole(&found)))
            }
            _ => None,
        })
    }
}

fn names(attributes: Attributes<'_>) -> Vec<(u8, Box<str>)> {
    let found = attributes.filter(|attribute| attribute.is_text).filter_map(|attribute| match attribute.oid {
        [first, second, arc] if [*first, *second] == ATTRIBUTE_TYPE => Some((*arc, (*attribute.value).into())),
        _ => None,
    });
    found.collect()
}

/// The serial number in decimal, and the alternative names. `None` if some are there that AWS documents no spelling of, or that are not
/// read: a name of a directory, alternative names of the issuer.
fn others(certificate: &Certificate<'_>) -> Option<Vec<(&'static str, Box<str>)>> {
    let der = certificate.extensions_der();
    if extensions(der.unwrap_or_default()).any(|extension| extension.oid == ISSUER_ALT_NAME) {
        return None;
    }
    let mut found = vec![("iot:Certificate.SerialNumber", certificate.serial_decimal().into())];
    for name in Extensions::read(der).alternative_names.unwrap_or_default() {
        if name.kind == "directory" {
            return None;
        }
        let variable = ALTERNATIVE.iter().find(|(kind, _)| *kind == name.kind);
        found.extend(variable.map(|(_, variable)| (*variable, name.value.into())));
    }
    Some(found)
}
