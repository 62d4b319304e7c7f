//! The judgement on one entry of a fleet.

use super::row::FleetRow;
use crate::access::{Answer, CertificateValues, RequestContext};
use crate::certificate::{Certificate, Entry, KnownCertificate};
use crate::plan::access::{GivenPolicies, PlannedDevice};
use crate::plan::device_certificate::no_certificate;
use crate::plan::evaluate::Desired;
use crate::plan::existing::EvolvingAccount;
use crate::plan::findings::PlanFindings;
use crate::plan::issuer::{self, GivenCheck, TemplateCa};
use crate::plan::outcome::TemplateFindings;
use crate::plan::types::{DryRunOptions, Verdict};
use crate::template::Template;

/// What all rows have in common.
pub struct Common<'t> {
    /// The template's own findings.
    pub findings: TemplateFindings<'t>,
    /// The CA in the template's text.
    pub own: Option<TemplateCa<'t>>,
    /// Documents that the options give.
    pub given: &'t GivenPolicies,
    /// How devices connect.
    pub context: &'t RequestContext,
}

impl Template {
    /// What happens to one entry, which has a position in the fleet.
    pub(super) fn fleet_row(
        &self,
        common: &Common<'_>,
        (index, entry): (usize, &Entry<'_>),
        options: &DryRunOptions,
        account: Option<&mut EvolvingAccount>,
    ) -> FleetRow {
        let mut filled: Option<Desired> = None;
        let mut findings = PlanFindings::errors_only();
        let own = common.own.as_ref();
        let mut device: Option<PlannedDevice> = None;
        let (mut certificate_id, mut thing_name, mut compared) = (None, None, None);
        let parsed = match entry {
            Entry::Certificate { der, .. } => Certificate::parse(der).map_err(|error| error.to_string()),
            Entry::Other { reason, .. } => Err(reason.to_string()),
        };
        match parsed {
            Ok(certificate) => {
                let id = certificate.id();
                let known = KnownCertificate::Whole(&certificate);
                let desired = self.fill(known, &id, options, &mut findings).1;
                if self.document.body.is_some() {
                    let mut planned = PlannedDevice::new(self, &desired, Some(known), options, common.given);
                    if account.is_some() {
                        planned.device_mut().facts.certificate = Some(CertificateValues::of(known));
                    }
                    device = Some(planned);
                }
                thing_name = desired.thing_name.clone();
                filled = Some(desired).filter(|_| account.is_some());
                certificate_id = Some(id);
                let own = own.filter(|_| options.issuers.is_none());
                compared = own.and_then(|own| own.compare(&certificate, options.now));
            }
            Err(reason) => no_certificate(&reason, &mut findings),
        }
        self.report_around(options, &mut findings);
        let given = match &options.issuers {
            Some(issuers) => GivenCheck::of(issuers.get(index)),
            None => compared.as_ref().map_or(GivenCheck::NoCa, GivenCheck::Check),
        };
        let checked = issuer::plan(self.flow(), certificate_id.as_deref(), given, own, &mut findings);
        let decided = match (account, &mut filled, &certificate_id) {
            (Some(state), Some(desired), Some(id)) => {
                let ca = checked.as_ref().and_then(|checked| checked.ca_certificate_id.as_deref());
                let asked = (&mut *desired, id.as_str(), ca.or(own.and_then(TemplateCa::id)));
                let decision = self.decide(asked, state, &mut device, options, &mut findings);
                Some((state, decision, (&*desired, id.as_str())))
            }
            _ => None,
        };
        let mut outcome = common.findings.outcome(&findings);
        if decided.as_ref().is_some_and(|(_, decision, _)| decision.is_registered) {
            outcome = outcome.registered();
        }
        if let Some((state, decision, asked)) = decided {
            self.apply(asked, (&self.arns(options), &outcome), &decision, state);
        }
        let device =
            device.filter(|_| matches!(outcome.verdict, Verdict::Provisions | Verdict::Registered | Verdict::Unknown));
        let (connects, over, access) = device.map_or((None, None, None), |device| {
            let (connects, decision) = device.connects(common.context);
            let over = device.protocol();
            let why = || device.headline((connects, over), &decision, device.client_id(common.context));
            match connects {
                Answer::Allowed => (Some(connects), None, None),
                _ => (Some(connects), Some(over), Some(why())),
            }
        });
        FleetRow {
            index,
            verdict: outcome.verdict,
            certificate_id,
            thing_name,
            stopped_at: outcome.stopped_at,
            codes: outcome.codes,
            cause: outcome.cause,
            basis: outcome.basis,
            connects,
            over,
            access,
            duplicate_of: None,
            same_thing_as: None,
        }
    }
}
