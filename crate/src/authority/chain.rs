//! Certificates in any order, put into order: who signed whom.

use super::pool::{Groups, Pool};
use super::search::{SignerSearch, key_ids_match};
use super::verdict::Signature;
use crate::certificate::requirements::{self, Holder};
use crate::certificate::{Attribute, Certificate, CertificateSummary, extension, name};
use crate::diagnostic::{Diagnostic, Finding};
use crate::rules;
use crate::sorted::{sort_by_places, sorted};
use serde::Serialize;
use std::collections::HashSet;

/// That one certificate has the name of another's issuer, and whether it signed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// Position of the certificate in [`Chains::certificates`].
    pub certificate: usize,
    /// Position of the certificate with its issuer's name; its own position if it is signed by itself.
    pub issuer: usize,
    /// Whether that one signed it.
    pub signature: Signature,
    /// The same as a sentence.
    pub reason: String,
    /// Whether the key identifiers of the two agree, if both name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_ids_match: Option<bool>,
}

/// The chain above a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct DevicePath {
    /// Position of the device's certificate in [`Chains::certificates`].
    pub index: usize,
    /// Position of the CA whose key made the signature: the one to register with AWS IoT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_ca: Option<usize>,
    /// The positions from the device upwards, each signed by the next.
    pub path: Vec<usize>,
    /// Whether the path ends in a certificate that is signed by itself.
    pub complete: bool,
}

/// Certificates, and who signed whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Chains {
    /// Every entry that was given, in order.
    pub certificates: Vec<CertificateSummary>,
    /// Who may have signed whom, and who did.
    pub links: Vec<Link>,
    /// A path for each certificate that is not a CA's.
    pub devices: Vec<DevicePath>,
    /// Findings about the chains, and about the CAs that signed a device.
    pub diagnostics: Vec<Diagnostic>,
}

/// Orders certificates into chains. `verdicts` are those of the signatures that [`candidates`](super::candidates) names
/// for the same bundle, in its order. `now` is in seconds since 1970.
///
/// ```
/// use jitp::Signature;
/// use jitp::authority::{candidates, chains};
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
/// // A program verifies what `candidates` names, and says what came of each; here nothing was checked.
/// let verdicts = vec![Signature::NotChecked; candidates(PEM.as_bytes(), &[], &[]).len()];
/// let found = chains(PEM.as_bytes(), &verdicts, None);
/// assert_eq!(found.certificates.len(), 1);
/// ```
pub fn chains(bundle: &[u8], verdicts: &[Signature], now: Option<i64>) -> Chains {
    let pool = Pool::read(bundle, &[]);
    let certificates = pool.certificates();
    let search = SignerSearch::new(&certificates, None, verdicts);
    let graph = Graph::new(&certificates, &search);
    let devices: Vec<DevicePath> = certificates
        .iter()
        .filter(|(index, certificate)| !is_authority(certificate) && !graph.signed_another(*index))
        .map(|(index, _)| graph.path(*index))
        .collect();
    let mut findings = graph.of_devices(&devices);
    findings.extend(graph.of_authorities(&devices, now));
    Chains {
        certificates: pool.summaries(now),
        links: graph.links,
        devices,
        diagnostics: requirements::resolve(&findings),
    }
}

fn is_authority(certificate: &Certificate<'_>) -> bool {
    let read = extension::Extensions::read(certificate.extensions_der());
    read.basic_constraints.is_some_and(|constraints| constraints.ca)
}

/// A certificate's subject on one line, or a description if it has none.
pub(super) fn called(certificate: &Certificate<'_>) -> String {
    written(certificate.subject().collect(), certificate)
}

/// The issuer's name in a certificate on one line.
pub(super) fn issuer_called(certificate: &Certificate<'_>) -> String {
    written(certificate.issuer().collect(), certificate)
}

fn written(attributes: Vec<Attribute<'_>>, certificate: &Certificate<'_>) -> String {
    if attributes.is_empty() {
        return format!("without a name (serial number {})", certificate.serial_hex());
    }
    name::openssl(&attributes)
}

/// The most certificates on the way up from a device that are followed. Real chains have three or four.
const STEPS: usize = 1024;
/// At most this many entries are named in a message. Beyond that only their number is given.
const NAMED: usize = 10;

