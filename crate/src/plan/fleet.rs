//! Many certificates against one template: a row for each, without the plan that no one would read for all of them.

use super::access::{GivenPolicies, PlannedDevice};
use super::device_certificate::no_certificate;
use super::evaluate::Desired;
use super::existing::EvolvingAccount;
use super::findings::PlanFindings;
use super::issuer::{self, GivenCheck, TemplateCa};
use super::outcome::TemplateFindings;
use super::types::{AccessUse, DryRunOptions, Verdict};
use crate::access::{Answer, CertificateValues, RequestContext};
use crate::account::Account;
use crate::certificate::{Certificate, Entry, KnownCertificate, pem};
use crate::rules::Basis;
use crate::template::Template;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// The result for one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FleetRow {
    /// Its position in the bundle, from 0.
    pub index: usize,
    /// The result for the device.
    pub verdict: Verdict,
    /// The certificate ID. `None` if the entry is not a readable certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_id: Option<String>,
    /// The thing's name, if the template creates one and its name is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing_name: Option<Arc<str>>,
    /// The step where the plan stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<u8>,
    /// The codes of what the verdict rests on, each once, that of the cause first: the errors, or the check that was not made.
    pub codes: Vec<&'static str>,
    /// The cause in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The evidence for the rule of the cause, if AWS refuses something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Whether the device can connect then, as [`Access`](super::Access) says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connects: Option<Answer>,
    /// What its policies are for, if it cannot connect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<AccessUse>,
    /// The answer in a sentence, if it is not a plain yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// The first row with the same certificate, if this is not it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<usize>,
    /// The first row with another certificate and the same thing name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_thing_as: Option<usize>,
}

/// How many devices have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FleetCounts {
    /// Provisioned.
    pub provisions: usize,
    /// Not provisioned again, because the certificate is registered and ACTIVE already.
    pub registered: usize,
    /// Left PENDING_ACTIVATION, or never registered.
    pub fails: usize,
    /// Not provisioned because AWS refuses the template.
    pub rejected: usize,
    /// Unknown: a check could not be made.
    pub unknown: usize,
    /// Not provisioned because the text is not a template.
    #[serde(rename = "not-a-template")]
    pub not_a_template: usize,
    /// Provisioned or registered, and not allowed to connect, though the policies allow something over MQTT or nothing at all.
    pub cannot_connect: usize,
    /// Provisioned or registered, and not known whether allowed to connect.
    pub connects_unknown: usize,
    /// Rows with a certificate that an earlier row has.
    pub duplicates: usize,
    /// Rows with the thing name of an earlier row that has another certificate.
    pub same_thing: usize,
}

/// The results for every certificate of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Fleet {
    /// How many have which verdict.
    pub counts: FleetCounts,
    /// A row for each entry, in the order of the bundle.
    pub rows: Vec<FleetRow>,
    /// The account after all rows, in their order. Only if [`DryRunOptions::account`] is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<crate::account::AccountState<'static>>"))]
    pub after: Option<Account>,
}

/// What all rows have in common.
struct Common<'t> {
    findings: TemplateFindings<'t>,
    own: Option<TemplateCa<'t>>,
    given: GivenPolicies,
    context: RequestContext,
}

impl Template {
    /// Checks every certificate of a bundle: PEM with anything around it, or DER. What a row says equals what
    /// [`Template::dry_run`] says of that certificate alone, with the check of its CA from [`DryRunOptions::issuers`].
    ///
    /// ```
    /// use jitp::{DryRunOptions, Template};
    ///
    /// # const PEM: &str = "\
    /// # -----BEGIN CERTIFICATE-----\n\
    /// # MIIBozCCAUmgAwIBAgICEjYwCgYIKoZIzj0EAwIwOzELMAkGA1UEBhMCREUxEDAO\n\
    /// # BgNVBAoMB0V4YW1wbGUxGjAYBgNVBAMMEUV4YW1wbGUgRGV2aWNlIENBMB4XDTIw\n\
    /// # MDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowFjEUMBIGA1UEAwwLc2Vuc29yLTAw\n\
    /// # MDIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASKboMaBs8wpQ0b9SyjrI11lyVP\n\
    /// # hJnyoRNgerEBmLYTi0KRH1SgILSIBtvWSmQkeZefesEDPDORsiJYjCyVgxG8o2Iw\n\
    /// # YDAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBTdVcUh\n\
    /// # n1lWpkvzEOWcUTMKaWBxazAfBgNVHSMEGDAWgBQYv/Xb7yImNVwCpT46C6P9ZOUG\n\
    /// # lTAKBggqhkjOPQQDAgNIADBFAiEA5ylfksEY3vQyqguCZx8tGlz4Z6cYBhazXqje\n\
    /// # BeKzVIgCIDcKKIEvsFGjWiMQsriY5IDxlUrz0ANiyss2jVOL6EX6\n\
    /// # -----END CERTIFICATE-----";
    /// # let template = r#"{
    /// #   "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
    /// #   "Resources": {
    /// #     "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
    /// #     "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}
    /// #   }
    /// # }"#;
    /// let fleet = Template::new(template).dry_run_fleet(PEM.as_bytes(), &DryRunOptions::default());
    /// assert_eq!(fleet.rows.len(), 1);
    /// assert_eq!(fleet.counts.provisions, 1);
    /// ```
    pub fn dry_run_fleet(&self, bundle: &[u8], options: &DryRunOptions) -> Fleet {
        let mut account = EvolvingAccount::of(options);
        let fleet = self.rows(bundle, options, account.as_mut());
        Fleet { after: account.map(EvolvingAccount::into_account), ..fleet }
    }

