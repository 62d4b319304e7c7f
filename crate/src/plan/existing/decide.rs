//! Decides what happens to each resource: of the certificate and its CA, of the policies, and of their attachment. The thing is in `thing.rs`.

use super::decision::{AccountDecision, Decider, FinalPolicy, Question};
use super::evolving::EvolvingAccount;
use super::types::{ChangeOutcome, ChangedEntry, ChangedKind};
use crate::account::{AccountCa, AccountCertificate, Knowledge};
use crate::flow::Flow;
use crate::limits;
use crate::plan::findings::PlanFindings;
use crate::rules::{self, Basis};
use crate::template::overrides;

/// Decides what happens to each resource, and reports what stops the plan.
#[cold]
pub fn decide(asked: Question<'_>, state: &EvolvingAccount, findings: &mut PlanFindings) -> AccountDecision {
    let mut decider = Decider { asked, state, findings, decision: AccountDecision::default() };
    decider.certificate();
    if !decider.decision.is_registered && !decider.decision.may_be_registered {
        decider.authority();
        decider.named_template();
        decider.thing();
        decider.policies();
        decider.principal();
    }
    decider.decision
}

impl Decider<'_, '_> {
    fn certificate(&mut self) {
        const KIND: ChangedKind = ChangedKind::Certificate;
        let Some(id) = self.asked.id else {
            if self.asked.template.flow() == Flow::Jitp {
                self.take("The certificate is not registered yet.".to_owned());
            }
            return;
        };
        if self.asked.template.flow() != Flow::Jitp {
            return self.certificate_of_other_flow(id);
        }
        // What is attached to a thing is registered.
        let attached = AccountCertificate::default();
        let known = match self.state.account.certificates.get(id) {
            Knowledge::Unknown if self.state.things_of(id).iter().any(|(_, exclusive)| !exclusive) => {
                Knowledge::Exists(&attached)
            }
            known => known,
        };
        match known {
            Knowledge::Exists(known) => match known.status.as_deref() {
                Some("ACTIVE") => {
                    self.decision.is_registered = true;
                    let sentence = "The certificate is registered already and ACTIVE.".to_owned();
                    self.note(1, KIND, id, ChangeOutcome::Unchanged, sentence);
                    if let Some(name) = &self.asked.desired.thing_name
                        && self.state.things_of(id).is_empty()
                        && !self.state.tells_attachments()
                    {
                        self.take(format!("The certificate is attached to the thing {name}."));
                    }
                }
                Some(status) => {
                    let sentence = format!(
                        "The certificate is registered already and {status}, so that its connection starts no provisioning."
                    );
                    self.note(1, KIND, id, ChangeOutcome::Conflict, sentence);
                    let help = "Delete the certificate from AWS IoT, and let the device connect again.";
                    self.report(&rules::CERTIFICATE_REGISTERED, None, help);
                }
                None => {
                    self.decision.may_be_registered = true;
                    let sentence = "The certificate is registered already, and its status is not known.".to_owned();
                    self.note(1, KIND, id, ChangeOutcome::Unknown, sentence);
                    self.report(&rules::REGISTERED_STATUS_UNKNOWN, None, "Give what describe-certificate prints.");
                }
            },
            known => {
                if known == Knowledge::Unknown {
                    self.take("The certificate is not registered yet.".to_owned());
                }
                self.note(1, KIND, id, ChangeOutcome::Created, "The certificate is registered.".to_owned());
            }
        }
    }

    /// In the other flows the certificate may exist, and its status follows `OverrideSettings`.
    fn certificate_of_other_flow(&mut self, id: &str) {
        const KIND: ChangedKind = ChangedKind::Certificate;
        let Some(declared) = &self.asked.template.resources.certificate else { return };
        let wanted = self.asked.desired.status.clone();
        let (Knowledge::Exists(known), Some(wanted)) = (self.state.account.certificates.get(id), wanted) else {
            return;
        };
        let setting = declared.overrides.of("Status");
        let before = known.status.clone();
        let entry = ChangedEntry { name: "status".into(), before: before.clone(), after: Some(wanted.clone()) };
        let is_new = before.as_deref() == Some("PENDING_ACTIVATION");
        let (change, words) = match (before.as_deref(), setting) {
            (Some(before), None | Some("DO_NOTHING" | "REPLACE")) if before == &*wanted => {
                (ChangeOutcome::Unchanged, "has this status already")
            }
            (_, Some("REPLACE")) => (ChangeOutcome::Replaced, "gets the template's status"),
            (_, Some("DO_NOTHING")) => (ChangeOutcome::Kept, "keeps its status"),
            (Some(before), Some("FAIL")) if before != &*wanted => {
                (ChangeOutcome::Conflict, "has another status: ResourceConflictsException")
            }
            (Some(_), None) if is_new => (ChangeOutcome::Replaced, "gets the template's status"),
            _ => (ChangeOutcome::Unknown, "exists, and AWS does not document what happens to its status"),
        };
        if change == ChangeOutcome::Kept && before.is_none() {
            self.take("The certificate is ACTIVE.".to_owned());
        }
        self.note(2, KIND, id, change, format!("The certificate {words}."));
        let basis = if is_new && setting.is_none() { Basis::Observed } else { Basis::Documented };
        let entries = if before.is_some() { vec![entry] } else { Vec::new() };
        self.because(setting, entries, basis);
        const HELP: &str = "Set the override REPLACE or DO_NOTHING.";
        let offer = (&declared.overrides, "Status", overrides::beside_fail(&overrides::CERTIFICATE, "Status"));
        match change {
            ChangeOutcome::Conflict => self.report_override(&rules::RESOURCE_CONFLICT, None, HELP, offer),
            ChangeOutcome::Unknown => self.report_override(&rules::OVERRIDE_OPEN, None, HELP, offer),
            _ => {}
        }
    }

