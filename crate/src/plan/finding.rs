//! What is found while a plan is made, and the step that each finding stops.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{self, Rule};

/// The findings of one dry run.
#[derive(Default)]
pub struct Stops {
    pub(super) findings: Vec<Finding>,
    errors_only: bool,
}

impl Stops {
    /// Takes errors only: nobody reads the hints of ten thousand devices.
    pub fn errors_only() -> Self {
        Self { errors_only: true, ..Self::default() }
    }

    /// Whether a finding by this rule is worth making.
    pub fn wants(&self, rule: &Rule) -> bool {
        !self.errors_only || rule.severity == Severity::Error || rules::leaves_open(rule)
    }

    /// Takes a finding.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The first check that was asked for and could not be made, with the step whose end it leaves open.
    pub fn not_made(&self) -> Option<(u8, &Finding)> {
        rules::NOT_MADE.into_iter().find_map(|(rule, step)| {
            let finding = self.findings.iter().find(|finding| *finding.rule == *rule)?;
            Some((step, finding))
        })
    }

    /// The errors, each with the step that it stops.
    pub fn errors(&self) -> impl Iterator<Item = (u8, &Finding)> {
        let errors = self.findings.iter().filter(|finding| finding.rule.severity == Severity::Error);
        errors.map(|finding| (step_of(finding.rule), finding))
    }
}

/// The step of JITP (rule R6) that a breach of the rule shows in. The certificate is registered before `RegisterThing` fills
/// the template, so whatever keeps the template from being filled stops step 2; a limit of a resource stops the step that
/// makes the resource.
pub fn step_of(rule: &Rule) -> u8 {
    const REGISTERING: [&Rule; 8] = [
        &rules::REGISTRATION_OFF,
        &rules::NO_CERTIFICATE,
        &rules::NOT_VALID_NOW,
        &rules::SIGNATURE_ALGORITHM,
        &rules::KEY,
        &rules::NOT_SIGNED,
        &rules::NOT_THE_SIGNING_CA,
        &rules::NOT_A_CA,
    ];
    const POLICY: [&Rule; 12] = [
        &rules::POLICY_NAME,
        &rules::POLICY_TOO_LONG,
        &rules::POLICY_NOT_JSON,
        &rules::POLICY_STRUCTURE,
        &rules::POLICY_VARIABLE_CASE,
        &rules::POLICY_KEY_SPELLING,
        &rules::POLICY_OPPOSITES,
        &rules::POLICY_OPERATOR,
        &rules::POLICY_CONDITION,
        &rules::POLICY_PRINCIPAL,
        &rules::POLICY_VERSION_UNKNOWN,
        &rules::POLICY_NOT_ARN,
    ];
    match rule {
        _ if REGISTERING.contains(&rule) => 1,
        _ if POLICY.contains(&rule) => 3,
        _ if *rule == rules::TOO_MANY_POLICIES => 4,
        _ if *rule == rules::PRINCIPAL_TYPE => 5,
        _ => 2,
    }
}
