//! Whether one CA signed one device's certificate, for the plan.

use super::Signature;
use super::chain::{self, Graph, called, issuer_called};
use super::pool::Pool;
use super::search::{Search, key_ids_match};
use crate::certificate::{Certificate, Entry, name, requirements};
use crate::diagnostic::{Diagnostic, Finding};
use crate::rules;
use serde::Serialize;

/// What is known of a device's issuer.
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
    pub ca_id: Option<String>,
    /// The CA's subject on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<String>,
    /// Whether the CA's subject is the issuer that the device's certificate names.
    pub names_match: bool,
    /// Whether the key identifiers of the two agree, where both name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_ids_match: Option<bool>,
    /// What is wrong with the signature or with the CA.
    pub diagnostics: Vec<Diagnostic>,
}

/// Says whether a CA signed a device's certificate: the first certificate of either bundle that can be read. Others in the bundles
/// may stand between the two. `verdicts` are those of the signatures that [`candidates`](super::candidates) names for the same two
/// bundles, in its order; `now` is in seconds since 1970.
pub fn check_issuer(device: &[u8], ca: &[u8], verdicts: &[Signature], now: Option<i64>) -> IssuerCheck {
    let pool = Pool::read(device, ca);
    let certificates = pool.certificates();
    let (device_place, ca_place) = pool.firsts(&certificates);
    let (Some(device_place), Some(ca_place)) = (device_place, ca_place) else {
        let (whose, entries) = match device_place {
            None => ("device", &pool.entries[..pool.devices]),
            Some(_) => ("CA", &pool.entries[pool.devices..]),
        };
        let reason = format!("There is no certificate of the {whose} that can be read: {}", why(entries));
        return IssuerCheck { reason, ..IssuerCheck::default() };
    };
    let (device_index, device) = &certificates[device_place];
    let (ca_index, ca) = &certificates[ca_place];
    let search = Search::new(&certificates, (Some(device_place), Some(ca_place)), verdicts);
    let graph = Graph::new(&certificates, &search);
    let mut check = IssuerCheck {
        certificate_id: Some(device.id()),
        ca_id: Some(ca.id()),
        ca: Some(called(ca)),
        names_match: name::comparable(device.issuer_der()) == name::comparable(ca.subject_der()),
        ..IssuerCheck::default()
    };
    let mut findings = Vec::new();
    if let Some(tried) = search.by(device_place, ca) {
        check.signature = tried.signature;
        check.key_ids_match = key_ids_match(device, ca);
        check.reason = tried.reason.clone().into_owned();
        if tried.signature == Signature::NotVerified {
            findings.push(chain::not_signed(format!(
                "The certificate was not signed with the key of the CA {}. {}",
                called(ca),
                tried.reason
            )));
        }
    } else {
        check.signature = Signature::NotVerified;
        let path = graph.path(*device_index).path;
        // A CA that was given twice stands in the path under its first position.
        let is_ca =
            |index: usize| index == *ca_index || graph.certificate(index).is_some_and(|at| at.der() == ca.der());
        if path.iter().skip(2).any(|&above| is_ca(above)) {
            let signer = path.get(1).and_then(|signer| graph.certificate(*signer)).map_or_else(String::new, called);
            check.reason = format!("The CA {} stands higher in the chain; the signing CA is {signer}.", called(ca));
            let help = "Register the CA that signed the device's certificate.";
            findings.push(Finding::new_at(&rules::NOT_THE_SIGNING_CA, None, check.reason.clone()).help(help));
        } else {
            let issuer = issuer_called(device);
            check.reason = format!("The certificate names another issuer, {issuer}; the CA is {}.", called(ca));
            findings.push(chain::not_signed(check.reason.clone()));
        }
    }
    findings.extend(chain::of_signing_ca(ca, now));
    findings.extend(graph.look_alikes());
    check.diagnostics = requirements::resolve(&findings);
    check
}

/// Why there is no readable certificate among entries.
pub(super) fn why(entries: &[Entry<'_>]) -> String {
    match entries.first() {
        Some(Entry::Other { reason, .. }) => reason.clone().into_owned(),
        Some(Entry::Certificate { der, .. }) => {
            Certificate::parse(der).err().map_or_else(String::new, |error| error.to_string())
        }
        None => "the input is empty.".to_owned(),
    }
}