    /// The CA must be registered, ACTIVE, and register certificates automatically.
    fn authority(&mut self) {
        if self.asked.template.flow() != Flow::Jitp {
            return;
        }
        let ready = "The CA certificate is registered, ACTIVE, and registers certificates automatically.";
        let known = &self.state.account.ca_certificates;
        let Some(id) = self.asked.ca else {
            let mut others = known.iter().filter_map(|(_, ca)| ca);
            if known.is_complete && !others.any(|ca| problem_of(ca).is_none()) {
                let sentence =
                    "The account has no CA certificate that is ACTIVE and registers certificates automatically.";
                self.note(1, ChangedKind::Ca, "any", ChangeOutcome::Missing, sentence.to_owned());
                return self.report(&rules::CA_NOT_READY, None, HOW_TO_READY);
            }
            return self.take(ready.to_owned());
        };
        let problem = match known.get(id) {
            Knowledge::Unknown => return self.take(ready.to_owned()),
            Knowledge::Absent => "The CA certificate is not registered.".to_owned(),
            Knowledge::Exists(ca) => match problem_of(ca) {
                Some(problem) => problem,
                None if ca.status.is_some() && ca.auto_registration.is_some() => {
                    return self.note(1, ChangedKind::Ca, id, ChangeOutcome::Unchanged, ready.to_owned());
                }
                None => return self.take(ready.to_owned()),
            },
        };
        self.note(1, ChangedKind::Ca, id, ChangeOutcome::Missing, problem);
        self.report(&rules::CA_NOT_READY, None, HOW_TO_READY);
    }

    /// A registration config may name a provisioning template.
    fn named_template(&mut self) {
        let Some(name) = self.asked.template.document.template_name.as_deref() else { return };
        if !self.asked.template.report().kind.only_names() {
            return;
        }
        let kind = if self.asked.template.flow() == Flow::Fleet { "FLEET_PROVISIONING" } else { "JITP" };
        let problem = match self.state.account.provisioning_templates.get(name) {
            Knowledge::Unknown => return self.take(format!("The provisioning template {name} exists and is enabled.")),
            Knowledge::Absent => format!("The provisioning template {name} does not exist."),
            Knowledge::Exists(known) if known.is_enabled == Some(false) => {
                format!("The provisioning template {name} is not enabled.")
            }
            Knowledge::Exists(known) if known.kind.as_deref().is_some_and(|known| known != kind) => {
                format!("The provisioning template {name} is not of the type {kind}.")
            }
            Knowledge::Exists(_) => return,
        };
        self.note(2, ChangedKind::Template, name, ChangeOutcome::Missing, problem);
        self.report(&rules::RESOURCE_MISSING, None, "Create the template with this type, and enable it.");
    }

