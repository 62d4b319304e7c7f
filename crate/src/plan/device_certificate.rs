//! The device certificate of a dry run: the first that can be read, and what AWS IoT objects to in it.

use super::findings::PlanFindings;
use super::types::DryRunOptions;
use crate::certificate::requirements::{self, Holder};
use crate::certificate::subject::SubjectError;
use crate::certificate::{Certificate, CertificateSummary, Entry, NonCertificate, pem};
use crate::diagnostic::Finding;
use crate::rules;
use std::borrow::Cow;

/// The first readable certificate of the input, with its position. If there is none, the summary of what was found
/// instead.
pub fn read_certificate<'a>(
    input: &'a [u8],
    findings: &mut PlanFindings,
) -> Result<(usize, Cow<'a, [u8]>), Box<CertificateSummary>> {
    let mut first: Option<(usize, Cow<'a, [u8]>)> = None;
    let mut others = 0;
    let mut unreadable = None;
    for (index, entry) in pem::find(input).enumerate() {
        match entry {
            Entry::Certificate { der, .. } if Certificate::parse(&der).is_ok() => {
                if first.is_none() {
                    first = Some((index, der));
                } else {
                    others += 1;
                }
            }
            entry if unreadable.is_none() => unreadable = Some(CertificateSummary::of_entry(index, &entry)),
            _ => {}
        }
    }
    if others > 0 {
        let message = format!("The input holds {} certificates; the first is dry-run.", others + 1);
        findings.report(Finding::new_at(&rules::SEVERAL_CERTIFICATES, None, message));
    }
    first.ok_or_else(|| {
        Box::new(unreadable.unwrap_or_else(|| {
            CertificateSummary::unreadable(0, NonCertificate::Empty, "the input is empty".to_owned())
        }))
    })
}

/// Reports that there is not a certificate, and why.
#[cold]
pub fn no_certificate(reason: &str, findings: &mut PlanFindings) {
    let message = format!("There is no certificate to dry-run: {reason}");
    findings.report(Finding::new_at(&rules::NO_CERTIFICATE, None, message));
}

/// Reports that the text that was given is not a subject, and returns why.
#[cold]
pub fn no_subject(error: &SubjectError, findings: &mut PlanFindings) -> String {
    let message = format!("The subject cannot be read at character {}: {}", error.position, error.message);
    let help = "Write it as OpenSSL does, /C=DE/O=Example/CN=lamp-1, or as RFC 4514 does, CN=lamp-1,O=Example,C=DE.";
    findings.report(Finding::new_at(&rules::UNREADABLE_SUBJECT, None, message.clone()).help(help));
    message
}

/// What AWS IoT does not accept in a device's certificate (rule R8).
pub fn check_certificate(certificate: &Certificate<'_>, options: &DryRunOptions, findings: &mut PlanFindings) {
    let errors_only = !findings.wants(&rules::ODD_ENCODING);
    requirements::check(certificate, Holder::Device, options.now, errors_only)
        .into_iter()
        .for_each(|found| findings.report(found));
}
