//! How a device stands: its verdict, where it stops, and why.

use super::Verdict;
use super::finding::{Stops, step_of};
use crate::diagnostic::{Diagnostic, Phase, Severity};
use crate::rules;
use crate::template::{InputKind, ValidationReport};

/// What a template's own findings say of every device.
pub struct Common<'a> {
    /// The errors that make AWS refuse the template.
    rejected: Vec<&'a Diagnostic>,
    /// The errors that stop every device, with their steps.
    errors: Vec<(u8, &'a Diagnostic)>,
    /// Whether the text only names a template, so that nothing can be known of the steps.
    named_only: bool,
}

/// How one device stands.
pub struct Standing {
    /// What becomes of it.
    pub verdict: Verdict,
    /// The step where it stops.
    pub stopped_at: Option<u8>,
    /// The codes of the errors, each once, with the step that each stops; none where no step is reached.
    pub errors: Vec<(u8, &'static str)>,
    /// The codes of all errors that the verdict rests on, each once.
    pub codes: Vec<&'static str>,
    /// The first error of the step where it stops, or the one that AWS refuses the template for.
    pub cause: Option<String>,
}

impl<'a> Common<'a> {
    /// Looks through a template's report.
    pub fn of(report: &'a ValidationReport) -> Self {
        let named_only = report.kind == InputKind::TemplateName;
        let mut common = Self { rejected: Vec::new(), errors: Vec::new(), named_only };
        for found in report.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
            match found.phase {
                Phase::Attach => common.rejected.push(found),
                Phase::Connect => common.errors.push((rules::by_code(found.code).map_or(2, step_of), found)),
            }
        }
        common
    }

    /// How a device stands, of which `stops` was found besides.
    pub fn standing(&self, stops: &Stops) -> Standing {
        if let Some(found) = self.rejected.first() {
            let codes = distinct(self.rejected.iter().map(|found| found.code));
            let cause = Some(found.message.clone());
            return Standing { verdict: Verdict::Rejected, stopped_at: None, errors: Vec::new(), codes, cause };
        }
        // A CA that cannot be registered stops step 1; the role alone is known from the text.
        if let Some((_, found)) = stops.errors().find(|(_, found)| *found.rule == rules::ROLE_ELSEWHERE) {
            let (codes, cause) = (vec![found.rule.code], Some(found.message.clone()));
            return Standing { verdict: Verdict::Rejected, stopped_at: None, errors: Vec::new(), codes, cause };
        }
        let own = stops.errors().map(|(step, finding)| (step, finding.rule.code, &finding.message));
        let known = self.errors.iter().map(|(step, found)| (*step, found.code, &found.message));
        let mut errors = Vec::new();
        let mut first: Option<(u8, &String)> = None;
        for (step, code, message) in known.chain(own) {
            errors.push((step, code));
            if first.is_none_or(|(before, _)| step < before) {
                first = Some((step, message));
            }
        }
        let verdict = if first.is_some() { Verdict::Fails } else { Verdict::Provisions };
        let cause = first.map(|(_, message)| message.clone());
        let codes = distinct(errors.iter().map(|(_, code)| *code));
        if self.named_only {
            return Standing { verdict, stopped_at: None, errors: Vec::new(), codes, cause };
        }
        Standing { verdict, stopped_at: first.map(|(step, _)| step), errors: distinct(errors), codes, cause }
    }
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
