//! The plan: what JITP does with one template and one certificate. No other part reads both.

mod access;
mod api_request;
pub(crate) mod bind;
mod choices;
mod counterexample;
mod device;
mod device_certificate;
mod evaluate;
mod evaluated_policy;
mod existing;
mod expressions;
mod findings;
mod first_minute;
mod fleet;
mod in_account;
mod isolation;
mod issuer;
mod not_known;
mod outcome;
mod pieces;
mod policy_document;
mod provenance;
mod steps;
mod summary;
mod types;
mod values;

use crate::access::CertificateValues;
use crate::arn::{self, ArnPrefix};
use crate::authority::IssuerCheck;
use crate::certificate::known::{KnownCertificate, UNKNOWN_ID};
use crate::certificate::{Certificate, CertificateSummary, NonCertificate, subject};
use crate::check::{quoted, resolve};
use crate::diagnostic::{Diagnostic, Finding};
use crate::flow::{Flow, said};
use crate::rules;
use crate::template::Template;
use access::{GivenPolicies, PlannedDevice};
pub use api_request::Request;
pub use counterexample::{Counterexample, Isolation};
pub use device::PolicyChanges;
use device_certificate::{check_certificate, no_certificate, no_subject, read_certificate};
use evaluate::Desired;
pub use existing::{ChangeOutcome, ChangedEntry, ChangedKind, EvolvingAccount, PlannedAccount, ResourceChange};
use findings::PlanFindings;
use first_minute::Provisioned;
pub use fleet::{CodeCount, Fleet, FleetCounts, FleetRow, FleetStream, FleetSummary, FleetTally, twins};
use issuer::{GivenCheck, TemplateCa};
use outcome::TemplateFindings;
pub use provenance::{NamedPlace, PieceFrom, PlannedValue, ValuePiece};
use std::sync::Arc;
pub use types::*;

/// Reads a template and says what JITP does with this certificate: PEM, whatever is around it, or DER.
///
#[doc = include_str!("dry_run.md")]
pub fn dry_run(source: impl AsRef<[u8]>, certificate: &[u8], options: &DryRunOptions) -> Plan {
    Template::new(source).dry_run(certificate, options)
}

impl Template {
    /// Says what JITP does with this certificate: PEM, whatever is around it, or DER.
    pub fn dry_run(&self, certificate: &[u8], options: &DryRunOptions) -> Plan {
        let mut account = EvolvingAccount::of(options);
        with_after(self.plan(certificate, options, account.as_mut()).0, account)
    }

    /// The same in an account that earlier devices have changed, and that this one changes. [`DryRunOptions::account`] does not
    /// count. The plan has no [`PlannedAccount::after`]: a copy for each of many devices would need memory for all of them.
    pub fn dry_run_in(&self, certificate: &[u8], options: &DryRunOptions, account: &mut EvolvingAccount) -> Plan {
        self.plan(certificate, options, Some(account)).0
    }

    /// The same for a certificate that has this subject.
    ///
    #[doc = include_str!("dry_run_in.md")]
    #[cold]
    pub fn dry_run_subject_in(&self, subject: &str, options: &DryRunOptions, account: &mut EvolvingAccount) -> Plan {
        self.plan_subject(subject, options, Some(account)).0
    }

    /// The same, with the device that the plan makes.
    fn plan(&self, certificate: &[u8], options: &DryRunOptions, account: GivenAccount<'_>) -> Planned {
        let options = &*self.located(options, account.as_deref());
        let mut findings = PlanFindings::default();
        if self.flow() != Flow::Jitp && certificate.is_empty() {
            return self.run_unissued((options, account), findings);
        }
        let unreadable = match read_certificate(certificate, &mut findings) {
            Ok((index, der)) => match Certificate::parse(&der) {
                Ok(certificate) => return self.run_whole(index, &certificate, (options, account), findings),
                Err(error) => {
                    let kind = error.kind().unwrap_or(NonCertificate::DamagedBlock);
                    CertificateSummary::unreadable(index, kind, error.to_string())
                }
            },
            Err(summary) => *summary,
        };
        no_certificate(unreadable.error.as_deref().unwrap_or_default(), &mut findings);
        self.run_without(unreadable, (options, account), findings)
    }

