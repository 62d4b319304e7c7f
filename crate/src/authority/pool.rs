//! The certificates that are looked at together, and which of them may have signed which.

use super::Signature;
use super::signature::{self, Prepared};
use crate::certificate::{Certificate, CertificateSummary, Entry, extension, name, pem};
use std::borrow::Cow;
use std::collections::HashMap;

/// More issuers of one name than this are not tried for a certificate.
const ISSUERS: usize = 16;

/// Certificates that were given together: those of devices, then those of CAs.
pub(super) struct Pool<'a> {
    /// Every entry of both bundles, in order.
    pub entries: Vec<Entry<'a>>,
    /// How many of them are of the first bundle.
    pub devices: usize,
}

impl<'a> Pool<'a> {
    pub fn read(devices: &'a [u8], authorities: &'a [u8]) -> Self {
        let mut entries: Vec<_> = pem::find(devices).collect();
        let devices = entries.len();
        if !authorities.is_empty() {
            entries.extend(pem::find(authorities));
        }
        Self { entries, devices }
    }

    /// The certificates that can be read, each with its position.
    pub fn certificates(&self) -> Vec<(usize, Certificate<'_>)> {
        self.entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| match entry {
                Entry::Certificate { der, .. } => Some((index, Certificate::parse(der).ok()?)),
                Entry::Other { .. } => None,
            })
            .collect()
    }

    /// What was read from every entry.
    pub fn summaries(&self, now: Option<i64>) -> Vec<CertificateSummary> {
        let details = |(index, entry): (usize, &Entry<'_>)| CertificateSummary::details(index, entry, now);
        self.entries.iter().enumerate().map(details).collect()
    }
}

/// A certificate and one that may have signed it, since it has the issuer's name.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Position of the certificate among all entries.
    pub certificate: usize,
    /// Position of the one that may have signed it.
    pub issuer: usize,
    /// Whether the certificate's authority key identifier is the other's subject key identifier, where both have one.
    pub key_ids_match: Option<bool>,
    /// What it takes to find out.
    pub prepared: Prepared,
}

impl Candidate {
    /// What is known of the signature once it was verified, with the reason as a sentence; `given` is the verdict of who did.
    pub(super) fn verdict(&self, given: Option<&Signature>) -> (Signature, Cow<'_, str>) {
        match (&self.prepared, given) {
            (Prepared::Impossible(why), _) => (Signature::NotVerified, why.into()),
            (Prepared::Unsupported(why), _) => (Signature::NotChecked, why.into()),
            (Prepared::Check(_), Some(Signature::Verified)) => {
                (Signature::Verified, "The signature was made with the issuer's key.".into())
            }
            (Prepared::Check(_), Some(Signature::NotVerified)) => {
                (Signature::NotVerified, "The issuer's name fits, but the signature was not made with its key.".into())
            }
            (Prepared::Check(_), _) => (Signature::NotChecked, "The signature could not be verified here.".into()),
        }
    }
}

/// Positions in groups, by what they have in common. The groups are in the order in which they were begun.
#[derive(Default)]
pub(super) struct Groups {
    at: HashMap<Vec<u8>, usize>,
    pub groups: Vec<Vec<usize>>,
}

impl Groups {
    pub fn put(&mut self, common: Vec<u8>, position: usize) {
        let next = self.groups.len();
        let at = *self.at.entry(common).or_insert(next);
        if at == next {
            self.groups.push(Vec::new());
        }
        self.groups[at].push(position);
    }

    fn find(&self, common: &[u8]) -> Option<&[usize]> {
        self.at.get(common).map(|&at| self.groups[at].as_slice())
    }
}

/// Which signatures are to be verified, of the certificates in two bundles taken together: those of devices and those of CAs,
/// either of which may hold both. The verdicts that the other functions take are in the order of this list.
pub fn candidates(devices: &[u8], authorities: &[u8]) -> Vec<Candidate> {
    of(&Pool::read(devices, authorities).certificates())
}

pub(super) fn of(certificates: &[(usize, Certificate<'_>)]) -> Vec<Candidate> {
    let mut by_subject = Groups::default();
    for (at, (_, certificate)) in certificates.iter().enumerate() {
        by_subject.put(name::comparable(certificate.subject_der()), at);
    }
    let mut candidates = Vec::new();
    for (at, (index, certificate)) in certificates.iter().enumerate() {
        let Some(named) = by_subject.find(&name::comparable(certificate.issuer_der())) else { continue };
        let (_, authority) = extension::key_ids(certificate.extensions_der());
        // The same certificate may have been given twice; it is one issuer.
        let mut seen: Vec<&[u8]> = Vec::new();
        for &other in named {
            let (issuer_index, issuer) = &certificates[other];
            let is_twin = other != at && issuer.der() == certificate.der();
            if is_twin || seen.contains(&issuer.der()) || seen.len() == ISSUERS {
                continue;
            }
            seen.push(issuer.der());
            let (subject, _) = extension::key_ids(issuer.extensions_der());
            candidates.push(Candidate {
                certificate: *index,
                issuer: *issuer_index,
                key_ids_match: authority.zip(subject).map(|(authority, subject)| authority == subject),
                prepared: signature::prepare(certificate, issuer),
            });
        }
    }
    candidates
}
