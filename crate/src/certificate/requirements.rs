//! What AWS IoT accepts (rule R8), of a device's certificate and of a CA's.

use super::extension::{self, Extensions};
use super::key::{self, Key};
use super::oddities;
use super::oid;
use super::pss::PssParameters;
use super::time::rfc3339;
use super::x509::Certificate;
use crate::diagnostic::{Diagnostic, Finding};
use crate::limits;
use crate::rules::{self, Rule, Severity};
use crate::source::SourceMap;

/// Whose certificate is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A device.
    Device,
    /// A certificate authority.
    Authority,
}

/// Looks at one certificate.
struct CertificateCheck<'a> {
    certificate: &'a Certificate<'a>,
    holder: Holder,
    errors_only: bool,
    /// The time for which dates are checked.
    now: Option<i64>,
    findings: Vec<Finding>,
}

/// What AWS IoT refuses in a certificate, at a time in seconds since 1970 if one is given, and what is odd about it.
/// Nobody reads the warnings of ten thousand certificates: `errors_only` omits them, except those that leave the
/// verdict open.
pub fn check(certificate: &Certificate<'_>, holder: Holder, now: Option<i64>, errors_only: bool) -> Vec<Finding> {
    let mut check = CertificateCheck { certificate, holder, errors_only, now, findings: Vec::new() };
    check.validity();
    check.signature_algorithm();
    check.key();
    check.extensions();
    match holder {
        Holder::Device if !errors_only => check.device(),
        Holder::Authority => check.authority(),
        Holder::Device => {}
    }
    check.findings
}

/// The same as diagnostics of the certificate alone, with what is true of it whoever holds it.
#[cold]
pub fn diagnostics(certificate: &Certificate<'_>, now: Option<i64>, trailing: usize) -> Vec<Diagnostic> {
    let extensions = Extensions::read(certificate.extensions_der());
    let is_ca = extensions.basic_constraints.is_some_and(|constraints| constraints.ca);
    let holder = if is_ca { Holder::Authority } else { Holder::Device };
    let mut check = CertificateCheck { certificate, holder, errors_only: false, now, findings: Vec::new() };
    check.validity();
    check.signature_algorithm();
    check.key();
    check.extensions();
    check.oddities(&extensions);
    if trailing > 0 {
        check.odd(&format!("{} follow the certificate in its block or file, and were ignored", bytes(trailing)));
    }
    resolve(&check.findings)
}

/// Findings that have no place in a template, as diagnostics.
#[cold]
pub fn resolve(findings: &[Finding]) -> Vec<Diagnostic> {
    let nowhere = SourceMap::new("");
    findings.iter().map(|finding| finding.resolve(&nowhere, None)).collect()
}

fn bytes(count: usize) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

