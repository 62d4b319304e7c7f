//! The plan: what JITP does with one template and one certificate. The only place where the two meet.

mod arn;
mod bind;
mod evaluate;
mod finding;
mod outcome;
mod request;
mod steps;
mod types;

use crate::certificate::{Certificate, CertificateSummary, Entry, pem};
use crate::diagnostic::{Diagnostic, Finding, Phase, Severity};
use crate::rules;
use crate::template::{InputKind, Template, judge};
use arn::Arns;
use evaluate::Desired;
use finding::{Stops, step_of};
pub use request::Request;
use std::borrow::Cow;
pub use types::*;

/// Reads a template and says what JITP does with this certificate: PEM, whatever stands around it, or DER.
pub fn dry_run(source: &str, certificate: &[u8], options: &DryRunOptions) -> Plan {
    Template::new(source).dry_run(certificate, options)
}

impl Template {
    /// Says what JITP does with this certificate: PEM, whatever stands around it, or DER.
    pub fn dry_run(&self, certificate: &[u8], options: &DryRunOptions) -> Plan {
        let mut stops = Stops::default();
        match read_certificate(certificate, &mut stops) {
            Ok((index, der)) => match Certificate::parse(&der) {
                Ok(certificate) => self.run(index, &certificate, options, stops),
                Err(error) => {
                    self.run_without(CertificateSummary::unreadable(index, error.to_string()), options, stops)
                }
            },
            Err(summary) => self.run_without(*summary, options, stops),
        }
    }

    fn run(&self, index: usize, certificate: &Certificate<'_>, options: &DryRunOptions, mut stops: Stops) -> Plan {
        let mut summary = CertificateSummary::of(index, certificate);
        let id = summary.id.clone().unwrap_or_default();
        check_validity(certificate, &summary, options.now, &mut stops);
        let parameters = bind::bind(self, certificate, &id, options.serial_number, &mut stops);
        let desired = evaluate::evaluate(self, &parameters, &id, &mut stops);
        let pem = summary.pem.take();
        self.conclude(Draft { summary, id, pem, parameters, desired }, options, stops)
    }

    fn run_without(&self, summary: CertificateSummary, options: &DryRunOptions, mut stops: Stops) -> Plan {
        let message = format!("There is no certificate to dry-run: {}", summary.error.as_deref().unwrap_or_default());
        stops.report(Finding::new_at(&rules::NO_CERTIFICATE, None, message));
        let parameters = bind::bind_nothing(self);
        let draft = Draft { summary, id: String::new(), pem: None, parameters, desired: Desired::default() };
        self.conclude(draft, options, stops)
    }

