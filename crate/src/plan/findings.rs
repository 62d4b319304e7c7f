//! What is found while a plan is made, and the step that each finding stops.

use crate::diagnostic::Finding;
use crate::rules::{Rule, Severity};
use crate::source::SourceMap;

/// The findings of one dry run.
#[derive(Default)]
pub struct PlanFindings {
    pub(super) findings: Vec<Finding>,
    /// The texts of the template and of the documents that its functions make, if they make any.
    pub sources: Option<SourceMap>,
    errors_only: bool,
}

impl PlanFindings {
    /// Collects errors only: nobody reads the hints of ten thousand devices.
    pub fn errors_only() -> Self {
        Self { errors_only: true, ..Self::default() }
    }

    /// Whether a finding by this rule is worth making.
    pub fn wants(&self, rule: &Rule) -> bool {
        !self.errors_only || rule.severity == Severity::Error || rule.leaves_open
    }

    /// Takes a finding.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The first check that was asked for and could not be made, with the step whose end it leaves open.
    pub fn not_made(&self) -> Option<(u8, &Finding)> {
        let open = self.findings.iter().filter(|finding| finding.rule.leaves_open);
        open.map(|finding| (finding.rule.step, finding)).min_by_key(|(step, finding)| (*step, finding.rule.code))
    }

    /// The errors, each with the step that it stops.
    pub fn errors(&self) -> impl Iterator<Item = (u8, &Finding)> {
        let errors = self.findings.iter().filter(|finding| finding.rule.severity == Severity::Error);
        errors.map(|finding| (finding.rule.step, finding))
    }
}