    /// Says what JITP does with a certificate that has this subject, whatever else it has: `/C=DE/CN=lamp-1` as OpenSSL
    /// writes it, `CN=lamp-1,C=DE` as RFC 4514 does, or the line of `openssl x509 -subject`. The certificate's ID and its
    /// own serial number are not known, and nothing in it is checked.
    ///
    #[doc = include_str!("dry_run_subject.md")]
    pub fn dry_run_subject(&self, subject: &str, options: &DryRunOptions) -> Plan {
        let mut account = EvolvingAccount::of(options);
        with_after(self.plan_subject(subject, options, account.as_mut()).0, account)
    }

    /// The same, with the device that the plan makes.
    #[cold]
    fn plan_subject(&self, subject: &str, options: &DryRunOptions, account: GivenAccount<'_>) -> Planned {
        let options = &*self.located(options, account.as_deref());
        let mut findings = PlanFindings::default();
        match subject::encode(subject) {
            Ok(name) => {
                let known = KnownCertificate::Subject(&name);
                self.run(
                    known,
                    CertificateSummary::of_subject(&name),
                    UNKNOWN_ID.to_owned(),
                    (options, account),
                    findings,
                )
            }
            Err(error) => {
                let summary = CertificateSummary {
                    kind: CertificateSummary::SUBJECT,
                    error: Some(no_subject(&error, &mut findings)),
                    ..CertificateSummary::default()
                };
                self.run_without(summary, (options, account), findings)
            }
        }
    }

    fn run_whole(
        &self,
        index: usize,
        certificate: &Certificate<'_>,
        options: RunInputs<'_>,
        findings: PlanFindings,
    ) -> Planned {
        let summary = CertificateSummary::of(index, certificate);
        let id = summary.certificate_id.clone().unwrap_or_default();
        self.run(KnownCertificate::Whole(certificate), summary, id, options, findings)
    }

    fn run(
        &self,
        known: KnownCertificate<'_>,
        mut summary: CertificateSummary,
        id: String,
        (options, account): RunInputs<'_>,
        mut findings: PlanFindings,
    ) -> Planned {
        let (parameters, desired) = self.fill(known, &id, options, &mut findings);
        policy_document::check(self, (Some(known), &desired), options, &mut findings);
        let pem = summary.pem.take();
        let own = TemplateCa::of(self).filter(|_| options.issuer.is_none());
        let issuer = own.zip(known.whole()).and_then(|(own, certificate)| own.compare(certificate, options.now));
        let mut device = self.device(&desired, Some(known), options);
        if let Some(device) = device.as_mut().filter(|_| account.is_some()) {
            // The account's policies may ask for it.
            device.device_mut().facts.certificate = Some(CertificateValues::of(known));
        }
        self.conclude(Draft { summary, id, pem, issuer, parameters, desired, device }, (options, account), findings)
    }

    /// The resources that the template creates for a certificate, with all findings that stop it.
    fn fill(
        &self,
        known: KnownCertificate<'_>,
        id: &str,
        options: &DryRunOptions,
        findings: &mut PlanFindings,
    ) -> (Vec<Parameter>, Desired) {
        if let Some(certificate) = known.whole() {
            check_certificate(certificate, options, findings);
        }
        let parameters = bind::bind(self, known, id, options, findings);
        let desired = evaluate::evaluate(self, &parameters, id, findings);
        (parameters, desired)
    }

    /// The device that is provisioned, for questions of access. `None` if nothing is known of its policies.
    fn device(
        &self,
        desired: &Desired,
        known: Option<KnownCertificate<'_>>,
        options: &DryRunOptions,
    ) -> Option<PlannedDevice> {
        self.document.body.as_ref()?;
        let given = GivenPolicies::read(self, options);
        Some(PlannedDevice::new(self, desired, known, options, &given))
    }