impl CertificateCheck<'_> {
    /// The certificate as the subject of a sentence.
    fn what(&self) -> &'static str {
        if self.holder == Holder::Authority { "The CA certificate" } else { "The certificate" }
    }

    fn report(&mut self, rule: &'static Rule, message: String, help: &str) {
        if self.errors_only && rule.severity != Severity::Error && !rule.leaves_open {
            return;
        }
        let finding = Finding::new_at(rule, None, message);
        self.findings.push(if help.is_empty() { finding } else { finding.help(help) });
    }

    fn odd(&mut self, what: &str) {
        self.report(&rules::ODD_ENCODING, format!("{what}."), "");
    }

    fn validity(&mut self) {
        let Some(now) = self.now else { return };
        let what = self.what();
        let message = if let Some(end) = self.certificate.not_after().filter(|end| *end < now) {
            format!("{what} expired at {}.", rfc3339(end))
        } else if let Some(start) = self.certificate.not_before().filter(|start| *start > now) {
            format!("{what} is valid from {} only.", rfc3339(start))
        } else {
            return self.unread_dates();
        };
        let help = match self.holder {
            Holder::Device => "Issue a certificate that is valid when the device connects.",
            Holder::Authority => "Register a CA certificate that is valid when its devices connect.",
        };
        self.report(&rules::NOT_VALID_NOW, message, help);
    }

    #[cold]
    fn unread_dates(&mut self) {
        let dates = [("notBefore", self.certificate.not_before()), ("notAfter", self.certificate.not_after())];
        let Some((which, _)) = dates.iter().find(|(_, date)| date.is_none()) else { return };
        let message = format!("{}'s {which} cannot be read, so its validity was not checked.", self.what());
        let help = "Have the certificate issued again, with dates in the form of RFC 5280.";
        self.report(&rules::VALIDITY_NOT_CHECKED, message, help);
    }

    /// Who does not know a critical extension must refuse the certificate, and what AWS IoT knows is not documented.
    fn extensions(&mut self) {
        let unchecked = extension::unchecked(self.certificate.extensions_der());
        if !unchecked.is_empty() {
            let (what, list) = (self.what(), unchecked.join(", "));
            let message = format!("{what} has critical extensions that were not checked: {list}.");
            let help = "Try one device before a batch is produced, or issue the certificate without them.";
            self.report(&rules::EXTENSION_NOT_CHECKED, message, help);
        }
    }

    fn signature_algorithm(&mut self) {
        let algorithm = self.certificate.signature_algorithm();
        // A CA's signature on itself proves nothing, whatever the algorithm: AWS IoT registers such CAs. Its signatures
        // on other certificates do count.
        let own_word = self.holder == Holder::Authority && self.certificate.is_self_issued();
        if own_word || limits::SIGNATURE_ALGORITHMS.contains(&algorithm) {
            return;
        }
        self.other_algorithm(algorithm);
    }

    #[cold]
    fn other_algorithm(&mut self, algorithm: &[u8]) {
        let dotted = oid::dotted(algorithm);
        let name = oid::signature_algorithm_name(&dotted).unwrap_or(&dotted);
        let what = self.what();
        let parameters = PssParameters::read(self.certificate.outer_algorithm());
        let name = match parameters.map(|made| PssParameters::name(made.hash)) {
            _ if algorithm != limits::RSASSA_PSS => name.to_owned(),
            Some(hash) if limits::HASHES.contains(&&*hash) => {
                let message = format!("{what} is signed with RSASSA-PSS, which AWS lists in 2026 and did not in 2023.");
                let help = "Try one device before a batch is produced, or sign with RSA PKCS#1 v1.5 or ECDSA.";
                return self.report(&rules::RSA_PSS, message, help);
            }
            Some(hash) => format!("RSASSA-PSS and {hash}"),
            None => "RSASSA-PSS without parameters that can be read".to_owned(),
        };
        let message = format!("{what} is signed with {name}, which AWS IoT does not support.");
        let help = "Have it signed with SHA-256, SHA-384 or SHA-512, by an RSA or ECDSA key.";
        self.report(&rules::SIGNATURE_ALGORITHM, message, help);
    }

    fn key(&mut self) {
        if !key::is_usual(self.certificate.public_key_der()) {
            self.other_key();
        }
    }

    #[cold]
    fn other_key(&mut self) {
        // A CA may have a DSA key, since DSA with SHA-256 is a signature algorithm that AWS IoT supports. A device may
        // not.
        let by_size = |algorithm: &str| {
            matches!(algorithm, "RSA" | "RSASSA-PSS") || (algorithm == "DSA" && self.holder == Holder::Authority)
        };
        let key = Key::read(self.certificate.public_key_der());
        let what = self.what();
        let message = match key {
            None => format!("{what} has a public key that cannot be read."),
            Some(Key { algorithm, bits: Some(bits), .. }) if by_size(&algorithm) => {
                if bits >= limits::RSA_BITS {
                    return;
                }
                format!("{what} has an {algorithm} key of {bits} bits; AWS IoT accepts {} or more.", limits::RSA_BITS)
            }
            Some(Key { algorithm, bits: None, .. }) if by_size(&algorithm) => {
                format!("{what} has an {algorithm} key that cannot be read.")
            }
            Some(Key { algorithm, curve, .. })
                if algorithm == "EC"
                    && curve.as_deref().is_some_and(|curve| limits::NIST_CURVE_NAMES.contains(&curve)) =>
            {
                format!("{what} has an EC key that is not a point of its curve.")
            }
            Some(Key { algorithm, curve, .. }) if algorithm == "EC" => {
                let curve = curve.as_deref().unwrap_or("a curve without a name");
                format!("{what} has an EC key on {curve}; AWS IoT accepts {}.", limits::NIST_CURVE_NAMES.join(", "))
            }
            Some(Key { algorithm, .. }) => {
                let article = if algorithm.starts_with(['E', 'R', 'X']) { "an" } else { "a" };
                format!("{what} has {article} {algorithm} key; AWS IoT accepts RSA and EC keys.")
            }
        };
        let help = "Use an RSA key of at least 2,048 bits, or an EC key on P-256, P-384 or P-521.";
        self.report(&rules::KEY, message, help);
    }

    /// Oddities of a device's certificate, and what it may be used for.
    #[cold]
    fn device(&mut self) {
        let extensions = Extensions::read(self.certificate.extensions_der());
        let is_ca = extensions.basic_constraints.is_some_and(|constraints| constraints.ca);
        let own = self.certificate.is_self_issued();
        if is_ca {
            let message = "The certificate is a CA's: its basicConstraints say CA:TRUE.".to_owned();
            self.report(
                &rules::DEVICE_IS_CA,
                message,
                "Give the certificate that the device presents; the CA is registered beforehand.",
            );
        } else if own {
            let message = "The certificate is issued by itself: its issuer is its subject.".to_owned();
            let help = "Have the device's certificate signed by the registered CA.";
            self.report(&rules::SELF_SIGNED, message, help);
        }
        if let Some(purposes) = extensions.extended_key_usage.as_ref().filter(|_| !is_ca) {
            let names: Vec<&str> = purposes.iter().map(|purpose| purpose.name.as_str()).collect();
            if !names.contains(&"clientAuth") && !names.contains(&"anyExtendedKeyUsage") {
                let message = format!("The certificate is for {} only, not for clientAuth.", names.join(", "));
                self.report(&rules::NO_CLIENT_AUTH, message, "Add clientAuth to its extendedKeyUsage.");
            }
        }
        self.oddities(&extensions);
    }

    fn oddities(&mut self, extensions: &Extensions) {
        // With a clock, dates that cannot be read have a finding of their own.
        for what in oddities::of(self.certificate, extensions, self.now.is_some()) {
            self.odd(&what);
        }
    }

    #[cold]
    fn authority(&mut self) {
        let extensions = Extensions::read(self.certificate.extensions_der());
        if extensions.basic_constraints.is_none_or(|constraints| !constraints.ca) {
            let message = match extensions.basic_constraints {
                Some(_) => "The certificate is not a CA's: its basicConstraints say CA:FALSE.",
                None if self.certificate.version() == 1 => {
                    "The certificate is not a CA's: it is of X.509 version 1, which has no basicConstraints to say CA:TRUE."
                }
                None => "The certificate is not a CA's: it has no basicConstraints that say CA:TRUE.",
            };
            let help = "Register the certificate of the CA that signs the devices' certificates.";
            self.report(&rules::NOT_A_CA, message.to_owned(), help);
        } else if extensions.key_usage.is_some_and(|usages| !usages.contains(&"keyCertSign")) {
            let message = "The CA certificate's keyUsage does not have keyCertSign, so it must not sign certificates.";
            self.report(&rules::NOT_A_CA, message.to_owned(), "Issue the CA's certificate again, with keyCertSign.");
        }
    }
}
