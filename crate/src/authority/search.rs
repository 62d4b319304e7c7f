//! Looks for the key that made each signature, among the certificates that have the issuer's name.
//!
//! Names prove nothing, and a fleet may have thousands of CAs of one name. So the search goes in rounds: the caller verifies what one
//! round names, and only certificates whose issuer was not among them go on to the next. A certificate names the
//! identifier of its issuer's key in most cases, so that the first round is the last.

use super::candidate_keys::{AT_ONCE, CandidateKeys, KeyOrder};
use super::pool::Groups;
use super::signature::{self, Prepared};
use super::verdict::Signature;
use crate::certificate::{Certificate, extension, name};
use std::borrow::Cow;

/// A certificate and one that may have signed it, since it has the issuer's name.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Position of the certificate among all entries.
    pub certificate: usize,
    /// Position of the one that may have signed it.
    pub issuer: usize,
    /// Whether the certificate's authority key identifier is the other's subject key identifier, if both have one.
    pub key_ids_match: Option<bool>,
    /// The values for verifying it.
    pub prepared: Prepared,
}

impl Candidate {
    /// The conclusion about the signature after it was verified, with the reason as a sentence. `given` is the verdict
    /// of the verifier.
    fn verdict(&self, given: Option<&Signature>) -> (Signature, Cow<'static, str>) {
        match (&self.prepared, given) {
            (Prepared::Impossible(why), _) => (Signature::NotVerified, why.clone().into()),
            (Prepared::Unsupported(why), _) => (Signature::NotChecked, why.clone().into()),
            (Prepared::Check(_), Some(Signature::Verified)) => {
                (Signature::Verified, "The signature was made with the issuer's key.".into())
            }
            (Prepared::Check(_), Some(Signature::NotVerified)) => (
                Signature::NotVerified,
                "The issuer's name matches, but the signature was not made with its key.".into(),
            ),
            (Prepared::Check(_), _) => {
                (Signature::NotChecked, "The signature could not be verified on this platform.".into())
            }
        }
    }
}

/// The outcome for one key that was tried for a certificate.
pub(super) struct KeyTrial {
    /// The place of the key among the issuers of the name.
    key: usize,
    pub signature: Signature,
    pub reason: Cow<'static, str>,
}

/// The certificates, the keys that were tried for each, and the signatures to verify next.
pub(super) struct SignerSearch<'a> {
    certificates: &'a [(usize, Certificate<'a>)],
    issuers: Vec<CandidateKeys<'a>>,
    /// For each certificate the position of the certificates with its name. None for a device that is checked against a
    /// CA.
    own: Vec<Option<usize>>,
    /// For each certificate the place of its issuers.
    of: Vec<Option<usize>>,
    /// For each certificate the keys that were tried, in the order of the trials.
    tried: Vec<Vec<KeyTrial>>,
    /// For each certificate whether its search ended before all keys were tried and none had signed it.
    stopped: Vec<bool>,
    pending: Vec<Candidate>,
}