/// Certificates with the links between them.
pub(super) struct Graph<'a> {
    certificates: &'a [(usize, Certificate<'a>)],
    search: &'a SignerSearch<'a>,
    /// Sorted by certificate, then by issuer.
    pub links: Vec<Link>,
    /// The certificates that have the issuer's name of another certificate, and those that signed another.
    issuers: HashSet<usize>,
    signers: HashSet<usize>,
}

impl<'a> Graph<'a> {
    pub fn new(certificates: &'a [(usize, Certificate<'a>)], search: &'a SignerSearch<'a>) -> Self {
        let mut graph =
            Self { certificates, search, links: Vec::new(), issuers: HashSet::new(), signers: HashSet::new() };
        for place in 0..certificates.len() {
            graph.link(place);
        }
        graph
    }

    /// Adds the links from the certificate at a position to those that may have signed it.
    fn link(&mut self, place: usize) {
        let (index, certificate) = &self.certificates[place];
        let start = self.links.len();
        for (tried, holders) in self.search.tried(place) {
            for holder in holders {
                let (issuer, ca) = &self.certificates[holder];
                if issuer != index {
                    self.issuers.insert(*issuer);
                    if tried.signature == Signature::Verified {
                        self.signers.insert(*issuer);
                    }
                }
                self.links.push(Link {
                    certificate: *index,
                    issuer: *issuer,
                    signature: tried.signature,
                    reason: tried.reason.clone().into_owned(),
                    key_ids_match: key_ids_match(certificate, ca),
                });
            }
        }
        sort_by_places(&mut self.links[start..], |link| (link.issuer, link.certificate));
    }

    /// The place of the certificate at a position.
    fn place(&self, index: usize) -> Option<usize> {
        self.certificates.binary_search_by_key(&index, |(position, _)| *position).ok()
    }

    pub fn certificate(&self, index: usize) -> Option<&'a Certificate<'a>> {
        Some(&self.certificates[self.place(index)?].1)
    }

    /// The links to others that have the name of a certificate's issuer.
    pub fn issuers(&self, index: usize) -> impl Iterator<Item = &Link> {
        // They are adjacent, in the order of the certificates.
        let start = self.links.partition_point(|link| link.certificate < index);
        self.links[start..].iter().take_while(move |link| link.certificate == index)
    }

    fn signers(&self, index: usize) -> impl Iterator<Item = usize> {
        self.issuers(index).filter(|link| link.signature == Signature::Verified).map(|link| link.issuer)
    }

    fn signed_another(&self, index: usize) -> bool {
        self.signers.contains(&index)
    }

    /// The shortest way up to a certificate that is signed by itself. If there is none, one of the longest ways.
    pub fn path(&self, device: usize) -> DevicePath {
        // Each certificate that was reached, with the place in this list of the one that it signed.
        let mut reached = vec![(device, 0)];
        let mut known = HashSet::from([device]);
        let mut at = 0;
        let complete = loop {
            let index = reached[at].0;
            if self.signers(index).any(|signer| signer == index) {
                break true;
            }
            for signer in self.signers(index) {
                if known.insert(signer) {
                    reached.push((signer, at));
                }
            }
            if at + 1 == reached.len() || reached.len() > STEPS {
                break false;
            }
            at += 1;
        };
        let mut path = vec![reached[at].0];
        while at > 0 {
            at = reached[at].1;
            path.push(reached[at].0);
        }
        path.reverse();
        DevicePath { index: device, signing_ca: path.get(1).copied(), path, complete }
    }

    /// Findings about the issuers of devices, one for each issuer: there may be thousands of devices.
    fn of_devices(&self, devices: &[DevicePath]) -> Vec<Finding> {
        let (mut missing, mut wrong, mut stopped) = (Groups::default(), Groups::default(), Groups::default());
        for device in devices.iter().filter(|device| device.signing_ca.is_none() && !device.complete) {
            let Some(place) = self.place(device.index) else { continue };
            let issuer = name::comparable(self.certificates[place].1.issuer_der());
            let mut issuers = self.issuers(device.index).peekable();
            if issuers.peek().is_none() {
                missing.put(issuer, device.index);
            } else if self.search.is_stopped(place) {
                stopped.put(issuer, device.index);
            } else if issuers.all(|link| link.signature == Signature::NotVerified) {
                wrong.put(issuer, device.index);
            }
        }
        let mut findings = Vec::new();
        for group in missing.groups {
            let message =
                format!("The issuer of {} is not among what was given: {}.", self.all(&group), self.issuer(&group));
            findings
                .push(Finding::new_at(&rules::ISSUER_MISSING, None, message).help("Give the CA's certificate too."));
        }
        for group in stopped.groups {
            let counts = group.first().and_then(|index| self.place(*index)).map(|place| self.search.counts(place));
            let (tried, all) = counts.unwrap_or_default();
            let message = format!(
                "The CA that signed {} was not found: {tried} of the {all} keys of CAs with the name {} were tried.",
                self.all(&group),
                self.issuer(&group)
            );
            let help = "Give fewer CAs of this name, or ask about one CA alone.";
            findings.push(Finding::new_at(&rules::ISSUER_MISSING, None, message).help(help));
        }
        for group in wrong.groups {
            findings.push(not_signed(format!(
                "The CA {} did not sign {}, whose issuer has its name.",
                self.issuer(&group),
                self.all(&group)
            )));
        }
        findings
    }

    /// The description of a group of certificates.
    fn all(&self, indexes: &[usize]) -> String {
        match indexes {
            [only] => self
                .certificate(*only)
                .map_or_else(String::new, |certificate| format!("the certificate {}", called(certificate))),
            several => format!("{} certificates", several.len()),
        }
    }

    /// The issuer that a group of certificates names.
    fn issuer(&self, indexes: &[usize]) -> String {
        indexes.first().and_then(|index| self.certificate(*index)).map_or_else(String::new, issuer_called)
    }

    /// Findings about the CAs that signed devices, and about CAs that look alike.
    fn of_authorities(&self, devices: &[DevicePath], now: Option<i64>) -> Vec<Finding> {
        let mut seen = HashSet::new();
        let signing = devices.iter().filter_map(|device| device.signing_ca).filter(|ca| seen.insert(*ca));
        let check = |index: usize| self.certificate(index).map(|ca| of_signing_ca(ca, now));
        let mut findings: Vec<Finding> = signing.filter_map(check).flatten().collect();
        findings.extend(self.look_alikes());
        findings
    }

    /// CAs that have one subject and different keys.
    fn look_alikes(&self) -> Vec<Finding> {
        let mut by_subject = Groups::default();
        for (index, certificate) in self.certificates {
            if is_authority(certificate) || self.issuers.contains(index) {
                by_subject.put(name::comparable(certificate.subject_der()), *index);
            }
        }
        let members = |group: Vec<usize>| {
            let member = |index: usize| Some(&self.certificates[self.place(index)?]);
            look_alike(group.into_iter().filter_map(member))
        };
        by_subject.groups.into_iter().filter_map(members).collect()
    }
}

