//! What a CA needs to be registered with AWS IoT (`RegisterCACertificate`).

use super::chain::of_signing_ca;
use super::issuer_check::{check_issuer, why};
use super::pool::Pool;
use super::verdict::Signature;
use crate::certificate::{CertificateSummary, requirements};
use crate::diagnostic::{Diagnostic, Finding};
use crate::rules::{self, Severity};
use serde::Serialize;

/// How a CA is registered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CertificateMode {
    /// With a verification certificate, which proves that the caller holds the CA's private key.
    #[default]
    Default,
    /// Without a verification certificate. Devices must send Server Name Indication.
    SniOnly,
}

/// Options besides the certificates.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields, rename_all = "camelCase"))]
pub struct RegistrationOptions {
    /// How the CA is registered.
    pub mode: CertificateMode,
    /// The output of `get-registration-code`.
    pub registration_code: Option<String>,
    /// Seconds since 1970; without it no validity is checked.
    #[cfg_attr(test, ts(type = "number"))]
    pub now: Option<i64>,
}

/// The result of a check of a verification certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct VerificationCheck {
    /// Its summary.
    pub certificate: CertificateSummary,
    /// Its common name, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Whether that is the registration code, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_matches: Option<bool>,
    /// Whether the CA signed it.
    pub signature: Signature,
    /// The same as a sentence.
    pub reason: String,
}

/// Whether a CA can be registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct CaRegistration {
    /// How.
    pub mode: CertificateMode,
    /// Whether nothing was found that AWS IoT refuses, and the verification certificate could be checked.
    pub ok: bool,
    /// The summary of the CA's certificate.
    pub ca: CertificateSummary,
    /// The result for the verification certificate, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<VerificationCheck>,
    /// What AWS IoT does not accept, or may not accept.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks whether a CA can be registered. `verdicts` are those of the signatures that [`candidates`](super::candidates)
/// names for the verification certificate and the CA, in its order.
///
/// ```
/// use jitp::authority::{RegistrationOptions, check_registration};
///
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
/// // A device's certificate is not a CA's.
/// let registration = check_registration(PEM.as_bytes(), b"", &[], &RegistrationOptions::default());
/// assert!(!registration.diagnostics.is_empty());
/// ```
pub fn check_registration(
    ca: &[u8],
    verification: &[u8],
    verdicts: &[Signature],
    options: &RegistrationOptions,
) -> CaRegistration {
    let pool = Pool::read(ca, &[]);
    let certificates = pool.certificates();
    let mut findings = Vec::new();
    let summary = match certificates.first() {
        Some((index, certificate)) => {
            findings.extend(of_signing_ca(certificate, options.now));
            CertificateSummary::details(*index, &pool.entries[*index], options.now)
        }
        None => {
            let message = format!("There is no CA certificate to register: {}", why(&pool.entries));
            findings.push(Finding::new_at(&rules::NO_CERTIFICATE, None, message));
            CertificateSummary::details(0, &pool.entries[0], options.now)
        }
    };
    let is_given = !verification.is_empty();
    let verification = is_given.then(|| verification_of(verification, ca, verdicts, options));
    if options.mode == CertificateMode::Default {
        findings.extend(of_verification(verification.as_ref(), options));
        let open = verification.as_ref().filter(|check| check.signature == Signature::NotChecked);
        // A certificate that cannot be read is already reported.
        if let Some(check) = open.filter(|check| check.certificate.error.is_none() && summary.error.is_none()) {
            let message =
                format!("The CA's signature on the verification certificate was not checked: {}", check.reason);
            let help = "Verify the signature with another tool, for example openssl verify.";
            findings.push(Finding::new_at(&rules::SIGNATURE_NOT_CHECKED, None, message).help(help));
        }
    }
    let diagnostics = requirements::resolve(&findings);
    let stops = |found: &Diagnostic| {
        found.severity == Severity::Error || rules::by_code(found.code).is_some_and(|rule| rule.leaves_open)
    };
    let ok = !diagnostics.iter().any(stops);
    CaRegistration { mode: options.mode, ok, ca: summary, verification, diagnostics }
}

fn verification_of(
    bundle: &[u8],
    ca: &[u8],
    verdicts: &[Signature],
    options: &RegistrationOptions,
) -> VerificationCheck {
    let pool = Pool::read(bundle, &[]);
    let certificates = pool.certificates();
    let index = certificates.first().map_or(0, |(index, _)| *index);
    let subject = certificates.first().map(|(_, certificate)| certificate.subject());
    let common_name = subject
        .into_iter()
        .flatten()
        .find(|attribute| attribute.oid == COMMON_NAME)
        .map(|found| found.value.into_owned());
    let check = check_issuer(bundle, ca, verdicts, options.now);
    VerificationCheck {
        certificate: CertificateSummary::details(index, &pool.entries[index], options.now),
        code_matches: options.registration_code.as_ref().map(|code| common_name.as_ref() == Some(code)),
        common_name,
        signature: check.signature,
        reason: check.reason,
    }
}

/// commonName, 2.5.4.3.
const COMMON_NAME: [u8; 3] = [0x55, 4, 3];

fn of_verification(verification: Option<&VerificationCheck>, options: &RegistrationOptions) -> Vec<Finding> {
    let finding = |message: String, help: &str| Finding::new_at(&rules::VERIFICATION, None, message).help(help);
    let Some(check) = verification else {
        return vec![finding(
            "DEFAULT mode requires a verification certificate, and none was given.".to_owned(),
            "Have the CA sign a certificate whose common name is the registration code, or register in SNI_ONLY mode.",
        )];
    };
    if let Some(error) = &check.certificate.error {
        return vec![finding(format!("The verification certificate cannot be read: {error}"), "Give it as PEM.")];
    }
    let mut findings = Vec::new();
    if let (Some(false), Some(code)) = (check.code_matches, &options.registration_code) {
        let has = check.common_name.as_ref().map_or("is missing".to_owned(), |name| format!("is {name}"));
        findings.push(finding(
            format!("The verification certificate's common name {has}; the registration code is {code}."),
            "Issue it again, with the code as CN and nothing before or after it.",
        ));
    }
    if check.signature == Signature::NotVerified {
        findings.push(finding(
            format!("The verification certificate was not signed by the CA. {}", check.reason),
            "Sign it with the private key of the CA to register.",
        ));
    }
    if let (Some(start), Some(end), Some(now)) =
        (&check.certificate.not_before, &check.certificate.not_after, options.now)
    {
        // RFC 3339 in UTC sorts by time.
        let now = crate::certificate::rfc3339(now);
        if *end < now || now < *start {
            findings.push(finding(
                format!("The verification certificate is valid from {start} to {end} only."),
                "Issue it again; it is needed for the registration only.",
            ));
        }
    } else if let (Some(_), None) = (options.now, &check.certificate.error) {
        let message = "The verification certificate has a date that cannot be read, so its validity was not checked.";
        findings.push(
            Finding::new_at(&rules::VALIDITY_NOT_CHECKED, None, message)
                .help("Issue another one, with the same registration code."),
        );
    }
    findings
}