impl<'a> SignerSearch<'a> {
    /// Searches as far as the verdicts go. With `devices` the first certificates, so many of them, are devices, which sign
    /// nothing, and the next one is the CA that they are checked against. If a device names that CA as its issuer, only
    /// that CA's key is tried. The other CAs' signatures matter only if there are devices that name another issuer.
    pub fn new(
        certificates: &'a [(usize, Certificate<'a>)],
        device_count: Option<usize>,
        verdicts: &[Signature],
    ) -> Self {
        let mut by_subject = Groups::default();
        let own: Vec<Option<usize>> = certificates
            .iter()
            .enumerate()
            .map(|(place, (_, certificate))| {
                let is_issuer = device_count.is_none_or(|devices| place >= devices);
                is_issuer.then(|| by_subject.put(name::comparable(certificate.subject_der()), place))
            })
            .collect();
        let of: Vec<Option<usize>> = certificates
            .iter()
            .map(|(_, certificate)| by_subject.find(&name::comparable(certificate.issuer_der())))
            .collect();
        let mut search = SignerSearch {
            certificates,
            issuers: by_subject.groups.iter().map(|places| CandidateKeys::new(places, certificates)).collect(),
            own,
            of,
            tried: certificates.iter().map(|_| Vec::new()).collect(),
            stopped: vec![false; certificates.len()],
            pending: Vec::new(),
        };
        search.run(device_count, verdicts);
        search
    }

    fn run(&mut self, device_count: Option<usize>, verdicts: &[Signature]) {
        // A larger budget would not be linear time if many certificates each have many issuers of one name and none of
        // those signed.
        let mut budget = 4 * self.certificates.len() + 4096;
        let mut verdicts = verdicts.iter();
        let mut open: Vec<(usize, KeyOrder<'a>)> = Vec::new();
        let (devices, ca) = match device_count {
            Some(devices) => (devices, self.own[devices]),
            None => (0, None),
        };
        // Devices that name the CA that was asked about.
        let names_it = |place: usize| place < devices && self.of[place] == ca;
        let is_above = device_count.is_none() || (0..devices).any(|place| self.of[place].is_some() && !names_it(place));
        let mut first = Vec::new();
        for (place, (_, certificate)) in self.certificates.iter().enumerate() {
            let Some(group) = self.of[place] else { continue };
            let issuers = &self.issuers[group];
            if names_it(place) {
                first.extend(issuers.key_of(&self.certificates[devices].1).map(|key| (place, key)));
            } else if place < devices || is_above {
                let own = (self.own[place] == Some(group)).then(|| issuers.key_of(certificate)).flatten();
                open.push((place, KeyOrder::new(own, certificate)));
            }
        }
        for round in 0_u32.. {
            let at_once = 4_usize.saturating_pow(round);
            let mut next = std::mem::take(&mut first);
            for (place, order) in &mut open {
                let issuers = &self.issuers[self.of[*place].unwrap_or_default()];
                let few = issuers.keys.len() <= AT_ONCE;
                let mut count = if few { AT_ONCE } else { at_once };
                while count > 0 && (few || budget > 0) {
                    let Some(key) = order.next(issuers) else { break };
                    next.push((*place, key));
                    count -= 1;
                    budget -= usize::from(!few);
                }
            }
            if next.is_empty() {
                break;
            }
            // Who gave no verdict at all of this round is still to verify it.
            let is_known = verdicts.len() > 0;
            for (place, key) in next {
                let candidate = self.candidate(place, key);
                let (signature, reason) = candidate.verdict(verdicts.next());
                self.tried[place].push(KeyTrial { key, signature, reason });
                if !is_known {
                    self.pending.push(candidate);
                }
            }
            open.retain(|(place, _)| !self.is_signed(*place));
            if !is_known {
                break;
            }
        }
        for (place, mut order) in open {
            let issuers = &self.issuers[self.of[place].unwrap_or_default()];
            self.stopped[place] = !self.is_signed(place) && order.next(issuers).is_some();
        }
    }

    fn is_signed(&self, place: usize) -> bool {
        self.tried[place].iter().any(|tried| tried.signature == Signature::Verified)
    }

    /// The values for verifying whether a key signed the certificate at a position.
    fn candidate(&self, place: usize, key: usize) -> Candidate {
        let (index, certificate) = &self.certificates[place];
        let issuer = self.holders(place, key).next().unwrap_or(place);
        let (issuer_index, issuer) = &self.certificates[issuer];
        Candidate {
            certificate: *index,
            issuer: *issuer_index,
            key_ids_match: key_ids_match(certificate, issuer),
            prepared: signature::prepare(certificate, issuer),
        }
    }

    /// The places of certificates that hold a key of the issuer's name of the certificate at a place. Of several that are the
    /// same it is that one itself, if it is one of them.
    fn holders(&self, place: usize, key: usize) -> impl Iterator<Item = usize> {
        let issuers = self.of[place].map(|group| &self.issuers[group]);
        let places = issuers.map_or(&[][..], |issuers| &issuers.keys[key].certificates);
        let der = self.certificates[place].1.der();
        places.iter().map(move |&holder| if self.certificates[holder].1.der() == der { place } else { holder })
    }

    /// Whether the search for the issuer of the certificate at a place ended before all keys were tried, and none of them had signed it.
    pub fn is_stopped(&self, place: usize) -> bool {
        self.stopped[place]
    }

    /// How many keys were tried for the certificate at a position, and how many its issuer's name has.
    pub fn counts(&self, place: usize) -> (usize, usize) {
        (self.tried[place].len(), self.of[place].map_or(0, |group| self.issuers[group].keys.len()))
    }

    /// The outcomes of the keys that were tried for the certificate at a position, each with the positions of
    /// certificates that hold the key.
    pub fn tried(&self, place: usize) -> impl Iterator<Item = (&KeyTrial, impl Iterator<Item = usize>)> {
        self.tried[place].iter().map(move |tried| (tried, self.holders(place, tried.key).take(AT_ONCE)))
    }

    /// The outcome of one CA's key for the certificate at a position, if it was tried.
    pub fn by(&self, place: usize, ca: &Certificate<'_>) -> Option<&KeyTrial> {
        let key = self.issuers[self.of[place]?].key_of(ca)?;
        self.tried[place].iter().find(|tried| tried.key == key)
    }

    /// The signatures to verify next.
    pub fn into_pending(self) -> Vec<Candidate> {
        self.pending
    }

    /// The places of the certificates whose key signed the one at a place.
    pub fn signers(&self, place: usize) -> impl Iterator<Item = usize> {
        let signed = self.tried(place).filter(|(tried, _)| tried.signature == Signature::Verified);
        signed.flat_map(|(_, holders)| holders)
    }

    /// The CAs with the name of the one at a place.
    pub fn namesakes(&self, ca: usize) -> impl Iterator<Item = &'a (usize, Certificate<'a>)> {
        let own = self.own.iter().zip(self.certificates);
        own.filter(move |(group, _)| group.is_some() && **group == self.own[ca]).map(|(_, certificate)| certificate)
    }
}

/// Whether the key identifiers of two certificates agree, if both name one.
pub(super) fn key_ids_match(certificate: &Certificate<'_>, issuer: &Certificate<'_>) -> Option<bool> {
    let (_, authority) = extension::key_ids(certificate.extensions_der());
    let (subject, _) = extension::key_ids(issuer.extensions_der());
    authority.zip(subject).map(|(authority, subject)| authority == subject)
}
