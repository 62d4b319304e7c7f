//! What the plan makes of a check of the CA: the words of the first step, and its findings.

use super::PlannedIssuer;
use super::finding::Stops;
use crate::authority::{IssuerCheck, Signature};
use crate::diagnostic::Finding;
use crate::rules;
use crate::template::Flow;

/// Whether a check of the CA was asked for.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// No CA was given.
    Nobody,
    /// Checks were given, and none for this certificate.
    Missing,
    /// This check was given.
    Check(&'a IssuerCheck),
}

impl<'a> Asked<'a> {
    /// What was given for one certificate where checks were asked for.
    pub fn of(check: Option<&'a IssuerCheck>) -> Self {
        check.map_or(Asked::Missing, Asked::Check)
    }
}

/// What is known of the CA, and what is wrong with it, among the findings of this plan. `id` is that of the certificate; without one
/// there is no signature to check.
pub fn plan(flow: Flow, id: Option<&str>, asked: Asked<'_>, stops: &mut Stops) -> Option<PlannedIssuer> {
    if flow != Flow::Jitp {
        return None;
    }
    let unknown = |reason: &str| {
        let reason = reason.to_owned();
        Some(PlannedIssuer { signature: Signature::NotChecked, reason, ca_id: None, ca: None })
    };
    let check = match asked {
        Asked::Nobody => return unknown("No CA certificate was given."),
        Asked::Missing | Asked::Check(_) if id.is_none() => {
            return unknown("There is no certificate whose signature could be checked.");
        }
        Asked::Check(check) if check.certificate_id.is_none() || check.certificate_id.as_deref() == id => check,
        Asked::Check(_) | Asked::Missing => {
            let reason = match asked {
                Asked::Missing => "There is no check for this certificate among those that were given.",
                _ => "The check that was given is that of another certificate.",
            };
            not_checked(reason, stops);
            return unknown(reason);
        }
    };
    if check.signature == Signature::NotChecked {
        not_checked(&check.reason, stops);
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

/// That the check was asked for and could not be made.
fn not_checked(reason: &str, stops: &mut Stops) {
    let message = format!("Whether the registered CA signed the certificate was not checked: {reason}");
    let help = "Verify the signature with another tool, for example openssl verify, before you rely on this plan.";
    stops.report(Finding::new_at(&rules::SIGNATURE_NOT_CHECKED, None, message).help(help));
}

/// The verdict in the words of the first step.
pub fn words(issuer: &PlannedIssuer) -> String {
    let ca = issuer.ca.as_ref().map_or_else(String::new, |ca| format!(" ({ca})"));
    format!(" Signed by the registered CA: {}{ca}.", issuer.signature.words())
}