    fn conclude(&self, draft: Draft, options: &DryRunOptions, mut stops: Stops) -> Plan {
        if self.report().kind == InputKind::TemplateName {
            let name = self.document.template_name.as_deref().unwrap_or_default();
            let message =
                format!("The text names the template {name:?} and does not carry it: there is nothing to dry-run.");
            stops.report(Finding::new_at(&rules::NOTHING_TO_RUN, None, message).help("Give the template's body."));
        }
        let report = self.report();
        let fatal = |phase: Phase| {
            move |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error && diagnostic.phase == phase
        };
        let rejected = report.diagnostics.iter().any(|diagnostic| fatal(Phase::Attach)(&diagnostic));
        let mut errors: Vec<(u8, &'static str)> = report
            .diagnostics
            .iter()
            .filter(fatal(Phase::Connect))
            .map(|diagnostic| (rules::by_code(diagnostic.code).map_or(2, step_of), diagnostic.code))
            .collect();
        errors.extend(stops.errors());
        errors.sort_unstable();
        errors.dedup();
        if rejected {
            // No step is reached, so none is stopped.
            errors.clear();
        }
        let stopped_at = errors.first().map(|(step, _)| *step);
        let verdict = match (rejected, stopped_at) {
            (true, _) => Verdict::Rejected,
            (false, Some(_)) => Verdict::Fails,
            (false, None) => Verdict::Provisions,
        };
        let found = stops
            .findings
            .iter()
            .map(|finding| judge::resolve(finding, &self.judge.sources, self.document.body.as_ref()));
        let diagnostics: Vec<Diagnostic> = report.diagnostics.iter().cloned().chain(found).collect();
        let arns = Arns::new(options, self.document.role_arn.as_deref());
        let Draft { summary: certificate, id, pem, parameters, desired } = draft;
        // Where no body could be read, nobody knows what it declares.
        let unknown = self.document.body.is_none();
        let has_policies = unknown || !self.resources.policies.is_empty();
        let has_thing = unknown || self.resources.thing.is_some();
        let steps = steps::Course {
            desired: &desired,
            arns: &arns,
            id: &id,
            pem,
            has_thing,
            has_policies,
            verdict,
            stopped_at,
            errors: &errors,
        }
        .steps();
        Plan {
            verdict,
            summary: outcome::summarize(verdict, stopped_at, &desired, &diagnostics),
            certificate_status: outcome::certificate_status(verdict, stopped_at, &desired),
            thing: self.thing(&desired, &arns),
            policies: outcome::policies(&desired, &arns),
            preconditions: outcome::preconditions(&desired, &arns),
            look_at: outcome::look_at(verdict),
            notes: outcome::notes(verdict),
            role: report.role.clone(),
            certificate,
            parameters,
            steps,
            stopped_at,
            diagnostics,
        }
    }

    fn thing(&self, desired: &Desired, arns: &Arns) -> Option<PlannedThing> {
        let name = desired.thing_name.clone()?;
        let declared = self.resources.thing.as_ref()?;
        Some(PlannedThing {
            logical_name: declared.logical_name.clone(),
            arn: arns.thing(&name),
            name,
            type_name: desired.type_name.clone(),
            attributes: desired.attributes.clone(),
            groups: desired.groups.clone(),
            billing_group: desired.billing_group.clone(),
            overrides: declared.overrides.clone(),
        })
    }
}

/// What is known before the steps are made.
struct Draft {
    summary: CertificateSummary,
    id: String,
    pem: Option<String>,
    parameters: Vec<Parameter>,
    desired: Desired,
}

/// The first readable certificate of the input, with its position; where there is none, what was found instead.
fn read_certificate<'a>(input: &'a [u8], stops: &mut Stops) -> Result<(usize, Cow<'a, [u8]>), Box<CertificateSummary>> {
    let mut first: Option<(usize, Cow<'a, [u8]>)> = None;
    let mut others = 0;
    let mut unreadable = None;
    for (index, entry) in pem::find(input).enumerate() {
        match entry {
            Entry::Certificate { der, .. } if Certificate::parse(&der).is_ok() => {
                if first.is_none() {
                    first = Some((index, der));
                } else {
                    others += 1;
                }
            }
            entry if unreadable.is_none() => unreadable = Some(CertificateSummary::of_entry(index, &entry)),
            _ => {}
        }
    }
    if others > 0 {
        let message = format!("The input holds {} certificates; the first is dry-run.", others + 1);
        stops.report(Finding::new_at(&rules::SEVERAL_CERTIFICATES, None, message));
    }
    first.ok_or_else(|| {
        Box::new(unreadable.unwrap_or_else(|| CertificateSummary::unreadable(0, "the input is empty".to_owned())))
    })
}

fn check_validity(certificate: &Certificate<'_>, summary: &CertificateSummary, now: Option<i64>, stops: &mut Stops) {
    let Some(now) = now else { return };
    let message = if certificate.not_after().is_some_and(|end| end < now) {
        format!("The certificate expired at {}.", summary.not_after.as_deref().unwrap_or_default())
    } else if certificate.not_before().is_some_and(|start| start > now) {
        format!("The certificate is valid from {} only.", summary.not_before.as_deref().unwrap_or_default())
    } else {
        return;
    };
    stops.report(
        Finding::new_at(&rules::NOT_VALID_NOW, None, message)
            .help("Issue a certificate that is valid when the device connects."),
    );
}
