//! The keys that may have signed the certificates of one issuer's name, and in which order they are tried.

use crate::certificate::{Certificate, extension, strict};
use std::collections::{HashMap, HashSet};

/// So many keys of one name are tried for every certificate at once. Of more, the likely ones are tried first.
pub(super) const AT_ONCE: usize = 16;

/// One key of the CAs that have one name.
pub(super) struct CandidateKey {
    /// Places of the certificates that hold it, each certificate once.
    pub certificates: Vec<usize>,
}

/// The CAs that have one name.
#[derive(Default)]
pub(super) struct CandidateKeys<'a> {
    pub keys: Vec<CandidateKey>,
    /// By the key and by whether strict readers read the certificate: no verdict on one is passed on to another that they refuse.
    by_key: HashMap<(&'a [u8], bool), usize>,
    by_id: HashMap<&'a [u8], Vec<usize>>,
    /// The keys of certificates without a key identifier, and of those with one.
    unnamed: Vec<usize>,
    named: Vec<usize>,
}

impl<'a> CandidateKeys<'a> {
    /// Groups the certificates at these places by their keys.
    pub fn new(places: &[usize], certificates: &'a [(usize, Certificate<'a>)]) -> Self {
        let mut issuers = Self::default();
        let mut seen = HashSet::new();
        for &place in places {
            let certificate = &certificates[place].1;
            // The same certificate may have been given twice. It counts as one issuer.
            if seen.insert(certificate.der()) {
                issuers.add(place, certificate);
            }
        }
        issuers
    }

    fn add(&mut self, place: usize, certificate: &Certificate<'a>) {
        let (id, _) = extension::key_ids(certificate.extensions_der());
        let next = self.keys.len();
        let key = *self.by_key.entry(identity(certificate)).or_insert(next);
        if key == next {
            self.keys.push(CandidateKey { certificates: Vec::new() });
            if id.is_some() { &mut self.named } else { &mut self.unnamed }.push(key);
        }
        self.keys[key].certificates.push(place);
        if let Some(id) = id {
            let keys = self.by_id.entry(id).or_default();
            // Keys come in rising order, so that the list stays sorted.
            if keys.last().is_none_or(|&last| last < key) {
                keys.push(key);
            } else if let Err(at) = keys.binary_search(&key) {
                keys.insert(at, key);
            }
        }
    }

    /// The key that a certificate of this name holds.
    pub fn key_of(&self, certificate: &Certificate<'_>) -> Option<usize> {
        self.by_key.get(&identity(certificate)).copied()
    }

    fn of_id(&self, id: Option<&[u8]>) -> &[usize] {
        id.and_then(|id| self.by_id.get(id)).map_or(&[], Vec::as_slice)
    }
}

fn identity<'a>(certificate: &Certificate<'a>) -> (&'a [u8], bool) {
    (certificate.public_key_der(), strict::is_well_formed(certificate.der()))
}

/// The order in which the keys of a name are tried for one certificate.
pub(super) struct KeyOrder<'a> {
    /// The certificate's own key, if it has its issuer's name.
    first: Option<usize>,
    /// The key identifier of its issuer that the certificate names.
    id: Option<&'a [u8]>,
    /// How many keys were returned, counted over all lists below.
    taken: usize,
}

impl<'a> KeyOrder<'a> {
    pub fn new(own: Option<usize>, certificate: &Certificate<'a>) -> Self {
        let (_, id) = extension::key_ids(certificate.extensions_der());
        Self { first: own, id, taken: 0 }
    }

    /// The next key to try. Keys whose identifier the certificate names come first, then those without an identifier.
    /// Those with another identifier are last and not left out: an identifier is a hint and not a proof.
    pub fn next(&mut self, issuers: &CandidateKeys<'_>) -> Option<usize> {
        let matching = issuers.of_id(self.id);
        loop {
            let at = self.taken;
            self.taken += 1;
            let Some(at) = at.checked_sub(1) else {
                match self.first {
                    Some(key) => return Some(key),
                    None => continue,
                }
            };
            let (key, is_matching) = match at.checked_sub(matching.len()) {
                None => (matching[at], true),
                Some(at) => {
                    let mut others = issuers.unnamed.iter().chain(&issuers.named);
                    // Both lists are slices, so this is one step.
                    (*others.nth(at)?, false)
                }
            };
            let was_first = self.first == Some(key);
            let was_matching = !is_matching && matching.binary_search(&key).is_ok();
            if !was_first && !was_matching {
                return Some(key);
            }
        }
    }
}
