//! What is there after a plan.

use super::decision::AccountDecision;
use super::evolving::EvolvingAccount;
use crate::account::{AccountCertificate, AccountPolicy, AccountPrincipal, AccountThing, Knowledge};
use crate::plan::evaluate::Desired;
use crate::plan::types::StepOutcome;
use std::sync::Arc;

/// The ends of the six steps, and what they do it to.
pub struct Applied<'a> {
    pub decision: &'a AccountDecision,
    pub desired: &'a Desired,
    /// The certificate ID and its ARN, if there is a certificate.
    pub certificate: Option<(&'a str, String)>,
    /// Whether the first step registers the certificate.
    pub registers: bool,
    /// The outcomes of the steps, from the first.
    pub steps: [StepOutcome; 6],
}

impl EvolvingAccount {
    /// Changes the account as the plan does. What may or may not have happened is not known afterwards.
    #[cold]
    pub fn apply(&mut self, done: &Applied<'_>) {
        if done.decision.may_be_registered {
            return;
        }
        let [register, thing, policies, attach, principal, activate] = done.steps;
        let id = done.certificate.as_ref().map(|(id, _)| *id);
        if let Some(id) = id.filter(|_| done.registers && register == StepOutcome::Done) {
            let registered =
                AccountCertificate { status: Some("PENDING_ACTIVATION".into()), policies: Some(Vec::new()) };
            self.account.certificates.insert(id.into(), Some(registered));
        } else if let Some(id) = id.filter(|_| done.registers && register == StepOutcome::Unknown)
            && !matches!(self.account.certificates.get(id), Knowledge::Exists(_))
        {
            self.account.certificates.forget(id);
        }
        if !done.registers && register == StepOutcome::Done {
            self.apply_issued(id);
        }
        self.apply_thing(done, thing);
        for policy in &done.decision.policies {
            let Some(document) = &policy.made else { continue };
            match policies {
                StepOutcome::Done => {
                    let made = AccountPolicy { document: Some(document.clone()) };
                    self.account.policies.insert(policy.name.clone(), Some(made));
                    self.hashed.insert(document.clone(), policy.name.clone());
                }
                StepOutcome::Unknown => self.account.policies.is_complete = false,
                StepOutcome::Failed | StepOutcome::Skipped => {}
            }
        }
        if let Some(certificate) = id.and_then(|id| self.account.certificates.get_mut(id)) {
            match attach {
                StepOutcome::Done => {
                    for policy in &done.decision.policies {
                        if let Some(names) = certificate.policies.as_mut().filter(|names| !names.contains(&policy.name))
                        {
                            names.push(policy.name.clone());
                        }
                    }
                }
                StepOutcome::Unknown => certificate.policies = None,
                StepOutcome::Failed | StepOutcome::Skipped => {}
            }
            match activate {
                StepOutcome::Done if done.decision.kept_status().is_none() => {
                    certificate.status.clone_from(&done.desired.status)
                }
                StepOutcome::Unknown => certificate.status = None,
                _ => {}
            }
        }
        self.apply_principal(done, principal);
    }

    /// In the other flows AWS issues the certificate, or registers it, before the thing is made.
    fn apply_issued(&mut self, id: Option<&str>) {
        let known = &mut self.account.certificates;
        let Some(id) = id else {
            // It has an ID that nobody knows.
            known.is_complete = false;
            return;
        };
        let policies = match known.get(id) {
            Knowledge::Exists(_) => return,
            Knowledge::Absent => Some(Vec::new()),
            Knowledge::Unknown => None,
        };
        let issued = AccountCertificate { status: Some("PENDING_ACTIVATION".into()), policies };
        known.insert(id.into(), Some(issued));
    }

    fn apply_thing(&mut self, done: &Applied<'_>, outcome: StepOutcome) {
        let Some(made) = &done.decision.thing else { return };
        match outcome {
            StepOutcome::Done => {
                let before = self.thing(&made.name);
                let principals =
                    if made.existed { before.and_then(|thing| thing.principals.clone()) } else { Some(Vec::new()) };
                let thing = AccountThing {
                    type_name: made.type_name.clone(),
                    attributes: made.attributes.clone(),
                    groups: made.groups.clone(),
                    billing_group: made.billing_group.clone(),
                    principals,
                };
                self.account.things.insert(made.name.clone(), Some(thing));
            }
            StepOutcome::Unknown => match self.account.things.get_mut(&made.name) {
                Some(thing) => forget_other(thing, made),
                None => self.account.things.forget(&made.name),
            },
            StepOutcome::Failed | StepOutcome::Skipped => {}
        }
    }

    fn apply_principal(&mut self, done: &Applied<'_>, outcome: StepOutcome) {
        let Some(made) = &done.decision.thing else { return };
        let exclusive = done.desired.principal_type.as_deref() == Some("EXCLUSIVE_THING");
        let Some(thing) = self.account.things.get_mut(&made.name) else { return };
        match (outcome, &done.certificate) {
            (StepOutcome::Done, Some((id, arn))) => {
                if let Some(principals) = &mut thing.principals
                    && !principals.iter().any(|known| known.principal.ends_with(&format!("cert/{id}")))
                {
                    principals.push(AccountPrincipal { principal: Arc::from(&**arn), is_exclusive: Some(exclusive) });
                }
                self.attach(id, &made.name, exclusive);
            }
            (StepOutcome::Done, None) | (StepOutcome::Unknown, _) => {
                thing.principals = None;
                self.lose_attachments();
            }
            (StepOutcome::Failed | StepOutcome::Skipped, _) => {}
        }
    }
}

/// What would have become something else is not known.
fn forget_other(thing: &mut AccountThing, made: &super::decision::FinalThing) {
    if thing.type_name != made.type_name {
        thing.type_name = None;
    }
    if thing.attributes != made.attributes {
        thing.attributes = None;
    }
    if thing.groups != made.groups {
        thing.groups = None;
    }
    if thing.billing_group != made.billing_group {
        thing.billing_group = None;
    }
}
