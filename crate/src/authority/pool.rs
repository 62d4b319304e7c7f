//! The certificates that are read together.

use crate::certificate::{Certificate, CertificateSummary, Entry, pem};
use std::collections::HashMap;

/// Certificates that were given together: those of devices, then those of CAs.
pub(super) struct Pool<'a> {
    /// Every entry of both bundles, in order.
    pub entries: Vec<Entry<'a>>,
    /// How many of them are in the first bundle.
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
        (0..self.entries.len()).filter_map(|index| Some((index, self.certificate(index)?))).collect()
    }

    /// The certificate at a position, if it can be read.
    pub fn certificate(&self, index: usize) -> Option<Certificate<'_>> {
        match &self.entries[index] {
            Entry::Certificate { der, .. } => Certificate::parse(der).ok(),
            Entry::Other { .. } => None,
        }
    }

    /// The summary of every entry.
    pub fn summaries(&self, now: Option<i64>) -> Vec<CertificateSummary> {
        let details = |(index, entry): (usize, &Entry<'_>)| CertificateSummary::details(index, entry, now);
        self.entries.iter().enumerate().map(details).collect()
    }
}

/// Positions in groups, by what they have in common. The groups are in the order in which they were begun.
#[derive(Default)]
pub(super) struct Groups {
    at: HashMap<Vec<u8>, usize>,
    pub groups: Vec<Vec<usize>>,
}

impl Groups {
    /// Puts a position into its group, and returns the position of the group.
    pub fn put(&mut self, common: Vec<u8>, position: usize) -> usize {
        let next = self.groups.len();
        let at = *self.at.entry(common).or_insert(next);
        if at == next {
            self.groups.push(Vec::new());
        }
        self.groups[at].push(position);
        at
    }

    /// The place of a group.
    pub fn find(&self, common: &[u8]) -> Option<usize> {
        self.at.get(common).copied()
    }
}
