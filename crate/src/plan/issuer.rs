//! What the plan makes of a check of the CA: the words of the first step, and its findings.

use super::findings::PlanFindings;
use super::types::{CaOrigin, PlannedIssuer};
use crate::authority::{IssuerCheck, Signature, check_issuer};
use crate::certificate::{Certificate, Entry, name, pem};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits;
use crate::rules;
use crate::template::Template;

/// Whether a check of the CA was asked for.
#[derive(Clone, Copy)]
pub enum GivenCheck<'a> {
    /// No CA was given.
    NoCa,
    /// Checks were given, and none for this certificate.
    Missing,
    /// This check was given.
    Check(&'a IssuerCheck),
    /// There is no certificate, only a subject. Whether a check was given all the same.
    Subject(bool),
}

impl<'a> GivenCheck<'a> {
    /// The check for one certificate, if checks were given.
    pub fn of(check: Option<&'a IssuerCheck>) -> Self {
        check.map_or(GivenCheck::Missing, GivenCheck::Check)
    }
}

/// The CA that the text of a template is about: its registration config is that of this CA.
pub struct TemplateCa<'a> {
    /// The ID of its certificate, if that can be read or is named.
    id: Option<String>,
    /// Its certificate, if the text carries it.
    pem: Option<&'a str>,
    /// Its description.
    called: String,
    /// The kind of text.
    from: &'static str,
}

impl<'a> TemplateCa<'a> {
    /// The CA of a template's text.
    #[cold]
    pub fn of(template: &'a Template) -> Option<Self> {
        let document = &template.document;
        if template.flow() != Flow::Jitp || document.ca_from.is_empty() {
            return None;
        }
        let pem = document.ca_certificate_pem.as_deref();
        let read = pem.and_then(|pem| {
            pem::find(pem.as_bytes()).find_map(|entry| {
                let Entry::Certificate { der, .. } = entry else { return None };
                let certificate = Certificate::parse(&der).ok()?;
                Some((certificate.id(), name::openssl(&certificate.subject().collect::<Vec<_>>())))
            })
        });
        let named = document.ca_certificate_id.clone().filter(|id| id.len() == limits::CERTIFICATE_ID);
        let (id, called) = match read {
            Some((id, called)) => (Some(id), called),
            None => (named, String::new()),
        };
        (pem.is_some() || id.is_some()).then_some(Self { id, pem, called, from: document.ca_from })
    }

    /// The ID of its certificate, if that is known.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What is known without a check of the signature: whether the certificate names this CA as its issuer.
    #[cold]
    pub fn compare(&self, certificate: &Certificate<'_>, now: Option<i64>) -> Option<IssuerCheck> {
        let mut check = check_issuer(certificate.der(), self.pem?.as_bytes(), &[], now);
        if check.signature == Signature::NotChecked && check.ca_certificate_id.is_some() {
            "the CA certificate comes with the text, and no check of its signature was given; verifyIssuer makes one."
                .clone_into(&mut check.reason);
        }
        Some(check)
    }

    /// Reports that another CA was asked about.
    #[cold]
    fn differs(&self, check: &IssuerCheck, findings: &mut PlanFindings) {
        let (Some(own), Some(given)) = (&self.id, &check.ca_certificate_id) else { return };
        if own == given || !findings.wants(&rules::OTHER_CA) {
            return;
        }
        let named =
            |name: &str, id: &str| if name.is_empty() { format!("ID {id}") } else { format!("{name}, ID {id}") };
        let message = format!(
            "The CA that was given ({}) is not the one of the text, {} ({}).",
            named(check.ca.as_deref().unwrap_or_default(), given),
            self.from,
            named(&self.called, own)
        );
        let help = "The plan is for the CA that was given. Leave it out if the CA of the text is meant.";
        findings.report(Finding::new_at(&rules::OTHER_CA, None, message).help(help));
    }
}

/// What is known of the CA. Its findings are added to those of this plan. `id` is that of the certificate. Without a
/// certificate there is no signature to check.
pub fn plan(
    flow: Flow,
    id: Option<&str>,
    given: GivenCheck<'_>,
    own: Option<&TemplateCa<'_>>,
    findings: &mut PlanFindings,
) -> Option<PlannedIssuer> {
    if flow != Flow::Jitp {
        return None;
    }
    let unknown = |reason: &str| {
        let reason = reason.to_owned();
        Some(PlannedIssuer {
            signature: Signature::NotChecked,
            reason,
            ca_certificate_id: None,
            ca: None,
            origin: None,
        })
    };
    let check = match given {
        GivenCheck::NoCa => return unknown("No CA certificate was given."),
        GivenCheck::Subject(was_given) => {
            let reason = "There is only a subject, and no certificate whose signature could be checked.";
            if was_given {
                not_checked(reason, findings);
            }
            return unknown(reason);
        }
        GivenCheck::Missing | GivenCheck::Check(_) if id.is_none() => {
            return unknown("There is no certificate whose signature could be checked.");
        }
        GivenCheck::Check(check) if check.certificate_id.is_none() || check.certificate_id.as_deref() == id => check,
        GivenCheck::Check(_) | GivenCheck::Missing => {
            let reason = match given {
                GivenCheck::Missing => "There is no check for this certificate among those that were given.",
                _ => "The check that was given is that of another certificate.",
            };
            not_checked(reason, findings);
            return unknown(reason);
        }
    };
    if check.signature == Signature::NotChecked {
        not_checked(&check.reason, findings);
    }
    for found in &check.diagnostics {
        let Some(rule) = rules::by_code(found.code) else { continue };
        let finding = Finding::new_at(rule, None, found.message.clone());
        findings.report(match &found.help {
            Some(help) => finding.help(help.clone()),
            None => finding,
        });
    }
    if let Some(own) = own {
        own.differs(check, findings);
    }
    let is_own = own.is_some_and(|own| own.pem.is_some() && own.id == check.ca_certificate_id);
    Some(PlannedIssuer {
        signature: check.signature,
        reason: check.reason.clone(),
        origin: check.ca_certificate_id.as_ref().map(|_| if is_own { CaOrigin::Text } else { CaOrigin::Given }),
        ca_certificate_id: check.ca_certificate_id.clone(),
        ca: check.ca.clone(),
    })
}

/// That the check was asked for and could not be made.
fn not_checked(reason: &str, findings: &mut PlanFindings) {
    let message = format!("The registered CA's signature on the device's certificate was not checked: {reason}");
    let help = "Verify the signature with another tool, for example openssl verify, before you rely on this plan.";
    findings.report(Finding::new_at(&rules::SIGNATURE_NOT_CHECKED, None, message).help(help));
}

/// What was checked of the certificate, in the words of the first step.
pub fn words(issuer: &PlannedIssuer, own: Option<&TemplateCa<'_>>, only_subject: bool) -> String {
    if only_subject {
        return " Not checked, because only the subject is known: the certificate's key, dates, signature and CA."
            .to_owned();
    }
    let ca = issuer.ca.as_ref().map_or_else(String::new, |ca| format!(" ({ca})"));
    let verdict = format!(" Signed by the registered CA: {}{ca}.", issuer.signature.words());
    match own {
        Some(own) if issuer.origin == Some(CaOrigin::Text) => {
            format!("{verdict} The CA certificate comes from the text, {}.", own.from)
        }
        _ => verdict,
    }
}
