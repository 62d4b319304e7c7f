//! What was decided about the resources of one device, and how it is noted.

use super::evolving::EvolvingAccount;
use super::types::{ChangeOutcome, ChangedEntry, ChangedKind, ResourceChange};
use crate::diagnostic::Finding;
use crate::plan::evaluate::Desired;
use crate::plan::findings::PlanFindings;
use crate::rules::{Basis, Rule};
use crate::source::SourceRange;
use crate::template::Template;
use crate::template::overrides::Overrides;
use std::sync::Arc;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub template: &'a Template,
    pub desired: &'a Desired,
    /// The certificate ID; not the one of a certificate that nobody has given.
    pub id: Option<&'a str>,
    /// The ID of the CA, if it is known.
    pub ca: Option<&'a str>,
}

/// What happens to the resources.
#[derive(Debug, Default)]
pub struct AccountDecision {
    pub changes: Vec<ResourceChange>,
    pub taken: Vec<String>,
    /// Whether the certificate is registered and ACTIVE, so that nothing happens.
    pub is_registered: bool,
    /// Whether the certificate is registered with a status that nobody told. Whatever it is, nothing happens.
    pub may_be_registered: bool,
    /// The thing afterwards.
    pub thing: Option<FinalThing>,
    /// The policies, in the order of the template: their names afterwards, and whether they are made.
    pub policies: Vec<FinalPolicy>,
}

impl AccountDecision {
    /// The status of the certificate, which may not be known, if it stays as it was.
    pub fn kept_status(&self) -> Option<Option<Arc<str>>> {
        let is_kept =
            |noted: &&ResourceChange| noted.kind == ChangedKind::Certificate && noted.change == ChangeOutcome::Kept;
        let kept = self.changes.iter().find(is_kept)?;
        Some(kept.entries.first().and_then(|entry| entry.before.clone()))
    }

    /// What happens to the resources of a step, a sentence each.
    pub fn sentences(&self, step: u8) -> String {
        let noted = self.changes.iter().filter(|noted| noted.step == step);
        noted.map(|noted| noted.sentence.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Attributes with their values.
pub type AttributeList = Vec<(Arc<str>, Arc<str>)>;

/// A thing after the plan. A member is `None` if it is not known.
#[derive(Debug, Clone)]
pub struct FinalThing {
    pub name: Arc<str>,
    /// Whether it existed before.
    pub existed: bool,
    pub type_name: Option<Option<Arc<str>>>,
    pub attributes: Option<Vec<(Arc<str>, Arc<str>)>>,
    pub groups: Option<Vec<Arc<str>>>,
    pub billing_group: Option<Option<Arc<str>>>,
    /// What is sent for it if it existed: the type, the attributes and whether they are merged.
    pub new_type: Option<Arc<str>>,
    pub payload: Option<(AttributeList, bool)>,
    pub joins: Vec<Arc<str>>,
    pub leaves: Vec<Arc<str>>,
    pub joins_billing: bool,
}

/// A policy after the plan.
#[derive(Debug)]
pub struct FinalPolicy {
    pub name: Arc<str>,
    /// The document, if the plan makes the policy.
    pub made: Option<Arc<str>>,
}

/// Decides, and notes what is decided.
pub struct Decider<'a, 'f> {
    pub asked: Question<'a>,
    pub state: &'a EvolvingAccount,
    pub findings: &'f mut PlanFindings,
    pub decision: AccountDecision,
}

impl Decider<'_, '_> {
    /// Notes what happens to a resource.
    pub fn note(&mut self, step: u8, kind: ChangedKind, name: &str, change: ChangeOutcome, sentence: String) {
        let basis = match change {
            ChangeOutcome::Unknown => Basis::Assumed,
            _ => Basis::Documented,
        };
        self.decision.changes.push(ResourceChange {
            step,
            kind,
            name: name.into(),
            change,
            setting: None,
            entries: Vec::new(),
            sentence,
            basis,
        });
    }

    /// Adds what differs to what was noted last, with the setting that decides and the evidence.
    pub fn because(&mut self, setting: Option<&str>, entries: Vec<ChangedEntry>, basis: Basis) {
        if let Some(last) = self.decision.changes.last_mut() {
            last.setting = setting.map(str::to_owned);
            last.entries = entries;
            last.basis = basis;
        }
    }

    /// Notes what is assumed.
    pub fn take(&mut self, sentence: String) {
        if !self.decision.taken.contains(&sentence) {
            self.decision.taken.push(sentence);
        }
    }

    /// Reports what stops the plan, or leaves it open, with the sentence that was noted last.
    pub fn report(&mut self, rule: &'static Rule, place: Option<SourceRange>, help: &str) {
        let Some(last) = self.decision.changes.last_mut() else { return };
        last.basis = rule.basis;
        let finding = Finding::new_at(rule, place, last.sentence.clone());
        self.findings.report(finding.help(help));
    }

    /// The same, with the values that an override of a property can be set to.
    #[cold]
    pub fn report_override(
        &mut self,
        rule: &'static Rule,
        place: Option<SourceRange>,
        help: &str,
        (overrides, property, values): (&Overrides, &str, &[&str]),
    ) {
        let Some(last) = self.decision.changes.last_mut() else { return };
        last.basis = rule.basis;
        let finding = Finding::new_at(rule, place, last.sentence.clone()).help(help);
        self.findings.report(overrides.offer(finding, property, values));
    }
}
