//! Whether one CA signed the certificates of devices, for the plan.

use super::chain::{self, called, issuer_called};
use super::pool::Pool;
use super::search::{SignerSearch, key_ids_match};
use super::verdict::Signature;
use crate::certificate::{Certificate, Entry, name, requirements};
use crate::diagnostic::{Diagnostic, Finding};
use crate::rules;
use serde::Serialize;
use std::ops::Range;

/// The result of a check of a device's issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct IssuerCheck {
    /// Whether the CA signed the certificate.
    pub signature: Signature,
    /// The same as a sentence.
    pub reason: String,
    /// The ID of the device's certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_id: Option<String>,
    /// The ID of the CA's certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_certificate_id: Option<String>,
    /// The CA's subject on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<String>,
    /// Whether the CA's subject is the issuer that the device's certificate names.
    pub names_match: bool,
    /// Whether the key identifiers of the two agree, if both name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_ids_match: Option<bool>,
    /// Findings about the signature or the CA.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks whether a CA signed a device's certificate: the first certificate of each bundle that can be read. Other
/// certificates in the bundles may be between the two. `verdicts` are those of the signatures that
/// [`candidates`](super::candidates) names for the same two bundles, in its order. `now` is in seconds since 1970.
///
/// ```
/// use jitp::Signature;
/// use jitp::authority::check_issuer;
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
/// let check = check_issuer(PEM.as_bytes(), b"", &[], None);
/// assert_eq!(check.signature, Signature::NotChecked, "there is no CA");
/// ```
pub fn check_issuer(device: &[u8], ca: &[u8], verdicts: &[Signature], now: Option<i64>) -> IssuerCheck {
    let pool = Pool::read(device, ca);
    let checks = DevicesAndCa::of(&pool, false).checks(verdicts, now);
    checks.into_iter().next().unwrap_or_else(|| unreadable(&pool, 0..pool.devices))
}

/// The same check for each entry of a bundle of devices, in its order, as if it were alone with the CAs. The CAs are
/// read and ordered once. `verdicts` are those of the signatures that [`candidates_of_each`](super::candidates_of_each) names.
///
/// ```
/// use jitp::Signature;
/// use jitp::authority::{Candidate, candidates_of_each, check_issuers};
///
/// // Ask WebCrypto, or another library.
/// fn verify(_: &Candidate) -> Signature {
///     Signature::NotChecked
/// }
///
/// let (devices, cas): (&[u8], &[u8]) = (b"certificates of devices", b"certificates of CAs");
/// let mut verdicts = Vec::new();
/// loop {
///     let next = candidates_of_each(devices, cas, &verdicts);
///     if next.is_empty() {
///         break;
///     }
///     verdicts.extend(next.iter().map(verify));
/// }
/// let checks = check_issuers(devices, cas, &verdicts, None);
/// assert!(checks.iter().all(|check| check.signature == Signature::NotChecked));
/// ```
pub fn check_issuers(devices: &[u8], ca: &[u8], verdicts: &[Signature], now: Option<i64>) -> Vec<IssuerCheck> {
    let pool = Pool::read(devices, ca);
    let inputs = DevicesAndCa::of(&pool, true);
    let mut checks = inputs.checks(verdicts, now).into_iter();
    let mut readable = inputs.certificates[..inputs.devices].iter().map(|(index, _)| *index).peekable();
    (0..pool.devices)
        .map(|index| match readable.next_if_eq(&index).and_then(|_| checks.next()) {
            Some(check) => check,
            None => unreadable(&pool, index..index + 1),
        })
        .collect()
}

/// The result if the certificate of the device, at these positions, or that of the CA cannot be read.
fn unreadable(pool: &Pool<'_>, device: Range<usize>) -> IssuerCheck {
    let (whose, entries) = match device.clone().any(|index| pool.certificate(index).is_some()) {
        false => ("device", device),
        true => ("CA", pool.devices..pool.entries.len()),
    };
    let reason = format!("There is no certificate of the {whose} that can be read: {}", why(&pool.entries[entries]));
    IssuerCheck { reason, ..IssuerCheck::default() }
}

/// Devices that are checked against a CA.
pub(super) struct DevicesAndCa<'a> {
    /// The devices' certificates, then the CA's, then what may be between.
    certificates: Vec<(usize, Certificate<'a>)>,
    devices: usize,
}