    /// The same in an account that earlier devices have changed, and that these change in the order of the bundle.
    /// [`DryRunOptions::account`] does not count, and [`Fleet::after`] is `None`. The parts of a bundle, one after another, have the rows
    /// of the whole, except that positions and marks of equal rows count within the part.
    pub fn dry_run_fleet_in(&self, bundle: &[u8], options: &DryRunOptions, account: &mut EvolvingAccount) -> Fleet {
        self.rows(bundle, options, Some(account))
    }

    fn rows(&self, bundle: &[u8], options: &DryRunOptions, mut account: Option<&mut EvolvingAccount>) -> Fleet {
        let options = &*self.located(options, account.as_deref());
        let common = Common {
            findings: TemplateFindings::of(self.report()),
            own: TemplateCa::of(self),
            given: GivenPolicies::read(self, options),
            context: PlannedDevice::context(options),
        };
        let mut fleet = Fleet::default();
        let mut seen = EarlierRows::default();
        for (index, entry) in pem::find(bundle).enumerate() {
            let mut row = self.row(&common, (index, &entry), options, account.as_deref_mut());
            (row.duplicate_of, row.same_thing_as) =
                seen.compare(index, row.certificate_id.as_deref(), row.thing_name.as_deref());
            fleet.counts.add(&row);
            fleet.rows.push(row);
        }
        fleet
    }

    fn row(
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
                    let mut planned = PlannedDevice::new(self, &desired, Some(known), options, &common.given);
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
            let (connects, decision) = device.connects(&common.context);
            let over = device.protocol();
            let why = || device.headline((connects, over), &decision, device.client_id(&common.context));
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

/// Marks each row that repeats an earlier one, for rows that were checked in several parts: [`FleetRow::duplicate_of`],
/// then [`FleetRow::same_thing_as`]. The words are the certificate ID and the thing name of each row in turn. Positions
/// count rows.
pub fn twins(words: &[Option<&str>]) -> Vec<Option<usize>> {
    let mut seen = EarlierRows::default();
    let pairs = words.chunks_exact(2).enumerate();
    pairs.flat_map(|(index, pair)| <[_; 2]>::from(seen.compare(index, pair[0], pair[1]))).collect()
}

/// The first row with a certificate, or with a thing name.
#[derive(Default)]
struct EarlierRows {
    certificates: HashMap<String, usize>,
    things: HashMap<String, usize>,
}

impl EarlierRows {
    /// The earlier row with the same certificate or name. A certificate that is given twice is one device, which may
    /// have one name.
    fn compare(&mut self, index: usize, id: Option<&str>, thing: Option<&str>) -> (Option<usize>, Option<usize>) {
        let first = |seen: &mut HashMap<String, usize>, word: &str| {
            let before = seen.get(word).copied();
            if before.is_none() {
                seen.insert(word.to_owned(), index);
            }
            before
        };
        let Some(id) = id else { return (None, None) };
        let duplicate_of = first(&mut self.certificates, id);
        let thing = thing.filter(|_| duplicate_of.is_none());
        (duplicate_of, thing.and_then(|thing| first(&mut self.things, thing)))
    }
}

impl FleetCounts {
    fn add(&mut self, row: &FleetRow) {
        match row.verdict {
            Verdict::Provisions => self.provisions += 1,
            Verdict::Registered => self.registered += 1,
            Verdict::Fails => self.fails += 1,
            Verdict::Rejected => self.rejected += 1,
            Verdict::Unknown => self.unknown += 1,
            Verdict::NotATemplate => self.not_a_template += 1,
        }
        if matches!(row.verdict, Verdict::Provisions | Verdict::Registered) {
            let is_amiss = row.connects == Some(Answer::Denied) && row.over != Some(AccessUse::Https);
            self.cannot_connect += usize::from(is_amiss);
            self.connects_unknown += usize::from(row.connects == Some(Answer::Unknown));
        }
        self.duplicates += usize::from(row.duplicate_of.is_some());
        self.same_thing += usize::from(row.same_thing_as.is_some());
    }
}
