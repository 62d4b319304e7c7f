//! Many certificates against one template: a row for each, without the plan that no one would read for all of them.

use super::finding::Stops;
use super::standing::Common;
use super::{DryRunOptions, Verdict, bind, check_certificate, evaluate, no_certificate};
use crate::certificate::{Certificate, Entry, pem};
use crate::template::Template;
use serde::Serialize;
use std::sync::Arc;

/// What becomes of one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FleetRow {
    /// Its position in the bundle, from 0.
    pub index: usize,
    /// What becomes of the device.
    pub verdict: Verdict,
    /// The certificate ID; `None` where the entry is no readable certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_id: Option<String>,
    /// The thing's name, where the template makes one and its name is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing_name: Option<Arc<str>>,
    /// The step where the plan stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<u8>,
    /// The codes of the errors, each once.
    pub codes: Vec<&'static str>,
    /// The first error in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

/// How many devices come to which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct FleetCounts {
    /// Provisioned.
    pub provisions: usize,
    /// Left PENDING_ACTIVATION, or never registered.
    pub fails: usize,
    /// Not provisioned because AWS refuses the template.
    pub rejected: usize,
}

/// What becomes of every certificate of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Fleet {
    /// How many come to which verdict.
    pub counts: FleetCounts,
    /// A row for each entry, in the order of the bundle.
    pub rows: Vec<FleetRow>,
}

impl Template {
    /// Judges every certificate of a bundle: PEM with anything around it, or DER. What a row says equals what
    /// [`Template::dry_run`] says of that certificate alone.
    pub fn dry_run_fleet(&self, bundle: &[u8], options: &DryRunOptions) -> Fleet {
        let common = Common::of(self.report());
        let mut fleet = Fleet::default();
        for (index, entry) in pem::find(bundle).enumerate() {
            let row = self.row(&common, index, &entry, options);
            match row.verdict {
                Verdict::Provisions => fleet.counts.provisions += 1,
                Verdict::Fails => fleet.counts.fails += 1,
                Verdict::Rejected => fleet.counts.rejected += 1,
            }
            fleet.rows.push(row);
        }
        fleet
    }

    fn row(&self, common: &Common<'_>, index: usize, entry: &Entry<'_>, options: &DryRunOptions) -> FleetRow {
        let mut stops = Stops::errors_only();
        let (mut certificate_id, mut thing_name) = (None, None);
        let parsed = match entry {
            Entry::Certificate { der, .. } => Certificate::parse(der).map_err(|error| error.to_string()),
            Entry::Other { reason, .. } => Err(reason.to_string()),
        };
        match parsed {
            Ok(certificate) => {
                let id = certificate.id();
                check_certificate(&certificate, options, &mut stops);
                let parameters = bind::bind(self, &certificate, &id, options, &mut stops);
                thing_name = evaluate::evaluate(self, &parameters, &id, &mut stops).thing_name;
                certificate_id = Some(id);
            }
            Err(reason) => no_certificate(&reason, &mut stops),
        }
        self.report_around(options, &mut stops);
        let standing = common.standing(&stops);
        FleetRow {
            index,
            verdict: standing.verdict,
            certificate_id,
            thing_name,
            stopped_at: standing.stopped_at,
            codes: standing.codes,
            cause: standing.cause,
        }
    }
}
