//! The outcome for a device: its verdict, where it stops, and why.

use super::findings::PlanFindings;
use super::types::{StepOutcome, Verdict};
use crate::diagnostic::Diagnostic;
use crate::rules::{self, Basis, Phase, Severity};
use crate::template::{InputKind, ValidationReport};

/// The template's own findings, which apply to every device.
pub struct TemplateFindings<'a> {
    /// The errors that make AWS refuse the template.
    rejected: Vec<&'a Diagnostic>,
    /// The errors that stop every device, with their steps.
    errors: Vec<(u8, &'a Diagnostic)>,
    /// The kind of text.
    kind: InputKind,
}

/// The outcome for one device.
#[derive(Debug)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The step where it stops.
    pub stopped_at: Option<u8>,
    /// The first step that may or may not happen, because a check before it could not be made.
    pub unknown_from: Option<u8>,
    /// The codes of the errors, each once, with the step that each stops. None if no step is reached.
    pub errors: Vec<(u8, &'static str)>,
    /// The codes of all findings that the verdict rests on, each once, that of the cause first.
    pub codes: Vec<&'static str>,
    /// The finding that decides: the first error of the step where the device stops, the one for which AWS refuses the
    /// template, or the check that was not made.
    pub cause: Option<String>,
    /// The evidence for the rule of that finding, if AWS refuses something.
    pub basis: Option<Basis>,
}

impl Outcome {
    fn new(verdict: Verdict) -> Self {
        Self {
            verdict,
            stopped_at: None,
            unknown_from: None,
            errors: Vec::new(),
            codes: Vec::new(),
            cause: None,
            basis: None,
        }
    }
}

impl Outcome {
    /// How far a step gets.
    pub fn of_step(&self, number: u8) -> StepOutcome {
        match (self.verdict, self.stopped_at) {
            (Verdict::Rejected | Verdict::NotATemplate | Verdict::Registered, _) => StepOutcome::Skipped,
            (_, Some(stop)) if number == stop => StepOutcome::Failed,
            (_, Some(stop)) if number > stop => StepOutcome::Skipped,
            _ if self.unknown_from.is_some_and(|from| number >= from) => StepOutcome::Unknown,
            _ => StepOutcome::Done,
        }
    }

    /// The same for a device whose certificate is registered already: nothing happens, whatever would stop another device later.
    pub fn registered(self) -> Self {
        match (self.verdict, self.stopped_at) {
            (Verdict::Rejected | Verdict::NotATemplate, _) | (_, Some(1)) => self,
            _ => Self::new(Verdict::Registered),
        }
    }
}

impl<'a> TemplateFindings<'a> {
    /// Looks through a template's report.
    pub fn of(report: &'a ValidationReport) -> Self {
        let mut common = Self { rejected: Vec::new(), errors: Vec::new(), kind: report.kind };
        for found in report.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
            match found.phase {
                Phase::Attach => common.rejected.push(found),
                Phase::Connect => common.errors.push((rules::by_code(found.code).map_or(2, |rule| rule.step), found)),
            }
        }
        common
    }

    /// The outcome for a device with these findings of its own.
    pub fn outcome(&self, findings: &PlanFindings) -> Outcome {
        if let Some(found) = strongest(&self.rejected) {
            let is_template = self.kind != InputKind::Unknown;
            let verdict = if is_template { Verdict::Rejected } else { Verdict::NotATemplate };
            return Outcome {
                codes: distinct(std::iter::once(found.code).chain(self.rejected.iter().map(|found| found.code))),
                cause: Some(found.message.clone()),
                basis: is_template.then_some(found.basis),
                ..Outcome::new(verdict)
            };
        }
        // A CA that cannot be registered stops step 1; the role alone is known from the text.
        if let Some((_, found)) = findings.errors().find(|(_, found)| *found.rule == rules::ROLE_ELSEWHERE) {
            return Outcome {
                codes: vec![found.rule.code],
                cause: Some(found.message.clone()),
                basis: Some(found.rule.basis),
                ..Outcome::new(Verdict::Rejected)
            };
        }
        // A text that only names its template stops no device: the outcome is unknown.
        let own = findings.errors().filter(|(_, finding)| *finding.rule != rules::NOTHING_TO_RUN);
        let own = own.map(|(step, finding)| (step, finding.rule.code, &finding.message, finding.rule.basis));
        let known = self.errors.iter().map(|(step, found)| (*step, found.code, &found.message, found.basis));
        let mut errors = Vec::new();
        let mut first: Option<(u8, &'static str, &String, Basis)> = None;
        for (step, code, message, basis) in known.chain(own) {
            errors.push((step, code));
            if first.is_none_or(|(before, ..)| step < before) {
                first = Some((step, code, message, basis));
            }
        }
        let Some((step, code, message, basis)) = first else {
            return findings.not_made().map_or(Outcome::new(Verdict::Provisions), |(step, finding)| Outcome {
                unknown_from: Some(step),
                codes: vec![finding.rule.code],
                cause: Some(finding.message.clone()),
                ..Outcome::new(Verdict::Unknown)
            });
        };
        Outcome {
            stopped_at: Some(step),
            unknown_from: findings.not_made().map(|(from, _)| from).filter(|from| *from < step),
            codes: distinct(
                std::iter::once(code)
                    .chain(errors.iter().map(|(_, code)| *code))
                    .chain(findings.errors().map(|(_, own)| own.rule.code)),
            ),
            errors: distinct(errors),
            cause: Some(message.clone()),
            basis: Some(basis),
            ..Outcome::new(Verdict::Fails)
        }
    }
}

/// The error that the refusal is most certain of: the first that is more than assumed, else the first.
fn strongest<'a>(rejected: &[&'a Diagnostic]) -> Option<&'a Diagnostic> {
    let certain = rejected.iter().find(|found| found.basis != Basis::Assumed);
    certain.or(rejected.first()).copied()
}

fn distinct<T: PartialEq>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}
