//! What the plan makes of a check of the CA: the words of the first step, and its findings.

use super::finding::Stops;
use super::{DryRunOptions, PlannedIssuer};
use crate::authority::Signature;
use crate::certificate::CertificateSummary;
use crate::diagnostic::Finding;
use crate::rules;
use crate::template::Flow;

/// What is known of the CA, and what is wrong with it, among the findings of this plan.
pub fn plan(
    flow: Flow,
    certificate: &CertificateSummary,
    options: &DryRunOptions,
    stops: &mut Stops,
) -> Option<PlannedIssuer> {
    if flow != Flow::Jitp {
        return None;
    }
    let unknown = |reason: &str| PlannedIssuer {
        signature: Signature::NotChecked,
        reason: reason.to_owned(),
        ca_id: None,
        ca: None,
    };
    let Some(check) = &options.issuer else { return Some(unknown("No CA certificate was given.")) };
    if check.certificate_id.is_some() && check.certificate_id != certificate.id {
        return Some(unknown("The check that was given is that of another certificate."));
    }
    for found in &check.diagnostics {
        let Some(rule) = rules::by_code(found.code) else { continue };
        let finding = Finding::new_at(rule, None, found.message.clone());
        stops.report(match &found.help {
            Some(help) => finding.help(help.clone()),
            None => finding,
        });
    }
    Some(PlannedIssuer {
        signature: check.signature,
        reason: check.reason.clone(),
        ca_id: check.ca_id.clone(),
        ca: check.ca.clone(),
    })
}

/// The verdict in the words of the first step.
pub fn words(issuer: &PlannedIssuer) -> String {
    let ca = issuer.ca.as_ref().map_or_else(String::new, |ca| format!(" ({ca})"));
    format!(" Signed by the registered CA: {}{ca}.", issuer.signature.words())
}