    fn policies(&mut self) {
        let id = self.asked.id.unwrap_or_default();
        let mut attached: Vec<std::sync::Arc<str>> = Vec::new();
        for policy in &self.asked.desired.policies {
            let found = match &policy.document {
                None => {
                    let name = &policy.name;
                    match self.state.account.policies.get(name) {
                        Knowledge::Exists(_) => {
                            self.note(
                                3,
                                ChangedKind::Policy,
                                name,
                                ChangeOutcome::Unchanged,
                                format!("The policy {name} exists."),
                            );
                        }
                        Knowledge::Unknown => self.take(format!("The policy {name} exists.")),
                        Knowledge::Absent => {
                            self.note(
                                3,
                                ChangedKind::Policy,
                                name,
                                ChangeOutcome::Missing,
                                format!("The policy {name} does not exist."),
                            );
                            self.report(&rules::POLICY_MISSING, None, "Create the policy.");
                        }
                    }
                    FinalPolicy { name: name.clone(), made: None }
                }
                Some(document) => match self.state.hashed.get(document) {
                    Some(name) => {
                        let sentence = format!("The policy {name} has this document already.");
                        self.note(3, ChangedKind::Policy, name, ChangeOutcome::Unchanged, sentence);
                        self.because(None, Vec::new(), Basis::Observed);
                        FinalPolicy { name: name.clone(), made: None }
                    }
                    None => {
                        let mut made = self.decision.policies.iter();
                        if let Some(other) = made.find(|other| other.made.as_ref() == Some(document)) {
                            // The one that was made for another policy of the template is found.
                            let name = other.name.clone();
                            self.decision.policies.push(FinalPolicy { name, made: None });
                            continue;
                        }
                        let name = self.free_name();
                        let sentence = match self.state.account.policies.is_complete {
                            true => "The policy is created from its document.",
                            false => "The policy is created from its document, or found if it exists already.",
                        };
                        self.note(3, ChangedKind::Policy, &name, ChangeOutcome::Created, sentence.to_owned());
                        FinalPolicy { name, made: Some(document.clone()) }
                    }
                },
            };
            if !attached.contains(&found.name) {
                attached.push(found.name.clone());
            }
            self.decision.policies.push(found);
        }
        let known = match self.state.account.certificates.get(id) {
            Knowledge::Exists(known) => known.policies.as_deref().unwrap_or_default(),
            Knowledge::Absent | Knowledge::Unknown => &[],
        };
        let before = known.len();
        let count = before + attached.iter().filter(|name| !known.contains(name)).count();
        for name in &attached {
            match known.contains(name) {
                true => {
                    let sentence = format!("The policy {name} is attached to the certificate already.");
                    self.note(4, ChangedKind::Attachment, name, ChangeOutcome::Unchanged, sentence);
                }
                false => {
                    let sentence = format!("The policy {name} is attached to the certificate.");
                    self.note(4, ChangedKind::Attachment, name, ChangeOutcome::Created, sentence);
                }
            }
        }
        // The template's policies alone are counted when it is judged.
        if count > limits::POLICIES_PER_CERTIFICATE && before > 0 && count > before {
            let most = limits::POLICIES_PER_CERTIFICATE;
            let sentence = format!("The certificate would have {count} policies; AWS allows {most}.");
            self.note(4, ChangedKind::Attachment, id, ChangeOutcome::Conflict, sentence);
            let help = "Detach policies that the device does not need from the certificate.";
            self.report(&rules::TOO_MANY_POLICIES, None, help);
        }
    }

    /// A name that neither the account nor another policy of this device has.
    fn free_name(&self) -> std::sync::Arc<str> {
        let first = self.state.free_hash_name();
        let made = self.decision.policies.iter().filter(|policy| policy.made.is_some()).count();
        if made == 0 { first } else { format!("<hash of the document {}>", self.state.hashed.len() + 1 + made).into() }
    }

    /// A certificate that belongs to one thing exclusively cannot be attached to another.
    fn principal(&mut self) {
        let (Some(id), Some(thing)) = (self.asked.id, self.asked.desired.thing_name.clone()) else { return };
        let exclusive = self.asked.desired.principal_type.as_deref() == Some("EXCLUSIVE_THING");
        let things = self.state.things_of(id);
        if let Some((other, _)) = things.iter().find(|(name, alone)| *name != thing && (*alone || exclusive)) {
            let sentence =
                format!("The certificate is attached to the thing {other}, and cannot be attached to {thing} besides.");
            self.note(5, ChangedKind::Principal, &thing, ChangeOutcome::Conflict, sentence);
            return self.report(&rules::EXCLUSIVE_PRINCIPAL, None, "Detach the certificate from the other thing.");
        }
        let is_told = self.state.account.certificates.get(id) == Knowledge::Absent || self.state.tells_attachments();
        // If no thing was told, it is assumed already that the certificate is new.
        if !is_told && self.state.account.things.iter().next().is_some() {
            self.take("The certificate is not attached to another thing exclusively.".to_owned());
        }
        let (change, words) = match things.iter().any(|(name, _)| *name == thing) {
            true => (ChangeOutcome::Unchanged, "is attached to the thing already"),
            false => (ChangeOutcome::Created, "is attached to the thing"),
        };
        self.note(5, ChangedKind::Principal, &thing, change, format!("The certificate {words}."));
    }
}

const HOW_TO_READY: &str = "Register the CA certificate, set it to ACTIVE, and enable its auto-registration.";

/// Why a CA provisions no devices, as far as that was told.
fn problem_of(ca: &AccountCa) -> Option<String> {
    match (ca.status.as_deref(), ca.auto_registration.as_deref()) {
        (Some(status), _) if status != "ACTIVE" => Some(format!("The CA certificate is {status}.")),
        (_, Some("DISABLE")) => Some("The CA certificate does not register certificates automatically.".to_owned()),
        _ => None,
    }
}