    /// In the other flows AWS may issue the certificate, so that there need be none yet.
    #[cold]
    fn run_unissued(&self, (options, account): RunInputs<'_>, mut findings: PlanFindings) -> Planned {
        let parameters = bind::bind_given(self, UNKNOWN_ID, options, &mut findings);
        let desired = evaluate::evaluate(self, &parameters, UNKNOWN_ID, &mut findings);
        policy_document::check(self, (None, &desired), options, &mut findings);
        let id = UNKNOWN_ID.to_owned();
        let summary = CertificateSummary { kind: NonCertificate::Empty.word(), ..CertificateSummary::default() };
        let device = self.device(&desired, None, options);
        self.conclude(
            Draft { summary, id, pem: None, issuer: None, parameters, desired, device },
            (options, account),
            findings,
        )
    }

    #[cold]
    fn run_without(&self, summary: CertificateSummary, options: RunInputs<'_>, findings: PlanFindings) -> Planned {
        let parameters = bind::bind_nothing(self);
        let desired = Desired::default();
        let draft = Draft { summary, id: String::new(), pem: None, issuer: None, parameters, desired, device: None };
        self.conclude(draft, options, findings)
    }

    fn conclude(&self, mut draft: Draft, (options, account): RunInputs<'_>, mut findings: PlanFindings) -> Planned {
        self.report_around(options, &mut findings);
        let own = TemplateCa::of(self);
        let is_subject = draft.summary.kind == CertificateSummary::SUBJECT;
        let only_subject = is_subject && draft.summary.error.is_none();
        let given = match options.issuer.as_ref().or(draft.issuer.as_ref()) {
            check if is_subject => GivenCheck::Subject(check.is_some()),
            Some(check) => GivenCheck::Check(check),
            None => GivenCheck::NoCa,
        };
        let issuer =
            issuer::plan(self.flow(), draft.summary.certificate_id.as_deref(), given, own.as_ref(), &mut findings);
        let report = self.report();
        let mut account = account.map(|state| {
            let ca = issuer
                .as_ref()
                .and_then(|issuer| issuer.ca_certificate_id.as_deref())
                .or(own.as_ref().and_then(TemplateCa::id));
            let decision =
                self.decide((&mut draft.desired, &draft.id, ca), state, &mut draft.device, options, &mut findings);
            (state, decision)
        });
        let mut outcome = TemplateFindings::of(report).outcome(&findings);
        if account.as_ref().is_some_and(|(_, decision)| decision.is_registered) {
            outcome = outcome.registered();
        }
        let (verdict, stopped_at) = (outcome.verdict, outcome.stopped_at);
        let sources = findings.sources.as_ref().unwrap_or(&self.context.sources);
        let found = findings.findings.iter().map(|finding| resolve(finding, sources, self.document.body.as_ref()));
        let mut diagnostics: Vec<Arc<Diagnostic>> =
            report.diagnostics.iter().cloned().chain(found.map(Arc::new)).collect();
        let arns = self.arns(options);
        let Draft { summary: certificate, id, pem, parameters, desired, device, .. } = draft;
        // If no body could be read, its declarations are unknown.
        let unknown = self.document.body.is_none();
        let has_policies = unknown || !self.resources.policies.is_empty();
        let has_thing = unknown || self.resources.declares_thing;
        let steps = steps::StepInputs {
            desired: &desired,
            arns: &arns,
            id: &id,
            pem,
            has_thing,
            has_policies,
            flow: self.flow(),
            certificate: self.resources.certificate.as_ref(),
            outcome: &outcome,
            found: account.as_ref().map(|(_, decision)| decision),
            not_made: findings.not_made().map_or("", |(_, finding)| finding.message.as_str()),
            checked: issuer
                .as_ref()
                .map_or_else(String::new, |issuer| issuer::words(issuer, own.as_ref(), only_subject)),
        }
        .steps();
        let flow = self.flow();
        let provisioned =
            device.as_ref().filter(|_| matches!(verdict, Verdict::Provisions | Verdict::Registered | Verdict::Unknown));
        let access = provisioned.map(|device| {
            let mut access = device.access(options);
            // What is attached to a registered certificate need not be what the template gives to others.
            if verdict != Verdict::Registered
                && let Some((isolation, found)) = device.isolation(self, (&parameters, &id), &access.may, options)
            {
                if let Some((finding, place)) = isolation::finding(&found, &diagnostics) {
                    let resolved = resolve(&finding, &self.context.sources, None);
                    diagnostics.push(Arc::new(Diagnostic { span: place.span, ..resolved }));
                }
                access.isolation = Some(isolation);
            }
            access.first_minute = Provisioned {
                flow,
                verdict,
                status: if verdict == Verdict::Registered { Some("ACTIVE") } else { desired.status.as_deref() },
                access: &access,
                has_named_policy: desired.policies.iter().any(|policy| policy.document.is_none()),
            }
            .first_minute();
            access
        });
        let values = options.values.then(|| values::values(self, &parameters, &id));
        let plan = Plan {
            flow,
            verdict,
            summary: summary::summarize(flow, &outcome, &desired, only_subject, access.as_ref()),
            basis: outcome.basis,
            certificate_status: summary::certificate_status(flow, &outcome, &desired),
            thing: self.thing(&desired, &arns),
            policies: summary::policies(&desired, &arns),
            preconditions: summary::preconditions(&desired, &arns),
            look_at: summary::look_at(flow, verdict, stopped_at),
            notes: summary::notes(flow, verdict, desired.status.as_deref()),
            account: account
                .take()
                .map(|(state, decision)| self.settle((&desired, &id), (&arns, &outcome), decision, state)),
            access,
            role: report.role.clone(),
            certificate,
            issuer,
            parameters,
            values,
            steps,
            stopped_at,
            diagnostics,
        };
        (plan, device)
    }