/// The finding that CAs with one subject have different keys. Each comes with its position.
pub(super) fn look_alike<'a>(alike: impl Iterator<Item = &'a (usize, Certificate<'a>)>) -> Option<Finding> {
    let alike: Vec<_> = alike.collect();
    let (_, first) = alike.first()?;
    if alike.iter().all(|(_, other)| other.public_key_der() == first.public_key_der()) {
        return None;
    }
    let indexes = sorted(alike.iter().map(|(index, _)| *index).collect());
    let entries: Vec<String> = indexes.iter().take(NAMED).map(|index| (index + 1).to_string()).collect();
    let more = alike.len() - entries.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!(
        "{} CA certificates with different keys have the subject {}: entries {}{more}.",
        alike.len(),
        called(first),
        entries.join(", ")
    );
    let help = "Compare signatures: register the CA that signed the devices.";
    Some(Finding::new_at(&rules::SAME_SUBJECT, None, message).help(help))
}

/// What AWS IoT does not accept in a CA that signed a device.
pub(super) fn of_signing_ca(ca: &Certificate<'_>, now: Option<i64>) -> Vec<Finding> {
    requirements::check(ca, Holder::Authority, now, false)
}

pub(super) fn not_signed(message: String) -> Finding {
    let help = "Register the CA whose key made the signature, or have the certificate signed again.";
    Finding::new_at(&rules::NOT_SIGNED, None, message).help(help)
}