impl<'a> DevicesAndCa<'a> {
    /// The first device of a pool, or each of them. Certificates after the first may be between it and the CA.
    pub fn of(pool: &'a Pool<'a>, each: bool) -> Self {
        let (devices, all) = (pool.devices, pool.entries.len());
        let is_read = |index: &usize| pool.certificate(*index).is_some();
        let first = if each { None } else { (0..devices).find(is_read) };
        let others = first.map_or(0..0, |first| first + 1..devices);
        let checked = first.map_or(if each { 0..devices } else { 0..0 }, |first| first..first + 1);
        // A CA's position counts as if there were one device.
        let shift = if each { devices.saturating_sub(1) } else { 0 };
        let mut certificates = Vec::new();
        let mut count = 0;
        for index in checked.clone().chain(devices..all).chain(others) {
            let Some(certificate) = pool.certificate(index) else { continue };
            let is_device = checked.contains(&index);
            if !is_device && index < devices && count == certificates.len() {
                // There is no CA above it.
                break;
            }
            count += usize::from(is_device);
            certificates.push((if is_device { index } else { index - shift.min(index) }, certificate));
        }
        let devices = count;
        Self { certificates, devices }
    }

    /// Who signed the devices, as far as the verdicts go; `None` if there is no CA to check against.
    pub fn search(&self, verdicts: &[Signature]) -> Option<SignerSearch<'_>> {
        (self.devices < self.certificates.len())
            .then(|| SignerSearch::new(&self.certificates, Some(self.devices), verdicts))
    }

    /// A check for each device that can be read. None if there is no CA.
    fn checks(&self, verdicts: &[Signature], now: Option<i64>) -> Vec<IssuerCheck> {
        let Some(search) = self.search(verdicts) else { return Vec::new() };
        let ca = &self.certificates[self.devices].1;
        let mut ca_check = CheckedCa {
            ca,
            id: ca.id(),
            called: called(ca),
            subject: name::comparable(ca.subject_der()),
            findings: chain::of_signing_ca(ca, now),
            search: &search,
            inputs: self,
        };
        ca_check.findings.extend(chain::look_alike(search.namesakes(self.devices)));
        (0..self.devices).map(|place| ca_check.check(place)).collect()
    }
}

/// The facts that are the same for every device that is checked against a CA.
struct CheckedCa<'a> {
    ca: &'a Certificate<'a>,
    id: String,
    called: String,
    /// Its subject, for comparing.
    subject: Vec<u8>,
    findings: Vec<Finding>,
    search: &'a SignerSearch<'a>,
    inputs: &'a DevicesAndCa<'a>,
}

impl CheckedCa<'_> {
    /// The certificate that signed the one at a position, if the CA is higher in the chain.
    fn is_above(&self, place: usize) -> Option<usize> {
        // Real chains have three or four.
        const STEPS: usize = 64;
        let mut reached: Vec<usize> = self.search.signers(place).collect();
        let mut at = 0;
        while at < reached.len().min(STEPS) {
            let above = reached[at];
            if self.inputs.certificates[above].1.der() == self.ca.der() {
                return reached.first().copied();
            }
            for signer in self.search.signers(above) {
                if !reached.contains(&signer) {
                    reached.push(signer);
                }
            }
            at += 1;
        }
        None
    }

    fn check(&self, place: usize) -> IssuerCheck {
        let (device, ca) = (&self.inputs.certificates[place].1, self.ca);
        let mut check = IssuerCheck {
            certificate_id: Some(device.id()),
            ca_certificate_id: Some(self.id.clone()),
            ca: Some(self.called.clone()),
            names_match: name::comparable(device.issuer_der()) == self.subject,
            ..IssuerCheck::default()
        };
        let mut findings = Vec::new();
        if let Some(tried) = self.search.by(place, ca) {
            check.signature = tried.signature;
            check.key_ids_match = key_ids_match(device, ca);
            check.reason = tried.reason.clone().into_owned();
            if tried.signature == Signature::NotVerified {
                findings.push(chain::not_signed(format!(
                    "The certificate was not signed with the key of the CA {}. {}",
                    self.called, tried.reason
                )));
            }
        } else {
            check.signature = Signature::NotVerified;
            if let Some(signer) = self.is_above(place) {
                let signer = called(&self.inputs.certificates[signer].1);
                check.reason = format!("The CA {} is higher in the chain; the signing CA is {signer}.", self.called);
                let help = "Register the CA that signed the device's certificate.";
                findings.push(Finding::new_at(&rules::NOT_THE_SIGNING_CA, None, check.reason.clone()).help(help));
            } else {
                let issuer = issuer_called(device);
                check.reason = format!("The certificate names another issuer, {issuer}; the CA is {}.", self.called);
                findings.push(chain::not_signed(check.reason.clone()));
            }
        }
        findings.extend(self.findings.iter().cloned());
        check.diagnostics = requirements::resolve(&findings);
        check
    }
}

/// Why the entries hold no readable certificate.
pub(super) fn why(entries: &[Entry<'_>]) -> String {
    match entries.first() {
        Some(Entry::Other { reason, .. }) => reason.clone().into_owned(),
        Some(Entry::Certificate { der, .. }) => {
            Certificate::parse(der).err().map_or_else(String::new, |error| error.to_string())
        }
        None => "the input is empty.".to_owned(),
    }
}
