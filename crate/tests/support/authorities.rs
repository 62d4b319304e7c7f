//! The findings for bundles with the certificates of CAs.

use super::verify::verdicts;
use super::{NOW, options};
use jitp::authority::{CertificateMode, RegistrationOptions, chains, check_issuer, check_registration};
use jitp::certificate::{Entry, pem};
use jitp::{Diagnostic, DryRunOptions, IssuerCheck, Plan, Template};
use std::sync::Arc;

/// The registration code of the examples and fixtures.
pub const CODE: &str = "3a7c1f0e5b9d2468ace013579bdf02468ace13579bdf02468ace13579bdf0246";

/// The text of a template that is before the certificates of a bundle, and the bundle after it.
pub fn with_text(bundle: &[u8]) -> (Option<String>, Vec<u8>) {
    let text = String::from_utf8_lossy(bundle);
    match (text.find('{'), text.rfind('}')) {
        (Some(start), Some(end)) => (Some(text[start..=end].to_owned()), text[end + 1..].as_bytes().to_vec()),
        _ => (None, bundle.to_vec()),
    }
}

/// The certificates of a bundle except the last, and the last, each as PEM.
pub fn split(bundle: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut pems: Vec<String> = pem::find(bundle)
        .filter_map(|entry| match entry {
            Entry::Certificate { der, .. } => Some(pem::encode(&der)),
            _ => None,
        })
        .collect();
    let last = pems.pop().unwrap_or_default();
    (pems.concat().into_bytes(), last.into_bytes())
}

/// Whether the last certificate of a bundle signed the first. `None` if there is only one.
pub fn issuer_of(bundle: &[u8]) -> Option<IssuerCheck> {
    let (devices, ca) = split(bundle);
    (!devices.is_empty()).then(|| check_issuer(&devices, &ca, &verdicts(&devices, &ca), Some(NOW)))
}

/// The plan for the first certificate of a bundle, with the last as the CA to register.
pub fn plan(template: &Template, bundle: &[u8]) -> Plan {
    let (devices, _) = split(bundle);
    let device = if devices.is_empty() { bundle } else { &devices };
    template.dry_run(device, &DryRunOptions { issuer: issuer_of(bundle), ..options() })
}

/// The findings for a device's certificate and those of CAs, the last of them the one to register: in the chains,
/// by the check of that CA, and by the plan with that check, if it could not be made or belongs to another CA than the
/// text's.
pub fn of_chain(bundle: &[u8]) -> Vec<Arc<Diagnostic>> {
    let (text, bundle) = &with_text(bundle);
    let found = chains(bundle, &verdicts(bundle, &[]), Some(NOW)).diagnostics;
    let checked = issuer_of(bundle).into_iter().flat_map(|check| check.diagnostics);
    let planned = plan(&Template::new(text.as_deref().unwrap_or("{}")), bundle).diagnostics;
    let not_checked = planned.into_iter().filter(|found| ["JITP136", "JITP138"].contains(&found.code));
    found.into_iter().chain(checked).map(Arc::new).chain(not_checked).collect()
}

/// The findings for a CA's certificate and the verification certificate after it.
pub fn of_registration(bundle: &[u8]) -> Vec<Arc<Diagnostic>> {
    let (ca, verification) = split(bundle);
    let options = RegistrationOptions {
        mode: CertificateMode::Default,
        registration_code: Some(CODE.to_owned()),
        now: Some(NOW),
    };
    let found = check_registration(&ca, &verification, &verdicts(&verification, &ca), &options);
    found.diagnostics.into_iter().map(Arc::new).collect()
}