    /// The Region and the account of the dry run, as the options, the template's and the role say.
    fn location<'a>(&'a self, options: &'a DryRunOptions) -> [Option<&'a str>; 2] {
        let region = said(&options.region).or(said(&self.context.options.region));
        let account = said(&options.account_id).or(said(&self.context.options.account_id));
        [region, account.or_else(|| self.document.role_arn.as_deref().and_then(arn::account))]
    }

    /// What the ARNs of this dry run begin with.
    fn arns(&self, options: &DryRunOptions) -> ArnPrefix {
        let [region, account] = self.location(options);
        ArnPrefix::new(region, account, self.document.role_arn.as_deref())
    }

    /// Reports what is around the body and keeps every device out: a role of another account than the dry run's, and a
    /// text that only names a template.
    pub(super) fn report_around(&self, options: &DryRunOptions, findings: &mut PlanFindings) {
        policy_document::check_role(self, options, findings);
        if !self.report().kind.only_names() {
            return;
        }
        let name = quoted(self.document.template_name.as_deref().unwrap_or_default());
        let message = format!("The text names the template {name} and does not carry it: there is nothing to dry-run.");
        findings.report(Finding::new_at(&rules::NOTHING_TO_RUN, None, message).help("Give the template's body."));
    }

    fn thing(&self, desired: &Desired, arns: &ArnPrefix) -> Option<PlannedThing> {
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
            overrides: declared.overrides.all(),
        })
    }
}

/// The plan with the account that it leaves, which nothing else needs.
fn with_after(mut plan: Plan, account: Option<EvolvingAccount>) -> Plan {
    if let Some(told) = &mut plan.account {
        told.after = account.map(EvolvingAccount::into_account);
    }
    plan
}

/// The options, and the account that the plan runs in, if one is given.
type RunInputs<'a> = (&'a DryRunOptions, GivenAccount<'a>);
type GivenAccount<'a> = Option<&'a mut EvolvingAccount>;

/// A plan, and its device if something is known of the policies, whether it is provisioned or not.
type Planned = (Plan, Option<PlannedDevice>);

/// What is known before the steps.
struct Draft {
    summary: CertificateSummary,
    id: String,
    pem: Option<String>,
    /// How the text's own CA relates to the certificate, if no check of a CA was given.
    issuer: Option<IssuerCheck>,
    parameters: Vec<Parameter>,
    desired: Desired,
    device: Option<PlannedDevice>,
}
